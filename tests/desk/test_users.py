"""Nobody gives rights that they don't have, or takes over the account of who has more."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from archive import groups
from archive.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(signed_in) -> Client:
    return signed_in(groups.ADMINISTRATOR)


def address(user: User, more: str = "change/") -> str:
    return f"/admin/auth/user/{user.pk}/{more}"


def form(user: User, **values: object) -> dict[str, object]:
    joined = str(user.date_joined.date())
    return {"username": user.username, "date_joined_0": joined, "date_joined_1": "00:00:00", "is_staff": "on", "is_active": "on"} | values  # fmt: skip


def test_an_administrator_makes_no_superusers_and_gives_no_single_rights(administrator: Client) -> None:
    user = User.objects.create_user("zhang", password="x", is_staff=True)
    right = Permission.objects.get(codename="delete_user")
    group = Group.objects.get(name=groups.CORRECTOR)
    sent = form(user, is_superuser="on", user_permissions=[right.pk], groups=[group.pk])
    assert administrator.post(address(user), sent).status_code == 302
    user.refresh_from_db()
    assert not user.is_superuser
    assert not user.user_permissions.exists()
    assert list(user.groups.all()) == [group], "what they may give they give"
    assert AuditEntry.objects.filter(deed="修改", target__contains="zhang").exists()


def test_nor_themselves(administrator: Client) -> None:
    me = User.objects.get(pk=administrator.session["_auth_user_id"])
    mine = [group.pk for group in me.groups.all()]
    administrator.post(address(me), form(me, is_superuser="on", groups=mine))
    me.refresh_from_db()
    assert not me.is_superuser


@pytest.mark.parametrize("more", ["change/", "password/"])
@pytest.mark.parametrize("kind", ["a superuser", "one with a right more", "one in a group that may more"])
def test_who_has_more_is_not_theirs_to_change(administrator: Client, more: str, kind: str) -> None:
    user = User.objects.create_user("boss", password="x", is_staff=True, is_superuser=kind == "a superuser")
    right = Permission.objects.get(codename="delete_user")
    if kind == "one with a right more":
        user.user_permissions.add(right)
    if kind == "one in a group that may more":
        group = Group.objects.create(name="more")
        group.permissions.add(right)
        user.groups.add(group)
        user.is_active = False
        user.save()
    before = user.password
    new = {"password1": "another-word-9", "password2": "another-word-9", "usable_password": "true"}
    sent = new if more == "password/" else form(user, username="taken-over")
    assert administrator.post(address(user, more), sent).status_code == 403
    user.refresh_from_db()
    assert (user.username, user.password) == ("boss", before)


def test_groups_are_given_only_what_one_has(administrator: Client) -> None:
    group = Group.objects.get(name=groups.VIEWER)
    held = list(group.permissions.values_list("pk", flat=True))
    more = Permission.objects.get(codename="delete_user").pk
    path = f"/admin/auth/group/{group.pk}/change/"
    assert administrator.post(path, {"name": group.name, "permissions": [*held, more]}).status_code == 200
    assert not group.permissions.filter(pk=more).exists()
    assert administrator.post(path, {"name": group.name, "permissions": held[1:]}).status_code == 302
    above = Group.objects.create(name="more")
    above.permissions.add(more)
    sent = {"name": "mine", "permissions": held}
    assert administrator.post(f"/admin/auth/group/{above.pk}/change/", sent).status_code == 403
    me = User.objects.get(pk=administrator.session["_auth_user_id"])
    assert administrator.post(address(me), form(me, groups=[above.pk])).status_code == 200
    assert not me.groups.filter(pk=above.pk).exists()


def test_a_superuser_may_all_that(admin_client: Client) -> None:
    user = User.objects.create_user("zhang", password="x", is_staff=True)
    admin_client.post(address(user), form(user, is_superuser="on"))
    user.refresh_from_db()
    assert user.is_superuser
