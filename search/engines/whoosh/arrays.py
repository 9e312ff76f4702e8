"""A file of named numpy arrays, mapped when read: opening costs nothing and processes share the pages.

    magic "BZA2", length of the header (uint32, little-endian), header (JSON), padding, arrays at multiples of 64 bytes,
    CRC-32 of all this (uint32, little-endian)

The header names each array with its dtype, shape and place, and carries ``meta``: whatever JSON the writer puts beside.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterable, Mapping
from math import prod
from pathlib import Path
from typing import Any, BinaryIO, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

_MAGIC: Final = b"BZA2"
_ALIGN: Final = 64
#: The CRC-32 of any data that its own CRC-32 follows.
_WHOLE: Final = 0x2144DF1C

Array = NDArray[Any]


def _aligned(place: int) -> int:
    return -(-place // _ALIGN) * _ALIGN


def save(path: Path, arrays: Mapping[str, Array], meta: Mapping[str, Any]) -> None:
    """Write arrays and meta; the caller syncs the file."""
    entries: list[list[Any]] = []
    place = 0
    for name, array in arrays.items():
        entries.append([name, array.dtype.str, list(array.shape), place])
        place = _aligned(place + array.nbytes)
    header = json.dumps({"arrays": entries, "meta": meta}, ensure_ascii=False).encode()
    base = _aligned(8 + len(header))
    with path.open("wb") as file:
        total = _write(file, _MAGIC + len(header).to_bytes(4, "little") + header, 0)
        for (_, _, _, offset), array in zip(entries, arrays.values(), strict=True):
            total = _write(file, b"\0" * (base + offset - file.tell()), total)
            total = _write(file, np.ascontiguousarray(array).tobytes(), total)
        file.write(total.to_bytes(4, "little"))


def _write(file: BinaryIO, data: bytes, total: int) -> int:
    file.write(data)
    return crc32(data, total)


def checksum(path: Path) -> list[int]:
    """Size and CRC-32 of a file."""
    total, size = 0, 0
    with path.open("rb") as file:
        while data := file.read(1 << 20):
            total = crc32(data, total)
            size += len(data)
    return [size, total]


def is_whole(path: Path) -> bool:
    """Whether the file is what was written."""
    return checksum(path)[1] == _WHOLE


def load(path: Path) -> tuple[dict[str, Array], dict[str, Any]]:
    """The arrays, mapped and read-only, and the meta. Raises OSError, or ValueError for a file that is none of ours."""
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if mapped[:4] != _MAGIC:
        raise ValueError(f"{path.name} does not begin with {_MAGIC!r}")
    length = int.from_bytes(mapped[4:8], "little")
    header = json.loads(mapped[8 : 8 + length])
    base = _aligned(8 + length)
    arrays: dict[str, Array] = {}
    for name, dtype, shape, offset in header["arrays"]:
        count = prod(shape)
        arrays[name] = (
            np.frombuffer(mapped, dtype, count, base + offset).reshape(shape)
            if count
            else np.zeros(shape, dtype)
        )
    return arrays, header["meta"]


def pack(name: str, texts: Iterable[str | bytes]) -> dict[str, Array]:
    """Texts as two arrays: their bytes in UTF-8, and where each begins."""
    data = [text.encode() if isinstance(text, str) else text for text in texts]
    starts = np.cumsum([0, *map(len, data)]).astype(np.int32)
    return {f"{name}_starts": starts, name: np.frombuffer(b"".join(data), np.uint8)}


def unpack(arrays: Mapping[str, Array], name: str, number: int) -> str:
    """One of the texts that ``pack`` took."""
    starts = arrays[f"{name}_starts"]
    return arrays[name][starts[number] : starts[number + 1]].tobytes().decode()
