"""What the press is given: stories, pictures, fixtures of a page, and the layout to set them in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Heading(StrEnum):
    """Where a headline stands in the dump, seen from its body."""

    AFTER = "after"
    BEFORE = "before"
    MIXED = "mixed"


class Gaps(StrEnum):
    """Where blank lines stand inside a column of text."""

    EXTRACTED = "extracted"  # as block detection sets them: before indented lines and before an opening quote
    PARAGRAPHS = "paragraphs"  # between paragraphs and nowhere else
    NONE = "none"


class Indent(StrEnum):
    """What is left of a paragraph's indent of two em."""

    LOST = "lost"
    KEPT = "kept"  # as two ideographic spaces
    SPACES = "spaces"  # as four spaces


@dataclass(frozen=True, slots=True)
class Story:
    """An article as its archivist knows it.

    The headings are given line by line. ``opening`` (本报讯（记者…）) begins the first paragraph. ``byline`` is a line
    of its own above the body, ``signature`` one below it, ``note`` stands below the body and belongs to the article.
    """

    headline: tuple[str, ...]
    paragraphs: tuple[str, ...]
    opening: str = ""
    kicker: tuple[str, ...] = ()
    subheadline: tuple[str, ...] = ()
    byline: str = ""
    signature: str = ""
    note: str = ""
    reporters: tuple[str, ...] = ()
    correspondents: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()

    def without_headline(self) -> Story:
        """The story whose headings were a picture, so that no dump has them."""
        return replace(self, headline=(), kicker=(), subheadline=())


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo: its caption, its credit as printed (本报记者 刘金元 摄) and whom the credit names."""

    caption: str
    credit: str
    photographers: tuple[str, ...]
    arrow: str = ""


@dataclass(frozen=True, slots=True)
class Fixture:
    """Lines that belong to no article; ``label`` says whether they are a column's label (栏目)."""

    lines: tuple[str, ...]
    label: bool = False


Item = Story | Picture | Fixture


@dataclass(frozen=True, slots=True)
class Layout:
    """How a page is set. Widths are in em, chances between 0 and 1, ranges include both ends."""

    width: tuple[float, float] = (13, 19)  # a column's width, one per story
    column_lines: tuple[int, int] = (14, 40)  # lines before a story's text goes on in its next column
    heading: Heading = Heading.AFTER
    gaps: Gaps = Gaps.EXTRACTED
    indent: Indent = Indent.LOST
    gap_kept: float = 1.0  # chance that a blank line between two paragraphs of a column is not lost
    column_gap: bool = True  # a blank line at a column break
    squeeze: float = 1.0  # em by which punctuation of one line may be narrowed
    tracking: float = 0.1  # chance that a paragraph is set one em wider than its column
    spread: float = 0.12  # chance that a line short of an em or more has spaces between all characters
    loose: float = 0.8  # chance of spaces round numbers in a line that is stretched, and round brackets
    headless: float = 0.04  # chance that a story's headings were a picture
    run_on: float = 0.08  # chance that a story begins on the line after the headline before it
    leading_space: bool = True  # a story that follows no headline begins with a space
    resize: float = 0.08  # chance that a story goes on in a column of another width
    subheadline_gap: float = 0.5  # chance of a blank line between headline and subheadline
    caption_width: tuple[float, float] = (14, 30)
    credit_on_line: float = 0.4  # chance that a credit stands on the caption's last line
    closing_blanks: int = 2

    def __post_init__(self) -> None:
        for low, high in (self.width, self.column_lines, self.caption_width):
            if not 2 < low <= high:
                raise ValueError(f"no range: {low} to {high}")
        for name in (
            "tracking",
            "spread",
            "loose",
            "headless",
            "run_on",
            "gap_kept",
            "resize",
            "credit_on_line",
            "subheadline_gap",
        ):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} is no chance: {getattr(self, name)}")
