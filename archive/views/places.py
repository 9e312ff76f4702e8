"""Places: the index and a place's page."""

from __future__ import annotations

import string

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive import chronicles, people_pages, place_pages
from archive.models import Place
from archive.remembered import Memory
from archive.views.periods import chart, listed_by_id, months_nav, named_page, period_of
from archive.views.respond import pages_of, show

#: Articles of a place on one page.
AT_ONCE = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Places by what a reader types, by initial letter, most named, newly appeared."""
    typed = request.GET.get("q", "").strip()[:40]
    letter = request.GET.get("letter", "").lower()[:1]
    letter = letter if letter in string.ascii_lowercase else ""
    memory = Memory()
    context: dict[str, object] = {"q": typed, "letter": letter, "letters": string.ascii_lowercase}
    if typed:
        context["found"] = named_page(request, place_pages.most_named(place_pages.typed(typed)))
    elif letter:
        of_letter = place_pages.most_named(people_pages.of_letter(letter))
        context["found"] = named_page(request, of_letter.order_by("reading", "slug"))
    else:
        context |= {
            "most_named": memory.roughly("places 60", lambda: place_pages.most(60)),
            "new": memory.roughly("places new", lambda: place_pages.newly_appeared(24)),
        }
    return show(request, "archive/places.html", context)


@require_safe
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """What happened at a place, when, and who was there."""
    found = Place.objects.select_related("chronicle").filter(slug=slug, listed=True).first()
    if found is None:
        raise Http404(_("没有这个地点的页面。"))
    chronicle, company = chronicles.of_place(found)
    every = chronicle.articles()
    if not every:
        raise Http404(_("没有这个地点的页面。"))
    period = period_of(request)
    page = pages_of(request, chronicle.articles(period) if period else every, AT_ONCE)
    rows = listed_by_id(list(page.object_list))
    return show(
        request,
        "archive/place.html",
        {
            "place": found,
            "count": len(every),
            "articles": [rows[pk] for pk in page.object_list if pk in rows],
            "page": page,
            "period": period,
            "chart": chart(chronicle.months),
            "people": company,
            "sections": sorted(chronicle.sections.items(), key=lambda row: -row[1]),
        }
        | months_nav(chronicle.months, period),
    )
