"""Measure how close the archive's reading comes to what people marked by hand."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from archive.decoding import decode
from archive.errors import BaozangError
from archive.names.scoring import Score, in_half, measure, read_gold
from archive.parsing import parse
from archive.parsing.scoring import means
from archive.parsing.scoring import score as figures
from archive.structure import lines_of


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

        parser.add_argument(
            "--golden",
            type=Path,
            metavar="FOLDER",
            default=settings.BASE_DIR / "tests" / "golden",
            help="pages with known structures (default: tests/golden); prints the figures of the parser",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["people"] is None:
            self._structure(options["golden"])
        else:
            self._people(options["people"])

    def _structure(self, folder: Path) -> None:
        """A table: each golden page's figures, their means and their lowest values."""
        dumps = (folder, settings.BASE_DIR / "seeds")
        rows: dict[str, dict[str, float]] = {}
        for path in sorted(folder.glob("*.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))
            if "source" not in gold:
                continue
            dump = next((each / gold["source"] for each in dumps if (each / gold["source"]).exists()), None)
            if dump is None:
                raise CommandError(f"{path}: its dump {gold['source']} is missing. Put it beside the file.")
            try:
                text = decode(dump.read_bytes(), dump.name).text
                rows[path.stem] = figures(parse(text), lines_of(text), gold)
            except BaozangError as error:
                raise CommandError(str(error)) from error
        if not rows:
            raise CommandError(f"{folder}: no golden pages there. Give --golden FOLDER.")
        self.stdout.write(f"{'':28}{'mean':>8}{'low':>8}  lowest on")
        for name, mean in means(list(rows.values())).items():
            page = min(rows, key=lambda each: rows[each].get(name, 1.0))
            low = rows[page].get(name, 1.0)
            self.stdout.write(f"{name:28}{mean:8.4f}{low:8.3f}  {page if low < 1 else ''}")
        self.stdout.write(f"{len(rows)} pages")

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
