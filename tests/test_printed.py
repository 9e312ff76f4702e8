"""What a block says: the characters of its places, without the white space that setting them put in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.printed import printed
from archive.structure import Span


def joined(*lines: str) -> str:
    return printed(lines, [Span(number, 0, len(line)) for number, line in enumerate(lines, 1)])


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["10 月 22 日，桓祥", "机械科技有限公司"], "10月22日，桓祥机械科技有限公司"),
        (["座 谈 ， 累 计 收 集 意 见 建 议 185"], "座谈，累计收集意见建议185"),
        (["示范区 （高新区） 党工委"], "示范区（高新区）党工委"),
        (["本报记者 刘金元 摄"], "本报记者 刘金元摄"),
        (["本报见习记者 万 千 摄"], "本报见习记者万千摄"),
        (["优化营商环境 突出专业招商"], "优化营商环境 突出专业招商"),
        (
            ["扛牢政治责任 切实抓好整改", "强化跟踪督导 确保工作成效"],
            "扛牢政治责任 切实抓好整改 强化跟踪督导 确保工作成效",
        ),
        (["示范区开展优秀年轻干部", "“育苗”行动测试"], "示范区开展优秀年轻干部“育苗”行动测试"),
        (["Internet of", "Things"], "Internet of Things"),
        (["  ", "开头"], "开头"),
    ],
)
def test_which_spaces_are_kept(lines: list[str], text: str) -> None:
    assert joined(*lines) == text


@given(st.lists(st.text(st.sampled_from("吕沛ab1 \u3000，（”\t"), max_size=12), min_size=1, max_size=4))
def test_no_visible_character_is_added_dropped_or_changed(lines: list[str]) -> None:
    def bare(text: str) -> str:
        return "".join(text.split())

    text = joined(*lines)
    assert bare(text) == bare("".join(lines))
    assert text == text.strip()
