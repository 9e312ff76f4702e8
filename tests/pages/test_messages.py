"""The English catalogue: complete for what readers see, compiled, and with the same placeholders."""

from __future__ import annotations

import re

import polib
import pytest

from tests.pages.messages import ROOT, messages

CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def test_every_message_that_readers_see_is_in_english(catalogue: polib.POFile) -> None:
    missing = messages() - {entry.msgid for entry in catalogue.translated_entries()}
    assert not missing, "translate these in locale/en/LC_MESSAGES/django.po, then run compilemessages"


def test_nothing_is_left_in_the_catalogue_that_nobody_says(catalogue: polib.POFile) -> None:
    assert not {entry.msgid for entry in catalogue} - messages()


def test_placeholders_agree(catalogue: polib.POFile) -> None:
    for entry in catalogue:
        wanted = set(re.findall(r"%\(\w+\)s", entry.msgid))
        for text in (entry.msgstr, *entry.msgstr_plural.values()):
            if text:
                assert set(re.findall(r"%\(\w+\)s", text)) == wanted, entry.msgid


def test_the_compiled_catalogue_is_of_this_text(catalogue: polib.POFile) -> None:
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    assert {(e.msgid, e.msgstr, tuple(sorted(e.msgstr_plural.items()))) for e in compiled} == {
        (e.msgid, e.msgstr, tuple(sorted(e.msgstr_plural.items()))) for e in catalogue
    }
