"""The search index: build it, hold it against the database, say how it is."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive import changes
from search.collection import all_documents, count, documents_of
from search.engines import current
from search.engines.base import Difference, Status
from search.errors import SearchError


class Command(BaseCommand):
    help = "The search index: build it beside the one that serves, verify it against the database, show its state."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        build = actions.add_parser("build", help="build it anew; the old one serves meanwhile")
        build.add_argument(
            "--if-needed",
            action="store_true",
            help="only where there is none that can be read; one of another dictionary is left to the worker",
        )
        verify = actions.add_parser(
            "verify", help="compare it with the database, and its files with what was written"
        )
        verify.add_argument("--repair", action="store_true", help="bring it in line with the database")
        status = actions.add_parser("status", help="what there is")
        for action in (build, verify, status):
            action.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['action']}")(options)
        except SearchError as error:
            raise CommandError(str(error)) from error

    # --- build ----------------------------------------------------------------------------------------------------

    def _build(self, options: dict[str, Any]) -> None:
        engine = current()
        if options["if_needed"] and not self._is_needed(engine.status()):
            return
        started = monotonic()
        total = count()
        on_terminal = sys.stderr.isatty() and not options["json"]

        def progress(done: int) -> None:
            seconds = max(monotonic() - started, 0.001)
            rate = done / seconds
            left = (total - done) / rate if rate else 0
            if on_terminal:
                self.stderr.write(f"\r{done}/{total}  {rate:.0f}/s  {left:.0f} s left ", ending="")

        engine.rebuild(all_documents(), progress)
        if on_terminal:
            self.stderr.write("")
        seconds = monotonic() - started
        status = engine.status()
        if options["json"]:
            self._json({"documents": status.documents, "seconds": round(seconds, 2), "bytes": status.bytes})
        else:
            self.stdout.write(f"{status.documents} documents in {seconds:.1f} s, {status.bytes / 1e6:.1f} MB")

    def _is_needed(self, status: Status) -> bool:
        if not status.exists:
            return True
        if not status.stale:
            return False
        if not status.generation:  # of another format: it can't be read
            return True
        # The worker builds it anew while this one serves; it looks when it deals with a change, so it gets its last one
        # again.
        changes.move("search", max(0, changes.position("search") - 1))
        self.stdout.write(f"the index is {status.stale}; the worker builds it anew while this one serves")
        return False

    # --- verify ---------------------------------------------------------------------------------------------------

    def _verify(self, options: dict[str, Any]) -> None:
        difference = current().verify(all_documents())
        repaired = bool(difference and options["repair"])
        if repaired:
            self._repair(difference)
        if options["json"]:
            self._json(asdict(difference) | {"repaired": repaired})
        elif not difference:
            self.stdout.write("the index holds what it should")
        else:
            self.stdout.write(
                f"missing {len(difference.missing)}, surplus {len(difference.surplus)}, "
                f"differing {len(difference.differing)}, damaged files {len(difference.damage)}"
                + (": repaired" if repaired else "")
            )
            for name, identities in (
                ("missing", difference.missing),
                ("surplus", difference.surplus),
                ("differing", difference.differing),
            ):
                for kind, key in identities[:20]:
                    self.stdout.write(f"  {name}: {kind} {key}")
            for file in difference.damage:
                self.stdout.write(f"  damaged: {file}")
        if difference and not repaired:
            raise CommandError("The index is not in step with the database. Run: index verify --repair")

    def _repair(self, difference: Difference) -> None:
        engine = current()
        if difference.damage:
            engine.rebuild(all_documents())
            return
        touched = {*difference.missing, *difference.surplus, *difference.differing}
        documents = documents_of(touched)
        engine.delete(touched - {document.identity for document in documents})
        engine.upsert(documents)

    # --- status ---------------------------------------------------------------------------------------------------

    def _status(self, options: dict[str, Any]) -> None:
        status = current().status()
        newest = changes.last()
        waiting = {each.name: newest - changes.position(each.name) for each in changes.consumers()}
        behind = waiting.pop("search")
        if options["json"]:
            self._json(
                asdict(status)
                | {"details": dict(status.details), "changes_waiting": behind, "others_waiting": waiting}
            )
            return
        if not status.exists:
            self.stdout.write("there is no index; run: python manage.py index build")
            return
        self.stdout.write(
            f"{status.engine}: {status.documents} documents in {status.segments} segments, "
            f"{status.bytes / 1e6:.1f} MB, state {status.generation}; {behind} changes waiting"
        )
        for name, changed in waiting.items():
            self.stdout.write(f"  {name}: {changed} changes waiting")
        for name, value in status.details.items():
            self.stdout.write(f"  {name}: {value}")
        if status.stale:
            self.stdout.write(f"  to be built anew: {status.stale}")

    def _json(self, value: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=1))
