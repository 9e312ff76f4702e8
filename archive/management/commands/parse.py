"""Print what the parser makes of a dump, as JSON, without touching the database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from archive.dumps import read_dump
from archive.errors import BaozangError
from archive.facts import facts_beside
from archive.finding import Problem, read_file
from archive.names.recogniser import people_of
from archive.parsing import load_vocabulary
from archive.parsing.report import report
from archive.structure import lines_of


class Command(BaseCommand):
    help = "Print the structure of a dump as JSON, without touching the database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--indent", type=int, default=None, help="spaces to indent the JSON by")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            facts = facts_beside(path)
            vocabulary = load_vocabulary(settings.BASE_DIR / "fixtures" / "sections.json")
            dump = read_dump(read_file(path), path.name, facts, vocabulary)
        except BaozangError as error:
            raise CommandError(str(Problem(path, error))) from error
        found = report(path.name, dump.structures, lines_of(dump.text), people_of, vocabulary)
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=options["indent"]))
