"""The command ``score`` over a folder of golden pages."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.conftest import ROOT


@pytest.fixture
def golden(tmp_path) -> Path:
    """A folder with one golden page, its dump beside it under another name than the seeds have."""
    found = next(
        path
        for path in sorted((ROOT / "tests" / "golden").glob("*.json"))
        if "source" in path.read_text("utf-8")
    )
    gold = json.loads(found.read_text(encoding="utf-8"))
    dump = next(
        each for folder in (found.parent, ROOT / "seeds") if (each := folder / gold["source"]).exists()
    )
    shutil.copy(dump, tmp_path / "dump.txt")
    (tmp_path / "page.json").write_text(json.dumps(gold | {"source": "dump.txt"}), encoding="utf-8")
    (tmp_path / "notes.json").write_text("{}")
    return tmp_path


def test_a_table_of_means_and_lowest_values(golden):
    out = io.StringIO()
    call_command("score", golden=golden, stdout=out)
    heading, *figures, count = out.getvalue().splitlines()
    assert heading.split() == ["mean", "low", "lowest", "on"]
    assert count == "1 pages"
    assert figures
    for line in figures:
        mean, low, *page = line[28:].split()
        assert 0 <= float(low) <= 1
        assert abs(float(mean) - float(low)) <= 0.0006  # of one page both are the same, told to other places
        assert page == (["page"] if float(low) < 1 else [])


def test_a_dump_that_is_missing_is_named(golden):
    (golden / "dump.txt").unlink()
    with pytest.raises(CommandError, match=r"page\.json: its dump dump\.txt is missing"):
        call_command("score", golden=golden)


def test_a_folder_without_golden_pages_is_told(tmp_path):
    with pytest.raises(CommandError, match="no golden pages there"):
        call_command("score", golden=tmp_path)
