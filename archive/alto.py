"""ALTO XML, the newspaper archives' standard for text with positions → lines with their places.

Versions 2 to 4 differ in their namespace only for what is read here. https://www.loc.gov/standards/alto/
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from archive.errors import DumpError
from archive.textlines import TextLine, plain, size_of


def pages(data: bytes, name: str) -> list[list[TextLine]]:
    """The lines of each page. Raises DumpError for XML that is damaged, unsafe, of another kind, or without text."""
    root = _root(data, name)
    kind = _local(root)
    if kind == "mets":
        raise DumpError(name, "is METS, which names pages and holds no text", "Give the ALTO files it names.")
    if kind != "alto":
        raise DumpError(
            name, f"is XML of another kind (<{kind}>), not ALTO", "Export the page as ALTO or text."
        )
    sizes = _font_sizes(root, name)
    found = [_lines(page, sizes, name) for page in root.iter() if _local(page) == "Page"]
    if not any(found):
        raise DumpError(name, "has no text", "Run the page through OCR again.")
    return found


def _root(data: bytes, name: str) -> Element:
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise DumpError(
            name,
            "declares XML entities or a document type, which could be an attack",
            "Export it without them.",
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise DumpError(name, f"is damaged XML ({error})", "Export it again.") from error
    return root


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _font_sizes(root: Element, name: str) -> dict[str, float]:
    return {
        style.get("ID", ""): _number(style, "FONTSIZE", name)
        for style in root.iter()
        if _local(style) == "TextStyle" and style.get("FONTSIZE")
    }


def _lines(page: Element, sizes: dict[str, float], name: str) -> list[TextLine]:
    found = []
    whole = all(_has_size(line, sizes) for line in page.iter() if _local(line) == "TextLine")
    for line in page.iter():
        if _local(line) != "TextLine":
            continue
        words = [part for part in line if _local(part) in ("String", "SP", "HYP")]
        text = plain("".join(map(_said, words))).strip()
        strings = [part for part in words if _local(part) == "String"]
        if not text or not strings:
            continue
        box = line if line.get("HPOS") is not None and line.get("WIDTH") is not None else strings[0]
        last = box if box is line else strings[-1]
        left, top = _number(box, "HPOS", name), _number(box, "VPOS", name)
        right = _number(last, "HPOS", name) + _number(last, "WIDTH", name)
        heights = [_number(each, "HEIGHT", name) for each in strings if each.get("HEIGHT")]
        height = _number(box, "HEIGHT", name) if box.get("HEIGHT") else size_of(heights)
        size = _style(line, sizes) if whole else size_of(heights or [height])
        found.append(TextLine(text, left, top, right, top + height, size or height))
    return found


def _said(part: Element) -> str:
    if _local(part) == "SP":
        return " "
    return part.get("CONTENT", "-" if _local(part) == "HYP" else "")


def _has_size(line: Element, sizes: dict[str, float]) -> bool:
    return _style(line, sizes) > 0


def _style(line: Element, sizes: dict[str, float]) -> float:
    references = line.get("STYLEREFS", "").split()
    for part in line:
        references += part.get("STYLEREFS", "").split()
    return next((sizes[each] for each in references if each in sizes), 0.0)


def _number(element: Element, attribute: str, name: str) -> float:
    text = element.get(attribute, "0")
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not abs(number) < 1e9:
        raise DumpError(name, f"has {attribute}=“{text[:40]}”, which is no length", "Export it again.")
    return number
