from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Finding things in the archive."""

    name = "search"
    verbose_name = _("检索")
