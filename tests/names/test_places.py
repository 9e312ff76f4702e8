from __future__ import annotations

import pytest

from archive.names import ArticleText, TextPiece, people_and_places
from archive.names.places import in_text, places, stretches, whole
from archive.names.tagger import Word
from archive.structure import Role


def named(text: str) -> list[str]:
    found = places([ArticleText((TextPiece(Role.BODY, text),))])[0]
    assert all("".join(text[one.start : one.end].split()) == one.name for one in found)
    return [one.name for one in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "观摩团先后到阳庙镇小梁庄村、苏家作乡司家寨村进行观摩。",
            ["阳庙镇", "小梁庄村", "苏家作乡", "司家寨村"],
        ),
        ("李万街道组织开展排查，中原路与神州路交叉口积水严重。", ["李万街道", "中原路", "神州路"]),
        ("加快大沙河生态治理，河南省焦作市召开会议。", ["大沙河", "河南省", "焦作市"]),
    ],
)
def test_places_with_a_kind_are_found_in_their_parts(text: str, found: list[str]) -> None:
    assert named(text) == found


@pytest.mark.parametrize(
    "text", ["全市各乡镇、各村要抓好落实。", "高速公路下站口设置卡点。", "建设美丽乡村和示范村。"]
)
def test_common_words_are_no_places(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    "text", ["走访全市各乡镇，", "加快企业上市步伐，", "丰富农副产品市场供应，", "道路交通畅通有序，"]
)
def test_common_words_with_a_kind_are_not_worth_reading(text: str) -> None:
    assert list(stretches(text)) == []


@pytest.mark.parametrize(
    "text", ["李万街道组织排查，", "来到河北省委，", "治理淮河流域，", "在泊南村，", "到了大同火车站，"]
)
def test_what_may_name_places_is_worth_reading(text: str) -> None:
    assert list(stretches(text)) == [(0, len(text))]


def test_only_what_the_tagger_calls_a_place_counts() -> None:
    text = "阳庙镇和中原路"
    assert in_text(text, [Word(0, 3, "LOC"), Word(3, 4, "c"), Word(4, 7, "n")]) == [(0, 3)]


def test_a_place_that_acts_is_one_though_taken_for_a_person_or_a_body() -> None:
    assert in_text("李万街道组织", [Word(0, 4, "PER"), Word(4, 6, "v")]) == [(0, 4)]
    assert in_text("洛桑江村出席", [Word(0, 4, "PER"), Word(4, 6, "v")]) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("湖南犬木塘水库", ["犬木塘水库"]),
        ("西部艾伯塔省", ["艾伯塔省"]),
        ("青龙湖镇北车营村", ["青龙湖镇", "北车营村"]),
        ("文庙街社区", ["文庙街社区"]),
        ("南京西路", ["南京西路"]),
        ("河南村", ["河南村"]),
        ("漠河", ["漠河"]),
        ("花市", []),  # of one character and a kind only what the dictionary has as a place
        ("名城名镇", []),
        ("文创集市", []),
    ],
)
def test_where_a_name_begins_and_ends(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in in_text(text, [Word(0, len(text), "LOC")])] == found


def test_what_stands_alone_between_two_places_is_the_second_s() -> None:
    text = "西未庄乡中未城村"
    tagged = [Word(0, 4, "LOC"), Word(4, 5, "f"), Word(5, 8, "LOC")]
    assert in_text(text, tagged) == [(0, 4), (4, 8)]
    assert in_text("西未庄乡到小城村", [Word(0, 4, "LOC"), Word(4, 5, "v"), Word(5, 8, "LOC")]) == [
        (0, 4),
        (5, 8),
    ]


def test_what_is_left_behind_a_kind_belongs_to_the_next_place() -> None:
    tagged = [Word(0, 5, "LOC"), Word(5, 8, "LOC")]
    assert in_text("河西沟乡小石坡村", tagged) == [(0, 4), (4, 8)]
    assert in_text("大湖西城区柳林街", tagged) == [(5, 8)]


def test_a_foreign_name_cut_short_is_none() -> None:
    assert in_text("里弗德尔县", [Word(0, 2, "n"), Word(2, 5, "LOC")]) == []


def test_a_place_found_whole_elsewhere_is_not_cut() -> None:
    assert whole("支部书记在小台子村", 6, 9, {"小台子村", "台子村"}) == 5
    assert whole("支部书记在台子村", 5, 8, {"小台子村", "台子村"}) == 5


def test_a_person_s_name_is_no_place() -> None:
    text = ArticleText((TextPiece(Role.BODY, "区领导张小镇出席，并到阳庙镇调研。"),))
    people, places_named = people_and_places([text])
    assert [one.name for one in people[0]] == ["张小镇"]
    assert [one.name for one in places_named[0]] == ["阳庙镇"]


def test_clauses_without_a_place_are_not_read() -> None:
    text = "会议强调了三点。随后一行来到阳庙镇，仔细询问。全市各村都要抓好。"
    assert [text[a:b] for a, b in stretches(text)] == ["随后一行来到阳庙镇，"]


def test_a_word_that_goes_on_behind_the_kind_is_left_alone() -> None:
    assert in_text("中原路小学", [Word(0, 5, "LOC")]) == []
