"""Keeps the index in step with the change log."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from archive.models import Change
from search.collection import Identity, all_documents, documents_of, naming
from search.engines import current

logger = logging.getLogger(__name__)

_MANAGE: Final = Path(__file__).resolve().parent.parent / "manage.py"


def handle(batch: Sequence[Change]) -> None:
    """Index what the changes touched as it is now, and take out what search no longer shows.

    Where there is no index at all, a whole one is built: a batch alone would pass for all that there is. Raises
    SearchError when the index can't be written; the log waits and the batch comes again. Nothing is made anew because
    it could not be opened.
    """
    engine = current()
    if not engine.status().exists:
        engine.rebuild(all_documents())
        return
    touched: dict[Identity, None] = {}
    people: list[str] = []
    for change in batch:
        match change.what:
            case Change.What.ARTICLE:
                touched["article", change.key] = None
            case Change.What.PHOTO:
                touched["photo", change.key] = None
            case Change.What.MENTIONS:
                touched["article", change.key] = None
                touched["photo", change.key] = None
            case Change.What.PERSON:
                people.append(change.key)
    touched.update(dict.fromkeys(naming(people)))
    documents = documents_of(touched)
    there = {document.identity for document in documents}
    engine.delete([identity for identity in touched if identity not in there])
    engine.upsert(documents)
    rebuild_if_stale()


def rebuild_if_stale() -> None:
    """Start a build in a process of its own when the index was made with another folding or dictionary; the old one
    serves until it is done, and changes go to both."""
    status = current().status()
    if status.exists and status.stale and "building" not in status.details:
        logger.info("the index is %s: building it anew", status.stale)
        subprocess.Popen([sys.executable, str(_MANAGE), "index", "build"])  # noqa: S603
