"""The project stands alone: no tracked file names a machine, a package registry, or a file of those who made it."""

from __future__ import annotations

import re
import subprocess
import tomllib

import pytest

from tests.conftest import ROOT

#: Each as a pattern in pieces, so that this file does not hold what it looks for.
FORBIDDEN = {
    "package registries": r"(py"
    + r"pi\.org|python"
    + r"hosted|registry\.npm"
    + r"js|--(extra-)?index"
    + r"-url\b[ =]+\S)",
    "paths of a machine": r"(/ho"
    + r"me/[a-z]|/Us"
    + r"ers/[A-Za-z]|/ro"
    + r"ot/|/wo"
    + r"rk/|/opt/wh"
    + r"eels)",
    "find-links": r"^--find" + r"-links",
    "the makers' shared folder": r"(\.\./sha" + r"red|/wo" + r"rk/sha" + r"red|issues sho" + r"w \d)",
}
LARGEST = 2 * 1024 * 1024


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )  # fmt: skip
    if listed.returncode != 0:
        pytest.skip("not a git clone")
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_tracked_file_names(what):
    pattern = re.compile(FORBIDDEN[what], re.MULTILINE)
    found = []
    for name in tracked():
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name}: {match.group()}" for match in pattern.finditer(text)]
    assert found == []


def test_no_tracked_file_is_huge():
    assert [name for name in tracked() if (ROOT / name).stat().st_size > LARGEST] == []


def test_every_requirement_is_locked_with_hashes():
    for file in ("requirements.txt", "requirements-dev.txt"):
        entries = re.split(r"\n(?=\S)", (ROOT / file).read_text())
        packages = [entry for entry in entries if re.match(r"[\w.-]+==", entry)]
        assert len(packages) > 10
        assert [entry.split()[0] for entry in packages if "--hash=sha256:" not in entry] == []


def test_every_dependency_is_in_the_lock():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for wanted, file in (
        (project["dependencies"], "requirements.txt"),
        (project["optional-dependencies"]["dev"], "requirements-dev.txt"),
    ):
        locked = {
            name.lower() for name in re.findall(r"^([\w.-]+)==", (ROOT / file).read_text(), re.MULTILINE)
        }
        assert {re.match(r"[\w.-]+", each).group().lower() for each in wanted} <= locked
