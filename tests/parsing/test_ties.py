"""What belongs to an article though it stands apart: photos, column labels, its other part on another page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.jumps import Jump, Part, jumps, page_number
from archive.keys import fill_keys
from archive.parsing import parse
from archive.structure import PageFacts, PageStructure

PAGE = """{label}

示范区清凉驿站暖人心

本报讯（记者郭树勋）入夏以来，示范区在沿街商铺
设立清凉驿站，为环卫工人免费提供饮水、药品和休
息场所，受到环卫工人称赞。

河道清淤工程提前完工

本报讯（记者付凯明）7月5日，大沙河清淤工程提前
完工，共清理淤泥三万立方米，行洪能力明显提高。

⬆7月6日，{caption}
本报记者 刘金元 摄
"""
AT_THE_STATION = "环卫工人在沿街商铺的清凉驿站饮水。"
ELSEWHERE = "市民在图书馆里读书纳凉。"


def the_page(label: str = "民生实事", caption: str = AT_THE_STATION) -> PageStructure:
    [page] = parse(PAGE.format(label=label, caption=caption))
    return page


def test_a_photo_belongs_to_the_article_that_its_caption_speaks_of() -> None:
    page = the_page()
    [photo] = page.photos
    assert page.articles[int(photo.article.removeprefix("#")) - 1].headline == "示范区清凉驿站暖人心"


def test_a_photo_of_something_else_belongs_to_none() -> None:
    assert [photo.article for photo in the_page(caption=ELSEWHERE).photos] == [""]


def test_a_stored_photo_names_its_article_by_key() -> None:
    stored = fill_keys(the_page(), "0" * 64, lambda keys: set())
    assert stored.photos[0].article == stored.articles[0].key != ""
    assert fill_keys(stored, "0" * 64, lambda keys: set()) == stored


def test_a_label_above_a_headline_is_its_articles_column_with_its_evidence() -> None:
    first, second = the_page().articles
    assert (first.column, second.column) == ("民生实事", "")
    assert any("民生实事" in reason for reason in first.evidence)


@pytest.mark.parametrize(
    ("words", "page"), [("第二版", 2), ("二版", 2), ("A03版", 3), ("第十二版", 12), ("第4版", 4), ("另页", 0)]
)
def test_pages_that_jump_lines_name(words: str, page: int) -> None:
    assert page_number(words) == page


def leaving(words: str, to: str) -> str:
    return f"{words}\n\n本报讯（记者郭树勋）{words}工作会议召开，{words}取得新的进展，\n\n（下转{to}）\n"


def arriving(words: str, source: str) -> str:
    return f"（上接{source}）\n\n会议还研究了{words}的下一步安排，要求把{words}抓实抓好。\n"


def numbered(text: str, number: int) -> PageStructure:
    [page] = parse(text, PageFacts(number=number))
    return page


def test_the_parts_of_an_article_find_each_other() -> None:
    pages = [numbered(leaving("防汛救灾", "第二版"), 1), numbered(arriving("防汛救灾", "第一版"), 2)]
    assert jumps(pages) == (Jump(Part(0, 0), Part(1, 0)),)


def test_parts_that_name_other_pages_stay_apart() -> None:
    pages = [numbered(leaving("防汛救灾", "第三版"), 1), numbered(arriving("防汛救灾", "第一版"), 2)]
    assert jumps(pages) == ()


def test_of_several_parts_those_with_the_same_words_are_joined() -> None:
    one, two = (numbered(leaving(words, "第二版"), 1).articles[0] for words in ("防汛救灾", "项目建设"))
    far = [numbered(arriving(words, "第一版"), 2).articles[0] for words in ("项目建设", "防汛救灾")]
    front = replace(numbered(leaving("防汛救灾", "第二版"), 1), articles=(one, two))
    inside = replace(numbered(arriving("防汛救灾", "第一版"), 2), articles=tuple(far))
    assert jumps([front, inside]) == (Jump(Part(0, 0), Part(1, 1)), Jump(Part(0, 1), Part(1, 0)))
