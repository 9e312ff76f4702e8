"""Where a column, an article or a page ends: stranded first lines, texts that go on elsewhere, labels at the foot."""

from __future__ import annotations

import pytest

from archive.parsing import parse
from archive.parsing.brackets import left_open
from archive.parsing.heads import heads
from archive.parsing.knobs import DEFAULT
from archive.parsing.lines import read
from archive.parsing.marks import marks
from archive.parsing.rooms import Rooms
from archive.parsing.strips import strips
from archive.structure import Article, Kind, PageStructure, Role


def page_of(text: str) -> PageStructure:
    [page] = parse(text)
    return page


def headlines(page: PageStructure) -> list[str]:
    return [article.headline for article in page.articles]


def headings(article: Article) -> tuple[str, str, str]:
    """Kicker, headline, subheadline."""
    return article.joined(Role.KICKER, ""), article.headline, article.joined(Role.SUBHEADLINE, "")


MILL = (
    "本报讯（记者沙一鸣）临溪区桥头\n村的老磨坊修缮一新，昨日起向游人\n开放，村里人又听见了水车声。\n\n"
    "磨坊建于清末，停用了四十年，去\n年村里请来老匠人照原样修复。\n"
)
FERRY = (
    "本报讯（记者邬同）双塔镇的渡船\n停航三个月后昨日复航，两岸学生上\n学不必再绕行十里山路。\n\n"
    "新渡船能载三十人，船上备足了救\n生衣，每天往返十二趟。\n"
)


@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_text_that_goes_on_elsewhere_is_no_heading_above_the_jump_line(gap: str) -> None:
    page = page_of(
        f"{MILL}\n水车转动以后，来村里的游人比往\n{gap}（下转第三版）\n\n老磨坊开放了\n\n{FERRY}\n双塔镇渡船复航\n"
    )
    assert [headings(article) for article in page.articles] == [
        ("", "老磨坊开放了", ""),
        ("", "双塔镇渡船复航", ""),
    ]
    assert page.articles[0].paragraphs[-1] == "水车转动以后，来村里的游人比往"


def test_a_headline_above_a_jump_line_stays_a_headline() -> None:
    page = page_of(f"{MILL}\n老磨坊开放\n（下转第三版）\n\n{FERRY}\n双塔镇渡船复航\n")
    assert headlines(page) == ["老磨坊开放", "双塔镇渡船复航"]


def test_a_text_that_comes_from_another_page_is_an_article_of_its_own() -> None:
    rest = "修起来的七座廊桥连成一线，成了镇\n上孩子们上学的近路。\n"
    page = page_of(f"双塔镇渡船复航\n\n{FERRY}\n（上接第一版）\n\n{rest}")
    assert headlines(page) == ["双塔镇渡船复航", ""]
    assert page.articles[1].continued_from == "第一版"
    assert len(page.articles[0].paragraphs) == 2


def test_what_a_line_opens_the_next_one_closes() -> None:
    assert left_open("两村签署了《双塔渡口第二十九", "次管护公约》，商定")
    assert not left_open("两村签署了《管护公约》", "次日《云泽日报》刊出")
    assert not left_open("两村签署了《双塔渡口", "次日，两村又签《公约》")


def likeness(above: str, below: str, elsewhere: str) -> float:
    """How like a heading a line alone is, with a text below it, on a page that says something elsewhere."""
    lines = read([above, "", below, "", elsewhere])
    found = strips(lines, marks(lines, DEFAULT.series_from), (), is_wrapped=True)
    text = "".join(line.text for line in lines)
    return heads(lines, found, text, Rooms(lines), is_wrapped=True, knobs=DEFAULT)[0].margin


def test_words_that_stand_elsewhere_go_on_over_a_columns_foot() -> None:
    """The pair at the break may stand there by chance; four characters of it hardly do."""
    above, below = "双塔镇会同临溪区水车理", "事会商定了水车的养护。"
    nowhere = likeness(above, below, "渡口的新船能载三十人。")
    pair = likeness(above, below, "渡口的管理事项已商定。")
    run = likeness(above, below, "水车理事会每月检查。")
    assert nowhere == pair - DEFAULT.headlike.known_junction
    assert run == pair + DEFAULT.headlike.known_run


def test_a_headline_whose_text_begins_with_its_subject_stays_one_where_words_meet_twice() -> None:
    head = "双塔镇通报渡口安全"
    first = likeness(head, "双塔镇通报说渡口全年无险。", "检查渡口安全双塔镇有专人。")
    assert first > likeness(head, "双门渡口的险情已经全部排除。", "检查渡口安全双门有专人。")


def test_a_line_that_opens_what_is_closed_below_is_no_headline() -> None:
    other = "渡口的新船能载三十人。"
    closed = likeness("双塔镇印发了《水车等农耕", "遗存保护办法》并已施行。", other)
    assert closed < likeness("双塔镇印发了水车等农耕", "遗存保护办法并已施行了。", other) - 5


def test_lines_above_tell_the_column_where_those_below_leave_it_open() -> None:
    """The figure that didn't fit any more leaves the only full line below between eleven and twelve and a half em."""
    above = ["溪边的老磨坊修缮一新向游", "人开放，村里人听见水车声", "。"]
    below = ["村民修好的水车转了。镇里", "给磨坊挂上保护的牌子并", "400名村民在场。"]
    rooms = Rooms(read([*above, "", "沿着河岸走游人还能看", "", *below]))
    assert rooms.below(4) == 11
    assert rooms.around(3, 4) == 12
    other = Rooms(
        read(["溪边的老磨坊修缮一新向游人开放，村里", "人。", "", "沿着河岸走游人还能看", "", *below])
    )
    assert other.around(2, 3) == 11


def test_a_dash_does_not_begin_a_line() -> None:
    rooms = Rooms(read(["以共建共享为要义创造未", "来——双塔镇携手建设渡口"]))
    assert rooms.of(0) == (11.0, 14.0)


@pytest.mark.parametrize("label", ["乡里乡外", "短波"])
def test_a_word_at_a_pages_foot_labels_it(label: str) -> None:
    photo = "5月8日，双塔镇渡口，学生坐上了新渡船。（资料图片）\n"
    page = page_of(f"老磨坊开放了\n\n{MILL}\n双塔镇渡船复航\n\n{FERRY}\n{photo}\n{label}\n")
    assert headlines(page) == ["老磨坊开放了", "双塔镇渡船复航"]
    assert Kind.LABEL in [piece.kind for piece in page.furniture]
    bare = page_of(f"老磨坊开放了\n\n{MILL}\n双塔镇渡船复航\n\n{FERRY}\n{label}\n")
    assert headlines(bare) == ["老磨坊开放了", "双塔镇渡船复航"]


def test_a_headline_below_its_kicker_is_no_label_whatever_it_ends_on() -> None:
    page = page_of(f"老磨坊开放了\n\n{MILL}\n共赴渡口之约\n\n展现两岸风采\n\n{FERRY}")
    assert headings(page.articles[1]) == ("共赴渡口之约", "展现两岸风采", "")
    short = page_of(f"{MILL}\n老磨坊开放了\n\n民生在线\n\n{FERRY}\n双塔镇渡船复航\n")
    assert headlines(short) == ["老磨坊开放了", "双塔镇渡船复航"]


def test_a_line_of_six_characters_above_a_headline_is_its_kicker() -> None:
    page = page_of(f"第04版：文化\n\n守住水车声声\n\n老磨坊又开放了\n\n{MILL}")
    assert headings(page.articles[0]) == ("守住水车声声", "老磨坊又开放了", "")


def test_figures_right_below_a_plain_headline_are_its_subheadline() -> None:
    page = page_of(f"双塔镇渡口旅客运输实现较快增长\n运送旅客26.8万人，同比增长4.4%\n\n{FERRY}")
    assert headings(page.articles[0]) == (
        "",
        "双塔镇渡口旅客运输实现较快增长",
        "运送旅客26.8万人，同比增长4.4%",
    )


COLD = (
    "新华社西安5月8日电（记者邬同）寒\n潮南下，渭北高原昨夜普降大雪，果\n农连夜点火熏烟，给果园防冻。\n\n"
    "气象台预计，寒潮两天后减弱，果\n园仍须防冻。\n"
)
CARS = (
    "新华社武汉5月8日电（记者沙一鸣）\n一列满载汽车零件的班列驶出铁路货\n场，开往中亚，这是今年第六百列。\n\n"
    "海关开设专窗，单证随到随审，发\n车前一小时就能放行。\n"
)
AGAIN = "新华社兰州5月8日电（记者沙一鸣）\n寒潮南下，陇东高原昨夜普降大雪，\n果农连夜点火熏烟，给果园防冻。气\n象台预计寒潮两天后减弱。\n"


def test_an_agencys_next_item_is_an_article_of_its_own_where_it_speaks_of_something_else() -> None:
    other = page_of(f"寒潮南下果农防冻\n\n{COLD}\n{CARS}")
    assert [article.reporters for article in other.articles] == [("邬同",), ("沙一鸣",)]
    further = page_of(f"寒潮南下果农防冻\n\n{COLD}\n{AGAIN}")
    assert [article.reporters for article in further.articles] == [("邬同", "沙一鸣")]
