"""When readers were first shown a text, which is when feeds tell of it."""

from __future__ import annotations

import datetime as dt

from archive.models import Article, Page, PageVersion, Photo


def appear(page: Page, at: dt.datetime) -> None:
    """Note ``at`` for those of the page's pieces that readers are shown and never were before."""
    for model in (Article, Photo):
        model._default_manager.listed().filter(page=page, appeared_at=None).update(appeared_at=at)


def since(version: PageVersion) -> dt.datetime:
    """When the page was first stored from the version's dump: what a better parser or staff make other pieces of has
    been there since then, and is no news."""
    of_dump = PageVersion.objects.filter(page=version.page_id, dump=version.dump_id).order_by("number")
    return of_dump.values_list("created_at", flat=True)[0]
