"""Which issue a page belongs to, found or made from the page's facts."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils.text import slugify

from archive.models import DateCertainty, Issue, KeyRedirect, Newspaper
from archive.structure import PageFacts

_RANK = {
    DateCertainty.UNKNOWN: 0,
    DateCertainty.ESTIMATED: 1,
    DateCertainty.PRINTED: 2,
    DateCertainty.GIVEN: 3,
}


def issue_for(facts: PageFacts, newspaper: Newspaper | None = None) -> Issue:
    """The issue that the facts name, made if need be. A surer date's reason replaces a less sure one's.

    ``newspaper`` is whose issue it is where that is known already.
    """
    date = dt.date.fromisoformat(facts.issue_date.value) if facts.issue_date.value else None
    certainty = DateCertainty(facts.issue_date.certainty.value) if date else DateCertainty.UNKNOWN
    issue, made = Issue.objects.get_or_create(
        newspaper=newspaper or newspaper_for(facts.newspaper),
        date=date,
        edition=facts.edition,
        defaults={"date_certainty": certainty, "date_reason": facts.issue_date.because},
    )
    if not made and _RANK[certainty] > _RANK[DateCertainty(issue.date_certainty)]:
        issue.date_certainty, issue.date_reason = certainty, facts.issue_date.because
        issue.save(update_fields=["date_certainty", "date_reason"])
    return issue


def newspaper_for(name: str) -> Newspaper:
    """The newspaper of a slug or printed name, made if need be; without a name, the settings' default."""
    name = name or settings.DEFAULT_NEWSPAPER
    found = Newspaper.objects.filter(slug=name).first() or Newspaper.objects.filter(name=name).first()
    if found:
        return found
    from pypinyin import lazy_pinyin  # 0.4 s and 70 MB: only for a newspaper that is not there yet

    slug = slugify("-".join(lazy_pinyin(name))) or "newspaper"
    while Newspaper.objects.filter(slug=slug).exists():
        slug = f"{slug}-2"
    return Newspaper.objects.create(slug=slug, name=name)


def leave_issue(old: Issue, new: Issue) -> None:
    """After a page moved from one issue to another: an issue that is left empty leads on to where its page went."""
    if old.pages.exists():
        return
    address = f"{old.newspaper.slug}/{old.slug}"
    target = f"{new.newspaper.slug}/{new.slug}"
    what = KeyRedirect.What.ISSUE
    KeyRedirect.objects.filter(what=what, old=target).delete()
    KeyRedirect.objects.filter(what=what, new=address).exclude(old=target).update(new=target)
    KeyRedirect.objects.update_or_create(what=what, old=address, defaults={"new": target})
    old.delete()
