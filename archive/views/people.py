"""People: the index and a person's page."""

from __future__ import annotations

import string

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive import people_pages, tallies
from archive.models import Article, Mention, Person, Photo, Section
from archive.order import NEWEST_FIRST
from archive.remembered import Memory
from archive.views.periods import chart, counted_sections, period_of, periods
from archive.views.respond import moved, pages_of, show


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """People by what a reader types, by initial letter, most named, newly appeared."""
    typed = request.GET.get("q", "").strip()[:40]
    letter = request.GET.get("letter", "").lower()[:1]
    letter = letter if letter in string.ascii_lowercase else ""
    memory = Memory()
    context: dict[str, object] = {"q": typed, "letter": letter, "letters": string.ascii_lowercase}
    if typed:
        context["found"] = people_pages.found_people(people_pages.typed(typed))[:120]
    elif letter:
        context["found"] = memory.of(
            f"people {letter}",
            lambda: sorted(
                people_pages.found_people(Q(initials__startswith=letter)),
                key=lambda person: (person.reading, person.slug),
            ),
        )
    else:
        context |= {
            "most_named": memory.roughly("people 60", lambda: tallies.most_named(60)),
            "new": memory.roughly("people new", lambda: people_pages.newly_appeared(16)),
            "writers": memory.roughly("writers", lambda: tallies.writers(36)),
        }
    return show(request, "archive/people.html", context)


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """What a person did, when, in what office, with whom; what they wrote."""
    found = Person.objects.select_related("merged_into").filter(slug=slug).first()
    if found is None:
        redirect = moved("person", slug)
        if redirect:
            return redirect
        raise Http404(_("没有这个人物的页面。"))
    if found.merged_into:
        return HttpResponsePermanentRedirect(found.merged_into.get_absolute_url())
    memory = Memory()
    seen = memory.of(f"seen {found.pk}", lambda: people_pages.seen_in(found))
    photos = list(
        Photo.objects.listed()
        .filter(mentions__person=found)
        .select_related("page__issue__newspaper")
        .distinct()
        .order_by(*NEWEST_FIRST)[:12]
    )
    if not found.listed or not (seen or photos):
        raise Http404(_("没有这个人物的页面。"))
    in_news = [article for article in seen if article.subject]
    written = [article for article in seen if article.author]
    period = period_of(request)
    chosen = [article for article in in_news if article.within(period)] if period else in_news
    page = pages_of(request, chosen, people_pages.MOST_READ if period else 20)
    signed = written[:200] if request.GET.get("written") == "all" else written[:6]
    wanted = [article.article for article in page.object_list]
    earliest = [in_news[-1].article] if page.has_other_pages() and not period else []
    signed_in = [article.article for article in signed]
    rows = Article.objects.listed().for_lists().in_bulk([*wanted, *signed_in, *earliest])
    mentions = Mention.objects.filter(person=found, article__in=wanted, kind="subject").order_by("order")
    stories = people_pages.told(found, [rows[pk] for pk in wanted if pk in rows], mentions)
    told_in = {story.article.pk for story in stories}
    if period:
        stories = [story for story in stories if story.event.date.startswith(period)]
    months = people_pages.by_month(in_news)
    sections = dict(Section.objects.values_list("pk", "name"))
    with_them = memory.of(f"with {found.pk}", lambda: people_pages.named_with(found, seen, 24))
    return show(
        request,
        "archive/person.html",
        {
            "person": found,
            "offices": people_pages.offices(in_news),
            "in_news": len(in_news),
            "written_count": len(written),
            "written": [rows[article.article] for article in signed if article.article in rows],
            "stories": stories,
            "only_named": [rows[pk] for pk in wanted if pk in rows and pk not in told_in and not period],
            "earliest": [rows[pk] for pk in earliest if pk in rows],
            "page": page,
            "period": period,
            "periods": periods(months),
            "chart": chart(months),
            "with_them": with_them,
            "network": people_pages.network(with_them[:12]),
            "sections": counted_sections(in_news, sections),
            "photos": photos,
        },
    )
