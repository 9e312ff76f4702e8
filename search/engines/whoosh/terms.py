"""Whoosh's term dictionary and postings (codec "W3", Whoosh 2.7.4), written in bulk and read into numpy arrays.

Facts of the format, each pinned by tests/search/test_whoosh_format.py:

``.trm``  an ordered hash file. "HSH3", a byte for the hash function (1 is CRC-32), two unused int32, then the entries:
          int32 length of key, int32 length of value, key, value. Then 256 hash tables, one for each low byte of a key's
          hash: slots of (uint32 hash, int64 place of the entry), (0, 0) where empty, searched from slot
          ``(hash >> 8) % slots`` on. (Whoosh makes two slots a key; a quarter more slots than keys do.) Then the
          directory of the tables, 256 × (int64 place, int32 slots), a pickled dict, the places of all entries in
          order, and the length of these last two as int32. All big-endian.
key       uint16 number of the field, then the term's bytes. Keys ascend.
value     term info, ``!BfIBBfII``: inlined?, total weight, documents, shortest and longest length (a byte each),
          greatest weight, first and last id. Then a pickled (ids, weights, values) where inlined, else int64 place
          and int32 length in the postings file.
``.pst``  a posting list is "W3Bl" and blocks: int32 length of what follows, negative for the last block; a pickled
          (count, last id, greatest weight, compression, shortest length, longest length); a pickled (ids, weights,
          values), where ids are the differences to the id before, the first counted from 0, and weights are None where
          all are 1, one float where all are the same. Each block's first difference counts from 0 again. What Whoosh
          pickles as tuples may be anything that gives integers in order: bytes where they are small, else an array.
"""

from __future__ import annotations

import mmap
import struct
from array import array
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from pickle import dumps, loads
from typing import Any, Final, cast
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.schema import FIELDS

Ids = NDArray[np.int32]
Weights = NDArray[np.float32]

#: Postings a block: the larger, the faster numpy reads.
BLOCK: Final = 32768
#: Lists up to this length are kept in the dictionary itself.
INLINE: Final = 16

_LENGTHS: Final = struct.Struct("!ii")
_POINTER: Final = struct.Struct("!Iq")
_DIRECTORY: Final = struct.Struct("!qi")
_INFO: Final = struct.Struct("!BfIBBfII")
_EXTENT: Final = struct.Struct("!qi")
_BLOCK_LENGTH: Final = struct.Struct("!i")
#: A pickled tuple of six numbers, each as a four-byte integer, so that its length is known before it is read.
_BLOCK_INFO: Final = struct.Struct("<3s" + "ci" * 6 + "2s")
_COUNT: Final = struct.Struct("!I")
_HEAD: Final = b"HSH3\x01" + b"\0" * 8
_CRC_TABLES: Final = 256
_LIST_MAGIC: Final = b"W3Bl"


class TermsWriter:
    """Writes one segment's dictionary and postings. Fields in the order of their numbers, terms in the order of their
    bytes, ids ascending."""

    def __init__(self, terms_file: Path, postings_file: Path) -> None:
        self._terms = terms_file.open("wb")
        self._postings = postings_file.open("wb")
        self._terms.write(_HEAD)
        self._place = len(_HEAD)
        self._posted = 0
        self._places = array("Q")
        self._hashes = array("I")

    def add_field(
        self,
        name: str,
        terms: list[bytes],
        starts: NDArray[np.int64],
        ids: NDArray[np.int32],
        weights: NDArray[np.uint8] | None = None,
    ) -> None:
        """A field's terms; term ``n`` has the postings ``starts[n]`` to ``starts[n + 1]``."""
        if not terms:
            return
        number = FIELDS.index(name).to_bytes(2, "big")
        counts = np.diff(starts)
        firsts, lasts = ids[starts[:-1]], ids[starts[1:] - 1]
        steps = np.diff(ids, prepend=np.int32(0))
        steps[starts[:-1]] = firsts
        widest = np.maximum.reduceat(steps, starts[:-1])
        if weights is None:
            heaviest = np.ones(len(terms), np.uint8)
            lightest = heaviest
            sums = counts.astype(np.float64)
        else:
            heaviest = np.maximum.reduceat(weights, starts[:-1])
            lightest = np.minimum.reduceat(weights, starts[:-1])
            sums = np.add.reduceat(weights.astype(np.float64), starts[:-1])
        out: list[bytes] = []
        posted: list[bytes] = []
        rows = zip(
            terms,
            starts[:-1].tolist(),
            counts.tolist(),
            firsts.tolist(),
            lasts.tolist(),
            widest.tolist(),
            heaviest.tolist(),
            lightest.tolist(),
            sums.tolist(),
            strict=True,
        )
        for term, start, count, first, last, step, heavy, light, total in rows:
            end = start + count
            inlined = count <= INLINE
            info = _INFO.pack(inlined, total, count, 0, 0, heavy, first, last)
            if inlined:
                own = b"\1" * count if weights is None else weights[start:end].tobytes()
                info += dumps((tuple(ids[start:end].tolist()), own, ()), 3)
            else:
                before = self._posted
                posted.append(_LIST_MAGIC)
                self._posted += 4
                for begin in range(start, end, BLOCK):
                    stop = min(begin + BLOCK, end)
                    block = steps[begin:stop]
                    widest_here = step
                    if begin > start:
                        block = block.copy()
                        block[0] = ids[begin]
                        widest_here = max(step, int(ids[begin]))
                    code = "B" if widest_here < 256 else "H" if widest_here < 65536 else "I"
                    kept: Any = None
                    if weights is not None and light == heavy:
                        kept = None if heavy == 1 else float(heavy)
                    elif weights is not None:
                        kept = weights[begin:stop].tobytes()
                    packed: Any = block.astype(np.dtype(code)).tobytes()
                    if code != "B":
                        packed = array(code, packed)
                    data = _block_info(stop - begin, int(ids[stop - 1]), heavy) + dumps(
                        (packed, kept, None), 2
                    )
                    posted.append(_BLOCK_LENGTH.pack(-len(data) if stop == end else len(data)))
                    posted.append(data)
                    self._posted += 4 + len(data)
                info += _EXTENT.pack(before, self._posted - before)
            key = number + term
            self._places.append(self._place)
            self._hashes.append(crc32(key))
            self._place += 8 + len(key) + len(info)
            out.append(_LENGTHS.pack(len(key), len(info)) + key + info)
            if len(out) >= 20000:
                self._terms.write(b"".join(out))
                self._postings.write(b"".join(posted))
                out.clear()
                posted.clear()
        self._terms.write(b"".join(out))
        self._postings.write(b"".join(posted))

    def close(self) -> None:
        """Write the hash tables, the directory and the places; the caller syncs the files."""
        hashes = np.frombuffer(self._hashes, np.uint32) if self._hashes else np.zeros(0, np.uint32)
        places = (
            np.frombuffer(self._places, np.uint64).astype(np.int64) if self._places else np.zeros(0, np.int64)
        )
        directory: list[bytes] = []
        for low in range(_CRC_TABLES):
            here = np.flatnonzero((hashes & 255) == low)
            table = _hash_table(hashes[here], places[here])
            directory.append(_DIRECTORY.pack(self._place, len(table)))
            self._terms.write(table.tobytes())
            self._place += table.nbytes
        self._terms.write(b"".join(directory))
        wide = self._place >= 2**32
        extras = dumps(
            {
                "fieldmap": {name: number for number, name in enumerate(FIELDS)},
                "indextype": "q" if wide else "I",
                "indexlen": len(places),
            },
            2,
        )
        index = places.astype(">i8" if wide else ">u4").tobytes()
        self._terms.write(extras + index + _BLOCK_LENGTH.pack(len(extras) + len(index)))
        self._terms.close()
        self._postings.close()


def _block_info(count: int, last: int, heaviest: int) -> bytes:
    """(count, last id, greatest weight, no compression, no lengths), pickled."""
    return _BLOCK_INFO.pack(
        b"\x80\x02(", b"J", count, b"J", last, b"J", heaviest, b"J", 0, b"J", 0, b"J", 0, b"t."
    )


def _hash_table(hashes: NDArray[np.uint32], places: NDArray[np.int64]) -> NDArray[Any]:
    """The slots of one table: each entry in the first that is free from its own on, going round."""
    slots = len(hashes) + len(hashes) // 4 + 1 if len(hashes) else 0
    table = np.zeros(slots, np.dtype([("hash", ">u4"), ("place", ">i8")]))
    if not slots:
        return table
    taken = bytearray(slots)
    at = []
    for slot in ((hashes >> 8) % slots).tolist():
        while taken[slot]:
            slot += 1
            if slot == slots:
                slot = 0
        taken[slot] = 1
        at.append(slot)
    table["hash"][at] = hashes
    table["place"][at] = places
    return table


class TermsReader:
    """Reads what TermsWriter wrote. Safe to use from several threads."""

    def __init__(self, terms_file: Path, postings_file: Path) -> None:
        self._terms = _mapped(terms_file)
        self._postings = _mapped(postings_file)
        if self._terms[:5] != _HEAD[:5]:
            raise ValueError(f"{terms_file.name} is no term dictionary")
        extras_at = len(self._terms) - 4 - _BLOCK_LENGTH.unpack_from(self._terms, len(self._terms) - 4)[0]
        self._directory = list(
            _DIRECTORY.iter_unpack(self._terms[extras_at - _DIRECTORY.size * 256 : extras_at])
        )
        extras = loads(self._terms[extras_at:])  # noqa: S301 - the index is ours
        self._numbers = {name: number.to_bytes(2, "big") for name, number in extras["fieldmap"].items()}
        self.fields = set(self._numbers)
        self._count: int = extras["indexlen"]
        dtype = np.dtype(">i8" if extras["indextype"] == "q" else ">u4")
        index_at = len(self._terms) - 4 - self._count * dtype.itemsize
        self._index = np.frombuffer(self._terms, dtype, self._count, index_at)

    def _find(self, key: bytes) -> int:
        """The place of the key's term info; 0 when there is no such key."""
        hashed = crc32(key)
        table, slots = self._directory[hashed & 255]
        if not slots:
            return 0
        first = (hashed >> 8) % slots
        terms = self._terms
        length = len(key)
        for slot in chain(range(first, slots), range(first)):
            found, place = _POINTER.unpack_from(terms, table + slot * 12)
            if not place:
                return 0
            if found == hashed and _LENGTHS.unpack_from(terms, place)[0] == length:
                start = place + 8
                if terms[start : start + length] == key:
                    return cast(int, start + length)
        return 0

    def count(self, field: str, term: bytes) -> int:
        """How many documents have the term, deleted ones included."""
        place = self._find(self._numbers[field] + term)
        return cast(int, _COUNT.unpack_from(self._terms, place + 5)[0]) if place else 0

    def ids(self, field: str, term: bytes) -> Ids:
        """The documents of a term, ascending."""
        return self.postings(field, term, with_weights=False)[0]

    def postings(self, field: str, term: bytes, *, with_weights: bool = True) -> tuple[Ids, Weights]:
        """The documents of a term, ascending, and what it weighs in each."""
        place = self._find(self._numbers[field] + term)
        if not place:
            return np.zeros(0, np.int32), np.zeros(0, np.float32)
        terms = self._terms
        inlined, _, count, _, _, heavy, first, _ = _INFO.unpack_from(terms, place)
        place += _INFO.size
        if inlined:
            if count == 1:
                return np.array([first], np.int32), np.array([heavy], np.float32)
            ids, weights, _ = loads(terms[place : place + INLINE * 20 + 40])  # noqa: S301 - the index is ours
            return np.array(ids, np.int32), np.frombuffer(weights, np.uint8).astype(np.float32)
        start, length = _EXTENT.unpack_from(terms, place)
        return _read_list(self._postings[start + 4 : start + length], with_weights)

    def terms_from(self, field: str, prefix: bytes) -> Iterator[tuple[bytes, int]]:
        """Terms that begin with the prefix and how many documents have them, in the order of their bytes."""
        key = self._numbers[field] + prefix
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            if self._key_at(middle) < key:
                low = middle + 1
            else:
                high = middle
        for at in range(low, self._count):
            found = self._key_at(at)
            if not found.startswith(key):
                return
            place = int(self._index[at]) + 8 + len(found)
            yield found[2:], _COUNT.unpack_from(self._terms, place + 5)[0]

    def _key_at(self, at: int) -> bytes:
        place = int(self._index[at])
        length = _LENGTHS.unpack_from(self._terms, place)[0]
        return self._terms[place + 8 : place + 8 + length]


def _read_list(data: bytes, with_weights: bool) -> tuple[Ids, Weights]:
    ids: list[Ids] = []
    weights: list[Weights] = []
    place = 0
    while True:
        length = _BLOCK_LENGTH.unpack_from(data, place)[0]
        place += 4
        count = _BLOCK_INFO.unpack_from(data, place)[2]
        pickled = memoryview(data)[place + _BLOCK_INFO.size : place + abs(length)]
        deltas, own, _ = loads(pickled)  # noqa: S301 - the index is ours
        code = "B" if isinstance(deltas, bytes) else deltas.typecode
        ids.append(np.cumsum(np.frombuffer(deltas, np.dtype(code)), dtype=np.int32))
        if with_weights:
            weights.append(
                np.full(count, 1.0 if own is None else own, np.float32)
                if own is None or isinstance(own, float)
                else np.frombuffer(own, np.uint8).astype(np.float32)
            )
        if length < 0:
            break
        place += length
    none = np.zeros(0, np.float32)
    if len(ids) == 1:
        return ids[0], weights[0] if with_weights else none
    return np.concatenate(ids), np.concatenate(weights) if with_weights else none


def _mapped(path: Path) -> mmap.mmap | bytes:
    with path.open("rb") as file:
        if not path.stat().st_size:
            return b""
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
