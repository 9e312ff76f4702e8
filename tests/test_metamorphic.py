"""The structure follows the print, not the page: seeds set anew, renamed, shuffled, cut and turned round."""

from __future__ import annotations

import json
import random

import pytest

from archive.parsing import parse
from archive.structure import PageStructure
from tests.golden import FLOOR, Golden
from tests.golden.floor import GROUPS, figures_of, other_people, set_pages
from tests.press.variants import renamed

FLOORS = json.loads(FLOOR.read_text(encoding="utf-8"))


@pytest.mark.parametrize("group", [name for name in GROUPS if name not in ("seeds", "other pages")])
def test_changed_pages_keep_their_floor(group: str) -> None:
    found = figures_of(group)
    fallen = {name: (found[name], floor) for name, floor in FLOORS[group].items() if found[name] < floor}
    assert fallen == {}


def shape(structure: PageStructure) -> object:
    """A structure without its words: which characters are what."""
    return (
        [[(b.role, b.spans) for b in article.blocks] for article in structure.articles],
        [[(b.role, b.spans) for b in photo.blocks] for photo in structure.photos],
        [(piece.kind, piece.spans) for piece in structure.furniture],
    )


@pytest.mark.parametrize("page", set_pages(), ids=str)
def test_other_names_and_amounts_leave_the_structure_as_it_was(page: Golden) -> None:
    people = [
        n
        for a in page.gold["articles"]
        for role in ("reporters", "correspondents", "persons")
        for n in a[role]
    ]
    changed = renamed(page.dump, page.gold, other_people(people), random.Random(1))
    assert changed.dump != page.dump
    assert [shape(s) for s in parse(changed.dump)] == [shape(s) for s in parse(page.dump)]


@pytest.mark.parametrize("page", set_pages(), ids=str)
def test_a_blank_below_every_line_leaves_the_structure_as_it_was(page: Golden) -> None:
    spaced = "\n\n".join(page.dump.split("\n"))
    assert [texts(s) for s in parse(spaced)] == [texts(s) for s in parse(page.dump)]


def texts(structure: PageStructure) -> object:
    """A structure without its places: which texts are what."""
    return (
        [[(b.role, b.text) for b in article.blocks] for article in structure.articles],
        [[(b.role, b.text) for b in photo.blocks] for photo in structure.photos],
        [(piece.kind, piece.text) for piece in structure.furniture],
    )


@pytest.mark.parametrize("page", set_pages(), ids=str)
def test_parsing_twice_gives_the_same(page: Golden) -> None:
    assert parse(page.dump) == parse(page.dump)
