"""Newspapers and their issues."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.paths import path_to
from archive.querysets import IssueQuerySet, NewspaperQuerySet


class DateCertainty(models.TextChoices):
    """How an issue's date is known; the values are ``structure.Certainty``."""

    GIVEN = "given", _("给定")
    PRINTED = "printed", _("印明")
    ESTIMATED = "estimated", _("推定")
    UNKNOWN = "unknown", _("未知")


class Newspaper(models.Model):
    """A newspaper (报纸). ``rights`` says what readers may do with its texts."""

    class Rights(models.TextChoices):
        OPEN = "open", _("全文可再利用")
        READ = "read", _("仅供在线阅读")

    slug = models.SlugField(_("网址名"), unique=True)
    name = models.CharField(_("报名"), max_length=100)
    place = models.CharField(_("出版地"), max_length=100, blank=True)
    publisher = models.CharField(_("出版者"), max_length=200, blank=True)
    issn = models.CharField("ISSN", max_length=9, blank=True)
    serial_number = models.CharField(_("国内统一连续出版物号"), max_length=20, blank=True)
    about = models.TextField(_("简介"), blank=True)
    rights = models.CharField(_("权利"), max_length=10, choices=Rights, default=Rights.READ)
    rights_note = models.TextField(_("权利说明"), blank=True)

    objects = NewspaperQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = verbose_name_plural = _("报纸")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return path_to("newspaper", self.slug)


def issue_slug(date: dt.date | None, edition: str) -> str:
    """An issue's part of its address: ``2021-10-24``, ``2021-10-24-晚刊`` or ``undated``."""
    day = date.isoformat() if date else "undated"
    return f"{day}-{edition}" if edition else day


class Issue(models.Model):
    """One date (and edition) of a newspaper (一期)."""

    newspaper = models.ForeignKey(Newspaper, models.PROTECT, related_name="issues", verbose_name=_("报纸"))
    date = models.DateField(_("日期"), null=True, blank=True)
    edition = models.CharField(_("版次别"), max_length=40, blank=True)
    date_certainty = models.CharField(
        _("日期由来"), max_length=10, choices=DateCertainty, default=DateCertainty.UNKNOWN
    )
    date_reason = models.CharField(_("日期依据"), max_length=300, blank=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "newspaper", "edition"]
        verbose_name = verbose_name_plural = _("期")
        constraints = [
            models.UniqueConstraint(
                fields=["newspaper", "date", "edition"], name="one_issue_a_date_and_edition"
            ),
            models.UniqueConstraint(
                fields=["newspaper", "edition"], condition=Q(date__isnull=True), name="one_undated_issue"
            ),
            models.CheckConstraint(
                condition=Q(date__isnull=False) | Q(date_certainty=DateCertainty.UNKNOWN),
                name="no_certainty_without_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.newspaper.name} {self.slug}"

    @property
    def slug(self) -> str:
        """The issue's part of its address."""
        return issue_slug(self.date, self.edition)

    @property
    def is_estimated(self) -> bool:
        return self.date_certainty == DateCertainty.ESTIMATED

    def get_absolute_url(self) -> str:
        return path_to("issue", self.newspaper.slug, self.slug)
