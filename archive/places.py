"""Place rows, and the places that each article names, kept in line with what the recogniser finds."""

from __future__ import annotations

from collections.abc import Sequence

from archive.models import Article, Place, PlaceMention
from archive.names import reading

#: Field, paragraph, start and end, as PlaceMention rows count them.
Spot = tuple[str, int, int, int]


class Places:
    """Finds or makes the Place of a name, for one batch of articles."""

    def __init__(self) -> None:
        self._rows: dict[str, Place] = {}

    def row(self, name: str) -> Place:
        """The Place of ``name``, made with its reading if there is none."""
        if name not in self._rows:
            self._rows[name] = self._found_or_made(name)
        return self._rows[name]

    def _found_or_made(self, name: str) -> Place:
        found = Place.objects.filter(slug=name).first()
        if found:
            return found
        read = reading(name, {})
        return Place.objects.create(
            slug=name,
            name=name,
            reading=read.pinyin[:80],
            initials=read.initials[:20],
            search_forms=" ".join(read.forms)[:300],
        )


def write(article: Article, wanted: Sequence[tuple[str, Spot]], places: Places) -> bool:
    """Replace an article's place mentions by ``wanted`` (name, spot) where they differ; whether they did."""
    standing = [
        (mention.place.slug, (mention.field, mention.paragraph, mention.start, mention.end))
        for mention in article.place_mentions.select_related("place").order_by("order")
    ]
    if standing == list(wanted):
        return False
    article.place_mentions.all().delete()
    PlaceMention.objects.bulk_create(
        PlaceMention(
            place=places.row(name),
            article=article,
            field=field,
            paragraph=paragraph,
            start=start,
            end=end,
            order=order,
        )
        for order, (name, (field, paragraph, start, end)) in enumerate(wanted)
    )
    return True
