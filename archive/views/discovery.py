"""What browsers and search engines ask for; the language switch; the pages of errors."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from archive.views.respond import show

_YEAR = 60 * 60 * 24 * 365


@require_safe
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language of ``?to=`` in a cookie and go back to ``?next=``.

    A link does, no form: the choice harms nobody, and a form's token would make every page's bytes differ.
    """
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    chosen = request.GET.get("to", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=_YEAR, samesite="Lax", secure=settings.HTTPS
        )
    return response


@cache_control(max_age=3600)
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read, and where the sitemap is."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        f"Disallow: {reverse('archive:language')}",
        "Disallow: /search/",
        f"Allow: {reverse('search:help')}",
        "Disallow: /*/print$",
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('archive:sitemaps'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@cache_control(max_age=3600)
@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """Lets browsers offer the archive's search in their address bar."""
    return render(
        request,
        "archive/opensearch.xml",
        {"home": request.build_absolute_uri("/").rstrip("/")},
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 with ways on."""
    sentence = str(exception.args[0]) if exception.args and isinstance(exception.args[0], str) else ""
    return show(request, "404.html", {"sentence": sentence}, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 from a template that asks nothing of database, session or context processors, which may be what failed."""
    html = get_template("500.html").render({"site_name": settings.SITE_NAME})
    return HttpResponse(html, status=500)
