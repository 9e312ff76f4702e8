"""Cutting and joining what stands in a dump: spans, blocks, and the text that staff typed beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby, pairwise

from archive.corrections.actions import Place
from archive.errors import CorrectionError
from archive.printed import printed
from archive.saying import say
from archive.structure import Block, Role, Span

Lines = Sequence[str]


def places_of(lines: Lines, spans: Iterable[Span]) -> list[Place]:
    """The visible characters of spans, in reading order."""
    return [
        Place(span.line, place)
        for span in spans
        for place in range(span.start, span.end)
        if not lines[span.line - 1][place].isspace()
    ]


def spans_of(lines: Lines, places: Iterable[Place]) -> tuple[Span, ...]:
    """Visible characters as spans: neighbours in a line are one span, whatever white space is between them."""
    spans: list[Span] = []
    for line, character in places:
        last = spans[-1] if spans else None
        if last and last.line == line and last.end <= character:
            between = lines[line - 1][last.end : character]
            if not between.strip():
                spans[-1] = Span(line, last.start, character + 1)
                continue
        spans.append(Span(line, character, character + 1))
    return tuple(spans)


def made(lines: Lines, role: Role, places: Iterable[Place]) -> Block:
    """A block of these characters."""
    spans = spans_of(lines, places)
    return Block(role, spans, printed(lines, spans))


def cut(lines: Lines, block: Block, ends: Collection[int]) -> list[Block]:
    """The block in parts: each ends before one of ``ends``, counted in its visible characters from 0.

    What staff typed is cut where the print is. Raises CorrectionError when a part of it would be empty.
    """
    places = places_of(lines, block.spans)
    bounds = [0, *sorted(end for end in set(ends) if 0 < end < len(places)), len(places)]
    if len(bounds) == 2:
        return [block]
    parts = [made(lines, block.role, places[start:end]) for start, end in pairwise(bounds)]
    if block.edited is not None:
        texts = _cut_edited(block.text, block.edited, bounds[1:-1])
        if not all(texts):
            raise CorrectionError(
                say("第%(line)s行", line=block.spans[0].line),
                say("这里的文字已经改写，切开后有一边会是空的"),
                say("请先恢复原印文字，再切分。"),
            )
        parts = [retexted(part, text) for part, text in zip(parts, texts, strict=True)]
    return [replace(parts[0], opens_item=block.opens_item), *parts[1:]]


def _cut_edited(text: str, edited: str, ends: Sequence[int]) -> list[str]:
    """``edited`` cut where ``text`` is cut after so many visible characters; a cut within a change goes after it."""
    visible = [index for index, character in enumerate(text) if not character.isspace()]
    steps = SequenceMatcher(None, text, edited, autojunk=False).get_opcodes()
    bounds = [0]
    for end in ends:
        place = visible[end]
        for tag, start, stop, new_start, new_stop in steps:
            if start <= place < stop or place == start == stop:
                same = tag == "equal" or place == start
                bounds.append(new_start + (place - start) if same else new_stop)
                break
    bounds.append(len(edited))
    return [edited[start:end].strip() for start, end in pairwise(bounds)]


def retexted(block: Block, text: str) -> Block:
    """The block with what staff typed; the print itself, or nothing, is no edit."""
    return replace(block, edited=text if text and text != block.text else None)


def join(lines: Lines, first: Block, second: Block, role: Role) -> Block:
    """One block of two, the second's characters after the first's."""
    places = places_of(lines, first.spans) + places_of(lines, second.spans)
    whole = replace(made(lines, role, places), opens_item=first.opens_item)
    if first.edited is None and second.edited is None:
        return whole
    spaced = len(whole.text) > len(first.text) + len(second.text)
    return retexted(whole, first.current + (" " if spaced else "") + second.current)


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking characters out of a block leaves, and the parts taken, in the block's order."""

    left: Block | None
    parts: tuple[Block, ...]


def take(lines: Lines, block: Block, wanted: Collection[Place]) -> Taken:
    """Take characters out of a block; what is left stays one block.

    Raises CorrectionError when staff's text for the block can't be cut there.
    """
    runs = runs_of(lines, block, wanted)
    kept = [part for part, is_wanted in runs if not is_wanted]
    left = kept[0] if kept else None
    for part in kept[1:]:
        left = join(lines, left, part, block.role) if left else part
    return Taken(left, tuple(part for part, is_wanted in runs if is_wanted))


def runs_of(lines: Lines, block: Block, wanted: Collection[Place]) -> list[tuple[Block, bool]]:
    """The block in parts that are wholly wanted or wholly not, in its order."""
    flags = [place in wanted for place in places_of(lines, block.spans)]
    ends, flags_of_parts = [], []
    end = 0
    for flag, run in groupby(flags):
        end += len(list(run))
        ends.append(end)
        flags_of_parts.append(flag)
    return list(zip(cut(lines, block, ends[:-1]), flags_of_parts, strict=True))
