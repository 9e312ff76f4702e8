"""Dumps, the pages in them, and each page's versions.

A page's truth is its newest ``PageVersion``; ``store`` alone writes here.
"""

from __future__ import annotations

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.models.newspapers import Issue
from archive.order import PAGES
from archive.paths import path_to
from archive.querysets import PageQuerySet


class Dump(models.Model):
    """A text file as it came (机读原文): its bytes, never changed."""

    sha256 = models.CharField(
        "SHA-256", max_length=64, unique=True, validators=[RegexValidator(r"^[0-9a-f]{64}$")]
    )
    name = models.CharField(_("文件名"), max_length=255, db_index=True)
    media_type = models.CharField(_("类型"), max_length=40, default="text/plain")
    encoding = models.CharField(_("编码"), max_length=20)
    size = models.PositiveBigIntegerField(_("字节数"))
    data = models.BinaryField(_("原文件（zlib）"))
    text = models.TextField(_("文本"))
    facts = models.JSONField(_("附带信息"), default=dict, blank=True)
    received_at = models.DateTimeField(_("收到时间"), auto_now_add=True)

    class Meta:
        ordering = ["-received_at", "name"]
        verbose_name = verbose_name_plural = _("机读原文")

    def __str__(self) -> str:
        return self.name


class DumpTrace(models.Model):
    """One of the numbers by which dumps that share much of their text are found (``store/traces.py``)."""

    dump = models.ForeignKey(Dump, models.CASCADE, related_name="traces", verbose_name=_("机读原文"))
    value = models.BigIntegerField(_("值"))

    class Meta:
        verbose_name = verbose_name_plural = _("原文特征")
        indexes = [models.Index(fields=["value", "dump"])]

    def __str__(self) -> str:
        return f"{self.dump} {self.value}"


class Page(models.Model):
    """A page (版). ``touched`` is set once a person's version was stored; ``deleted_at`` once staff deleted it."""

    key = models.CharField(_("永久编号"), max_length=20, unique=True)
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="pages", verbose_name=_("期"))
    dump = models.ForeignKey(Dump, models.PROTECT, related_name="pages", verbose_name=_("机读原文"))
    first_line = models.PositiveIntegerField(_("首行"), default=1)
    last_line = models.PositiveIntegerField(_("末行"))
    number = models.PositiveIntegerField(_("版次"), null=True, blank=True)
    name = models.CharField(_("版名"), max_length=60, blank=True)
    source = models.CharField(_("来源"), max_length=255, blank=True)
    version = models.PositiveIntegerField(_("当前版本"), default=0)
    touched = models.BooleanField(_("经人工校订"), default=False)
    confidence = models.FloatField(_("把握"), default=1.0)
    reviewed_at = models.DateTimeField(_("复核时间"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("复核人"),
    )
    deleted_at = models.DateTimeField(_("删除时间"), null=True, blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ("issue", *PAGES)
        verbose_name = verbose_name_plural = _("版")
        constraints = [
            models.CheckConstraint(
                condition=Q(first_line__gte=1) & Q(last_line__gte=models.F("first_line")),
                name="page_has_lines",
            ),
            models.UniqueConstraint(fields=["dump", "first_line"], name="one_page_a_place_in_a_dump"),
        ]

    def __str__(self) -> str:
        return f"{self.issue} {self.title}"

    @property
    def title(self) -> str:
        """The page as readers name it: 第1版 要闻, or 版次不详."""
        number = _("第%(number)s版") % {"number": self.number} if self.number else _("版次不详")
        return f"{number} {self.name}".strip()

    def withheld_keys(self) -> set[str]:
        """The keys of its articles and photos that the public may not read."""
        return {
            *self.articles.withheld().values_list("key", flat=True),
            *self.photos.withheld().values_list("key", flat=True),
        }

    def get_absolute_url(self) -> str:
        return path_to("page", self.key)


class PageVersion(models.Model):
    """One state of a page; never changed or deleted. Version numbers count from 1 in each page."""

    class Kind(models.TextChoices):
        PARSED = "parsed", _("自动解析")
        CORRECTED = "corrected", _("人工校订")
        RESTORED = "restored", _("恢复旧版")
        ADOPTED = "adopted", _("采纳新解析")
        DELETED = "deleted", _("删除")

    page = models.ForeignKey(Page, models.PROTECT, related_name="versions", verbose_name=_("版"))
    number = models.PositiveIntegerField(_("版本号"))
    kind = models.CharField(_("种类"), max_length=10, choices=Kind)
    dump = models.ForeignKey(Dump, models.PROTECT, related_name="+", verbose_name=_("机读原文"))
    structure = models.JSONField(_("结构"))
    parser_version = models.CharField(_("解析器版本"), max_length=20)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("作者"),
    )
    author_name = models.CharField(_("作者名"), max_length=150, blank=True)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        ordering = ["page", "-number"]
        verbose_name = verbose_name_plural = _("版面版本")
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="one_version_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_count_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.page} v{self.number}"


class Proposal(models.Model):
    """A new parse, or a replaced dump, of a page that a person has touched: it waits for staff."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("待定")
        TAKEN = "taken", _("已采纳")
        DECLINED = "declined", _("不采纳")

    page = models.ForeignKey(Page, models.PROTECT, related_name="proposals", verbose_name=_("版"))
    dump = models.ForeignKey(Dump, models.PROTECT, related_name="+", verbose_name=_("机读原文"))
    structure = models.JSONField(_("结构"))
    parser_version = models.CharField(_("解析器版本"), max_length=20)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("时间"), auto_now_add=True)
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome, default=Outcome.OPEN)
    closed_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("处理人"),
    )

    class Meta:
        ordering = ["-created_at"]
        verbose_name = verbose_name_plural = _("待定的新解析")
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=Q(outcome="open"), name="one_open_proposal_a_page"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page} {self.get_outcome_display()}"
