from __future__ import annotations

import gzip
import io
import json

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from archive.names import MentionKind, NameMention
from archive.names.scoring import GoldError, Score, in_half, read_gold, score


def article(key: str, *paragraphs: tuple[str, list[str]]) -> str:
    paras = [{"text": text, "persons": [{"name": name} for name in names]} for text, names in paragraphs]
    return json.dumps({"id": key, "paras": paras}, ensure_ascii=False)


FILE = "\n".join(
    [
        article("a1", ("吕沛调研重点项目", ["吕沛"]), ("区领导高鸿、侯建华参加。", ["高鸿", "侯建华"])),
        article("a2", ("会议要求抓好落实。", [])),
    ]
)


@pytest.mark.parametrize("name", ["marked.jsonl", "marked.jsonl.gz"])
def test_marked_articles_are_read_plain_or_zipped(tmp_path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(FILE.encode()) if name.endswith("gz") else FILE.encode())
    first, second = read_gold(path)
    assert first.names == {"吕沛", "高鸿", "侯建华"}
    assert second.names == frozenset()


def test_names_count_once_an_article_and_surnames_not_at_all(tmp_path) -> None:
    path = tmp_path / "marked.jsonl"
    path.write_text(article("a1", ("吕沛", ["吕沛"]), ("吕，高鸿", ["吕", "高鸿"])), encoding="utf-8")
    found = [NameMention(name, MentionKind.SUBJECT, 0, 0, 2) for name in ("吕沛", "吕沛", "赵", "王五")]
    assert score(read_gold(path)[0], found) == Score(right=1, wrong=1, missed=1)


@pytest.mark.parametrize(
    ("content", "said"), [(b"{}", "line 1"), (FILE.encode() + b"\n[1]", "line 3"), (b"\xff\xfe", "utf-8")]
)
def test_a_file_that_is_none_is_named_with_the_line(tmp_path, content: bytes, said: str) -> None:
    path = tmp_path / "marked.jsonl"
    path.write_bytes(content)
    with pytest.raises(GoldError, match=said):
        read_gold(path)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_figures_lie_between_nothing_and_all(right: int, wrong: int, missed: int) -> None:
    figures = Score(right, wrong, missed)
    assert 0 <= min(figures.precision, figures.recall) <= figures.f1 + 1e-9
    assert figures.f1 <= max(figures.precision, figures.recall) + 1e-9 <= 1 + 1e-9


def test_both_halves_are_used() -> None:
    assert {in_half(f"article {number}") for number in range(20)} == {0, 1}


def test_the_command_prints_the_figures(tmp_path) -> None:
    path = tmp_path / "marked.jsonl"
    path.write_text(FILE, encoding="utf-8")
    out = io.StringIO()
    call_command("score", people=path, stdout=out)
    assert out.getvalue().splitlines()[-1].split()[-3:] == ["1.0000", "1.0000", "1.0000"]


def test_the_command_names_a_file_that_isn_t_there(tmp_path) -> None:
    with pytest.raises(CommandError, match=r"absent\.jsonl"):
        call_command("score", people=tmp_path / "absent.jsonl")
