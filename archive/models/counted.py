"""What is counted ahead for pages that would be too slow to count when asked. ``stale`` rows are in doubt."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.models.people import Person
from archive.models.places import Place


class MonthCount(models.Model):
    """What readers can open of one month of issues (2021-10; empty: undated). Counts by row id of section and column.

    ``first`` and ``last`` are dates of articles; ``versions`` those of the parsers that read the pages.
    """

    month = models.CharField(_("月份"), max_length=7, primary_key=True)
    stale = models.BooleanField(default=True)
    issues = models.PositiveIntegerField(default=0)
    estimated = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    touched = models.PositiveIntegerField(default=0)
    articles = models.PositiveIntegerField(default=0)
    unclassified = models.PositiveIntegerField(default=0)
    photos = models.PositiveIntegerField(default=0)
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    sections = models.JSONField(default=dict)
    columns = models.JSONField(default=dict)
    versions = models.JSONField(default=list)

    class Meta:
        ordering = ["-month"]
        verbose_name = verbose_name_plural = _("各月数目")

    def __str__(self) -> str:
        return self.month


#: Bits of a packed event that hold the article's row id; the bits above hold the day.
_ID_BITS = 36


def packed(date: str, article: int) -> int:
    """An event's ISO date of any precision and its article as one number that sorts by date."""
    return int(date.replace("-", "").ljust(8, "0")) << _ID_BITS | article


class Chronicle(models.Model):
    """The articles of a person or place in the order of their events, and what is counted of them (编年).

    ``order``: row ids of the articles that name them, newest event first, eight bytes each. ``dated``: their events
    as ``packed`` numbers, oldest first, those of one date in the reverse of that order. ``months``: articles by
    month of the event. ``offices``: [name, first, last, articles]. ``company``: [person's row id, articles] of
    those whom the same articles name. ``signed``: the newest that the person wrote, of ``written``; ``photos``: the
    newest photos. ``sections``: articles by row id of the main section. In doubt while ``counts_stale`` of the
    person or place is set.
    """

    person = models.OneToOneField(Person, models.CASCADE, null=True, related_name="chronicle")
    place = models.OneToOneField(Place, models.CASCADE, null=True, related_name="chronicle")
    order = models.BinaryField()
    dated = models.BinaryField()
    months = models.JSONField(default=dict)
    sections = models.JSONField(default=dict)
    offices = models.JSONField(default=list)
    company = models.JSONField(default=list)
    written = models.PositiveIntegerField(default=0)
    signed = models.JSONField(default=list)
    photos = models.JSONField(default=list)

    class Meta:
        verbose_name = verbose_name_plural = _("编年")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) ^ Q(place__isnull=False),
                name="chronicle_of_person_or_place",
            )
        ]

    def __str__(self) -> str:
        return str(self.person or self.place)

    def articles(self, period: str = "", last: str = "") -> array[int]:
        """Row ids of the articles, newest event first: all, or those with an event in a year, a month, on a day; with
        ``last`` from ``period`` to another of its kind. Among events from day to day are those known to the month only.
        """
        if not period:
            return array("q", bytes(self.order))
        events = array("q", bytes(self.dated))
        first, after = packed(period, 0), packed(f"{last or period}-99-99"[:10], 0) + (1 << _ID_BITS)
        chosen = events[bisect_left(events, first) : bisect_left(events, after)]
        return array("q", dict.fromkeys(event & (1 << _ID_BITS) - 1 for event in reversed(chosen)))

    def keep(self, articles: Sequence[tuple[int, Sequence[str]]]) -> None:
        """Set ``order`` and ``dated`` from (row id, ISO dates of events), newest first."""
        self.order = array("q", [article for article, _dates in articles]).tobytes()
        events = dict.fromkeys(
            packed(date, article) for article, dates in reversed(articles) for date in dates
        )
        self.dated = array("q", sorted(events, key=lambda event: event >> _ID_BITS)).tobytes()
