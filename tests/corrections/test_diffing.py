"""The diff that staff read: what was done to a page, in words."""

from __future__ import annotations

import pytest
from hypothesis import given

from archive.corrections import (
    Action,
    Cut,
    Describe,
    Fact,
    Field,
    Join,
    Mark,
    Merge,
    MoveToArticle,
    MoveToFurniture,
    MoveToNewPhoto,
    Place,
    Reorder,
    ReorderArticle,
    Retext,
    SetFact,
    Side,
    Split,
    apply,
)
from archive.difference import Change, What, runs
from archive.diffing import differences
from archive.errors import CorrectionError
from archive.structure import Kind, PageStructure, Role, Span
from tests.corrections.gold import seed
from tests.corrections.pages import sessions
from tests.corrections.test_properties import several

VISIT = "吕沛到区信访接待中心现场调研并接待群众来访"


@pytest.fixture(scope="module")
def ocr() -> tuple[PageStructure, list[str]]:
    return seed("004")


def line(number: int) -> tuple[Span, ...]:
    return (Span(number, 0, 10_000),)


@pytest.mark.parametrize(
    ("action", "what", "words"),
    [
        (Split(Place(19, 0)), What.SPLIT, f"《{VISIT}》拆成 2 篇"),
        (Merge(Place(3, 0), Place(15, 0)), What.MERGED, "合为一篇"),
        (MoveToArticle(line(39), Place(25, 0)), What.MOVED, f"“吕沛强调,化解信访问题,既”从《{VISIT}》移到"),
        (MoveToFurniture(line(169), Kind.REPEAT), What.MOVED, "标为重复"),
        (MoveToNewPhoto(line(173)), What.NEW, "由版面杂项新立"),
        (Join(Place(39, 0), Place(19, 0), Place(19, 0)), What.PARAGRAPHS, "由 2 段接成"),
        (Cut(Place(23, 20)), What.PARAGRAPHS, "前另起一段"),
        (Mark(line(69), Role.NOTE), What.ROLE, "由正文改为附注"),
        (Reorder(Place(19, 0), Side.BEFORE, Place(17, 0)), What.ORDER, "段落次序改了"),
        (ReorderArticle(Place(135, 0), Side.BEFORE, Place(3, 0)), What.ORDER, "文章的先后次序改了"),
        (SetFact(Fact.ISSUE_DATE, "2021-03-01"), What.FACT, "出版日期：不详 → 2021-03-01"),
        (Describe(Place(15, 0), Field.REPORTERS, ("甲",)), What.FIELD, "记者 付凯明 → 甲"),
    ],
)
def test_each_action_reads_as_what_was_done(
    ocr: tuple[PageStructure, list[str]], action: Action, what: What, words: str
) -> None:
    structure, lines = ocr
    found = differences(structure, apply(structure, lines, [action]).structure)
    assert any(each.what is what and words in each.words for each in found), [each.words for each in found]


@pytest.mark.parametrize("action", [Split(Place(19, 0)), Merge(Place(3, 0), Place(15, 0))])
def test_text_that_a_split_or_merge_takes_along_is_not_told_as_moved(
    ocr: tuple[PageStructure, list[str]], action: Action
) -> None:
    structure, lines = ocr
    found = differences(structure, apply(structure, lines, [action]).structure)
    assert What.MOVED not in {each.what for each in found}, [each.words for each in found]


def test_retyped_text_shows_the_characters(ocr: tuple[PageStructure, list[str]]) -> None:
    structure, lines = ocr
    after = apply(structure, lines, [Retext(Place(41, 0), "示范区组织收看全国脱贫攻坚表彰大会")]).structure
    (difference,) = differences(structure, after)
    assert [run.text for run in difference.runs if run.change is Change.REMOVED] == ["收听", "总结"]
    (back,) = differences(after, structure)
    assert "恢复原印文字" in back.words


def test_runs_spell_both_texts() -> None:
    parts = runs("吕沛到信访大厅接访", "昨日吕沛到大厅接待来访")
    assert "".join(run.text for run in parts if run.change is not Change.ADDED) == "吕沛到信访大厅接访"
    assert "".join(run.text for run in parts if run.change is not Change.REMOVED) == "昨日吕沛到大厅接待来访"


def test_another_dump_is_compared_by_its_text(ocr: tuple[PageStructure, list[str]]) -> None:
    structure, lines = ocr
    other = apply(structure, lines, [Retext(Place(41, 0), "另一个标题")]).structure
    (difference,) = differences(structure, other, same_dump=False)
    assert difference.what is What.TEXT


def held(structure: PageStructure) -> list[tuple[Span, ...]]:
    """What of the dump is in articles."""
    return [block.spans for article in structure.articles for block in article.blocks]


@several
@given(sessions())
def test_nothing_done_reads_as_nothing_and_text_moved_as_something(session: tuple) -> None:
    structure, lines, actions = session
    assert differences(structure, structure) == ()
    done: list[Action] = []
    for action in actions:
        try:
            after = apply(structure, lines, [*done, action]).structure
        except CorrectionError:
            continue
        done.append(action)
        found = differences(structure, after)
        assert all(each.words for each in found)
        if isinstance(action, MoveToFurniture) and len(done) == 1 and held(after) != held(structure):
            assert found
