"""Make .venv and install locked packages into it: ``python3 config/install.py requirements.txt``.

Runs on a bare Python, before anything is installed, and says so when that Python is too old. While it works the file
.venv/installing is there; who finds it begins with an empty .venv, so that an installation killed at any moment is
repaired by the next one.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
DISCARDED = ROOT / ".venv.old"
MARK = VENV / "installing"
PYTHON = VENV / "bin" / "python"
MADE_BY = VENV / "python.version"


def main(requirements: Path) -> None:
    """Bring .venv in line with a requirements file; at once when it is already."""
    _go_on_with_a_new_enough_python()
    stamp = VENV / f"{requirements.name}.installed"
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if _is_installed(stamp, wanted):
        return
    with (ROOT / ".venv.lock").open("w") as lock:
        _take(lock)
        if _is_installed(stamp, wanted):
            return
        _make_venv(lock)
        _write(MARK, "")
        print(f"Installing the packages of {requirements.name} into .venv (about a minute) …", flush=True)
        pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        if _run([*pip, "--require-hashes", "--requirement", str(requirements)], lock) != 0:
            sys.exit(
                "The packages could not be installed (see above). Check the network, then run this again."
            )
        _write(stamp, wanted)
        MARK.unlink()


def _go_on_with_a_new_enough_python() -> None:
    if sys.version_info >= OLDEST:
        return
    for minor in range(19, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            os.execv(newer, [newer, *sys.argv])  # noqa: S606 — a Python from the user's own path
    have = ".".join(str(number) for number in sys.version_info[:2])
    sys.exit(
        f"Python 3.11 or newer is needed; {sys.executable} is {have}. Name another: make PYTHON=/path/to/python3"
    )


def _is_installed(stamp: Path, wanted: str) -> bool:
    whole = PYTHON.exists() and not MARK.exists() and stamp.exists()
    return whole and stamp.read_text() == wanted and _made_by() == sys.version


def _made_by() -> str:
    return MADE_BY.read_text() if MADE_BY.exists() else ""


def _make_venv(lock: IO[str]) -> None:
    """An empty .venv; the one that is there if it is whole and of this Python."""
    if PYTHON.exists() and not MARK.exists() and _made_by() == sys.version:
        return
    shutil.rmtree(DISCARDED, ignore_errors=True)
    if VENV.exists():
        VENV.rename(DISCARDED)  # at once: a half-deleted .venv could look whole
        shutil.rmtree(DISCARDED, ignore_errors=True)
    VENV.mkdir()
    _write(MARK, "")
    if _run([sys.executable, "-m", "venv", str(VENV)], lock) != 0:
        sys.exit("A virtual environment could not be made (see above). On Debian: apt install python3-venv")
    _write(MADE_BY, sys.version)


def _run(command: "list[str]", lock: IO[str]) -> int:
    """Run with the lock: should this process alone be killed, the next one waits until the command has ended."""
    return subprocess.run(command, pass_fds=[lock.fileno()], check=False).returncode  # noqa: S603 — our own commands


def _take(lock: IO[str]) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        print("Another installation is under way; waiting for its end …", flush=True)
        fcntl.flock(lock, fcntl.LOCK_EX)


def _write(path: Path, text: str) -> None:
    """Write the whole file or nothing."""
    draft = path.with_name(f"{path.name}.draft")
    with draft.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


if __name__ == "__main__":
    main(ROOT / sys.argv[1])
