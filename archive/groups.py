"""The four groups of staff (``fixtures/groups.json``), made after migrating, when their permissions are there."""

from __future__ import annotations

import json
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

VIEWER, CORRECTOR, PUBLISHER, ADMINISTRATOR = (
    "viewer 查看",
    "corrector 校订",
    "publisher 出版",
    "administrator 管理",
)


def make_groups(sender: AppConfig | None = None, using: str = "default", **_: Any) -> None:
    """Make the groups that are not there yet; others stay as staff have them. A ``post_migrate`` receiver."""
    for label in ("archive", "auth"):
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    text = (settings.BASE_DIR / "fixtures" / "groups.json").read_text(encoding="utf-8")
    for row in json.loads(text):
        group, made = Group.objects.using(using).get_or_create(name=row["fields"]["name"])
        if made:
            group.permissions.set(_permission(using, *key) for key in row["fields"]["permissions"])


def _permission(using: str, codename: str, app: str, model: str) -> Permission:
    return Permission.objects.using(using).get(
        codename=codename, content_type__app_label=app, content_type__model=model
    )
