"""The worker: follows the change log, recognises people, writes the index."""

from __future__ import annotations

import logging
import signal
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from archive import lifeline
from archive.following import work
from archive.locks import LockedError

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Follow the change log: recognise people and write the search index. One runs beside the site."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--lifeline", action="store_true", help="end when standard input ends, as under manage.py serve"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: lifeline.set_from_signal(stop))
        if options["lifeline"]:
            lifeline.hang_on(stop.set)
        logger.info("following the change log in %s", settings.DATA_DIR)
        try:
            work(settings.DATA_DIR, stop)
        except LockedError as error:
            raise CommandError(str(error)) from error
