"""The rows of the archive. A page's truth is its newest ``PageVersion``; article and photo rows are made from it."""

from archive.models.changes import Change, Cursor
from archive.models.counted import Chronicle, MonthCount
from archive.models.desk import AuditEntry, Report, Scan, Suspicion, Upload
from archive.models.kinds import Column, Genre, Section
from archive.models.newspapers import DateCertainty, Issue, Newspaper
from archive.models.pages import Dump, DumpTrace, Page, PageVersion, Proposal
from archive.models.people import IdentityDecision, Mention, Person, SurnameReading
from archive.models.pieces import Article, KeyRedirect, Photo, Piece
from archive.models.places import Place, PlaceMention

__all__ = [
    "Article",
    "AuditEntry",
    "Change",
    "Chronicle",
    "Column",
    "Cursor",
    "DateCertainty",
    "Dump",
    "DumpTrace",
    "Genre",
    "IdentityDecision",
    "Issue",
    "KeyRedirect",
    "Mention",
    "MonthCount",
    "Newspaper",
    "Page",
    "PageVersion",
    "Person",
    "Photo",
    "Piece",
    "Place",
    "PlaceMention",
    "Proposal",
    "Report",
    "Scan",
    "Section",
    "SurnameReading",
    "Suspicion",
    "Upload",
]
