"""Lines that would say something of the page if they stood alone, amid a text that goes on; and the reverse."""

from __future__ import annotations

import pytest

from archive.parsing import parse
from archive.parsing.heads import heads
from archive.parsing.knobs import DEFAULT
from archive.parsing.lines import read
from archive.parsing.marks import Mark, marks
from archive.parsing.rooms import Rooms
from archive.parsing.strips import strips
from archive.structure import Article, PageStructure, Role


def page_of(text: str) -> PageStructure:
    [page] = parse(text)
    return page


def headings(article: Article) -> tuple[str, str, str]:
    """Kicker, headline, subheadline."""
    return article.joined(Role.KICKER, ""), article.headline, article.joined(Role.SUBHEADLINE, "")


def marks_of(*texts: str) -> list[Mark]:
    return marks(read(list(texts)), DEFAULT.series_from)


ORCHARD = (
    "本报讯（记者沙一鸣）临溪区桥头\n村的果园挂满了红杏，昨日起村民忙\n着采摘，头一批已经装车。\n\n"
    "果园有杏树三百亩，今年雨水足，\n果子比往年大。\n"
)
CLINIC = "本报讯（记者邬同）双塔镇卫生院\n的新门诊楼昨日启用，老人看病不用\n再进城。\n\n门诊楼设床位四十张，添了两台透\n析机。\n"


@pytest.mark.parametrize(
    "line", ["区农业局局长沙一鸣2023年6月28日在全区大会上", "步云舟同志2023年6月28日0时"]
)
def test_a_date_amid_a_sentence_heads_no_page(line: str) -> None:
    dump = f"第01版：要闻\n\n桥头村果园采摘忙\n\n{ORCHARD}\n{line}\n说，果园还要扩种。\n\n双塔镇卫生院新楼启用\n\n{CLINIC}"
    assert [article.headline for article in page_of(dump).articles] == [
        "桥头村果园采摘忙",
        "双塔镇卫生院新楼启用",
    ]
    assert marks_of("2023年6月28日星期三要闻") == [Mark.PAGE_HEAD]
    assert marks_of("2023年6月28日第2版要闻") == [Mark.PAGE_HEAD]


def test_a_line_that_speaks_of_an_account_is_text_amid_a_paragraph() -> None:
    amid = [
        "桥头村果园的采摘消息经双塔镇宣传",
        "政务网站和官方微信公众号转发以后",
        "城里的订单第二天就多了三成，村民",
    ]
    assert marks_of(*amid) == [Mark.NONE] * 3
    assert marks_of("扫一扫", "关注微信公众号", "示范区头条")[1] is Mark.PROMOTION


def test_a_signature_justified_by_spaces_names_the_reporter() -> None:
    plain = ORCHARD.removeprefix("本报讯（记者沙一鸣）").replace(
        "果子比往年大。", "果 子 比 往 年 大 。 （ 记 者 沙 一 鸣 ）"
    )
    assert page_of(f"桥头村果园采摘忙\n\n{plain}").articles[0].reporters == ("沙一鸣",)


def test_what_goes_on_on_another_page_takes_no_rest_from_this_one() -> None:
    """The figure would close the sentence, but the text goes on on page 2."""
    broken = "今年既要把杏子卖出，镇里电商\n"
    rest = "门诊楼也要接上医保的网络，老人刷\n脸就能结账，再不用跑县城报销。\n"
    page = page_of(
        f"桥头村果园采摘忙\n\n{ORCHARD}\n{broken}（下转第二版）\n\n双塔镇卫生院新楼启用\n\n{CLINIC}\n{rest}"
    )
    assert page.articles[0].paragraphs[-1] == broken.strip()
    assert page.articles[1].paragraphs[-1].startswith("门诊楼也要接上")


def test_a_paragraph_that_a_scan_cut_in_two_is_no_headline() -> None:
    """It has a comma and more words than a headline without figures; a shorter one may be either."""
    opened = "本报讯(记者沙一鸣)桥头村的果园挂满了红杏,昨日起村民忙着采摘,头一批三千斤已经装车运往省城,城里人当晚就能尝到鲜。"
    whole = "果园有杏树三百亩,今年雨水足,果子比往年大一圈,村里建起的冷库能存两万斤,采摘期能比往年长半个月,村民不再急着贱卖。"
    above = "村里请来的技术员住进果园的小屋,手把手教果农疏花疏果"
    rest = "和修枝,一年下来走遍了全村每一块果园,记下的本子摞起来有半尺高,谁家的树生了什么虫他翻开本子就能说得清楚明白。"
    page = page_of(f"桥头村果园采摘忙\n\n{opened}\n\n{whole}\n\n{above}\n\n{rest}\n\n{whole}\n")
    assert [article.headline for article in page.articles] == ["桥头村果园采摘忙"]
    assert (above + rest) in page.articles[0].paragraphs


def test_a_byline_stands_right_below_a_subheadline_with_a_comma() -> None:
    plain = ORCHARD.removeprefix("本报讯（记者沙一鸣）")
    page = page_of(f"桥头村果园采摘忙\n头一批装车三千斤，创历年新高\n本报记者 沙一鸣\n\n{plain}")
    assert page.articles[0].reporters == ("沙一鸣",)
    assert headings(page.articles[0])[2] == "头一批装车三千斤，创历年新高"


def test_a_comparison_goes_on_with_the_headlines_sentence() -> None:
    page = page_of(f"桥头村上半年红杏销售收入\n同比增长4.2%\n\n{ORCHARD}")
    assert headings(page.articles[0]) == ("", "桥头村上半年红杏销售收入同比增长4.2%", "")


def test_words_that_read_like_three_names_are_a_headline() -> None:
    """温如海会见林国王 would part into 温如海, 会见, 林国王 …; above a photo's caption it is the article's headline."""
    caption = "5月8日，双塔镇卫生院，医生在给\n老人量血压。\n邬同 摄\n"
    page = page_of(f"{ORCHARD}\n温如海方见林国王\n\n{caption}\n{CLINIC}\n双塔镇卫生院新楼启用\n")
    assert page.articles[0].headline == "温如海方见林国王"


def test_a_sentence_broken_where_the_column_ends_is_no_kicker() -> None:
    def margin(first: str, second: str) -> float:
        above = ["桥头村的果园今年又添了三百亩杏树，", "村民采摘之余还把杏干卖到了省城里，"]
        lines = read([*above, "杏农乐开了花。", "", first, second, "", "桥头村果园采摘忙"])
        found = strips(lines, marks(lines, DEFAULT.series_from), (), is_wrapped=True)
        text = "".join(line.text for line in lines)
        judged = heads(lines, found, text, Rooms(lines), is_wrapped=True, knobs=DEFAULT)
        return judged[1].margin

    in_column = margin("祝愿全村的乡亲们在新的一年里把", "果园种得更好！")
    assert in_column < 0 < margin("祝愿全村的乡亲", "在新的一年里把果园种得更好！")


def test_a_headline_below_its_text_is_no_crosshead_of_what_follows() -> None:
    """It is as short as 小标题 are, and both texts speak of one lake; but its words are those of the text above."""
    fishing = (
        "本报讯（记者沙一鸣）云泽湖畔的\n渔家今冬头一回在冰上下网，鲢鱼鳙\n鱼出水就被订走。\n\n"
        "云泽湖冰面厚过两尺，渔家凿开八\n个洞，一网能拉五千斤。\n"
    )
    birds = (
        "云泽湖畔的渔家今冬也接待游人，\n省城来的人在冰面看天鹅，夜里就住\n进湖畔的渔家民宿。\n\n"
        "云泽湖冰面厚过两尺，六百只天鹅\n在湖畔过冬，一天能拉两车鱼喂鸟。\n"
    )
    page = page_of(f"{CLINIC}\n卫生院新楼启用\n\n{fishing}\n渔家冰上下网忙\n\n{birds}\n观天鹅住民宿\n")
    assert [article.headline for article in page.articles] == [
        "卫生院新楼启用",
        "渔家冰上下网忙",
        "观天鹅住民宿",
    ]
