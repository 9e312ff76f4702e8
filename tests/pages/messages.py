"""The messages of the interface, taken from templates and Python as gettext would take them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]

#: Where messages are written, of readers' pages and the staff's.
TEMPLATES = ("templates",)
PYTHON = ("archive", "search", "config")

#: ``say`` is the pure modules' own (``archive.saying``).
_CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "gettext_noop", "ngettext_lazy", "say"}


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
    """Every message of the interface."""
    found: set[str] = set()
    for path in _files(PYTHON, (".py",)):
        found.update(_in_python(path.read_text(encoding="utf-8")))
    for path in _files(TEMPLATES, (".html", ".xml")):
        found.update(_in_template(path.read_text(encoding="utf-8")))
    return {message for message in found if message}
