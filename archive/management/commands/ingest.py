"""Take dumps into the archive: files, and folders searched to their depth."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.db.models import Q

from archive.batches import many_pages
from archive.finding import Problem, find, printable
from archive.following import behind, settle
from archive.ingesting import (
    Ingested,
    current_vocabulary,
    has_database,
    ingest,
    title_of,
    warnings_of,
)
from archive.models import Mention
from archive.names import people_of
from archive.outages import outage_of
from archive.progress import Progress
from archive.store import Result
from archive.structure import PageStructure


@dataclass
class Tally:
    """What a run has come to. ``pages`` holds the keys of the pages that readers can open."""

    results: Counter[Result] = field(default_factory=Counter)
    pages: list[str] = field(default_factory=list)
    page_count: int = 0
    articles: int = 0
    photos: int = 0
    warnings: int = 0
    people: int = 0
    names: set[str] = field(default_factory=set)
    failures: list[Problem] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)

    def totals(self) -> dict[str, int]:
        return {
            "dumps": self.results.total(),
            "pages": self.page_count,
            "articles": self.articles,
            "photos": self.photos,
            "people": self.people,
            "warnings": self.warnings,
            "failures": len(self.failures),
        }


class Command(BaseCommand):
    help = "Take dumps into the archive. Bytes that it has already change nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="a dump, or a folder of dumps"
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="write nothing; print what would be made, with its warnings",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        self.dry_run: bool = options["dry_run"]
        self.as_json: bool = options["json"]
        if not self.dry_run and not has_database():
            raise CommandError("The database is not set up. Run: python manage.py migrate")
        tally = Tally()
        interrupted = False
        try:
            with many_pages():
                self._take(find(options["paths"]), tally)
                self._name(tally)
        except KeyboardInterrupt:
            interrupted = True
        except OperationalError as error:
            outage = outage_of(error)
            if outage is None:
                raise
            raise CommandError(str(outage)) from error
        self._close(tally)
        if interrupted:
            raise CommandError(
                "Interrupted. What was taken in is kept: run this again for the rest.", returncode=130
            )
        if tally.failures:
            raise CommandError(
                f"{len(tally.failures)} of {len(tally.files)} could not be taken in (see above)."
            )

    def _take(self, found: Sequence[Path | Problem], tally: Tally) -> None:
        vocabulary = current_vocabulary()
        with Progress("dumps", len(found), sys.stderr) as progress:
            for one in found:
                done = one if isinstance(one, Problem) else ingest(one, vocabulary, dry_run=self.dry_run)
                if isinstance(done, Problem):
                    self._failed(done, tally, progress)
                else:
                    self._taken(done, tally, progress)
                progress.to(progress.done + 1)

    def _failed(self, problem: Problem, tally: Tally, progress: Progress) -> None:
        tally.failures.append(problem)
        tally.files.append(
            {
                "file": printable(str(problem.path)),
                "result": "failed",
                "reason": problem.error.reason,
                "remedy": problem.error.remedy,
            }
        )
        with progress.aside():
            self.stderr.write(self.style.ERROR(str(problem)))

    def _taken(self, done: Ingested, tally: Tally, progress: Progress) -> None:
        warnings = [
            (title_of(article), warnings_of(article)) for page in done.structures for article in page.articles
        ]
        pages = len(done.outcomes) or len(done.structures)
        articles = sum(one.articles for one in done.outcomes) or sum(
            len(one.articles) for one in done.structures
        )
        photos = sum(one.photos for one in done.outcomes) or sum(len(one.photos) for one in done.structures)
        count = sum(len(each) for _, each in warnings)
        tally.results[done.result] += 1
        tally.page_count += pages
        tally.articles += articles
        tally.photos += photos
        tally.warnings += count
        tally.pages += [one.page for one in done.outcomes if one.result is not Result.DELETED]
        if self.dry_run:
            tally.names |= _names(done.structures)
        name = printable(str(done.path))
        tally.files.append(
            {
                "file": name,
                "result": done.result.value,
                "pages": [one.page for one in done.outcomes],
                "issue_dates": [page.facts.issue_date.value for page in done.structures],
                "articles": articles,
                "photos": photos,
                "contradicted": done.contradicted,
                "warnings": [{"article": title, "warnings": each} for title, each in warnings if each],
            }
        )
        if done.contradicted:
            with progress.aside():
                self.stderr.write(self.style.WARNING(_contradiction(name, done.contradicted)))
        if self.as_json or (progress.live and not self.dry_run):
            return
        with progress.aside():
            self.stdout.write(
                f"{name}: {_words(done.result, self.dry_run)}, {articles} articles, {photos} photos, {count} warnings"
            )
            if self.dry_run:
                self._would_be(done)

    def _would_be(self, done: Ingested) -> None:
        for page in done.structures:
            facts = page.facts
            reason = f" ({facts.issue_date.because})" if facts.issue_date.because else ""
            number = f", page {facts.number}" if facts.number else ""
            self.stdout.write(
                f"  lines {page.first_line}–{page.last_line}{number} {facts.name}".rstrip()
                + f": {facts.issue_date.value or 'no date'}, {facts.issue_date.certainty.value}{reason}"
            )
            for article in page.articles:
                self.stdout.write(f"    {article.confidence:.2f}  {title_of(article)}")
                for warning in warnings_of(article):
                    self.stdout.write(f"          {warning}")

    def _name(self, tally: Tally) -> None:
        """Find the people of what is new, here or by the worker that is running."""
        if self.dry_run:
            tally.people = len(tally.names)
            return
        with Progress("changes followed (people, index)", behind(), sys.stderr) as progress:
            settled = settle(settings.DATA_DIR, lambda left: progress.to(max(progress.total - left, 0)))
        if not settled:
            self.stderr.write("The worker is still at it: people and search will follow.")
        named = Mention.objects.filter(
            Q(article__page__key__in=tally.pages) | Q(photo__page__key__in=tally.pages)
        )
        tally.people = named.values("person").distinct().count()

    def _close(self, tally: Tally) -> None:
        if self.as_json:
            results = {result.value: count for result, count in tally.results.items()}
            whole = {**tally.totals(), "results": results, "dry_run": self.dry_run, "files": tally.files}
            self.stdout.write(json.dumps(whole, ensure_ascii=False, indent=1))
            return
        for name, count in tally.totals().items():
            self.stdout.write(f"{name:<10}{count:>9}{_parts(tally) if name == 'dumps' else ''}")


def _contradiction(name: str, before: dict[str, Any]) -> str:
    facts = ", ".join(f"{key} = {value}" for key, value in before.items())
    return (
        f"{name}: the same bytes came before with {facts}; what is said of them now is taken for a correction of that. "
        "If they are two pages with one text, add an empty line to one of the files and ingest both."
    )


def _parts(tally: Tally) -> str:
    parts = ", ".join(f"{count} {result.value}" for result, count in tally.results.items())
    return f"  ({parts})" if parts else ""


def _names(structures: Sequence[PageStructure]) -> set[str]:
    """Everyone that the pages name or that wrote or photographed for them."""
    names = {name for page in structures for each in people_of(page) for name in each}
    for page in structures:
        names.update(*(article.reporters + article.correspondents for article in page.articles))
        names.update(*(photo.photographers for photo in page.photos))
    return names


def _words(result: Result, dry_run: bool) -> str:
    if result is Result.NEW and dry_run:
        return "would be taken in"
    return {
        Result.NEW: "taken in",
        Result.UNCHANGED: "known already",
        Result.UPDATED: "changed",
        Result.PROPOSED: "waits for staff, who have worked on the page",
        Result.DELETED: "deleted by staff, not brought back",
    }[result]
