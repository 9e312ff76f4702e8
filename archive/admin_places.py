"""Places in the admin: readings, notes, and which of them readers see."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from archive import changes
from archive.admin_kinds import KeepingAdmin
from archive.models import Change, Place


@admin.register(Place)
class PlaceAdmin(KeepingAdmin):
    list_display = ["name", "reading", "listed"]
    list_filter = ["listed"]
    search_fields = ["name", "reading", "search_forms", "note"]
    fields = ["name", "slug", "reading", "initials", "search_forms", "note", "listed"]
    readonly_fields = ["name", "slug"]

    def save_model(self, request: HttpRequest, obj: Place, form: Any, change: bool) -> None:
        """The articles that name it are indexed anew, since a place that is not listed is no facet of theirs."""
        super().save_model(request, obj, form, change)
        keys = obj.mentions.order_by().values_list("article__key", flat=True).distinct()
        changes.append([(Change.What.MENTIONS, key) for key in keys])
