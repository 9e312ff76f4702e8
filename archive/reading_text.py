"""A paragraph as readers see it: OCR's half-width marks full-width, people linked, hits marked.

All of it happens at display. Full-width marks stand one for one in the place of half-width ones, so places counted in
the stored text stay true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

_HAN = r"\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CHINESE = re.compile(rf"[{_HAN}\u3000-\u303f\uff00-\uffef“”‘’—…]")
_MARKS = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_HALF = re.compile("[,;:?!]")
_HALF_WIDTH = re.compile(r"""[,;:?!()".]""")
_PAIR = re.compile(r"\(([^()]*)\)")
_QUOTES = re.compile(r'"([^"]*)"')


def full_width(text: str) -> str:
    """The text with half-width marks that stand among Chinese set full-width; its length does not change.

    Times (10:30), numbers (1,000), addresses and Latin sentences keep theirs; so does a bracket or quotation mark whose
    partner is missing. A full stop is taken for 。 only where it ends a Chinese sentence that ends the text.
    """
    if not _HALF_WIDTH.search(text):
        return text
    letters = list(text)
    for pattern, opening, closing in ((_PAIR, "（", "）"), (_QUOTES, "“", "”")):
        for match in pattern.finditer(text):
            around = text[max(match.start() - 1, 0) : match.start()] + text[match.end() : match.end() + 1]
            if _CHINESE.search(match[1]) or _CHINESE.search(around):
                letters[match.start()], letters[match.end() - 1] = opening, closing
    for match in _HALF.finditer(text):
        place = match.start()
        beside = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
        if _CHINESE.search(beside):
            letters[place] = _MARKS[match[0]]
    if text.endswith(".") and len(text) > 1 and _CHINESE.match(letters[-2]) and not text.endswith(".."):
        letters[-1] = "。"
    return "".join(letters)


@dataclass(frozen=True, slots=True)
class Link:
    """Characters ``start`` to ``end`` (excluded) of a text lead to ``href``."""

    start: int
    end: int
    href: str
    title: str = ""


def apart(links: Iterable[Link]) -> list[Link]:
    """The links in order, none overlapping another: the longest first, of equals the earlier."""
    taken: set[int] = set()
    kept = []
    for link in sorted(links, key=lambda link: (link.start - link.end, link.start)):
        places = range(link.start, link.end)
        if link.end > link.start and taken.isdisjoint(places):
            taken.update(places)
            kept.append(link)
    return sorted(kept, key=lambda link: link.start)


def render(text: str, links: Iterable[Link] = (), hits: Sequence[tuple[int, int]] = ()) -> SafeString:
    """``text`` as HTML: escaped, ``links`` as anchors, ``hits`` (start, end) in ``<mark>``, inside anchors too."""
    shown = full_width(text)
    out: list[str] = []
    place = 0
    for link in apart(link for link in links if 0 <= link.start < link.end <= len(text)):
        out.append(_marked(shown, place, link.start, hits))
        inner = _marked(shown, link.start, link.end, hits)
        if link.title:
            out.append(
                format_html('<a class="name" href="{}" title="{}">{}</a>', link.href, link.title, inner)
            )
        else:
            out.append(format_html('<a class="name" href="{}">{}</a>', link.href, inner))
        place = link.end
    out.append(_marked(shown, place, len(shown), hits))
    return mark_safe("".join(out))


#: Where a line may break that browsers keep whole: beside the quotation marks of a Latin word or a number, which they
#: take for Latin ones (围绕|“25311”|远景).
_BREAKS = re.compile(
    rf"(?<=[{_HAN}，。、；：！？）》])(?=[“‘][^\u2e80-\uffef])|(?<=[^\u2e80-\uffef][”’])(?=[{_HAN}（《])"
)


def _escaped(text: str) -> SafeString:
    return mark_safe(_BREAKS.sub("<wbr>", conditional_escape(text)))


def _marked(text: str, start: int, end: int, hits: Sequence[tuple[int, int]]) -> SafeString:
    out: list[str] = []
    place = start
    for from_, to in sorted(hits):
        from_, to = max(from_, place), min(to, end)
        if from_ < to:
            out.append(_escaped(text[place:from_]))
            out.append(format_html("<mark>{}</mark>", text[from_:to]))
            place = to
    out.append(_escaped(text[place:end]))
    return mark_safe("".join(out))


_DATELINE = re.compile(r"\s*[本又另][^（(，。]{0,8}[讯电]\s*（[^（）]{1,60}）\s*")


def excerpt(text: str, length: int = 90) -> str:
    """The beginning of a text without its 本报讯（记者…）, cut at a sentence's end where one is near, else with …."""
    text = text.replace("\n", "")
    text = text[match.end() :] if (match := _DATELINE.match(text)) and match.end() < len(text) else text
    if len(text) <= length:
        return text
    cut = text[:length]
    end = max(cut.rfind(mark) for mark in "。！？；")
    if end > length // 2:
        return cut[: end + 1]
    return cut.rstrip("，、：“（ ") + "…"


def sentences(text: str) -> list[tuple[int, int]]:
    """The (start, end) of each sentence of a paragraph, closing quotation marks included."""
    ends = [match.end() for match in re.finditer(r"[。！？!?][”’」』）]*", text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    return [(start, end) for start, end in zip([0, *ends], ends, strict=False) if text[start:end].strip()]
