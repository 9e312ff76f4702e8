"""In the admin, what the program and staff did: to be looked at."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from archive.admin_kinds import ReadOnlyAdmin, said
from archive.models import AuditEntry, Change, Chronicle, Cursor, KeyRedirect, MonthCount
from archive.readable import READ_WITHHELD
from archive.wording import reworded


@admin.register(KeyRedirect)
class KeyRedirectAdmin(ReadOnlyAdmin):
    list_display = ["what", "old", "new", "created_at"]
    list_filter = ["what"]
    search_fields = ["old", "new"]


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ["id", "what", "key", "at"]
    list_filter = ["what"]
    search_fields = ["key"]


@admin.register(Cursor)
class CursorAdmin(ReadOnlyAdmin):
    list_display = ["consumer", "position", "updated_at"]


_DEED = said("deed", _("操作"))


class DeedFilter(admin.SimpleListFilter):
    """The deeds that there are, by the names that staff see."""

    title = _("操作")
    parameter_name = "deed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        deeds = AuditEntry.objects.order_by("deed").values_list("deed", flat=True).distinct()
        return [(deed, reworded(deed)) for deed in deeds]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        deed = self.value()
        return queryset.filter(deed=deed) if deed else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """What staff did: to be read, by nobody to be changed."""

    list_display = ["at", "user_name", _DEED, "target"]
    list_filter = [DeedFilter, "at"]
    fields = ["at", "user", "user_name", _DEED, "target", "detail"]
    search_fields = ["user_name", "target", "detail"]

    def has_view_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        """It tells what was done to withheld text in its words, so only who may read that may read it."""
        return super().has_view_permission(request, obj) and request.user.has_perm(READ_WITHHELD)


@admin.register(MonthCount)
class MonthCountAdmin(ReadOnlyAdmin):
    list_display = ["month", "issues", "pages", "articles", "photos", "stale"]
    search_fields = ["month"]


@admin.register(Chronicle)
class ChronicleAdmin(ReadOnlyAdmin):
    list_display = ["person", "place"]
    search_fields = ["person__name", "place__name"]
    list_select_related = ["person", "place"]
