"""Bring stored dumps to this parser, and their names to this recogniser.

Pages nobody touched take the new parse, the others get a proposal.
"""

from __future__ import annotations

import logging
import zlib
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from archive import changes, mentions, store
from archive.batches import many_pages
from archive.dumps import read_dump
from archive.errors import BaozangError
from archive.ingesting import current_vocabulary
from archive.models import Dump
from archive.parsing import PARSER_VERSION

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Parse stored dumps again where their newest parse is by an older parser (or --all of them)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all",
            action="store_true",
            help="also those that this parser has read, say after a section's words changed",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        dumps = Dump.objects.filter(pages__deleted_at=None, pages__isnull=False).distinct()
        if not options["all"]:
            current = Dump.objects.filter(pages__versions__parser_version=PARSER_VERSION)
            proposed = Dump.objects.filter(pages__proposals__parser_version=PARSER_VERSION)
            dumps = dumps.exclude(pk__in=current.values("pk")).exclude(pk__in=proposed.values("pk"))
        vocabulary = current_vocabulary()
        results: Counter[str] = Counter()
        failures = 0
        with many_pages():
            for key in dumps.values_list("pk", flat=True):
                dump = Dump.objects.get(pk=key)
                try:
                    read = read_dump(zlib.decompress(dump.data), dump.name, dump.facts, vocabulary)
                    outcomes = store.reparse(dump, read.structures, PARSER_VERSION)
                except BaozangError as error:
                    failures += 1
                    self.stderr.write(f"{dump.name}: {error}")
                    continue
                except DatabaseError:
                    raise
                except (
                    Exception
                ) as error:  # a fault of ours with one dump must not keep the others from a better parse
                    failures += 1
                    logger.exception("%s", dump.name)
                    self.stderr.write(
                        f"{dump.name}: a fault in this program ({type(error).__name__}: {error})"
                    )
                    continue
                results.update(outcome.result.value for outcome in outcomes)
        if mentions.stale():
            # A consumer at the beginning of the log remakes the mentions of every page; right ones stay as they are.
            changes.move(mentions.CONSUMER, 0)
            self.stdout.write(
                "Names will be recognised anew: by the worker, as it follows the log from its beginning."
            )
        said = ", ".join(f"{count} {result}" for result, count in sorted(results.items())) or "nothing to do"
        self.stdout.write(f"Pages: {said}. Parser {PARSER_VERSION}.")
        if failures:
            raise SystemExit(1)
