"""People in the admin: readings, and whose name it is: telling apart, joining, undoing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from archive import changes, identity
from archive.admin_kinds import StaffAdmin
from archive.desk.access import in_words, note
from archive.errors import BaozangError
from archive.models import Change, IdentityDecision, Mention, Person
from archive.names.identity import REASONS
from archive.readable import readable

#: Articles of one person that the page of identity lists.
MOST_LISTED = 500


class IdentityForm(forms.Form):
    """One deed about a person: which articles are another's, or whom the person is the same as."""

    SPLIT, JOIN, CONFIRM, UNDO = "split", "join", "confirm", "undo"

    deed = forms.ChoiceField(choices=[(deed, deed) for deed in (SPLIT, JOIN, CONFIRM, UNDO)])
    keys = forms.MultipleChoiceField(label=_("文章"), required=False)
    other = forms.CharField(label=_("另一个人"), required=False, max_length=60)
    decision = forms.ModelChoiceField(IdentityDecision.objects.filter(undone_at=None), required=False)
    reason = forms.CharField(label=_("理由"), required=False, max_length=300)

    def __init__(self, keys: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keys"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]

    def clean_other(self) -> Person | None:
        slug = self.cleaned_data["other"].strip()
        if not slug:
            return None
        person = Person.objects.filter(slug=slug).first()
        if person is None:
            raise forms.ValidationError(_("没有叫“%(slug)s”的人物。请填写其网址名。"), params={"slug": slug})
        return person

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("deed") == self.JOIN and not self.errors and not cleaned.get("other"):
            self.add_error("other", _("请填写另一个人的网址名。"))
        if cleaned.get("deed") == self.UNDO and not cleaned.get("decision"):
            self.add_error("decision", _("这项判定已经撤销。"))
        return cleaned


@admin.register(Person)
class PersonAdmin(StaffAdmin):
    list_display = ["name", "reading", "slug", "listed", "merged_into", "whose_name"]
    list_filter = ["listed"]
    search_fields = ["name", "reading", "search_forms", "aliases", "note"]
    fields = [
        "name", "slug", "whose_name", "aliases", "reading", "initials", "search_forms", "note", "listed", "merged_into",
    ]  # fmt: skip
    readonly_fields = ["name", "slug", "whose_name", "aliases", "merged_into"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        """A reading that staff set is kept when the surname table changes."""
        if {"reading", "initials", "search_forms"} & set(form.changed_data):
            obj.reading_by_staff = True
        super().save_model(request, obj, form, change)
        changes.append([(Change.What.PERSON, obj.slug)])

    def get_urls(self) -> list[URLPattern]:
        return [
            path("doubles/", self.admin_site.admin_view(self.doubles), name="archive_person_doubles"),
            path(
                "<int:pk>/identity/",
                self.admin_site.admin_view(self.identity),
                name="archive_person_identity",
            ),
            *super().get_urls(),
        ]

    @admin.display(description=_("同名与别名"))
    def whose_name(self, person: Person) -> str:
        address = reverse("admin:archive_person_identity", args=[person.pk])
        return format_html('<a href="{}">{}</a>', address, gettext("分辨、合并"))

    def doubles(self, request: HttpRequest) -> HttpResponse:
        """Everybody behind whom there may be two people."""
        self._check(request)
        context = self.admin_site.each_context(request) | {
            "title": gettext("可能是同名的两个人"),
            "opts": self.opts,
            "doubtful": [(person, _words(reasons)) for person, reasons in identity.doubtful()],
        }
        return TemplateResponse(request, "admin/people/doubles.html", context)

    def identity(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One person's mentions, what speaks for two people, and the decisions so far."""
        self._check(request)
        person = get_object_or_404(self.get_queryset(request), pk=pk)
        mentions = list(
            readable(Mention.objects.filter(person=person), request.user)
            .select_related("article", "photo")
            .order_by("-article__date", "article", "photo", "order")[:MOST_LISTED]
        )
        keys = list(dict.fromkeys((m.article or m.photo).key for m in mentions))  # type: ignore[union-attr]
        form = IdentityForm(keys, request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                self._do(request, person, form.cleaned_data)
            except BaozangError as error:
                self.message_user(request, in_words(error), messages.ERROR)
            else:
                self.message_user(request, gettext("已记下；文章、人物页和检索在几秒内随之改正。"))
            return HttpResponseRedirect(request.path)
        context = self.admin_site.each_context(request) | {
            "title": gettext("%(name)s：是谁的名字") % {"name": person.name},
            "opts": self.opts,
            "person": person,
            "form": form,
            "pieces": _by_piece(mentions),
            "reasons": _words(identity.evidence(person)),
            "decisions": identity.decisions_about(person),
            "namesakes": self.get_queryset(request).filter(name=person.name).exclude(pk=person.pk),
        }
        return TemplateResponse(request, "admin/people/identity.html", context)

    def _do(self, request: HttpRequest, person: Person, wanted: dict[str, Any]) -> None:
        author: Any = request.user
        with transaction.atomic():
            self._decide(person, wanted, author)
            note(request, _DEEDS[wanted["deed"]], person.slug, _said(wanted))

    def _decide(self, person: Person, wanted: dict[str, Any], author: Any) -> None:
        match wanted["deed"]:
            case IdentityForm.SPLIT:
                other = wanted["other"].slug if wanted["other"] else ""
                identity.split(person, wanted["keys"], into=other, author=author, reason=wanted["reason"])
            case IdentityForm.JOIN:
                identity.join(person, wanted["other"], author=author, reason=wanted["reason"])
            case IdentityForm.CONFIRM:
                identity.confirm(person, author=author, reason=wanted["reason"])
            case IdentityForm.UNDO:
                identity.undo(wanted["decision"])

    def _check(self, request: HttpRequest) -> None:
        if not request.user.has_perm("archive.change_person"):
            raise PermissionDenied


#: The deeds as the audit log names them.
_DEEDS = {
    IdentityForm.SPLIT: gettext_noop("分出同名的人"),
    IdentityForm.JOIN: gettext_noop("合并人物"),
    IdentityForm.CONFIRM: gettext_noop("确认是一人"),
    IdentityForm.UNDO: gettext_noop("撤销人物判定"),
}


def _said(wanted: dict[str, Any]) -> str:
    """What was said of a person, for the audit log."""
    said = [*wanted["keys"], wanted["other"] and wanted["other"].slug, wanted["decision"], wanted["reason"]]
    return " ".join(str(each) for each in said if each)


def _words(reasons: Sequence[Any]) -> list[tuple[str, str]]:
    return [(str(REASONS[reason.reason]), "；".join(reason.details)) for reason in reasons]


def _by_piece(mentions: Sequence[Mention]) -> list[dict[str, Any]]:
    """Each article or photo with how it names the person, in the order given."""
    pieces: dict[str, dict[str, Any]] = {}
    for mention in mentions:
        piece = mention.article or mention.photo
        row = pieces.setdefault(piece.key, {"piece": piece, "kinds": {}, "offices": {}})  # type: ignore[union-attr]
        row["kinds"][mention.get_kind_display()] = True
        if mention.office:
            row["offices"][mention.office] = True
    return list(pieces.values())
