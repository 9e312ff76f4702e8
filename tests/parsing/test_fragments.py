"""Columns of a scan that changed places are read on where their sentences go on."""

from __future__ import annotations

import pytest

from archive.parsing import parse
from archive.parsing.blocks import PARAGRAPH, Draft
from archive.parsing.evidence import Piece, Speech
from archive.structure import Article

CHARGING = (
    "桥头村有了充电站",
    "本报讯(记者沙一鸣)桥头村的充电站昨日投入使用,村民不出村就能给三轮车充电。充电站设快充桩四个,由村里的电工花师傅照看,每天早晚各巡查一遍,充电的三",
    "轮车再多也不乱。花师傅说,充电站用上以后,家家户户的三轮车都不用再推到镇上去充电,村民夜里回家也方便了许多。",
    "桥头村还要给充电站装一盏灯,让晚归的村民给三轮车充电时看得清路。",
)
BIRDS = (
    "云泽湖畔观鸟忙",
    "本报讯(记者步云舟)云泽湖畔的观鸟台上月开放,周末来看鸟的游人排起了长队。湖边的渔家乐也跟着热闹,老板娘说,看鸟的游人爱吃湖里的白鲢,观鸟台开放以来天天满",
    "座。观鸟台上有望远镜六架,游人看白鹭、野鸭都看得真切,护鸟员在一旁讲解水鸟的习性,湖畔渔家的孩子也来听。",
    "护鸟员提醒游人,看鸟时不要喧哗,不要给水鸟喂食。",
)


def articles_of(parts: tuple[str, ...]) -> tuple[Article, ...]:
    [page] = parse("\n\n".join(parts) + "\n")
    return page.articles


def test_columns_side_by_side_go_on_each_with_its_own_article() -> None:
    """Read across, both articles break off before either goes on; their words tell which column is whose."""
    charging, birds = articles_of((*CHARGING[:2], *BIRDS[:2], *CHARGING[2:], *BIRDS[2:]))
    assert charging.paragraphs == (CHARGING[1] + CHARGING[2], CHARGING[3])
    assert birds.paragraphs == (BIRDS[1] + BIRDS[2], BIRDS[3])
    assert "order-guessed" in {doubt.code for doubt in charging.doubts}


def test_columns_in_their_order_stay_in_it() -> None:
    charging, birds = articles_of((*CHARGING, *BIRDS))
    assert charging.paragraphs == (CHARGING[1] + CHARGING[2], CHARGING[3])
    assert birds.paragraphs == (BIRDS[1] + BIRDS[2], BIRDS[3])
    assert not charging.doubts
    assert not birds.doubts


def test_what_nothing_speaks_for_stays_in_place() -> None:
    """The paragraph breaks off above the next headline, and no other begins in mid-sentence."""
    charging, birds = articles_of((*CHARGING[:2], BIRDS[0], BIRDS[1] + BIRDS[2], BIRDS[3]))
    assert charging.paragraphs == (CHARGING[1],)
    assert birds.paragraphs == (BIRDS[1] + BIRDS[2], BIRDS[3])
    assert "breaks-off" in {doubt.code for doubt in charging.doubts}


def test_no_column_is_moved_to_below_itself() -> None:
    """The column's end calls for its beginning, which would take the whole column along, and nothing would print it."""
    parts = (
        "庫，這裡就只剩一塊地；留著倉庫，",
        "〔記者溫良玉報導〕市府昨 （12）",
        "十一年。全盛時期，老街上有裁縫店",
        "時強降雨。",
        "議在於倉庫去留。「居民說，拆了倉",
    )
    [page] = parse("\n\n".join(parts) + "\n")
    printed = "".join(text for article in page.articles for text in article.paragraphs)
    assert not page.furniture
    assert all("".join(part.split()) in printed for part in parts)


LAMPS = (
    "沙河镇的路灯亮到了田头",
    "本报讯(记者温良玉)沙河镇去年起给田间小路装路灯,到上月底已经装好三百盏,几个大村之间的小路都亮了起来。"
    "镇里的电工介绍,路灯用的是太阳",
    "能板,路灯在阴雨天也能亮上三个晚上,一年下来镇里不花一分电费。哪一盏坏了,灯杆上贴着电话,打一个就有人来修,"
    "修灯的钱由镇里出。",
    "有了路灯,收麦的农户夜里也敢下田,运粮的三轮车不再摸黑赶路,小学生放学也不用大人到村口去接,"
    "镇里的人都说这是一件办到心里的好事。",
)
LIBRARY = (
    "旧粮站里开出图书室",
    "本报讯(记者步云舟)石桥村把闲了多年的旧粮站修好,办起一间图书室,三千册图书都是村民捐的,"
    "书架由村里的木匠用旧门板做成,不收一分钱。",
    "图书室每天开到晚上九点,孩子们放学以后来这里写作业,老人来这里看报,看不清的由孩子念给他们听,"
    "粮站从前的磅秤留在门口作个念想。",
)


def test_a_word_of_the_dictionary_calls_back_the_fragment_that_has_its_rest() -> None:
    """太阳⏎能板: nothing else on the page tells that the paragraph right below, a whole one, is not its rest."""
    lamps, library = articles_of((*LAMPS[:2], LAMPS[3], *LIBRARY, LAMPS[2]))
    assert lamps.paragraphs == (LAMPS[1] + LAMPS[2], LAMPS[3])
    assert library.paragraphs == LIBRARY[1:]


def test_a_page_of_very_many_fragments_is_left_as_it_is() -> None:
    """What the words of so many have in common would take hundreds of megabytes to compare."""
    lamps, library, *_ = articles_of(
        (*LAMPS[:2], LAMPS[3], *LIBRARY, LAMPS[2], *(BIRDS[0], BIRDS[1] + BIRDS[2]) * 220)
    )
    assert LAMPS[2] not in "".join(lamps.paragraphs)
    assert library.paragraphs[-1] == LAMPS[2]


def test_a_column_that_was_only_cut_stays_in_its_place() -> None:
    lamps, library = articles_of((*LAMPS, *LIBRARY))
    assert lamps.paragraphs == (LAMPS[1] + LAMPS[2], LAMPS[3])
    assert library.paragraphs == LIBRARY[1:]
    assert not lamps.doubts


#: Two articles in columns of 12 and of 18 em. Both break off; the rests follow, the narrower one first.
FERRY = """渡口换上了新渡船

本报讯（记者沙一鸣）白
石渡口上周换上一条新渡
船，船身宽了一半，一趟
能坐四十个人，也能载下
六辆三轮车。摆渡人说，
旧船用了二十年，船板早

老戏台上又唱起了戏

本报讯（记者温良玉）清河村的老戏
台修好了，停了十多年的庙会又热闹起来。
台上唱的是本地小调，台下坐的是四邻八
村的乡亲，散场时已是满天星斗。村里的
老人记得，从前戏台边摆满了卖糖人的摊

已松了，天冷时还漏水。

新船装了顶棚，下雨
天过河不用再打伞，赶集
的人都愿意等这一趟。{end}

子，孩子们骑在大人肩上看戏。如今年轻
人把戏拍成短片发到网上，看的人比台下
的还要多。
"""


@pytest.mark.parametrize("end", ["", "如今\n那条旧船还停在渡口边上。"], ids=["short", "full"])
def test_blocks_go_on_in_columns_of_their_own_width(end: str) -> None:
    """The second block begins below a text that ended: where that one's last line is full, a blank alone parts them."""
    [page] = parse(FERRY.format(end=end))
    ferry, stage = page.articles
    assert ferry.paragraphs[0].endswith("船板早已松了，天冷时还漏水。")
    assert ferry.paragraphs[1:] == (
        f"新船装了顶棚，下雨天过河不用再打伞，赶集的人都愿意等这一趟。{end}".replace("\n", ""),
    )
    [told] = stage.paragraphs
    assert "卖糖人的摊子，孩子们骑在大人肩上看戏。" in told
    assert told.endswith("看的人比台下的还要多。")


def test_where_fragments_may_have_gone_wrong_no_article_of_the_page_is_sure() -> None:
    """Both texts break off alike, and either fragment might go on with either of them."""
    library = (*LIBRARY[:2], "目前," + LIBRARY[2])
    lamps = (*LAMPS[:1], LAMPS[1].removesuffix("镇里的电工介绍,路灯用的是太阳"), "目前," + LAMPS[3])
    rests = (
        "日子比从前好得多,一家人坐在一起说说笑笑,谁也不愿意早早睡下,说着说着天就亮了。",
        "光景比往年强得多,大家聚在门口说长道短,谁也舍不得回家,说着说着夜就深了。",
    )
    broken = [(headline, f"{text}村里的老人说,今年的", rest) for headline, text, rest in (library, lamps)]
    articles = articles_of((*broken[0], *broken[1], *rests, *BIRDS))
    assert all(article.confidence < 0.9 for article in articles)
    assert {doubt.code for doubt in articles[-1].doubts} == {"torn-page"}, "though it was not touched"


#: As ``FERRY``, but the texts break off alike, and their rests could stand in either article.
ALIKE = """渡口换上了新渡船

本报讯（记者沙一鸣）白
石渡口上周换上一条新渡
船，船身宽了一半，一趟
能坐四十个人，也能载下
六辆三轮车，大家看到后

老戏台上又唱起了戏

本报讯（记者温良玉）清河村的老戏
台修好了，停了十多年的庙会又热闹起来。
台上唱的是本地小调，台下坐的是四邻八
村的乡亲，散场已是满天星斗，大家听说后

高兴得合不拢嘴，都打听
何时再有这样的好事，要
叫上外地的亲友同来。

欢喜得睡不着觉，全盼着早日还有那样的
热闹，想带着远方的儿女共享。
"""


def test_the_width_of_columns_tells_what_their_words_do_not() -> None:
    [page] = parse(ALIKE)
    ferry, stage = page.articles
    assert ferry.paragraphs[0].endswith(
        "大家看到后高兴得合不拢嘴，都打听何时再有这样的好事，要叫上外地的亲友同来。"
    )
    assert stage.paragraphs[0].endswith(
        "大家听说后欢喜得睡不着觉，全盼着早日还有那样的热闹，想带着远方的儿女共享。"
    )


def test_the_words_of_a_column_tell_its_article() -> None:
    rest = "还要为路灯照亮的小路铺石子,让三轮车装上灯。"
    texts = (*LAMPS[:2], *LIBRARY[:2], rest)
    articles = [0, 0, 1, 1, 1]
    pieces = [
        Piece(Draft(PARAGRAPH, [place]), text, article)
        for place, (text, article) in enumerate(zip(texts, articles, strict=True))
    ]
    [[lamps, library]] = Speech(pieces).shares([[4]], articles, range(5)).tolist()
    assert lamps > library + 1, "though it stands in the other: what it speaks itself doesn't count"
