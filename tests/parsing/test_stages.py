"""Each stage alone: lines, rooms, marks, bylines, headings, dates, sections, repair, sheets, vocabulary, knobs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archive.errors import DumpError
from archive.parsing import load_vocabulary, parse, vocabulary_of
from archive.parsing.bylines import names_in, of_credit, of_line, of_opening, split_names
from archive.parsing.credits import trailing_credit
from archive.parsing.dates import event_dates, issue_date, years_told
from archive.parsing.expressions import expressions
from archive.parsing.figures import number
from archive.parsing.headings import introduces, only_follows, particulars, parts_of, roles
from archive.parsing.knobs import DEFAULT, Knobs
from archive.parsing.lines import closure_of, read, width_of
from archive.parsing.marks import Mark, marks
from archive.parsing.mending import half_of, junctions_of, proof
from archive.parsing.pagehead import page_head
from archive.parsing.rooms import Rooms
from archive.parsing.sections import assign, genre_of
from archive.parsing.sheets import sheets
from archive.structure import Certainty, Dated, Kind, PageFacts, Role

ROOT = Path(__file__).parent.parent.parent


def lines(*texts: str):
    return read(list(texts))


@pytest.mark.parametrize(
    ("text", "width"),
    [("示范区", 3), ("10月", 2), ("（高新区）", 5), ("“25311”", 4.5), ("ABC", 1.5), ("4.1%", 2)],
)
def test_widths_are_in_em(text: str, width: float) -> None:
    assert width_of(text) == width


@pytest.mark.parametrize(
    ("text", "closure"),
    [("完工。", 2), ("很好！”", 2), ("他说：", 1), ("“三无”", 1), ("强调", 0), ("社会，", 0)],
)
def test_what_a_line_ends(text: str, closure: int) -> None:
    assert closure_of(text) == closure


def test_a_line_knows_its_place_and_what_stood_before() -> None:
    first, second = lines("", "  座 谈 ， 累 计", "x")
    assert (first.number, first.start, first.end) == (2, 2, 11)
    assert first.after_blank
    assert first.indented
    assert first.stretched
    assert first.text == "座谈，累计"
    assert not second.after_blank


def test_a_full_line_tells_the_room_that_it_was_set_in() -> None:
    page = lines(
        "工委书记吕沛到该区信访接待大",
        "厅接待群众来访，现场协调解决",
        "群众反映的实际困难和问题，强",
        "调各级。",
    )
    rooms = Rooms(page)
    assert rooms.column([0, 1, 2]) == 14
    assert rooms.may_be(0, 14, 0)
    assert not rooms.may_be(0, 16, 0)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("本报讯（记者郭树勋） 10月", Mark.OPENING),
        ("新华社北京1月1日电（记者张三）", Mark.OPENING),
        ("晚报讯（记者 叶知秋 通讯员 敖包）", Mark.OPENING),
        ("记者钟鸣报道 一口擂茶钵", Mark.OPENING),
        ("〔記者溫良玉報導〕市府昨", Mark.OPENING),
        ("又讯（记者付凯明）", Mark.FURTHER),
        ("本报记者 郭树勋", Mark.BYLINE),
        ("本报评论员", Mark.BYLINE),
        ("本报见习记者 万 千 摄", Mark.CREDIT),
        ("新华社发（艾青山 摄）", Mark.CREDIT),
        ("资料图片", Mark.CREDIT),
        ("⬆10月22日，焦作天宝桓祥", Mark.CAPTION),
        ("（本栏稿件均由本报记者郭树勋整理）", Mark.NOTE),
        ("第01版：要闻", Mark.PAGE_HEAD),
        ("04 民生 2021年10月24日 星期日", Mark.PAGE_HEAD),
        ("责编：管小楼 美编：佟画", Mark.EDITORS),
        ("下转第二版", Mark.JUMP),
        ("（相关报道见第二版）", Mark.JUMP),
        ("扫一扫 关注我们", Mark.PROMOTION),
        ("（作者系白石县驻村第一书记）", Mark.AUTHOR),
        ("项目建设", Mark.LABEL),
        ("新华社长篇通讯：肩负光荣使命", Mark.NONE),
        ("记者从市公交公司获悉", Mark.NONE),
        ("示范区召开灾后重建项目推进会", Mark.NONE),
        ("二维码就可以知道羊的出生信息，", Mark.NONE),
    ],
)
def test_lines_that_say_what_they_are(text: str, mark: Mark) -> None:
    assert marks(lines(text), 3) == [mark]


def test_tables_and_advertisements_are_boxes() -> None:
    box = lines("今日粮油参考价（元/公斤）", "品名 批发价 零售价", "粳米 4.20 5.10", "花生油 16.80 19.60")
    assert set(marks(box, 3)) == {Mark.BOX}


def test_a_credit_at_the_end_of_a_caption() -> None:
    [line] = lines("生产，受到客户青睐。 本报记者 翟鹏程 摄")
    assert line.raw[trailing_credit(line) :] == "本报记者 翟鹏程 摄"
    [body] = lines("他说，要把这件事情办好。随后，记者拍下了")
    assert trailing_credit(body) == -1


@pytest.mark.parametrize(
    ("text", "reporters", "correspondents"),
    [
        ("本报讯（记者付凯明 通\n讯员卢立明）为", ("付凯明",), ("卢立明",)),
        ("本报讯（记者郭树勋、付凯明） 10月", ("郭树勋", "付凯明"), ()),
        ("本报讯（记者侯欣文）十四届", ("侯欣文",), ()),
        ("本报讯（实习生姜勋丽 记者姚宁洋）", ("姚宁洋",), ()),
        ("晨报讯 记者 钟琳宇 通讯员 曹涵\n勋 6月7日", ("钟琳宇",), ("曹涵勋",)),
        ("本报海口1月2日电记者鲍洪俊、吴刚报道：", ("鲍洪俊", "吴刚"), ()),
        ("新华社北京1月1日电（国家主席）", (), ()),
    ],
)
def test_names_of_an_opening(text: str, reporters: tuple[str, ...], correspondents: tuple[str, ...]) -> None:
    assert of_opening(text) == (reporters, correspondents)


def test_names_of_bylines_and_credits() -> None:
    assert of_line("本报记者 冉 冉 文/图").reporters == ("冉冉",)
    assert of_line("乐正平").reporters == ()
    assert of_credit("本报记者 刘金元 翟鹏程 摄") == ("刘金元", "翟鹏程")
    assert of_credit("资料图片") == ()
    assert names_in("（本栏稿件均由本报记者郭树勋整理）").reporters == ("郭树勋",)
    assert split_names("万 千、杨洪柯张起河") == ("万千", "杨洪柯", "张起河")


def heading_roles(*groups: str):
    texts = "\n\n".join(groups).split("\n")
    page = read(texts)
    places: list[list[int]] = []
    for place, line in enumerate(page):
        if line.after_blank:
            places.append([])
        places[-1].append(place)
    return [(role, "".join(page[p].text for p in part)) for role, part in roles(parts_of(places, page), page)]


def test_a_blank_tells_a_kicker_and_its_words_a_subheadline() -> None:
    assert heading_roles("示范区工委组织部部长杨哲", "党建引领乡村振兴\n突出特色培育品牌") == [
        (Role.KICKER, "示范区工委组织部部长杨哲"),
        (Role.HEADLINE, "党建引领乡村振兴突出特色培育品牌"),
    ]
    assert [role for role, _ in heading_roles("第一批重点项目集中开工", "开工项目27个,总投资130.23亿元")] == [
        Role.HEADLINE,
        Role.SUBHEADLINE,
    ]
    assert [role for role, _ in heading_roles("一座小城的“书香经济”", "——文庙街改造见闻")] == [
        Role.HEADLINE,
        Role.SUBHEADLINE,
    ]
    assert [
        role for role, _ in heading_roles("重点项目集中开工\n涉及民生等领域的14个项目，总投资67.6亿元")
    ] == [
        Role.HEADLINE,
        Role.SUBHEADLINE,
    ]
    assert particulars("李远出席并讲话 戴伟主持")
    assert not particulars("韩正出席论坛开幕式并致辞")
    assert introduces("吕沛调研重点项目时强调")
    assert only_follows("——侧记")


@pytest.mark.parametrize(
    ("text", "value"), [("十二", 12), ("二十三", 23), ("１９", 19), ("二〇二一", 2021), ("7", 7)]
)
def test_numbers(text: str, value: int) -> None:
    assert number(text) == value


def dates_of(text: str, issue: str) -> list[str]:
    found = expressions(text, lambda _: 1, lead=90)
    return [event.value for event in event_dates(found, Dated(issue, Certainty.GIVEN))]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("10月21日上午，召开会议。", ["2021-10-21"]),
        ("昨日，工人在加工。", ["2021-10-23"]),
        ("截至9月30日12时，接种147262剂次。", ["2021-09-30"]),
        ("去年新认定80家。", ["2020"]),
        ("本月开工。", ["2021-10"]),
        ("举行2021年第三季度评比。", ["2021"]),
        ("民国三十八年建成。", ["1949"]),
        ("农历九月初九，登高。", ["2021-10-14"]),
        ("农历辛丑年八月十五，赏月。", ["2021-09-21"]),
        ("农历庚子年腊月廿三，祭灶。", ["2021-02-04"]),
        ("农历腊月廿三，将祭灶。", []),
        ("农历2020年闰四月初一，立夏已过。", ["2020-05-23"]),
        ("农历闰四月初一，立夏已过。", ["2020-05-23"]),
        ("农历十月初一，将办庙会。", []),
        ("农历新年将至。", []),
        ("喜迎农历五月，农历九月三十二日。", []),
        ("本月15日，召开会议；上月30日，开工。", ["2021-10-15", "2021-09-30"]),
        ("10月9日到11日，检查。", ["2021-10-09", "2021-10-11"]),
        ("20日上午，召开会议；25日，开工。", ["2021-10-20", "2021-09-25"]),
        ("9月20日，开工；25日，停工。", ["2021-09-20", "2021-09-25"]),
        ("培训为期15日，每日10人。", []),
        ("10日21日上午，召开会议。", ["2021-10-21"]),
        ("2021.10.21，开幕；2021-9-30，闭幕。", ["2021-10-21", "2021-09-30"]),
        ("软件2021.10.21.3发布。", []),
        ("10月中旬，播种；9月底，收割。", ["2021-10", "2021-09"]),
        ("周五下午，召开会议；上周三，开工。", ["2021-10-22", "2021-10-13"]),
        ("星期六，开放；本周一，闭馆。", ["2021-10-23", "2021-10-18"]),
        ("周一至周五开放，每周三，闭馆，一个星期六没有来。", []),
        ("将于北京时间29日凌晨开幕。", []),
        ("农历九月初九登高节10月14日举行。", ["2021-10-14"]),
        ("2021年10月14日（农历九月初九）开幕。", ["2021-10-14"]),
        ("民国二十七年3月1日出版。", ["1938-03-01"]),
        ("民国元年创刊。", ["1912"]),
        ("力争到2025年培育3家。", []),
        ("定于12月5日举行。", []),
        ("工程于12月底前全部完工。", []),
        ("12月30日召开。", ["2020-12-30"]),
        ("7月18日晚至19日，全市下起暴雨。", ["2021-07-18", "2021-07-19"]),
        ("一九九八年一月一日出版。", ["1998-01-01"]),
    ],
)
def test_date_expressions_are_read_against_the_issue(text: str, values: list[str]) -> None:
    assert dates_of(text, "2021-10-24") == values


def test_the_issue_date_is_inferred_with_its_reason() -> None:
    found = expressions(
        "10月23日上午召开会议，总结2021年第三季度工作，力争到2025年完成。", lambda _: 1, lead=90
    )
    reading = issue_date(found, Dated())
    assert reading.issue.value == "2021-10-24"
    assert reading.issue.certainty is Certainty.ESTIMATED
    assert "10月23日" in reading.issue.because
    assert "2021年" in reading.issue.because
    assert issue_date([], Dated()).issue == Dated()


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("喜迎中国共产党成立一百周年。", {2021: "共产党成立一百周年"}),
        ("新中国成立七十五周年、五四运动105周年", {2024: "新中国成立七十五周年"}),
        ("今年是“十四五”规划的开局之年，“十三五”已圆满收官。", {2021: "“十四五”规划的开局"}),
        ("“十三五”收官之年", {2020: "“十三五”收官"}),
        ("“三五”开局之年", {1966: "“三五”开局"}),
        ("“一五”开局之年", {}),  # 1953: out of step with the others
        ("该厂建厂30周年，结婚十周年", {}),
    ],
)
def test_a_year_told_by_what_is_commemorated_or_planned(text: str, years: dict[int, str]) -> None:
    assert years_told(text) == years


def test_a_page_that_names_no_year_is_dated_by_an_anniversary() -> None:
    [page] = parse("本报讯（记者沙一鸣）4月15日，临溪区\n举办庆祝建党100周年书画展。\n")
    assert page.facts.issue_date.value == "2021-04-16"
    assert "建党100周年" in page.facts.issue_date.because


def test_a_given_date_stays_though_the_text_contradicts_it() -> None:
    given = Dated("2021-05-01", Certainty.GIVEN)
    text = "本报讯（记者张三）2022年3月4日，示范区召开会议。\n\n会议要求，抓好落实。"
    [page] = parse(text, PageFacts(issue_date=given))
    assert page.facts.issue_date == given
    assert "date-contradiction" in {doubt.code for doubt in page.articles[0].doubts}


@pytest.mark.parametrize("year", ["0001", "1599", "2200", "9999"])
def test_a_misread_year_in_a_page_head_is_no_date(year: str) -> None:
    head = page_head(f"第02版：综合新闻\n云泽日报{year}年1月1日星期四")
    assert (head.date, head.text, head.number) == ("", "", 2)
    text = f"第02版 综合 {year}年1月1日 星期一\n吕沛接访\n　　本报讯（记者郭树勋）昨日，吕沛接待群众来访。上月来过。"
    assert parse(text)


def test_page_heads() -> None:
    head = page_head("第02版：综合新闻\n云泽日报2023年10月12日星期四")
    assert (head.date, head.number, head.name) == ("2023-10-12", 2, "综合新闻")


def test_sections_come_with_the_words_that_decided() -> None:
    words = vocabulary_of(
        {"law": ["信访", "接访"], "farm": ["农业"]}, {"law": "法治信访", "farm": "农业农村"}
    )
    found = assign("接待群众来访 化解信访问题", "接访期间，现场接待两批信访群众。", words)
    assert found.sections == ("law",)
    assert "信访" in found.evidence[0]
    assert assign("天气", "晴。", words).sections == ()
    assert genre_of("停水公告", "因施工", False, 1)[0] == "公告"
    assert genre_of("守桥人", "天刚蒙蒙亮", True, 5)[0] == "通讯"
    assert genre_of("会议召开", "本报讯（记者张三）", False, 3)[0] == "消息"


def test_the_sections_that_ship() -> None:
    vocabulary = load_vocabulary(ROOT / "fixtures" / "sections.json")
    assert len(vocabulary.sections) == 12
    assert all(section.words for section in vocabulary.sections)


def test_a_broken_vocabulary_is_named(tmp_path: Path) -> None:
    path = tmp_path / "sections.json"
    path.write_text('[{"model": "archive.section"}]')
    with pytest.raises(DumpError, match=r"sections\.json"):
        load_vocabulary(path)


def test_what_proves_that_two_fragments_are_one_sentence() -> None:
    def proven(head: str, tail: str) -> float:
        known = junctions_of(["全区上下要一鼓作气、再接再厉。"], frozenset([head[-3:]]))
        return proof(half_of(head), tail, known)

    assert proven("吕沛强调,化解信访问题,既", "要有态度、有温度,也要有立场、有底线。") >= 3
    assert proven("“整体开发,打造宜居、", "宜业、宜游城市核心区。”示范区") >= 3
    assert proven("面对这场大考，全区上下要一鼓", "作气、再接再厉，奋战到底。") >= 3
    assert proven("会议研究了其他事", "该局将继续完善流程。") < 3


def test_numbered_parts_are_gathered_in_their_order() -> None:
    text = (
        "示范区元素 闪亮市两会\n\n本报记者 郭树勋\n\n刚刚结束的市两会,隆重热烈。报告中“示范区元素”频频出现。\n\n"
        "元素三 产业园\n\n报告指出:“推进建设。”\n\n另一个会议召开\n\n本报讯(记者付凯明)日前,会议召开。\n\n"
        "元素一 高新区\n\n报告指出:“跻身全国100强。”\n\n元素二 创新\n\n报告指出:“发挥好作用。”\n"
    )
    [page] = parse(text)
    host = next(article for article in page.articles if "元素" in article.headline)
    parts = [paragraph[:3] for paragraph in host.paragraphs if paragraph.startswith("元素")]
    assert parts == ["元素一", "元素二", "元素三"]
    assert "order-guessed" in {doubt.code for doubt in host.doubts}


def test_two_pages_in_one_dump() -> None:
    text = (
        "第01版：要闻\n\n标题一\n\n本报讯（记者张三）正文一。\n"
        + "\n续。" * 8
        + "\n第02版：综合\n\n标题二\n\n本报讯（记者李四）正文二。\n"
    )
    first, second = parse(text)
    assert (first.facts.number, second.facts.number) == (1, 2)
    assert second.first_line == first.last_line + 1
    assert {piece.kind for piece in first.furniture} == {Kind.PAGE_HEAD}


def test_a_dump_too_long_for_a_page_is_cut() -> None:
    small = replace(DEFAULT, page_lines=10)
    cut = sheets(["会议召开。", ""] * 50, small)
    assert cut[0][0] == 1
    assert cut[-1][1] == 100
    assert len(cut) > 4


def test_knobs_are_validated() -> None:
    with pytest.raises(ValueError, match="negative"):
        Knobs(indent=-1)
    with pytest.raises(ValueError, match="contradict"):
        Knobs(heading_line_width=90)


def test_paragraphs_at_a_column_break_and_without_a_blank() -> None:
    text = (
        "本报讯（记者郭树勋）新发\n展阶段，如何再造发展优势？市\n第十二次党代会召开以来，示范\n区工信局从党代会精神中找思路\n\n"
        "、定目标、抓落实，助力示范区\n发展。\n坚持转型升级，企业发展质\n量持续提高。该局聚焦全市打造\n特色产业集群，实施培育工程。\n"
    )
    [page] = parse(text)
    assert [block.spans[0].line for block in page.articles[0].having(Role.BODY)] == [1, 8]
