"""Setting what is known of a page, an article or a photo beside its text."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

from archive.corrections.actions import Describe, Fact, Field, Illustrate, SetFact, Settle, SupplyHeadline
from archive.corrections.blocks import LONGEST_HEADING
from archive.corrections.sheet import Found, Sheet
from archive.errors import CorrectionError
from archive.saying import Said, listed, say
from archive.structure import Article, Certainty, Dated, PageFacts, Photo

#: 体裁; the same as ``models.Genre``.
GENRES = ("消息", "通讯", "评论", "图片新闻", "公告", "广告", "服务", "更正")
MOST_SECTIONS = 3
LONGEST = {
    Field.SECTIONS: 50,
    Field.GENRE: 10,
    Field.COLUMN: 60,
    Field.REPORTERS: 40,
    Field.CORRESPONDENTS: 40,
    Field.PHOTOGRAPHERS: 40,
    Field.AGENCY: 60,
}
MOST = {Field.SECTIONS: MOST_SECTIONS, Field.GENRE: 1, Field.COLUMN: 1, Field.AGENCY: 1}
OF_PHOTO = (Field.PHOTOGRAPHERS, Field.AGENCY)
SINGLE = (Field.GENRE, Field.COLUMN, Field.AGENCY)
LONGEST_FACT = {Fact.NAME: 60, Fact.EDITION: 40, Fact.NEWSPAPER: 100}
#: The first year a Chinese newspaper of this kind can be of, and the last that a page number can reach.
FIRST_YEAR, LAST_PAGE = 1800, 999

_SLUG = re.compile(r"[-\w]+")


def supply_headline(sheet: Sheet, action: SupplyHeadline) -> Sheet:
    """Set or take back what stands in brackets where no headline was printed."""
    index = sheet.article(action.article)
    article = sheet.structure.articles[index]
    line = say("第%(line)s行", line=action.article.line)
    if action.text and article.headline:
        raise CorrectionError(line, say("这篇已经印有标题，不用补拟"), say("要改字，请直接改标题。"))
    if len(action.text) > LONGEST_HEADING:
        raise CorrectionError(line, say("标题超过 %(most)s 字", most=LONGEST_HEADING), say("请缩短。"))
    return sheet.with_article(index, replace(article, supplied_headline=action.text))


def describe(sheet: Sheet, action: Describe) -> Sheet:
    """Set sections, genre, column, people or agency."""
    found = sheet.find(action.piece)
    owner = sheet.owner(found)
    field, values = action.field, tuple(dict.fromkeys(" ".join(value.split()) for value in action.values))
    line = say("第%(line)s行", line=action.piece.line)
    if isinstance(owner, Photo) != (field in OF_PHOTO):
        raise CorrectionError(line, say("这一项不属于这里"), say("文章和图片各有各的项目。"))
    if len(values) > MOST.get(field, 100):
        raise CorrectionError(line, say("最多 %(most)s 项", most=MOST[field]), say("请去掉几项。"))
    if any(len(value) > LONGEST[field] for value in values):
        raise CorrectionError(line, say("每项不超过 %(most)s 字", most=LONGEST[field]), say("请缩短。"))
    if field is Field.GENRE and not set(values) <= set(GENRES):
        raise CorrectionError(
            line,
            say("没有“%(genre)s”这种体裁", genre=values[0]),
            say("可选：%(genres)s。", genres=listed(map(Said, GENRES), say("、"))),
        )
    if field is Field.SECTIONS and not all(map(_SLUG.fullmatch, values)):
        raise CorrectionError(line, say("没有这个主题"), say("请从列表里选。"))
    value = (values[0] if values else "") if field in SINGLE else values
    changed: dict[str, Any] = {field.value: value}
    return _with(sheet, found, replace(owner, **changed))


def illustrate(sheet: Sheet, action: Illustrate) -> Sheet:
    """Set to which article a photo belongs."""
    index = sheet.photo(action.photo)
    photo = sheet.structure.photos[index]
    target = sheet.find(action.article)
    if target.kind is Photo:
        return _with(sheet, Found(Photo, index), replace(photo, article=""))
    key = sheet.structure.articles[sheet.article(action.article)].key
    if not key:
        raise CorrectionError(
            say("第%(line)s行", line=action.article.line),
            say("这篇文章还没有编号"),
            say("请先保存，再指定图片。"),
        )
    return _with(sheet, Found(Photo, index), replace(photo, article=key))


def settle(sheet: Sheet, action: Settle) -> Sheet:
    """Drop the doubt that a person found groundless; a piece whose last doubt has gone is sure."""
    found = sheet.find(action.piece)
    owner = sheet.owner(found)
    left = tuple(
        doubt for doubt in owner.doubts if doubt.code != action.code or doubt.line not in (0, action.at.line)
    )
    return _with(sheet, found, replace(owner, doubts=left, confidence=owner.confidence if left else 1.0))


def set_fact(sheet: Sheet, action: SetFact) -> Sheet:
    """Set a fact of the page."""
    facts = replace(sheet.structure.facts, **_fact(action, sheet.structure.facts))
    return replace(sheet, structure=replace(sheet.structure, facts=facts))


def _fact(action: SetFact, facts: PageFacts) -> dict[str, Any]:
    value = " ".join(action.value.split())
    if action.fact is Fact.ISSUE_DATE:
        return {"issue_date": _date(value)}
    if action.fact is Fact.NUMBER:
        if value and not (value.isascii() and value.isdigit() and 1 <= int(value) <= LAST_PAGE):
            raise CorrectionError(
                say("版次"),
                say("“%(value)s”不是版次", value=value),
                say("请填 1 到 %(most)s 的数字，不详则留空。", most=LAST_PAGE),
            )
        return {"number": int(value) if value else None}
    if len(value) > LONGEST_FACT[action.fact]:
        raise CorrectionError(
            say("版面信息"), say("超过 %(most)s 字", most=LONGEST_FACT[action.fact]), say("请缩短。")
        )
    return {action.fact.value: value}


def _date(value: str) -> Dated:
    if not value:
        return Dated()
    try:
        date = dt.date.fromisoformat(value)
    except ValueError as error:
        raise CorrectionError(
            say("出版日期"), say("“%(value)s”不是日期", value=value), say("请写成 2021-10-24 的样子。")
        ) from error
    if date.year < FIRST_YEAR:
        raise CorrectionError(say("出版日期"), say("“%(value)s”太早", value=value), say("请核对年份。"))
    return Dated(date.isoformat(), Certainty.GIVEN, say("工作人员核定"))


def _with(sheet: Sheet, found: Found, owner: Article | Photo) -> Sheet:
    if isinstance(owner, Article):
        return sheet.with_article(found.owner, owner)
    photos = sheet.structure.photos
    return sheet.with_photos((*photos[: found.owner], owner, *photos[found.owner + 1 :]))
