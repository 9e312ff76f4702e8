"""What staff should look at again, and how sure the parser is of an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archive.parsing.blocks import PARAGRAPH, Draft
from archive.parsing.formulas import NUMBERED
from archive.parsing.knobs import Knobs
from archive.parsing.lines import Line
from archive.parsing.runs import Story, text_of
from archive.parsing.traits import ODD_CHARACTER
from archive.parsing.words import NOTICE_TITLES
from archive.structure import Article, Doubt


def doubts_of(
    story: Story,
    lines: Sequence[Line],
    repeated: frozenset[int],
    contradiction: str,
    roles_told: bool,
    odd: bool,
    others_open: bool,
    knobs: Knobs,
) -> tuple[Doubt, ...]:
    """The doubts about an article, in the order of its lines.

    ``roles_told``: its headings' own words tell their roles; ``odd``: the page has characters of no known meaning;
    ``others_open``: other articles of the page begin with an opening or a byline, and nobody signs this one.
    """
    found: list[Doubt] = []
    if not story.body:
        found.append(Doubt("unplaced", "", _line(story.headings[0].places, lines)))
        return tuple(found)
    first = _line(story.body[0].places, lines)
    if not story.headings:
        found.append(Doubt("no-headline", "", first))
    elif story.agreement < knobs.far_headline and not _says_what_it_is(story, lines):
        found.append(Doubt("headline-far", "", _line(story.headings[0].places, lines)))
    openings = sum(draft.opening for draft in story.body)
    if len(story.headings) > knobs.most_headings or openings > 1:
        found.append(Doubt("two-articles", "", first))
    if not roles_told:
        found.append(Doubt("headings-guessed", "", _line(story.headings[0].places, lines)))
    if not story.sure_start:
        if story.agreement < knobs.own_headline:
            found.append(Doubt("no-opening", "", first))
        if others_open:
            found.append(Doubt("unlike-others", "", first))
    for draft in story.body:
        if draft.sort is PARAGRAPH and not draft.closed and not _is_item(draft, lines):
            last = lines[draft.places[-1]]
            found.append(Doubt("breaks-off", last.text[-12:], last.number))
        if draft.midway:
            found.append(
                Doubt(
                    "starts-midway",
                    lines[draft.places[0]].text[:12],
                    _line(draft.places, lines),
                )
            )
        if draft.places[0] in repeated:
            found.append(
                Doubt(
                    "repeated",
                    lines[draft.places[0]].text[:12],
                    _line(draft.places, lines),
                )
            )
    if story.guessed_order:
        found.append(Doubt("order-guessed", "", first))
    if contradiction:
        found.append(Doubt("date-contradiction", contradiction, first))
    if odd:
        for draft in story.body:
            characters = {c for place in draft.places for c in ODD_CHARACTER.findall(lines[place].text)}
            if characters:
                detail = "".join(sorted(characters))[:8]
                found.append(Doubt("odd-characters", detail, _line(draft.places, lines)))
                break
    return tuple(found)


#: What tells that an article was torn; so many on a page tell that columns changed places.
_TORN = frozenset({"breaks-off", "starts-midway", "order-guessed"})
_TORN_FROM = 3


def with_torn_page(articles: tuple[Article, ...], doubtful: bool, knobs: Knobs) -> tuple[Article, ...]:
    """A page's articles; where several are torn, the others too may have lost a part or taken one, and say so.

    ``doubtful``: fragments were moved, and some may have been put in a wrong place.
    """
    torn = [any(doubt.code in _TORN for doubt in article.doubts) for article in articles]
    if sum(torn) < _TORN_FROM and not doubtful:
        return articles
    return tuple(
        article if own else _doubted(article, Doubt("torn-page", "", article.blocks[0].spans[0].line), knobs)
        for article, own in zip(articles, torn, strict=True)
    )


def _doubted(article: Article, doubt: Doubt, knobs: Knobs) -> Article:
    doubts = (*article.doubts, doubt)
    return replace(article, doubts=doubts, confidence=confidence_of(doubts, knobs))


def _says_what_it_is(story: Story, lines: Sequence[Line]) -> bool:
    """Whether a headline names a kind of text (公告), so that it need not share the text's words."""
    return text_of(story.headings[-1], lines).endswith(NOTICE_TITLES)


def _is_item(draft: Draft, lines: Sequence[Line]) -> bool:
    """Whether a paragraph of one line is a numbered heading inside its article (一、…), which ends on no mark."""
    return len(draft.places) == 1 and bool(NUMBERED.match(lines[draft.places[0]].text))


def confidence_of(doubts: Sequence[Doubt], knobs: Knobs) -> float:
    """An article's confidence, between 0.05 and ``knobs.confident``: each kind of doubt counts once."""
    taken = sum(knobs.doubted.by(code) for code in {doubt.code for doubt in doubts})
    return round(max(0.05, knobs.confident - taken), 3)


def _line(places: Sequence[int], lines: Sequence[Line]) -> int:
    return lines[places[0]].number
