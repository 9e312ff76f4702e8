"""One page of a dump: the stages in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, repeat
from typing import NamedTuple

from archive.parsing.blocks import Draft, blocks
from archive.parsing.bylines import (
    Names,
    agency_of,
    names_in,
    of_credit,
    of_ending,
    of_line,
    of_opening,
)
from archive.parsing.credits import broken_credits, trailing_credits
from archive.parsing.dates import event_dates, issue_date
from archive.parsing.doubts import confidence_of, doubts_of, with_torn_page
from archive.parsing.expressions import Expression, beginnings, expressions
from archive.parsing.formulas import LEAVES
from archive.parsing.fragments import read_on
from archive.parsing.headings import Part, parts_of, roles, roles_told
from archive.parsing.knobs import Knobs
from archive.parsing.labels import relabel
from archive.parsing.lines import Line, read
from archive.parsing.marks import CREDIT, FURNITURE, FURTHER, JUMP, NOTE, OPENING, PAGE_HEAD, marks
from archive.parsing.mending import mend
from archive.parsing.pagehead import page_head
from archive.parsing.photos import PhotoDraft, photos
from archive.parsing.repair import gather, repeats, take_parts
from archive.parsing.runs import COMES_FROM, Story, text_of
from archive.parsing.sections import assign, genre_of
from archive.parsing.stories import stories
from archive.parsing.strips import strips, wrapped
from archive.parsing.ties import HEADINGS, with_articles, with_columns
from archive.parsing.traits import ODD
from archive.parsing.vocabulary import Vocabulary
from archive.parsing.words import ARROWS
from archive.printed import printed, run_together, unspaced
from archive.structure import (
    Article,
    Block,
    Furniture,
    Kind,
    PageFacts,
    PageStructure,
    Photo,
    Role,
    Span,
)

_BODY = Role.BODY  # looked up once: most blocks are of it
#: Characters of an article's first paragraph in which the event is told.
_LEAD = 90


def parse_page(
    dump: Sequence[str],
    first: int,
    last: int,
    facts: PageFacts,
    vocabulary: Vocabulary,
    knobs: Knobs,
) -> PageStructure:
    """The structure of the dump's lines ``first`` to ``last``."""
    lines = read(dump, first, last)
    found_marks = marks(lines, knobs.series_from)
    credited = trailing_credits(lines, found_marks)
    for place, cut in broken_credits(lines, found_marks).items():
        credited[place] = cut
        found_marks[place + 1] = CREDIT
    is_wrapped = wrapped(lines, knobs)
    found_strips = strips(lines, found_marks, credited, is_wrapped)
    text = "".join([line.text for line in lines])
    drafts = blocks(lines, found_strips, text, is_wrapped, knobs)
    relabel(drafts, lines, text, credited, knobs)
    photo_drafts, left = photos(drafts, lines, credited, knobs)
    print_ = _Printer(dump, lines)
    left, parts = take_parts(left)
    remaining = [draft for draft in left if draft is not None]
    furniture_drafts: list[Draft] = []
    told: list[Draft] = []
    for draft in remaining:
        apart = draft.mark in FURNITURE and draft.mark is not JUMP
        (furniture_drafts if apart else told).append(draft)
    told, doubtful = read_on(told, lines, is_wrapped, knobs)
    found_stories = stories(told, lines, knobs)
    for story in found_stories:
        story.guessed_order |= any(draft.moved for draft in story.body)
    gather(found_stories, parts, lines)
    mend(found_stories, lines)
    notes = [draft for draft in furniture_drafts if draft.mark is NOTE]
    signed = _attributions(found_stories, notes, lines)
    written = [
        _written(story, lines, print_, credit) for story, credit in zip(found_stories, signed, strict=True)
    ]
    photo_values = tuple(_photo(draft, lines, print_) for draft in photo_drafts)
    heads = [draft for draft in furniture_drafts if draft.mark is PAGE_HEAD]
    captions = [[block for block in photo.blocks if block.role is Role.CAPTION] for photo in photo_values]
    dates = _expressions([*(each.body for each in written), *captions])
    listed = list(chain.from_iterable(dates))
    page_facts, contradiction = _facts(facts, heads, listed, lines, text)
    repeated = repeats(
        [
            (draft.places[0], block.text)
            for each in written
            for draft, block in zip(each.story.body, each.body, strict=True)
        ]
    )
    odd = any(line.traits & ODD for line in lines)
    opens = any(story.sure_start for story in found_stories)
    articles = tuple(
        _article(each, told_dates, page_facts, contradiction, repeated, odd, opens, lines, vocabulary, knobs)
        for each, told_dates in zip(written, dates, strict=False)
    )
    furniture = _furniture(furniture_drafts, found_stories, print_)
    articles = with_torn_page(articles, doubtful, knobs)
    articles = with_columns(articles, furniture, (line.number for line in lines))
    return PageStructure(
        facts=page_facts,
        articles=articles,
        photos=with_articles(photo_values, articles, knobs),
        furniture=(*furniture, *_unplaced(print_)),
        first_line=first,
        last_line=last,
    )


def _unplaced(print_: _Printer) -> Iterator[Furniture]:
    """Lines that no stage has placed (a byline on a page without text), each as furniture."""
    for place in print_.left():
        spans = print_.spans([place])
        yield Furniture(Kind.OTHER, spans, print_.text(spans))


class _Written(NamedTuple):
    """A story with its printed blocks, the parts of its headings, its text's blocks, and the names of who wrote it."""

    story: Story
    blocks: tuple[Block, ...]
    headings: list[Part]
    body: list[Block]
    names: Names


def _furniture(drafts: Sequence[Draft], found: Sequence[Story], print_: _Printer) -> tuple[Furniture, ...]:
    jumps = [draft for story in found for draft in story.jumps]
    return tuple(
        Furniture(FURNITURE[draft.mark], spans, print_.text(spans))
        for draft in (*drafts, *jumps)
        for spans in [print_.spans(draft.places)]
    )


def _expressions(pieces: Sequence[Sequence[Block]]) -> list[tuple[Expression, ...]]:
    """For each article's paragraphs, or photo's caption, the date expressions in them."""
    starts = iter(beginnings([block.text for blocks in pieces for block in blocks]))
    return [
        tuple(
            [
                each
                for place, (block, found) in enumerate(zip(blocks, starts, strict=False))
                if found
                for lead in [_LEAD if place == 0 or block.opens_item else 0]
                for each in expressions(block.text, partial(_line_at, block), lead, found)
            ]
        )
        for blocks in pieces
    ]


def _line_at(block: Block, offset: int) -> int:
    """The line at an offset of a block's text, nearly: spaces left out may shift it by a character or two."""
    end = 0
    for span in block.spans:
        end += span.end - span.start
        if offset < end:
            break
    return span.line


def _facts(
    facts: PageFacts,
    heads: Sequence[Draft],
    dates: Sequence[Expression],
    lines: Sequence[Line],
    page: str,
) -> tuple[PageFacts, str]:
    """The page's facts, the given ones first, and the words that contradict the given date."""
    head = page_head("\n".join(text_of(draft, lines) for draft in heads))
    reading = issue_date(dates, facts.issue_date, head.date, head.text, page)
    return (
        replace(
            facts,
            issue_date=reading.issue,
            number=facts.number if facts.number is not None else head.number,
            name=facts.name or head.name,
        ),
        reading.contradiction,
    )


def _article(
    each: _Written,
    dates: Sequence[Expression],
    facts: PageFacts,
    contradiction: str,
    repeated: frozenset[int],
    odd: bool,
    opens: bool,
    lines: Sequence[Line],
    vocabulary: Vocabulary,
    knobs: Knobs,
) -> Article:
    """The article of a story, with what the page's date and the vocabulary tell of it."""
    story, names = each.story, each.names
    headline = "".join([block.text for block in each.blocks if block.role in HEADINGS])
    body = "".join([block.text for block in each.body])
    sections = assign(headline, body, vocabulary)
    genre, because = genre_of(headline, body[:60], bool(story.bylines), len(story.body))
    mine = contradiction if any(e.text == contradiction and e.lead for e in dates) else ""
    told = roles_told(each.headings, lines)
    doubts = doubts_of(story, lines, repeated, mine, told, odd, opens and not names.reporters, knobs)
    return Article(
        blocks=each.blocks,
        reporters=names.reporters,
        correspondents=names.correspondents,
        continued_on=_target(story, lines, arriving=False),
        continued_from=_target(story, lines, arriving=True),
        sections=sections.sections,
        genre=genre,
        event_dates=event_dates(dates, facts.issue_date),
        evidence=(*sections.evidence, *([because] if because else [])),
        doubts=doubts,
        confidence=confidence_of(doubts, knobs),
    )


class _Printer:
    """Places of lines to spans and their printed text; knows which lines it was never asked for."""

    def __init__(self, dump: Sequence[str], lines: Sequence[Line]) -> None:
        self._dump = dump
        self._parts = [line.text if line.text is line.raw else unspaced(line.raw) for line in lines]
        # As Span(…), in a third of the time.
        at = [(line.number, line.start, line.end) for line in lines]
        self._spans: list[Span] = list(map(tuple.__new__, repeat(Span), at))
        self._placed: set[int] = set()

    def spans(self, places: Sequence[int]) -> tuple[Span, ...]:
        self._placed.update(places)
        return tuple(map(self._spans.__getitem__, places))

    def left(self) -> list[int]:
        """The places of the lines whose spans nobody has asked for."""
        if len(self._placed) == len(self._spans):
            return []
        return sorted(set(range(len(self._spans))) - self._placed)

    def text(self, spans: Sequence[Span]) -> str:
        return printed(self._dump, spans)

    def block(self, role: Role, places: Sequence[int], opens_item: bool = False) -> Block:
        text = run_together(list(map(self._parts.__getitem__, places)))
        return Block(role, self.spans(places), text, None, opens_item)

    def has_phrases(self, places: Sequence[int]) -> bool:
        """Whether one of these lines holds several words or phrases."""
        return any(" " in self._parts[place] for place in places)


def _attributions(found: Sequence[Story], notes: Sequence[Draft], lines: Sequence[Line]) -> list[Names]:
    """For each story the names of a note that signed several (本栏稿件均由…): the unsigned ones that it adjoins."""
    signed = [Names()] * len(found)
    for note in notes:
        names = names_in("".join(lines[place].raw for place in note.places))
        if not names.reporters and not names.correspondents:
            continue
        unsigned = [not story.sure_start for story in found]
        at = note.places[0]
        above = [i for i, story in enumerate(found) if story.body and story.body[0].places[0] < at]
        chosen: list[int] = []
        for i in reversed(above):
            if not unsigned[i]:
                break
            chosen.append(i)
        if not chosen:
            for i in range(len(above), len(found)):
                if not unsigned[i]:
                    break
                chosen.append(i)
        for i in chosen:
            signed[i] = signed[i].and_(names)
    return signed


def _written(story: Story, lines: Sequence[Line], print_: _Printer, credit: Names) -> _Written:
    heads: list[Block] = []
    parts = parts_of([draft.places for draft in story.headings], lines)
    for role, places in roles(parts, lines) if parts else ():
        # Lines that hold several phrases each are phrases too; others are one phrase that was wrapped.
        phrased = len(places) > 1 and print_.has_phrases(places)
        heads += [
            print_.block(role, each) for each in ([[place] for place in places] if phrased else [places])
        ]
    bylines = [print_.block(Role.BYLINE, draft.places) for draft in story.bylines]
    notes = [print_.block(Role.NOTE, draft.places) for draft in story.notes]
    body = [print_.block(_BODY, draft.places, draft.mark is FURTHER) for draft in story.body]
    names = Names()
    for draft in story.body:
        if draft.mark in (OPENING, FURTHER):
            names = names.and_(
                of_opening("\n".join(_unstretched(lines[place]) for place in draft.places[:8]))
            )
    for draft in story.bylines:
        names = names.and_(of_line(lines[draft.places[0]].raw))
    if not names.reporters and story.body:
        names = names.and_(
            of_ending("".join(_unstretched(lines[place]) for place in story.body[-1].places[-2:]))
        )
    if not names.reporters:
        names = names.and_(credit)
    return _Written(story, (*heads, *bylines, *body, *notes), parts, body, names)


def _unstretched(line: Line) -> str:
    """A line without the spaces that justifying put between all its characters."""
    return line.text if line.stretched else line.raw


def _target(story: Story, lines: Sequence[Line], arriving: bool) -> str:
    """The page that a jump line names (第二版), of those that arrive (上接) or those that leave (下转)."""
    for draft in story.jumps:
        text = text_of(draft, lines)
        found = _PAGE_NAMED.search(text)
        if found and bool(COMES_FROM.match(text)) is arriving and (arriving or LEAVES.search(text)):
            return found.group()
    return ""


_PAGE_NAMED = re.compile(r"第?[A-Z]?[0-9０-９一二三四五六七八九十]{1,3}版")


def _photo(draft: PhotoDraft, lines: Sequence[Line], print_: _Printer) -> Photo:
    blocks: list[Block] = []
    credit = ""
    caption = print_.spans(draft.caption)
    if draft.inline > 0:
        last = caption[-1]
        cut = last.start + draft.inline
        credit_spans = (
            Span(last.line, cut, last.end),
            *(print_.spans(draft.credits) if draft.broken else ()),
        )
        caption = (*caption[:-1], Span(last.line, last.start, cut))
        blocks = [
            Block(Role.CAPTION, caption, print_.text(caption)),
            Block(Role.CREDIT, credit_spans, print_.text(credit_spans)),
        ]
        credit = lines[draft.caption[-1]].raw[draft.inline :].rstrip()
    elif draft.caption:
        blocks = [Block(Role.CAPTION, caption, print_.text(caption))]
    if draft.broken:
        credit += "".join(lines[place].raw for place in draft.credits)
    elif draft.credits:
        blocks.append(print_.block(Role.CREDIT, draft.credits))
        credit += " ".join(lines[place].raw for place in draft.credits)
    first = lines[draft.caption[0]].text[0] if draft.caption else ""
    return Photo(
        blocks=tuple(blocks),
        photographers=of_credit(credit) if credit else (),
        agency=agency_of(credit),
        arrow=first if first and first in ARROWS else "",
    )
