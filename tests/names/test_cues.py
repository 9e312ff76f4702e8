from __future__ import annotations

import pytest

from archive.names import cues
from archive.names.lexicon import LexiconError, lexicon, read_lists

WORDS = lexicon()


def places(text: str) -> tuple[str, int]:
    """A text without its ``|`` and where that stood."""
    return text.replace("|", ""), text.index("|")


@pytest.mark.parametrize("text", ["管委会主任|吕沛", "区领导|高鸿", "村民|赵志山", "副总裁|高帅"])
def test_an_office_or_role_before_a_name(text: str) -> None:
    assert cues.office_before(*places(text), WORDS)


@pytest.mark.parametrize("text", ["参观|吕沛", "|吕沛", "主任，|吕沛"])
def test_no_office_before_a_name(text: str) -> None:
    assert not cues.office_before(*places(text), WORDS)


@pytest.mark.parametrize("text", ["记者|付凯明", "通讯员|娄琦", "本报见习记者 |万千", "摄影：|王龙卿"])
def test_a_writer_before_a_name(text: str) -> None:
    assert cues.writer_before(*places(text), WORDS)


@pytest.mark.parametrize("text", ["名叫|车晓，", "店主名为|花满枝"])
def test_a_name_is_introduced(text: str) -> None:
    assert cues.named_before(*places(text))


@pytest.mark.parametrize("text", ["周确|摄）", "李明|摄影报道", "吴明|摄，", "张华|整理"])
def test_a_writer_s_deed_after_a_name(text: str) -> None:
    assert cues.writer_after(*places(text), WORDS)


@pytest.mark.parametrize("text", ["周确|摄氏度", "李|文明说", "张|文，王"])
def test_no_writer_s_deed_after_a_name(text: str) -> None:
    assert not cues.writer_after(*places(text), WORDS)


@pytest.mark.parametrize(
    "text", ["潘金培|（女）、", "杨光林|（苗族）", "姜雁|（左）", "刘彦|(右二)", "艾买提|（维吾尔族）"]
)
def test_a_remark_after_a_name(text: str) -> None:
    assert cues.remark_after(*places(text))


def test_a_remark_is_no_place() -> None:
    assert not cues.remark_after(*places("中商|（威海）控股"))


@pytest.mark.parametrize("text", ["邓小平|理论", "毛泽东|思想", "李万|街道", "明仁|药业", "李家|村"])
def test_a_word_that_makes_a_term_of_a_name(text: str) -> None:
    assert cues.term_after(*places(text), WORDS)


def test_the_longest_word_counts() -> None:
    assert cues.ends_with("县委副书记", 5, WORDS.offices) == "书记"
    assert cues.begins_with("总书记指出", 0, WORDS.offices) == "总书记"


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("完工。（杨洪柯张起河）", "杨洪柯张起河"),
        ("（新华社记者周确摄）", "新华社记者周确"),
        ("（姜伟尚占摄影报道）", "姜伟尚占"),
    ],
)
def test_the_parenthesis_that_ends_a_piece(text: str, inside: str) -> None:
    start, end = cues.last_parenthesis(text)
    assert text[start:end] == inside


def test_a_parenthesis_in_the_middle_ends_nothing() -> None:
    assert cues.last_parenthesis("示范区（高新区）党工委书记") is None


def test_the_place_of_a_dateline_is_no_name() -> None:
    text = "本报阿比让1月5日电 记者杨贵兰报道"
    assert [text[start:end] for start, end in cues.datelines(text)] == ["阿比让"]


def test_lists_are_read_under_their_headings() -> None:
    assert read_lists("[a]\n# 备注\n书记 主任\n市长\n\n[b]\n说") == {
        "a": ["书记", "主任", "市长"],
        "b": ["说"],
    }


def test_a_garbled_list_is_named(monkeypatch, tmp_path) -> None:
    (tmp_path / "surnames.json").write_text("[]", encoding="utf-8")
    (tmp_path / "titles.txt").write_text("[offices]\n书记\n", encoding="utf-8")
    monkeypatch.setattr("archive.names.lexicon.FIXTURES", tmp_path)
    with pytest.raises(LexiconError, match=r"titles\.txt.*collective"):
        lexicon.__wrapped__()


@pytest.mark.parametrize(
    ("name", "surname"),
    [("欧阳修", "欧阳"), ("欧阳", "欧"), ("吕沛", "吕"), ("的确", ""), ("爱新觉罗溥仪", "")],
)
def test_the_compound_surname_goes_before_the_single(name: str, surname: str) -> None:
    assert WORDS.surname(name) == surname
