"""Places: the index and a place's page."""

from __future__ import annotations

import string

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive import people_pages, place_pages
from archive.models import Article, Place, Section
from archive.remembered import Memory
from archive.views.periods import chart, counted_sections, period_of, periods
from archive.views.respond import pages_of, show


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Places by what a reader types, by initial letter, most named, newly appeared."""
    typed = request.GET.get("q", "").strip()[:40]
    letter = request.GET.get("letter", "").lower()[:1]
    letter = letter if letter in string.ascii_lowercase else ""
    memory = Memory()
    context: dict[str, object] = {"q": typed, "letter": letter, "letters": string.ascii_lowercase}
    if typed:
        context["found"] = place_pages.most_named(120, place_pages.typed(typed))
    elif letter:
        context["found"] = memory.of(
            f"places {letter}",
            lambda: sorted(
                place_pages.most_named(people_pages.MOST_FOUND, Q(initials__startswith=letter)),
                key=lambda place: (place.reading, place.slug),
            ),
        )
    else:
        context |= {
            "most_named": memory.roughly("places 60", lambda: place_pages.most_named(60)),
            "new": memory.roughly("places new", lambda: place_pages.newly_appeared(24)),
        }
    return show(request, "archive/places.html", context)


@require_safe
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """What happened at a place, when, and who was there."""
    found = Place.objects.filter(slug=slug, listed=True).first()
    memory = Memory()
    seen = memory.of(f"seen at {found.pk}", lambda: place_pages.seen_at(found)) if found else []
    if found is None or not seen:
        raise Http404(_("没有这个地点的页面。"))
    period = period_of(request)
    chosen = [article for article in seen if article.within(period)] if period else seen
    page = pages_of(request, chosen)
    rows = Article.objects.listed().for_lists().in_bulk([article.article for article in page.object_list])
    months = people_pages.by_month(seen)
    return show(
        request,
        "archive/place.html",
        {
            "place": found,
            "count": len(seen),
            "articles": [rows[article.article] for article in page.object_list if article.article in rows],
            "page": page,
            "period": period,
            "periods": periods(months),
            "chart": chart(months),
            "people": memory.of(f"people at {found.pk}", lambda: people_pages.named_in(seen, 24)),
            "sections": counted_sections(seen, dict(Section.objects.values_list("pk", "name"))),
        },
    )
