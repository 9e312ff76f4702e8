"""What local papers print beside their news: page heads, 导读, signatures, letters, notices, interviews, lists."""

from __future__ import annotations

import pytest

from archive.parsing import parse
from archive.parsing.knobs import DEFAULT, Doubted
from archive.parsing.pairs import shared
from archive.structure import DOUBTS, Article, Kind, PageStructure, Role


def page_of(text: str) -> PageStructure:
    [page] = parse(text)
    return page


def only_article(text: str) -> Article:
    [article] = page_of(text).articles
    return article


BODY = (
    "本报讯（记者沙一鸣）临溪区桥头\n村新建的充电站昨日投入使用，村民\n不出村就能给三轮车充电。\n\n"
    "充电站设快充桩四个，全村车辆\n都能轮流充上电。\n"
)
PLAIN = BODY.removeprefix("本报讯（记者沙一鸣）")


@pytest.mark.parametrize(
    ("head", "number", "name", "date"),
    [
        ("第02版：综合 2023年6月28日 星期三", 2, "综合", "2023-06-28"),
        ("2023年6月28日 星期三 第02版：综合", 2, "综合", "2023-06-28"),
        ("第02版：综合 2023年6月28日", 2, "综合", "2023-06-28"),
        ("2023年6月28日 星期三 第02版", 2, "", "2023-06-28"),
        ("临溪日报 2023年6月28日 星期三 2版", 2, "", "2023-06-28"),
        ("综合新闻 第3版 2023年6月28日 星期三", 3, "综合新闻", "2023-06-28"),
        ("第02版：综合", 2, "综合", ""),
    ],
)
def test_a_page_head_on_one_line_names_the_page(head: str, number: int, name: str, date: str) -> None:
    page = page_of(f"{head}\n\n桥头村有了充电站\n\n{BODY}")
    assert [piece.kind for piece in page.furniture] == [Kind.PAGE_HEAD]
    assert (page.facts.number, page.facts.name) == (number, name)
    assert page.facts.issue_date.value == date
    assert page.articles[0].headline == "桥头村有了充电站"


def test_a_line_of_text_that_ends_on_a_date_is_no_page_head() -> None:
    text = "桥头村有了充电站\n\n本报讯（记者沙一鸣）桥头村充电站\n开建于2017年8月19日\n，全村人盼了多年，如今终于投用。\n"
    page = page_of(text)
    assert not page.furniture
    assert "2017年8月19日，全村人" in page.articles[0].paragraphs[0]


def test_a_guide_to_other_pages_is_furniture() -> None:
    page = page_of(f"导读\n\n夏粮收购过八成  3版\n云泽湖畔观鸟忙  5版\n\n桥头村有了充电站\n\n{BODY}")
    assert len(page.articles) == 1
    assert page.articles[0].headline == "桥头村有了充电站"
    assert not page.articles[0].having(Role.KICKER)


@pytest.mark.parametrize(
    ("byline", "reporters"),
    [
        ("本报记者 沙一鸣", ("沙一鸣",)),
        ("□本报记者 沙一鸣", ("沙一鸣",)),
        ("文/图 本报记者 沙一鸣", ("沙一鸣",)),
        ("本报记者 沙一鸣 文/图", ("沙一鸣",)),
        ("□沙一鸣", ()),
        ("沙一鸣/文", ()),
        ("沙一鸣", ()),
    ],
)
def test_who_wrote_stands_right_below_a_headline_of_two_lines(
    byline: str, reporters: tuple[str, ...]
) -> None:
    article = only_article(f"桥头村有了充电站\n村民出行更方便\n{byline}\n\n{PLAIN}")
    assert article.headline == "桥头村有了充电站村民出行更方便"
    assert [block.text.replace(" ", "") for block in article.having(Role.BYLINE)] == [byline.replace(" ", "")]
    assert article.reporters == reporters


def test_a_column_about_reporters_is_no_byline() -> None:
    article = only_article(f"记者走基层\n\n桥头村有了充电站\n\n{BODY}")
    assert article.reporters == ("沙一鸣",)


@pytest.mark.parametrize("signature", ["（记者 沙一鸣）", "（本报记者 沙一鸣）"])
def test_a_signature_in_brackets_belongs_to_the_text_above(signature: str) -> None:
    page = page_of(
        f"桥头村有了充电站\n\n{PLAIN}{signature}\n\n临溪区通了夜班车\n\n{BODY.replace('充电站', '夜班车')}"
    )
    first, second = page.articles
    assert first.reporters == ("沙一鸣",)
    assert first.paragraphs[-1].endswith(signature.replace(" ", "")) or first.paragraphs[-1].endswith(
        signature
    )
    assert second.headline == "临溪区通了夜班车"


def test_a_source_in_brackets_is_no_heading() -> None:
    page = page_of(
        f"桥头村有了充电站\n\n{PLAIN}（据《云泽日报》）\n\n临溪区通了夜班车\n\n{BODY.replace('充电站', '夜班车')}"
    )
    assert [article.headline for article in page.articles] == ["桥头村有了充电站", "临溪区通了夜班车"]
    assert page.articles[0].paragraphs[-1].endswith("（据《云泽日报》）")


@pytest.mark.parametrize("kicker", ["——“走乡村 看变化”系列报道之三", "“走乡村 看变化”系列报道⑤"])
def test_a_kicker_glued_to_its_headline(kicker: str) -> None:
    article = only_article(f"{kicker}\n桥头村有了充电站\n\n{BODY}")
    assert article.joined(Role.KICKER).replace(" ", "") == kicker.replace(" ", "")
    assert article.headline == "桥头村有了充电站"


def test_a_blank_line_tells_a_kicker_from_a_headlines_first_line() -> None:
    first, second = "步云舟在全区交通工作会议上强调", "村村都要通公交"
    apart = only_article(f"{first}\n\n{second}\n\n{BODY}")
    assert (apart.joined(Role.KICKER), apart.headline) == (first, second)
    glued = only_article(f"{first}\n{second}\n\n{BODY}")
    assert (glued.joined(Role.KICKER), glued.headline) == ("", first + second)


def test_a_headline_that_names_no_office_is_not_cut() -> None:
    article = only_article(f"桥头村有了新充电站委员会第一次\n会议昨日在村里举行\n\n{BODY}")
    assert not article.having(Role.KICKER)


def test_an_editors_note_is_the_articles_note() -> None:
    note = "编者按：从今天起，本报开设专栏，\n讲述村里的变化，敬请关注。"
    article = only_article(f"桥头村有了充电站\n\n{note}\n\n本报记者 沙一鸣\n\n{PLAIN}")
    assert article.having(Role.NOTE)[0].text.startswith("编者按：从今天起")
    assert article.paragraphs[0].startswith("临溪区桥头")
    assert article.reporters == ("沙一鸣",)


@pytest.mark.parametrize(
    ("opening", "reporters"),
    [
        ("据新华社伦敦11月17日\n电（记者沙一鸣）当地", ("沙一鸣",)),
        ("新华社华盛顿6月18\n日电（记者沙一鸣）当地", ("沙一鸣",)),
        ("云泽融媒讯（记者沙一鸣）\n当地", ("沙一鸣",)),
        ("新华社记者沙一鸣报道：\n当地", ("沙一鸣",)),
        ("[本报讯]记者沙一鸣报道：\n当地", ("沙一鸣",)),
        ("本 报 讯 （ 记 者 沙 一 鸣 ） 当 地 一 条 步 行\n街", ("沙一鸣",)),
        ("晨报讯 记者 沙一鸣 通讯员 步云舟 交通\n运输部门说，当地", ("沙一鸣",)),
    ],
)
def test_openings_of_other_papers_and_on_two_lines(opening: str, reporters: tuple[str, ...]) -> None:
    article = only_article(f"步行街今起开放\n\n{opening}一条老街修好了，今\n天起开放，不少人赶来看。\n")
    assert article.headline == "步行街今起开放"
    assert article.reporters == reporters
    assert set(article.correspondents) <= {"步云舟"}


def test_text_that_mentions_a_power_grid_opens_no_article() -> None:
    text = f"桥头村有了充电站\n\n{BODY}\n并网发电，将提升全区的供电能力，\n让村民用上放心电。\n"
    assert len(page_of(text).articles) == 1


def test_a_notice_keeps_its_signature_and_date() -> None:
    notice = "通告\n\n因雨污分流改造，解放路今起封闭施\n工，请车辆绕行。\n特此通告。\n云泽市城市管理局\n2021年10月9日\n"
    page = page_of(
        f"桥头村有了充电站\n\n{BODY}\n{notice}\n临溪区通了夜班车\n\n{BODY.replace('充电站', '夜班车')}"
    )
    assert [article.headline for article in page.articles] == ["桥头村有了充电站", "通告", "临溪区通了夜班车"]
    assert page.articles[1].paragraphs[-2:] == ("云泽市城市管理局", "2021年10月9日")


def test_the_turns_of_an_interview_are_paragraphs() -> None:
    text = (
        "桥头村有了充电站\n\n本报记者 沙一鸣\n\n记者：为什么要建这座充电站？村里\n的老人最盼的就是它。\n"
        "步云舟：以前充一次电要跑到县城，\n来回四十里。\n记者：以后呢？\n答：在家门口就能充。\n"
    )
    article = only_article(text)
    assert [paragraph[:3] for paragraph in article.paragraphs] == ["记者：", "步云舟", "记者：", "答：在"]


def test_numbered_headings_stay_inside_their_article() -> None:
    part = "全村的路灯、车棚和水管都要在今年\n修好，让老人出门看得见路，让学生\n放学有车坐。\n"
    text = f"在全区工作会议上的讲话\n\n{part}\n一、抓好路灯\n\n{part}\n二、抓好车棚\n\n{part}\n临溪区通了夜班车\n\n{BODY}"
    page = page_of(text)
    assert [article.headline for article in page.articles] == ["在全区工作会议上的讲话", "临溪区通了夜班车"]
    assert "一、抓好路灯" in page.articles[0].paragraphs


def test_every_doubt_takes_something_from_the_confidence() -> None:
    for code in DOUBTS:
        assert 0 < DEFAULT.doubted.by(code) < 1
    assert {code.replace("-", "_") for code in DOUBTS} == set(Doubted.__slots__)


def test_texts_share_the_pairs_of_the_shorter_one() -> None:
    assert shared("充电站投入使用", "充电站") == 1
    assert shared("充电站", "夜班车") == 0
    assert shared("", "夜班车") == 0
    assert shared("充电站甲", "充电站乙") == shared("充电站乙", "充电站甲") == pytest.approx(2 / 3)


def test_who_wrote_and_photographed_is_told_from_a_photographer() -> None:
    feature = only_article(f"桥头村有了充电站\n\n记者 沙一鸣 文/摄\n\n{PLAIN}")
    assert feature.reporters == ("沙一鸣",)
    page = page_of(f"桥头村有了充电站\n\n{BODY}\n昨日，村民在新建的充电站充电。\n\n本报记者 沙凯文 摄\n")
    assert [photo.photographers for photo in page.photos] == [("沙凯文",)]


def test_a_headline_above_a_caption_is_not_the_captions() -> None:
    page = page_of(f"{BODY}\n桥头村有了充电站\n\n村民在新建的充电站充电，欢喜得很。\n\n本报记者 沙凯文 摄\n")
    assert page.articles[0].headline == "桥头村有了充电站"
    assert page.photos[0].caption == "村民在新建的充电站充电，欢喜得很。"


def test_a_word_alone_inside_a_feature_is_its_subhead() -> None:
    part = "锦绣家园的电梯通了，花奶奶坐着电\n梯上下三趟，逢人就说两年没下过楼，\n今天可算出了门。\n"
    text = f"{part}\n分歧\n\n{part.replace('花', '蔺')}\n化解\n\n{part.replace('花', '房')}\n锦绣家园的老楼加电梯\n"
    article = only_article(text)
    assert article.headline == "锦绣家园的老楼加电梯"
    assert {"分歧", "化解"} <= set(article.paragraphs)


def test_a_list_has_a_headline_of_its_own() -> None:
    items = "●步云舟昨日到双塔镇检查防汛，要求\n做到雨前排查、雨中巡查。\n●桥头村通上了自来水，全村人都喝上\n了干净水。\n"
    page = page_of(f"桥头村有了充电站\n\n{BODY}\n县区短波\n\n{items}")
    assert [article.headline for article in page.articles] == ["桥头村有了充电站", "县区短波"]
    assert [paragraph[0] for paragraph in page.articles[1].paragraphs] == ["●", "●"]


def test_another_papers_reporters_sign_and_credit_as_its_own_do() -> None:
    feature = only_article(f"桥头村有了充电站\n\n晚报记者 沙一鸣\n\n{PLAIN}")
    assert feature.reporters == ("沙一鸣",)
    page = page_of(
        f"桥头村有了充电站\n\n{BODY}\n昨日，村民在新建的充电站充电。\n\n青石商报记者 沙凯文、步云舟 摄\n"
    )
    assert [photo.photographers for photo in page.photos] == [("沙凯文", "步云舟")]
    assert len(page.articles) == 1


@pytest.mark.parametrize(
    ("above", "below", "roles"),
    [
        ("多措并举让村民充上电", "8.6万户居民受益", (Role.HEADLINE, Role.SUBHEADLINE)),
        ("多措并举让村民充上电", "预计年底前建成", (Role.HEADLINE, Role.SUBHEADLINE)),
        ("临溪区第二小学", "充电站惠及师生600名", (Role.KICKER, Role.HEADLINE)),
        ("我市惠民工程提速", "桥头村等地新建充电站46个村民人人称便", (Role.KICKER, Role.HEADLINE)),
    ],
)
def test_a_figure_below_a_plain_sentence_is_its_subheadline(
    above: str, below: str, roles: tuple[Role, ...]
) -> None:
    article = only_article(f"{above}\n\n{below}\n\n{BODY}")
    assert tuple(block.role for block in article.blocks[:2]) == roles


def test_a_reader_signs_a_letter_below_it() -> None:
    letter = "编辑同志：\n桥头村的充电站夜里没有灯，老人去\n充电看不清路，盼着早点装上。\n"
    page = page_of(f"充电站该装盏灯\n\n{letter}\n临溪区居民 沙凯文\n\n桥头村有了充电站\n\n{BODY}")
    assert [article.headline for article in page.articles] == ["充电站该装盏灯", "桥头村有了充电站"]
    [signed] = page.articles[0].having(Role.BYLINE)
    assert signed.text == "临溪区居民 沙凯文"
    assert not page.articles[1].having(Role.KICKER)


def test_who_gives_a_notice_ends_it_though_blanks_stand_between() -> None:
    notice = "因充电站施工，桥头路封闭三日，过往\n车辆请绕行。\n\n施工期间公交车改走湖滨路，在湖滨路\n口上下客，给您带来不便，敬请谅解，\n工程完工后恢复原线。\n\n特此公告。\n\n临溪区公安局\n\n2021年5月8日\n"
    page = page_of(f"公告\n\n{notice}\n桥头村有了充电站\n\n{BODY}")
    assert [article.headline for article in page.articles] == ["公告", "桥头村有了充电站"]
    assert page.articles[0].paragraphs[-2:] == ("临溪区公安局", "2021年5月8日")


@pytest.mark.parametrize(
    "box",
    [
        "今日天气\n晴间多云，偏北风3级\n最高气温22℃，最低气温9℃",
        "昨日赛果\n临溪队 3:1 白石队\n东湖队 0:0 云泽队",
        "诚聘英才\n会计2名、司机3名，待遇面议\n联系电话：7165252",
        "有事您说话\n热线电话：8797000\n微信：baoliao001",
        "24小时新闻热线\n8797000",
    ],
)
def test_a_box_between_articles_is_furniture(box: str) -> None:
    page = page_of(f"桥头村有了充电站\n\n{BODY}\n{box}\n\n桥头村充电站又添新桩\n\n{BODY}")
    assert [article.headline for article in page.articles] == ["桥头村有了充电站", "桥头村充电站又添新桩"]
    assert [len(article.blocks) for article in page.articles] == [3, 3]
    assert "".join("".join(piece.text for piece in page.furniture).split()) == "".join(box.split())


def test_a_label_that_stands_on_a_page_twice_labels_both_times() -> None:
    page = page_of(f"民生在线\n\n桥头村有了充电站\n\n{BODY}\n民生在线\n\n桥头村充电站又添新桩\n\n{BODY}")
    assert [piece.kind for piece in page.furniture] == [Kind.LABEL, Kind.LABEL]
    assert not any(article.having(Role.KICKER) for article in page.articles)


def test_a_papers_name_and_its_editors_are_furniture() -> None:
    page = page_of(f"临溪日报\n责任编辑 沙凯文 版式设计 步云舟\n\n桥头村有了充电站\n\n{BODY}")
    assert page.articles[0].reporters == ("沙一鸣",)
    assert [piece.kind for piece in page.furniture] == [Kind.PAGE_HEAD, Kind.EDITORS]


def test_the_rest_of_a_bracket_is_no_headline() -> None:
    text = BODY.replace("都能轮流充上电。", "都能轮流充上电。（沙凯")
    page = page_of(f"桥头村有了充电站\n\n{text}\n文 步云舟）\n\n桥头村充电站又添新桩\n\n{BODY}")
    assert page.articles[0].paragraphs[-1].endswith("（沙凯文步云舟）")
    assert not page.articles[1].having(Role.KICKER)


@pytest.mark.parametrize("headline", ["老人每天读晚报", "我与临溪日报"])
def test_a_headline_about_a_paper_is_not_the_paper_s_name(headline: str) -> None:
    assert page_of(f"{headline}\n\n{BODY}").articles[0].headline == headline
    page = page_of(f"临溪日报\n\n{headline}\n\n{BODY}")
    assert page.articles[0].headline == headline
    assert [item.kind for item in page.furniture] == [Kind.PAGE_HEAD]
