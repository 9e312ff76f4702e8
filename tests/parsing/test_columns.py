"""Lines that a column's foot or a scan tore from the text they belong to."""

from __future__ import annotations

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
