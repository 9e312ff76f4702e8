"""The installation repairs itself, whenever it was killed."""

from __future__ import annotations

import base64
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.ops.site import PATIENCE

pytestmark = pytest.mark.server


def wheel(folder: Path, name: str) -> str:
    """A package made here, and its line for a requirements file."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    files = {
        f"{name}/__init__.py": "",
        **{f"{name}/part{number}.py": f"number = {number}\n" for number in range(200)},
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(path, "w") as archive:
        record = []
        for file, text in files.items():
            archive.writestr(file, text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
            record.append(f"{file},sha256={digest},{len(text)}")
        archive.writestr(f"{info}/RECORD", "\n".join([*record, f"{info}/RECORD,,"]) + "\n")
    return f"{name} @ {path.as_uri()} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Path:
    """A project whose packages need no network."""
    house = tmp_path_factory.mktemp("house")
    (house / "config").mkdir()
    shutil.copy(ROOT / "config" / "install.py", house / "config")
    (house / "requirements.txt").write_text(wheel(house, "alpha") + wheel(house, "beta"))
    return house


def install(house: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "config/install.py", "requirements.txt"], cwd=house, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip


def works(house: Path) -> bool:
    """Whether every part of every package is there."""
    parts = "import " + ", ".join(
        f"{name}.part{number}" for name in ("alpha", "beta") for number in (0, 99, 199)
    )
    return subprocess.run([house / ".venv" / "bin" / "python", "-c", parts], check=False).returncode == 0


def test_killed_at_any_moment_the_next_run_repairs_it(house):
    rng = random.Random(7)
    for whole_group in (True, False):
        process = install(house)
        try:
            process.wait(rng.uniform(0.2, 3.0))
        except subprocess.TimeoutExpired:
            if whole_group:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
    process = install(house)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    assert works(house)
    assert not (house / ".venv" / "installing").exists()


def test_what_is_installed_is_left_alone(house):
    install(house).communicate(timeout=PATIENCE)
    before = (house / ".venv" / "pyvenv.cfg").stat().st_mtime_ns
    process = install(house)
    said, _ = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said) == (0, "")
    assert (house / ".venv" / "pyvenv.cfg").stat().st_mtime_ns == before


def test_an_old_python_is_told_in_one_line(house, tmp_path):
    """With a stand-in for the interpreter's version; a real old one reads the file as well (no newer syntax)."""
    script = (
        "import sys, runpy; sys.version_info = (3, 9, 2, 'final', 0); sys.argv = ['install.py', 'requirements.txt'];"
        "runpy.run_path('config/install.py', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=house, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode != 0
    assert done.stderr.count("\n") == 1
    assert "Python 3.11 or newer is needed" in done.stderr


def test_the_file_has_no_syntax_newer_than_the_pythons_it_turns_away():
    import ast

    ast.parse((ROOT / "config" / "install.py").read_text(), feature_version=(3, 7))
