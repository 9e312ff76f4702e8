"""Places: the index and a place's page."""

from __future__ import annotations

import string

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive import chronicles, people_pages, place_pages
from archive.models import Place
from archive.remembered import Memory
from archive.views.periods import asked_of, chart, listed_by_id, months_nav, named_page
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
    count = len(chronicle.articles())
    if not count:
        raise Http404(_("没有这个地点的页面。"))
    articles, asked = asked_of(chronicle, request)
    page = pages_of(request, articles, AT_ONCE)
    rows = listed_by_id(list(page.object_list))
    return show(
        request,
        "archive/place.html",
        {
            "place": found,
            "count": count,
            "articles": [rows[pk] for pk in page.object_list if pk in rows],
            "page": page,
            "chart": chart(chronicle.months),
            "people": company,
        }
        | asked
        | months_nav(chronicle.months, asked["period"]),
    )
