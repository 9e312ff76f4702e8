"""The one folding and the one tokenisation."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import _cutter, fold, fold_with_places, jieba_cutter, words

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


@given(st.text())
def test_every_folded_character_knows_where_it_came_from(text):
    folded = fold_with_places(text)
    assert folded.text == fold(text)
    assert [fold(text[place]) for place in folded.places] == list(folded.text)
    assert list(folded.places) == sorted(set(folded.places))


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
