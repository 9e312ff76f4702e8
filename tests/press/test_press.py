"""The press itself: what goes in comes out, set by the rules, with a gold that fits."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.parsing.scoring import fold
from tests.golden import goldens
from tests.press import Layout, Picture, Pressed, Story, press, press_ocr
from tests.press.from_gold import items_of
from tests.press.ocr import Scan
from tests.press.setting import CLOSING, INDENT, em, set_text, units
from tests.press.values import Gaps, Heading, Indent, Item
from tests.press.variants import headlines_first, shuffled, without

PAGE = next(page for page in goldens() if page.name == "district-13em")
ITEMS = items_of(PAGE.dump, PAGE.gold)
SENTENCES = st.lists(
    st.text(
        alphabet="区里召开工作会议研究部署“”（）《》，。、0123456789.%A ", min_size=2, max_size=80
    ).filter(str.strip),
    min_size=1,
    max_size=5,
)
LAYOUTS = st.builds(
    Layout,
    width=st.floats(10, 30).map(lambda w: (w, w)),
    heading=st.sampled_from(Heading),
    gaps=st.sampled_from(Gaps),
    indent=st.sampled_from(Indent),
    headless=st.sampled_from((0.0, 0.5)),
    resize=st.sampled_from((0.0, 1.0)),
    run_on=st.sampled_from((0.0, 1.0)),
)


def printed(page: Pressed) -> str:
    return fold(page.dump)


def owned(page: Pressed) -> list[int]:
    numbers = [*page.gold["labels"], *page.gold["furniture"]]
    for article in page.gold["articles"]:
        for role in ("kicker", "headline", "subheadline", "byline", "body"):
            numbers += article[role]
    for photo in page.gold["photos"]:
        numbers += {*photo["caption"], *photo["credit"]}
    return sorted(numbers)


@settings(max_examples=60, deadline=None)
@given(LAYOUTS, st.integers(0, 1000))
def test_gold_owns_every_line_once(layout: Layout, seed: int) -> None:
    page = press(ITEMS, layout, seed)
    assert owned(page) == [n for n, line in enumerate(page.dump.split("\n"), 1) if line.strip()]


@settings(max_examples=60, deadline=None)
@given(SENTENCES, LAYOUTS, st.integers(0, 1000))
def test_no_character_of_a_body_is_lost(paragraphs: list[str], layout: Layout, seed: int) -> None:
    page = press([Story(("标题",), tuple(paragraphs))], layout, seed)
    [article] = page.gold["articles"]
    lines = page.dump.split("\n")
    assert fold("".join(lines[n - 1] for n in article["body"])) == fold("".join(paragraphs))


@settings(max_examples=60, deadline=None)
@given(SENTENCES, st.floats(8, 30), st.integers(0, 1000))
def test_lines_obey_the_rules_of_setting(paragraphs: list[str], width: float, seed: int) -> None:
    layout = Layout(tracking=0)
    for line in set_text(paragraphs, lambda _: width, layout, random.Random(seed)):
        pieces = units("".join(line.text.split()))
        assert line.first or line.text[0] not in CLOSING
        assert em(line.text) <= width - (INDENT if line.first else 0) + layout.squeeze or len(pieces) == 1


def test_first_lines_are_two_em_narrower() -> None:
    text = "区" * 60
    lines = set_text([text, text], lambda _: 15.0, Layout(tracking=0), random.Random(0))
    assert [em(line.text) for line in lines] == [13, 15, 15, 15, 2] * 2


def test_numbers_are_not_cut() -> None:
    lines = set_text(["区里投入1234.56万元"], lambda _: 9.0, Layout(tracking=0, loose=0), random.Random(0))
    assert [line.text for line in lines] == ["区里投入", "1234.56万元"]


@settings(max_examples=20, deadline=None)
@given(LAYOUTS, st.integers(0, 1000))
def test_the_same_seed_gives_the_same_page(layout: Layout, seed: int) -> None:
    assert press(ITEMS, layout, seed) == press(ITEMS, layout, seed)


def test_a_column_break_leaves_a_blank_line_in_the_sentence() -> None:
    story = Story(("标题",), ("区" * 200,))
    page = press([story], Layout(width=(10, 10), column_lines=(8, 8), tracking=0, resize=0, headless=0), 1)
    lines = page.dump.split("\n")
    body = page.gold["articles"][0]["body"]
    assert any(not lines[n].strip() for n in range(body[0], body[-1]))


def test_a_quote_at_the_start_of_a_line_has_a_blank_line_above() -> None:
    story = Story(("标题",), ("区" * 36 + "“三个一批”" + "区" * 40,))
    page = press([story], Layout(width=(19, 19), column_lines=(99, 99), tracking=0, resize=0, headless=0), 1)
    lines = page.dump.split("\n")
    [at] = [n for n, line in enumerate(lines) if line.startswith("“")]
    assert lines[at - 1] == ""
    assert lines[at + 1].strip()


def test_a_lone_line_and_an_indented_one_are_joined_and_the_next_set_apart() -> None:
    """As the seeds have it: 举措。⏎坚持转型升级…⏎⏎量持续提高。"""
    story = Story(("标题",), ("区" * 42, "镇" * 42))
    layout = Layout(
        width=(10, 10), column_lines=(5, 5), tracking=0, resize=0, headless=0, leading_space=False
    )
    page = next(
        p
        for seed in range(50)
        if "\n\n区区区区\n镇镇镇镇镇镇镇镇\n\n镇" in (p := press([story], layout, seed)).dump
    )
    assert len(page.gold["articles"][0]["paragraph_starts"]) == 2


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000), st.integers(0, 2), st.floats(0, 1))
def test_scans_keep_all_text_and_its_order_in_gold(seed: int, strays: int, cut: float) -> None:
    page = press_ocr(ITEMS, Scan(cut=cut, strays=strays), seed)
    lines = page.dump.split("\n")
    assert owned(page) == [n for n, line in enumerate(lines, 1) if line.strip()]
    stories = [item for item in ITEMS if isinstance(item, Story)]
    for story, article in zip(stories, page.gold["articles"], strict=True):
        assert fold("".join(lines[n - 1] for n in article["body"])) == fold(
            story.opening + "".join(story.paragraphs)
        )


def test_what_a_press_set_can_be_set_again() -> None:
    page = press(ITEMS, Layout(headless=0, resize=0), 3)
    assert _words(items_of(page.dump, page.gold)) == _words(ITEMS)


def _words(items: list[Item]) -> list[object]:
    return [
        replace(i, paragraphs=tuple(map(fold, (i.opening + i.paragraphs[0], *i.paragraphs[1:]))), opening="")
        if isinstance(i, Story)
        else (fold(i.caption), i.photographers)
        if isinstance(i, Picture)
        else i
        for i in items
    ]


@pytest.mark.parametrize("page", [p for p in goldens() if p.seed and p.name != "004"], ids=str)
def test_variants_lose_nothing(page) -> None:
    for variant in (shuffled(page.dump, page.gold, random.Random(2)), headlines_first(page.dump, page.gold)):
        assert sorted(fold(variant.dump)) == sorted(fold(page.dump))
        assert len(owned(variant)) == len(owned(Pressed(page.dump, page.gold)))
        json.dumps(variant.gold)
    fewer = without(page.dump, page.gold, 1)
    assert len(fewer.gold["articles"]) == len(page.gold["articles"]) - 1


def test_a_layout_refuses_what_is_no_range() -> None:
    with pytest.raises(ValueError, match="no range"):
        Layout(width=(20, 10))
    with pytest.raises(ValueError, match="no chance"):
        Layout(spread=2)
