"""Building an index beside the one that serves, in several processes, so that it can go on after being killed.

What has been built is known by identity and digest: a build that starts again reads the documents again and writes only
those that are not there yet. Changes that are made to the serving index meanwhile are written down in a journal and
repeated on the new one before it takes over, under the lock that keeps others from changing anything.
"""

from __future__ import annotations

import logging
import os
import pickle
import struct
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO, Final

from whoosh.codec.whoosh3 import W3Segment

from search.documents import Document
from search.engines.base import Identity, Progress
from search.engines.whoosh import commits
from search.engines.whoosh.rows import Row, digest, row_of
from search.engines.whoosh.segments import write_segment
from search.engines.whoosh.writer import SIZES, Sizes, Writer
from search.errors import IndexBroken, IndexMissing, SearchError

logger = logging.getLogger(__name__)

BUILDING: Final = "building"


def build(root: Path, documents: Iterable[Document], progress: Progress | None, sizes: Sizes = SIZES) -> None:
    """Build anew and swap. Raises IndexBusy when another build is running."""
    with commits.locked(root, commits.BUILD_LOCK, patience=1):
        directory = _begin(root)
        writer = Writer(directory)
        there = writer.identities()
        stale = set(there)
        done = 0

        def changed() -> Iterator[Document]:
            nonlocal done
            for document in documents:
                done += 1
                if progress and done % 100 == 0:
                    progress(done)
                stale.discard(document.identity)
                if there.get(document.identity) != digest(document):
                    yield document

        _write(writer, changed(), sizes)
        writer.delete(stale)
        writer.commit()
        if progress:
            progress(done)
        with commits.locked(root, commits.WRITE_LOCK, patience=60):
            for gone, rows in _journal(directory):
                writer.delete(gone)
                writer.add(rows)
            writer.commit()
            commits.swap(root, directory)
            (root / BUILDING).unlink(missing_ok=True)
            (directory / commits.JOURNAL).unlink(missing_ok=True)


def _begin(root: Path) -> Path:
    """The directory of a build that was broken off, if it is of our kind, or a new one."""
    try:
        directory = root / (root / BUILDING).read_text().strip()
        state = commits.read_state(directory)
        if directory != _serving(root) and not state.is_stale:
            (directory / commits.JOURNAL).unlink(missing_ok=True)
            logger.info("going on with %s: %s documents are there", directory.name, state.documents)
            return directory
    except (OSError, SearchError) as error:
        logger.debug("no build to go on with: %s", error)
    with commits.locked(root, commits.WRITE_LOCK, patience=60):  # nobody else is making a directory
        commits.remove_others(root, _serving(root))
    directory = commits.create(root)
    commits.replace(root / BUILDING, directory.name.encode())
    return directory


def _serving(root: Path) -> Path | None:
    try:
        return commits.read_current(root)
    except IndexMissing:
        return None


def _write(writer: Writer, documents: Iterable[Document], sizes: Sizes) -> None:
    portions = _portions(documents, sizes)
    first = next(portions, None)
    if first is None:
        return
    second = next(portions, None)
    if sizes.processes < 2 or (second is None and len(first) < sizes.worth_processes):
        for portion in chain([first], [second] if second else [], portions):
            writer.add(map(row_of, portion))
            writer.commit()
        return
    if second is None:  # one segment's worth: halve it
        half = len(first) // 2
        first, second = first[:half], first[half:]
    _write_in_processes(writer, chain([first, second], portions), min(sizes.processes, os.cpu_count() or 1))


def _portions(documents: Iterable[Document], sizes: Sizes) -> Iterator[list[Document]]:
    """Documents in portions for a segment each; of one identity only the last, as far as a portion knows."""
    portion: dict[Identity, Document] = {}
    characters = 0
    for document in documents:
        portion[document.identity] = document
        characters += sum(len(text) for _, text in document.texts())
        if len(portion) >= sizes.documents or characters >= sizes.characters:
            yield list(portion.values())
            portion, characters = {}, 0
    if portion:
        yield list(portion.values())


def write_documents(directory: Path, name: str, documents: Collection[Document]) -> int:
    """What a helper process does: one segment."""
    write_segment(directory, name, list(map(row_of, documents)))
    return len(documents)


def _write_in_processes(writer: Writer, portions: Iterable[list[Document]], processes: int) -> None:
    running: deque[tuple[Future[int], W3Segment, list[Identity]]] = deque()

    def finish() -> None:
        """Take in the oldest: in the order of the documents, so that of two of one identity the later one stays."""
        future, segment, identities = running.popleft()
        future.result()
        writer.delete(identities)
        writer.adopt(segment)
        writer.commit(keeping=[segment for _, segment, _ in running])

    # "spawn": a forked child would share the parent's database connections and threads.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        try:
            for portion in portions:
                if len(running) >= processes:
                    finish()
                segment = commits.new_segment(len(portion))
                future = pool.submit(write_documents, writer.directory, segment.segment_id(), portion)
                running.append((future, segment, [document.identity for document in portion]))
            while running:
                finish()
        except BrokenProcessPool as error:
            raise IndexBroken(
                str(writer.directory),
                "a helper process was killed, perhaps for want of memory",
                "Run it again; it goes on where it stopped.",
            ) from error


# --- the journal --------------------------------------------------------------------------------------------------


#: Before each entry of the journal: its length in bytes.
_LENGTH = struct.Struct("<Q")


def note(root: Path, gone: Collection[Identity], rows: Collection[Row]) -> None:
    """Write down a change to the serving index, if another is being built. The caller holds the write lock."""
    if not (gone or rows) or not commits.is_locked(root, commits.BUILD_LOCK):
        return
    try:
        directory = root / (root / BUILDING).read_text().strip()
    except FileNotFoundError:
        return  # the build has not begun to read documents: it will read these
    entry = pickle.dumps((list(gone), list(rows)))
    path = directory / commits.JOURNAL
    path.touch()
    with path.open("r+b") as file:
        # An entry whose writer was killed would hide those behind it; its change is reported again.
        file.truncate(_end_of_whole_entries(file))
        file.seek(0, os.SEEK_END)
        file.write(_LENGTH.pack(len(entry)) + entry)
        file.flush()
        os.fsync(file.fileno())


def _end_of_whole_entries(file: BinaryIO) -> int:
    size = file.seek(0, os.SEEK_END)
    end = 0
    while end + _LENGTH.size <= size:
        file.seek(end)
        (length,) = _LENGTH.unpack(file.read(_LENGTH.size))
        if end + _LENGTH.size + length > size:
            break
        end += _LENGTH.size + length
    return end


def _journal(directory: Path) -> Iterator[tuple[list[Identity], list[Row]]]:
    try:
        with (directory / commits.JOURNAL).open("rb") as file:
            end = _end_of_whole_entries(file)
            file.seek(0)
            while file.tell() < end:
                (length,) = _LENGTH.unpack(file.read(_LENGTH.size))
                yield pickle.loads(file.read(length))  # noqa: S301 - the index is ours
    except FileNotFoundError:
        return
