"""The order of print, decided here: within a day by the page's number, then its name, then the place on the page.

Rows of articles and photos repeat their page's part of it (``page_order``), so that lists are cut from an index. A
relation named alone would bring its own model's ordering with it, join by join; ids do not.
"""

from __future__ import annotations

from django.db.models import F

#: Newest first, within a day as printed: what the index of articles is made for. Pages that share number and name
#: (of two newspapers, or both unknown) stand one behind the other, in the order in which they came.
NEWEST_FIRST = ("-date", "page_order", "page_id", "position")

#: Within an issue, as printed.
IN_PRINT = NEWEST_FIRST[1:]

#: What came into the archive last, first; of what came together the newest, as above.
LATEST_ADDED = ("-appeared_at", *NEWEST_FIRST)

#: The pages of an issue.
PAGES = (F("number").asc(nulls_last=True), "name", "id")


def page_order(number: int | None, name: str) -> str:
    """A page's place within its day, as text that sorts: by number, those without one last, then by name."""
    return f"{number:06}{name}" if number else f"~{name}"
