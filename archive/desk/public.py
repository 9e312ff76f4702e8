"""Where readers report a mistake or ask to have something taken down. Nothing that they send is published."""

from __future__ import annotations

import datetime as dt
import ipaddress
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from archive.addresses import address_of
from archive.models import Article, Photo, Report
from archive.views.respond import absent, show

#: Reports taken in an hour from one address, from its network, and from everywhere. Requests to take something down are
#: counted apart from mistakes pointed out, so that no flood of the one shuts out the other, and have room of their own.
EACH, NETWORK = 5, 40
EVERYWHERE = {Report.Kind.MISTAKE: 200, Report.Kind.REMOVAL: 400}
#: Leading bits of an address that name its network.
BITS = {4: 24, 6: 48}
#: Days within which a request to take something down is answered.
DAYS_TO_ANSWER = 15


class ReportForm(forms.ModelForm):
    """What a reader writes. ``website`` is left empty by people and filled in by programs."""

    website = forms.CharField(required=False)

    class Meta:
        model = Report
        fields = ["kind", "text", "contact"]
        widgets = {
            "kind": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 6, "maxlength": 2000}),
        }
        labels = {"kind": _("这是"), "text": _("哪里不对，应当怎样"), "contact": _("联系方式（可不填）")}

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("未能寄出。"))
        return ""


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, what: str, key: str) -> HttpResponse:
    """The form, and the thanks."""
    piece: Article | Photo
    if what == "photo":
        piece = get_object_or_404(Photo.objects.select_related("page"), key=key)
    else:
        piece = get_object_or_404(Article.objects.select_related("page"), key=key)
    hidden = absent(request, piece)
    if hidden:
        return hidden
    form = ReportForm(request.POST or None, initial={"kind": request.GET.get("kind", Report.Kind.MISTAKE)})
    if request.method == "POST" and form.is_valid():
        sender, network = sender_of(request), network_of(request)
        if _too_many(sender, network, form.cleaned_data["kind"]):
            form.add_error(None, _("一小时内寄来的太多了，请稍后再试。"))
            return _show(request, piece, form, status=429)
        sent = form.save(commit=False)
        sent.sender, sent.network = sender, network
        sent.article, sent.photo = (None, piece) if isinstance(piece, Photo) else (piece, None)
        if sent.kind == Report.Kind.REMOVAL:
            sent.due_at = timezone.now() + dt.timedelta(days=DAYS_TO_ANSWER)
        sent.save()
        return _show(request, piece, None, sent=sent)
    return _show(request, piece, form, status=400 if form.errors else 200)


def sender_of(request: HttpRequest) -> str:
    """A keyed hash of the reader's address: enough to limit the rate, no address kept."""
    return _hashed(address_of(request))


def network_of(request: HttpRequest) -> str:
    """A keyed hash of the network that the reader's address is in; of the address itself where it is none."""
    address = address_of(request)
    try:
        version = ipaddress.ip_address(address).version
        return _hashed(str(ipaddress.ip_network(f"{address}/{BITS[version]}", strict=False)))
    except ValueError:
        return _hashed(address)


def _hashed(text: str) -> str:
    return salted_hmac("baozang.reports", text, algorithm="sha256").hexdigest()


def _too_many(sender: str, network: str, kind: str) -> bool:
    recent = Report.objects.filter(created_at__gt=timezone.now() - dt.timedelta(hours=1), kind=kind)
    return (
        recent.filter(sender=sender).count() >= EACH
        or recent.filter(network=network).count() >= NETWORK
        or recent.count() >= EVERYWHERE[Report.Kind(kind)]
    )


def _show(
    request: HttpRequest, piece: Article | Photo, form: ReportForm | None, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"piece": piece, "form": form, "days": DAYS_TO_ANSWER} | more
    response = show(request, "archive/report.html", context, status)
    response.headers["Cache-Control"] = "no-store"
    return response


app_name = "report"
urlpatterns = [
    path("article/<slug:key>/", report, {"what": "article"}, name="article"),
    path("photo/<slug:key>/", report, {"what": "photo"}, name="photo"),
]
