"""Every address of the site that a pattern of the URLconf answers, with every value that its parts can have here."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator

from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver

from archive.models import (
    Article,
    Column,
    Issue,
    Page,
    PageVersion,
    Person,
    Photo,
    Place,
    Proposal,
    Report,
    Section,
)

#: Everything that may stand in an address for the part of this name.
VALUES: dict[str, Callable[[], list[str]]] = {
    "key": lambda: [
        *Article.objects.values_list("key", flat=True),
        *Photo.objects.values_list("key", flat=True),
        *Page.objects.values_list("key", flat=True),
    ],
    "number": lambda: [str(n) for n in sorted(set(PageVersion.objects.values_list("number", flat=True)))],
    "what": lambda: ["article", "photo"],
    "pk": lambda: sorted(
        {
            str(pk)
            for model in (Column, Person, Proposal, Report)
            for pk in model.objects.values_list("pk", flat=True)
        }
    ),
    "newspaper": lambda: sorted({issue.newspaper.slug for issue in Issue.objects.all()}),
    "slug": lambda: [
        *(issue.slug for issue in Issue.objects.all()),
        *Person.objects.values_list("slug", flat=True),
        *Place.objects.values_list("slug", flat=True),
        *Section.objects.values_list("slug", flat=True)[:2],
    ],
    "year": lambda: sorted({str(issue.date.year) for issue in Issue.objects.exclude(date=None)}),
    "section": lambda: ["articles", "photos", "people", "places", "issues", "pages"],
    "content_type_id": lambda: [str(ContentType.objects.get_for_model(Article).pk)],
    "app_label": lambda: ["archive", "auth"],
    "id": lambda: [str(pk) for pk in User.objects.values_list("pk", flat=True)],
}


def addresses(under: str = "", without: str | None = None) -> list[str]:
    """Paths of every pattern that begins with ``under`` and not with ``without``.

    A pattern with a part that nothing is known of fails: whoever adds a route says what may stand in it.
    """
    found = list(dict.fromkeys(_walk(get_resolver(), "", "")))
    return [
        path
        for path in found
        if path.startswith(f"/{under}") and not (without and path.startswith(f"/{without}"))
    ]


def _walk(resolver: URLResolver, before: str, namespace: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = before + _plain(str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from _walk(entry, route, entry.namespace or namespace)
        else:
            yield from _filled(entry, route)


def _plain(pattern: str) -> str:
    """A pattern in angle brackets, also where it was written as a regular expression."""
    return (
        re.sub(r"\(\?P<(\w+)>[^()]*(?:\([^()]*\)[^()]*)*\)", r"<\1>", pattern).replace("\\Z", "").strip("^$")
    )


def _filled(entry: URLPattern, route: str) -> Iterator[str]:
    if (
        entry.name is None and "<" in route
    ):  # the admin's own redirects of addresses of old, and its last resort
        return
    parts = re.findall(r"<(?:\w+:)?(\w+)>", route)
    choices = [_values(part, entry) for part in parts]
    for values in itertools.product(*choices):
        path = route
        for part, value in zip(parts, values, strict=True):
            path = re.sub(rf"<(?:\w+:)?{part}>", lambda _, value=value: value, path, count=1)
        yield f"/{path}"


def _values(part: str, entry: URLPattern) -> list[str]:
    if part in ("object_id", "id") and entry.name and "_" in entry.name:
        model = _model_of(entry.name)
        if model is not None:
            rows = [str(pk) for pk in model._default_manager.order_by("pk").values_list("pk", flat=True)]
            return list(dict.fromkeys((*rows[:2], *rows[-6:])))
    if part == "object_id":
        return [str(pk) for pk in Article.objects.values_list("pk", flat=True)]
    return VALUES[part]()


def _model_of(name: str) -> type | None:
    for model in admin.site._registry:
        if name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_"):
            return model
    return None
