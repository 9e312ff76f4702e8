"""Withheld text at the desk: who may not read it sees □ in its place, and can still put the page right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from archive import store
from archive.corrections import Place
from archive.corrections.cutting import Lines, places_of
from archive.desk.access import READ_WITHHELD
from archive.models import Page, PageVersion
from archive.printed import printed
from archive.structure import Article, Block, PageStructure, Photo, lines_of
from archive.structure_json import from_json
from archive.withholding import MASK, masked_lines, withheld_places

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Owner = TypeVar("Owner", Article, Photo)


def secret_places(page: Page, user: User) -> frozenset[Place]:
    """The characters of the page's dump that ``user`` may not read."""
    if user.has_perm(READ_WITHHELD):
        return frozenset()
    withheld = page.withheld_keys()
    if not withheld:
        return frozenset()
    return withheld_places(store.structure_of(page), lines_of(page.dump.text), withheld)


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

    def owner(each: Owner) -> Owner:
        if not any(is_secret(piece, lines, secret) for piece in each.blocks):
            return each
        return replace(
            each,
            blocks=tuple(map(block, each.blocks)),
            doubts=tuple(replace(doubt, detail="") for doubt in each.doubts),
        )

    return replace(
        structure,
        articles=tuple(
            replace(shown, supplied_headline=MASK * len(shown.supplied_headline))
            if shown is not each
            else each
            for each in structure.articles
            for shown in [owner(each)]
        ),
        photos=tuple(map(owner, structure.photos)),
        furniture=tuple(replace(each, text=printed(lines_shown, each.spans)) for each in structure.furniture),
    )


def shown_version(page: Page, version: PageVersion, user: User) -> PageStructure:
    """A version of the page as ``user`` may see it. Of another dump than the page's, all or nothing."""
    structure = from_json(version.structure)
    secret = secret_places(page, user)
    lines = lines_of(version.dump.text)
    if secret and version.dump_id != page.dump_id:
        pieces = structure.pieces()
        secret = frozenset(place for piece in pieces for place in places_of(lines, piece.spans))
    return masked(structure, lines, secret)
