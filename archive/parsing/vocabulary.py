"""Words that assign sections (主题): a value that staff can edit as a fixture and the parser reads as data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.errors import DumpError


@dataclass(frozen=True, slots=True)
class SectionWords:
    """A section's slug, its printed name and the words whose presence speaks for it."""

    slug: str
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All sections with their words, in the order of their position."""

    sections: tuple[SectionWords, ...] = ()

    def name(self, slug: str) -> str:
        """The printed name of a section; the slug itself where there is none."""
        return next((section.name for section in self.sections if section.slug == slug), slug)


def vocabulary_of(words: Mapping[str, Iterable[str]], names: Mapping[str, str] | None = None) -> Vocabulary:
    """A vocabulary from section slug → words; ``names`` gives the printed names (default: the slugs)."""
    names = names or {}
    return Vocabulary(
        tuple(
            SectionWords(
                slug,
                names.get(slug, slug),
                tuple(dict.fromkeys(word for word in each if word)),
            )
            for slug, each in words.items()
        )
    )


def load_vocabulary(path: Path) -> Vocabulary:
    """The vocabulary of a Django fixture of ``archive.section`` rows, read without Django or a database.

    Raises DumpError when the file is missing or is no such fixture.
    """
    try:
        rows = [
            row["fields"]
            for row in json.loads(path.read_text(encoding="utf-8"))
            if row["model"] == "archive.section"
        ]
        rows.sort(key=lambda fields: fields.get("position", 0))
        return vocabulary_of(
            {fields["slug"]: fields["vocabulary"].split("\n") for fields in rows},
            {fields["slug"]: fields["name"] for fields in rows},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DumpError(
            str(path),
            f"is no section vocabulary ({error})",
            "Restore fixtures/sections.json.",
        ) from error
