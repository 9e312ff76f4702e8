"""What every test may ask for. Fixtures of one room stand in that room's own ``conftest.py``."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

# The same examples in every run, and no example fails for being slow on a busy machine.
hypothesis_settings.register_profile(
    "baozang", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("baozang")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session", autouse=True)
def _data_folder_of_this_run() -> Iterator[None]:
    """The data folder that ``tests/settings.py`` made, gone when the run is over."""
    yield
    if "baozang-tests-" in django_settings.DATA_DIR.name:
        shutil.rmtree(django_settings.DATA_DIR, ignore_errors=True)


@pytest.fixture
def data_folder(tmp_path: Path, settings) -> Path:
    """A data folder (and index) of this test alone."""
    settings.DATA_DIR = tmp_path / "data"
    settings.INDEX_DIR = settings.DATA_DIR / "index"
    settings.MEDIA_ROOT = settings.DATA_DIR / "media"
    settings.DATA_DIR.mkdir()
    return settings.DATA_DIR


@pytest.fixture(scope="session")
def seeds() -> list[Path]:
    """The dumps that ship with the project."""
    return sorted((ROOT / "seeds").glob("*.txt"))
