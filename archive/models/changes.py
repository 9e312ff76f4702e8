"""The change log and how far each of its consumers has come."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """The change log: what was touched, in the order of its transactions. Consumers follow it by ``id``."""

    class What(models.TextChoices):
        ARTICLE = "article", _("文章")
        PHOTO = "photo", _("图片")
        MENTIONS = "mentions", _("人物提及")
        PERSON = "person", _("人物")
        UPLOAD = "upload", _("上传")

    id = models.BigAutoField(primary_key=True)
    what = models.CharField(_("种类"), max_length=10, choices=What)
    key = models.CharField(_("编号"), max_length=60)
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = _("变更记录")

    def __str__(self) -> str:
        return f"{self.id} {self.what} {self.key}"


class Cursor(models.Model):
    """How far a consumer of the change log has come: the id of the last change it has dealt with."""

    consumer = models.CharField(_("消费者"), max_length=40, primary_key=True)
    position = models.BigIntegerField(_("位置"), default=0)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = _("进度")

    def __str__(self) -> str:
        return f"{self.consumer} {self.position}"
