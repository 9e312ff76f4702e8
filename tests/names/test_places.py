from __future__ import annotations

import pytest

from archive.names import ArticleText, TextPiece
from archive.names.places import in_text, places
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


def test_only_what_the_tagger_calls_a_place_counts() -> None:
    text = "阳庙镇和李万街道"
    assert in_text(text, [Word(0, 3, "LOC"), Word(3, 4, "c"), Word(4, 8, "PER")]) == [(0, 3)]


def test_a_word_that_goes_on_behind_the_kind_is_left_alone() -> None:
    assert in_text("中原路小学", [Word(0, 5, "LOC")]) == []
