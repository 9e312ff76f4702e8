from __future__ import annotations

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

#: What is done and what it is called, as Django names permissions.
_DEEDS = {"view": "Can view 地点", "change": "Can change 地点"}


def grant(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Give places to the groups that have people: those made before there were places would lack them for ever.

    On a new archive there are no groups yet; ``archive.groups`` makes them with both.
    """
    using = editor.connection.alias
    managers: Any = {
        name: apps.get_model(*name.split("."))._default_manager.using(using)
        for name in ("auth.Group", "auth.Permission", "contenttypes.ContentType")
    }
    for deed, title in _DEEDS.items():
        groups = managers["auth.Group"].filter(
            permissions__codename=f"{deed}_person", permissions__content_type__app_label="archive"
        )
        if not groups:
            continue
        place, _ = managers["contenttypes.ContentType"].get_or_create(app_label="archive", model="place")
        permission, _ = managers["auth.Permission"].get_or_create(
            content_type=place, codename=f"{deed}_place", defaults={"name": title}
        )
        for group in groups:
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0006_counts"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
