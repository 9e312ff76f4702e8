"""What readers type, and how it is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dates import Period, parse_period
from search.parsing import parse, quoted
from search.query import All, And, Dated, Field, Literal, Not, Or, When, Word, positive
from search.scanning import LIMITS, scan
from search.text import fold

A, B, C = Word("甲"), Word("乙"), Word("丙")
OCTOBER = Period("2021-10-01", "2021-10-31")


@pytest.mark.parametrize(
    ("raw", "query"),
    [
        ("", All()),
        ("  ", All()),
        ("甲", A),
        ("甲 乙", And((A, B))),
        ("甲　乙", And((A, B))),
        ("甲 AND 乙", And((A, B))),
        ('"甲 乙"', Literal("甲乙")),
        ("“甲乙”", Literal("甲乙")),
        ("「甲乙」 丙", And((Literal("甲乙"), C))),
        ("“十四五”规划", Word("“十四五”规划")),
        ("甲“乙”丙", Word("甲“乙”丙")),
        (r"\“甲\”", Word("“甲”")),
        (r'"甲\"乙"', Literal('甲"乙')),
        ("-甲", Not(Literal("甲"))),
        ("甲 -乙", And((A, Not(Literal("乙"))))),
        ("甲 NOT 乙", And((A, Not(Literal("乙"))))),
        ("甲-乙", Word("甲-乙")),
        (r"\-甲", Word("-甲")),
        ("--甲", A),
        ("甲 -(乙 丙)", And((A, Not(And((Literal("乙"), Literal("丙"))))))),
        ("甲|乙", Or((A, B))),
        ("甲 OR 乙", Or((A, B))),
        ("甲 or 乙", And((A, Word("or"), B))),
        ("甲 OR 乙 丙", And((Or((A, B)), C))),
        ("甲 OR (乙 丙)", Or((A, And((B, C))))),
        ("（甲 ｜ 乙） 丙", And((Or((A, B)), C))),
        ("记者（甲）", Word("记者(甲)")),
        ("(甲(乙) 丙)", And((Word("甲(乙)"), C))),
        ("标题:甲", Word("甲", Field.HEADLINE)),
        ("标题：“甲乙”", Literal("甲乙", Field.HEADLINE)),
        ("TITLE:甲", Word("甲", Field.HEADLINE)),
        ("人物:(甲 OR 乙)", Or((Word("甲", Field.PERSON), Word("乙", Field.PERSON)))),
        (
            "原文:甲 记者:乙 栏目:丙",
            And((Word("甲", Field.PRINTED), Word("乙", Field.REPORTER), Word("丙", Field.COLUMN))),
        ),
        ("版:1", Word("1", Field.PAGE)),
        ("甲:乙", Word("甲:乙")),
        ("2021-10", Dated(OCTOBER)),
        ("2021年10月", Or((Literal("2021年10月"), Dated(OCTOBER)))),
        ("甲 2021.10", And((A, Or((Literal("2021·10"), Dated(OCTOBER)))))),
        ("2021年10月甲", Word("2021年10月甲")),
        ("10月", Word("10月")),
        ('"2021年10月"', Literal("2021年10月")),
        ("事件:2021年10月", Dated(OCTOBER, When.EVENT)),
        ('"2021"', Literal("2021")),
        ("日期:2021-10", Dated(OCTOBER, When.ISSUE)),
        ("事件:2021-10-01..2021-10-31", Dated(OCTOBER, When.EVENT)),
        ("日期:昨天", Word("昨天")),
        ("3000", Word("3000")),
        ("臺灣 台湾", Word("台湾")),
        ("😀", Word("😀")),
    ],
)
def test_how_it_is_read(raw, query):
    assert parse(raw).query == query


@pytest.mark.parametrize(
    ("raw", "query", "code"),
    [
        ("(甲", A, "bracket"),
        ("甲 )", A, "bracket"),
        ('"甲', A, "quote"),
        ("甲 OR", A, "operator"),
        ("OR", All(), "operator"),
        ("甲 | | 乙", Or((A, B)), "operator"),
        ("标题:", Word("标题"), "field"),
        ("日期:2021-13", Word("2021-13"), "date"),
        ("2021-10-24", Dated(Period("2021-10-24", "2021-10-24")), "date-read"),
        ("2021年10月", Or((Literal("2021年10月"), Dated(OCTOBER))), "date-read-too"),
        ("——", All(), "punctuation"),
        ("(((", All(), "nothing"),
        ('""', All(), "nothing"),
        ("-甲", Not(Literal("甲")), "only-not"),
        ("(" * 20 + "甲" + ")" * 20, A, "too-deep"),
        ("甲" * (LIMITS.characters + 1), Word("甲" * LIMITS.characters), "too-long"),
    ],
)
def test_what_is_not_understood_is_said(raw, query, code):
    parsed = parse(raw)
    assert parsed.query == query
    assert code in [note.code for note in parsed.notes]
    assert all(str(note) for note in parsed.notes)


def test_a_date_in_chinese_is_no_choice_of_the_reader_s():
    assert "either-binds" not in [note.code for note in parse("甲 2021年10月").notes]
    assert "either-binds" in [note.code for note in parse("甲 2021年10月|乙").notes]
    assert "either-binds" in [note.code for note in parse('甲 "乙"|日期:2021-10').notes]


def test_terms_are_bounded():
    parsed = parse(" ".join(f"词{number}" for number in range(LIMITS.terms + 5)))
    assert len(list(positive(parsed.query))) == LIMITS.terms
    assert "too-many-terms" in [note.code for note in parsed.notes]


SYNTAX = st.text(st.sampled_from('甲乙 \u3000"“”「」()（）|-－OR\\:：标题版2021-.'), max_size=60)


@given(st.one_of(st.text(max_size=600), SYNTAX))
def test_nothing_that_can_be_typed_is_an_error(raw):
    parsed = parse(raw)
    assert parsed.raw == raw
    assert all(str(note) for note in parsed.notes)
    for leaf in positive(parsed.query):
        assert isinstance(leaf, Dated) or (leaf.text and leaf.text == fold(leaf.text))


@given(SYNTAX)
def test_tokens_know_where_they_stand(raw):
    last = 0
    for token in scan(raw, []):
        assert last <= token.start < token.end <= len(raw)
        last = token.end


@given(st.text().map(lambda text: text.replace("\x00", "")).filter(fold))
def test_a_quoted_text_is_read_as_itself(text):
    short = text[: LIMITS.characters // 2 - 2]
    if fold(short):
        assert parse(quoted(short)).query == Literal(fold(short))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2021", Period("2021-01-01", "2021-12-31")),
        ("2024-02", Period("2024-02-01", "2024-02-29")),
        ("2021-2-3", Period("2021-02-03", "2021-02-03")),
        ("2021..2022-03", Period("2021-01-01", "2022-03-31")),
        ("2021-10..", Period("2021-10-01", "9999-12-31")),
        ("..2020", Period("0001-01-01", "2020-12-31")),
        ("2021-02-30", None),
        ("..", None),
        ("2021..甲", None),
        ("１２３４", None),
    ],
)
def test_periods(text, period):
    assert parse_period(text) == period
