"""What readers report, what staff upload and attach, and what staff did."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.models.pages import Page
from archive.models.pieces import Article, Photo
from archive.wording import reworded


class Report(models.Model):
    """What a reader sent: a mistake in an article or photo, or a request to take it down, to be answered by ``due_at``.

    Nothing of it is ever published. ``sender`` and ``network`` are keyed hashes of the address, kept to limit the rate.
    """

    class Kind(models.TextChoices):
        MISTAKE = "mistake", _("指出错误")
        REMOVAL = "removal", _("请求撤下")

    kind = models.CharField(_("种类"), max_length=10, choices=Kind, default=Kind.MISTAKE)
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="reports", verbose_name=_("文章")
    )
    photo = models.ForeignKey(
        Photo, models.CASCADE, null=True, blank=True, related_name="reports", verbose_name=_("图片")
    )
    text = models.TextField(_("内容"), max_length=2000)
    contact = models.CharField(_("联系方式"), max_length=200, blank=True)
    sender = models.CharField(_("来源（散列）"), max_length=64, db_index=True)
    network = models.CharField(_("来源网段（散列）"), max_length=64, blank=True)
    created_at = models.DateTimeField(_("收到时间"), auto_now_add=True)
    due_at = models.DateTimeField(_("答复期限"), null=True, blank=True)
    answer = models.CharField(_("处理结果"), max_length=300, blank=True)
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
        verbose_name = verbose_name_plural = _("读者来信")
        permissions = [
            ("withhold_piece", "Can withhold and delist articles and photos"),
            ("read_withheld", "Can read what is withheld"),
            ("bulk_correct", "Can change section, date and newspaper of many pages at once"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False) ^ Q(photo__isnull=False),
                name="report_on_article_or_photo",
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def piece(self) -> Article | Photo | None:
        """What the report is about."""
        return self.article or self.photo


class Upload(models.Model):
    """A file that staff uploaded; the worker reads it, and ingests it once they confirm.

    ``found`` is what would be made of it, then the keys of the pages that were made.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("等着试读")
        WAITING = "waiting", _("待确认")
        CONFIRMED = "confirmed", _("等着入库")
        DONE = "done", _("已入库")
        FAILED = "failed", _("不能入库")
        DISCARDED = "discarded", _("已放弃")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("上传人")
    )
    name = models.CharField(_("文件名"), max_length=255)
    size = models.PositiveBigIntegerField(_("字节数"))
    data = models.BinaryField(_("原文件（zlib）"))
    beside = models.TextField(_("附带信息（TOML）"), blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.RECEIVED)
    found = models.JSONField(_("试读结果"), default=dict, blank=True)
    message = models.CharField(_("说明"), max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(_("试了几次"), default=0)
    created_at = models.DateTimeField(_("上传时间"), auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = verbose_name_plural = _("上传")

    def __str__(self) -> str:
        return self.name


class AuditEntry(models.Model):
    """What a member of staff did, and when. Rows are only ever added."""

    at = models.DateTimeField(_("时间"), auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("用户")
    )
    user_name = models.CharField(_("用户名"), max_length=150)
    deed = models.CharField(_("操作"), max_length=60)
    target = models.CharField(_("对象"), max_length=200)
    detail = models.TextField(_("详情"), blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = _("操作日志")

    def __str__(self) -> str:
        return f"{self.user_name} {reworded(self.deed)} {self.target}"


class Scan(models.Model):
    """A picture of the printed page, attached by staff as evidence for the desk. Readers never see it."""

    page = models.OneToOneField(Page, models.CASCADE, related_name="scan", verbose_name=_("版"))
    image = models.BinaryField(_("图像（WebP）"))
    name = models.CharField(_("文件名"), max_length=255)
    attached_at = models.DateTimeField(_("附上时间"), auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = _("版面图")

    def __str__(self) -> str:
        return self.name


class Suspicion(models.Model):
    """An article or photo (``key``) withheld because it seems to hold the words of the withheld piece ``secret``."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("待核对")
        CONFIRMED = "confirmed", _("确认撤下")
        RELEASED = "released", _("放行")

    key = models.CharField(_("编号"), max_length=20)
    secret = models.CharField(_("撤下的一篇"), max_length=20)
    found_at = models.DateTimeField(_("发现时间"), auto_now_add=True)
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
        ordering = ["-id"]
        verbose_name = verbose_name_plural = _("疑似撤下的文字")
        constraints = [models.UniqueConstraint(fields=["key", "secret"], name="one_suspicion_a_pair")]

    def __str__(self) -> str:
        return f"{self.key} ≈ {self.secret}"
