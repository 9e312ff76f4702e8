"""What belongs to an article though it stands apart from it: photos and column labels (栏目).

Both are tied only where the page's own words or places prove it; what they don't prove stays untied.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from operator import add

from archive.keys import PROVISIONAL
from archive.parsing.knobs import Knobs
from archive.parsing.words import BULLETS
from archive.structure import Article, Furniture, Kind, Photo, Role

_DECORATION = "【】[]《》〈〉「」·*—-|｜ \u3000" + BULLETS
_HEADINGS = frozenset({Role.KICKER, Role.HEADLINE, Role.SUBHEADLINE})


def with_articles(photos: Sequence[Photo], articles: Sequence[Article], knobs: Knobs) -> tuple[Photo, ...]:
    """The photos, each with the article that its caption speaks of as ``#n``, the article's place counted from 1.

    A caption speaks of an article where enough of its character pairs stand in that article and in no other of the
    page. Keys take the place of the numbers when the page is stored (``keys.fill_keys``).
    """
    if not photos or not articles:
        return tuple(photos)
    told = [_pairs("".join(block.text for block in article.blocks)) for article in articles]
    common = Counter(pair for pairs in told for pair in pairs)
    return tuple(replace(photo, article=_spoken_of(photo, told, common, knobs)) for photo in photos)


def _pairs(text: str) -> set[str]:
    return set(map(add, text, text[1:]))


def _spoken_of(photo: Photo, told: Sequence[set[str]], common: Counter[str], knobs: Knobs) -> str:
    own = {pair for pair in _pairs(photo.caption) if pair.isalpha()}
    telling = [{pair for pair in own & pairs if common[pair] == 1} for pairs in told]
    ranked = sorted(range(len(told)), key=lambda place: -len(telling[place]))
    most = len(telling[ranked[0]])
    second = len(telling[ranked[1]]) if len(ranked) > 1 else 0
    if most < knobs.telling_pairs or most < knobs.telling_share * len(own) or most < 2 * second:
        return ""
    return f"{PROVISIONAL}{ranked[0] + 1}"


def with_columns(
    articles: Sequence[Article], furniture: Sequence[Furniture], visible: Sequence[int]
) -> tuple[Article, ...]:
    """The articles, each with the column whose label stands right above its headings, and that as evidence.

    ``visible``: the numbers of the page's lines with something on them, in order.
    """
    following = dict(pairwise(visible))
    heads = {
        block.spans[0].line: place
        for place, article in enumerate(articles)
        for block in article.blocks
        if block.role in _HEADINGS
    }
    found = list(articles)
    for piece in furniture:
        if piece.kind is not Kind.LABEL:
            continue
        place = heads.get(following.get(piece.spans[-1].line, 0))
        label = piece.text.strip(_DECORATION)
        if place is None or found[place].column or not label:
            continue
        article = found[place]
        found[place] = replace(
            article, column=label, evidence=(*article.evidence, f"栏目{label}：紧接在标题之前")
        )
    return tuple(found)
