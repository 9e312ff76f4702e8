"""What belongs to an article though it stands apart from it: photos and column labels (栏目).

Both are tied only where the page's own words or places prove it; what they don't prove stays untied.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, pairwise

from archive.keys import PROVISIONAL
from archive.parsing.knobs import Knobs
from archive.parsing.pairs import pairs_of, spoken
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
    captions = [_letter_pairs(photo.caption) for photo in photos]
    asked = frozenset().union(*captions)
    told = spoken(asked, ["".join([block.text for block in article.blocks]) for article in articles])
    single = {pair for pair, count in Counter(chain.from_iterable(told)).items() if count == 1}
    telling = [pairs & single for pairs in told]
    return tuple(
        replace(photo, article=_spoken_of(caption, telling, knobs))
        for photo, caption in zip(photos, captions, strict=True)
    )


def _letter_pairs(text: str) -> frozenset[int]:
    """The pairs of letters: those with a mark or a figure tell nothing."""
    words = "".join([character if character.isalpha() else " " for character in text]).split()
    return frozenset(chain.from_iterable(map(pairs_of, words)))


def _spoken_of(caption: frozenset[int], telling: Sequence[frozenset[int]], knobs: Knobs) -> str:
    """The article that a caption speaks of, from its pairs and those that each article has to itself."""
    shared = [len(caption & pairs) for pairs in telling]
    ranked = sorted(range(len(shared)), key=lambda place: -shared[place])
    most = shared[ranked[0]]
    second = shared[ranked[1]] if len(ranked) > 1 else 0
    if most < knobs.telling_pairs or most < knobs.telling_share * len(caption) or most < 2 * second:
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
        if block.role in HEADINGS
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
