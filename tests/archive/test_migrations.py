from __future__ import annotations

import importlib
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection

pytestmark = pytest.mark.django_db


def rights(group: Group) -> set[str]:
    return set(group.permissions.values_list("codename", flat=True))


def test_groups_from_before_there_were_places_get_the_rights_that_they_have_of_people() -> None:
    grant = importlib.import_module("archive.migrations.0007_places_rights").grant
    readers, editors, others = (Group.objects.create(name=name) for name in ("readers", "editors", "others"))
    readers.permissions.set(Permission.objects.filter(codename="view_person"))
    editors.permissions.set(Permission.objects.filter(codename__in=["view_person", "change_person"]))
    others.permissions.set(Permission.objects.filter(codename="view_article"))
    for _ in range(2):
        grant(apps, SimpleNamespace(connection=connection))
        assert rights(readers) == {"view_person", "view_place"}
        assert rights(editors) == {"view_person", "change_person", "view_place", "change_place"}
        assert rights(others) == {"view_article"}
    assert Permission.objects.filter(codename="view_place").count() == 1
