"""Making up a page: stories, pictures and fixtures one after another, as extraction reads them."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.press.setting import INDENT, SetLine, em, set_text
from tests.press.values import Gaps, Heading, Indent, Item, Layout, Picture, Story

Gold = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pressed:
    """A dump and its gold, in the shape of ``tests/golden/*.json``."""

    dump: str
    gold: Gold


@dataclass(slots=True)
class Sheet:
    """The dump as it grows. Line numbers count from 1."""

    lines: list[str] = field(default_factory=list)

    def gap(self) -> None:
        """A blank line, unless there is one already or nothing above."""
        if self.lines and self.lines[-1].strip():
            self.lines.append("")

    def put(self, *texts: str) -> list[int]:
        """Writes lines and says their numbers."""
        self.lines.extend(texts)
        return list(range(len(self.lines) - len(texts) + 1, len(self.lines) + 1))


def column_widths(
    count: int, layout: Layout, width: float, rng: random.Random
) -> tuple[list[int], list[float]]:
    """How many lines each column of a story of about ``count`` lines has, and how wide each is."""
    low, high = layout.column_lines
    height = rng.randint(low, high)
    columns = max(1, math.ceil(count / height))
    each = math.ceil(count / columns)
    heights = [max(2, each + rng.choice((-1, 0, 0, 1))) for _ in range(columns - 1)] + [10**9]
    widths = [width] * columns
    if count > 2 * low and rng.random() < layout.resize:
        widths[-1] = rng.choice((width + 3, round(width * 1.5), max(10, width - 3)))
        if columns == 1:
            heights, widths = [count * 2 // 3, 10**9], [width, widths[-1]]
    return heights, widths


def in_columns(
    paragraphs: Sequence[str], layout: Layout, width: float, rng: random.Random
) -> list[list[SetLine]]:
    """A story's paragraphs, set in the columns that they take."""
    count = sum(math.ceil((em(paragraph) + INDENT) / width) for paragraph in paragraphs)
    heights, widths = column_widths(count, layout, width, rng)
    starts = [sum(heights[:n]) for n in range(len(heights))]

    def width_of(line: int) -> float:
        return next(w for start, w in zip(reversed(starts), reversed(widths), strict=True) if line >= start)

    lines = set_text(paragraphs, width_of, layout, rng)
    columns = [lines[start : start + height] for start, height in zip(starts, heights, strict=True)]
    return [column for column in columns if column]


def gaps_before(column: Sequence[SetLine], layout: Layout, rng: random.Random) -> Iterator[bool]:
    """For each line of a column, whether extraction puts a blank line before it.

    Block detection joins lines that begin at one left edge. A line further right than the one above begins a block,
    unless that one stands alone in its block so far; then the pair is a block, and the line after it begins the next.
    """
    block: list[float] = []
    for n, line in enumerate(column):
        if layout.gaps is Gaps.NONE:
            gap = False
        elif layout.gaps is Gaps.PARAGRAPHS:
            gap = line.first and n > 0
        elif len(block) >= 2:
            misjoined = len(block) == 2 and block[1] > block[0] + 0.3 and line.left < block[1] - 0.3
            gap = misjoined or line.left > block[-1] + 0.3
        else:
            gap = bool(block) and block[0] == line.left == INDENT and rng.random() < 0.5
        gap = gap and (not line.first or rng.random() < layout.gap_kept)
        block = [line.left] if gap or not block else [*block, line.left]
        yield gap


def indented(line: SetLine, layout: Layout) -> str:
    """The line as the dump has it, with what is left of an indent."""
    if not line.first or layout.indent is Indent.LOST:
        return line.text
    return ("\u3000\u3000" if layout.indent is Indent.KEPT else "    ") + line.text


def put_body(sheet: Sheet, story: Story, layout: Layout, rng: random.Random, run_on: bool) -> Gold:
    """Sets a story's text; gives its body lines and where paragraphs start."""
    first, *others = story.paragraphs
    opening = story.opening + (" " if story.opening and first[:1].isdigit() else "")
    width = float(round(rng.uniform(*layout.width)))
    columns = in_columns((opening + first, *others), layout, width, rng)
    body: list[int] = []
    starts: list[int] = []
    for number, column in enumerate(columns):
        if number and layout.column_gap and column[0].column_width == width:
            sheet.gap()
        gaps = list(gaps_before(column, layout, rng))
        if run_on and not number and len(gaps) > 1:
            gaps[1] = layout.gaps is Gaps.EXTRACTED
        for line, gap in zip(column, gaps, strict=True):
            if gap:
                sheet.gap()
            [place] = sheet.put(indented(line, layout))
            body.append(place)
            if line.first:
                starts.append(place)
    return {"body": body, "paragraph_starts": starts}


def put_heading(sheet: Sheet, story: Story, layout: Layout, rng: random.Random) -> Gold:
    """Sets kicker, headline and subheadline; gives their lines."""
    lines: Gold = {"kicker": [], "headline": [], "subheadline": []}
    if story.kicker:
        sheet.gap()
        lines["kicker"] = sheet.put(*story.kicker)
    if story.headline:
        sheet.gap()
        lines["headline"] = sheet.put(*story.headline)
    if story.subheadline:
        if rng.random() < layout.subheadline_gap:
            sheet.gap()
        lines["subheadline"] = sheet.put(*story.subheadline)
    return lines


def put_story(
    sheet: Sheet, story: Story, layout: Layout, rng: random.Random, after_heading: bool
) -> tuple[Gold, bool]:
    """Sets a story; gives its gold and whether a headline stands last."""
    if rng.random() < layout.headless:
        story = story.without_headline()
    before = layout.heading is Heading.BEFORE or (layout.heading is Heading.MIXED and rng.random() < 0.5)
    gold: Gold = {"kicker": [], "headline": [], "subheadline": []}
    run_on = False
    if before:
        gold = put_heading(sheet, story, layout, rng)
        sheet.gap()
    frame_begins = False
    byline: list[int] = []
    if story.byline:
        sheet.gap()
        byline = sheet.put(story.byline)
        sheet.gap()
    elif not before:
        frame_begins = not after_heading and layout.leading_space
        run_on = after_heading and rng.random() < layout.run_on
        if not run_on and not frame_begins:
            sheet.gap()
    gold |= {"byline": byline} | put_body(sheet, story, layout, rng, run_on)
    if frame_begins:
        sheet.lines[gold["body"][0] - 1] = " " + sheet.lines[gold["body"][0] - 1]
    if story.signature:
        gold["byline"] = [*byline, *sheet.put(story.signature)]
    if story.note:
        sheet.gap()
        sheet.put(story.note)
    if not before:
        gold |= put_heading(sheet, story, layout, rng)
        if story.headline:
            return gold | _people(story), True
    return gold | _people(story), False


def _people(story: Story) -> Gold:
    return {
        "reporters": list(story.reporters),
        "correspondents": list(story.correspondents),
        "persons": sorted(story.persons),
        "any_order": False,
    }


def put_picture(sheet: Sheet, picture: Picture, layout: Layout, rng: random.Random) -> Gold:
    """Sets a caption and its credit; gives the photo's gold."""
    width = float(round(rng.uniform(*layout.caption_width)))
    set_lines = set_text([picture.arrow + picture.caption], lambda _: width, layout, rng)
    sheet.gap()
    caption = sheet.put(*(line.text for line in set_lines))
    if rng.random() < layout.credit_on_line:
        sheet.lines[-1] += " " + picture.credit
        credit = [caption[-1]]
    else:
        if rng.random() < 0.7:
            sheet.gap()
        credit = sheet.put(picture.credit)
    return {
        "caption": caption,
        "credit": credit,
        "photographers": list(picture.photographers),
        "arrow": picture.arrow or None,
        "caption_text": picture.caption,
    }


def press(
    items: Iterable[Item], layout: Layout, seed: int, source: str = "pressed.txt", date: str = "2021-10-24"
) -> Pressed:
    """A page of ``items`` in this order, set in ``layout``; the same seed gives the same page.

    ``date`` is the page's issue date (ISO) for the gold.
    """
    rng = random.Random(seed)
    sheet = Sheet()
    gold: Gold = {
        "source": source,
        "issue_date": date,
        "articles": [],
        "photos": [],
        "labels": [],
        "furniture": [],
    }
    after_heading = False
    for item in items:
        if isinstance(item, Story):
            article, after_heading = put_story(sheet, item, layout, rng, after_heading)
            gold["articles"].append(article)
            continue
        sheet.gap()
        if isinstance(item, Picture):
            gold["photos"].append(put_picture(sheet, item, layout, rng))
        else:
            gold["labels" if item.label else "furniture"] += sheet.put(*item.lines)
        sheet.gap()
        after_heading = True
    sheet.put(*[""] * layout.closing_blanks)
    return Pressed("\n".join(sheet.lines) + "\n", gold)
