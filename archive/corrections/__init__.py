"""Corrections: PageStructure → PageStructure. Pure: no Django, no files.

    corrected = apply(structure, lines, actions)

Every action keeps the invariant: whatever staff do, each visible character of the dump stays in exactly one piece.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from archive.corrections import blocks, facts, pieces
from archive.corrections.actions import (
    Action,
    Cut,
    Describe,
    Fact,
    Field,
    Illustrate,
    Join,
    Mark,
    Merge,
    MoveToArticle,
    MoveToFurniture,
    MoveToNewArticle,
    MoveToNewPhoto,
    MoveToPhoto,
    Place,
    Reorder,
    ReorderArticle,
    Retext,
    SetFact,
    Settle,
    Side,
    Split,
    SupplyHeadline,
    actions_from_json,
    from_json,
    to_json,
)
from archive.corrections.doubts import with_doubts_followed
from archive.corrections.redirects import Redirect, redirects_between, with_keys_inherited
from archive.corrections.sheet import Sheet, reprinted
from archive.structure import PageStructure, check

__all__ = [
    "Action",
    "Corrected",
    "Cut",
    "Describe",
    "Fact",
    "Field",
    "Illustrate",
    "Join",
    "Mark",
    "Merge",
    "MoveToArticle",
    "MoveToFurniture",
    "MoveToNewArticle",
    "MoveToNewPhoto",
    "MoveToPhoto",
    "Place",
    "Reorder",
    "ReorderArticle",
    "Retext",
    "SetFact",
    "Settle",
    "Side",
    "Split",
    "SupplyHeadline",
    "actions_from_json",
    "apply",
    "from_json",
    "redirects_between",
    "to_json",
]

_DOES: dict[type, Callable[[Sheet, Any], Sheet]] = {
    Split: pieces.split,
    Merge: pieces.merge,
    ReorderArticle: pieces.reorder_article,
    MoveToArticle: pieces.move_to_article,
    MoveToNewArticle: pieces.move_to_new_article,
    MoveToPhoto: pieces.move_to_photo,
    MoveToNewPhoto: pieces.move_to_new_photo,
    MoveToFurniture: pieces.move_to_furniture,
    Mark: blocks.mark,
    Cut: blocks.cut_block,
    Join: blocks.join_blocks,
    Reorder: blocks.reorder,
    Retext: blocks.retext,
    SupplyHeadline: facts.supply_headline,
    Describe: facts.describe,
    Illustrate: facts.illustrate,
    SetFact: facts.set_fact,
    Settle: facts.settle,
}


@dataclass(frozen=True, slots=True)
class Corrected:
    """What actions made of a page, and (old key, new key) for the pieces that went into others."""

    structure: PageStructure
    redirects: tuple[Redirect, ...] = ()


def apply(structure: PageStructure, lines: Sequence[str], actions: Iterable[Action]) -> Corrected:
    """The structure after the actions, in order; ``lines`` are its dump's.

    Pieces that are new have no key yet. Raises CorrectionError for an action that can't be done on this page.
    """
    structure = reprinted(structure, lines)
    sheet = Sheet(structure, lines)
    for action in actions:
        after = _DOES[type(action)](sheet, action).structure
        sheet = Sheet(with_doubts_followed(sheet.structure, after), lines)
    result = with_keys_inherited(structure, sheet.structure)
    check(result, lines)
    return Corrected(result, redirects_between(structure, result))
