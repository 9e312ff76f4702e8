"""Columns of a scan that changed places are read on where their sentences go on."""

from __future__ import annotations

from archive.parsing import parse
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
