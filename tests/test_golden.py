"""Golden pages: the goldens themselves are sound, the figures measure what they say, the parser keeps its floors."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest

from archive.parsing import parse
from archive.parsing import scoring as s
from archive.structure import (
    Article,
    Block,
    Certainty,
    Dated,
    Furniture,
    Kind,
    PageFacts,
    PageStructure,
    Photo,
    Role,
    Span,
    check,
    lines_of,
)
from tests.golden import FLOOR, Golden, golden, goldens
from tests.golden.floor import GROUPS, figures_of, raised

PAGES = goldens()
FLOORS = json.loads(FLOOR.read_text(encoding="utf-8"))
HEADINGS = ("kicker", "headline", "subheadline")


def every_page(test):
    return pytest.mark.parametrize("page", PAGES, ids=str)(test)


# The goldens themselves


@every_page
def test_gold_names_printed_lines_once_each(page: Golden) -> None:
    lines = lines_of(page.dump)
    owned: Counter[int] = Counter(page.gold["labels"] + page.gold["furniture"])
    for article in page.gold["articles"]:
        for role in (*HEADINGS, "byline", "body"):
            owned.update(article[role])
    for photo in page.gold["photos"]:
        owned.update({*photo["caption"], *photo["credit"]})
    assert [n for n, count in owned.items() if count > 1] == []
    assert all(lines[n - 1].strip() for n in owned)
    left = [n for n, line in enumerate(lines, 1) if line.strip() and n not in owned]
    notes = [lines[n - 1] for n in left if n - 1 not in left]
    assert all(note.startswith(("（", "编者按：")) for note in notes), (
        "only notes are without a field in the gold"
    )


@every_page
def test_gold_paragraphs_begin_in_the_body(page: Golden) -> None:
    for article in page.gold["articles"]:
        starts = article["paragraph_starts"]
        if starts is not None:
            assert starts[0] == article["body"][0]
            assert set(starts) <= set(article["body"])


@every_page
def test_gold_captions_are_printed_where_they_stand(page: Golden) -> None:
    lines = lines_of(page.dump)
    for photo in page.gold["photos"]:
        assert s.fold(photo["caption_text"]) in s.fold("".join(lines[n - 1] for n in photo["caption"]))
        assert s.fold("".join(photo["photographers"])) in s.fold(
            "".join(lines[n - 1] for n in photo["credit"])
        ) or (len(photo["photographers"]) > 1)


@every_page
def test_gold_names_stand_in_their_article(page: Golden) -> None:
    lines = lines_of(page.dump)
    for article in page.gold["articles"]:
        numbers = [n for role in (*HEADINGS, "body") for n in article[role]]
        text = s.fold("".join(lines[n - 1] for n in numbers))
        assert [name for name in article["persons"] if s.fold(name) not in text] == []


# The figures


def block(role: Role, lines: Sequence[str], numbers: Sequence[int]) -> Block:
    spans = tuple(Span(n, 0, len(lines[n - 1])) for n in numbers)
    return Block(role, spans, "".join(lines[n - 1] for n in numbers))


def paragraphs_of(article: s.GoldArticle) -> list[list[int]]:
    starts = article["paragraph_starts"] or article["body"]
    runs: list[list[int]] = []
    for n in article["body"]:
        if n in starts:
            runs.append([])
        runs[-1].append(n)
    return runs


def structure_of(page: Golden) -> PageStructure:
    """The structure that gold describes; lines that have no field in it are furniture."""
    lines = lines_of(page.dump)
    articles = []
    for gold in page.gold["articles"]:
        blocks = [
            block(role, lines, gold[role.value])
            for role in (Role.KICKER, Role.HEADLINE, Role.SUBHEADLINE, Role.BYLINE)
            if gold[role.value]
        ]
        blocks += [block(Role.BODY, lines, run) for run in paragraphs_of(gold)]
        articles.append(
            Article(
                tuple(blocks),
                reporters=tuple(gold["reporters"]),
                correspondents=tuple(gold["correspondents"]),
            )
        )
    photos = []
    for gold_photo in page.gold["photos"]:
        own_line = [n for n in gold_photo["credit"] if n not in gold_photo["caption"]]
        last = gold_photo["caption"][-1]
        start = s.fold(lines[last - 1]).find(s.fold(gold_photo["caption_text"])[-6:]) if not own_line else 0
        cut = len(lines[last - 1]) if own_line or start < 0 else lines[last - 1].rfind("。") + 1
        spans = [Span(n, 0, len(lines[n - 1])) for n in gold_photo["caption"][:-1]] + [Span(last, 0, cut)]
        caption = Block(Role.CAPTION, tuple(spans), gold_photo["caption_text"])
        rest = tuple(Span(n, 0, len(lines[n - 1])) for n in own_line) or (
            Span(last, cut, len(lines[last - 1])),
        )
        credit = Block(Role.CREDIT, rest, "".join(lines[x.line - 1][x.start : x.end] for x in rest))
        photos.append(Photo((caption, credit), photographers=tuple(gold_photo["photographers"])))
    taken = {x.line for owner in (*articles, *photos) for b in owner.blocks for x in b.spans}
    furniture = tuple(
        Furniture(Kind.OTHER, (Span(n, 0, len(line)),), line)
        for n, line in enumerate(lines, 1)
        if line.strip() and n not in taken
    )
    date = (
        page.gold.get("issue_date")
        or page.gold["latest_event"][:8] + f"{int(page.gold['latest_event'][8:]) + 1:02}"
    )
    facts = PageFacts(issue_date=Dated(date, Certainty.GIVEN, ""))
    return PageStructure(facts, tuple(articles), tuple(photos), furniture, 1, len(lines))


def scored(page: Golden, structure: PageStructure) -> dict[str, float]:
    return s.score((structure,), lines_of(page.dump), page.gold)


@every_page
def test_what_gold_says_scores_one_everywhere(page: Golden) -> None:
    persons = [article["persons"] for article in page.gold["articles"]]
    figures = s.score((structure_of(page),), lines_of(page.dump), page.gold, persons)
    assert figures == dict.fromkeys(figures, 1.0)


def first_article_with(structure: PageStructure, **change: object) -> PageStructure:
    return replace(structure, articles=(replace(structure.articles[0], **change), *structure.articles[1:]))


def recast(structure: PageStructure, old: Role, new: Role) -> PageStructure:
    blocks = tuple(replace(b, role=new) if b.role is old else b for b in structure.articles[0].blocks)
    return first_article_with(structure, blocks=blocks)


def torn(structure: PageStructure) -> PageStructure:
    """The first article's first paragraph in two."""
    blocks = structure.articles[0].blocks
    at = next(n for n, b in enumerate(blocks) if b.role is Role.BODY)
    body = blocks[at]
    halves = (replace(body, spans=body.spans[:1], text=""), replace(body, spans=body.spans[1:], text=""))
    return first_article_with(structure, blocks=(*blocks[:at], *halves, *blocks[at + 1 :]))


WRONG = {
    "a headline taken for body": (
        lambda p: recast(p, Role.HEADLINE, Role.BODY),
        {s.BODIES, s.HEADLINE, s.PARAGRAPHS},
    ),
    "a headline taken for a kicker": (
        lambda p: recast(p, Role.HEADLINE, Role.KICKER),
        {s.HEADLINE, s.KICKER},
    ),
    "a headline taken for a subheadline": (
        lambda p: recast(p, Role.HEADLINE, Role.SUBHEADLINE),
        {s.HEADLINE, s.SUBHEADLINE},
    ),
    "a reporter missed": (lambda p: first_article_with(p, reporters=()), {s.REPORTERS}),
    "a correspondent made up": (
        lambda p: first_article_with(p, correspondents=("甲乙",)),
        {s.CORRESPONDENTS},
    ),
    "a paragraph torn": (torn, {s.PARAGRAPHS, s.FAITHFUL}),
    "a photographer missed": (
        lambda p: replace(p, photos=(replace(p.photos[0], photographers=()), *p.photos[1:])),
        {s.PHOTOS},
    ),
    "furniture left out": (lambda p: replace(p, furniture=()), {s.PLACED}),
    "no date": (lambda p: replace(p, facts=PageFacts()), {s.DATE}),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_costs_its_figures_and_no_others(wrong: str) -> None:
    page = golden("agency-17em")
    spoil, figures = WRONG[wrong]
    found = scored(page, spoil(structure_of(page)))
    assert {name for name, value in found.items() if value < 1} == figures


def test_two_articles_taken_for_one_cost_bodies() -> None:
    page = golden("agency-17em")
    right = structure_of(page)
    one, two, *rest = right.articles
    merged = replace(right, articles=(replace(one, blocks=one.blocks + two.blocks), *rest))
    assert scored(page, merged)[s.BODIES] == pytest.approx(2 * 2 / (4 + 3))


# The parser


@every_page
def test_every_golden_page_parses_whole(page: Golden) -> None:
    for structure in parse(page.dump):
        check(structure, lines_of(page.dump))


@pytest.mark.parametrize("group", ["seeds", "other pages"])
def test_goldens_keep_their_floor(group: str) -> None:
    found = figures_of(group)
    fallen = {name: (found[name], floor) for name, floor in FLOORS[group].items() if found[name] < floor}
    assert fallen == {}


#: Of the articles of all golden pages, as many at least are sure; of those, as many at least are right.
SURE, SURE_AND_RIGHT = 0.8, 0.98


def is_right(article: Article, gold: s.GoldArticle | None, lines: Sequence[str]) -> bool:
    """Whether an article's body, headings and reporters are those of the gold."""
    if gold is None or s.body_lines(article) != gold["body"]:
        return False
    printed = {role: "".join(lines[n - 1] for n in gold[role]) for role in HEADINGS}
    headings = all(s.fold(article.joined(Role(role))) == s.fold(printed[role]) for role in HEADINGS)
    return headings and sorted(article.reporters) == sorted(gold["reporters"])


def test_most_articles_are_sure_and_the_sure_are_right() -> None:
    told = []
    for page in PAGES:
        lines = lines_of(page.dump)
        articles = [article for structure in parse(page.dump) for article in structure.articles]
        pairs = zip(page.gold["articles"], s.pair(page.gold["articles"], articles), strict=True)
        gold_of = {id(article): gold for gold, article in pairs if article is not None}
        told += [(each.confidence, is_right(each, gold_of.get(id(each)), lines)) for each in articles]
    sure = [right for confidence, right in told if confidence >= 0.9]
    assert len(sure) >= SURE * len(told)
    assert sum(sure) >= SURE_AND_RIGHT * len(sure)


def test_every_group_has_floors() -> None:
    assert set(FLOORS) == set(GROUPS)
    assert all(0 <= floor <= 1 for floors in FLOORS.values() for floor in floors.values())


def test_a_floor_is_never_lowered() -> None:
    assert raised({"a": 0.9, "b": 0.5}, {"a": 0.8, "b": 0.61239}) == {"a": 0.9, "b": 0.612}
