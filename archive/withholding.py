"""Withheld text stays withheld, whatever becomes of the pieces it is in. Pure."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence

from archive.corrections import Place
from archive.corrections.cutting import places_of
from archive.keys import places, runs
from archive.structure import Article, PageStructure, Photo

#: The share of a withheld piece's runs of eight characters from which another dump's piece is taken to hold its text.
#: Lower, and the names of offices that every article prints would do.
SHARE = 0.3

#: What stands for a withheld character.
MASK = "□"

Owner = Article | Photo


def holders(
    before: PageStructure, after: PageStructure, withheld: Collection[str], *, same_dump: bool
) -> set[str]:
    """The keys of the pieces of ``after`` that hold text of ``before``'s pieces of the keys ``withheld``.

    In structures of the same dump a single character counts; of different dumps, ``SHARE`` of a piece's text.
    """
    secrets = [_marks(owner, same_dump) for owner in _owners(before) if owner.key in withheld]
    return {
        owner.key
        for owner in _owners(after)
        if any(_holds(_marks(owner, same_dump), secret, same_dump) for secret in secrets)
    }


def is_forgotten(
    before: PageStructure, after: PageStructure, withheld: Collection[str], lines: Sequence[str]
) -> bool:
    """Whether a character of ``before``'s pieces of these keys is in no article or photo of ``after``, same dump.

    Furniture has no key by which to remember that it is withheld.
    """
    secret = {place for owner in _owners(before) if owner.key in withheld for place in _seen(owner, lines)}
    return not secret <= {place for owner in _owners(after) for place in _seen(owner, lines)}


def withheld_places(
    structure: PageStructure, lines: Sequence[str], keys: Collection[str]
) -> frozenset[Place]:
    """The visible characters of the articles and photos of these keys."""
    return frozenset(
        place
        for owner in _owners(structure)
        if owner.key in keys
        for block in owner.blocks
        for place in places_of(lines, block.spans)
    )


def masked_lines(lines: Sequence[str], places: Collection[Place]) -> list[str]:
    """The lines with □ for each of these characters, so that all others stay where they are."""
    masked = [list(line) for line in lines]
    for line, character in places:
        masked[line - 1][character] = MASK
    return ["".join(line) for line in masked]


def _seen(owner: Owner, lines: Sequence[str]) -> set[Hashable]:
    """Its visible characters: white space between them may come and go."""
    return {place for block in owner.blocks for place in places_of(lines, block.spans)}


def _holds(marks: set[Hashable], secret: set[Hashable], same_dump: bool) -> bool:
    shared = len(marks & secret)
    return shared > 0 if same_dump else shared >= SHARE * len(secret)


def _marks(owner: Owner, same_dump: bool) -> set[Hashable]:
    return set(places(owner) if same_dump else runs(owner))


def _owners(structure: PageStructure) -> tuple[Owner, ...]:
    return (*structure.articles, *structure.photos)
