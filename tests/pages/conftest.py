"""Each test of pages begins with nothing remembered and in Chinese."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def reader(db: None) -> Client:
    """A reader whose browser asks for Chinese."""
    return Client(headers={"accept-language": "zh-CN,zh;q=0.9"})


@pytest.fixture
def staff(reader: Client, admin_user: object) -> Client:
    """A reader who is signed in as staff."""
    reader.force_login(admin_user)  # type: ignore[arg-type]
    return reader
