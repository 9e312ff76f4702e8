"""In the admin, pages and what they are made from: looked at, deleted and brought back; corrected at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from archive import store
from archive.admin_kinds import KeepingAdmin, ReadOnlyAdmin, said
from archive.desk.access import note
from archive.models import Dump, DumpTrace, Issue, Page, PageVersion, Proposal, Scan


@admin.register(Issue)
class IssueAdmin(ReadOnlyAdmin):
    list_display = ["newspaper", "date", "edition", "date_certainty", "date_reason", "page_count"]
    list_filter = ["newspaper", "date_certainty"]
    date_hierarchy = "date"
    search_fields = ["newspaper__name", "date_reason"]
    list_select_related = ["newspaper"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Issue]:
        return Issue.objects.annotate(pages_here=Count("pages"))

    @admin.display(description=_("版数"))
    def page_count(self, issue: Any) -> int:
        return int(issue.pages_here)


@admin.register(Dump)
class DumpAdmin(ReadOnlyAdmin):
    list_display = ["name", "encoding", "size", "received_at", "sha256"]
    list_filter = ["encoding", "media_type"]
    search_fields = ["name", "sha256"]
    fields = ["name", "sha256", "media_type", "encoding", "size", "received_at", "facts", "text"]

    secret_fields = frozenset({"text", "data"})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Dump]:
        return super().get_queryset(request).defer("data", "text")


@admin.register(DumpTrace)
class DumpTraceAdmin(ReadOnlyAdmin):
    list_display = ["dump", "value"]
    search_fields = ["dump__name"]


@admin.register(Page)
class PageAdmin(KeepingAdmin):
    """A page's contents are corrected at the desk; here it is looked at, deleted and brought back."""

    list_display = ["title", "issue", "dump", "confidence", "version", "touched", "reviewed_at", "deleted_at"]
    list_filter = ["issue__newspaper", "touched", ("deleted_at", admin.EmptyFieldListFilter), "issue__date"]
    search_fields = ["key", "name", "dump__name", "articles__headline"]
    secret_fields = frozenset({"articles__headline"})
    list_select_related = ["issue__newspaper", "dump"]
    actions = ["delete_pages", "bring_back"]
    readonly_fields = [
        "key", "issue", "number", "name", "source", "dump", "first_line", "last_line", "confidence", "version",
        "touched", "reviewed_at", "reviewed_by", "deleted_at", "updated_at", "on_the_site",
    ]  # fmt: skip

    @admin.display(description=_("读者页面"))
    def on_the_site(self, page: Page) -> str:
        return format_html('<a href="{}">{}</a>', page.get_absolute_url(), page.get_absolute_url())

    @admin.action(description=_("删除所选的版（可恢复；再次入库也不会带回）"), permissions=["remove"])
    def delete_pages(self, request: HttpRequest, queryset: QuerySet[Page]) -> None:
        for page in queryset:
            with transaction.atomic():
                store.delete_page(page, author=request.user, reason=gettext("在后台删除"))  # type: ignore[arg-type]
                note(request, gettext_noop("删除"), str(page))
        self.message_user(request, gettext("已删除。"))

    @admin.action(description=_("恢复所选的已删除的版"), permissions=["remove"])
    def bring_back(self, request: HttpRequest, queryset: QuerySet[Page]) -> None:
        for page in queryset.exclude(deleted_at=None):
            with transaction.atomic():
                store.restore(
                    page,
                    page.version,
                    author=request.user,  # type: ignore[arg-type]
                    reason=gettext("恢复已删除的版"),
                )
                note(request, gettext_noop("恢复已删除的版"), str(page))
        self.message_user(request, gettext("已恢复。"))

    def has_remove_permission(self, request: HttpRequest) -> bool:
        """Deleting a page is a right of its own, though no row is dropped."""
        return request.user.has_perm("archive.delete_page")


_REASON = said("reason", _("理由"))


@admin.register(PageVersion)
class PageVersionAdmin(ReadOnlyAdmin):
    list_display = ["page", "number", "kind", "author_name", _REASON, "created_at", "parser_version"]
    fields = [
        "page", "number", "kind", "dump", "structure", "parser_version", "author", "author_name", _REASON, "created_at",
    ]  # fmt: skip
    list_filter = ["kind", "created_at", "parser_version"]
    search_fields = ["page__key", "author_name", "reason", "dump__name"]
    list_select_related = ["page__issue__newspaper"]
    secret_fields = frozenset({"structure"})


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    list_display = ["page", _REASON, "parser_version", "created_at", "outcome", "closed_by"]
    fields = [
        "page", "dump", "structure", "parser_version", _REASON, "created_at", "outcome", "closed_at", "closed_by",
    ]  # fmt: skip
    list_filter = ["outcome", "created_at"]
    search_fields = ["page__key", "dump__name"]
    secret_fields = frozenset({"structure"})


@admin.register(Scan)
class ScanAdmin(ReadOnlyAdmin):
    list_display = ["name", "page", "attached_at"]
    search_fields = ["name", "page__key"]
    list_select_related = ["page__issue__newspaper"]
    exclude = ["image"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Scan]:
        return super().get_queryset(request).defer("image")
