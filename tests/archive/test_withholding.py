"""Which texts are taken to hold a withheld one."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.withholding import RUN, Folded, Likeness, is_like, nearby

LEAST = RUN + Likeness().runs
TEXT = st.text(alphabet="甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥，。（） \n０1a", max_size=120)


def letters(text: str) -> int:
    return len(Folded(text).letters)


@given(TEXT, TEXT, TEXT, st.integers(1, 30))
def test_a_text_is_found_whole_wherever_it_is_wrapped_into(
    secret: str, before: str, after: str, width: int
) -> None:
    if letters(secret) < Likeness().shortest:
        return
    inside = "\n".join(secret[at : at + width] for at in range(0, len(secret), width))
    assert is_like(Folded(secret), Folded(before + inside + after))


@given(TEXT, st.integers(0, 120))
def test_each_half_is_found(text: str, at: int) -> None:
    for half in (text[:at], text[at:]):
        if letters(half) >= LEAST and letters(text) >= LEAST:
            assert is_like(Folded(text), Folded(half))


@given(st.lists(TEXT, max_size=4), TEXT, st.integers(0, 120), st.integers(0, 120))
def test_whatever_is_like_is_nearby(secrets: list[str], other: str, start: int, stop: int) -> None:
    secrets += [other, other[start:stop], other + other]
    folded = [Folded(secret) for secret in secrets]
    near = nearby(folded, folded)
    for likeness in (Likeness(), Likeness(shortest=2)):
        for pair in product(range(len(folded)), repeat=2):
            assert pair in near or not is_like(folded[pair[0]], folded[pair[1]], likeness)


def test_other_texts_are_not_nearby() -> None:
    secret = Folded("党工委书记到信访大厅接待来访群众，当场答复了三件事。")
    other = Folded("示范区的项目建设一天一个样，今年要建成十二个。")
    assert nearby([secret, secret], [other, secret, other]) == [(0, 1), (1, 1)]
    assert nearby([], [secret]) == []


@pytest.mark.parametrize(
    ("secret", "other"),
    [
        ("党工委书记、管委会主任吕沛到信访大厅接待来访群众，侯建华一同接访。", "党工委书记、管委会主任吕沛调研重点项目建设。"),
        ("张三", "张三和李四"),
        ("", "什么都有"),
        ("，。！", "，。！"),
    ],
)  # fmt: skip
def test_what_every_article_prints_is_no_withheld_text(secret: str, other: str) -> None:
    assert not is_like(Folded(secret), Folded(other))


def test_width_and_case_and_marks_do_not_matter() -> None:
    assert is_like(Folded("电话１３９００００１２３４"), Folded("（电话：139-0000-1234）"))
