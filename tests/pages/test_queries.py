"""No page asks the database more than eight times, and none asks more often because it shows more."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.models import Article
from archive.places import write
from tests import factories
from tests.factories import Picture, Story

MOST = 8


def fill(pages: int) -> None:
    for slug, name in {"law": "法治信访", "second": "又一主题", "third": "再一主题"}.items():
        factories.section(slug, name)
    for number in range(pages):
        stories = [
            Story(
                headline=f"第{number}版第{place}篇",
                sections=("law", "second", "third"),
                column="项目建设",
                people={"吕沛": "书记", f"人物{number}{place}": "", "宫卫红": "主任"},
                paragraphs=(f"本报讯10月21日，吕沛、宫卫红、人物{number}{place}参加。", "第二段。"),
            )
            for place in range(6)
        ]
        pictures = [Picture(story=0), Picture(people={"吕沛": ""})]
        page = factories.page(stories, pictures, date=dt.date(2021, 10, 24) - dt.timedelta(days=number // 2))
        rows = dict(page.articles.values_list("key", "pk"))
        spots = [("阳庙镇", ("body", 0, 0, 3)), ("小梁庄村", ("body", 0, 3, 7))]
        write(page, rows, dict.fromkeys(rows, spots))


def count(reader: Client, address: str) -> int:
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = reader.get(address)
    assert response.status_code == 200, address
    return len(queries)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "/",
            "/about/",
            "/issues/",
            "/issues/2021/",
            "/issues/jiaozuo-ribao/",
            "/issues/jiaozuo-ribao/2021-10-24/",
            "/articles/",
        ),
        *("/photos/", "/sections/", "/sections/law/", "/people/", "/people/?q=吕", "/people/?letter=l"),
        *(
            "/people/吕沛/",
            "/people/吕沛/?year=2021&month=10",
            "/people/郭树勋/",
            "/on-this-day/?month=10&day=24",
        ),
        *("/places/", "/places/?q=yangmiao", "/places/?letter=y", "/places/阳庙镇/?year=2021"),
        *(
            "/places/阳庙镇/",
            "/feeds/places/阳庙镇.xml",
            "/feeds/articles.xml",
            "/feeds/sections/law.xml",
            "/feeds/people/吕沛.xml",
            "ARTICLE",
            "ARTICLE.json",
            "ARTICLE/print",
            "PAGE",
            "PHOTO",
        ),
    ],
)
def test_few_queries_and_no_more_with_more_articles(reader: Client, address: str) -> None:
    fill(2)
    article = Article.objects.select_related("page").get(headline="第0版第1篇")
    photo = article.page.photos.first()
    address = address.replace("PAGE", article.page.get_absolute_url()).replace(
        "PHOTO", photo.get_absolute_url()
    )
    address = address.replace("ARTICLE", f"/articles/{article.key}")
    address = (
        address if "." in address or "?" in address or address.endswith(("/", "print")) else address + "/"
    )
    few = count(reader, address)
    fill(6)
    many = count(reader, address)
    assert few <= MOST
    assert many <= few
