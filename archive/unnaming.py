"""When text is withheld, the names in it leave the people's and places' pages in the same transaction.

The recogniser makes a changed piece's mentions anew only when the worker comes round; what may not wait is done here.
"""

from __future__ import annotations

from django.db.models import Q

from archive import counts
from archive.models import Mention, Page, PlaceMention


def unname(page: Page) -> None:
    """Take away mentions whose name is no longer in its piece's text, and count anew all whom the page names."""
    people, places = counts.named_on(page)
    rows = Mention.objects.filter(Q(article__page=page) | Q(photo__page=page)).exclude(field="")
    astray = [row.pk for row in rows.select_related("article", "photo") if not _stands(row)]
    Mention.objects.filter(pk__in=astray).delete()
    spots = PlaceMention.objects.filter(article__page=page).select_related("article", "place")
    PlaceMention.objects.filter(pk__in=[spot.pk for spot in spots if not _stands(spot)]).delete()
    counts.recount_these(people, places)


def _stands(mention: Mention | PlaceMention) -> bool:
    name = mention.name if isinstance(mention, Mention) else mention.place.name
    return _bare(name) in _bare(_text(mention))


def _text(mention: Mention | PlaceMention) -> str:
    photo = getattr(mention, "photo", None)
    if photo is not None:
        return "\n".join([photo.printed, photo.caption, photo.credit])
    article = mention.article
    if article is None:
        return ""
    heads = (article.kicker, article.headline, article.subheadline, article.byline, article.note)
    return "\n".join([article.printed, *heads, article.body])


def _bare(text: str) -> str:
    return "".join(text.split())
