"""METS, which stands beside the ALTO files of an issue: which newspaper, which date, which file is which page.

Read as facts beside a dump, so that a delivery of METS and ALTO needs nothing else. https://www.loc.gov/standards/mets/
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from archive.errors import FactsError
from archive.xml_root import START, root_name

_HREF = "{http://www.w3.org/1999/xlink}href"

#: A delivery's METS names some hundreds of files; larger ones are no such thing.
MAX_BYTES = 32 * 1024 * 1024


def is_mets_name(path: Path) -> bool:
    """Whether a file is METS by its name, as deliveries have it: ``mets.xml``, ``issue_METS.xml``."""
    return path.suffix.lower() == ".xml" and "mets" in path.stem.lower()


def is_mets(path: Path) -> bool:
    """Whether a file is METS by its name and its root element; False where it can't be read."""
    if not is_mets_name(path):
        return False
    try:
        with path.open("rb") as file:
            return root_name(file.read(START)) == "mets"
    except OSError:
        return False


def facts_beside(dump: Path) -> dict[str, Any]:
    """What a METS file in the dump's folder or the one above says of it, in the keys of ``facts.KEYS``; else nothing.

    Raises FactsError that names the METS file when it is damaged.
    """
    if dump.suffix.lower() != ".xml" or is_mets_name(dump):
        return {}
    for folder in (dump.parent, dump.parent.parent):
        for path in sorted(folder.glob("*.[xX][mM][lL]")):
            if is_mets_name(path):
                facts = _facts(path, path.stat().st_mtime_ns)
                found = facts.get(dump.name)
                if found is not None:
                    return dict(found)
    return {}


@lru_cache(maxsize=64)
def _facts(path: Path, _changed: int) -> dict[str, dict[str, Any]]:
    if path.stat().st_size > MAX_BYTES:
        raise FactsError(str(path), "is too large for METS", "Give the facts in .toml files.")
    return read(path.read_bytes(), str(path))


def read(data: bytes, name: str) -> dict[str, dict[str, Any]]:
    """The names of the files that a METS names → their facts. Raises FactsError for XML that is damaged or unsafe."""
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise FactsError(
            name, f"is damaged or unsafe XML ({error})", "Export it again, or remove it."
        ) from error
    issue = _issue(root)
    numbers = _numbers(root)
    found = {}
    for file in _having(root, "file"):
        for place in _having(file, "FLocat"):
            file_name = PurePosixPath(unquote(place.get(_HREF, ""))).name
            if file_name:
                number = numbers.get(file.get("ID", ""))
                found[file_name] = issue | ({"page_number": number} if number else {})
    return found


def _issue(root: Element) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for mods in _having(root, "mods"):
        for date in _having(mods, "dateIssued"):
            value = _date(date.text or "")
            if value:
                facts.setdefault("date", value)
        for info in _having(mods, "titleInfo"):
            for title in _having(info, "title"):
                text = " ".join((title.text or "").split())
                if (
                    text and "date" in facts
                ):  # the title of the issue's own description, not of one of its articles
                    facts.setdefault("newspaper", text[:100])
    return facts


def _date(text: str) -> str:
    digits = text.strip()[:10]
    try:
        return dt.date.fromisoformat(digits).isoformat()
    except ValueError:
        return ""


def _numbers(root: Element) -> dict[str, int]:
    """The ids of files → the order of the page that they belong to."""
    found: dict[str, int] = {}
    for page in _having(root, "div"):
        order = page.get("ORDER", "")
        if page.get("TYPE", "").lower() != "page" or not order.isdecimal() or int(order) < 1:
            continue
        for part in page.iter():
            identity = part.get("FILEID")
            if identity:
                found.setdefault(identity, int(order))
    return found


def _having(root: Element, name: str) -> Iterator[Element]:
    return (element for element in root.iter() if element.tag.rpartition("}")[2] == name)
