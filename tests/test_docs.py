"""What the documents say is what the project does."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from archive.facts import KEYS
from config.environment import VARIABLES
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def table(text: str, heading: str) -> list[list[str]]:
    """The cells of the table under a heading."""
    part = text.split(f"\n{heading}\n", 1)[1]
    part = re.split(r"\n#", part, maxsplit=1)[0]
    rows = [line.strip().strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_the_readme_has_every_setting_as_it_is():
    shown = [
        (name.strip("`"), default.strip("`"), meaning)
        for name, default, meaning in table(README, "## Settings")
    ]
    assert shown == [(each.name, each.default, each.meaning) for each in VARIABLES]


def commands() -> list[str]:
    return sorted(
        path.stem
        for app in ("archive", "search", "config")
        for path in (ROOT / app / "management" / "commands").glob("[!_]*.py")
    )


def test_the_readme_has_every_command():
    shown = [re.match(r"`(\w+)", row[0]).group(1) for row in table(README, "## Commands")]
    assert shown == commands()


@pytest.mark.parametrize("target", ["serve", "test", "admin", "lint", "bench", "lock", "clean-venv"])
def test_every_make_target_is_in_the_readme_and_the_makefile(target):
    assert f"make {target}" in README
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_the_readme_has_every_fact():
    for key in KEYS:
        assert re.search(rf"^{key} = ", README, re.MULTILINE)


def test_every_dependency_has_its_line():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = [re.match(r"[\w.-]+", each).group() for each in wanted]
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\| \*\*([\w.-]+)\*\*", text, re.MULTILINE)
    assert sorted(shown, key=str.lower) == sorted(names, key=str.lower)


def test_every_link_between_documents_leads_somewhere():
    for document in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:", target):
                assert (document.parent / Path(target)).exists(), f"{document.name}: {target}"


def rooms() -> dict[str, set[str]]:
    """The modules that the architecture names under each folder's heading."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named: dict[str, set[str]] = {}
    for part in re.split(r"^(?=\*\*`)", text.split("\n## Rooms\n", 1)[1].split("\n## ", 1)[0], flags=re.M)[
        1:
    ]:
        folder = re.match(r"\*\*`([\w/]+)/`", part)[1]
        named.setdefault(folder, set()).update(re.findall(r"(\w+)\.py\b", part.split("\nOutside:", 1)[0]))
    return named


def test_the_architecture_names_every_module_in_its_room_and_no_others():
    named = rooms()
    there: dict[str, set[str]] = {folder: set() for folder in named}
    for app in ("config", "archive", "search"):
        for path in (ROOT / app).rglob("[!_]*.py"):
            place = path.relative_to(ROOT).as_posix()
            if "/migrations/" not in place:
                room = max((folder for folder in named if place.startswith(f"{folder}/")), key=len)
                there[room].add(path.stem)
    assert {room: there[room] ^ named[room] for room in named if there[room] != named[room]} == {}
