from __future__ import annotations

import pytest

from archive.names import reading
from archive.names.lexicon import lexicon

SURNAMES = lexicon().surnames


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("翟鹏程", "zhái péngchéng"),
        ("葛巧红", "gě qiǎohóng"),
        ("单莺", "shàn yīng"),
        ("曾庆红", "zēng qìnghóng"),
        ("仇和", "qiú hé"),
        ("查良镛", "zhā liángyōng"),
        ("尉迟恭", "yùchí gōng"),
        ("万俟卨", "mòqí xiè"),
        ("吕沛", "lǚ pèi"),
    ],
)
def test_surnames_are_read_as_surnames(name: str, read: str) -> None:
    assert reading(name, SURNAMES).pinyin == read


def test_the_given_name_keeps_its_own_reading() -> None:
    assert reading("王单", SURNAMES).pinyin == "wáng dān"


@pytest.mark.parametrize("typed", ["lvpei", "lüpei", "lupei", "lyupei", "lp"])
def test_a_search_for_u_umlaut_answers_every_way_to_type_it(typed: str) -> None:
    assert typed in reading("吕沛", SURNAMES).forms


def test_initials_and_plain_form() -> None:
    found = reading("付凯明", SURNAMES)
    assert (found.initials, found.plain) == ("fkm", "fukaiming")


def test_staff_s_table_wins() -> None:
    assert reading("吕沛", {"吕": "lǚ"}).pinyin != reading("吕沛", {"吕": "lú"}).pinyin


def test_a_foreign_name_has_no_surname() -> None:
    found = reading("司马义·艾买提", SURNAMES)
    assert found.plain == "simayiaimaiti"
    assert " " not in found.pinyin


def test_a_name_of_nothing_readable_has_an_empty_reading() -> None:
    assert reading("·", SURNAMES).forms == ("",)


def test_each_surname_of_the_fixture_has_as_many_syllables_as_characters() -> None:
    assert len(SURNAMES) > 400
    for surname, read in SURNAMES.items():
        assert len(read.split()) == len(surname)
