"""Pages with positions: PDF with a text layer and ALTO, to the same structures."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from archive.dumps import ALTO, PDF, read_dump
from archive.errors import DumpError, FactsError
from archive.facts import facts_beside
from archive.finding import find
from archive.layout import dump_lines
from archive.parsing import load_vocabulary
from archive.structure import Certainty, Role, check, lines_of
from archive.textlines import LayoutKnobs, TextLine, plain, upright
from archive.xml_root import root_name
from tests.archive.paper import Set, Sheet, alto, pdf
from tests.conftest import ROOT

VOCABULARY = load_vocabulary(ROOT / "fixtures" / "sections.json")
SUMMER = [
    "本报讯（记者鹿鸣）记者从县农业农村局获悉，截至6月26日，全县已完成夏种面积61万亩，占计划的九成以上，夏种工作基本结束。"
    "今年，我县推广玉米大豆带状复合种植2万亩，落实补贴资金480万元。",
    "县农业农村局组织8个技术指导组，分包到乡、指导到田，确保种足种好。下一步，该局将继续抓好田间管理，为秋粮丰收打下坚实基础。",
]
POINTS = [
    "本报讯（记者竺青 通讯员白云飞）6月25日一大早，梨园乡古井村的积分超市里就热闹起来，村民们拿着积分卡，兑换洗衣粉、食用油等生活用品。",
    "打扫门前卫生积2分，参加志愿服务积5分，评上好婆婆积20分。村党支部书记单福来指着墙上的细则说，该乡在17个行政村推行积分制，"
    "有4100余户群众参与，矛盾纠纷同比下降三成。",
]
NOTICE = [
    "因供水管网改造施工，定于6月30日8时至20时，对城关镇东大街、文昌路沿线停水，请广大用户提前做好储水准备。",
    "特此公告。",
]


def page(ems: int = 14) -> Sheet:
    """A page head; two articles of three columns each under headings that span them; beside them a notice."""
    sheet = Sheet(width=1200)
    sheet.lines += [Set("第02版：综合", 40, 20, 10), Set("2023年6月28日 星期三", 400, 20, 10)]
    column = 9 * ems + 14
    top = sheet.heading("县农业农村局抓实“三夏”工作", 40, 60, 13)
    top = sheet.heading("我县夏种基本结束", 40, top, 26) + 10
    end = three_columns(sheet, SUMMER, ems, column, top)
    top = sheet.heading("梨园乡“小积分”兑出文明新风", 40, end + 20, 20) + 8
    three_columns(sheet, POINTS, ems, column, top)
    left = 40 + 3 * column + 20
    sheet.column(NOTICE, left, sheet.heading("公告", left, 60, 18) + 8, 18)
    return sheet


def three_columns(sheet: Sheet, paragraphs: list[str], ems: int, column: int, top: float) -> float:
    rows = Sheet().column(paragraphs, 0, 0, ems, most=0)
    each = -(-len(rows) // 3)
    for number, part in enumerate(
        itertools.batched(rows, each) if hasattr(itertools, "batched") else _parts(rows, each)
    ):
        sheet.rows(list(part), 40 + number * column, top)
    return top + each * 13.5


def _parts(rows, each):
    return [rows[start : start + each] for start in range(0, len(rows), each)]


def read(data: bytes, name: str = "page", facts: dict | None = None):
    dump = read_dump(data, name, facts or {}, VOCABULARY)
    for structure in dump.structures:
        check(structure, lines_of(dump.text))
    return dump


@pytest.mark.parametrize("ems", [9, 14, 22])
@pytest.mark.parametrize("form", [pdf, alto])
def test_columns_headings_and_paragraphs_come_from_their_places(form, ems):
    [structure] = read(form([page(ems)])).structures
    # Beside one another, the notice may be read before or after the second article.
    notice, points, summer = sorted(
        structure.articles, key=lambda article: "公梨我".index(article.headline[0])
    )
    assert summer.joined(Role.KICKER) == "县农业农村局抓实“三夏”工作"
    assert summer.headline == "我县夏种基本结束"
    assert [_bare(each) for each in summer.paragraphs] == [_bare(each) for each in SUMMER]
    assert summer.reporters == ("鹿鸣",)
    assert points.headline == "梨园乡“小积分”兑出文明新风"
    assert [_bare(each) for each in points.paragraphs] == [_bare(each) for each in POINTS]
    assert (points.reporters, points.correspondents) == (("竺青",), ("白云飞",))
    assert notice.headline == "公告"
    assert [_bare(each) for each in notice.paragraphs] == [_bare(each) for each in NOTICE]
    assert (structure.facts.number, structure.facts.name) == (2, "综合")
    assert structure.facts.issue_date.value == "2023-06-28"


def _bare(text: str) -> str:
    return "".join(text.split())


def test_pdf_and_alto_say_the_same_dump():
    assert read(pdf([page()])).text == read(alto([page()])).text


@pytest.mark.parametrize("form", [pdf, alto])
def test_each_page_is_a_structure_of_its_own_lines(form):
    dump = read(form([page(), Sheet(), page(9)]))
    first, second = dump.structures
    assert first.first_line == 1
    assert second.first_line == first.last_line + 1
    assert second.last_line == len(lines_of(dump.text))
    assert dump.media_type == {pdf: PDF, alto: ALTO}[form]


def test_given_facts_win():
    [structure] = read(pdf([page()]), facts={"date": "2023-07-01", "page_number": 7}).structures
    assert structure.facts.number == 7
    assert structure.facts.issue_date.value == "2023-07-01"
    assert structure.facts.issue_date.certainty is Certainty.GIVEN


def test_a_headline_set_from_top_to_bottom_is_one_line():
    stacked = [Set(each, 40, 60 + 26 * number, 24) for number, each in enumerate("夏种基本结束")]
    sheet = Sheet(lines=stacked)
    sheet.column(SUMMER, 90, 60, 20)
    [structure] = read(alto([sheet])).structures
    assert structure.articles[0].headline == "夏种基本结束"


def test_single_characters_side_by_side_are_not_stacked():
    lines = [
        TextLine(each, 30.0 * number, 0, 30.0 * number + 9, 9, 9) for number, each in enumerate("甲乙丙丁")
    ]
    assert upright(lines) == lines


def test_radicals_are_read_as_characters_and_private_ones_doubted():
    assert plain("⼀⻅⻓豈") == "一见长豈"
    sheet = Sheet()
    top = sheet.heading("我县夏种基本结束", 40, 60, 26)
    sheet.column([SUMMER[0].replace("县农业", "⻓农\ue123"), SUMMER[1]], 40, top, 20)
    [structure] = read(pdf([sheet])).structures
    [article] = structure.articles
    assert "长农" in article.paragraphs[0]
    assert "odd-characters" in [doubt.code for doubt in article.doubts]


@given(
    st.lists(
        st.builds(
            Set,
            st.text("甲乙丙丁，。12 A", min_size=1, max_size=20),
            st.floats(0, 700),
            st.floats(0, 1000),
            st.sampled_from([6.0, 9.0, 9.2, 13.0, 30.0]),
        ),
        max_size=30,
    )
)
@examples(max_examples=40)
def test_no_character_is_lost_wherever_it_stands(placed):
    lines = [
        TextLine(each.text, each.left, each.top, each.left + each.width, each.top + each.size, each.size)
        for each in placed
    ]
    said = "".join(line.text for line in dump_lines(lines))
    assert sorted(_bare(said)) == sorted(_bare("".join(each.text for each in placed)))
    if _bare(said):
        read(alto([Sheet(lines=placed)]))


# --- what is refused ---------------------------------------------------------------------------------------------------


BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
<alto><Layout>&b;</Layout></alto>"""
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><alto>&a;</alto>'
LOCKED = pdf([page()]).replace(
    b"/Root 1 0 R",
    b"/Root 1 0 R /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
    b"/O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>",
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (LOCKED, "encrypted"),
        (b"%PDF-1.7\n", "damaged"),
        (pdf([page()])[:600], "damaged"),
        (pdf([Sheet(), Sheet()]), "no text layer"),
        (BOMB, "entities"),
        (OUTSIDE, "entities"),
        (alto([page()])[:-40], "damaged XML"),
        (alto([Sheet()]), "no text"),
        (b"<?xml version='1.0'?><html><p>x</p></html>", "another kind"),
        (b"<mets xmlns='http://www.loc.gov/METS/'/>", "METS"),
        (b"<!-- a licence --> <m:mets xmlns:m='http://www.loc.gov/METS/'/>", "METS"),
        (b"<!DOCTYPE html><p>x", "web page"),
        (b"\n<HTML lang=zh><p>x", "web page"),
        (alto([page()]).replace(b'HPOS="40"', b'HPOS="wide"'), "no length"),
    ],
)
def test_bad_files_are_told_in_one_clear_line(data, reason):
    with pytest.raises(DumpError, match=reason) as caught:
        read(data, "page.pdf")
    assert caught.value.thing == "page.pdf"
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_alto_is_known_by_its_root_element(encoding):
    whole = alto([page()]).decode()
    bare = whole.split("?>", 1)[1]
    expected = read(whole.encode()).text
    prefixed = (
        bare.replace("</", "</a:").replace("<", "<a:").replace("<a:/a:", "</a:").replace("xmlns", "xmlns:a")
    )
    for text in (bare, f"<!-- {'made elsewhere ' * 99}-->\n{prefixed}"):
        if encoding.startswith("utf-8"):  # XML without a declaration is UTF-8, or UTF-16 with a mark
            assert read(text.encode(encoding)).text == expected
        assert root_name(text.encode(encoding)) == "alto"


@pytest.mark.parametrize(
    "text", ["<本报讯>甲乙丙丁。", "<b 加粗", "<altogether> 甲", "甲 <alto>", "<" * 9, " " * 90_000]
)
def test_text_with_angle_brackets_stays_text(text):
    assert root_name(text.encode()) not in ("alto", "mets", "html")
    if text.strip():
        assert read(text.encode()).media_type == "text/plain"


def test_a_file_named_xml_is_never_taken_for_text():
    with pytest.raises(DumpError, match="damaged XML"):
        read("字典）<String CONTENT='甲'/>".encode(), "page.XML")
    with pytest.raises(DumpError, match="another kind"):
        read(b"<TEI/>", "page.xml")


@given(st.integers(10, 5000), st.integers(0, 255))
@examples(max_examples=60)
def test_damage_anywhere_in_a_pdf_raises_nothing_else(place, byte):
    data = bytearray(pdf([page()]))
    data[place % len(data)] = byte
    try:
        read(bytes(data))
    except DumpError as error:
        refusal = error
    else:
        return
    assert refusal.remedy


@pytest.mark.parametrize("values", [{"gutter": 0}, {"indent_least": 4}, {"heading": 1.0}])
def test_knobs_are_checked(values):
    with pytest.raises(ValueError, match=r"layout knobs|indent_least"):
        LayoutKnobs(**values)


# --- METS beside ALTO --------------------------------------------------------------------------------------------------

METS = """<?xml version="1.0" encoding="UTF-8"?>
<mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns:mods="http://www.loc.gov/mods/v3" xmlns:xlink="http://www.w3.org/1999/xlink">
<mets:dmdSec ID="ISSUE"><mets:mdWrap MDTYPE="MODS"><mets:xmlData><mods:mods>
<mods:titleInfo><mods:title>县报</mods:title></mods:titleInfo>
<mods:originInfo><mods:dateIssued encoding="iso8601">2023-06-28</mods:dateIssued></mods:originInfo>
</mods:mods></mets:xmlData></mets:mdWrap></mets:dmdSec>
<mets:dmdSec ID="ARTICLE"><mets:mdWrap MDTYPE="MODS"><mets:xmlData><mods:mods>
<mods:titleInfo><mods:title>我县夏种基本结束</mods:title></mods:titleInfo>
</mods:mods></mets:xmlData></mets:mdWrap></mets:dmdSec>
<mets:fileSec><mets:fileGrp>
<mets:file ID="A1"><mets:FLocat LOCTYPE="URL" xlink:href="file://./alto/0001.xml"/></mets:file>
<mets:file ID="A2"><mets:FLocat LOCTYPE="URL" xlink:href="file://./alto/0002.xml"/></mets:file>
</mets:fileGrp></mets:fileSec>
<mets:structMap TYPE="PHYSICAL"><mets:div TYPE="Newspaper">
<mets:div TYPE="Page" ORDER="1"><mets:fptr FILEID="A1"/></mets:div>
<mets:div TYPE="Page" ORDER="2"><mets:fptr><mets:area FILEID="A2"/></mets:fptr></mets:div>
</mets:div></mets:structMap></mets:mets>"""


@pytest.fixture
def delivery(tmp_path):
    """An issue as archives deliver it: METS above a folder of ALTO files."""
    (tmp_path / "alto").mkdir()
    (tmp_path / "issue_mets.xml").write_text(METS)
    for name in ("0001.xml", "0002.xml"):
        (tmp_path / "alto" / name).write_bytes(alto([page()]))
    return tmp_path


def test_mets_tells_newspaper_date_and_page(delivery):
    assert facts_beside(delivery / "alto" / "0002.xml") == {
        "newspaper": "县报",
        "date": "2023-06-28",
        "page_number": 2,
    }
    (delivery / "alto" / "0002.toml").write_text("page_number = 12")
    assert facts_beside(delivery / "alto" / "0002.xml")["page_number"] == 12
    assert facts_beside(delivery / "alto" / "0003.xml") == {}
    assert find([delivery]) == [delivery / "alto" / "0001.xml", delivery / "alto" / "0002.xml"]


def test_alto_is_not_passed_over_because_of_its_name(delivery):
    (delivery / "alto" / "0002.xml").rename(delivery / "alto" / "comets.xml")
    assert find([delivery]) == [delivery / "alto" / "0001.xml", delivery / "alto" / "comets.xml"]


@pytest.mark.parametrize("data", [BOMB, METS[:-20].encode(), b""])
def test_damaged_mets_is_named(delivery, data):
    (delivery / "issue_mets.xml").write_bytes(data)
    with pytest.raises(FactsError, match=r"issue_mets\.xml: is damaged or unsafe"):
        facts_beside(delivery / "alto" / "0001.xml")
