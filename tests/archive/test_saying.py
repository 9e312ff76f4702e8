"""Sentences of pure modules: plain Chinese text for everybody, in the reader's language at the edge."""

from __future__ import annotations

import copy
import json
import pickle

from django.utils.translation import override

from archive.desk.access import in_words
from archive.errors import CorrectionError
from archive.saying import Said, listed, say
from archive.wording import reworded, worded

LINE = say("第%(line)s行标为重复", line=3)


def test_it_is_the_chinese_sentence() -> None:
    assert LINE == "第3行标为重复"
    assert json.dumps([LINE], ensure_ascii=False) == '["第3行标为重复"]'
    assert {LINE: 1}["第3行标为重复"] == 1


def test_it_is_put_into_the_language_of_who_reads() -> None:
    for language, words in (("zh-hans", "第3行标为重复"), ("en", "Mark line 3 as repeated")):
        with override(language):
            assert worded(LINE) == words


def test_what_is_filled_in_is_put_into_the_language_too_and_names_are_not() -> None:
    roles = listed([say("正文"), "正文"], say("、"))
    sentence = say("“%(text)s”是%(what)s", text="100%", what=roles)
    assert sentence == "“100%”是正文、正文"
    with override("en"):
        assert worded(sentence) == "“100%” is Text, 正文"


def test_a_list_of_nothing_is_empty() -> None:
    assert listed([], "、") == ""


def test_copies_remember_the_message() -> None:
    for made in (copy.deepcopy(LINE), pickle.loads(pickle.dumps(LINE))):
        assert isinstance(made, Said)
        assert (made, made.message, made.parts) == (LINE, LINE.message, {"line": 3})


def test_an_error_is_one_sentence_or_two_in_either_language() -> None:
    error = CorrectionError(say("第%(line)s行", line=2), say("这里没有文字"), say("请选有文字的地方。"))
    assert in_words(error) == "第2行：这里没有文字。请选有文字的地方。"
    with override("en"):
        assert in_words(error) == "Line 2: there is no text here. Choose a place with text."


def test_what_was_stored_in_chinese_is_translated_where_it_is_ours() -> None:
    with override("en"):
        assert reworded(str(say("解析器有新版本"))) == "The parser has a new version"
        assert reworded("改了两个字") == "改了两个字"
        assert reworded("") == ""
