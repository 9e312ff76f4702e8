from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.names.folding import DOTS, fold
from archive.names.lexicon import lexicon
from archive.names.tagger import simplified

TEXTS = st.text("吕沛万千指出，。 　\t·•‧A1記者", max_size=40)


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("见习记者 万 千 摄", "见习记者 万千摄"),
        ("见习记者　万　千", "见习记者　万千"),
        ("吕 沛 指 出 ，", "吕沛指出 ，"),
        ("张三 李四 王五", "张三 李四 王五"),
        ("出席：王小明　李四", "出席：王小明　李四"),
        ("铁木尔 • 达瓦买提", "铁木尔·达瓦买提"),
        ("增长 3．5 个", "增长 3．5 个"),
    ],
)
def test_spread_words_close_up_and_lists_stay_apart(printed: str, read: str) -> None:
    assert fold(printed).text == read


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("和同事盛　夏、杨　柳上了山", "和同事盛夏、杨柳上了山"),
        (
            "高小豹　梁智玲　摄",
            "高小豹　梁智玲　摄",
        ),  # a list: no name begins with the last character of another
        ("县委书记　王小明讲话", "县委书记　王小明讲话"),
    ],
)
def test_names_spread_in_the_midst_of_text_close_up(printed: str, read: str) -> None:
    assert fold(printed, lexicon=lexicon()).text == read


@pytest.mark.parametrize("dot", DOTS)
def test_every_dot_in_a_name_is_one(dot: str) -> None:
    assert fold(f"司马义{dot}艾买提").text == "司马义·艾买提"


@given(TEXTS)
def test_places_lead_back_to_the_same_characters(text: str) -> None:
    folded = fold(text, simplified())
    assert len(folded.text) == len(folded.printed) == len(folded.places)
    for character, place in zip(folded.printed, folded.places, strict=True):
        assert text[place] == character or (character == "·" and text[place] in DOTS)
    assert sorted(folded.places) == list(folded.places)


@given(TEXTS)
def test_only_white_space_is_dropped(text: str) -> None:
    kept = set(fold(text).places)
    assert all(text[place].isspace() for place in range(len(text)) if place not in kept)


def test_traditional_characters_are_read_as_simplified_and_simplified_ones_as_themselves() -> None:
    folded = fold("記者連金水著書，指着", simplified())
    assert folded.text.startswith("记者连金水")
    assert folded.text.endswith("指着")
    assert folded.printed == "記者連金水著書，指着"
