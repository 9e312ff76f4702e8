from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    """The archive itself."""

    name = "archive"
    verbose_name = _("报藏")
