"""States of an index on the disk: one writer, commits that are there wholly or not at all, swaps of the whole index.

    INDEX_DIR/
      current          the name of the directory that serves; replaced in one step when a new index takes over
      write.lock       held (flock) while anything that serves is changed; the kernel frees it when its holder dies
      build.lock       held while an index is being built aside
      index-…/         an index, or one that is being built
        state.json     its generation, format and stamp; replaced in one step, which is the commit
        _MAIN_7.toc    Whoosh's table of contents of that generation: segments and deleted documents
        MAIN_….trm …   segments, which never change

A reader that comes between a commit and the removal of the old files finds one missing, looks at the state again and
goes on. Nothing is ever made anew because it could not be opened.
"""

from __future__ import annotations

import errno
import fcntl
import json
import logging
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from search.engines.whoosh.arrays import checksum
from search.engines.whoosh.schema import FORMAT, INDEX_NAME, REBUILD, schema
from search.engines.whoosh.segments import files_of, sync
from search.errors import IndexBroken, IndexBusy, IndexMissing, IndexStale
from search.text import stamp

logger = logging.getLogger(__name__)

CURRENT: Final = "current"
STATE: Final = "state.json"
PREFIX: Final = "index-"
WRITE_LOCK: Final = "write.lock"
BUILD_LOCK: Final = "build.lock"


@dataclass(frozen=True, slots=True)
class State:
    """A committed state of one index directory."""

    generation: int
    documents: int
    format: int
    stamp: str
    written: str
    toc: int  # CRC-32 of the table of contents

    @property
    def is_stale(self) -> bool:
        """Made with another folding or dictionary: it still answers, but should be built anew."""
        return self.format != FORMAT or self.stamp != stamp()


def read_current(root: Path) -> Path:
    """The directory that serves. Raises IndexMissing."""
    try:
        return root / (root / CURRENT).read_text().strip()
    except FileNotFoundError:
        raise IndexMissing(str(root), "there is no index yet", REBUILD) from None


def read_state(directory: Path) -> State:
    """The newest commit. Raises FileNotFoundError when the directory was just swapped away, IndexStale for another
    format, IndexBroken for what is no state."""
    data = (directory / STATE).read_bytes()
    try:
        entries = json.loads(data)
        found = entries["format"]
        if found != FORMAT:
            raise IndexStale(str(directory), f"has format {found}, not {FORMAT}", REBUILD)
        return State(**entries)
    except (ValueError, TypeError, KeyError) as error:
        raise IndexBroken(str(directory / STATE), f"can't be read: {error}", REBUILD) from error


def read_toc(directory: Path, state: State) -> list[W3Segment]:
    """The segments of a state. Raises FileNotFoundError when a newer commit has taken it away, IndexBroken."""
    path = directory / TOC._filename(INDEX_NAME, state.generation)
    if checksum(path)[1] != state.toc:  # a damaged pickle may be read as anything
        raise IndexBroken(str(path), "is damaged", REBUILD)
    storage = FileStorage(str(directory), supports_mmap=False)
    return list(TOC.read(storage, INDEX_NAME, gen=state.generation, schema=schema()).segments)


def new_segment(count: int) -> W3Segment:
    """A segment's entry in the table of contents, with a name of its own."""
    return W3Segment(W3Codec(), INDEX_NAME, doccount=count, segid=secrets.token_hex(8))


def create(root: Path) -> Path:
    """A new directory with an empty index in it, which nothing refers to."""
    root.mkdir(parents=True, exist_ok=True)
    directory = root / f"{PREFIX}{datetime.now(UTC):%Y%m%d%H%M%S}-{secrets.token_hex(3)}"
    directory.mkdir()
    commit(directory, [], 0)
    return directory


def commit(
    directory: Path, segments: list[W3Segment], generation: int, keeping: Iterable[W3Segment] = ()
) -> State:
    """Make the segments, whose files are on the disk, the index's state ``generation``. Removes the files of all others
    but those that are still being written, ``keeping``."""
    name = TOC._filename(INDEX_NAME, generation)
    (directory / name).unlink(missing_ok=True)  # of a commit that died before its state was written
    storage = FileStorage(str(directory), supports_mmap=False)
    TOC(schema(), segments, generation).write(storage, INDEX_NAME)
    sync(directory / name)
    documents = sum(segment.doc_count_all() - segment.deleted_count() for segment in segments)
    # What is added later does not make an index that began with another dictionary any newer.
    began_with = read_state(directory).stamp if generation else stamp()
    written = datetime.now(UTC).isoformat(timespec="seconds")
    state = State(generation, documents, FORMAT, began_with, written, checksum(directory / name)[1])
    replace(directory / STATE, json.dumps(asdict(state)).encode())
    _clean(directory, [*segments, *keeping], name)
    return state


def swap(root: Path, directory: Path) -> None:
    """Let the directory serve from now on, and remove the others."""
    replace(root / CURRENT, directory.name.encode())
    remove_others(root, directory)


def remove_others(root: Path, kept: Path | None) -> None:
    """Remove every index but one: those that were swapped out, and those whose writer was killed too early to say."""
    for other in root.glob(f"{PREFIX}*"):
        if other != kept:
            shutil.rmtree(other, ignore_errors=True)


def replace(path: Path, data: bytes) -> None:
    """Put ``data`` in the place of the file in one step that survives a power cut."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync(path.parent)


def _clean(directory: Path, segments: list[W3Segment], toc: str) -> None:
    """Remove what no longer belongs to the index: old tables, merged segments, what a killed writer left."""
    keep = {STATE, toc, JOURNAL}
    for segment in segments:
        keep.update(files_of(segment.segment_id()))
    for path in directory.iterdir():
        if path.name not in keep:
            path.unlink(missing_ok=True)


#: Changes made while an index is built aside, to be repeated on it before it takes over.
JOURNAL: Final = "journal"


@contextmanager
def locked(root: Path, name: str, *, patience: float) -> Iterator[None]:
    """Hold a lock of ours. Raises IndexBusy when another process still has it after ``patience`` seconds."""
    root.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(root / name, os.O_RDWR | os.O_CREAT, 0o644)
    deadline = monotonic() + patience
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if monotonic() >= deadline:
                    raise IndexBusy(
                        str(root / name), "another process is writing the index", "Try again."
                    ) from None
                sleep(0.02)
        yield
    finally:
        os.close(descriptor)


_RIGHTS = "Give this user the right to write there, or set BAOZANG_INDEX to another folder."
_SPACE = "Free some space (df tells how much): the worker then goes on by itself."
#: For what is not wrong with the index, but with the folder or disk that it is on.
_REMEDIES: Final = {
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: _RIGHTS,
    errno.ENOSPC: _SPACE,
    errno.EDQUOT: _SPACE,
}


@contextmanager
def told_plainly(root: Path) -> Iterator[None]:
    """What the system says of a file of the index, as an error of ours."""
    try:
        yield
    except OSError as error:
        thing, reason = str(error.filename or root), str(error.strerror or error)
        remedy = _REMEDIES.get(error.errno or 0, "Run: python manage.py index verify")
        raise IndexBroken(thing, reason, remedy) from error


def is_locked(root: Path, name: str) -> bool:
    """Whether another process, or another part of this one, holds the lock. Makes nothing."""
    if not (root / name).exists():
        return False
    try:
        with locked(root, name, patience=0):
            return False
    except IndexBusy:
        return True
