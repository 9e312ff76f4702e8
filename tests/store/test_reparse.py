"""``manage.py reparse``: after an upgrade, what is stored is brought to the newer parser and recogniser."""

import pytest
from django.core.management import call_command

from archive import changes
from archive.errors import DumpError
from archive.management.commands import reparse
from archive.models import Mention, PageVersion
from archive.parsing import PARSER_VERSION
from tests.store.test_store import TEXT, ingested

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


@pytest.mark.parametrize("error", [DumpError("", "is damaged"), IndexError("tuple index out of range")])
def test_one_dump_that_fails_keeps_no_other_from_the_better_parse(monkeypatch, capsys, error) -> None:
    first, second = ingested(), ingested(TEXT.replace("蒙牛", "伊利").replace("吕沛", "何浩"))
    PageVersion.objects.update(parser_version="an older one")
    real = reparse.read_dump

    def faulty(data, *rest):
        if data == TEXT.encode():
            raise error
        return real(data, *rest)

    monkeypatch.setattr(reparse, "read_dump", faulty)
    with pytest.raises(SystemExit) as ended:
        call_command("reparse")
    assert ended.value.code == 1
    assert f"{first.dump.name}: " in capsys.readouterr().err
    assert first.versions.first().parser_version == "an older one"
    assert second.versions.first().parser_version == PARSER_VERSION
