"""Engines, and the one that is in use."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from archive.errors import SettingError
from search.engines.base import Engine


@cache
def _engine(name: str, directory: Path) -> Engine:
    try:
        engine: Engine = import_string(name)(directory)
    except ImportError as error:
        raise SettingError(
            "BAOZANG_SEARCH_ENGINE",
            f"{name} can't be loaded: {error}",
            "Name an engine class, or leave it out.",
        ) from error
    return engine


def current() -> Engine:
    """The engine that the settings name, over ``INDEX_DIR``; one object a process."""
    return _engine(settings.SEARCH_ENGINE, Path(settings.INDEX_DIR))
