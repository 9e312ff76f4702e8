"""What holds whatever staff do: nothing is lost, nothing doubled, addresses go on working, undo is exact."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import structure_json
from archive.corrections import (
    Action,
    Corrected,
    Cut,
    Join,
    Merge,
    Place,
    Split,
    apply,
    from_json,
    to_json,
)
from archive.corrections.cutting import places_of
from archive.errors import CorrectionError
from archive.structure import PageStructure, check, visible
from tests.corrections.pages import pages, places, sessions

several = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def as_bytes(structure: PageStructure) -> bytes:
    return json.dumps(structure_json.to_json(structure), ensure_ascii=False).encode()


def done(
    structure: PageStructure, lines: Sequence[str], tried: Sequence[Action]
) -> Iterator[tuple[tuple[Action, ...], Corrected]]:
    """Each state that the actions which can be done lead to, with the actions up to it."""
    so_far: tuple[Action, ...] = ()
    for action in tried:
        try:
            corrected = apply(structure, lines, (*so_far, action))
        except CorrectionError as error:
            assert all(error.args), error.args  # noqa: PT017
            continue
        so_far = (*so_far, action)
        yield so_far, corrected


def characters(structure: PageStructure, lines: Sequence[str]) -> Counter[Place]:
    return Counter(place for piece in structure.pieces() for place in places_of(lines, piece.spans))


@several
@given(sessions())
def test_every_character_stays_in_exactly_one_piece(session: tuple) -> None:
    structure, lines, tried = session
    everything = Counter(
        Place(number, place) for number, line in enumerate(lines, 1) for place in visible(line)
    )
    for _, corrected in done(structure, lines, tried):
        check(corrected.structure, lines)
        assert characters(corrected.structure, lines) == everything


@several
@given(sessions())
def test_undo_gives_the_same_bytes(session: tuple) -> None:
    structure, lines, tried = session
    before = as_bytes(structure)
    states = [(acts, as_bytes(corrected.structure)) for acts, corrected in done(structure, lines, tried)]
    for acts, state in reversed(states):
        posted = tuple(from_json(json.loads(json.dumps(to_json(action)))) for action in acts)
        assert posted == acts
        assert as_bytes(apply(structure, lines, posted).structure) == state
    assert as_bytes(apply(structure, lines, ()).structure) == before == as_bytes(structure)


@several
@given(sessions())
def test_keys_are_unique_and_never_lost_while_their_text_is_in_an_article(session: tuple) -> None:
    structure, lines, tried = session
    for _, corrected in done(structure, lines, tried):
        after = corrected.structure
        owners = (*after.articles, *after.photos)
        keys = [owner.key for owner in owners if owner.key]
        assert len(keys) == len(set(keys))
        assert all(owner.blocks for owner in owners)
        lead = dict(corrected.redirects)
        for owner in (*structure.articles, *structure.photos):
            if owner.key and owner.key not in keys:
                text = {place for block in owner.blocks for place in places_of(lines, block.spans)}
                of_its_sort, others = after.articles, after.photos
                if owner in structure.photos:
                    of_its_sort, others = others, of_its_sort
                # A photo whose text all became an article's leads there.
                holders = _with(text, of_its_sort, lines) or _with(text, others, lines)
                assert lead.get(owner.key, "") in {other.key for other in holders} | {""}
                if holders and all(other.key for other in holders):
                    assert lead[owner.key] in keys
        assert not set(lead) & set(keys)
        assert set(lead.values()) <= set(keys)


def _with(text: set[Place], owners: Sequence, lines: Sequence[str]) -> list:
    """The articles or photos that have some of this text."""
    return [
        owner for owner in owners if any(text & set(places_of(lines, block.spans)) for block in owner.blocks)
    ]


@several
@given(sessions())
def test_what_staff_typed_is_beside_the_print_and_survives_cutting_and_joining(session: tuple) -> None:
    structure, lines, tried = session
    for acts, corrected in done(structure, lines, tried):
        owners = (*corrected.structure.articles, *corrected.structure.photos)
        for block in (block for owner in owners for block in owner.blocks):
            assert block.edited != block.text
            assert block.edited != ""
        if isinstance(acts[-1], Cut | Join | Split | Merge):
            was = apply(structure, lines, acts[:-1]).structure
            assert _seen(was) == _seen(corrected.structure)


def _seen(structure: PageStructure) -> Counter[str]:
    """The characters that readers see in all articles and photos."""
    owners = (*structure.articles, *structure.photos)
    return Counter(c for owner in owners for block in owner.blocks for c in block.current if not c.isspace())


@several
@given(pages(), st.data())
def test_merging_what_was_split_gives_the_articles_back(page: tuple, data: st.DataObject) -> None:
    structure, lines = page
    at = data.draw(places(lines))
    try:
        halves = apply(structure, lines, [Split(at)]).structure
    except CorrectionError:
        return
    assert len(halves.articles) == len(structure.articles) + 1
    number = _first_difference(structure, halves)
    first, second = halves.articles[number], halves.articles[number + 1]
    whole = apply(
        structure, lines, [Split(at), Merge(_place(first, lines), _place(second, lines))]
    ).structure.articles[number]
    was = structure.articles[number]
    assert whole.key == was.key
    assert {p for b in whole.blocks for p in places_of(lines, b.spans)} == {
        p for b in was.blocks for p in places_of(lines, b.spans)
    }
    assert set(whole.reporters) == set(was.reporters)


def _first_difference(before: PageStructure, after: PageStructure) -> int:
    for number, (was, now) in enumerate(zip(before.articles, after.articles, strict=False)):
        if was != now:
            return number
    raise AssertionError("nothing changed")


def _place(article, lines: Sequence[str]) -> Place:
    return places_of(lines, article.blocks[0].spans)[0]


@several
@given(pages(), st.data())
def test_joining_what_was_cut_gives_the_same_bytes(page: tuple, data: st.DataObject) -> None:
    structure, lines = page
    at = data.draw(places(lines))
    try:
        parts = apply(structure, lines, [Cut(at)]).structure
    except CorrectionError:
        return
    owners = zip((*structure.articles, *structure.photos), (*parts.articles, *parts.photos), strict=True)
    (block, first) = next(
        (old, new)
        for was, now in owners
        for old, new in zip(was.blocks, now.blocks, strict=False)
        if old != new
    )
    start, seen = places_of(lines, block.spans)[0], places_of(lines, first.spans)
    second = next(place for place in places_of(lines, block.spans) if place not in seen)
    joined = apply(structure, lines, [Cut(at), Join(start, second, start)]).structure
    texts = [block.text for owner in (*joined.articles, *joined.photos) for block in owner.blocks]
    assert texts == [
        block.text for owner in (*structure.articles, *structure.photos) for block in owner.blocks
    ]
