"""Pages as papers set them: headings over a part of their columns, boxes, hanging marks, captions in small type."""

from __future__ import annotations

import pytest

from archive.structure import PageStructure, Role
from tests.archive.paper import Set, Sheet, alto, pdf
from tests.archive.test_layout import POINTS, SUMMER, _bare, read

EM = 9.0
EMS = 14
COLUMN = EM * (EMS + 1.5)


LONG = [each.split("）", 1)[-1] for each in (SUMMER[0], POINTS[1], POINTS[0])]


def rows_of(paragraphs: list[str]) -> list[tuple[str, bool]]:
    return Sheet().column(paragraphs, 0, 0, EMS, most=0)


def columns(sheet: Sheet, paragraphs: list[str], tops: list[float], bottom: float, left: float = 40) -> None:
    """Set paragraphs in columns from ``tops`` to ``bottom``, each as full as it goes."""
    rows = rows_of(paragraphs)
    for number, top in enumerate(tops):
        count = int((bottom - top) / (1.5 * EM) + 0.01)
        sheet.rows(rows[:count], left + number * COLUMN, top)
        rows = rows[count:]
    assert not rows


def height(paragraphs: list[str], columns: int, more: float = 0.0) -> float:
    """Of so many columns that hold the paragraphs, ``more`` of all columns' height being taken by something else."""
    lines = len(rows_of(paragraphs)) + more / (1.5 * EM)
    return (int(lines / columns) + 2) * 1.5 * EM


def said(structure: PageStructure) -> dict[str, list[str]]:
    return {article.headline: [_bare(each) for each in article.paragraphs] for article in structure.articles}


def bare(paragraphs: list[str]) -> list[str]:
    return [_bare(each) for each in paragraphs]


@pytest.mark.parametrize("form", [pdf, alto])
@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_byline_centred_over_the_columns_is_no_line_of_theirs(form, count):
    sheet = Sheet()
    middle = 40 + (count * COLUMN - 1.5 * EM) / 2
    top = sheet.heading("我县夏种基本结束", middle - 4 * 26, 60, 26)
    sheet.lines.append(Set("本报记者鹿鸣", middle - 3 * EM, top, EM))
    top += 2 * EM
    text = [SUMMER[0].removeprefix("本报讯（记者鹿鸣）"), SUMMER[1]]
    columns(sheet, text, [top] * count, top + height(text, count))
    [structure] = read(form([sheet])).structures
    assert said(structure) == {"我县夏种基本结束": bare(text)}
    assert structure.articles[0].reporters == ("鹿鸣",)


@pytest.mark.parametrize("form", [pdf, alto])
@pytest.mark.parametrize("under", [range(1, 2), range(1, 3), range(2, 3)])
def test_a_headline_inside_its_text_comes_before_all_of_it(form, under):
    sheet = Sheet()
    middle = 40 + (under[0] + under[-1] + 1) / 2 * COLUMN - 0.75 * EM
    end = sheet.heading("夏种结束", middle - 2 * 20, 60, 20)
    tops = [60.0, 60.0, 60.0, 60.0]
    for each in under:
        tops[each] = end
    columns(sheet, SUMMER, tops, 60 + height(SUMMER, 4, len(under) * (end - 60)))
    [structure] = read(form([sheet])).structures
    assert said(structure) == {"夏种结束": bare(SUMMER)}


@pytest.mark.parametrize("form", [pdf, alto])
def test_a_text_flows_round_a_box(form):
    sheet = Sheet()
    top = sheet.heading("我县夏种基本结束", 208, 60, 26)
    text = [*SUMMER, *LONG]
    rows = rows_of(text)
    box_top = top + 4 * 1.5 * EM
    bottom = top + -(-(len(rows) - 7) // 2) * 1.5 * EM
    for number, end in enumerate([bottom, bottom, box_top, box_top]):
        count = int((end - top) / (1.5 * EM) + 0.01)
        sheet.rows(rows[:count], 40 + number * COLUMN, top)
        rows = rows[count:]
    assert not rows
    left = 40 + 2 * COLUMN
    top = sheet.heading("公告", left + COLUMN - 25, box_top + 20, 18)
    columns(sheet, POINTS, [top] * 2, top + height(POINTS, 2), left)
    [structure] = read(form([sheet])).structures
    assert said(structure) == {"我县夏种基本结束": bare(text), "公告": bare(POINTS)}


def test_marks_that_hang_over_their_columns_edge_close_no_gutter():
    sheet = Sheet()
    top = sheet.heading("我县夏种基本结束", 100, 60, 26)
    columns(sheet, SUMMER, [top] * 3, top + height(SUMMER, 3))
    expected = "".join(bare(SUMMER))
    for place, line in enumerate(sheet.lines):
        if line.width == EMS * EM:
            sheet.lines[place] = Set(line.text + "，", line.left, line.top, line.size)
            expected = expected.replace(line.text, line.text + "，", 1)
    [structure] = read(pdf([sheet])).structures
    [paragraphs] = said(structure).values()
    assert "".join(paragraphs) == expected


@pytest.mark.parametrize("form", [pdf, alto])
def test_a_line_that_reaches_into_the_gutter_stays_in_its_column(form):
    """A number that could not be broken sticks out of its column."""
    sheet = Sheet()
    top = sheet.heading("我县夏种基本结束", 100, 60, 26)
    columns(sheet, SUMMER, [top] * 3, top + height(SUMMER, 3))
    full = next(place for place, line in enumerate(sheet.lines[1:], 1) if line.width == EMS * EM)
    line = sheet.lines[full]
    sheet.lines[full] = Set(line.text + "99", line.left, line.top, line.size)
    [structure] = read(form([sheet])).structures
    assert said(structure) == {
        "我县夏种基本结束": [each.replace(line.text, line.text + "99", 1) for each in bare(SUMMER)]
    }


def test_a_subheadline_above_one_column_stays_with_its_headline():
    sheet = Sheet()
    middle = 40 + 1.5 * COLUMN - 0.75 * EM
    top = sheet.heading("梨园乡“小积分”兑出文明新风", middle - 7 * 24, 60, 24)
    top = sheet.heading("——积分制侧记", middle - 3.5 * 12, top, 12)
    columns(sheet, POINTS, [top] * 3, top + height(POINTS, 3))
    [structure] = read(pdf([sheet])).structures
    [article] = structure.articles
    assert article.joined(Role.SUBHEADLINE) == "——积分制侧记"
    assert bare(list(article.paragraphs)) == bare(POINTS)


def test_a_caption_in_small_type_takes_no_line_of_the_text_before_it():
    """At the head of the second column a picture, with its caption and a credit in two parts."""
    sheet = Sheet()
    top = sheet.heading("我县夏种基本结束", 60, 60, 24)
    text = ["全县已完成夏种面积六十一万亩，占计划的九成以上，夏种工作基本结束，玉米已经出苗。", SUMMER[1]]
    rows = rows_of(text)
    full = rows.index(next(row for row in rows if row[0].endswith("。")))
    assert len(rows[full][0]) == EMS
    sheet.rows(rows[: full + 1], 40, top)
    sheet.lines.append(Set("农民在田间抢种玉米。 本报记者", 40 + COLUMN, top, 8.4))
    sheet.lines.append(Set("鹿 鸣 摄", 40 + COLUMN, top + 12.6, 8.4))
    sheet.rows(rows[full + 1 :], 40 + COLUMN, top + 27)
    [structure] = read(pdf([sheet])).structures
    assert said(structure) == {"我县夏种基本结束": bare(text)}
    [photo] = structure.photos
    assert (_bare(photo.caption), photo.photographers) == ("农民在田间抢种玉米。", ("鹿鸣",))


def test_where_indents_are_kept_a_sentence_that_ends_a_full_line_ends_no_paragraph():
    first = "甲" * 11 + "。"  # the first line to the column's end
    text = [first + "乙" * 13 + "。" + "丙" * 20 + "。", SUMMER[1], *LONG]
    sheet = Sheet()
    top = sheet.heading("我县夏种基本结束", 40, 60, 26)
    columns(sheet, text, [top] * 3, top + height(text, 3))
    [structure] = read(pdf([sheet])).structures
    assert bare(list(structure.articles[0].paragraphs)) == bare(text)


def test_a_hyphen_at_a_lines_end_is_kept():
    sheet = Sheet()
    top = sheet.heading("歼-20亮相", 40, 60, 26)
    sheet.rows([("　　航展上，我国研制的歼-", False), ("20战机首次亮相，引来观众。", False)], 40, top)
    text = read(pdf([sheet])).text
    assert "歼-\n20战机" in text
