"""In the admin, users and groups: nobody gives rights that they don't have, or takes over who has more."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as PlainGroupAdmin
from django.contrib.auth.admin import UserAdmin as PlainUserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import QuerySet
from django.http import HttpRequest

from archive.admin_kinds import StaffAdmin

admin.site.unregister([User, Group])


def _rights(group: Group) -> set[str]:
    found = group.permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in found}


def _grantable(request: HttpRequest) -> QuerySet[Group]:
    """The groups whose every right the user has."""
    if request.user.is_superuser:
        return Group.objects.all()
    own = request.user.get_all_permissions()
    return Group.objects.filter(pk__in=[group.pk for group in Group.objects.all() if _rights(group) <= own])


@admin.register(User)
class UserAdmin(StaffAdmin, PlainUserAdmin):
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Rights come with groups; only a superuser gives single ones or makes superusers."""
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else [*fields, "is_superuser", "user_permissions"]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["queryset"] = _grantable(request)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._has_no_more(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._has_no_more(request, obj)

    @staticmethod
    def _has_no_more(request: HttpRequest, user: User | None) -> bool:
        """Whether the user, whose password could be set, has no right that this member of staff lacks.

        One who may not sign in has no rights now, but may be let in again: those of the groups count.
        """
        if user is None or request.user.is_superuser:
            return True
        rights = set().union(*map(_rights, user.groups.all()))
        rights |= user.get_all_permissions()
        return not user.is_superuser and rights <= request.user.get_all_permissions()


@admin.register(Group)
class GroupAdmin(StaffAdmin, PlainGroupAdmin):
    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field is not None and db_field.name == "permissions" and not request.user.is_superuser:
            own = request.user.get_all_permissions()
            rows = Permission.objects.select_related("content_type")
            held = [row.pk for row in rows if f"{row.content_type.app_label}.{row.codename}" in own]
            field.queryset = rows.filter(pk__in=held)
        return field

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return super().has_change_permission(request, obj) and (
            obj is None or _grantable(request).filter(pk=obj.pk).exists()
        )
