from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from archive.models import Change


class ArchiveConfig(AppConfig):
    """The archive itself."""

    name = "archive"
    verbose_name = _("报藏")

    def ready(self) -> None:
        from archive import changes

        changes.register(changes.Consumer("people", _people))


def _people(batch: Sequence[Change]) -> None:
    """The recogniser's consumer; imported at its first batch, since web workers never need its model."""
    from archive.mentions import handle

    handle(batch)
