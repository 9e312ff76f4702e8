"""The messages that readers see, taken from templates and Python as gettext would take them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import override
from django.utils.translation.template import templatize

from archive.models import DateCertainty, Genre, Newspaper, PageVersion, Report

ROOT = Path(__file__).resolve().parents[2]

#: The reading room and what it shows of other rooms; the admin is staff's and stays Chinese.
TEMPLATES = (
    "templates/base.html",
    "templates/403.html",
    "templates/403_csrf.html",
    "templates/404.html",
    "templates/parts",
    "templates/archive",
    "templates/search",
)
PYTHON = (
    *(
        "archive/views",
        "archive/templatetags",
        "archive/desk/public.py",
        "archive/dates.py",
        "archive/feeds.py",
    ),
    *("search/views.py", "search/exports.py", "search/trends.py", "search/notes.py", "search/templatetags"),
)

#: Choices of the models that readers see, and what the models say of themselves to readers.
CHOICES = (DateCertainty, Genre, Newspaper.Rights, PageVersion.Kind, Report.Kind)
SAID_BY_MODELS = {"无题", "版次不详", "第%(number)s版"}

_CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "gettext_noop", "ngettext_lazy"}


def _files(paths: tuple[str, ...], suffixes: tuple[str, ...]) -> Iterator[Path]:
    for path in paths:
        whole = ROOT / path
        yield from [whole] if whole.is_file() else sorted(p for p in whole.rglob("*") if p.suffix in suffixes)


def _in_python(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS:
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def _in_template(source: str) -> Iterator[str]:
    turned = templatize(source)
    for call in re.finditer(r"\b(?:n?gettext|_)\(\s*u?('(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")", turned):
        yield ast.literal_eval(call[1])
    for call in re.finditer(r'\b(?:n?gettext|_)\(u?("""|\'\'\')(.*?)\1', turned, re.DOTALL):
        yield call[2]


def messages() -> set[str]:
    """Every message of the reading room."""
    with override("zh-hans"):
        found = SAID_BY_MODELS | {str(label) for choices in CHOICES for label in choices.labels}
    for path in _files(PYTHON, (".py",)):
        found.update(_in_python(path.read_text(encoding="utf-8")))
    for path in _files(TEMPLATES, (".html", ".xml")):
        found.update(_in_template(path.read_text(encoding="utf-8")))
    return {message for message in found if message}
