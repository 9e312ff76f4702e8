"""Who may open what, and that the log of deeds tells everything and can't be edited."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from archive import groups
from archive.groups import make_groups
from archive.models import AuditEntry, Page
from tests.factories import page as stored_page

SCREENS = {
    "queue": "/admin/desk/",
    "articles": "/admin/desk/articles/",
    "page": "/admin/desk/pages/{page}/",
    "history": "/admin/desk/pages/{page}/history/",
    "version": "/admin/desk/pages/{page}/history/1/",
    "proposals": "/admin/desk/proposals/",
    "reports": "/admin/desk/reports/",
    "uploads": "/admin/desk/uploads/",
    "visibility": "/admin/desk/visibility/article/{article}/",
}
MAY_OPEN = {
    "": set(),
    groups.VIEWER: {"queue", "articles", "page", "history", "version", "proposals", "reports"},
    groups.CORRECTOR: {"queue", "articles", "page", "history", "version", "proposals", "reports"},
    groups.PUBLISHER: set(SCREENS),
    groups.ADMINISTRATOR: set(SCREENS),
}
POSTS = {
    "save": ("/admin/desk/pages/{page}/", groups.CORRECTOR),
    "right": ("/admin/desk/pages/{page}/right/", groups.CORRECTOR),
    "restore": ("/admin/desk/pages/{page}/history/1/restore/", groups.CORRECTOR),
    "bulk": ("/admin/desk/bulk/", groups.PUBLISHER),
    "uploads": ("/admin/desk/uploads/", groups.PUBLISHER),
    "confirm": ("/admin/desk/uploads/confirm/", groups.PUBLISHER),
    "visibility": ("/admin/desk/visibility/article/{article}/", groups.PUBLISHER),
}
RANK = ["", groups.VIEWER, groups.CORRECTOR, groups.PUBLISHER, groups.ADMINISTRATOR]


def address(pattern: str, page: Page) -> str:
    return pattern.format(page=page.key, article=page.articles.get(position=1).key)


@pytest.mark.parametrize("group", RANK)
def test_each_group_opens_its_screens_and_no_others(signed_in, group: str) -> None:
    page, client = stored_page(), signed_in(group)
    opened = {name for name, path in SCREENS.items() if client.get(address(path, page)).status_code == 200}
    assert opened == MAY_OPEN[group]


@pytest.mark.parametrize("group", RANK)
@pytest.mark.parametrize("name", POSTS)
def test_deeds_need_their_group(signed_in, group: str, name: str) -> None:
    page, client = stored_page(), signed_in(group)
    path, least = POSTS[name]
    status = client.post(address(path, page), {"based_on": "1"}).status_code
    assert (status != 403) == (RANK.index(group) >= RANK.index(least))


def test_strangers_are_asked_to_sign_in(client: Client, db: None) -> None:
    page = stored_page()
    for path in SCREENS.values():
        response = client.get(address(path, page))
        assert response.status_code == 302
        assert "/admin/login/" in response.headers["Location"]


def test_groups_are_made_once_and_then_belong_to_staff(db: None) -> None:
    group = Group.objects.get(name=groups.VIEWER)
    assert group.permissions.exists()
    group.permissions.clear()
    make_groups()
    assert not group.permissions.exists()
    names = [set(Group.objects.get(name=name).permissions.all()) for name in RANK[2:]]
    assert names[0] < names[1] < names[2], "each group may do what the one below may"
    assert not Permission.objects.filter(
        group__name=groups.PUBLISHER, content_type__app_label="auth"
    ).exists()


def test_the_log_tells_who_did_what_and_nobody_edits_it(corrector: Client, admin_client: Client) -> None:
    page = stored_page()
    actions = json.dumps([{"do": "supply-headline", "article": [1, 0], "text": "题"}])
    retext = json.dumps([{"do": "retext", "block": [1, 0], "text": "改了的标题"}])
    assert (
        corrector.post(
            f"/admin/desk/pages/{page.key}/", {"based_on": 1, "actions": actions, "save": 1}
        ).status_code
        == 200
    )
    assert not AuditEntry.objects.exists(), "what could not be done is not told as done"
    corrector.post(f"/admin/desk/pages/{page.key}/", {"based_on": 1, "actions": retext, "save": 1})
    (entry,) = AuditEntry.objects.all()
    assert (entry.user_name, entry.deed) == ("staff-0", "校订")
    assert "改字" in entry.detail
    change = f"/admin/archive/auditentry/{entry.pk}/"
    assert admin_client.get(f"{change}change/").status_code == 200
    assert admin_client.post(f"{change}change/", {"deed": "x"}).status_code == 403
    assert admin_client.post(f"{change}delete/", {"post": "yes"}).status_code == 403
    assert AuditEntry.objects.get().deed == "校订"
