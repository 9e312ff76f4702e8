"""Text as it is shown: full-width marks, links that never overlap, hits marked, nothing unescaped."""

from __future__ import annotations

import itertools
import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading_text import Link, apart, excerpt, full_width, render, sentences

texts = st.text(alphabet="吕沛蒙牛，。\"'()<>&,;:?!.a1 \n“”", max_size=60)
ranges = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted), max_size=8)


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("会议强调,要抓落实;要快", "会议强调，要抓落实；要快"),
        ("示范区(高新区)党工委", "示范区（高新区）党工委"),
        ('他说:"要快!"', "他说：“要快！”"),
        ("上午10:30开会", "上午10:30开会"),
        ("投资1,000万元", "投资1,000万元"),
        ("Hello, world (yes)", "Hello, world (yes)"),
        ("没有配对(的括号", "没有配对(的括号"),
        ("参加会议.", "参加会议。"),
        ("第3.5节", "第3.5节"),
    ],
)
def test_half_width_marks_among_chinese_read_full_width(printed: str, shown: str) -> None:
    assert full_width(printed) == shown


@given(texts)
def test_full_width_keeps_every_place(text: str) -> None:
    assert len(full_width(text)) == len(text)


@given(texts, ranges, ranges)
def test_rendering_shows_the_whole_text_once(
    text: str, links: list[list[int]], hits: list[list[int]]
) -> None:
    html = render(text, [Link(*pair, "/people/x/") for pair in links], [(a, b) for a, b in hits])
    assert unescape(re.sub(r"</?(?:a|mark|wbr)\b[^>]*>", "", html)) == full_width(text)
    assert html.count("<a ") == html.count("</a>")
    assert html.count("<mark>") == html.count("</mark>")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("围绕“25311”远景", "围绕<wbr>“25311”<wbr>远景"),
        ("推进，“A+B”模式。", "推进，<wbr>“A+B”<wbr>模式。"),
        ("落实“25311”。", "落实<wbr>“25311”。"),
        ("绕“5G<6G”（注", "绕<wbr>“5G&lt;6G”<wbr>（注"),
        ("就“梦·焦作”项目", "就“梦·焦作”项目"),
        ("“25311”，“A”、（“B”）", "“25311”，<wbr>“A”、（“B”）"),
        ("He said “no” to it", "He said “no” to it"),
    ],
)
def test_a_line_may_break_beside_quoted_numbers_and_latin_words(text: str, html: str) -> None:
    assert render(text) == html


@given(ranges)
def test_links_never_overlap_and_the_longest_wins(pairs: list[list[int]]) -> None:
    kept = apart(Link(*pair, "/") for pair in pairs)
    assert all(one.end <= other.start for one, other in itertools.pairwise(kept))
    longest = max((b - a for a, b in pairs), default=0)
    assert max((link.end - link.start for link in kept), default=0) == longest


def test_a_hit_within_a_link_and_across_its_edge() -> None:
    html = render("书记吕沛到", [Link(2, 4, "/p/")], [(3, 5)])
    assert html == '书记<a class="name" href="/p/">吕<mark>沛</mark></a><mark>到</mark>'


def test_an_office_in_a_title_is_escaped() -> None:
    assert '"><script' not in render("吕沛", [Link(0, 2, "/p/", '"><script>')])


@given(texts)
def test_sentences_cover_all_visible_text(text: str) -> None:
    covered = {place for start, end in sentences(text) for place in range(start, end)}
    assert all(place in covered for place, letter in enumerate(text) if not letter.isspace())


def test_an_excerpt_leaves_the_credit_out_and_ends_at_a_sentence() -> None:
    text = "本报讯（记者付凯明）10月21日，会议召开。" + "吕沛参加会议并且讲话。" * 20
    assert excerpt(text, 40).startswith("10月21日，会议召开。")
    assert excerpt(text, 40).endswith("。")
    assert excerpt("没有标点的长文" * 40, 40).endswith("…")
