"""In the admin, which names stand where, and staff's decisions whose they are: to be looked at."""

from __future__ import annotations

from django.contrib import admin

from archive.admin_kinds import ReadOnlyAdmin
from archive.models import IdentityDecision, Mention, PlaceMention


@admin.register(Mention)
class MentionAdmin(ReadOnlyAdmin):
    list_display = ["name", "person", "kind", "office", "article", "photo", "recogniser_version"]
    list_filter = ["kind", "recogniser_version"]
    search_fields = ["name", "office", "person__name"]
    list_select_related = ["person", "article", "photo"]


@admin.register(PlaceMention)
class PlaceMentionAdmin(ReadOnlyAdmin):
    list_display = ["place", "article", "field", "paragraph"]
    search_fields = ["place__name"]
    list_select_related = ["place", "article"]


@admin.register(IdentityDecision)
class IdentityDecisionAdmin(ReadOnlyAdmin):
    list_display = ["name", "kind", "key", "occurrence", "slug", "author", "created_at", "undone_at"]
    list_filter = ["kind"]
    search_fields = ["name", "slug", "key", "reason"]
