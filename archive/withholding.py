"""Withheld text stays withheld, whatever becomes of the pieces it is in. Pure."""

from __future__ import annotations

from collections.abc import Collection, Hashable

from archive.keys import places, runs
from archive.structure import Article, PageStructure, Photo

#: The share of a withheld piece's runs of eight characters from which another dump's piece is taken to hold its text.
#: Lower, and the names of offices that every article prints would do.
SHARE = 0.3

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


def _holds(marks: set[Hashable], secret: set[Hashable], same_dump: bool) -> bool:
    shared = len(marks & secret)
    return shared > 0 if same_dump else shared >= SHARE * len(secret)


def _marks(owner: Owner, same_dump: bool) -> set[Hashable]:
    return set(places(owner) if same_dump else runs(owner))


def _owners(structure: PageStructure) -> tuple[Owner, ...]:
    return (*structure.articles, *structure.photos)
