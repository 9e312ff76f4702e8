"""Django's secret key where the operator gives none: made once, kept in the data folder, readable by its owner only."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key

from archive.errors import SettingError


def secret_key(folder: Path) -> str:
    """The key in ``folder``, made if there is none. Raises SettingError when the folder can't be written."""
    path = folder / "secret_key"
    try:
        if not path.exists():
            _make(path)
        key = path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise SettingError(
            "BAOZANG_DATA",
            f"the data folder can't be used ({error})",
            "Name a folder that this user may write.",
        ) from error
    if not key:
        raise SettingError(str(path), "is empty", "Delete it: a new key is made and everyone signs in again.")
    return key


def _make(path: Path) -> None:
    """Write a whole key under its name or nothing, also when two processes start at once or one is killed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".secret_key.{os.getpid()}")
    draft.touch(mode=0o600)
    with draft.open("w", encoding="ascii") as file:
        file.write(get_random_secret_key())
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
