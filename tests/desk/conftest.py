"""Staff of each group, signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.test import Client

from archive import groups

Staff = Callable[[str], Client]


@pytest.fixture
def signed_in(db: None) -> Staff:
    """A client of a member of staff who is in the group, or in none."""
    cache.clear()

    def sign_in(group: str = "") -> Client:
        user = User.objects.create_user(f"staff-{User.objects.count()}", password="x", is_staff=True)
        if group:
            user.groups.add(Group.objects.get(name=group))
        client = Client(headers={"accept-language": "zh-CN"})
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def corrector(signed_in: Staff) -> Client:
    return signed_in(groups.CORRECTOR)


@pytest.fixture
def publisher(signed_in: Staff) -> Client:
    return signed_in(groups.PUBLISHER)
