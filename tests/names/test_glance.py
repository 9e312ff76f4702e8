from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.names.glance import may_hold_names, stretches, words_of
from archive.names.lexicon import lexicon

WORDS = lexicon()


@pytest.mark.parametrize(
    "clause",
    [
        "区领导侯建华出席这次十分重要的会议，",
        "记者昨日从市气象部门了解到，",
        "总统曼德拉昨日在首都发表讲话，",
        "铁木尔·达瓦买提出席这次会议，",
        "（方明）",
        "小辉说，",
        "与会的局长高峰作了说明，",
        "省委书记强卫主持这次会议，",
        "斯大林格勒保卫战的老兵斯大林，",
        "于建设代表全体职工发言时，",
    ],
)
def test_clauses_that_may_hold_names_are_worth_reading(clause: str) -> None:
    assert may_hold_names(words_of(clause), WORDS)


@pytest.mark.parametrize(
    "clause",
    [
        "会议强调要继续坚持问题导向，",
        "进一步加强基层基础工作，",
        "为持续优化营商环境，",
        "巩固和发展现有的各项成果，",  # 和 is a surname, 和|发展 no name
        "领导干部要带头执行，",
        "晚上大家都要在家里吃饭，",
        "大力开展宣传栏建设活动，",
        "努力实现预期的各项目标，",
    ],
)
def test_clauses_without_anything_like_a_name_are_not(clause: str) -> None:
    assert not may_hold_names(words_of(clause), WORDS)


@given(st.text("吕沛指出，。会议强调要继续坚持问题导向”\n", max_size=80))
def test_stretches_are_in_order_and_cross_no_sentence(text: str) -> None:
    last = 0
    for start, end in stretches(text, WORDS):
        assert last <= start < end <= len(text)
        assert not re.search("[。\n]”?[\u4e00-\u9fff]", text[start:end])
        last = end
