"""The plain admin of every model. Pages are written through the store; the correction desk is an app of its own."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive import (
    admin_people,  # noqa: F401  (registers people)
    admin_places,  # noqa: F401  (registers places)
    store,
)
from archive.admin_article import article_fields, article_form
from archive.admin_photo import PhotoForm
from archive.desk.access import READ_WITHHELD, WITHHOLD, note
from archive.errors import BaozangError
from archive.models import (
    Article,
    AuditEntry,
    Change,
    Chronicle,
    Column,
    Cursor,
    Dump,
    IdentityDecision,
    Issue,
    KeyRedirect,
    Mention,
    MonthCount,
    Newspaper,
    Page,
    PageVersion,
    Person,
    Photo,
    PlaceMention,
    Proposal,
    Report,
    Scan,
    Section,
    SurnameReading,
    Upload,
)
from archive.people import reread


class ReadOnlyAdmin(admin.ModelAdmin):
    """For what only the program writes: staff may look."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class KeepingAdmin(admin.ModelAdmin):
    """For what staff may edit but neither add nor delete by hand, since dumps and the store bring it."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class TellingAdmin(admin.ModelAdmin):
    """For what articles and photos show by name: renaming it changes how they are shown and found."""

    articles_by: str  # the look-up from an article to this model

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and form.changed_data:
            store.tell(Article.objects.filter(**{self.articles_by: obj}))
            if self.articles_by.startswith("page__"):
                store.tell(Photo.objects.filter(**{self.articles_by: obj}))


@admin.register(Newspaper)
class NewspaperAdmin(TellingAdmin):
    articles_by = "page__issue__newspaper"
    list_display = ["name", "slug", "place", "publisher", "rights"]
    list_filter = ["rights"]
    search_fields = ["name", "slug", "place", "publisher"]

    def get_readonly_fields(self, request: HttpRequest, obj: Newspaper | None = None) -> list[str]:
        """A newspaper's address never changes once it is out."""
        return ["slug"] if obj else []


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

    def get_fields(self, request: HttpRequest, obj: Dump | None = None) -> Any:
        """A dump has what is withheld in it, too."""
        may_read = request.user.has_perm(READ_WITHHELD)
        return [name for name in self.fields if may_read or name != "text"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Dump]:
        return super().get_queryset(request).defer("data", "text")


@admin.register(Page)
class PageAdmin(KeepingAdmin):
    """A page's contents are corrected at the desk; here it is looked at, deleted and brought back."""

    list_display = ["title", "issue", "dump", "confidence", "version", "touched", "reviewed_at", "deleted_at"]
    list_filter = ["issue__newspaper", "touched", ("deleted_at", admin.EmptyFieldListFilter), "issue__date"]
    search_fields = ["key", "name", "dump__name", "articles__headline"]
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
                note(request, gettext("删除"), str(page))
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
                note(request, gettext("恢复已删除的版"), str(page))
        self.message_user(request, gettext("已恢复。"))

    def has_remove_permission(self, request: HttpRequest) -> bool:
        """Deleting a page is a right of its own, though no row is dropped."""
        return request.user.has_perm("archive.delete_page")


@admin.register(PageVersion)
class PageVersionAdmin(ReadOnlyAdmin):
    list_display = ["page", "number", "kind", "author_name", "reason", "created_at", "parser_version"]
    list_filter = ["kind", "created_at", "parser_version"]
    search_fields = ["page__key", "author_name", "reason", "dump__name"]
    list_select_related = ["page__issue__newspaper"]

    def get_exclude(self, request: HttpRequest, obj: PageVersion | None = None) -> list[str]:
        return [] if request.user.has_perm(READ_WITHHELD) else ["structure"]


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    def get_exclude(self, request: HttpRequest, obj: Proposal | None = None) -> list[str]:
        return [] if request.user.has_perm(READ_WITHHELD) else ["structure"]

    list_display = ["page", "reason", "parser_version", "created_at", "outcome", "closed_by"]
    list_filter = ["outcome", "created_at"]
    search_fields = ["page__key", "dump__name"]


class PieceAdmin(KeepingAdmin):
    """What articles and photos share: whether the public sees them is changed through the store."""

    actions = ["publish", "delist", "withhold"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What is withheld is read by one role."""
        rows = super().get_queryset(request)
        if request.user.has_perm(READ_WITHHELD):
            return rows
        return rows.exclude(visibility=Article.Visibility.WITHHELD)

    @admin.action(description=_("公开"), permissions=["withhold"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._set(request, queryset, Article.Visibility.PUBLIC)

    @admin.action(description=_("不列出（仍可按网址阅读，不进检索）"), permissions=["withhold"])
    def delist(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._set(request, queryset, Article.Visibility.DELISTED)

    @admin.action(description=_("撤下（读者不再能看到）"), permissions=["withhold"])
    def withhold(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._set(request, queryset, Article.Visibility.WITHHELD)

    def _set(self, request: HttpRequest, queryset: QuerySet[Any], visibility: Article.Visibility) -> None:
        reason = gettext("%(user)s 在后台设置") % {"user": request.user.get_username()}
        for piece in queryset:
            with transaction.atomic():
                store.set_visibility(piece, visibility, reason)
                note(request, str(visibility.label), f"{piece.key} {piece}", reason)
        self.message_user(request, gettext("已设置。"))

    def has_withhold_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(WITHHOLD)

    @admin.display(description=_("读者页面"))
    def on_the_site(self, piece: Any) -> str:
        return format_html('<a href="{}">{}</a>', piece.get_absolute_url(), piece.get_absolute_url())


@admin.register(Article)
class ArticleAdmin(PieceAdmin):
    """Editing an article makes a page version; the print is shown beside what is typed."""

    list_display = ["title", "date", "page", "section", "genre", "confidence", "visibility", "gone"]
    list_filter = ["page__issue__newspaper", "section", "genre", "visibility", "gone", "date"]
    search_fields = ["key", "headline", "supplied_headline", "kicker", "subheadline", "body"]
    list_select_related = ["page__issue__newspaper", "section"]
    date_hierarchy = "date"
    readonly_fields = [
        "key", "page", "position", "date", "event_dates", "evidence", "confidence", "doubts", "visibility",
        "visibility_reason", "gone", "printed", "updated_at", "on_the_site",
    ]  # fmt: skip

    def get_form(
        self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        return article_form(obj) if obj else super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        editable = article_fields(obj) if obj else []
        return [
            (None, {"fields": ["on_the_site", *editable]}),
            (_("由来（只读）"), {"fields": [name for name in self.readonly_fields if name != "on_the_site"]}),
        ]

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """Store what was typed as a new version of the page."""
        corrected = form.corrected
        if corrected is None:
            return
        with transaction.atomic():
            version = store.save(
                obj.page,
                corrected.structure,
                based_on=form.cleaned_data["based_on"],
                author=request.user,  # type: ignore[arg-type]
                reason=form.cleaned_data["reason"] or gettext("在后台修改"),
                redirects=corrected.redirects,
            )
            note(request, gettext("校订"), f"{obj.page} v{version.number}", version.reason)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except BaozangError as error:
            # The page moved on between the form's check and the store's: nothing was written.
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:archive_article_change", args=[object_id]))


@admin.register(Photo)
class PhotoAdmin(PieceAdmin):
    form = PhotoForm
    list_display = ["__str__", "date", "page", "credit", "agency", "visibility", "gone"]
    list_filter = ["page__issue__newspaper", "visibility", "gone", "agency"]
    search_fields = ["key", "caption", "credit"]
    list_select_related = ["page__issue__newspaper"]
    fields = [
        "on_the_site", "caption", "credit", "image", "alt_text", "rights", "photographers", "agency", "article",
        "page", "position", "date", "confidence", "doubts", "visibility", "visibility_reason", "gone", "key",
    ]  # fmt: skip
    # What the structure says is corrected at the desk.
    readonly_fields = [
        "on_the_site", "caption", "credit", "photographers", "agency", "article", "page", "position", "date",
        "confidence", "doubts", "visibility", "visibility_reason", "gone", "key",
    ]  # fmt: skip

    def save_model(self, request: HttpRequest, obj: Photo, form: Any, change: bool) -> None:
        """The file that the image takes the place of goes once the change is sure."""
        replaced = Photo.objects.values_list("image", flat=True).get(pk=obj.pk)
        super().save_model(request, obj, form, change)
        if replaced and replaced != obj.image.name:
            transaction.on_commit(lambda: default_storage.delete(replaced))


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
class SurnameReadingAdmin(admin.ModelAdmin):
    list_display = ["surname", "reading"]
    search_fields = ["surname", "reading"]

    def save_model(self, request: HttpRequest, obj: SurnameReading, form: Any, change: bool) -> None:
        """A surname read otherwise changes how its people are read and found."""
        super().save_model(request, obj, form, change)
        reread(list(Person.objects.filter(name__startswith=obj.surname)))


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


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """Readers' reports are dealt with at the desk."""

    list_display = ["kind", "text", "article", "photo", "created_at", "due_at", "closed_at", "closed_by"]
    list_filter = ["kind", ("closed_at", admin.EmptyFieldListFilter), "created_at"]
    search_fields = ["text", "contact", "answer", "article__key", "photo__key"]
    list_select_related = ["article", "photo", "closed_by"]
    exclude = ["sender"]


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    list_display = ["name", "user", "size", "state", "message", "created_at"]
    list_filter = ["state", "created_at"]
    search_fields = ["name", "message"]
    exclude = ["data"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Upload]:
        return super().get_queryset(request).defer("data")


@admin.register(Scan)
class ScanAdmin(ReadOnlyAdmin):
    list_display = ["name", "page", "attached_at"]
    search_fields = ["name", "page__key"]
    list_select_related = ["page__issue__newspaper"]
    exclude = ["image"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Scan]:
        return super().get_queryset(request).defer("image")


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """What staff did: to be read, by nobody to be changed."""

    list_display = ["at", "user_name", "deed", "target"]
    list_filter = ["deed", "at"]
    search_fields = ["user_name", "target", "detail"]


@admin.register(MonthCount)
class MonthCountAdmin(ReadOnlyAdmin):
    list_display = ["month", "issues", "pages", "articles", "photos", "stale"]
    search_fields = ["month"]


@admin.register(Chronicle)
class ChronicleAdmin(ReadOnlyAdmin):
    list_display = ["person", "place"]
    search_fields = ["person__name", "place__name"]
    list_select_related = ["person", "place"]
