"""What an engine is given: one Document an article or photo, free of database and engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Kind = Literal["article", "photo"]
KINDS: tuple[Kind, ...] = ("article", "photo")


class Zone(StrEnum):
    """Where in a document a text stands; ranking weighs them, literals never cross from one text to the next."""

    HEADLINE = "headline"
    KICKER = "kicker"  # kickers and subheadlines
    LEAD = "lead"  # the first paragraph; of a photo the caption
    BODY = "body"
    OTHER = "other"  # bylines, notes, credits


@dataclass(frozen=True, slots=True)
class Named:
    """Something that is filtered by ``slug`` and shown by ``name``; ``forms`` are further spellings that suggest it
    (``lvpei``, ``lp``), for which the engine finds its own where there are none."""

    slug: str
    name: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """An article or photo as it is searched. Each text is separate: a literal never crosses from one to another.

    ``printed`` is empty where the current text is the print; otherwise it holds *every* text of the piece as printed,
    so that ``原文:`` has one place to look in. ``issue_date`` is ISO or empty; ``event_dates`` are ISO values of day,
    month or year precision (``2021-10-21``, ``2021-10``, ``2021``). ``page`` is its page's key, ``added`` when it came
    into the archive, in seconds since 1970; 0: not known. ``title`` is what lists show (〔无题〕 …); it is
    not searched.
    """

    kind: Kind
    key: str
    title: str = ""
    headlines: tuple[str, ...] = ()
    kickers: tuple[str, ...] = ()
    subheadlines: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()
    newspaper: Named = Named("", "")
    issue_date: str = ""
    event_dates: tuple[str, ...] = ()
    sections: tuple[Named, ...] = ()
    genre: str = ""
    column: Named = Named("", "")
    page_number: int | None = None
    page_name: str = ""
    page: str = ""
    position: int = 0
    added: int = 0
    persons: tuple[Named, ...] = ()
    reporters: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def identity(self) -> tuple[Kind, str]:
        """Kind and key: what a hit names."""
        return self.kind, self.key

    def texts(self) -> Iterator[tuple[Zone, str]]:
        """Every current text with its zone; the headings come first."""
        for text in self.headlines:
            yield Zone.HEADLINE, text
        for text in (*self.kickers, *self.subheadlines):
            yield Zone.KICKER, text
        zone = Zone.LEAD
        for text in (*self.captions, *self.paragraphs):
            yield zone, text
            zone = Zone.BODY
        for text in (*self.bylines, *self.notes, *self.credits):
            yield Zone.OTHER, text
