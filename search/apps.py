from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from archive.models import Change


class SearchConfig(AppConfig):
    """Finding things in the archive."""

    name = "search"
    verbose_name = _("检索")

    def ready(self) -> None:
        from archive import changes

        changes.register(changes.Consumer("search", _index))


def _index(batch: Sequence[Change]) -> None:
    """The consumer of the change log; imported at its first batch, since it brings the engine's writer along."""
    from search.consumer import handle

    handle(batch)
