"""What stands beside what: headings, photos and articles without a headline, none of which takes from its neighbour."""

from __future__ import annotations

import pytest

from archive.parsing import parse
from archive.structure import Article, PageStructure, Role


def page_of(text: str) -> PageStructure:
    [page] = parse(text)
    return page


def headings(article: Article) -> tuple[str, str, str]:
    """Kicker, headline, subheadline."""
    return article.joined(Role.KICKER, ""), article.headline, article.joined(Role.SUBHEADLINE, "")


SPRAYING = (
    "本报讯（记者沙一鸣）入夏以来，临\n溪区农业农村局组织植保队下乡，为\n八千亩晚稻统一喷药防虫。\n\n"
    "植保队分成六组，每组配两架无人\n机，农户不出工也不出钱。\n"
)
BRIDGE = (
    "本报讯（记者邬同）5月8日，桥头镇\n的新石桥通车，镇里统一组织村民下\n乡赶集。区领导温如海到场查看。\n\n"
    "新桥长六十米，两边装了护栏和路\n灯，夜里过桥也亮堂。\n"
)
LIBRARY = (
    "本报讯（记者沙一鸣）临溪区图书馆\n昨日起延长开放，周末读者可以留到\n晚上九点。\n\n"
    "图书馆添了三十张书桌，地下一层\n改成了孩子们的阅览室。\n"
)


@pytest.mark.parametrize("kicker", ["临溪区农业农村局", "八千亩晚稻"])
def test_an_article_without_a_headline_takes_none_from_the_one_above(kicker: str) -> None:
    page = page_of(f"{SPRAYING}\n{kicker}\n\n植保队下乡统一防虫\n{BRIDGE}\n{LIBRARY}\n临溪区图书馆延长开放\n")
    assert [headings(article)[:2] for article in page.articles] == [
        (kicker, "植保队下乡统一防虫"),
        ("", ""),
        ("", "临溪区图书馆延长开放"),
    ]


def test_a_kicker_stays_with_the_headline_that_it_introduces() -> None:
    kicker = "桥头镇统一组织村民防虫动员会要求"
    page = page_of(f"临溪区图书馆延长开放\n\n{LIBRARY}\n{BRIDGE}\n{kicker}\n\n植保队下乡防虫\n\n{SPRAYING}")
    assert [headings(article)[:2] for article in page.articles] == [
        ("", "临溪区图书馆延长开放"),
        ("", ""),
        (kicker, "植保队下乡防虫"),
    ]


CREDIT = "本报记者 邬 同 摄"
CAPTION = (
    "5月9日，临溪区苗木基地的工人在给\n新栽的樱桃树浇水。\n该基地今年新添温室两座，育苗三百\n万株，销往周边的十二个县，还带着\n"
    "附近四个村的农户一起种苗，统一供\n种，统一收购，去年户均增收四千元，\n今年还要再添两座温室。"
)


@pytest.mark.parametrize("caption", [f"{CAPTION}\n\n{CREDIT}", f"{CAPTION} {CREDIT}"])
def test_a_headline_is_no_part_of_the_caption_below_it(caption: str) -> None:
    page = page_of(f"{SPRAYING}\n植保队下乡为晚稻统一喷药防虫\n\n{caption}\n\n{BRIDGE}\n桥头镇新石桥通车\n")
    assert [article.headline for article in page.articles] == [
        "植保队下乡为晚稻统一喷药防虫",
        "桥头镇新石桥通车",
    ]
    [photo] = page.photos
    assert photo.caption == "".join(CAPTION.split())


def test_a_text_that_fills_its_last_line_does_not_go_on_in_the_caption_below_it() -> None:
    full = SPRAYING.replace("机，农户不出工也不出钱。", "机，农户不出工也不出钱就能防住虫。")
    page = page_of(f"植保队下乡统一防虫\n\n{full}\n{CAPTION}\n\n{CREDIT}\n\n桥头镇新石桥通车\n\n{BRIDGE}")
    assert page.articles[0].paragraphs[-1].endswith("就能防住虫。")
    [photo] = page.photos
    assert photo.caption == "".join(CAPTION.split())


def test_a_headline_stands_below_a_photo_whose_credit_ends_its_line() -> None:
    """What ends on a credit is no text that breaks off."""
    plain = LIBRARY.removeprefix("本报讯（记者沙一鸣）")
    page = page_of(f"植保队下乡统一防虫\n\n{SPRAYING}\n{CAPTION} {CREDIT}\n\n图书馆\n延长开放\n\n{plain}")
    assert [article.headline for article in page.articles] == ["植保队下乡统一防虫", "图书馆延长开放"]


def test_a_photo_in_the_middle_of_a_paragraph_takes_nothing_of_it() -> None:
    head, rest = SPRAYING.split("溪区农业农村局组织植保队下乡，为\n")
    caption = "植保队员在田里喷药。 本报记者 沙一鸣 摄"
    page = page_of(
        f"植保队下乡统一防虫\n\n{head}溪区农业农村局组织植保队下乡，为\n\n{caption}\n\n{rest}\n桥头镇新石桥通车\n\n{BRIDGE}"
    )
    whole = page_of(f"植保队下乡统一防虫\n\n{SPRAYING}\n桥头镇新石桥通车\n\n{BRIDGE}")
    assert page.photos[0].caption == "植保队员在田里喷药。"
    assert [article.paragraphs for article in page.articles] == [
        article.paragraphs for article in whole.articles
    ]


@pytest.mark.parametrize(
    "credit",
    ["本报记者\n沙一鸣 摄", "本报记\n者 沙一鸣 摄", "本报记者 沙\n一鸣 摄", "本报记者 沙一鸣\n摄"],
)
def test_a_credit_may_begin_on_its_captions_last_line(credit: str) -> None:
    page = page_of(
        f"植保队下乡统一防虫\n\n{SPRAYING}\n植保队员在田里喷药。 {credit}\n\n桥头镇新石桥通车\n\n{BRIDGE}"
    )
    [photo] = page.photos
    assert (photo.caption, photo.photographers) == ("植保队员在田里喷药。", ("沙一鸣",))
    assert [block.role for block in photo.blocks] == [Role.CAPTION, Role.CREDIT]


def test_a_second_photographer_on_a_line_of_its_own_has_a_credit_of_its_own() -> None:
    text = "植保队员在田里喷药。 本报记者 沙一鸣 摄\n通讯员 邬同 摄"
    [photo] = page_of(f"植保队下乡统一防虫\n\n{SPRAYING}\n{text}\n\n桥头镇新石桥通车\n\n{BRIDGE}").photos
    assert photo.caption == "植保队员在田里喷药。"
    assert photo.photographers == ("沙一鸣", "邬同")


def test_indents_that_a_page_keeps_tell_where_paragraphs_begin() -> None:
    """A sentence that ends with its column's line ends no paragraph there."""
    text = "".join(
        f"　　植保队第{number}组下乡，为晚稻统一\n喷药防虫，农户不出工也不出钱了。\n每组配两架无人机，一天能喷五百\n亩，夜里也飞，装上灯就看得见田\n埂。\n"
        for number in "一二三四五"
    )
    [article] = page_of(f"植保队下乡统一防虫\n\n{text}").articles
    assert [paragraph[:6] for paragraph in article.paragraphs] == [f"植保队第{n}组" for n in "一二三四五"]


def test_a_line_above_a_lead_is_a_headline_though_it_would_fit_the_column() -> None:
    plain = "日前，临溪区图书馆开始周末延长开\n放，读者可以留到晚上九点，地下一\n层改成了孩子们的阅览室。\n"
    page = page_of(f"植保队下乡统一防虫\n\n{SPRAYING}\n临溪区图书馆周末延长开放时间\n\n{plain}")
    assert [article.headline for article in page.articles] == [
        "植保队下乡统一防虫",
        "临溪区图书馆周末延长开放时间",
    ]


def test_the_rest_of_a_word_begins_no_text() -> None:
    """…长效机⏎制。: whatever the lines' widths say."""
    text = (
        "临溪区河长制见成效\n\n本报讯（记者沙一鸣）临溪区去年\n以来清理河道四十里，沿岸的三十\n个村都有了自己的巡河员。\n\n"
        "“三级巡河”持续完善机\n制。该区推行的“三级巡\n河”，由区镇村三级河长每月各\n巡一次，随手拍照，随时上报，\n"
        "问题当天转到有关单位，三天之\n内必须有回音。\n"
    )
    page = page_of(text)
    assert len(page.articles) == 1
    assert not any(paragraph.startswith("制") for paragraph in page.articles[0].paragraphs)


@pytest.mark.parametrize("kicker", ["临溪区税务局", "临溪区扎实推进“企业服务月”活动"])
def test_a_place_name_in_common_makes_no_subheadline(kicker: str) -> None:
    text = f"{SPRAYING}\n{kicker}\n\n临溪区四家企业\n获省级专项资金\n"
    assert headings(page_of(text).articles[0]) == (kicker, "临溪区四家企业获省级专项资金", "")


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("below", ["温如海 苗青参加活动", "温如海参加活动", "温如海主持会议并讲话 苗青出席"])
def test_who_was_there_is_a_subheadline(below: str, gap: str) -> None:
    kicker, headline, subheadline = headings(
        page_of(f"{BRIDGE}\n桥头镇新石桥建成通车{gap}{below}\n").articles[0]
    )
    assert (kicker, headline) == ("", "桥头镇新石桥建成通车")
    assert subheadline.replace(" ", "") == below.replace(" ", "")


FIGURES = "涉及灌渠、泵站、机耕路的14个项目，总投资67.6亿元"


def test_figures_below_a_headline_do_not_make_text_of_it() -> None:
    plain = BRIDGE.removeprefix("本报讯（记者邬同）")
    page = page_of(f"临溪区植保队下乡\n\n{SPRAYING}\n临溪区水利项目集中开工\n{FIGURES}\n\n{plain}")
    assert [headings(article) for article in page.articles] == [
        ("", "临溪区植保队下乡", ""),
        ("", "临溪区水利项目集中开工", FIGURES),
    ]


def test_a_subheadline_stands_apart_from_a_headline_that_no_blank_parts_from_the_text_above() -> None:
    page = page_of(f"植保队下乡统一防虫\n\n{SPRAYING}临溪区水利项目集中开工\n\n{FIGURES}\n{LIBRARY}")
    assert headings(page.articles[1]) == ("", "临溪区水利项目集中开工", FIGURES)


def test_one_quotation_after_another_is_one_sentence() -> None:
    """A blank stands above a line that begins with “, and the line above says nothing of its paragraph's end."""
    text = (
        "本报讯（记者沙一鸣）临溪区桥头镇\n今年把“星级农户”“最美庭院”\n\n“孝老之家”三项评选合在一起办，每\n"
        "季度评一次，村民投票占一半。\n\n评上的农户由镇里发奖，照片挂在村\n口的光荣墙上。\n\n桥头镇三项评选一起办\n"
    )
    [article] = page_of(text).articles
    assert [paragraph[:6] for paragraph in article.paragraphs] == ["本报讯（记者", "评上的农户由"]
