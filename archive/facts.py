"""The facts that stand beside a dump: ``NAME.toml`` with what is known of the page and wins over inference.

newspaper = "焦作日报"        # slug or printed name
date = 2021-10-24
page_number = 1
page_name = "要闻"
edition = "晚刊"
source = "焦作日报社, scan of 2021"
"""

from __future__ import annotations

import datetime as dt
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from archive import mets
from archive.decoding import decode
from archive.errors import DumpError, FactsError
from archive.structure import Certainty, Dated, PageFacts

#: The keys and what they hold, as errors and the README name them.
KEYS = {
    "newspaper": "the newspaper's slug or printed name",
    "date": "the issue's date, such as 2021-10-24",
    "page_number": "the page's number, such as 1",
    "page_name": "the page's printed name, such as 要闻",
    "edition": "the edition, where a newspaper has several a day",
    "source": "where the dump comes from",
}

#: Longest value of each text key, in characters: what the archive's columns hold.
LENGTHS = {"newspaper": 100, "page_name": 60, "edition": 40, "source": 255}
MAX_PAGE_NUMBER = 9999
EARLIEST = dt.date(1600, 1, 1)

_SYNONYMS = {"page": "page_number", "number": "page_number", "name": "page_name"}


def facts_file(dump: Path) -> Path | None:
    """The file with a dump's facts: ``page.txt.toml`` or ``page.toml`` beside ``page.txt``; None where is none."""
    for path in (dump.with_name(dump.name + ".toml"), dump.with_suffix(".toml")):
        if path.is_symlink() or path.exists():
            return path
    return None


def facts_beside(dump: Path) -> dict[str, Any]:
    """The facts that stand beside a dump, as ``read_facts`` gives them; empty where there are none.

    Those of its own file win over what METS says of it. Raises FactsError that names the file.
    """
    path = facts_file(dump)
    try:
        own = read_facts(path.read_bytes(), str(path)) if path else {}
        return mets.facts_beside(dump) | own
    except OSError as error:
        thing = str(path or dump.parent)
        raise FactsError(thing, f"can't be read ({error.strerror})", "Make it readable.") from error


def read_facts(data: bytes, name: str, today: dt.date | None = None) -> dict[str, Any]:
    """The facts in the bytes of a TOML file: ``KEYS`` to JSON values, dates as ISO text.

    Raises FactsError that names the file, the key and the reason.
    """
    if not data.strip():
        return {}
    try:
        values = tomllib.loads(decode(data, name).text)
    except DumpError as error:
        raise FactsError(name, error.reason, error.remedy) from error
    except tomllib.TOMLDecodeError as error:
        raise FactsError(name, f"is not TOML: {error}", "Write lines such as date = 2021-10-24.") from error
    facts: dict[str, Any] = {}
    for given, value in values.items():
        key = _SYNONYMS.get(given, given)
        if key not in KEYS:
            near = get_close_matches(given, KEYS, n=1)
            hint = f"Did you mean {near[0]}? " if near else ""
            raise FactsError(name, f"has an unknown key “{given}”", f"{hint}Keys are: {', '.join(KEYS)}.")
        if key in facts:
            raise FactsError(name, f"gives {key} twice", "Keep one.")
        checked = _checked(key, value, name, today or dt.date.today())
        if checked != "":
            facts[key] = checked
    return facts


def page_facts(values: dict[str, Any]) -> PageFacts:
    """The facts of ``read_facts`` as the parser takes them."""
    date = Dated(values["date"], Certainty.GIVEN, "附带信息") if "date" in values else Dated()
    return PageFacts(
        newspaper=values.get("newspaper", ""),
        issue_date=date,
        number=values.get("page_number"),
        name=values.get("page_name", ""),
        edition=values.get("edition", ""),
        source=values.get("source", ""),
    )


def _checked(key: str, value: object, name: str, today: dt.date) -> str | int:
    if key == "date":
        return _date(value, name, today)
    if key == "page_number":
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_PAGE_NUMBER:
            raise FactsError(
                name,
                f"page_number can't be {_shown(value)}",
                f"Write a whole number, 1 to {MAX_PAGE_NUMBER}.",
            )
        return value
    if not isinstance(value, str):
        raise FactsError(
            name, f"{key} can't be {_shown(value)}", f'Write text in quotes: {key} = "…" ({KEYS[key]}).'
        )
    text = " ".join(value.split())
    if len(text) > LENGTHS[key]:
        raise FactsError(
            name, f"{key} has {len(text)} characters", f"Shorten it to {LENGTHS[key]} characters."
        )
    return text


def _date(value: object, name: str, today: dt.date) -> str:
    date = None
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        date = value
    elif isinstance(value, str):
        try:
            date = dt.date.fromisoformat(value.strip())
        except ValueError:
            date = None
    if date is None:
        raise FactsError(name, f"date can't be {_shown(value)}", "Write a day such as date = 2021-10-24.")
    if date > today + dt.timedelta(days=1):
        raise FactsError(
            name,
            f"date can't be {date}: today is {today}",
            "Write the day on which the issue was printed, or set this machine's clock.",
        )
    if date < EARLIEST:
        raise FactsError(name, f"date can't be {date}", "Write the day on which the issue was printed.")
    return date.isoformat()


def _shown(value: object) -> str:
    return f"“{value}”" if isinstance(value, str) else f"“{value!s}” ({type(value).__name__})"
