"""The one folding and the one tokenisation."""

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import _cutter, fold, jieba_cutter, pattern_of, words

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("５Ｇ", "5g"),
        ("臺灣 台湾", "台湾台湾"),
        ("乾隆", "干隆"),
        ("⽔", "水"),
        ("阿·买提 阿•买提 阿‧买提 阿・买提 阿．买提", "阿·买提" * 5),
        ("两\u3000会\n召 开", "两会召开"),
        ("\ufeff焦\u200b作", "焦作"),
        ("𠮷野家 ÀÉ", "𠮷野家àé"),
        ("“十四五”：规划。", "“十四五”:规划。"),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_folding_goes_character_by_character(first, second):
    assert fold(first + second) == fold(first) + fold(second)


#: Characters that are folded, dropped, or both by turns with those that are neither.
FOLDED = st.text(
    st.one_of(st.characters(), st.sampled_from("臺台5５Ａaａ⽔水 ·・．\u200b\ufeffİßſKÅÅ乾干𝒜Ⰰ\ud800"))
)


@given(FOLDED, FOLDED, FOLDED)
def test_a_literal_is_found_in_a_text_as_in_the_folded_text(before, literal, after):
    for text in (before + literal + after, fold(before + literal + after), before + after):
        pattern = pattern_of([literal])
        found = [] if pattern is None else list(pattern.finditer(text))
        assert all(fold(match[0]) == fold(literal) for match in found)
        assert len(found) == (fold(text).count(fold(literal)) if fold(literal) else 0)


def test_every_form_of_a_character_is_found():
    others = [chr(code) for code in range(0x110000) if fold(chr(code)) not in ("", chr(code))]
    assert len(others) > 5000
    assert [one for one in others if not _of(fold(one)).fullmatch(one)] == []


_of = cache(lambda folded: pattern_of([folded]))


def test_rjieba_cuts_as_jieba_does():
    pytest.importorskip("rjieba")
    name, quick = _cutter()
    assert name.startswith("rjieba")
    slow = jieba_cutter()[1]
    runs = {run for file in SEEDS for run in re.findall("[一-龥]+", fold(file.read_text(encoding="utf-8")))}
    assert len(runs) > 1000
    assert [run for run in sorted(runs) if list(quick(run)) != list(slow(run))] == []


def test_jieba_keeps_its_cache_out_of_the_shared_temp_folder(settings, tmp_path):
    settings.INDEX_DIR = tmp_path / "index"
    cut = jieba_cutter()[1]
    assert list(cut("焦作市示范区"))
    assert [file.name for file in settings.INDEX_DIR.iterdir()] == ["jieba.cache"]


@given(st.text())
def test_words_are_parts_of_the_folded_text_in_order(text):
    place = 0
    folded = fold(text)
    for word in words(text):
        assert word
        place = folded.index(word, place) + len(word)


def test_words():
    assert words("蒙牛５Ｇ智慧工厂，covid19 𠮷") == ["蒙牛", "5g", "智慧", "工厂", "covid19", "𠮷"]
