"""In the admin, what readers sent and staff uploaded: to be looked at; it is dealt with at the desk."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from archive.admin_kinds import ReadOnlyAdmin, said
from archive.models import Report, Suspicion, Upload
from archive.readable import named


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """Readers' reports are dealt with at the desk."""

    list_display = ["kind", "text", "about", "created_at", "due_at", "closed_at", "closed_by"]
    list_filter = ["kind", ("closed_at", admin.EmptyFieldListFilter), "created_at"]
    search_fields = ["text", "contact", "answer", "article__key", "photo__key"]
    list_select_related = ["article", "photo", "closed_by"]
    fields = ["kind", "text", "contact", "about", "created_at", "due_at", "answer", "closed_at", "closed_by"]

    @admin.display(description=_("文章或图片"))
    def about(self, report: Report) -> str:
        piece = report.piece
        return named(piece) if piece else "—"


_MESSAGE = said("message", _("说明"))


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    list_display = ["name", "user", "size", "state", _MESSAGE, "created_at"]
    fields = ["user", "name", "size", "beside", "state", "found", _MESSAGE, "attempts", "created_at"]
    list_filter = ["state", "created_at"]
    search_fields = ["name", "message"]
    secret_fields = frozenset({"found", "data"})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Upload]:
        return super().get_queryset(request).defer("data")


@admin.register(Suspicion)
class SuspicionAdmin(ReadOnlyAdmin):
    """By keys alone; who may read both texts decides at the desk."""

    list_display = ["key", "secret", "found_at", "outcome", "closed_at", "closed_by"]
    list_filter = ["outcome", "found_at"]
    search_fields = ["key", "secret"]
