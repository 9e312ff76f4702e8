"""A fresh process has what pages are made with before its first reader comes."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT

SAYS = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import config.wsgi
before = set(sys.modules)
from django.db import connections
from django.template.loader import get_template
import archive.views.front, search.views
print(set(sys.modules) - before)
print(connections["default"].connection)
loader = get_template("archive/home.html").template.engine.template_loaders[0]
print(all(name in str(list(loader.get_template_cache)) for name in ("archive/home.html", "search/results.html")))
"""


def test_views_and_templates_are_loaded_and_the_database_is_left_alone() -> None:
    said = subprocess.run(
        [sys.executable, "-c", SAYS], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert said.stdout.split("\n")[:3] == ["set()", "None", "True"], said.stderr


def test_a_worker_opens_the_index_and_starts_without_one(settings, tmp_path) -> None:
    from config.warming import open_index
    from search.documents import Document
    from search.engines import current

    settings.INDEX_DIR = tmp_path
    open_index()
    current().rebuild([Document("article", "a", paragraphs=("报纸",))])
    assert current()._snapshots._snapshot is None
    open_index()
    assert current()._snapshots._snapshot.count == 1
