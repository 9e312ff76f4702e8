"""The search page, its files and feed, suggestions and trends, over a real index."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from archive.models import Article
from search.asked import read
from search.collection import all_documents
from search.engines import current
from search.engines.base import Count, Facet, Results
from search.engines.whoosh import WhooshEngine
from search.parsing import parse
from search.results import Found
from search.scanning import LIMITS
from search.text import fold, words
from search.views import _side
from tests import factories
from tests.factories import Picture, Story
from tests.pages.test_reading_room import get, text_of


@pytest.fixture
def archive(db: None, data_folder) -> None:
    factories.section("law", "法治信访")
    factories.section("dairy", "乳业")
    factories.page(
        [
            Story(sections=("law",)),
            Story(
                headline="蒙牛奶酪项目投产",
                paragraphs=("本报讯10月22日，吕沛、宫卫红到蒙牛公司。",),
                people={"宫卫红": "主任", "吕沛": "书记"},
                sections=("dairy",),
            ),
        ],
        [Picture(caption="10月22日，工人在蒙牛车间忙碌。")],
    )
    factories.page(
        [
            Story(
                headline="",
                paragraphs=("9月30日，宫卫红调研蒙牛。",),
                people={"宫卫红": "主任"},
                event_dates=("2021-09-30",),
            ),
            Story(headline="天气", paragraphs=("今天晴。",), people={}),
        ],
        date=dt.date(2021, 10, 1),
    )
    current().rebuild(all_documents())


def listed(reader: Client, query: str) -> list[str]:
    """The texts of the hits' headings."""
    html = get(reader, f"/search/?{query}").content.decode()
    return [
        re.sub(r"<[^>]+>|\s+", "", head)
        for head in re.findall(r'<li class="hit".*?<h2.*?>(.*?)</h2>', html, re.DOTALL)
    ]


def test_the_page_lists_what_has_the_word_as_it_stands_or_else_its_words(
    reader: Client, archive: None, settings: Any
) -> None:
    settings.SEARCH_RATE = 0
    texts = {document.key: [fold(text) for _, text in document.texts()] for document in all_documents()}
    runs = {run for lines in texts.values() for line in lines for run in re.findall(r"[一-龥]{3,}", line)}
    pieces = {run[start : start + 4] for run in runs for start in range(0, len(run) - 2, 3)}
    relaxed = 0
    for raw in [*sorted(pieces), "奶酪书记", "蒙牛晴", "公司吕沛", "调研蒙牛公司"]:
        literal = {key for key, lines in texts.items() if any(raw in line for line in lines)}
        expected = literal or {
            key
            for key, lines in texts.items()
            if all(any(word in line for line in lines) for word in words(raw))
        }
        html = get(reader, f"/search/?q={raw}").content.decode()
        shown = re.findall(r'<li class="hit".*?href="[^"]*/([^/"?]+)/?\?', html, re.DOTALL)
        assert (set(shown), len(shown)) == (expected, len(expected)), raw
        relaxed += ("没有一篇原样含有" in html) and bool(expected)
    assert relaxed


def test_a_query_of_the_greatest_length_can_be_typed(reader: Client, db: None) -> None:
    for address in ("/", "/search/"):
        assert f'maxlength="{LIMITS.characters}"' in get(reader, address).content.decode()


def test_every_hit_is_listed_with_its_count_and_marked(reader: Client, archive: None) -> None:
    html = get(reader, "/search/?q=蒙牛").content.decode()
    assert "<strong>3</strong> 条结果" in re.sub(r"\s+", " ", html)
    assert len(listed(reader, "q=蒙牛")) == 3
    assert html.count("<mark>蒙牛</mark>") >= 3
    assert "noindex" in html


def test_traditional_characters_mark_the_print_s_own_form(reader: Client, archive: None) -> None:
    assert "<mark>蒙牛</mark>" in get(reader, "/search/?q=蒙牛").content.decode()
    assert "<mark>奶酪项目</mark>" in get(reader, "/search/?q=奶酪項目").content.decode()


def test_an_untitled_hit_shows_as_everywhere(reader: Client, archive: None) -> None:
    assert any(head.startswith("〔无题〕9月30日") for head in listed(reader, "q=宫卫红"))


def test_filters_narrow_and_chips_take_them_away(reader: Client, archive: None) -> None:
    html = get(reader, "/search/?q=蒙牛&section=dairy&kind=article").content.decode()
    assert "<strong>1</strong>" in html
    chips = re.findall(r'<ul class="chips".*?</ul>', html, re.DOTALL)[0]
    assert "乳业" in chips
    hrefs = [href.replace("&amp;", "&") for href in re.findall(r'href="\?([^"]+)"', chips)]
    assert any("section=dairy" in href and "kind=" not in href for href in hrefs)
    assert any("kind=article" in href and "section=" not in href for href in hrefs)
    assert len(listed(reader, "q=蒙牛&kind=photo")) == 1
    assert len(listed(reader, "q=蒙牛&month=2021-10&from=2021-10-20")) == 2
    assert len(listed(reader, "q=蒙牛&from=2021-09-30&to=2021-09-30&when=event")) == 1


def test_every_facet_link_leads_to_as_many_as_it_says(reader: Client, archive: None) -> None:
    html = get(reader, "/search/?q=吕沛").content.decode()
    side = html[html.index('class="facets"') :]
    links = re.findall(r'<a href="\?([^"]+)"[^>]*>[^<]+</a>\s*<span class="count">(\d+)</span>', side)
    assert links
    for href, count in links:
        assert len(listed(reader, href.replace("&amp;", "&"))) == int(count), href


@pytest.mark.parametrize(
    ("query", "months", "stand_there"),
    [("q=a", 24, True), ("q=a", 25, False), ("q=a&month=1990-01", 25, True)],
)
def test_of_many_months_a_year_is_chosen_first(query: str, months: int, stand_there: bool) -> None:
    counts = tuple(Count(f"{1990 + number}-01", "", 1) for number in range(months))
    found = Found(parse("a"), engine=WhooshEngine(Path()))
    found._first = Results((), months, {"month": Facet("month", counts, months)})
    assert bool(_side(read(QueryDict(query)), found, "month", 8)) == stand_there


def test_sorting_by_date(reader: Client, archive: None) -> None:
    newest, oldest = listed(reader, "q=宫卫红&sort=newest"), listed(reader, "q=宫卫红&sort=oldest")
    assert newest[0] == "蒙牛奶酪项目投产"
    assert oldest[0].startswith("〔无题〕")


def test_a_query_that_is_read_otherwise_says_how(reader: Client, archive: None) -> None:
    shown = text_of(get(reader, "/search/?q=" + '"蒙牛'))
    assert "引号不成对" in shown


def test_nothing_found_helps_on(reader: Client, archive: None) -> None:
    html = get(reader, "/search/?q=蒙牛 不存在的词").content.decode()
    assert "没有找到" in html
    assert re.search(r'href="\?q=%E8%92%99%E7%89%9B"', html)


def test_a_withheld_article_leaves_the_results_before_the_index_knows(reader: Client, archive: None) -> None:
    Article.objects.filter(headline__startswith="蒙牛").update(visibility="withheld")
    assert "奶酪" not in get(reader, "/search/?q=蒙牛").content.decode().replace("q=", "")


def test_paging_is_bounded(reader: Client, archive: None) -> None:
    assert len(listed(reader, "q=蒙牛&p=99999")) == 3
    assert len(listed(reader, "q=蒙牛&p=-1")) == 3


@pytest.mark.parametrize(
    "query", ["q=" + "(" * 300, "q=%00", "q=标题:", "q=2021-13-45", "q=-", "q=蒙牛&sort=x&kind=y", "q=\\"]
)
def test_no_query_is_an_error(reader: Client, archive: None, query: str) -> None:
    get(reader, f"/search/?{query}")


def test_without_an_index_readers_are_sent_elsewhere(reader: Client, db: None, data_folder) -> None:
    html = get(reader, "/search/?q=吕沛", 503).content.decode()
    assert 'href="/issues/"' in html
    assert str(data_folder) not in html
    assert get(reader, "/search/suggest?q=吕").json() == {"suggestions": []}
    get(reader, "/trends/?q=吕沛", 503)
    page = factories.page()
    get(reader, page.articles.get().get_absolute_url() + "?q=吕沛")


def test_searches_are_limited_by_address(reader: Client, archive: None, settings) -> None:
    settings.SEARCH_RATE = 2
    get(reader, "/search/?q=蒙牛")
    get(reader, "/search/?q=蒙牛")
    assert get(reader, "/search/?q=蒙牛", 429)["Retry-After"] == "60"
    settings.BEHIND_PROXY = True
    other = Client(headers={"X-Forwarded-For": "1.2.3.4, 198.51.100.7", "accept-language": "zh-CN"})
    get(other, "/search/?q=蒙牛")


def test_an_empty_result_offers_what_would_be_found(reader: Client, archive: None) -> None:
    def offers(query: str) -> dict[str, int]:
        html = get(reader, f"/search/?q={query}").content.decode()
        found = re.findall(r'<a href="\?q=[^"]+">([^<]+)</a> <span class="count">(\d+)</span>', html)
        return {text: int(count) for text, count in found}

    assert offers("蒙牛 绝无此词") == {"蒙牛": 3}
    assert offers("mengniu") == {"蒙牛": 3}
    assert "吕沛" in offers("吕佩")
    assert "吕沛 信访" in offers("吕佩 信访")
    assert "吕沛" in offers("吕佩 绝无此词")
    assert not offers("绝无此词")


def test_what_is_tried_for_an_empty_result_counts_as_searches(
    reader: Client, archive: None, settings
) -> None:
    settings.SEARCH_RATE = 5
    offered = get(reader, "/search/?q=蒙牛 吕佩 绝无此词").content.decode()
    assert "这样能找到" not in offered  # one search and more than four tries
    get(reader, "/search/?q=蒙牛", 429)


def test_suggestions_lead_to_pages(reader: Client, archive: None) -> None:
    found = get(reader, "/search/suggest?q=吕").json()["suggestions"]
    assert any(
        one["kind"] == "person" and one["url"] == reverse("archive:person", args=["吕沛"]) for one in found
    )


def test_the_whole_result_as_csv_says_what_was_asked(reader: Client, archive: None) -> None:
    response = get(reader, "/search/export.csv?q=蒙牛")
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    facts = {row[0]: row[1] for row in rows if len(row) == 2}
    assert facts["# 检索式"] == "蒙牛"
    assert facts["# 命中"] == "3"
    assert facts["# 索引版本"]
    assert len([row for row in rows if row[0] in ("文章", "图片")]) == 3


def test_a_spreadsheet_takes_no_cell_for_a_formula(reader: Client, archive: None) -> None:
    Article.objects.filter(headline__startswith="蒙牛").update(headline="=1+1")
    text = b"".join(get(reader, "/search/export.csv?q=蒙牛").streaming_content).decode()
    assert "'=1+1" in text
    assert ",=1+1" not in text


def test_the_whole_result_as_ris(reader: Client, archive: None) -> None:
    records = b"".join(get(reader, "/search/export.ris?q=蒙牛").streaming_content).decode()
    assert records.count("TY  - NEWS") == records.count("ER  - ") == 2


def test_a_search_can_be_followed(reader: Client, archive: None) -> None:
    assert "蒙牛奶酪项目投产" in get(reader, "/search/feed.xml?q=蒙牛").content.decode()


def test_what_is_withheld_is_suggested_no_more_though_the_index_still_holds_it(
    reader: Client, archive: None
) -> None:
    def suggested(typed: str) -> set[str]:
        return {each["text"] for each in get(reader, f"/search/suggest?q={typed}").json()["suggestions"]}

    assert "蒙牛奶酪项目投产" in suggested("蒙牛")
    assert "吕沛" in suggested("吕")
    Article.objects.filter(headline__contains="蒙牛").update(visibility="withheld")
    Article.objects.filter(mentions__name="吕沛").update(visibility="withheld")
    assert "蒙牛奶酪项目投产" not in suggested("蒙牛")
    assert "吕沛" not in suggested("吕")


def test_trends_compare_words_and_break_where_nothing_was_printed(reader: Client, archive: None) -> None:
    factories.page([Story(headline="旧", paragraphs=("蒙牛。",), people={})], date=dt.date(2021, 8, 1))
    current().rebuild(all_documents())
    html = get(reader, "/trends/?q=蒙牛，宫卫红").content.decode()
    rows = dict(re.findall(r'<th scope="row">([\d-]+)</th>(.*?)</tr>', html, re.DOTALL))
    assert re.findall(r"<td>([^<]+)</td>", rows["2021-10"]) == ["4", "2", "500.0", "2", "500.0"]
    assert re.findall(r"<td>([^<]+)</td>", rows["2021-09"]) == ["0", "–", "–", "–", "–"]
    assert "<polyline" not in html  # no two months beside each other
    table = get(reader, "/trends.csv?q=蒙牛").content.decode("utf-8-sig")
    assert "2021-10,4,2,500.0" in table


def test_pages_of_hits_follow_each_other(reader: Client, db: None, data_folder) -> None:
    factories.page([Story(headline=f"蒙牛第{n}篇", paragraphs=(f"蒙牛{n}。",), people={}) for n in range(45)])
    current().rebuild(all_documents())
    heads, query = [], "q=蒙牛&sort=newest"
    while query:
        heads += listed(reader, query)
        onward = re.search(
            r'rel="next"[^>]*href="\?([^"]+)"', get(reader, f"/search/?{query}").content.decode()
        )
        query = onward[1].replace("&amp;", "&") if onward else ""
    assert len(heads) == len(set(heads)) == 45


def test_an_article_offers_related_ones_of_the_index_only_while_they_are_listed(
    reader: Client, db: None, data_folder
) -> None:
    stories = [
        Story(
            headline=f"第{n}次防汛检查",
            paragraphs=(f"防汛检查第{n}次，检查水库、堤坝、闸口。",),
            people={},
            reporters=(),
        )
        for n in range(3)
    ]
    stories += [
        Story(headline=f"别的{n}", paragraphs=(f"无关的内容{n}。",), people={}, reporters=())
        for n in range(30)
    ]
    factories.page(stories)
    current().rebuild(all_documents())
    article = Article.objects.get(headline="第0次防汛检查")
    shown = text_of(get(reader, article.get_absolute_url()))
    assert "第2次防汛检查" in shown[shown.index("相关文章") :]
    Article.objects.exclude(pk=article.pk).update(visibility="delisted")
    assert "相关文章" not in text_of(get(reader, article.get_absolute_url()))
