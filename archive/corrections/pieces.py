"""Moving text between articles, photos and furniture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from archive.corrections.actions import (
    Merge,
    MoveToArticle,
    MoveToFurniture,
    MoveToNewArticle,
    MoveToNewPhoto,
    MoveToPhoto,
    Place,
    ReorderArticle,
    Split,
)
from archive.corrections.cutting import cut, places_of
from archive.corrections.people import people_follow, united
from archive.corrections.sheet import (
    HEADING,
    OWNER_CHANGES,
    Sheet,
    headings_first,
    inserted,
    rearranged,
    start_of,
)
from archive.errors import CorrectionError
from archive.saying import say
from archive.structure import Article, Block, Furniture, Photo, Role


def split(sheet: Sheet, action: Split) -> Sheet:
    """Make two articles of one.

    From the cut on, the text goes to the second in reading order; a heading goes by where it is printed. Where that
    leaves the first with two headlines and the second with none, the one printed directly above the cut goes along.
    """
    at = sheet.visible(action.at)
    index = sheet.article(at)
    article = sheet.structure.articles[index]
    cut_block = sheet.find(at).block
    before = article.blocks[:cut_block]
    block = article.blocks[cut_block]
    parts = cut(sheet.lines, block, [places_of(sheet.lines, block.spans).index(at)])
    head, tail = (parts[:1], parts[1:]) if len(parts) == 2 else ([], parts)
    rest = article.blocks[cut_block + 1 :]

    def is_second(other: Block) -> bool:
        return start_of(other) >= at

    if block.role in HEADING:
        others = [*before, *rest]
        first = [each for each in others if not is_second(each)]
        second = [each for each in others if is_second(each)]
    else:
        first = [each for each in before if each.role not in HEADING or not is_second(each)]
        second = [*(each for each in before if each.role in HEADING and is_second(each)), *rest]
    first, second = _share_headlines([*first, *head], [*tail, *second], at)
    if not first or not second:
        raise CorrectionError(
            say("第%(line)s行", line=at.line), say("这里已经是文章的开头"), say("请在文章中间选一处切开。")
        )
    return sheet.with_article(index, *_halves(article, headings_first(first), headings_first(second)))


def _share_headlines(first: list[Block], second: list[Block], at: Place) -> tuple[list[Block], list[Block]]:
    text = [block for block in first if block.role not in HEADING]
    if not text or any(block.role in HEADING for block in second):
        return first, second
    end = max(
        ((span.line, span.end) for block in text for span in block.spans if (span.line, span.start) < at),
        default=(0, 0),
    )
    above = [block for block in first if block.role in HEADING and end <= start_of(block) < at]
    left = [block for block in first if block not in above]
    if any(block.role is Role.HEADLINE for block in left):
        return left, [*above, *second]
    return first, second


def _halves(article: Article, first: tuple[Block, ...], second: tuple[Block, ...]) -> tuple[Article, Article]:
    """Two articles of one: the key goes with the headline, people and dates with the text that names them."""
    texts = tuple("".join(block.text + block.current for block in half) for half in (first, second))
    lines = tuple({span.line for block in half for span in block.spans} for half in (first, second))
    names = (*article.reporters, *article.correspondents)
    owners = {name: [name in text for text in texts] for name in names}

    def half(number: int, blocks: tuple[Block, ...]) -> Article:
        def kept(people: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(name for name in people if owners[name][number] or not any(owners[name]))

        return replace(
            article,
            blocks=blocks,
            reporters=kept(article.reporters),
            correspondents=kept(article.correspondents),
            event_dates=tuple(date for date in article.event_dates if date.line in lines[number])
            or (tuple(date for date in article.event_dates if not date.line)),
            doubts=tuple(doubt for doubt in article.doubts if doubt.code != "two-articles"),
        )

    one, two = half(0, first), half(1, second)
    two = replace(two, doubts=tuple(doubt for doubt in two.doubts if doubt.line in lines[1]))
    one = replace(one, doubts=tuple(doubt for doubt in one.doubts if doubt not in two.doubts))
    if two.headline and not one.headline:
        one = replace(one, key="", supplied_headline="")
    else:
        two = replace(two, key="", supplied_headline="")
    return replace(one, continued_on=""), replace(two, continued_from="")


def merge(sheet: Sheet, action: Merge) -> Sheet:
    """Make one article of two, the upper one's text first. The key is the one with a headline's, else the upper's."""
    numbers = sorted((sheet.article(action.article), sheet.article(action.other)))
    if numbers[0] == numbers[1]:
        raise CorrectionError(
            say("第%(line)s行", line=action.article.line), say("两处已经是同一篇文章"), say("请选另一篇。")
        )
    upper, lower = (sheet.structure.articles[number] for number in numbers)
    keeper, other = (lower, upper) if lower.headline and not upper.headline else (upper, lower)
    merged = replace(
        keeper,
        blocks=headings_first(upper.blocks + lower.blocks),
        reporters=united(upper.reporters, lower.reporters),
        correspondents=united(upper.correspondents, lower.correspondents),
        sections=united(keeper.sections, other.sections)[:3],
        column=keeper.column or other.column,
        genre=keeper.genre or other.genre,
        event_dates=united(upper.event_dates, lower.event_dates),
        supplied_headline=keeper.supplied_headline or ("" if keeper.headline else other.supplied_headline),
        continued_on=lower.continued_on or upper.continued_on,
        continued_from=upper.continued_from or lower.continued_from,
        evidence=united(keeper.evidence, other.evidence),
        confidence=min(upper.confidence, lower.confidence),
        doubts=united(upper.doubts, lower.doubts),
    )
    articles = list(sheet.structure.articles)
    articles[numbers[0]] = merged
    del articles[numbers[1]]
    return sheet.with_articles(articles)


def reorder_article(sheet: Sheet, action: ReorderArticle) -> Sheet:
    """Put an article before or after another."""
    item, other = sheet.article(action.article), sheet.article(action.other)
    if item == other:
        raise CorrectionError(
            say("第%(line)s行", line=action.article.line), say("两处是同一篇文章"), say("请选另一篇。")
        )
    articles = sheet.structure.articles
    return sheet.with_articles(
        articles[number] for number in rearranged(len(articles), item, action.side, other)
    )


def move_to_article(sheet: Sheet, action: MoveToArticle) -> Sheet:
    """Give text to another article, at the place that the print gives it there."""
    target = sheet.article(action.article)
    own = {
        place
        for block in sheet.structure.articles[target].blocks
        for place in places_of(sheet.lines, block.spans)
    }
    wanted = sheet.selected(action.spans) - own
    if not wanted:
        raise CorrectionError(
            say("第%(line)s行", line=action.spans[0].line),
            say("这些文字已经在这篇文章里"),
            say("请选另一篇。"),
        )
    before = sheet.structure.articles
    sheet, parts = sheet.without(wanted)
    article = sheet.structure.articles[target]
    for part in map(OWNER_CHANGES[Article], parts):
        article = replace(article, blocks=inserted(article.blocks, part))
    return people_follow(sheet.with_article(target, article), before, target).without_empty()


def move_to_new_article(sheet: Sheet, action: MoveToNewArticle) -> Sheet:
    """Make a new article of text, after the article that its first words come from; the key goes with a headline."""
    wanted = sheet.selected(action.spans)
    before = sheet.structure.articles
    sources = [
        number
        for number, article in enumerate(before)
        if any(place in wanted for block in article.blocks for place in places_of(sheet.lines, block.spans))
    ]
    sheet, parts = sheet.without(wanted)
    after = sheet.structure.articles
    if len(sources) == 1 and not after[sources[0]].blocks and len(parts) == len(before[sources[0]].blocks):
        raise CorrectionError(
            say("第%(line)s行", line=action.spans[0].line),
            say("选中的已经是完整的一篇"),
            say("请只选其中一部分。"),
        )
    blocks = headings_first(map(OWNER_CHANGES[Article], parts))
    if sources:
        place, like = sources[0] + 1, before[sources[0]]
    else:
        first = min(map(start_of, blocks))
        place = sum(start_of(article.blocks[0]) < first for article in after)
        like = Article(())
    new = Article(blocks, sections=like.sections, column=like.column, genre=like.genre)
    if sources and new.headline and not after[sources[0]].headline:
        new = replace(new, key=like.key)
        after = (*after[: sources[0]], replace(after[sources[0]], key=""), *after[sources[0] + 1 :])
    sheet = sheet.with_articles((*after[:place], new, *after[place:]))
    return people_follow(sheet, (*before[:place], Article(()), *before[place:]), place).without_empty()


def move_to_photo(sheet: Sheet, action: MoveToPhoto) -> Sheet:
    """Give text to a photo."""
    target = sheet.photo(action.photo)
    own = {
        place
        for block in sheet.structure.photos[target].blocks
        for place in places_of(sheet.lines, block.spans)
    }
    wanted = sheet.selected(action.spans) - own
    if not wanted:
        raise CorrectionError(
            say("第%(line)s行", line=action.spans[0].line),
            say("这些文字已经属于这张图片"),
            say("请选另一张。"),
        )
    sheet, parts = sheet.without(wanted)
    photos = list(sheet.structure.photos)
    for part in _of_photo(parts):
        photos[target] = replace(photos[target], blocks=inserted(photos[target].blocks, part))
    return sheet.with_photos(photos).without_empty()


def move_to_new_photo(sheet: Sheet, action: MoveToNewPhoto) -> Sheet:
    """Make a photo of text, in the print's order among the photos."""
    sheet, parts = sheet.without(sheet.selected(action.spans))
    sheet = sheet.without_empty()
    blocks = tuple(_of_photo(parts))
    photos = sheet.structure.photos
    place = sum(start_of(photo.blocks[0]) < start_of(blocks[0]) for photo in photos)
    return sheet.with_photos((*photos[:place], Photo(blocks), *photos[place:]))


def _of_photo(parts: Iterable[Block]) -> Iterable[Block]:
    return map(OWNER_CHANGES[Photo], parts)


def move_to_furniture(sheet: Sheet, action: MoveToFurniture) -> Sheet:
    """Take text out of every article and photo, or say anew what kind of furniture it is."""
    sheet, parts = sheet.without(sheet.selected(action.spans))
    furniture = list(sheet.structure.furniture)
    for part in parts:
        place = sum((piece.spans[0].line, piece.spans[0].start) < start_of(part) for piece in furniture)
        furniture.insert(place, Furniture(action.kind, part.spans, part.text))
    return sheet.with_furniture(furniture).without_empty()
