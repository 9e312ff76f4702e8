"""One dump's bytes → its text and the structures of its pages, whatever kind of file it is. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive.decoding import decode
from archive.facts import page_facts
from archive.parsing import Vocabulary, parse
from archive.structure import PageStructure

TEXT = "text/plain"


@dataclass(frozen=True, slots=True)
class ReadDump:
    """A dump's text (lines ended by ``"\\n"``), how its bytes said it, and the pages found in it."""

    text: str
    encoding: str
    media_type: str
    structures: tuple[PageStructure, ...]


def read_dump(data: bytes, name: str, facts: dict[str, Any], vocabulary: Vocabulary) -> ReadDump:
    """Decode and parse. ``facts`` are those of ``facts.read_facts``; ``name`` stands in errors.

    Raises DumpError that says why the bytes are no dump.
    """
    decoded = decode(data, name)
    structures = parse(decoded.text, page_facts(facts), vocabulary)
    return ReadDump(decoded.text, decoded.encoding, TEXT, structures)
