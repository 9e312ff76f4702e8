"""Places and where they are named."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.models.pieces import Article
from archive.paths import path_to


class Place(models.Model):
    """A place in the news with a printed kind (镇, 村, 路 …). Places of one name are one row."""

    slug = models.CharField(_("网址名"), max_length=60, unique=True)
    name = models.CharField(_("地名"), max_length=40)
    reading = models.CharField(_("读音"), max_length=80, blank=True)
    initials = models.CharField(_("音序"), max_length=20, blank=True)
    search_forms = models.CharField(_("拼音检索形式"), max_length=300, blank=True)
    note = models.TextField(_("说明"), blank=True)
    listed = models.BooleanField(_("列出"), default=True)
    named = models.PositiveIntegerField(_("见于文章"), default=0, editable=False)
    first_date = models.DateField(_("最早"), null=True, editable=False)
    last_date = models.DateField(_("最近"), null=True, editable=False)
    counts_stale = models.BooleanField(default=True, editable=False)

    class Meta:
        ordering = ["reading", "name"]
        verbose_name = verbose_name_plural = _("地点")
        indexes = [
            models.Index(fields=["initials"]),
            models.Index(fields=["-named"]),
            models.Index(fields=["-first_date"]),
            models.Index(fields=["counts_stale"], condition=Q(counts_stale=True), name="places_to_count"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return path_to("place", self.slug)


class PlaceMention(models.Model):
    """A place named in an article; ``field``, ``paragraph``, ``start`` and ``end`` as in ``Mention``."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="mentions", verbose_name=_("地点"))
    article = models.ForeignKey(
        Article, models.CASCADE, related_name="place_mentions", verbose_name=_("文章")
    )
    field = models.CharField(_("位置"), max_length=15)
    paragraph = models.PositiveIntegerField(_("段"), default=0)
    start = models.PositiveIntegerField(_("起"), default=0)
    end = models.PositiveIntegerField(_("止"), default=0)
    order = models.PositiveIntegerField(_("次序"), default=0)

    class Meta:
        ordering = ["article", "order"]
        verbose_name = verbose_name_plural = _("地点提及")
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=models.F("start")), name="place_mention_has_a_place")
        ]

    def __str__(self) -> str:
        return str(self.place)
