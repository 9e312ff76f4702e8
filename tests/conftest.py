"""What every test may ask for. Fixtures of one room stand in that room's own ``conftest.py``."""

from __future__ import annotations

import gc
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

if TYPE_CHECKING:
    from tests.ops.site import Site

# The same examples in every run, and no example fails for being slow on a busy machine.
hypothesis_settings.register_profile(
    "baozang", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("baozang")

# Looking for cycles at every seven hundredth object, in vain, takes a tenth of the run.
gc.set_threshold(15_000)

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
def made(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """An archive that ``make serve`` made of the seeds in one go, ended in good order. Tests serve copies of it."""
    from tests.ops.site import Site

    # Only in the .venv that the Makefile made does ``make serve`` install nothing.
    venv = ROOT / ".venv"
    under_make = (venv / "requirements.txt.installed").exists() and Path(sys.prefix) == venv
    site = Site(tmp_path_factory.mktemp("made") / "data", under_make=under_make)
    try:
        site.start()
        status, page = site.get("/")
        assert status == 200
        assert "<html" in page
        code = site.end(signal.SIGTERM)
        assert code in ((2, -15) if site.under_make else (0,)), site.said
    finally:
        site.kill_all()
    return site


@pytest.fixture(scope="session")
def seeds() -> list[Path]:
    """The dumps that ship with the project."""
    return sorted((ROOT / "seeds").glob("*.txt"))
