"""What an article is about, under which label it was printed, and what sort of text it is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.models.newspapers import Newspaper
from archive.paths import path_to


class Genre(models.TextChoices):
    """体裁."""

    NEWS = "消息", _("消息")
    FEATURE = "通讯", _("通讯")
    COMMENT = "评论", _("评论")
    PICTURE = "图片新闻", _("图片新闻")
    NOTICE = "公告", _("公告")
    ADVERTISEMENT = "广告", _("广告")
    SERVICE = "服务", _("服务")
    CORRECTION = "更正", _("更正")


class Section(models.Model):
    """What articles are about (主题). ``vocabulary``: the words that assign it, a line each."""

    slug = models.SlugField(_("网址名"), unique=True)
    name = models.CharField(_("名称"), max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(_("次序"), default=0)
    vocabulary = models.TextField(_("词表"), blank=True, help_text=_("一行一个词"))

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = verbose_name_plural = _("主题")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return path_to("section", self.slug)


class Column(models.Model):
    """A printed recurring label (栏目), such as 项目建设."""

    newspaper = models.ForeignKey(Newspaper, models.PROTECT, related_name="columns", verbose_name=_("报纸"))
    name = models.CharField(_("名称"), max_length=60)

    class Meta:
        ordering = ["name"]
        verbose_name = verbose_name_plural = _("栏目")
        constraints = [models.UniqueConstraint(fields=["newspaper", "name"], name="one_column_a_name")]

    def __str__(self) -> str:
        return self.name
