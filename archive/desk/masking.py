"""Withheld text at the desk: who may not read it sees □ in its place, and can still put the page right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archive import store
from archive.corrections import Place
from archive.corrections.cutting import Lines, places_of
from archive.models import Dump, Page, PageVersion
from archive.printed import printed
from archive.readable import READ_WITHHELD
from archive.structure import Article, Block, Doubt, PageStructure, Photo, lines_of
from archive.structure_json import from_json
from archive.withholding import MASK, masked_lines
from archive.withholding import withheld_places as places_in

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def secret_places(page: Page, user: User) -> frozenset[Place]:
    """The characters of the page's dump that ``user`` may not read."""
    return frozenset() if user.has_perm(READ_WITHHELD) else withheld_places(page)


def withheld_places(page: Page) -> frozenset[Place]:
    """The characters of the page's dump that are withheld."""
    withheld = page.withheld_keys()
    if not withheld:
        return frozenset()
    return places_in(store.structure_of(page), lines_of(page.dump.text), withheld)


def secret_in(page: Page, dump: Dump, structure: PageStructure, user: User) -> frozenset[Place]:
    """The characters of ``dump`` that ``user`` may not read in a structure that was or may become the page's.

    Where something of the page is withheld, another dump than the page's own is not read at all: nobody knows where in
    it the same words stand.
    """
    if dump.pk == page.dump_id:
        return secret_places(page, user)
    if user.has_perm(READ_WITHHELD) or not page.withheld_keys():
        return frozenset()
    lines = lines_of(dump.text)
    return frozenset(place for piece in structure.pieces() for place in places_of(lines, piece.spans))


def is_secret(block: Block, lines: Lines, secret: frozenset[Place]) -> bool:
    """Whether any of the block's characters is withheld."""
    return not secret.isdisjoint(places_of(lines, block.spans))


def masked(structure: PageStructure, lines: Lines, secret: frozenset[Place]) -> PageStructure:
    """The structure as it may be shown: withheld text, and what staff typed for it, as □."""
    if not secret:
        return structure
    lines_shown = masked_lines(lines, secret)

    def block(piece: Block) -> Block:
        if not is_secret(piece, lines, secret):
            return piece
        edited = None if piece.edited is None else MASK * len(piece.edited)
        return replace(piece, text=printed(lines_shown, piece.spans), edited=edited)

    def is_shown(each: Article | Photo) -> bool:
        return not any(is_secret(piece, lines, secret) for piece in each.blocks)

    def blocks(each: Article | Photo) -> tuple[Block, ...]:
        return tuple(map(block, each.blocks))

    def article(each: Article) -> Article:
        """Its places and roles alone: whatever else is said of it may be said in withheld words."""
        return Article(
            blocks(each),
            each.key,
            sections=each.sections,
            genre=each.genre,
            supplied_headline=MASK * len(each.supplied_headline),
            confidence=each.confidence,
            doubts=_unquoted(each.doubts),
        )

    def photo(each: Photo) -> Photo:
        return Photo(
            blocks(each),
            each.key,
            article=each.article,
            confidence=each.confidence,
            doubts=_unquoted(each.doubts),
        )

    return replace(
        structure,
        articles=tuple(each if is_shown(each) else article(each) for each in structure.articles),
        photos=tuple(each if is_shown(each) else photo(each) for each in structure.photos),
        furniture=tuple(replace(each, text=printed(lines_shown, each.spans)) for each in structure.furniture),
    )


def _unquoted(doubts: tuple[Doubt, ...]) -> tuple[Doubt, ...]:
    return tuple(replace(doubt, detail="") for doubt in doubts)


def shown_version(page: Page, version: PageVersion, user: User) -> PageStructure:
    """A version of the page as ``user`` may see it."""
    structure = from_json(version.structure)
    secret = secret_in(page, version.dump, structure, user)
    return masked(structure, lines_of(version.dump.text), secret)
