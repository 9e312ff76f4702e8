"""The facts beside a dump."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import FactsError
from archive.facts import KEYS, facts_beside, page_facts, read_facts
from archive.structure import Certainty

TODAY = dt.date(2026, 1, 1)
WHOLE = """
newspaper = "焦作日报"
date = 2021-10-24
page_number = 3
page_name = "示范区"
edition = "晚刊"
source = "报社"
"""


def test_every_key_reaches_the_page():
    facts = page_facts(read_facts(WHOLE.encode(), "page.toml", TODAY))
    assert (facts.newspaper, facts.number, facts.name) == ("焦作日报", 3, "示范区")
    assert (facts.edition, facts.source) == ("晚刊", "报社")
    assert facts.issue_date.value == "2021-10-24"
    assert facts.issue_date.certainty is Certainty.GIVEN
    assert set(read_facts(WHOLE.encode(), "page.toml", TODAY)) == set(KEYS)


@pytest.mark.parametrize("codec", ["utf-8-sig", "gb18030", "utf-16"])
def test_facts_come_in_any_encoding(codec):
    assert read_facts(WHOLE.encode(codec), "page.toml", TODAY)["newspaper"] == "焦作日报"


def test_a_date_may_be_text_and_nothing_is_needed():
    assert read_facts(b'date = "2021-10-24"', "f", TODAY) == {"date": "2021-10-24"}
    assert read_facts(b"", "f", TODAY) == {}
    assert page_facts({}).issue_date.certainty is Certainty.UNKNOWN


@pytest.mark.parametrize("date", ["1600-01-01", "2026-01-02"])
def test_the_first_and_the_last_date(date):
    assert read_facts(f"date = {date}".encode(), "f", TODAY) == {"date": date}


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("date = 2021-13-45", "not TOML"),
        ('date = "2021-02-30"', "date can't be “2021-02-30”"),
        ('date = "24.10.2021"', "24.10.2021"),
        ("date = 20211024", "20211024"),
        ("date = 2021-10-24T10:00:00", "date can't be"),
        ("date = 2026-01-03", "date can't be 2026-01-03: today is 2026-01-01"),
        ("date = 1599-12-31", "1599-12-31"),
        ("date = 0021-10-24", "0021-10-24"),
        ("page_number = 0", "page_number can't be"),
        ("page_number = true", "page_number can't be"),
        ('page_number = "一"', "page_number can't be"),
        ("newspaper = 5", "newspaper can't be"),
        ("page_name = '" + "长" * 61 + "'", "61 characters"),
        ("pagenumber = 5", "Did you mean page_number"),
        ("colour = 'red'", "Keys are"),
        ("page = 1\npage_number = 2", "twice"),
        ("= 5", "not TOML"),
    ],
)
def test_wrong_facts_name_file_and_remedy(toml, words):
    with pytest.raises(FactsError, match=words) as caught:
        read_facts(toml.encode(), "folder/page.toml", TODAY)
    assert caught.value.thing == "folder/page.toml"
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


@given(st.binary(max_size=200))
def test_nothing_but_facts_errors(data):
    with suppress(FactsError):
        assert set(read_facts(data, "page.toml", TODAY)) <= set(KEYS)


def test_the_file_beside_the_dump(tmp_path):
    dump = tmp_path / "page.txt"
    dump.write_text("甲")
    assert facts_beside(dump) == {}
    (tmp_path / "page.toml").write_text("page_number = 1")
    assert facts_beside(dump) == {"page_number": 1}
    (tmp_path / "page.txt.toml").write_text("page_number = 2")
    assert facts_beside(dump) == {"page_number": 2}


def test_facts_behind_a_broken_link_are_missed(tmp_path):
    (tmp_path / "page.toml").symlink_to(tmp_path / "gone.toml")
    with pytest.raises(FactsError, match=r"page\.toml"):
        facts_beside(tmp_path / "page.txt")
