"""What readers see at each address."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive import store
from archive.models import Article, KeyRedirect, Mention, Newspaper, Page, Person, Photo
from archive.views import discovery
from tests import factories
from tests.conftest import ROOT
from tests.factories import Picture, Story

UNTITLED = Story(headline="", paragraphs=("10月20日下午，示范区召开会议，吕沛讲话。",))


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def get(reader: Client, address: str, status: int = 200):
    response = reader.get(address)
    assert response.status_code == status, (address, response.status_code)
    return response


@pytest.fixture
def page(db: None) -> Page:
    factories.section("law", "法治信访")
    return factories.page(
        [
            Story(sections=("law",), column="项目建设", kicker="访民情 解民忧"),
            UNTITLED,
            Story(
                headline="蒙牛奶酪项目投产",
                paragraphs=("本报讯（记者郭树勋）10月22日，吕沛、宫卫红到场。",),
                people={"宫卫红": "管委会主任", "吕沛": "书记"},
            ),
        ],
        [Picture(story=2), Picture(caption="新华社照片。", agency="新华社")],
        furniture=("扫一扫关注我们",),
    )


def addresses(page: Page) -> list[str]:
    article, photo = page.articles.first(), page.photos.first()
    key = article.key
    fixed = ("home", "about", "issues", "articles", "sections", "people", "photos", "on-this-day")
    return [
        *(reverse(f"archive:{name}") for name in fixed),
        page.issue.get_absolute_url(),
        page.get_absolute_url(),
        article.get_absolute_url(),
        reverse("archive:machine-text", args=[key]),
        photo.get_absolute_url(),
        "/issues/2021/",
        "/issues/jiaozuo-ribao/",
        "/sections/law/",
        f"/columns/{article.column.pk}/",
        "/people/吕沛/",
        "/people/吕沛/?year=2021&month=10",
        "/people/郭树勋/",
        "/people/?q=吕",
        "/people/?letter=l",
        "/search/",
        "/search/help/",
        "/trends/",
        "/on-this-day/?month=10&day=24",
    ]


def test_every_page_has_one_heading_a_title_and_no_inline_script_or_style(reader: Client, page: Page) -> None:
    for address in addresses(page):
        html = get(reader, address).content.decode()
        assert html.count("<h1") == 1, address
        assert html.count('<main id="main"') == 1, address
        assert re.search(r"<title>[^<]+</title>", html), address
        assert " style=" not in html, address
        assert not re.search(r"\son\w+=", html), address
        scripts = re.findall(r"<script([^>]*)>", html)
        assert all("src=" in script or "ld+json" in script for script in scripts), address
        assert not re.search(r'(?:src|href)="(?:https?:)?//(?!testserver)', html.replace("beian.miit", "")), (
            address
        )


def test_every_page_is_well_formed_where_paragraphs_are_concerned(reader: Client, page: Page) -> None:
    """A <p> can't hold <details>, <div> or a list: browsers would close it early."""
    for address in addresses(page):
        html = get(reader, address).content.decode()
        for paragraph in re.findall(r"<p\b[^>]*>(.*?)</p>", html, re.DOTALL):
            assert not re.search(r"<(?:details|div|ul|ol|p|table|section)\b", paragraph), (address, paragraph)


def test_an_empty_archive_still_has_all_its_lists(reader: Client) -> None:
    for name in ("home", "about", "issues", "articles", "sections", "people", "photos", "on-this-day"):
        get(reader, reverse(f"archive:{name}"))
    assert "还没有报纸" in text_of(get(reader, "/"))


def test_home_leads_into_everything(reader: Client, page: Page) -> None:
    html = get(reader, "/").content.decode()
    for address in (
        page.issue.get_absolute_url(),
        "/sections/law/",
        "/issues/",
        "/people/",
        "/photos/",
        "/about/",
    ):
        assert f'href="{address}"' in html
    assert 'action="/search/"' in html
    assert reverse("archive:person", args=["吕沛"]) in html
    assert "约2021年10月24日" in text_of(reader.get("/"))


def test_an_untitled_article_is_named_the_same_everywhere(reader: Client, page: Page) -> None:
    article = Article.objects.get(headline="", page=page)
    title = "〔无题〕10月20日下午，示范区召开会议"
    assert article.title == title
    others = (
        page.issue.get_absolute_url(),
        page.get_absolute_url(),
        "/articles/",
        "/people/吕沛/",
        "/feeds/articles.xml",
    )
    for address in (article.get_absolute_url(), *others):
        assert title in text_of(get(reader, address)), address


def test_a_supplied_headline_stands_in_brackets_and_says_so(reader: Client) -> None:
    page = factories.page([Story(headline="", supplied_headline="示范区开会")])
    shown = text_of(get(reader, page.articles.get().get_absolute_url()))
    assert "［示范区开会］" in shown
    assert "编辑补拟" in shown


def test_an_estimated_date_says_so_and_explains_itself(reader: Client, page: Page) -> None:
    for address in (
        page.get_absolute_url(),
        page.issue.get_absolute_url(),
        page.articles.first().get_absolute_url(),
    ):
        html = get(reader, address).content.decode()
        assert '<span class="about"' in html
        details = re.search(r'<details class="why">(.*?)</details>', html, re.DOTALL)
        assert details
        assert "文中最近的日期是10月23日" in details[1]


def test_a_given_date_is_not_called_estimated(reader: Client) -> None:
    page = factories.page(certainty="given", number=3)
    html = get(reader, page.articles.get().get_absolute_url()).content.decode()
    assert 'class="about"' not in html
    assert "第3版" in html


def test_an_undated_page_is_reachable_and_called_undated(reader: Client) -> None:
    page = factories.page(date=None)
    assert page.issue.get_absolute_url().endswith("/undated/")
    assert "日期不详" in text_of(get(reader, page.issue.get_absolute_url()))
    assert page.issue.get_absolute_url() in get(reader, "/issues/").content.decode()
    get(reader, page.articles.get().get_absolute_url())


def test_people_are_linked_in_the_text_longest_first(reader: Client) -> None:
    page = factories.page(
        [Story(paragraphs=("张军与张军利座谈。",), people={"张军": "", "张军利": ""}, reporters=())]
    )
    html = get(reader, page.articles.get().get_absolute_url()).content.decode()
    body = re.search(r'<p id="p1">(.*?)</p>', html)
    assert body
    assert re.findall(r">([^<]+)</a>", body[1]) == ["张军", "张军利"]


def test_a_hit_is_marked_on_the_article_reached_from_a_search(reader: Client, page: Page) -> None:
    address = page.articles.first().get_absolute_url()
    assert "<mark>信访大厅</mark>" in get(reader, f"{address}?q=信訪大廳").content.decode()
    assert "<mark>" not in get(reader, address).content.decode()


def test_text_is_escaped(reader: Client) -> None:
    evil = "<script>alert(1)</script>&\"'"
    page = factories.page(
        [Story(headline=evil, paragraphs=(evil,), kicker=evil, people={})],
        [Picture(caption=evil)],
        furniture=(evil,),
    )
    article = page.articles.get()
    for address in (
        *(page.get_absolute_url(), page.issue.get_absolute_url(), article.get_absolute_url(), "/"),
        *(
            page.photos.get().get_absolute_url(),
            "/photos/",
            f"{article.get_absolute_url()}print",
            "/articles/",
        ),
        *(
            f"/people/?q={evil}",
            f"/search/?q={evil}",
            f"/trends/?q={evil}",
            f"{article.get_absolute_url()}?q={evil}",
        ),
    ):
        html = reader.get(address).content.decode()
        assert "<script>alert" not in html, address


def test_the_page_keeps_the_order_of_the_dump_and_says_what_it_is(reader: Client, page: Page) -> None:
    shown = text_of(get(reader, page.get_absolute_url()))
    places = [
        shown.index(word)
        for word in ("本报讯（记者郭树勋）", "〔无题〕", "蒙牛奶酪项目投产", "工人在生产线上")
    ]
    assert places == sorted(places)
    assert "重排，非原版" in shown
    assert "版次不详" in shown
    assert "扫一扫关注我们" in shown


def test_the_same_page_of_other_issues_is_one_click_away(reader: Client, page: Page) -> None:
    earlier = factories.page(date=dt.date(2021, 10, 12))
    factories.page(date=dt.date(2021, 10, 18), name="要闻")
    html = get(reader, page.get_absolute_url()).content.decode()
    assert f'rel="prev" href="{earlier.get_absolute_url()}"' in html
    assert (
        f'rel="next" href="{page.get_absolute_url()}"'
        in get(reader, earlier.get_absolute_url()).content.decode()
    )


def test_pages_without_a_name_lead_to_those_of_the_same_number(reader: Client, db: None) -> None:
    made = {
        (day, number): factories.page(date=dt.date(2021, 10, day), name="", number=number)
        for day in (12, 18, 24)
        for number in (None, 2)
    }
    del made[18, 2]
    Page.objects.filter(issue__date=dt.date(2021, 10, 18), number=2).update(deleted_at=timezone.now())
    for (day, number), (earlier, later) in {
        (18, None): (12, 24),
        (12, None): (None, 18),
        (24, 2): (12, None),
    }.items():
        html = get(reader, made[day, number].get_absolute_url()).content.decode()
        links = dict(re.findall(r'rel="(prev|next)" href="([^"]+)"', html))
        wanted = {"prev": earlier, "next": later}
        assert links == {
            rel: made[at, number].get_absolute_url() for rel, at in wanted.items() if at is not None
        }
    alone = factories.page(date=None, name="").get_absolute_url()
    assert 'rel="prev"' not in get(reader, alone).content.decode()


def test_the_other_pages_of_an_issue_are_one_click_away(reader: Client, page: Page) -> None:
    assert "本期各版" not in get(reader, page.get_absolute_url()).content.decode()
    other = factories.page(name="要闻", number=1)
    html = get(reader, page.get_absolute_url()).content.decode()
    nav = re.search(r'aria-label="本期各版".*?</nav>', html, re.DOTALL)
    assert nav
    assert re.findall(r'href="([^"]+)"', nav[0]) == [other.get_absolute_url(), page.get_absolute_url()]
    assert re.findall(r'aria-current="page">([^<]+)', nav[0]) == [page.title]


def test_neighbours_on_the_page_and_by_the_same_hand(reader: Client, page: Page) -> None:
    first, second, third = page.articles.order_by("position")
    html = get(reader, second.get_absolute_url()).content.decode()
    assert f'rel="prev" href="{first.get_absolute_url()}"' in html
    assert f'rel="next" href="{third.get_absolute_url()}"' in html


@pytest.mark.parametrize("much", [0, 500])
def test_before_and_after_by_the_same_hand(
    reader: Client, monkeypatch: pytest.MonkeyPatch, much: int
) -> None:
    monkeypatch.setattr("archive.people_pages.MUCH", much)
    stories = [Story(headline=f"第{n}篇", reporters=("郭树勋",)) for n in range(3)]
    days = [factories.page(stories, date=dt.date(2021, 10, day), name=f"第{day}日的版") for day in (3, 4, 5)]
    factories.page([Story(headline="别人写的", reporters=("杨帆",))], date=dt.date(2021, 10, 4), name="别版")
    articles = [article for day in days for article in day.articles.order_by("position")]

    def told(place: int) -> dict[str, list[str]]:
        html = get(reader, articles[place].get_absolute_url()).content.decode()
        section = re.search(r'aria-labelledby="h-hand">(.*?)</section>', html, re.DOTALL)
        parts = re.split(r"<h3>(.*?)</h3>", section[1] if section else "")
        return {
            name: re.findall(r'class="line-title"[^>]*><a href="([^"]+)"', part)
            for name, part in zip(parts[1::2], parts[2::2], strict=True)
        }

    urls = [article.get_absolute_url() for article in articles]
    for place in range(len(urls)):
        after, before = urls[place + 1 : place + 3][::-1], urls[max(0, place - 2) : place][::-1]
        expected = {"此后": after, "此前": before}
        assert told(place) == {name: those for name, those in expected.items() if those}


def test_a_further_item_is_set_apart_with_its_own_date(reader: Client) -> None:
    story = Story(
        paragraphs=("本报讯10月21日，吕沛与蒋小忠座谈。", "又讯10月20日，吕沛又座谈。"),
        event_dates=("2021-10-21", "2021-10-20"),
        opens_item=(1,),
    )
    html = get(reader, factories.page([story]).articles.get().get_absolute_url()).content.decode()
    body = html[html.index('<div class="text">') :]
    places = [body.index(part) for part in ("蒋小忠", 'class="item-break"', ">2021年10月20日<", "又讯")]
    assert places == sorted(places)


def test_a_printed_correction_and_its_article_lead_to_each_other(reader: Client) -> None:
    wrong = factories.page([Story(headline="蒙牛投产")]).articles.get()
    right = factories.page(
        [Story(headline="更正", genre="更正", paragraphs=("本报10月24日《蒙牛投产》一文有误。",))],
        date=dt.date(2021, 10, 26),
    ).articles.get()
    assert right.get_absolute_url() in get(reader, wrong.get_absolute_url()).content.decode()
    assert wrong.get_absolute_url() in get(reader, right.get_absolute_url()).content.decode()


def test_machine_text_shows_every_line_with_hash_and_versions(reader: Client, page: Page) -> None:
    article = page.articles.order_by("position").first()
    shown = text_of(get(reader, reverse("archive:machine-text", args=[article.key])))
    for part in (page.dump.sha256, page.dump.name, "引题", "主标题", "正文", "自动解析", *article.paragraphs):
        assert part in shown, part
    assert "蒙牛奶酪项目投产" not in shown


# --- what readers may not see --------------------------------------------------------------------------------------


def public_faces(page: Page) -> list[str]:
    return [
        *addresses(page)[:10],
        "/sections/law/",
        "/people/",
        "/feeds/articles.xml",
        "/sitemap-articles.xml",
    ]


def test_a_withheld_article_answers_410_and_is_in_no_list(reader: Client, page: Page) -> None:
    article = page.articles.get(headline__startswith="蒙牛")
    Article.objects.filter(pk=article.pk).update(visibility="withheld")
    for suffix in ("/", "/print", ".txt", ".json", ".bib", ".ris"):
        response = get(reader, f"/articles/{article.key}{suffix}", 410)
        assert "蒙牛" not in response.content.decode()
    assert "撤下" in text_of(reader.get(article.get_absolute_url()))
    for address in public_faces(page):
        if article.key not in address:
            html = get(reader, address).content.decode()
            assert "蒙牛" not in html, address
            assert article.key not in html, address


def test_a_delisted_article_opens_but_is_in_no_list(reader: Client, page: Page) -> None:
    article = page.articles.get(headline__startswith="蒙牛")
    store.set_visibility(article, Article.Visibility.DELISTED, "")
    assert 'name="robots" content="noindex"' in get(reader, article.get_absolute_url()).content.decode()
    for address in public_faces(page):
        assert article.key not in get(reader, address).content.decode(), address
    get(reader, "/people/宫卫红/", 404)


def test_a_piece_that_left_its_page_leads_there(reader: Client, page: Page) -> None:
    article = page.articles.get(headline__startswith="蒙牛")
    Article.objects.filter(pk=article.pk).update(gone=True)
    html = get(reader, article.get_absolute_url()).content.decode()
    assert page.get_absolute_url() in html
    assert "noindex" in html


def test_merged_keys_redirect_for_good(reader: Client, page: Page) -> None:
    kept, merged, _ = page.articles.order_by("position")
    Article.objects.filter(pk=merged.pk).update(gone=True)
    KeyRedirect.objects.create(what="article", old=merged.key, new=kept.key)
    KeyRedirect.objects.create(what="photo", old="oldphoto22", new=page.photos.first().key)
    KeyRedirect.objects.create(what="issue", old="jiaozuo-ribao/2021-10-25", new="jiaozuo-ribao/2021-10-24")
    for old, new in (
        (merged.get_absolute_url(), kept.get_absolute_url()),
        ("/photos/oldphoto22/", page.photos.first().get_absolute_url()),
        ("/issues/jiaozuo-ribao/2021-10-25/", page.issue.get_absolute_url()),
    ):
        response = get(reader, old, 301)
        assert response["Location"] == new


def test_a_merged_person_redirects_and_an_unlisted_one_is_not_found(reader: Client, page: Page) -> None:
    Person.objects.create(slug="吕佩", name="吕佩", merged_into=Person.objects.get(name="吕沛"))
    assert get(reader, "/people/吕佩/", 301)["Location"] == reverse("archive:person", args=["吕沛"])
    Person.objects.filter(name="宫卫红").update(listed=False)
    get(reader, "/people/宫卫红/", 404)
    assert "宫卫红</a>" not in get(reader, page.get_absolute_url()).content.decode()
    get(reader, "/feeds/people/宫卫红.xml", 404)


def test_a_deleted_page_takes_everything_with_it(reader: Client, page: Page) -> None:
    factories.page(date=dt.date(2021, 10, 12))
    Page.objects.filter(pk=page.pk).update(deleted_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    get(reader, page.get_absolute_url(), 410)
    get(reader, page.articles.first().get_absolute_url(), 410)
    get(reader, page.photos.first().get_absolute_url(), 410)
    get(reader, page.issue.get_absolute_url(), 404)
    assert page.key not in get(reader, "/").content.decode()


def test_rights_decide_what_is_given_out(reader: Client, page: Page) -> None:
    article = page.articles.first()
    address, sentence = f"/articles/{article.key}", article.paragraphs[0]
    assert sentence not in get(reader, f"{address}.txt", 403).content.decode()
    assert json.loads(get(reader, f"{address}.json").content)["paragraphs"] is None
    Newspaper.objects.update(rights="open")
    assert sentence in get(reader, f"{address}.txt").content.decode()
    assert json.loads(get(reader, f"{address}.json").content)["paragraphs"] == article.paragraphs
    Article.objects.filter(pk=article.pk).update(rights="read")
    get(reader, f"{address}.txt", 403)


def test_feeds_give_whole_texts_only_where_rights_are_open(reader: Client) -> None:
    long = "第一句话讲会议。" * 30 + "最后一句。"
    factories.page([Story(paragraphs=(long,))])
    assert "最后一句" not in get(reader, "/feeds/articles.xml").content.decode()
    Newspaper.objects.update(rights="open")
    assert "最后一句" in get(reader, "/feeds/articles.xml").content.decode()


def test_an_agency_photo_is_not_open_with_its_newspaper(reader: Client, page: Page) -> None:
    Newspaper.objects.update(rights="open")
    own, agency = page.photos.order_by("position")
    assert "可再利用" in text_of(get(reader, own.get_absolute_url()))
    assert "可再利用" not in text_of(get(reader, agency.get_absolute_url()))


def test_an_attached_image_is_shown_and_goes_when_its_photo_is_withheld(
    reader: Client, page: Page, tmp_path, settings
) -> None:
    settings.MEDIA_ROOT = tmp_path
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415478da63f8cfc000"
        "000301010018dd8db00000000049454e44ae426082"
    )
    photo = page.photos.first()
    photo.image.save("pixel.png", SimpleUploadedFile("pixel.png", pixel))
    address = reverse("archive:photo-image", args=[photo.key])
    sent = get(reader, address)
    assert b"".join(sent.streaming_content) == pixel
    assert sent["Cache-Control"] == "no-cache"
    assert reader.get(address, headers={"if-none-match": sent["ETag"]}).status_code == 304
    assert f'src="{address}"' in get(reader, photo.get_absolute_url()).content.decode()
    Photo.objects.filter(pk=photo.pk).update(visibility="withheld")
    assert reader.get(address, headers={"if-none-match": sent["ETag"]}).status_code == 410


# --- people --------------------------------------------------------------------------------------------------------


def test_what_a_person_did_in_a_month_each_with_the_sentence_that_says_it(reader: Client) -> None:
    double = Story(
        headline="",
        paragraphs=("本报讯10月21日下午，吕沛与蒋小忠座谈。", "又讯10月20日上午，吕沛与田超座谈。"),
        event_dates=("2021-10-21", "2021-10-20"),
        opens_item=(1,),
    )
    september = Story(headline="九月", paragraphs=("9月30日，吕沛开会。",), event_dates=("2021-09-30",))
    factories.page([Story(), double, september])
    shown = text_of(get(reader, "/people/吕沛/?year=2021&month=10"))
    assert "3 件事" in shown
    assert "吕沛与蒋小忠座谈" in shown
    assert "吕沛与田超座谈" in shown
    assert "9月30日，吕沛开会" not in shown
    dates = re.findall(
        r'class="event-date">([^<]+)', reader.get("/people/吕沛/?year=2021&month=10").content.decode()
    )
    assert dates == ["2021年10月21日", "2021年10月21日", "2021年10月20日"]


def test_a_person_page_has_offices_company_and_a_chart_with_its_table(reader: Client, page: Page) -> None:
    html = get(reader, "/people/吕沛/").content.decode()
    assert "党工委书记" in html
    assert reverse("archive:person", args=["宫卫红"]) in html
    assert "<svg" in html
    assert "<table" in html
    assert "/feeds/people/" in html


def test_a_reporter_has_a_page_of_signed_articles(reader: Client, page: Page) -> None:
    assert "署名的文章" in text_of(get(reader, "/people/郭树勋/"))


@pytest.mark.parametrize("typed", ["吕", "吕沛", "lvpei", "LüPei", "lǚ pèi", "lyu", "lp"])
def test_people_are_found_as_readers_type_them(reader: Client, page: Page, typed: str) -> None:
    Person.objects.filter(name="吕沛").update(
        reading="lǚ pèi", initials="lp", search_forms="lvpei lüpei lupei lyupei lp"
    )
    html = get(reader, f"/people/?q={typed}").content.decode()
    found = re.search(r'id="names-found".*', html, re.DOTALL)
    assert found
    assert "吕沛</a>" in found[0]
    assert "宫卫红</a>" not in found[0]


def test_a_letter_s_people_stand_by_surname(reader: Client, db: None) -> None:
    for name, reading, plain in (
        *(("张波", "zhāng bō", "zhangbo"), ("章安", "zhāng ān", "zhangan"), ("张安", "zhāng ān", "zhangan")),
        *(("赵一", "zhào yī", "zhaoyi"), ("章初", "zhāng chū", "zhangchu"), ("翟二", "zhái èr", "zhaier")),
        ("李四", "lǐ sì", "lisi"),
    ):
        one = factories.person(name)
        told = {"reading": reading, "search_forms": f"{plain} x", "initials": plain[0]}
        Person.objects.filter(pk=one.pk).update(pieces=1, **told)
    html = get(reader, "/people/?letter=z").content.decode()
    found = re.findall(
        r"<h3[^>]*>(.)</h3>|<a href=\"/people/[^\"]+\">([^<]+)</a>", html[html.index("names-found") :]
    )
    assert ["".join(one) for one in found] == [
        *("翟", "翟二", "张", "张安", "张波", "章", "章安", "章初", "赵", "赵一"),
    ]


def test_who_only_writes_is_listed_with_the_number_of_what_they_signed(reader: Client, page: Page) -> None:
    html = get(reader, "/people/?q=郭树勋").content.decode()
    assert re.findall(r"郭树勋</a>.*?<span class=.count.>(\d+)", html) == ["3"]


# --- addresses, headers, errors ------------------------------------------------------------------------------------


def test_a_newspaper_has_a_calendar_of_its_own(reader: Client, page: Page) -> None:
    factories.page([Story()], date=dt.date(2020, 5, 1))
    other = factories.newspaper("other", "另一报")
    factories.page([Story()], date=dt.date(2021, 10, 25), paper=other)
    newspaper = page.issue.newspaper
    newspaper.place, newspaper.rights_note = "焦作", "权利另有说明。"
    newspaper.save()
    own = get(reader, page.issue.newspaper.get_absolute_url()).content.decode()
    assert "焦作" in own
    assert "权利另有说明。" in own
    assert page.issue.get_absolute_url() in own
    assert "/issues/other/2021-10-25/" not in own
    assert "2020-05-01" not in own
    earlier = get(reader, newspaper.get_absolute_url() + "?year=2020").content.decode()
    assert "/issues/jiaozuo-ribao/2020-05-01/" in earlier
    assert (
        page.issue.get_absolute_url()
        in get(reader, newspaper.get_absolute_url() + "?year=1").content.decode()
    )
    assert newspaper.get_absolute_url() in get(reader, page.issue.get_absolute_url()).content.decode()
    assert newspaper.get_absolute_url() in get(reader, "/sitemap-ways.xml").content.decode()
    get(reader, "/issues/nothing/", 404)


def test_a_page_not_found_helps(reader: Client, page: Page) -> None:
    for address in (
        "/nope/",
        "/articles/zzzzzzzzzz/",
        "/issues/jiaozuo-ribao/1999-01-01/",
        "/issues/1999/",
        "/people/无此人/",
    ):
        html = get(reader, address, 404).content.decode()
        assert 'action="/search/"' in html
        assert 'href="/issues/"' in html
        assert "noindex" in html


def test_the_page_of_a_server_error_asks_nothing_of_the_database(rf, db, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        response = discovery.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "资料没有丢失" in response.content.decode()
    assert "{%" not in get_template("500.html").template.source


def test_pages_are_asked_again_and_answered_304_until_something_changes(reader: Client, page: Page) -> None:
    for address in (page.articles.first().get_absolute_url(), "/", page.get_absolute_url()):
        first = get(reader, address)
        assert first["Cache-Control"] == "no-cache"
        again = reader.get(address, headers={"if-none-match": first["ETag"]})
        assert again.status_code == 304
    article = page.articles.first()
    etag = get(reader, article.get_absolute_url())["ETag"]
    Article.objects.filter(pk=article.pk).update(headline="新标题")
    changed = reader.get(article.get_absolute_url(), headers={"if-none-match": etag})
    assert changed.status_code == 200
    assert "新标题" in changed.content.decode()


def test_the_policy_forbids_inline_code_and_foreign_hosts(reader: Client, page: Page) -> None:
    policy = get(reader, "/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_citation_tools_find_their_metadata(reader: Client, page: Page) -> None:
    article = page.articles.first()
    html = get(reader, article.get_absolute_url()).content.decode()
    for name in (
        "citation_title",
        "citation_author",
        "DC.title",
        "DC.source",
        "DC.date",
        "og:title",
    ):
        assert f'"{name}"' in html
    assert 'name="DC.type" content="newspaperArticle"' in html
    assert "citation_journal_title" not in html  # by which Zotero takes it for an article of a journal
    assert 'name="citation_publication_date"' not in html  # it is estimated
    linked = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])
    assert linked["@type"] == "NewsArticle"
    assert "datePublished" not in linked
    assert "printPage" not in linked
    assert linked["temporalCoverage"] == "2021-10-21"  # what it tells of, not when it was printed
    given = factories.page(certainty="given", number=1, date=dt.date(2021, 11, 1)).articles.get()
    html = get(reader, given.get_absolute_url()).content.decode()
    assert 'name="citation_publication_date" content="2021/11/01"' in html
    assert '"datePublished": "2021-11-01"' in html


def test_a_headline_cannot_break_out_of_the_linked_data(reader: Client) -> None:
    page = factories.page([Story(headline="</script><b>x", people={})])
    html = get(reader, page.articles.get().get_absolute_url()).content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert block
    assert json.loads(block[1])["headline"] == "</script><b>x"


def test_discovery(reader: Client, page: Page) -> None:
    article = page.articles.first()
    assert article.get_absolute_url() in get(reader, "/sitemap-articles.xml").content.decode()
    assert "sitemap-articles.xml" in get(reader, "/sitemap.xml").content.decode()
    assert "/sitemap.xml" in get(reader, "/robots.txt").content.decode()
    assert "{searchTerms}" in get(reader, "/opensearch.xml").content.decode()
    for address in ("/feeds/articles.xml", "/feeds/sections/law.xml", "/feeds/people/吕沛.xml"):
        assert article.title in get(reader, address).content.decode()


def test_the_queue_of_unclassified_articles_is_for_staff(reader: Client, page: Page, admin_user) -> None:
    get(reader, "/sections/unclassified/", 404)
    reader.force_login(admin_user)
    assert "蒙牛奶酪项目投产" in text_of(get(reader, "/sections/unclassified/"))


def test_the_style_guide_is_for_staff(reader: Client, page: Page, admin_user) -> None:
    assert get(reader, "/style-guide/", 302)["Location"].startswith("/admin/login/")
    reader.force_login(admin_user)
    assert "样式手册" in text_of(get(reader, "/style-guide/"))


def test_the_style_guide_shows_every_component_with_what_it_needs(staff: Client, page: Page) -> None:
    response = get(staff, "/style-guide/")
    shown = {template.name for template in response.templates} | {"parts/issue_date.html"}  # kept rendered
    parts = sorted((ROOT / "templates" / "parts").glob("*.html"))
    assert [f"parts/{part.name}" for part in parts if f"parts/{part.name}" not in shown] == []
    for part in parts:
        assert f"<code>parts/{part.name}</code>" in response.content.decode(), part.name
        assert re.search(r"{% comment %}.{20,}{% endcomment %}|{# .{20,} #}", part.read_text()), (
            f"{part.name} says nothing of its context"
        )


def test_the_language_is_kept_and_leads_nowhere_else(reader: Client, page: Page) -> None:
    response = get(reader, "/language/?to=en&next=/people/", 302)
    assert response["Location"] == "/people/"
    assert "Most often named" in text_of(get(reader, "/people/"))
    assert '<html lang="en">' in get(reader, "/").content.decode()
    assert get(reader, "/language/?to=en&next=https://evil.example/", 302)["Location"] == "/"


def test_footer_shows_what_the_operator_registered(reader: Client, settings) -> None:
    settings.FOOTER = {
        "copyright": "© 某报社",
        "contact": "a@b.example",
        "icp": "豫ICP备1号",
        "police": "豫公网安备2号",
    }
    shown = text_of(get(reader, "/"))
    assert all(value in shown for value in settings.FOOTER.values())


@pytest.mark.parametrize(
    "address",
    ["/articles/?year=abc", "/articles/?page=zzz", "/on-this-day/?month=2&day=31", "/people/?letter=%00"],
)
def test_odd_addresses_are_no_errors(reader: Client, page: Page, address: str) -> None:
    assert reader.get(address, follow=True).status_code == 200


def test_names_and_editions_with_a_slash_have_addresses(reader: Client, db: None) -> None:
    page = factories.page([Story(people={}, reporters=("张三/李四",))], edition="早/晚", pictures=[])
    one = factories.person("张三/李四")
    Mention.objects.create(article=page.articles.get(), person=one, name=one.name, kind="reporter")
    for address in (page.get_absolute_url(), page.issue.get_absolute_url(), one.get_absolute_url()):
        get(reader, address)
    for address in ("/", "/issues/", "/people/", page.articles.get().get_absolute_url()):
        get(reader, address)
    get(reader, f"/feeds/people/{one.slug}.xml")
    KeyRedirect.objects.create(what="person", old="老名", new=one.slug)
    KeyRedirect.objects.create(
        what="issue", old="jiaozuo-ribao/2021-10-23", new="jiaozuo-ribao/2021-10-24-早/晚"
    )
    assert reader.get("/people/老名/").url == one.get_absolute_url()
    assert reader.get("/issues/jiaozuo-ribao/2021-10-23/").url == page.issue.get_absolute_url()


def test_a_control_character_in_a_dump_or_a_query_spoils_no_feed(
    reader: Client, db: None, data_folder
) -> None:
    page = factories.page([Story(headline="吕\x01沛接访", paragraphs=("正文\x0b有控制字符。",))])
    page.issue.newspaper.__class__.objects.update(rights="open")
    assert "吕沛接访" in get(reader, "/feeds/articles.xml").content.decode()
    get(reader, "/search/feed.xml?q=%01%02")
