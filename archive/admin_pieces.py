"""In the admin, articles and photos: what staff type becomes a page version, visibility goes through the store."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from archive import store
from archive.admin_article import article_fields, article_form
from archive.admin_kinds import KeepingAdmin, said
from archive.admin_photo import PhotoForm
from archive.desk.access import WITHHOLD, in_words, note
from archive.errors import BaozangError
from archive.models import Article, Photo
from archive.readable import named


class PieceAdmin(KeepingAdmin):
    """What articles and photos share: whether the public sees them is changed through the store."""

    actions = ["publish", "delist", "withhold"]

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
                note(request, visibility.label, f"{piece.key} {piece}", reason)
        self.message_user(request, gettext("已设置。"))

    def has_withhold_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(WITHHOLD)

    @admin.display(description=_("读者页面"))
    def on_the_site(self, piece: Any) -> str:
        return format_html('<a href="{}">{}</a>', piece.get_absolute_url(), piece.get_absolute_url())


_VISIBILITY_REASON = said("visibility_reason", _("理由"))


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
        _VISIBILITY_REASON, "gone", "printed", "updated_at", "on_the_site",
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
            note(request, gettext_noop("校订"), f"{obj.page} v{version.number}", version.reason)

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
            self.message_user(request, in_words(error), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:archive_article_change", args=[object_id]))


@admin.register(Photo)
class PhotoAdmin(PieceAdmin):
    form = PhotoForm
    list_display = ["__str__", "date", "page", "credit", "agency", "visibility", "gone"]
    list_filter = ["page__issue__newspaper", "visibility", "gone", "agency"]
    search_fields = ["key", "caption", "credit"]
    list_select_related = ["page__issue__newspaper"]
    fields = [
        "on_the_site", "caption", "credit", "image", "alt_text", "rights", "photographers", "agency", "its_article",
        "page", "position", "date", "confidence", "doubts", "visibility", _VISIBILITY_REASON, "gone", "key",
    ]  # fmt: skip
    # What the structure says is corrected at the desk.
    readonly_fields = [
        "on_the_site", "caption", "credit", "photographers", "agency", "its_article", "page", "position", "date",
        "confidence", "doubts", "visibility", _VISIBILITY_REASON, "gone", "key",
    ]  # fmt: skip

    def save_model(self, request: HttpRequest, obj: Photo, form: Any, change: bool) -> None:
        """The file that the image takes the place of goes once the change is sure."""
        replaced = Photo.objects.values_list("image", flat=True).get(pk=obj.pk)
        super().save_model(request, obj, form, change)
        if replaced and replaced != obj.image.name:
            transaction.on_commit(lambda: default_storage.delete(replaced))

    @admin.display(description=_("文章"))
    def its_article(self, photo: Photo) -> str:
        """By its title, or by its key where the title may not be for everybody who sees the photo."""
        article = photo.article
        if article is None:
            return "—"
        address = reverse("admin:archive_article_change", args=[article.pk])
        return format_html('<a href="{}">{}</a>', address, named(article))
