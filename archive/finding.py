"""Which files are dumps: folders searched, files read, and a clear line for each path that can't be."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from archive.errors import BaozangError, DumpError, FactsError
from archive.mets import is_mets

#: Files that a folder is searched for. A file that is named itself may have any suffix.
SUFFIXES = (".txt", ".text", ".pdf", ".xml")
FACTS_SUFFIX = ".toml"


@dataclass(frozen=True, slots=True)
class Problem:
    """A path that can't be read as a dump."""

    path: Path
    error: BaozangError

    def __str__(self) -> str:
        thing = self.error.thing if isinstance(self.error, FactsError) else printable(str(self.path))
        return str(BaozangError(thing, self.error.reason, self.error.remedy))


def find(paths: Iterable[Path]) -> list[Path | Problem]:
    """The dumps among ``paths``, folders searched to their depth in the order of names, each file once.

    A link inside a folder is followed as long as it stays inside: a delivery must not make other files of this machine
    public.
    """
    found: list[Path | Problem] = []
    seen: set[Path] = set()
    for path in paths:
        for one in _under(path):
            place = one.resolve() if isinstance(one, Path) else one.path.absolute()
            if place not in seen:
                seen.add(place)
                found.append(one)
    return found


def read_file(path: Path, limit: int | None = None) -> bytes:
    """A file's bytes. Raises DumpError when it is missing, no regular file, unreadable, or above ``limit`` bytes
    (default: the settings' largest dump).
    """
    limit = settings.MAX_DUMP_BYTES if limit is None else limit
    try:
        mode = path.stat()
        if not stat.S_ISREG(mode.st_mode):
            raise DumpError("", "is not a file", "Name a dump or a folder of dumps.")
        with path.open("rb") as file:
            data = file.read(limit + 1)
        size = max(mode.st_size, len(data))
    except OSError as error:
        raise _unreadable(path, error) from error
    if size > limit:
        raise DumpError(
            "",
            f"is too large ({size / 2**20:.0f} MiB, the largest is {limit / 2**20:.0f} MiB)",
            "Split it into its pages, or raise BAOZANG_MAX_DUMP_MB.",
        )
    return data


def printable(name: str) -> str:
    """A file's name with bytes that are no UTF-8 replaced, so that it can be printed and stored."""
    return os.fsencode(name).decode("utf-8", "replace")


def _under(path: Path) -> Iterator[Path | Problem]:
    try:
        is_folder = path.is_dir()
        path.lstat()
    except OSError as error:
        yield Problem(path, _unreadable(path, error))
        return
    if not is_folder:
        yield _named(path)
        return
    empty = True
    for one in _walk(path, path.resolve(), frozenset()):
        empty = False
        yield one
    if empty:
        yield Problem(
            path, DumpError("", "has no dumps", f"Put {', '.join(SUFFIXES)} files there, or name the files.")
        )


def _named(path: Path) -> Path | Problem:
    if path.suffix.lower() == FACTS_SUFFIX:
        return Problem(path, DumpError("", "holds facts, not a dump", "Name the dump that it stands beside."))
    return path


def _walk(folder: Path, root: Path, above: frozenset[tuple[int, int]]) -> Iterator[Path | Problem]:
    try:
        status = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Problem(folder, _unreadable(folder, error))
        return
    here = (status.st_dev, status.st_ino)
    if here in above:  # a link that leads back to a folder above it
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        path = folder / entry.name
        suffix = path.suffix.lower()
        if entry.name.startswith("."):
            continue
        led_astray = _led_astray(path, root) if entry.is_symlink() else None
        if led_astray is not None:
            yield Problem(path, led_astray)
        elif _is_folder(entry):
            yield from _walk(path, root, above | {here})
        elif suffix in SUFFIXES:
            if not is_mets(path):  # it is read beside the ALTO files that it names
                yield path
        elif suffix == FACTS_SUFFIX and not _stands_beside_a_dump(path, names):
            yield Problem(
                path,
                DumpError(
                    "", "stands beside no dump", "Give it its dump's name, such as page.toml for page.txt."
                ),
            )


def _led_astray(link: Path, root: Path) -> DumpError | None:
    """Why a link inside ``root`` is not followed; None when it leads to something inside."""
    try:
        place = link.resolve(strict=True)
    except OSError as error:
        return _unreadable(link, error)
    except RuntimeError:  # a link to itself
        return _unreadable(link, FileNotFoundError())
    if place.is_relative_to(root):
        return None
    return DumpError(
        "",
        f"is a link out of the folder, to {printable(str(place))}",
        "If that is wanted, name that path too.",
    )


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _stands_beside_a_dump(facts: Path, names: set[str]) -> bool:
    stem = facts.name[: -len(FACTS_SUFFIX)]
    return stem in names or any(
        Path(name).stem == stem and Path(name).suffix.lower() in SUFFIXES for name in names
    )


def _unreadable(path: Path, error: OSError) -> DumpError:
    if isinstance(error, PermissionError):
        return DumpError("", "may not be read", "Give this user the right to read it.")
    if path.is_symlink() and not path.exists():
        return DumpError(
            "",
            f"is a link to {printable(str(path.readlink()))}, which is not there",
            "Mend the link or remove it.",
        )
    if isinstance(error, FileNotFoundError):
        return DumpError("", "is not there", "Check the path.")
    return DumpError("", f"can't be read ({error.strerror or error})", "Check the disk and the path.")
