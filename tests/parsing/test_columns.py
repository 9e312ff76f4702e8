"""Lines that a column's foot or a scan tore from the text they belong to."""

from __future__ import annotations

import pytest

from archive.parsing import parse
from archive.structure import PageStructure

OPENED = "本报讯（记者沙一鸣）临溪区桥头\n村新建的充电站昨日投入使用，村民\n不出村就能给三轮车充电，夜里回家\n也不用再摸黑了。\n"
OTHER = "本报讯（记者步云舟）云泽湖畔的\n观鸟台上月开放，周末来看鸟的人排\n起了长队，湖边的渔家乐也跟着忙了\n起来。\n"


def page_of(text: str) -> PageStructure:
    [page] = parse(text)
    return page


def test_a_first_line_at_a_columns_foot_is_no_headline() -> None:
    """It stands between two blanks, as headlines do; but then the article below it would have no opening."""
    torn = "脚下沾满泥土、车上装满电池、心\n\n里装着乡亲，这是花师傅最忙的一月。\n充电站设快充桩四个，全村的车\n\n都能轮流充上电。\n"
    page = page_of(f"{OPENED}\n{torn}\n桥头村有了充电站\n\n{OTHER}\n云泽湖畔观鸟忙\n")
    assert [article.headline for article in page.articles] == ["桥头村有了充电站", "云泽湖畔观鸟忙"]
    assert page.articles[0].paragraphs[1].startswith("脚下沾满泥土、车上装满电池、心里装着乡亲")


def test_a_headline_that_fits_the_column_is_one_where_the_page_calls_for_it() -> None:
    page = page_of(
        f"桥头村有了充电站\n\n{OPENED}\n湖畔观鸟台上月开放后游人如织\n\n{OTHER.removeprefix('本报讯（记者步云舟）')}"
    )
    assert [article.headline for article in page.articles] == [
        "桥头村有了充电站",
        "湖畔观鸟台上月开放后游人如织",
    ]


def test_a_caption_does_not_reach_over_a_blank_into_the_text_above_it() -> None:
    """It stands flush as columns that go on do, so that its width doesn't part it from the paragraph."""
    caption = "花师傅家门口的充电站旁，村民排着\n队给三轮车充电，说说笑笑好不热闹。\n"
    full = OPENED.replace("也不用再摸黑了。", "不用再走夜路去镇上找地方充电了。")
    page = page_of(f"桥头村有了充电站\n\n{full}\n{caption}\n本报记者 沙凯文 摄\n")
    assert page.photos[0].caption == caption.replace("\n", "")
    assert len(page.articles[0].paragraphs) == 1


def test_a_short_headline_right_above_a_text_that_a_column_cuts_off_is_one() -> None:
    cut = (
        "昨日起开往桥头村的末班车每天\n延后一小时，晚归的村民也能乘公交\n回家，不用再搭三轮车赶夜路，司机\n\n"
        "“老花”说，这趟车回回坐满，大家\n都盼着再加一班。\n"
    )
    plain = OPENED.removeprefix("本报讯（记者沙一鸣）")
    page = page_of(f"桥头村有了充电站\n\n{plain}\n末班车延时\n{cut}")
    assert [article.headline for article in page.articles] == ["桥头村有了充电站", "末班车延时"]


def test_an_arrow_that_is_a_bullet_begins_a_headline() -> None:
    page = page_of(f"▲桥头村有了充电站\n\n{OPENED}\n▲云泽湖畔观鸟忙\n\n{OTHER}")
    assert [article.headline for article in page.articles] == ["▲桥头村有了充电站", "▲云泽湖畔观鸟忙"]
    assert not page.photos


#: A text in a column of 16 em, cut off by the column's foot below its third line.
CUT = (
    "昨日起开往桥头村的末班车每天\n延后一小时，晚归的村民也能乘公交\n回家，不用再搭三轮车赶夜路，司机\n\n"
    "“老花”说，这趟车回回坐满，大家\n都盼着再加一班。\n"
)


@pytest.mark.parametrize(
    "headline",
    [
        ("桥头村末班车延后一小时村民夜归不用愁",),  # runs out of the column
        (
            "桥头村的末班车延后一小时",
            "晚归的村民不用再搭三轮车赶夜路了",
        ),  # its second line is as long as the column
    ],
    ids=["wide", "two lines"],
)
def test_lines_that_fit_no_column_are_a_headline_right_above_its_text(headline: tuple[str, ...]) -> None:
    plain = OPENED.removeprefix("本报讯（记者沙一鸣）")
    text = CUT if len(headline) == 1 else CUT.replace("，司机\n\n“老花”说，这", "。\n这")
    page = page_of(f"桥头村有了充电站\n\n{plain}\n" + "\n".join(headline) + f"\n{text}")
    assert [article.headline for article in page.articles] == ["桥头村有了充电站", "".join(headline)]


BRIEFS = """▲村里的渡船加开早班

云泽湖村的渡船昨日起每天加开
一班早船，赶早市的村民天不亮就能
过湖，船票还是一块钱。

▲末班车延后一小时
昨日起开往桥头村的末班车每天
延后一小时，晚归的村民也能乘公交
回家，不用再搭三轮车。

▲小学操场铺上了草坪
桥头小学的泥操场上月铺上草坪
孩子们下雨天也能踢球，家长们来接
孩子时都要看上一阵。

▲卫生室添了心电图机
桥头村卫生室添了一台，老人不
用去镇上就能查，片子当天传到县里
看，一次收五块钱。
"""


def test_the_same_bullet_begins_the_headlines_of_briefs() -> None:
    """Some of them stand right above their texts, and an arrow that begins several is no caption's."""
    page = page_of(BRIEFS)
    assert [article.headline for article in page.articles] == [
        "▲村里的渡船加开早班",
        "▲末班车延后一小时",
        "▲小学操场铺上了草坪",
        "▲卫生室添了心电图机",
    ]
    assert not page.photos


def test_items_of_a_list_whose_lines_stand_flush_are_no_briefs() -> None:
    items = "".join(
        f"{item}\n\n"
        for item in (
            "●一到夏天，桥头村的渡船\n加开早班，赶早市的村民天不亮就能\n过湖，船票还是一块钱。",
            "●一到秋天，开往桥头村的末班车\n延后一小时，晚归的村民也能乘公交\n回家，不用再搭三轮车。",
            "●一到冬天，桥头小学的泥操场上\n铺上草帘子，孩子们下雪天也能踢球\n，不怕摔了膝盖。",
        )
    )
    page = page_of(f"桥头村一年四季\n\n{OPENED}\n{items}")
    assert [article.headline for article in page.articles] == ["桥头村一年四季"]
