"""What holds for any text: the invariant, JSON there and back, one error only, given facts first."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive.errors import DumpError
from archive.parsing import parse
from archive.parsing.vocabulary import vocabulary_of
from archive.structure import Certainty, Dated, PageFacts, check, lines_of
from archive.structure_json import from_json, to_json
from tests.parsing.dumps import damaged_dumps

#: Pieces that dumps are made of, so that random texts reach the rules.
PIECES = st.sampled_from(
    [
        "本报讯（记者郭树勋）10月21日上午，", "又讯（记者付凯明）", "新华社北京1月1日电（记者张三、李四）", "本报记者 郭树勋",
        "本报记者 刘金元 摄", "（新华社记者马平摄）", "⬆10月22日，", "图为现场。", "（本栏稿件均由本报记者郭树勋整理）",
        "第01版：要闻", "2021年10月24日 星期日", "责编：张三 美编：李四", "下转第二版", "扫一扫 关注我们", "项目建设",
        "元素一 高新区", "元素二 产业园", "元素十五 医院", "示范区召开灾后重建项目推进会", "吕沛强调", "既", "也要有立场。",
        "累 计 收 集 意 见 建 议 185", "会议还研究了其他事项。", "“我为群众办实事”", "——侧记", "公告", "编辑同志：",
        "特一粉 3.40 4.00", "电话：0391-8797000", "（石磊 田野）", "（作者系驻村干部）", "12月底前全部完工", "民国三十八年", "\u3000\u3000",
    ]
)  # fmt: skip
TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "的一是在人有我这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
            "。，、；：？！“”（）《》…— \u3000\n\n\n0123456789.%"
        ),
        st.characters(),
    ),
    max_size=200,
)
DUMPS = st.lists(st.one_of(PIECES, TEXT, st.sampled_from(["\n", "\n\n", " ", "\r\n"])), max_size=40).map(
    "".join
)
RELAXED = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@RELAXED
@given(DUMPS)
@example("\ufeff")
@example("\u200b\n\ue000")
@example("本报记者 郭树勋\n\n下转第二版\n\n（作者系驻村干部）")
@example("，\n。\n”\n")
@example("第十十版\n\n民国十十年，三十十日开幕。")
def test_every_visible_character_is_in_one_piece(text: str) -> None:
    holds(text)


@settings(RELAXED, max_examples=400)
@given(damaged_dumps())
def test_damaged_pages_lose_nothing(text: str) -> None:
    holds(text)


def holds(text: str) -> None:
    """Nothing but DumpError is raised, and the invariant holds for every page."""
    try:
        pages = parse(text)
    except DumpError:
        assert not text.strip()
        return
    lines = lines_of(text)
    assert pages[0].first_line == 1
    assert pages[-1].last_line == len(lines)
    assert all(a.last_line + 1 == b.first_line for a, b in pairwise(pages))
    for page in pages:
        check(page, lines)
        assert from_json(to_json(page)) == page
        assert all(0 < article.confidence <= 1 for article in page.articles)
        assert all(article.blocks for article in page.articles)
        assert all(block.spans for article in page.articles for block in article.blocks)


@RELAXED
@given(DUMPS.filter(lambda text: bool(text.strip())), st.dates())
def test_given_facts_win(text, date) -> None:
    given_date = Dated(date.isoformat(), Certainty.GIVEN, "NAME.toml")
    facts = PageFacts(
        newspaper="焦作日报", issue_date=given_date, number=7, name="示范区", edition="早", source="扫描"
    )
    for page in parse(text, facts):
        assert page.facts == facts
        assert all(
            event.value <= date.isoformat()[: len(event.value)]
            for article in page.articles
            for event in article.event_dates
        )


@RELAXED
@given(DUMPS.filter(lambda text: bool(text.strip())))
def test_the_same_text_gives_the_same_structure(text: str) -> None:
    words = vocabulary_of({"law": ["信访", "接访"], "industry": ["项目"]})
    assert parse(text, vocabulary=words) == parse(text, vocabulary=words)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u3000\n\t"])
def test_a_text_without_a_visible_character_is_refused(text: str) -> None:
    with pytest.raises(DumpError, match="visible"):
        parse(text)
