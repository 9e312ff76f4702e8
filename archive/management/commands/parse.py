"""Print what the parser makes of a dump, as JSON, without touching the database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from archive.decoding import decode
from archive.errors import BaozangError
from archive.names.recogniser import people_of
from archive.parsing import load_vocabulary, parse
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
            text = decode(path.read_bytes(), path.name).text
            vocabulary = load_vocabulary(settings.BASE_DIR / "fixtures" / "sections.json")
            pages = parse(text, vocabulary=vocabulary)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}. Name a readable dump.") from error
        except BaozangError as error:
            raise CommandError(str(error)) from error
        found = report(path.name, pages, lines_of(text), people_of, vocabulary)
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=options["indent"]))
