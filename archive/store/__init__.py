"""The only writer of pages.

Each function is one transaction: it appends a page version, brings the rows in line with it by key, and appends to the
change log. Nothing is parsed or recognised in here.
"""

from archive.store.arriving import IncomingDump, Outcome, Result, ingest, known, reparse
from archive.store.staff import (
    adopt,
    decline,
    delete_page,
    mark_reviewed,
    restore,
    save,
    set_visibility,
    settle_suspicion,
    tell,
)
from archive.store.versions import structure_of

__all__ = [
    "IncomingDump",
    "Outcome",
    "Result",
    "adopt",
    "decline",
    "delete_page",
    "ingest",
    "known",
    "mark_reviewed",
    "reparse",
    "restore",
    "save",
    "set_visibility",
    "settle_suspicion",
    "structure_of",
    "tell",
]
