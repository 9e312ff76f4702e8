"""Measure how close the archive's reading comes to what people marked by hand."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.errors import BaozangError
from archive.names.scoring import Score, in_half, measure, read_gold


class Command(BaseCommand):
    help = "Measure the archive's reading against files that people marked by hand."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--people",
            type=Path,
            metavar="FILE",
            help="articles with marked names, JSON lines (.jsonl or .jsonl.gz); prints precision, recall and F1",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["people"] is None:
            raise CommandError("Nothing to measure. Give --people FILE.")
        self._people(options["people"])

    def _people(self, path: Path) -> None:
        try:
            gold = read_gold(path)
        except BaozangError as error:
            raise CommandError(str(error)) from error
        scores = measure(gold)
        halves = [Score(), Score()]
        for article, score in zip(gold, scores, strict=True):
            halves[in_half(article.key)] += score
        self.stdout.write(
            f"{'':14}{'articles':>9}{'marked':>8}{'found':>8}{'right':>8}  precision  recall      F1"
        )
        for name, score, count in (
            ("tuned on", halves[0], sum(not in_half(article.key) for article in gold)),
            ("held out", halves[1], sum(in_half(article.key) for article in gold)),
            ("all", halves[0] + halves[1], len(gold)),
        ):
            self.stdout.write(
                f"{name:14}{count:9}{score.right + score.missed:8}{score.right + score.wrong:8}{score.right:8}"
                f"  {score.precision:9.4f}{score.recall:8.4f}{score.f1:8.4f}"
            )
