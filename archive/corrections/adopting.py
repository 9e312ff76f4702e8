"""Taking some articles of another structure of the same dump, and leaving the rest as it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from archive.corrections.cutting import places_of
from archive.corrections.redirects import with_keys_inherited
from archive.corrections.sheet import Sheet, reprinted
from archive.structure import PageStructure, check


def taken(
    current: PageStructure, other: PageStructure, lines: Sequence[str], articles: Collection[int]
) -> PageStructure:
    """``current`` with the articles of ``other`` of these numbers (from 0) in place of what owned their characters.

    What staff typed in those characters goes with the old pieces; everything else stays as it is, less the characters
    that were taken. The taken articles stand where the first of what they replace stood. Raises CorrectionError when a
    text that staff typed would have to be cut where it can't be.
    """
    current, other = reprinted(current, lines), reprinted(other, lines)
    chosen = [article for number, article in enumerate(other.articles) if number in articles]
    sheet = Sheet(current, lines)
    for article in chosen:
        wanted = frozenset(place for block in article.blocks for place in places_of(lines, block.spans))
        place = next(
            (
                number
                for number, old in enumerate(sheet.structure.articles)
                if any(at in wanted for block in old.blocks for at in places_of(lines, block.spans))
            ),
            len(sheet.structure.articles),
        )
        sheet, _ = sheet.without(wanted)
        old = sheet.structure.articles
        same = [number for number, each in enumerate(old) if article.key and each.key == article.key]
        for number in same:
            old = (*old[:number], replace(old[number], key=""), *old[number + 1 :])
        sheet = sheet.with_articles((*old[:place], article, *old[place:])).without_empty()
    result = with_keys_inherited(current, sheet.structure)
    check(result, lines)
    return result
