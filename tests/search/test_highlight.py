"""Marks stand on the exact characters of the hit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.highlight import SHAPE, hits, mark, snippet, terms
from search.parsing import parse
from search.text import fold
from tests.search.strategies import ALPHABET

TEXT = st.text(ALPHABET, max_size=60)


def marked(text, *marks):
    return "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in mark(text, marks))


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("访问台湾", ["臺灣"], "访问[台湾]"),
        ("建设5G基站", ["５Ｇ"], "建设[5G]基站"),
        ("吕 沛出席", ["吕沛"], "[吕 沛]出席"),
        ("阿・买提", ["阿·买提"], "[阿・买提]"),
        ("蒙牛乳业和蒙牛", ["蒙牛", "蒙牛乳业"], "[蒙牛乳业]和[蒙牛]"),
        ("<b>&", ["b"], "<[b]>&"),
        ("没有", ["蒙牛"], "没有"),
        ("没有", [], "没有"),
    ],
)
def test_marks(text, marks, expected):
    assert marked(text, *marks) == expected


@given(TEXT, st.lists(st.text(ALPHABET, min_size=1, max_size=4), max_size=3))
def test_pieces_join_to_the_text_and_hits_are_hits(text, marks):
    pieces = mark(text, marks)
    assert "".join(piece.text for piece in pieces) == text
    folded = {fold(one) for one in marks}
    assert all(fold(piece.text) in folded for piece in pieces if piece.hit)
    if any(one and one in fold(text) for one in folded):
        assert any(piece.hit for piece in pieces)


@given(st.lists(st.text(ALPHABET, max_size=300), max_size=4), st.text(ALPHABET, min_size=1, max_size=4))
def test_a_snippet_carries_the_hit(texts, needle):
    pieces = snippet(texts, [needle])
    found = fold(needle) and any(fold(needle) in fold(text) for text in texts)
    assert any(piece.hit for piece in pieces) == bool(found)
    assert sum(len(piece.text) for piece in pieces) <= SHAPE.length + SHAPE.before + 30 + len(needle) * 8


def test_a_snippet_takes_the_place_with_most_terms():
    texts = ["蒙牛" + "一" * 200, "吕沛到蒙牛调研。" + "二" * 100]
    assert "".join(piece.text for piece in snippet(texts, ["蒙牛", "吕沛"])).startswith("吕沛到蒙牛")


def test_terms_of_a_query():
    query = parse('蒙牛 -伊利 "吕沛" 标题:调研 版:1 2021').query
    assert terms(query) == ("吕沛", "蒙牛", "调研")
    assert set(terms(parse("党建工作会议").query, ["党建工作会议"])) == {"党建", "工作", "会议"}


def test_hits_do_not_overlap():
    places = hits("吕沛吕沛", ["吕沛", "沛吕"])
    assert places == [(0, 2), (2, 4)]
