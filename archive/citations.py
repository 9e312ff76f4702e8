"""How an article is cited. Nothing is invented: what is not known is left out or said to be unknown.

GB/T 7714—2015 and its successor of 2025 (in force since 2026-07-01), APA 7, MLA 9, Chicago 17, BibTeX (biblatex's
``@article`` with ``newspaper``), RIS. An estimated date stands in square brackets, in English styles with their marks
of doubt ("ca.", "?"); biblatex has the ``~`` of EDTF for it, RIS a free text after the day.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MLA_MONTHS = ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."]


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation is made of. ``date`` None: undated. ``page_number`` None: not known (版次不详)."""

    key: str
    title: str
    authors: tuple[str, ...]
    newspaper: str
    place: str
    publisher: str
    issn: str
    date: dt.date | None
    estimated: bool
    page_number: int | None
    page_name: str
    edition: str
    url: str
    archive: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One style's citation."""

    code: str
    style: str
    text: str
    language: str


def citations(cited: Cited, today: dt.date) -> list[Citation]:
    """The article cited in every style; ``today`` is the day of access, where a style asks for it."""
    return [
        Citation("gbt2025", "GB/T 7714—2025", gbt_2025(cited), "zh-Hans"),
        Citation("gbt2015", "GB/T 7714—2015", gbt_2015(cited, today), "zh-Hans"),
        Citation("apa", "APA 7", apa(cited), "en"),
        Citation("mla", "MLA 9", mla(cited, today), "en"),
        Citation("chicago", "Chicago 17", chicago(cited), "en"),
        Citation("bibtex", "BibTeX", bibtex(cited), "en"),
        Citation("ris", "RIS", ris(cited), "en"),
    ]


def _bracketed(cited: Cited, text: str) -> str:
    return f"[{text}]" if cited.estimated else text


def _ended(text: str) -> str:
    """With a full stop, unless a mark of its own ends it."""
    return text if text.endswith(("。", "？", "！", "…", ".", "?", "!")) else f"{text}."


def _chinese_authors(authors: tuple[str, ...], comma: str) -> str:
    return comma.join(authors[:3]) + (f"{comma}等" if len(authors) > 3 else "")


def gbt_2015(cited: Cited, today: dt.date) -> str:
    """责任者. 题名[N/OL]. 报纸名, 日期(版次)[引用日期]. URL. 标点半角后加空格。"""
    who = f"{_chinese_authors(cited.authors, ', ')}. " if cited.authors else ""
    date = f", {_bracketed(cited, cited.date.isoformat())}" if cited.date else ", [日期不详]"
    page = f"({cited.page_number})" if cited.page_number else "(版次不详)"
    return f"{who}{cited.title}[N/OL]. {cited.newspaper}{date}{page}[{today.isoformat()}]. {cited.url}."


def gbt_2025(cited: Cited) -> str:
    """As of 2015, with full-width marks but for “.” and “[ ]”, and no day of access for what is also in print.

    The form is that of the standard's own example of an online newspaper, as zotero-chinese/styles (“GB-T-7714—2025”)
    sets it: 陈缮真. 探索微观世界的无穷奥秘（科技大观）[N/OL]. 人民日报，2022-08-16（17）. http://….
    """
    who = f"{_chinese_authors(cited.authors, '，')}. " if cited.authors else ""
    date = f"，{_bracketed(cited, cited.date.isoformat())}" if cited.date else "，[日期不详]"
    page = f"（{cited.page_number}）" if cited.page_number else "（版次不详）"
    return f"{who}{cited.title}[N/OL]. {cited.newspaper}{date}{page}. {cited.url}."


def apa(cited: Cited) -> str:
    """Author (Year, Month Day). Title. Newspaper, page. URL"""
    date = "n.d."
    if cited.date:
        date = f"{cited.date.year}, {_MONTHS[cited.date.month - 1]} {cited.date.day}"
    date = f"[ca. {date}]" if cited.estimated and cited.date else date
    page = f", {cited.page_number}" if cited.page_number else ""
    if cited.authors:
        *first, last = cited.authors
        names = f"{', '.join(first)}, & {last}" if first else last
        return f"{names}. ({date}). {_ended(cited.title)} {cited.newspaper}{page}. {cited.url}"
    return f"{_ended(cited.title)} ({date}). {cited.newspaper}{page}. {cited.url}"


def mla(cited: Cited, today: dt.date) -> str:
    """Author. “Title.” Newspaper, Day Month Year, p. n. Archive, URL. Accessed …"""
    who = ""
    if cited.authors:
        who = cited.authors[0] + (
            ", et al. "
            if len(cited.authors) > 2
            else f", and {cited.authors[1]}. "
            if cited.authors[1:]
            else ". "
        )
    date = _mla_date(cited.date) if cited.date else "n.d."
    date = f"[{date}?]" if cited.estimated and cited.date else date
    page = f", p. {cited.page_number}" if cited.page_number else ", n. pag"
    accessed = _mla_date(today)
    return (
        f"{who}“{_ended(cited.title)}” {cited.newspaper}, {date}{page}. "
        f"{cited.archive}, {cited.url}. Accessed {accessed}."
    )


def _mla_date(date: dt.date) -> str:
    return f"{date.day} {_MLA_MONTHS[date.month - 1]} {date.year}"


def chicago(cited: Cited) -> str:
    """Author. “Title.” Newspaper (Place), Month Day, Year. URL. Newspapers are cited without page numbers."""
    who = ""
    if cited.authors:
        *first, last = cited.authors
        who = (f"{', '.join(first)}, and {last}" if first else last) + ". "
    date = "n.d."
    if cited.date:
        date = f"{_MONTHS[cited.date.month - 1]} {cited.date.day}, {cited.date.year}"
        date = f"[{date}?]" if cited.estimated else date
    place = f" ({cited.place})" if cited.place and cited.place not in cited.newspaper else ""
    return f"{who}“{_ended(cited.title)}” {cited.newspaper}{place}, {_ended(date)} {cited.url}."


_TEX = re.compile(r"([#$%&_{}])")


def _tex(text: str) -> str:
    text = _TEX.sub(r"\\\1", text.replace("\\", r"\textbackslash "))
    return text.replace("~", r"\textasciitilde{}").replace("^", r"\textasciicircum{}")


def bibtex(cited: Cited) -> str:
    """One entry; the estimated date is marked as biblatex does (``2021-10-24~``)."""
    date = cited.date.isoformat() + ("~" if cited.estimated else "") if cited.date else ""
    fields = {
        "author": " and ".join(f"{{{_tex(author)}}}" for author in cited.authors),
        "title": f"{{{_tex(cited.title)}}}",
        "journaltitle": _tex(cited.newspaper),
        "journal": _tex(cited.newspaper),
        "date": date,
        "year": _bracketed(cited, str(cited.date.year)) if cited.date else "",
        "pages": str(cited.page_number) if cited.page_number else "",
        "location": _tex(cited.place),
        "publisher": _tex(cited.publisher),
        "issn": cited.issn,
        "entrysubtype": "newspaper",
        "langid": "chinese",
        "url": cited.url,
        "note": _tex(_note(cited)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{cited.key},", *lines, "}"])


def ris(cited: Cited) -> str:
    """One record, lines ended as RIS has them when it is sent as a file."""
    rows = [("TY", "NEWS"), ("TI", cited.title)]
    rows += [("AU", author) for author in cited.authors]
    rows += [("T2", cited.newspaper), ("JO", cited.newspaper)]
    if cited.date:
        day = cited.date.isoformat().replace("-", "/") + ("/推定" if cited.estimated else "")
        rows += [("PY", str(cited.date.year)), ("DA", day)]
    if cited.page_number:
        rows.append(("SP", str(cited.page_number)))
    rows += [("ET", cited.edition), ("CY", cited.place), ("PB", cited.publisher), ("SN", cited.issn)]
    rows += [("LA", "zh"), ("DB", cited.archive), ("AN", cited.key), ("UR", cited.url), ("N1", _note(cited))]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in rows if value]
    return "\n".join([*lines, "ER  - "])


def _note(cited: Cited) -> str:
    said = []
    if cited.estimated:
        said.append("日期为推定")
    if cited.page_number is None:
        said.append("版次不详")
    if cited.page_name:
        said.append(f"版名：{cited.page_name}")
    return "；".join(said)
