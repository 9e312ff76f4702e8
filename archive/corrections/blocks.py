"""Correcting within an article or photo: roles, paragraphs, their order and their text."""

from __future__ import annotations

from dataclasses import replace

from archive.corrections.actions import Cut, Join, Mark, Place, Reorder, Retext
from archive.corrections.cutting import cut, join, places_of, retexted, runs_of
from archive.corrections.people import people_follow
from archive.corrections.sheet import (
    HEADING,
    OF_PHOTOS,
    Found,
    Sheet,
    headings_first,
    inserted,
    rearranged,
)
from archive.difference import ROLE_WORDS
from archive.errors import CorrectionError
from archive.saying import say
from archive.structure import Article, Block, Photo, Role

LONGEST_HEADING = 300


def mark(sheet: Sheet, action: Mark) -> Sheet:
    """Give characters a role; a block that is only partly meant is cut. Headings go to the top of their article."""
    wanted = sheet.selected(action.spans)
    changed = sheet
    touched = False
    owners: list[tuple[Found, Article | Photo]] = [
        *((Found(Article, number), article) for number, article in enumerate(sheet.structure.articles)),
        *((Found(Photo, number), photo) for number, photo in enumerate(sheet.structure.photos)),
    ]
    for found, owner in owners:
        if any(place in wanted for block in owner.blocks for place in places_of(sheet.lines, block.spans)):
            _check_role(action, owner)
            changed = changed.with_blocks(found, _marked(sheet, owner, wanted, action.role))
            touched = True
    if not touched:
        raise CorrectionError(
            say("第%(line)s行", line=action.spans[0].line),
            say("这里是版面杂项，没有角色可标"),
            say("请先把它移到文章或图片。"),
        )
    return changed


def _check_role(action: Mark, owner: Article | Photo) -> None:
    line = say("第%(line)s行", line=action.spans[0].line)
    if isinstance(owner, Article) and action.role in OF_PHOTOS:
        raise CorrectionError(
            line,
            say("文章里没有“%(role)s”", role=ROLE_WORDS[action.role]),
            say("请先移到图片（“移到”→“新图片”）。"),
        )
    if isinstance(owner, Photo) and action.role not in OF_PHOTOS:
        raise CorrectionError(
            line, say("图片里没有“%(role)s”", role=ROLE_WORDS[action.role]), say("请先移到文章。")
        )


def _marked(sheet: Sheet, owner: Article | Photo, wanted: frozenset[Place], role: Role) -> tuple[Block, ...]:
    staying: list[Block] = []
    crossing: list[Block] = []  # from heading to text or back: they change their place
    for block in owner.blocks:
        for part, is_wanted in runs_of(sheet.lines, block, wanted):
            if not is_wanted:
                staying.append(part)
            elif (part.role in HEADING) == (role in HEADING):
                staying.append(replace(part, role=role))
            else:
                crossing.append(replace(part, role=role, opens_item=False))
    blocks = headings_first(staying)
    for part in crossing:
        blocks = inserted(blocks, part)
    return blocks


def cut_block(sheet: Sheet, action: Cut) -> Sheet:
    """Make two paragraphs of one."""
    at = sheet.visible(action.at)
    found, block = sheet.block(at)
    parts = cut(sheet.lines, block, [places_of(sheet.lines, block.spans).index(at)])
    if len(parts) == 1:
        raise CorrectionError(
            say("第%(line)s行", line=at.line), say("这里已经是段首"), say("请在段落中间选一处。")
        )
    blocks = sheet.owner(found).blocks
    return sheet.with_blocks(found, (*blocks[: found.block], *parts, *blocks[found.block + 1 :]))


def join_blocks(sheet: Sheet, action: Join) -> Sheet:
    """Make one paragraph of two, wherever they are."""
    first_at, second_at, stays_at = map(sheet.visible, (action.first, action.second, action.stays))
    first_found, first = sheet.block(first_at)
    second_found, second = sheet.block(second_at)
    stays = sheet.find(stays_at)
    if first_found == second_found:
        raise CorrectionError(
            say("第%(line)s行", line=first_at.line), say("两处已经是同一段"), say("请选另一段。")
        )
    if stays not in (first_found, second_found):
        raise CorrectionError(
            say("第%(line)s行", line=stays_at.line), say("不是要接的两段之一"), say("请重新选择。")
        )
    leaves = second_found if stays == first_found else first_found
    role = (first if stays == first_found else second).role
    whole = join(sheet.lines, first, second, role)

    before = sheet.structure.articles
    blocks = list(sheet.owner(stays).blocks)
    blocks[stays.block] = whole
    sheet = sheet.with_blocks(stays, blocks)
    gone = first if leaves == first_found else second
    sheet = sheet.with_blocks(leaves, (block for block in sheet.owner(leaves).blocks if block is not gone))
    if leaves.kind is stays.kind is Article:
        sheet = people_follow(sheet, before, stays.owner)
    return sheet.without_empty()


def reorder(sheet: Sheet, action: Reorder) -> Sheet:
    """Put a block before or after another of its article or photo; headings stay above the text."""
    item, other = sheet.find(action.block), sheet.find(action.other)
    owner = sheet.owner(item)
    if (item.kind, item.owner) != (other.kind, other.owner):
        raise CorrectionError(
            say("第%(line)s行", line=action.block.line), say("两段不在同一篇"), say("请先移到那一篇。")
        )
    if item.block == other.block:
        raise CorrectionError(
            say("第%(line)s行", line=action.block.line), say("两处是同一段"), say("请选另一段。")
        )
    order = rearranged(len(owner.blocks), item.block, action.side, other.block)
    return sheet.with_blocks(item, headings_first(owner.blocks[number] for number in order))


def retext(sheet: Sheet, action: Retext) -> Sheet:
    """Let readers see other words; the print stays."""
    found, block = sheet.block(action.block)
    if block.role in HEADING and len(action.text) > LONGEST_HEADING:
        raise CorrectionError(say("标题"), say("超过 %(most)s 字", most=LONGEST_HEADING), say("请缩短。"))
    blocks = sheet.owner(found).blocks
    return sheet.with_blocks(
        found, (*blocks[: found.block], retexted(block, action.text), *blocks[found.block + 1 :])
    )
