"""Which names are found, cue by cue. The examples are of the kinds that newspapers print; none is a test page's."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.names import NOWHERE, ArticleText, TextPiece, recognise
from archive.names.boundaries import Candidate, Weights, best_apart
from archive.names.recogniser import cut_short
from archive.structure import Role
from tests.names.said import kind, mentions, names, office


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("区领导刘春明、冯利民、许海玲出席会议。", ["刘春明", "冯利民", "许海玲"]),
        ("该区金融局局长任随意说，今年贷款增长较快。", ["任随意"]),
        ("省长回良玉说，要立足省情。", ["回良玉"]),
        ("各界代表史大桢、高严、石秀诗、阳安江等参加活动。", ["史大桢", "高严", "石秀诗", "阳安江"]),
        (
            "选举彭禹贤、韩大建（女）、奇英成（蒙古族）为副主席。",
            ["彭禹贤", "韩大建", "奇英成"],
        ),
        ("副委员长铁木尔•达瓦买提、司马义‧艾买提出席。", ["铁木尔·达瓦买提", "司马义·艾买提"]),
        ("副书记欧阳明、副主任司徒建国参加座谈。", ["欧阳明", "司徒建国"]),
        ("新华社记者刘前刚摄", ["刘前刚"]),
        ("店主花满枝把二楼改成了民宿。", ["花满枝"]),
        # words that are names behind an office and before a mark or what the person does
        ("区应急管理局局长时钟通报了当前汛情。", ["时钟"]),
        ("该公司副经理黄河回复，将尽快修复。", ["黄河"]),
        ("此案由检察官路明、书记员闻静办理。", ["路明", "闻静"]),
        ("班长丁　一、队员高　原带队上山。", ["丁一", "高原"]),
        ("开幕仪式在广场举行。（党文民　成安林）", ["党文民", "成安林"]),
        ("图为夜景。（向明月摄）", ["向明月"]),
        ("捐款的企业家有邵国富、吉庆、冀东升共三人。", ["邵国富", "吉庆", "冀东升"]),
        ("四（2）班学生丁一问：“这犯法吗？”", ["丁一"]),
        ("翻译韩冰、项目经理参加会谈。", ["韩冰"]),
        ("店主阿布都热合曼·买买提笑着说。", ["阿布都热合曼·买买提"]),
        ("教师阿依古丽·买买提榜上有名。", ["阿依古丽·买买提"]),
        ("吕梁，男，汉族，1978年生，拟任局长。", ["吕梁"]),
        ("乌云其木格，女，蒙古族；司马南山，男，汉族。", ["乌云其木格", "司马南山"]),
        ("区文联主席薛 瑞、理事李 强参加活动。", ["薛瑞", "李强"]),
        ("韩 冰　靳 丽（女）　逯富红", ["韩冰", "靳丽", "逯富红"]),
        ("市人大常委会秘书长闵捷及委员共38人出席会议。", ["闵捷"]),
        ("选手苗苗以5米92的成绩夺冠。", ["苗苗"]),
        ("社区主任相里红为他办理了低保。", ["相里红"]),
        ("最后一分钟，尚可欣连续命中两记三分球。", ["尚可欣"]),
        ("环卫工于海波指着脚上的鞋说。", ["于海波"]),
        ("老人本名梅月英，1921年生。", ["梅月英"]),
    ],
)
def test_names_are_found_whole(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_a_name_that_comes_again_is_one_though_the_tagger_sees_none() -> None:
    again = ["“能打500亩。”毋有才对记者说。", "种粮大户毋有才操控着无人机喷药。"]
    assert set(names(*again)) == {"毋有才"}
    assert names(*again[1:]) == []


def test_what_comes_again_without_a_sign_of_a_person_is_no_name() -> None:
    assert names("开展“万人助万企”活动，万人助万企见成效。", "推进“万人助万企”。") == []


def test_made_up_names_are_left_out_wherever_they_stand() -> None:
    assert names("原告王小宇（化名）系某中学学生。", "被告打伤王小宇后道歉，校长李国强说。") == ["李国强"]


@pytest.mark.parametrize(
    "text",
    [
        "明仁药业、卓立公司和蒙牛乳业的负责人参加会议。",
        "李万街道组织各村开展排查。",
        "高举邓小平理论伟大旗帜，学习毛泽东思想。",
        "要发扬孺子牛、拓荒牛、老黄牛精神，从严管控。",
        "江主席、周总理和李大姐都来过这里。",
        "老马说，小李和李某都同意了。",
        "各级领导班子、领导干部要带头学习。",
        "红星美凯龙“梦·焦作”项目开工。",
        "村民在郭家和闫家的院子里跳舞。",
        "市委书记应邀出席，区领导全程参加。",
        "企业家沙龙收集问题31个，书记项目推进有力。",
        "公司领导班子、教练席上和硕士文凭都是老话题。",
        "像张老这样的老战士，全区还有11位。",
        "图为施工现场。（资料　图片）",
        "郜姐就是我们的亲人，李婶和小慕容也这样说。",
        "邻居慕容大姐家的水管又漏了。",
        "辖区的百岁老人梅婆婆笑了。",
        "申请人，女，汉族；被告人，男，汉族；张某，男。",
    ],
)
def test_what_is_no_full_name_is_left_out(text: str) -> None:
    assert names(text) == []


def test_a_name_seen_in_full_settles_the_places_where_it_is_cut() -> None:
    headline = "江泽民李鹏乔石朱镕基李瑞环出席"
    body = "党和国家领导人江泽民、李鹏、乔石、朱镕基、李瑞环等出席了音乐会。"
    assert names(headline, body) == ["江泽民", "李鹏", "乔石", "朱镕基", "李瑞环"] * 2


def test_a_part_of_a_dotted_name_stands_for_its_bearer() -> None:
    assert names("市长会见了汉斯·穆勒里希一行。", "穆勒里希一早便到了。")[-1] == "穆勒里希"


def test_one_article_of_a_page_helps_another() -> None:
    vague = ArticleText((TextPiece(Role.BODY, "时运来到北岗区接访下访。"),))
    clear = ArticleText((TextPiece(Role.BODY, "市委书记时运来宣布开工，并向时运来致谢。"),))
    assert "时运来" in {mention.name for mention in recognise([clear, vague])[0]}


def test_names_without_a_mark_between_are_taken_apart() -> None:
    assert names("记者李锦赵承摄") == ["李锦", "赵承"]
    assert names("生产秩序井然。（杨洪柯张起河）") == ["杨洪柯", "张起河"]


def test_a_headline_is_not_taken_apart_into_names() -> None:
    assert names("习近平会见沙特国王", role=Role.HEADLINE) == ["习近平"]


def test_a_spread_name_is_one_and_its_place_is_where_it_is_printed() -> None:
    text = "图为抢险现场。本报见习记者 万 千 摄"
    (mention,) = mentions(text)
    assert mention.name == "万千"
    assert text[mention.start : mention.end] == "万 千"


def test_a_traditional_name_stays_as_printed() -> None:
    assert names("本報記者陳水生報導，縣長林金水出席會議。") == ["陳水生", "林金水"]


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("付凯明", "本报讯（记者付凯明通讯员娄琦）10月20日下午，示范区召开会议。", "reporter"),
        ("娄琦", "本报讯（记者付凯明通讯员娄琦）10月20日下午，示范区召开会议。", "correspondent"),
        ("王建新", "区领导王建新参加座谈。", "subject"),
        ("赵耀东", "工人在观察设备运行情况。本报记者 赵耀东 摄", "photographer"),
        ("李志敏", "（记者李志敏、张悦摄）", "photographer"),
        ("杨洪柯", "生产秩序井然。（杨洪柯）", "reporter"),
        ("王龙卿", "图／王龙卿", "photographer"),
    ],
)
def test_kinds(name: str, text: str, what: str) -> None:
    assert kind(name, text) == what


@pytest.mark.parametrize(
    ("name", "text", "printed"),
    [
        (
            "吕沛",
            "示范区（高新区）党工委书记、管委会主任吕沛主持会议。",
            "示范区（高新区）党工委书记、管委会主任",
        ),
        ("许海玲", "区领导刘春明、冯利民、许海玲出席会议。", "区领导"),
        ("周艳琪", "红星美凯龙集团副总裁高帅、河南省区域总裁周艳琪参加座谈。", "河南省区域总裁"),
        ("葛巧红", "认真贯彻落实市委书记葛巧红的讲话精神。", "市委书记"),
        ("习近平", "学习贯彻习近平总书记重要讲话精神。", "总书记"),
        ("蒋小忠", "吕沛与蒋小忠座谈。", ""),
        ("赵志山", "村民赵志山家里正在修房。", ""),
    ],
)
def test_offices_as_printed(name: str, text: str, printed: str) -> None:
    assert office(name, text) == printed


def test_a_writer_who_is_credited_elsewhere_on_the_page_stands_nowhere() -> None:
    found = mentions("今年，园区要围绕主导产业大力招商。", reporters=("郭树勋",))
    assert [(one.name, one.kind.value, one.piece) for one in found] == [("郭树勋", "reporter", NOWHERE)]


def test_an_official_of_a_reporter_s_name_stays_a_subject() -> None:
    found = mentions("本报讯（记者王建新）近日，区长王建新到阳庙镇调研。", reporters=("王建新",))
    assert [one.kind.value for one in found] == ["reporter", "subject"]


def test_what_a_byline_names_wrote_it() -> None:
    assert kind("郭树勋", "本报记者 郭树勋", role=Role.BYLINE) == "reporter"


def test_a_known_name_of_the_archive_helps_where_the_tagger_doubts() -> None:
    text = "昨日下午，方向走进大棚查看苗情。"
    assert "方向" not in names(text)
    assert set(names(text)) <= set(names(text, known=("方向",)))


@given(
    st.lists(
        st.sampled_from(
            [
                "区领导侯建华",
                "吕沛",
                "指出，",
                "（女）",
                "万 千",
                "、",
                "记者",
                "摄",
                "铁木尔·达瓦",
                "。",
                " ",
            ]
        ),
        max_size=12,
    )
)
def test_mentions_are_ordered_apart_and_in_their_text(parts: list[str]) -> None:
    text = "".join(parts)
    last = 0
    for order, mention in enumerate(mentions(text)):
        assert mention.order == order
        assert last <= mention.start < mention.end <= len(text)
        assert "".join(text[mention.start : mention.end].split()) == mention.name
        last = mention.end


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6), st.floats(-3, 20)), max_size=12))
def test_the_chosen_don_t_overlap_and_no_single_candidate_beats_them(triples) -> None:
    found = [Candidate(start, start + length, evidence) for start, length, evidence in triples]
    chosen = best_apart(found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(chosen))
    acceptable = [one.evidence for one in found if one.evidence >= Weights().accept]
    assert sum(one.evidence for one in chosen) >= max(acceptable, default=0) - 1e-6


def test_weights_are_checked() -> None:
    with pytest.raises(ValueError, match="probabilities"):
        Weights(floor=0.7)


@pytest.mark.parametrize(
    ("followers", "cut"),
    [
        ({"卓阿": {"好": 2}}, {"卓阿": "好"}),
        ({"卓阿": {"好": 1}}, {}),
        ({"吕沛": {"指": 1, "要": 1}}, {}),
        ({"吕沛": {"": 3}}, {}),
        ({"侯建华": {"，": 3}}, {}),
    ],
)
def test_a_name_always_followed_by_one_character_was_cut_short(followers, cut) -> None:
    assert cut_short(followers) == cut
