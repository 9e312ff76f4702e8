"""``manage.py reparse``: after an upgrade, what is stored is brought to the newer parser and recogniser."""

import pytest
from django.core.management import call_command

from archive import changes
from archive.models import Mention, PageVersion
from archive.parsing import PARSER_VERSION
from tests.store.test_store import ingested

pytestmark = pytest.mark.django_db


def test_pages_of_an_older_parser_are_read_anew(capsys: pytest.CaptureFixture[str]) -> None:
    page = ingested()
    PageVersion.objects.update(parser_version="an older one")
    call_command("reparse")
    page.refresh_from_db()
    assert page.versions.first().parser_version == PARSER_VERSION
    call_command("reparse")
    assert "nothing to do" in capsys.readouterr().out


def test_names_of_an_older_recogniser_are_recognised_anew() -> None:
    ingested()
    changes.catch_up("people")
    Mention.objects.update(recogniser_version="0")
    call_command("reparse")
    changes.catch_up("people")
    assert Mention.objects.exists()
    assert not Mention.objects.filter(recogniser_version="0").exists()
