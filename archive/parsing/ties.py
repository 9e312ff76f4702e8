"""What belongs to an article though it stands apart from it: photos and column labels (栏目).

Both are tied only where the page's own words or places prove it; what they don't prove stays untied.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from archive.keys import PROVISIONAL
from archive.parsing.knobs import Knobs
from archive.parsing.pairs import Spoken, asked_by, spoken
from archive.parsing.words import BULLETS
from archive.structure import Article, Furniture, Kind, Photo, Role

_DECORATION = "【】[]《》〈〉「」·*—-|｜ \u3000" + BULLETS
#: The roles of an article's headings.
HEADINGS = frozenset({Role.KICKER, Role.HEADLINE, Role.SUBHEADLINE})


def with_articles(photos: Sequence[Photo], articles: Sequence[Article], knobs: Knobs) -> tuple[Photo, ...]:
    """The photos, each with the article that its caption speaks of as ``#n``, the article's place counted from 1.

    A caption speaks of an article where enough of its character pairs stand in that article and in no other of the
    page. Keys take the place of the numbers when the page is stored (``keys.fill_keys``).
    """
    if not photos or not articles:
        return tuple(photos)
    asked = asked_by([_words(photo.caption) for photo in photos])
    heard = spoken(asked.pairs, ["".join([block.text for block in article.blocks]) for article in articles])
    telling = heard & (heard.sum(axis=1, keepdims=True) == 1)
    ties = [_spoken_of(telling[asked.pair[asked.text == place]], knobs) for place in range(len(photos))]
    return tuple(
        replace(photo, article=article) if article else photo
        for photo, article in zip(photos, ties, strict=True)
    )


def _words(text: str) -> str:
    """A text's letters, a space for whatever else: pairs with a mark or a figure tell nothing."""
    return "".join([character if character.isalpha() else " " for character in text])


def _spoken_of(telling: Spoken, knobs: Knobs) -> str:
    """The article that a caption speaks of. ``telling``: which of its pairs (rows) each article has to itself."""
    shared = telling.sum(axis=0).tolist()
    ranked = sorted(range(len(shared)), key=lambda place: -shared[place])
    most = shared[ranked[0]]
    second = shared[ranked[1]] if len(ranked) > 1 else 0
    if most < knobs.telling_pairs or most < knobs.telling_share * len(telling) or most < 2 * second:
        return ""
    return f"{PROVISIONAL}{ranked[0] + 1}"


def with_columns(
    articles: tuple[Article, ...], furniture: Sequence[Furniture], visible: Iterable[int]
) -> tuple[Article, ...]:
    """The articles, each with the column whose label stands right above its headings, and that as evidence.

    ``visible``: the numbers of the page's lines with something on them, in order.
    """
    labels = [piece for piece in furniture if piece.kind is Kind.LABEL]
    if not labels:
        return articles
    following = dict(pairwise(visible))
    heads = {
        block.spans[0].line: place
        for place, article in enumerate(articles)
        for block in article.blocks
        if block.role in HEADINGS
    }
    found = list(articles)
    for piece in labels:
        place = heads.get(following.get(piece.spans[-1].line, 0))
        label = piece.text.strip(_DECORATION)
        if place is None or found[place].column or not label:
            continue
        article = found[place]
        found[place] = replace(
            article, column=label, evidence=(*article.evidence, f"栏目{label}：紧接在标题之前")
        )
    return tuple(found)
