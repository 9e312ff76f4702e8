"""In the admin, what staff decide for all articles: newspapers, sections, how surnames are read."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from archive.admin_kinds import ReadOnlyAdmin, StaffAdmin, TellingAdmin
from archive.models import Column, Newspaper, Person, Section, SurnameReading
from archive.people import reread


@admin.register(Newspaper)
class NewspaperAdmin(TellingAdmin):
    articles_by = "page__issue__newspaper"
    list_display = ["name", "slug", "place", "publisher", "rights"]
    list_filter = ["rights"]
    search_fields = ["name", "slug", "place", "publisher"]

    def get_readonly_fields(self, request: HttpRequest, obj: Newspaper | None = None) -> list[str]:
        """A newspaper's address never changes once it is out."""
        return ["slug"] if obj else []


@admin.register(Section)
class SectionAdmin(TellingAdmin):
    articles_by = "sections"
    list_display = ["name", "slug", "position"]
    list_editable = ["position"]
    search_fields = ["name", "vocabulary"]

    def get_readonly_fields(self, request: HttpRequest, obj: Section | None = None) -> list[str]:
        return ["slug"] if obj else []


@admin.register(Column)
class ColumnAdmin(ReadOnlyAdmin):
    """Printed labels: what the print says is not renamed; an article's own label is set at the desk."""

    list_display = ["name", "newspaper"]
    list_filter = ["newspaper"]
    search_fields = ["name"]


@admin.register(SurnameReading)
class SurnameReadingAdmin(StaffAdmin):
    list_display = ["surname", "reading"]
    search_fields = ["surname", "reading"]

    def save_model(self, request: HttpRequest, obj: SurnameReading, form: Any, change: bool) -> None:
        """A surname read otherwise changes how its people are read and found."""
        super().save_model(request, obj, form, change)
        reread(list(Person.objects.filter(name__startswith=obj.surname)))
