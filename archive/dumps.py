"""One dump's bytes → its text and the structures of its pages, whatever kind of file it is. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from archive import alto, pdf
from archive.decoding import decode
from archive.errors import DumpError
from archive.facts import page_facts
from archive.layout import BLANK, Said, dump_lines
from archive.parsing import Vocabulary, parse
from archive.structure import PageFacts, PageStructure
from archive.textlines import TextLine
from archive.typeset import parse_typeset
from archive.xml_root import has_declaration, root_name

TEXT = "text/plain"
PDF = "application/pdf"
ALTO = "application/alto+xml"


@dataclass(frozen=True, slots=True)
class ReadDump:
    """A dump's text (lines ended by ``"\\n"``), how its bytes said it, and the pages found in it.

    The text of a PDF or of ALTO is its lines in reading order, as ``layout.dump_lines`` says them.
    """

    text: str
    encoding: str
    media_type: str
    structures: tuple[PageStructure, ...]


def read_dump(data: bytes, name: str, facts: dict[str, Any], vocabulary: Vocabulary) -> ReadDump:
    """Decode and parse. ``facts`` are those of ``facts.read_facts``; ``name`` stands in errors.

    Raises DumpError that says why the bytes are no dump.
    """
    given = page_facts(facts)
    if data.startswith(pdf.SIGNATURE):
        return _laid_out(pdf.pages(data, name), PDF, name, given, vocabulary)
    if _is_xml(data, name):
        return _laid_out(alto.pages(data, name), ALTO, name, given, vocabulary)
    if root_name(data).lower() == "html":
        raise DumpError(name, "is a web page (HTML), not text", "Save its text to a .txt file.")
    decoded = decode(data, name)
    structures = parse(decoded.text, given, vocabulary)
    return ReadDump(decoded.text, decoded.encoding, TEXT, structures)


def _is_xml(data: bytes, name: str) -> bool:
    """By its name, its declaration, or its root element; other text may well begin with a word in ＜…＞ or <…>."""
    return name.lower().endswith(".xml") or has_declaration(data) or root_name(data) in ("alto", "mets")


def _laid_out(
    pages: Sequence[Sequence[TextLine]], media_type: str, name: str, facts: PageFacts, vocabulary: Vocabulary
) -> ReadDump:
    """Each page with text becomes a range of the dump's lines and a structure of its own."""
    said: list[Said] = []
    ranges: list[tuple[int, int]] = []
    for page in pages:
        lines = dump_lines(page)
        if lines:
            first = len(said) + 1
            said += [*lines, BLANK]
            ranges.append((first, len(said)))
    if not ranges:
        raise DumpError(name, "has no text", "Run the page through OCR first.")
    structures = tuple(parse_typeset(said, first, last, facts, vocabulary) for first, last in ranges)
    return ReadDump("\n".join(line.text for line in said), "utf-8", media_type, structures)
