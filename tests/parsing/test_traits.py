"""What is found for all lines at once is what each line says by itself."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from archive.parsing import formulas, traits
from archive.parsing.expressions import beginnings, expressions
from archive.parsing.lines import closure_of, read, width_of
from archive.parsing.pairs import asked_by, pairs_of, spoken
from archive.parsing.sheets import may_be_head, telling_lines
from archive.parsing.words import CLINGING, CORRESPONDENT_TITLES, REPORTER_TITLES, SQUEEZED

ODD = "\ue000\u2e80\ufffd\U000f0000"
LINE = st.text(
    st.one_of(
        st.sampled_from("记摄版由0９a·，。：”（ \u3000\t\x85甲乙々\U00020000" + ODD),
        st.characters(exclude_characters="\n"),
    ),
    max_size=12,
)


def naive(text: str) -> int:
    """A line's traits by their definitions, character by character."""
    classes = {
        traits.TELLS: formulas.TELLING,
        traits.FILES: formulas.FILES,
        traits.AGENCIES: formulas.AGENCIES,
        traits.SIGNS: formulas.SIGNS,
        traits.EDITS: formulas.EDITS,
        traits.PROMOTES: formulas.PROMOTES,
        traits.CREDITS: formulas.CREDITS,
        traits.PAUSES: "，,、。；;",
        traits.STOP: "。",
        traits.FIGURE: "0123456789",
    }
    found = sum(trait for trait, members in classes.items() if set(text) & set(members))
    odd = any(
        "\ue000" <= c <= "\uf8ff" or "\u2e80" <= c <= "\u2fdf" or c == "\ufffd" or c >= "\U000f0000"
        for c in text
    )
    found += traits.ODD * odd
    found += traits.TELLS_FIRST * (text[0] in formulas.TELLING_FIRST)
    found += traits.TELLS_LAST * (text[-1] in formulas.CREDIT_LAST)
    found += traits.ENDS * (closure_of(text) > 0)
    found += traits.SQUEEZES * (text[-1] in SQUEEZED)
    found += traits.ONE_HAN * ("\u3400" <= text[0] <= "\u9fff" and text[1:2] not in list(CLINGING))
    return found


@given(st.lists(LINE, max_size=6))
@example(["甲", "，乙", "甲 ，"])
def test_lines_are_measured_as_one_by_one(dump: list[str]) -> None:
    lines = read(dump)
    assert [line.number for line in lines] == [n for n, line in enumerate(dump, 1) if line.strip()]
    for line in lines:
        assert line.text == "".join(dump[line.number - 1].split())
        assert line.width == width_of(line.text)
        assert line.closure == closure_of(line.text)
        assert line.traits == naive(line.text)


TEXTS = st.lists(
    st.text(st.one_of(st.sampled_from("甲乙丙丁 "), st.characters(exclude_characters="\n"))), max_size=5
)


@given(TEXTS, TEXTS)
@example(["甲乙 丙"], ["甲乙丙", "甲乙甲乙"])
def test_pairs_are_heard_as_one_by_one(headings: list[str], texts: list[str]) -> None:
    asked = asked_by(headings)
    pairs = asked.pairs.tolist()
    for place, heading in enumerate(headings):
        own = {pair for word in heading.split(" ") for pair in pairs_of(word)}
        assert own == {
            pairs[pair] for text, pair in zip(asked.text, asked.pair, strict=True) if text == place
        }
    assert pairs == sorted({pairs[pair] for pair in asked.pair})
    for text, heard in zip(texts, spoken(asked.pairs, texts).T, strict=True):
        assert set(pairs).intersection(pairs_of(text)) == set(asked.pairs[heard].tolist())


DATED = st.text(
    st.sampled_from("0128年月日号上个底晚今昨去民国三十〇农历初闰份至，。１第A版-./ \n"), max_size=24
)


@given(st.lists(DATED.map(lambda text: text.replace("\n", "")), max_size=4))
@example(["今年10月21日上午", "", "农历九月初九", "上个月，二〇二一年底", "民国三十八年"])
def test_dates_begin_nowhere_else(texts: list[str]) -> None:
    for text, starts in zip(texts, beginnings(texts), strict=True):
        anywhere = expressions(text, lambda _: 1, 5, range(len(text)))
        assert expressions(text, lambda _: 1, 5, starts) == anywhere
        assert expressions(text, lambda _: 1, 5) == anywhere


@given(DATED)
@example("\n 05 要闻\n2021 年\n第2版")
def test_heads_are_looked_for_on_all_their_lines(text: str) -> None:
    dump = text.split("\n")
    telling = telling_lines("\n".join(["", *dump]))
    assert sorted(set(telling)) == telling
    assert {number for number, line in enumerate(dump, 1) if may_be_head(line)} <= set(telling)


def test_whoever_signs_has_a_trait() -> None:
    # Each title that a byline may have, and each promotion, must let its line be held against the patterns.
    for title in (*REPORTER_TITLES, *CORRESPONDENT_TITLES):
        [line] = read([f"{title} 张三"])
        assert line.traits & traits.SIGNS
    for line in read(
        ["扫一扫", "新闻热线：0391", "总第128期", "今日8版", "电话：3911234", "主管、主办", "投稿信箱"]
    ):
        assert formulas.PROMOTION.search(line.text)
        assert line.traits & traits.PROMOTES
