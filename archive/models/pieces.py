"""Articles and photos: rows that ``store`` brings in line with their page's newest version.

They are updated by key and never dropped, since mentions, reports and images hang on them; what left the page is marked
``gone``.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.models.kinds import Column, Genre, Section
from archive.models.newspapers import Newspaper
from archive.models.pages import Page
from archive.order import NEWEST_FIRST
from archive.paths import path_to
from archive.querysets import ArticleQuerySet, PhotoQuerySet
from archive.script import SIMPLIFIED

#: The order of lists with what says whether a row is listed, so that these are cut without reading the texts.
_LISTED = ["-date", "page_order", "page", "position", "gone", "visibility"]


class Piece(models.Model):
    """What Article and Photo rows share: a permanent key, a page, and whether the public sees it.

    ``page_order`` repeats the page's place within its day (``archive.order``), ``language`` is that of the text
    (``archive.script``). ``appeared_at``: when readers were first shown the text; None where they never were.
    """

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("公开")
        DELISTED = "delisted", _("不列出")
        WITHHELD = "withheld", _("撤下")

    key = models.CharField(_("永久编号"), max_length=20, unique=True)
    page = models.ForeignKey(Page, models.PROTECT, related_name="%(class)ss", verbose_name=_("版"))
    page_order = models.CharField(_("版序"), max_length=70, editable=False)
    position = models.PositiveIntegerField(_("次序"))
    language = models.CharField(_("简繁"), max_length=7, default=SIMPLIFIED, editable=False)
    gone = models.BooleanField(_("已不在版面上"), default=False)
    visibility = models.CharField(_("可见性"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    visibility_reason = models.CharField(_("理由"), max_length=300, blank=True)
    confidence = models.FloatField(_("把握"), default=1.0)
    doubts = models.JSONField(_("疑点"), default=list, blank=True)
    rights = models.CharField(_("权利"), max_length=10, choices=Newspaper.Rights, blank=True)
    appeared_at = models.DateTimeField(_("收录时间"), null=True, editable=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta:
        abstract = True


class Article(Piece):
    """An article, projected from its page's structure. ``body`` has a paragraph a line; ``printed`` is the whole print.

    ``date`` repeats the issue's date for sorting; ``event_date`` is the first day, month or year the text tells of, as
    ISO text of that precision, ``event_dates`` all of them.
    """

    kicker = models.CharField(_("引题"), max_length=300, blank=True)
    headline = models.CharField(_("主标题"), max_length=300, blank=True)
    subheadline = models.CharField(_("副标题"), max_length=600, blank=True)
    supplied_headline = models.CharField(_("补拟标题"), max_length=300, blank=True)
    byline = models.CharField(_("署名"), max_length=300, blank=True)
    note = models.TextField(_("附注"), blank=True)
    body = models.TextField(_("正文"), blank=True)
    printed = models.TextField(_("原印文字"), blank=True)
    first_clause = models.CharField(_("首句"), max_length=80, blank=True)
    characters = models.PositiveIntegerField(_("字数"), default=0)
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="main_articles", verbose_name=_("主题")
    )
    sections = models.ManyToManyField(Section, related_name="articles", blank=True, verbose_name=_("各主题"))
    column = models.ForeignKey(
        Column, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("栏目")
    )
    genre = models.CharField(_("体裁"), max_length=10, choices=Genre, default=Genre.NEWS)
    date = models.DateField(_("日期"), null=True, blank=True)
    event_date = models.CharField(_("事件日期"), max_length=10, blank=True)
    event_dates = models.JSONField(_("事件日期（全部）"), default=list, blank=True)
    reporters = models.JSONField(_("记者"), default=list, blank=True)
    correspondents = models.JSONField(_("通讯员"), default=list, blank=True)
    evidence = models.JSONField(_("归类依据"), default=list, blank=True)
    continued_on = models.CharField(_("下转"), max_length=40, blank=True)
    continued_from = models.CharField(_("上接"), max_length=40, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = NEWEST_FIRST
        verbose_name = verbose_name_plural = _("文章")
        indexes = [
            models.Index(fields=_LISTED),
            models.Index(fields=["-appeared_at", *_LISTED]),
            models.Index(fields=["genre", "-date"]),
            models.Index(fields=["section", "-date"]),
            models.Index(fields=["event_date"]),
            # The few that are withheld, which every page that arrives is compared with.
            models.Index(fields=["page"], condition=Q(visibility="withheld"), name="article_withheld"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The headline; what staff supplied in brackets; or 〔无题〕 with the first clause."""
        if self.headline:
            return self.headline
        if self.supplied_headline:
            return f"［{self.supplied_headline}］"
        return f"〔{_('无题')}〕{self.first_clause}"

    @property
    def paragraphs(self) -> list[str]:
        """The body, a paragraph each."""
        return self.body.split("\n") if self.body else []

    def get_absolute_url(self) -> str:
        return path_to("article", self.key)


class Photo(Piece):
    """A photo's caption and credit; ``image`` is what staff attached, since dumps carry none."""

    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, blank=True, related_name="photos", verbose_name=_("文章")
    )
    caption = models.TextField(_("图片说明"), blank=True)
    credit = models.CharField(_("摄影署名"), max_length=300, blank=True)
    printed = models.TextField(_("原印文字"), blank=True)
    photographers = models.JSONField(_("摄影"), default=list, blank=True)
    agency = models.CharField(_("来源"), max_length=60, blank=True)
    arrow = models.CharField(_("指向"), max_length=4, blank=True)
    date = models.DateField(_("日期"), null=True, blank=True)
    image = models.ImageField(
        _("图片"), upload_to="photos/%Y/", blank=True, width_field="image_width", height_field="image_height"
    )
    image_width = models.PositiveIntegerField(null=True, editable=False)
    image_height = models.PositiveIntegerField(null=True, editable=False)
    alt_text = models.CharField(_("替代文字"), max_length=300, blank=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = NEWEST_FIRST
        verbose_name = verbose_name_plural = _("图片")
        indexes = [
            models.Index(fields=_LISTED),
            models.Index(fields=["page"], condition=Q(visibility="withheld"), name="photo_withheld"),
        ]

    def __str__(self) -> str:
        return self.caption[:40]

    def get_absolute_url(self) -> str:
        return path_to("photo", self.key)


class KeyRedirect(models.Model):
    """A key that now leads elsewhere (after a merge), or an issue date that was corrected. Addresses never break."""

    class What(models.TextChoices):
        ARTICLE = "article", _("文章")
        PHOTO = "photo", _("图片")
        ISSUE = "issue", _("期")
        PERSON = "person", _("人物")

    what = models.CharField(_("种类"), max_length=10, choices=What)
    old = models.CharField(_("旧编号"), max_length=200)
    new = models.CharField(_("新编号"), max_length=200)
    created_at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = _("转址")
        constraints = [
            models.UniqueConstraint(fields=["what", "old"], name="one_redirect_a_key"),
            models.CheckConstraint(condition=~Q(old=models.F("new")), name="no_redirect_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
