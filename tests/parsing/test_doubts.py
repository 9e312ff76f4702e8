"""What a page's torn articles say of the others."""

from __future__ import annotations

import pytest

from archive.parsing import parse
from archive.parsing.doubts import with_torn_page
from archive.parsing.knobs import DEFAULT
from archive.structure import Article, Block, Doubt, Role, Span


def article(line: int, *codes: str) -> Article:
    doubts = tuple(Doubt(code, "", line) for code in codes)
    return Article(blocks=(Block(Role.BODY, (Span(line, 0, 2),), "正文"),), doubts=doubts, confidence=0.98)


def test_on_a_page_torn_in_several_places_nothing_is_sure() -> None:
    torn = (article(1, "breaks-off"), article(2, "starts-midway", "no-opening"), article(3, "order-guessed"))
    whole = article(4)
    *same, doubted = with_torn_page((*torn, whole), False, DEFAULT)
    assert tuple(same) == torn, "these say it themselves"
    assert doubted.doubts == (Doubt("torn-page", "", 4),)
    assert doubted.confidence < 0.9


def test_two_torn_articles_say_nothing_of_the_others() -> None:
    page = (article(1, "breaks-off"), article(2, "order-guessed"), article(3, "headline-far"), article(4))
    assert with_torn_page(page, False, DEFAULT) == page
    assert with_torn_page(page, True, DEFAULT)[3].confidence < 0.9, "but where fragments may have gone wrong"


TEXT = "花师傅每天早晚各巡查一遍，\n充电的三轮车再多也不乱，村民夜\n里回家也方便了许多。\n"


@pytest.mark.parametrize(
    ("headline", "codes"),
    [
        ("花师傅每天早晚巡查 三轮车再多也不乱", set()),
        ("花师傅出了新主意 三轮车再多不用愁", {"no-opening"}),
    ],
    ids=["own words", "others"],
)
def test_a_headline_of_the_texts_own_words_tells_where_it_begins(headline: str, codes: set[str]) -> None:
    [page] = parse(f"{headline}\n\n{TEXT}")
    [article] = page.articles
    assert {doubt.code for doubt in article.doubts} == codes
    assert (article.confidence < 0.9) == bool(codes)
