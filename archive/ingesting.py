"""Files and folders → stored pages: the effects around reading, parsing and storing.

Everything that can be wrong with one file is told of that file alone; the others go on. A dump is stored in one
transaction, so that a run killed at any moment leaves whole dumps, and the next run does the rest.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection

from archive import store
from archive.dumps import ReadDump, read_dump
from archive.errors import BaozangError, DumpError
from archive.facts import facts_beside
from archive.finding import Problem, printable, read_file
from archive.models import Dump, Page, Section
from archive.parsing import PARSER_VERSION, Vocabulary, load_vocabulary, vocabulary_of
from archive.store import IncomingDump, Outcome, Result
from archive.structure import Article, PageStructure, Role, doubt_in_words

logger = logging.getLogger(__name__)

#: Waits, in seconds, before storing is tried again when other processes held the database too long.
RETRIES = (0.5, 2.0, 5.0)


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one dump.

    ``structures`` are the pages as parsed now; empty when the dump was known already. ``outcomes`` are those of the
    store; empty in a dry run. ``contradicted`` are the facts that the same bytes came with before and that are said
    otherwise, or no longer, now.
    """

    path: Path
    result: Result
    structures: tuple[PageStructure, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    contradicted: dict[str, Any] = field(default_factory=dict)


def ingest(path: Path, vocabulary: Vocabulary, *, dry_run: bool = False) -> Ingested | Problem:
    """Read, parse and store one file. With ``dry_run`` nothing is stored."""
    try:
        facts = facts_beside(path)
        data = read_file(path)
        if _is_known(data, facts, dry_run=dry_run):
            return _known(data, path)
        dump = read_dump(data, path.name, facts, vocabulary)
        contradicted = _contradicted(data, facts, dry_run=dry_run)
        if dry_run:
            return Ingested(path, Result.NEW, dump.structures, contradicted=contradicted)
        outcomes = _stored(path, data, facts, dump)
        return Ingested(path, _whole(outcomes), dump.structures, outcomes, contradicted)
    except BaozangError as error:
        return Problem(path, error)
    except OperationalError:
        raise
    except Exception as error:  # a fault of ours with one file must not keep the others out
        logger.exception("%s", path)
        reason = f"can't be read because of a fault in this program ({type(error).__name__}: {error})"
        return Problem(path, DumpError("", reason, "Report it with the file."))


def current_vocabulary() -> Vocabulary:
    """The sections' words as staff have them; those of the fixtures where there is no database yet."""
    if not has_database():
        return load_vocabulary(settings.BASE_DIR / "fixtures" / "sections.json")
    sections = list(Section.objects.order_by("position", "slug"))
    return vocabulary_of(
        {section.slug: section.vocabulary.split("\n") for section in sections},
        {section.slug: section.name for section in sections},
    )


def has_database() -> bool:
    """Whether the archive's tables are there; asked without making a file."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and "memory" not in name and not Path(name).exists():
        return False
    return Section._meta.db_table in connection.introspection.table_names()


def warnings_of(article: Article) -> list[str]:
    """An article's doubts in the words that staff read."""
    return [doubt_in_words(doubt) for doubt in article.doubts]


def title_of(article: Article) -> str:
    """An article's headline, or 〔无题〕 with how its text begins."""
    return article.headline or article.supplied_headline or f"〔无题〕{article.joined(Role.BODY)[:20]}"


def _is_known(data: bytes, facts: dict[str, Any], *, dry_run: bool) -> bool:
    """Whether there is nothing to do. A copy without facts takes none away from a dump that came with them."""
    if dry_run and not has_database():
        return False
    sha256 = hashlib.sha256(data).hexdigest()
    return store.known(sha256, facts) if facts else Dump.objects.filter(sha256=sha256).exists()


def _known(data: bytes, path: Path) -> Ingested:
    pages = list(Page.objects.filter(dump__sha256=hashlib.sha256(data).hexdigest()).order_by("first_line"))
    outcomes = tuple(
        Outcome(
            Result.UNCHANGED if page.deleted_at is None else Result.DELETED,
            page.key,
            page.articles.filter(gone=False).count(),
            page.photos.filter(gone=False).count(),
        )
        for page in pages
    )
    return Ingested(path, _whole(outcomes), outcomes=outcomes)


def _contradicted(data: bytes, facts: dict[str, Any], *, dry_run: bool) -> dict[str, Any]:
    """What was said of the same bytes before and is not said of them now."""
    if dry_run and not has_database():
        return {}
    stored = Dump.objects.filter(sha256=hashlib.sha256(data).hexdigest()).values_list("facts", flat=True)
    before = stored.first() or {}
    return {key: value for key, value in before.items() if facts.get(key) != value}


def _stored(path: Path, data: bytes, facts: dict[str, Any], dump: ReadDump) -> tuple[Outcome, ...]:
    incoming = IncomingDump(
        name=printable(path.name)[-255:],
        data=data,
        text=dump.text,
        encoding=dump.encoding,
        media_type=dump.media_type,
        facts=facts,
    )
    return _patiently(incoming, dump.structures)


def _whole(outcomes: Sequence[Outcome]) -> Result:
    """What became of a dump: the first of these that became of any of its pages."""
    results = {outcome.result for outcome in outcomes}
    order = (Result.PROPOSED, Result.UPDATED, Result.NEW, Result.DELETED)
    return next((one for one in order if one in results), Result.UNCHANGED)


def _patiently(incoming: IncomingDump, structures: tuple[PageStructure, ...]) -> tuple[Outcome, ...]:
    for wait in RETRIES:
        try:
            return store.ingest(incoming, structures, PARSER_VERSION)
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            logger.warning("the database is busy; trying again in %s s", wait)
            time.sleep(wait)
    return store.ingest(incoming, structures, PARSER_VERSION)
