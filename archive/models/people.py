"""People, where they are named, and staff's word on whose name it is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.models.pieces import Article, Photo
from archive.paths import path_to
from archive.querysets import PersonQuerySet


class Person(models.Model):
    """A person in the news or behind it. ``slug`` is the name, with a number where several bear it.

    What ``counts.py`` counts (``named`` to ``last_date``) lags behind the mentions until the worker has come round.
    """

    slug = models.CharField(_("网址名"), max_length=60, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    aliases = models.JSONField(_("别名"), default=list, blank=True)
    reading = models.CharField(_("读音"), max_length=80, blank=True)
    reading_by_staff = models.BooleanField(_("读音经人工改定"), default=False)
    initials = models.CharField(_("音序"), max_length=20, blank=True)
    search_forms = models.CharField(_("拼音检索形式"), max_length=300, blank=True)
    note = models.TextField(_("说明"), blank=True)
    listed = models.BooleanField(_("列出"), default=True)
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged_from", verbose_name=_("并入")
    )

    named = models.PositiveIntegerField(_("见于文章"), default=0, editable=False)
    written = models.PositiveIntegerField(_("署名"), default=0, editable=False)
    pieces = models.PositiveIntegerField(_("全部"), default=0, editable=False)
    first_date = models.DateField(_("最早"), null=True, editable=False)
    last_date = models.DateField(_("最近"), null=True, editable=False)
    counts_stale = models.BooleanField(default=True, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["reading", "name"]
        verbose_name = verbose_name_plural = _("人物")
        indexes = [
            models.Index(fields=["name"]),
            models.Index(fields=["initials"]),
            models.Index(fields=["-named"]),
            models.Index(fields=["-written"]),
            models.Index(fields=["-first_date"]),
            models.Index(fields=["counts_stale"], condition=Q(counts_stale=True), name="people_to_count"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return path_to("person", self.slug)


class Mention(models.Model):
    """A name in an article or photo. ``field`` and ``paragraph`` say where ``start``–``end`` count characters.

    Made by the recogniser and remade when it or the text changes; whose name it is, staff may decide
    (``IdentityDecision``).
    """

    class Kind(models.TextChoices):
        SUBJECT = "subject", _("文中人物")
        REPORTER = "reporter", _("记者")
        CORRESPONDENT = "correspondent", _("通讯员")
        PHOTOGRAPHER = "photographer", _("摄影")

    person = models.ForeignKey(Person, models.CASCADE, related_name="mentions", verbose_name=_("人物"))
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="mentions", verbose_name=_("文章")
    )
    photo = models.ForeignKey(
        Photo, models.CASCADE, null=True, blank=True, related_name="mentions", verbose_name=_("图片")
    )
    kind = models.CharField(_("种类"), max_length=15, choices=Kind)
    name = models.CharField(_("印出的姓名"), max_length=40)
    office = models.CharField(_("职务"), max_length=120, blank=True)
    field = models.CharField(_("位置"), max_length=15, blank=True)
    paragraph = models.PositiveIntegerField(_("段"), default=0)
    start = models.PositiveIntegerField(_("起"), default=0)
    end = models.PositiveIntegerField(_("止"), default=0)
    order = models.PositiveIntegerField(_("次序"), default=0)
    recogniser_version = models.CharField(_("识别器版本"), max_length=20)

    class Meta:
        ordering = ["article", "photo", "order"]
        verbose_name = verbose_name_plural = _("人物提及")
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False) ^ Q(photo__isnull=False),
                name="mention_in_article_or_photo",
            ),
            models.CheckConstraint(condition=Q(end__gte=models.F("start")), name="mention_has_a_place"),
        ]
        indexes = [models.Index(fields=["person", "kind"]), models.Index(fields=["person", "article"])]

    def __str__(self) -> str:
        return self.name


class IdentityDecision(models.Model):
    """Staff's word on whose name it is, by article key and occurrence, so that it outlives every re-parse.

    ``kind`` split: the name's occurrence ``occurrence`` (counted from 0; -1: all of them) in the article or photo
    ``key`` is the person ``slug``. ``kind`` join: the whole person ``name`` is the person ``slug``. ``kind``
    same: the mentions of ``slug`` are one person's, whatever speaks for two. What was undone stays, with ``undone_at``.
    """

    class Kind(models.TextChoices):
        SPLIT = "split", _("此处另有其人")
        JOIN = "join", _("两名一人")
        SAME = "same", _("确认是一人")

    kind = models.CharField(_("种类"), max_length=10, choices=Kind)
    name = models.CharField(_("姓名"), max_length=60)
    key = models.CharField(_("文章编号"), max_length=20, blank=True)
    occurrence = models.IntegerField(_("第几次"), default=-1)
    slug = models.CharField(_("人物网址名"), max_length=60)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("作者"),
    )
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("时间"), auto_now_add=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = _("人物判定")

    def __str__(self) -> str:
        return f"{self.name} → {self.slug}"


class SurnameReading(models.Model):
    """How a surname is read where the dictionary errs: 翟 zhái, 葛 gě, 单 shàn."""

    surname = models.CharField(_("姓"), max_length=4, unique=True)
    reading = models.CharField(_("读音"), max_length=30)

    class Meta:
        ordering = ["surname"]
        verbose_name = verbose_name_plural = _("姓氏读音")

    def __str__(self) -> str:
        return f"{self.surname} {self.reading}"
