"""Who goes along when text goes to another article."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from archive.corrections.sheet import Sheet
from archive.structure import Article

Item = TypeVar("Item")


def united(first: tuple[Item, ...], second: tuple[Item, ...]) -> tuple[Item, ...]:
    """Both without repeats, in order."""
    return tuple(dict.fromkeys((*first, *second)))


def people_follow(sheet: Sheet, before: tuple[Article, ...], target: int) -> Sheet:
    """Reporters and dates that the moved text alone named go with it to the article ``target``.

    ``before`` are the articles as they were, at the same places as now.
    """
    articles = list(sheet.structure.articles)
    for number, (old, new) in enumerate(zip(before, articles, strict=True)):
        if number == target or old == new:
            continue
        text, left = _text(old), _text(new)
        gone = {name for name in (*old.reporters, *old.correspondents) if name in text and name not in left}
        lines = {span.line for block in new.blocks for span in block.spans}
        dates = tuple(date for date in old.event_dates if date.line and date.line not in lines)
        articles[number] = replace(
            new,
            reporters=tuple(name for name in new.reporters if name not in gone),
            correspondents=tuple(name for name in new.correspondents if name not in gone),
            event_dates=tuple(date for date in new.event_dates if date not in dates),
        )
        to = articles[target]
        articles[target] = replace(
            to,
            reporters=united(to.reporters, tuple(name for name in old.reporters if name in gone)),
            correspondents=united(
                to.correspondents, tuple(name for name in old.correspondents if name in gone)
            ),
            event_dates=united(to.event_dates, dates),
        )
    return sheet.with_articles(articles)


def _text(article: Article) -> str:
    return "".join(block.text + block.current for block in article.blocks)
