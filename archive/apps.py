from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from archive.models import Change


#: Changes that names are recognised for at a time: the two dozen pages they are on take about a second.
PEOPLE_BATCH = 300
#: Changes, uploads among them, looked at before the other consumers have their turn again.
UPLOADS_BATCH = 20


class ArchiveConfig(AppConfig):
    """The archive itself."""

    name = "archive"
    verbose_name = _("报藏")

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from archive import changes

        changes.register(changes.Consumer("people", _people, batch=PEOPLE_BATCH))
        changes.register(changes.Consumer("counts", _counts, rest=_recount))
        changes.register(changes.Consumer("uploads", _uploads, batch=UPLOADS_BATCH))
        post_migrate.connect(_groups, sender=self)


def _groups(**said: Any) -> None:
    """Imported when migrating, since groups are models themselves."""
    from archive.groups import make_groups

    make_groups(**said)


def _people(batch: Sequence[Change]) -> None:
    """The recogniser's consumer; imported at its first batch, since web workers never need its model."""
    from archive.mentions import handle

    handle(batch)


def _counts(batch: Sequence[Change]) -> None:
    """What is counted of people and places."""
    from archive.counts import handle

    handle(batch)


def _recount() -> int:
    from archive.counts import recount

    return recount()


def _uploads(batch: Sequence[Change]) -> None:
    """What staff uploaded."""
    from archive.uploading import handle

    handle(batch)
