"""People: the index and a person's page."""

from __future__ import annotations

import string
from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive import chronicles, people_pages, tallies
from archive.models import Mention, Person, Photo
from archive.order import NEWEST_FIRST
from archive.prepared import prepared
from archive.remembered import Memory
from archive.views.periods import asked_of, chart, listed_by_id, months_nav, named_page
from archive.views.respond import moved, pages_of, show

#: Articles of a person told on one page.
AT_ONCE = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """People by what a reader types, by initial letter, most named, newly appeared."""
    typed = request.GET.get("q", "").strip()[:40]
    letter = request.GET.get("letter", "").lower()[:1]
    letter = letter if letter in string.ascii_lowercase else ""
    memory = Memory()
    context: dict[str, object] = {"q": typed, "letter": letter, "letters": string.ascii_lowercase}
    if typed:
        context["found"] = named_page(request, people_pages.found_people(people_pages.typed(typed)))
    elif letter:
        of_letter = people_pages.found_people(people_pages.of_letter(letter))
        context["found"] = named_page(request, people_pages.by_surname(of_letter))
        context["by_surname"] = True
    else:
        context |= {
            "most_named": memory.roughly("people 60", lambda: tallies.most_named(60)),
            "new": memory.roughly("people new", lambda: people_pages.newly_appeared(16)),
            "writers": memory.roughly("writers", lambda: tallies.writers(36)),
        }
    return show(request, "archive/people.html", context)


@prepared
def _people(slug: str) -> QuerySet[Person]:
    return Person.objects.select_related("merged_into", "chronicle").filter(slug=slug)


@prepared
def _mentions(person: int, articles: Sequence[int]) -> QuerySet[Mention]:
    named = Mention.objects.filter(person__pk=person, article__pk__in=articles, kind="subject")
    return named.order_by("order")


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """What a person did, when, in what office, with whom; what they wrote."""
    found = next(iter(_people(slug)), None)
    if found is None:
        redirect = moved("person", slug)
        if redirect:
            return redirect
        raise Http404(_("没有这个人物的页面。"))
    if found.merged_into:
        return HttpResponsePermanentRedirect(found.merged_into.get_absolute_url())
    chronicle, company = chronicles.of_person(found)
    in_news = chronicle.articles()
    if not found.listed or not (in_news or chronicle.signed or chronicle.photos):
        raise Http404(_("没有这个人物的页面。"))
    articles, asked = asked_of(chronicle, request)
    period = asked["period"]
    page = pages_of(request, articles, AT_ONCE)
    signed = chronicle.signed if request.GET.get("written") == "all" else chronicle.signed[:6]
    wanted = list(page.object_list)
    earliest = [in_news[-1]] if page.has_other_pages() and len(articles) == len(in_news) else []
    rows = listed_by_id([*wanted, *signed, *earliest])
    mentions = _mentions(found.pk, wanted)
    stories = people_pages.told(found, [rows[pk] for pk in wanted if pk in rows], mentions)
    told_in = {story.article.pk for story in stories}
    if period:
        stories = [story for story in stories if story.event.date.startswith(period)]
    return show(
        request,
        "archive/person.html",
        {
            "person": found,
            "offices": [people_pages.Office(*office) for office in chronicle.offices],
            "in_news": len(in_news),
            "written_count": chronicle.written,
            "written": [rows[pk] for pk in signed if pk in rows],
            "more_written": len(chronicle.signed) if len(chronicle.signed) > len(signed) else 0,
            "stories": stories,
            "only_named": [rows[pk] for pk in wanted if pk in rows and pk not in told_in and not period],
            "earliest": [rows[pk] for pk in earliest if pk in rows],
            "page": page,
            "chart": chart(chronicle.months),
            "with_them": company,
            "network": people_pages.network(company[:12]),
            "photos": _photos(chronicle.photos),
        }
        | asked
        | months_nav(chronicle.months, period),
    )


def _photos(ids: list[int]) -> list[Photo]:
    """These photos, as far as they are listed now, newest first."""
    if not ids:
        return []
    rows = Photo.objects.listed().filter(pk__in=ids).select_related("page__issue__newspaper")
    return list(rows.order_by(*NEWEST_FIRST))
