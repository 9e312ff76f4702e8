"""A small archive with everything that a page can show, and the address of one page of each type."""

from __future__ import annotations

import datetime as dt
import io

from django.core.files.base import ContentFile
from PIL import Image

from archive import counts, places
from archive.models import Article, Page, Person
from archive.people import reread
from search.collection import all_documents
from search.engines import current
from tests import factories
from tests.factories import Picture, Story

LONG = "示范区党工委书记吕沛到信访大厅接待群众来访，宫卫红、高鸿参加，要求各级各部门认真贯彻落实。" * 4
HEADLINE = "吕沛到示范区信访接待大厅接待群众来访"
PEOPLE = {"吕沛": "示范区（高新区）党工委书记", "宫卫红": "管委会主任", "高鸿": "区领导"}
#: More short articles than a page of results holds.
BRIEFS = 23

#: Page types that stand among the addresses a second time, with other contents.
AGAIN = {
    *("newspaper", "untitled", "correction", "people-letter", "person-month", "reporter", "photographer"),
    *("pictured", "search-all", "places-found", "removal"),
}


def build() -> dict[str, str]:
    """Store it, index it, and give the addresses by the names of the page types."""
    factories.section("law", "法治信访")
    stories = [
        Story(
            headline=HEADLINE,
            kicker="访民情 解民忧",
            subheadline="现场协调解决群众反映的实际困难",
            paragraphs=(f"本报讯（记者郭树勋）10月21日上午，{LONG}", f"又讯10月20日下午，{LONG}"),
            opens_item=(1,),
            event_dates=("2021-10-21", "2021-10-20"),
            people=PEOPLE,
            sections=("law",),
            column="项目建设",
            note="（本栏稿件由本报记者整理）",
        ),
        Story(headline="", paragraphs=(f"10月22日，{LONG}",), people=PEOPLE),
        Story(headline="更正", genre="更正", paragraphs=(f"本报《{HEADLINE}》一文有误。",), people={}),
    ]
    pictures = [Picture(story=0, people={}), Picture(caption="新华社照片。", agency="新华社")]
    page = factories.page(stories, pictures, furniture=("扫一扫关注我们",))
    withheld = Story(headline="撤下了", visibility="withheld")
    second = factories.page([Story(headline="同一期的另一版", people={}), withheld], name="综合")
    factories.page([Story(people=PEOPLE, headline="早先的一篇")], date=dt.date(2021, 10, 12))
    factories.page([Story(headline="晚刊一篇", people=PEOPLE)], date=dt.date(2021, 10, 24), edition="晚刊")
    factories.page([Story(headline="不知日期", people=PEOPLE)], date=None)
    factories.page(
        [Story(headline="去年今日", sections=("law",), event_dates=("2020-10-21",))],
        date=dt.date(2020, 10, 24),
    )
    briefs = [
        Story(f"道路施工简讯之{n}", (f"施工第{n}天。",), reporters=(), people={}, event_dates=())
        for n in range(BRIEFS)
    ]
    factories.page(briefs, date=dt.date(2020, 5, 1), name="道路", certainty="printed")
    rows = dict(page.articles.values_list("key", "pk"))
    places.write(page, rows, {key: [("阳庙镇", ("body", 0, 0, 3))] for key in rows})
    _attach_a_picture(page)
    Article.objects.filter(headline=HEADLINE).update(rights="open")
    reread(Person.objects.all())
    counts.recount()
    current().rebuild(all_documents())
    return _addresses(page) | {"error-410": second.articles.get(visibility="withheld").get_absolute_url()}


def _attach_a_picture(page: Page) -> None:
    """As staff do, to the last photo: a red square."""
    drawn = io.BytesIO()
    Image.new("RGB", (400, 300), "#a33").save(drawn, "JPEG")
    photo = page.photos.order_by("position")[1]
    photo.image.save("red.jpg", ContentFile(drawn.getvalue()), save=False)
    photo.image_width, photo.image_height, photo.alt_text = 400, 300, "红色方块"
    photo.save()


def _addresses(page: Page) -> dict[str, str]:
    article, untitled, correction = page.articles.order_by("position")
    photo, pictured = page.photos.order_by("position")
    return {
        "home": "/",
        "calendar": "/issues/",
        "newspaper": "/issues/jiaozuo-ribao/",
        "issue": page.issue.get_absolute_url(),
        "page": page.get_absolute_url(),
        "article": article.get_absolute_url() + "?q=信访",
        "untitled": untitled.get_absolute_url(),
        "correction": correction.get_absolute_url(),
        "machine": f"/articles/{article.key}/print",
        "articles": "/articles/",
        "sections": "/sections/",
        "section": "/sections/law/",
        "people": "/people/",
        "people-letter": "/people/?letter=l",
        "person": "/people/吕沛/",
        "person-month": "/people/吕沛/?year=2021&month=10",
        "reporter": "/people/郭树勋/",
        "photographer": "/people/刘金元/",
        "photos": "/photos/",
        "photo": photo.get_absolute_url(),
        "pictured": pictured.get_absolute_url(),
        "day": "/on-this-day/?month=10&day=24",
        "about": "/about/",
        "search": "/search/?q=吕沛&section=law",
        "search-all": "/search/?q=道路施工",
        "search-answer": "/search/?q=吕沛 2021年10月",
        "search-empty": "/search/?q=吕沛 没有的词",
        "search-blank": "/search/",
        "help": "/search/help/",
        "trends": "/trends/?q=吕沛，宫卫红",
        "places": "/places/",
        "places-found": "/places/?q=yangmiao",
        "place": "/places/阳庙镇/",
        "column": f"/columns/{article.column_id}/",
        "undated": "/issues/jiaozuo-ribao/undated/",
        "report": f"/report/article/{article.key}/",
        "removal": f"/report/photo/{photo.key}/?kind=removal",
        "style-guide": "/style-guide/",
        "error-400": "/articles/?" + "&".join(["a=1"] * 1100),
        "error-404": "/nope/",
        "error-429": "/search/?q=too-many",
        "error-500": "/search/?q=broken",
    }
