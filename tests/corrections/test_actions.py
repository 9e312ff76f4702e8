"""The actions of the desk on the seeds' pages, one by one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.corrections import (
    Cut,
    Describe,
    Fact,
    Field,
    Illustrate,
    Join,
    Mark,
    Merge,
    MoveToArticle,
    MoveToFurniture,
    MoveToNewArticle,
    MoveToNewPhoto,
    MoveToPhoto,
    Place,
    Reorder,
    ReorderArticle,
    Retext,
    SetFact,
    Settle,
    Side,
    Split,
    SupplyHeadline,
    apply,
)
from archive.corrections.facts import GENRES
from archive.errors import CorrectionError
from archive.models import Genre
from archive.structure import Article, Certainty, Doubt, Kind, PageStructure, Role, Span, lines_of
from tests.corrections.gold import seed


@pytest.fixture(scope="module")
def first() -> tuple[PageStructure, list[str]]:
    return seed("000")


@pytest.fixture(scope="module")
def ocr() -> tuple[PageStructure, list[str]]:
    return seed("004")


def whole(lines: list[str], *numbers: int) -> tuple[Span, ...]:
    return tuple(Span(number, 0, len(lines[number - 1])) for number in numbers)


def at(lines: list[str], text: str) -> Place:
    ((number, place),) = [(n, line.index(text)) for n, line in enumerate(lines, 1) if text in line]
    return Place(number, place)


def body_lines(article: Article) -> list[list[int]]:
    return [[span.line for span in block.spans] for block in article.having(Role.BODY)]


def test_two_articles_run_together_are_cut_apart_in_the_middle_of_a_line() -> None:
    text = "标题甲\n（记者张三）甲的正文。本报讯（记者李四）乙的正文。\n标题乙"
    lines = lines_of(text)
    structure, _ = page_of(lines, ["标题甲", "标题乙"], [2])
    corrected = apply(structure, lines, [Split(at(lines, "本报讯"))])
    one, two = corrected.structure.articles
    assert (one.headline, one.paragraphs) == ("标题甲", ("（记者张三）甲的正文。",))
    assert (two.headline, two.paragraphs) == ("标题乙", ("本报讯（记者李四）乙的正文。",))
    assert (one.key, two.key) == ("a", "")
    assert (one.reporters, two.reporters) == (("张三",), ("李四",))
    assert one.doubts == two.doubts == ()
    assert corrected.redirects == ()


def page_of(lines: list[str], headlines: list[str], body: list[int]) -> tuple[PageStructure, list[str]]:
    from archive.corrections.cutting import made, places_of
    from archive.structure import PageFacts

    def block(role: Role, number: int):
        return made(lines, role, places_of(lines, whole(lines, number)))

    heads = tuple(block(Role.HEADLINE, lines.index(headline) + 1) for headline in headlines)
    article = Article(
        (*heads, *(block(Role.BODY, number) for number in body)),
        key="a",
        reporters=("张三", "李四"),
        doubts=(Doubt("two-articles"),),
        confidence=0.4,
    )
    return PageStructure(PageFacts(), (article,), (), (), 1, len(lines)), lines


def test_the_ocr_page_with_its_two_articles_mixed_is_put_right(
    ocr: tuple[PageStructure, list[str]],
) -> None:
    right, lines = ocr
    visit, tour = right.articles[1], right.articles[2]
    mixed = replace(
        right,
        articles=(
            right.articles[0],
            replace(visit, blocks=(*visit.blocks[:2], visit.blocks[3])),
            replace(tour, blocks=(*tour.blocks, visit.blocks[2], visit.blocks[5], visit.blocks[4])),
            *right.articles[3:],
        ),
    )
    actions = [
        MoveToArticle(whole(lines, 19, 21), Place(15, 0)),
        Join(Place(39, 0), Place(19, 0), stays=Place(19, 0)),
        Reorder(Place(19, 0), Side.AFTER, Place(23, 0)),
    ]
    corrected = apply(mixed, lines, actions).structure
    assert body_lines(corrected.articles[1]) == [[17], [21], [23], [39, 19]]
    assert "化解信访问题,既要有态度、有温度" in corrected.articles[1].paragraphs[3]
    assert corrected.articles[2] == tour


def test_the_key_stays_with_the_headline(first: tuple[PageStructure, list[str]]) -> None:
    structure, lines = first
    joined = apply(structure, lines, [Merge(Place(48, 0), Place(49, 0))])
    assert joined.structure.articles[0].key == "article1"
    assert joined.redirects == (("article2", "article1"),)
    assert joined.structure.articles[0].reporters == ("郭树勋", "付凯明")
    upper_has_none = apply(structure, lines, [Merge(Place(49, 0), Place(145, 0))])
    assert upper_has_none.structure.articles[1].key == "article3"
    assert upper_has_none.redirects == (("article2", "article3"),)
    again = apply(joined.structure, lines, [Split(Place(49, 0))]).structure.articles
    assert [article.headline for article in again[:2]] == [structure.articles[0].headline, ""]
    assert [article.key for article in again[:2]] == ["article1", ""]


def test_a_headline_printed_above_its_text_goes_with_it_when_both_would_stay_with_the_first(
    ocr: tuple[PageStructure, list[str]],
) -> None:
    structure, lines = ocr
    run_together = apply(structure, lines, [Merge(Place(3, 0), Place(15, 0))]).structure
    one, two = apply(run_together, lines, [Split(Place(17, 0))]).structure.articles[:2]
    assert (one.headline, two.headline) == (structure.articles[0].headline, structure.articles[1].headline)
    assert (one.key, two.key) == ("article1", "")
    assert two.reporters == ("付凯明",)


def test_an_article_all_of_whose_text_moved_leads_on(ocr: tuple[PageStructure, list[str]]) -> None:
    structure, lines = ocr
    corrected = apply(structure, lines, [MoveToArticle(whole(lines, 135, 137, 139, 141), Place(95, 0))])
    assert [article.key for article in corrected.structure.articles] == [f"article{n}" for n in range(1, 8)]
    assert corrected.redirects == (("article8", "article7"),)
    assert (
        corrected.structure.articles[6].headline == "示范区2021年度道德模范评选开始 示范区审计局喜获省级表彰"
    )


def test_a_new_article_that_takes_all_text_takes_the_key(ocr: tuple[PageStructure, list[str]]) -> None:
    structure, lines = ocr
    actions = [MoveToNewArticle(whole(lines, 135, 137)), MoveToArticle(whole(lines, 139, 141), Place(135, 0))]
    corrected = apply(structure, lines, actions)
    assert corrected.structure.articles[7].key == "article8"
    assert corrected.redirects == ()


def test_the_key_goes_with_a_headline_that_begins_a_new_article(
    ocr: tuple[PageStructure, list[str]],
) -> None:
    structure, lines = ocr
    after = apply(structure, lines, [MoveToNewArticle(whole(lines, 135, 137))]).structure
    assert [(a.headline, a.key) for a in after.articles[7:]] == [
        ("", ""),
        ("示范区审计局喜获省级表彰", "article8"),
    ]


def test_caption_and_credit_share_a_line(ocr: tuple[PageStructure, list[str]]) -> None:
    structure, lines = ocr
    credit = at(lines, "本报记者 赵耀东")
    spans = (Span(credit.line, credit.character, len(lines[credit.line - 1])),)
    (photo,) = apply(structure, lines, [Mark(spans, Role.CREDIT)]).structure.photos
    assert photo.credit == "本报记者 赵耀东摄"
    assert photo.caption.endswith("创下新纪录。")
    assert photo.key == "photo1"


def test_lines_go_to_a_photo_and_come_back_as_text(ocr: tuple[PageStructure, list[str]]) -> None:
    structure, lines = ocr
    given = apply(structure, lines, [MoveToPhoto(whole(lines, 75, 73), Place(77, 0))]).structure
    assert [block.role for block in given.photos[0].blocks] == [Role.CAPTION, Role.CAPTION]
    new = apply(structure, lines, [MoveToNewPhoto(whole(lines, 73))]).structure
    assert [photo.key for photo in new.photos] == ["", "photo1"]
    back = apply(new, lines, [MoveToArticle(whole(lines, 73), Place(63, 0))]).structure
    assert back.photos == structure.photos
    assert [73] in body_lines(back.articles[5])
    with pytest.raises(CorrectionError, match="移到图片"):
        apply(structure, lines, [Mark(whole(lines, 73), Role.CAPTION)])


def test_a_repeat_is_furniture(ocr: tuple[PageStructure, list[str]]) -> None:
    structure, lines = ocr
    after = apply(structure, lines, [MoveToFurniture(whole(lines, 169, 171), Kind.REPEAT)]).structure
    assert [(piece.kind, piece.spans[0].line) for piece in after.furniture] == [
        (Kind.REPEAT, 169),
        (Kind.REPEAT, 171),
        (Kind.PROMOTION, 173),
    ]
    assert not {169, 171} & {line for lines in body_lines(after.articles[5]) for line in lines}


def test_an_intruder_taken_from_a_paragraph_leaves_one_paragraph() -> None:
    lines = ["前半句，", "闯入的一行", "后半句。"]
    structure, _ = page_of(lines, [], [1])
    from archive.corrections.cutting import made, places_of

    block = made(lines, Role.BODY, places_of(lines, whole(lines, 1, 2, 3)))
    structure = replace(structure, articles=(replace(structure.articles[0], blocks=(block,)),))
    after = apply(structure, lines, [MoveToNewArticle(whole(lines, 2))]).structure
    assert [article.paragraphs for article in after.articles] == [("前半句，后半句。",), ("闯入的一行",)]
    marked = apply(structure, lines, [Mark(whole(lines, 2), Role.HEADLINE)]).structure
    assert marked.articles[0].headline == "闯入的一行"
    assert marked.articles[0].paragraphs == ("前半句，", "后半句。")


def test_marking_moves_headings_up_and_text_to_its_place(first: tuple[PageStructure, list[str]]) -> None:
    structure, lines = first
    after = apply(structure, lines, [Mark(whole(lines, 413), Role.KICKER)]).structure
    article = next(article for article in after.articles if article.headline.startswith("示范区工信局"))
    roles = [block.role for block in article.blocks[:2]]
    assert roles == [Role.KICKER, Role.HEADLINE]
    back = apply(after, lines, [Mark(whole(lines, 413), Role.BODY)]).structure
    article = next(article for article in back.articles if article.headline.startswith("示范区工信局"))
    assert article.blocks[-1].spans[0].line == 413


def test_paragraphs_are_cut_and_joined_anywhere(first: tuple[PageStructure, list[str]]) -> None:
    structure, lines = first
    place = at(lines, "他说，示")
    parts = apply(structure, lines, [Cut(place)]).structure.articles[1].paragraphs
    assert parts[1].endswith("土地利用规划等情况。")
    assert parts[2].startswith("他说，示范区正围绕“25311”远景目标")
    assert (
        apply(structure, lines, [Cut(place), Join(Place(58, 0), place, Place(58, 0))]).structure == structure
    )
    with pytest.raises(CorrectionError, match="段首"):
        apply(structure, lines, [Cut(Place(58, 0))])


def test_retyped_text_stays_beside_the_print_and_is_cut_with_it(
    first: tuple[PageStructure, list[str]],
) -> None:
    structure, lines = first
    place = Place(44, 0)
    print_ = structure.articles[0].blocks[4].text
    typed = print_.replace("侯建华", "侯健华")
    after = apply(structure, lines, [Retext(place, typed)]).structure
    block = after.articles[0].blocks[4]
    assert (block.text, block.edited, block.current) == (print_, typed, typed)
    assert apply(after, lines, [Retext(place, print_)]).structure == structure
    assert apply(after, lines, [Retext(place, "")]).structure == structure
    cut = apply(after, lines, [Cut(Place(45, 0))]).structure.articles[0].blocks[4:6]
    assert [part.current for part in cut] == [typed[: len(cut[0].text)], typed[len(cut[0].text) :]]
    assert cut[1].edited is None, "the part that reads as printed is no edit"
    gone = apply(structure, lines, [Retext(place, print_[: len(cut[0].text)])]).structure
    with pytest.raises(CorrectionError, match="恢复原印文字"):
        apply(gone, lines, [Cut(Place(45, 0))])


def test_a_missing_headline_is_supplied_apart_from_the_print(first: tuple[PageStructure, list[str]]) -> None:
    structure, lines = first
    doubtful = replace(
        structure,
        articles=(
            structure.articles[0],
            replace(structure.articles[1], doubts=(Doubt("no-headline"),), confidence=0.6),
            *structure.articles[2:],
        ),
    )
    article = apply(doubtful, lines, [SupplyHeadline(Place(49, 0), "吕沛会见客商")]).structure.articles[1]
    assert (article.headline, article.supplied_headline) == ("", "吕沛会见客商")
    assert (article.doubts, article.confidence) == ((), 1.0)
    with pytest.raises(CorrectionError, match="已经印有标题"):
        apply(structure, lines, [SupplyHeadline(Place(48, 0), "另一个")])


def test_facts_are_set_and_wrong_ones_refused(first: tuple[PageStructure, list[str]]) -> None:
    structure, lines = first
    facts = apply(
        structure, lines, [SetFact(Fact.ISSUE_DATE, "2021-10-25"), SetFact(Fact.NUMBER, "3")]
    ).structure.facts
    assert (facts.issue_date.value, facts.issue_date.certainty, facts.number) == (
        "2021-10-25",
        Certainty.GIVEN,
        3,
    )
    for fact, value in [
        (Fact.ISSUE_DATE, "2021-13-01"),
        (Fact.ISSUE_DATE, "1021-10-01"),
        (Fact.NUMBER, "0"),
        (Fact.NUMBER, "二"),
        (Fact.NAME, "长" * 61),
    ]:
        with pytest.raises(CorrectionError):
            apply(structure, lines, [SetFact(fact, value)])


def test_articles_are_described(first: tuple[PageStructure, list[str]]) -> None:
    structure, lines = first
    article = apply(
        structure,
        lines,
        [
            Describe(Place(48, 0), Field.SECTIONS, ("law", "party")),
            Describe(Place(48, 0), Field.GENRE, ("通讯",)),
            Describe(Place(48, 0), Field.REPORTERS, ("郭树勋", "付凯明", "郭树勋")),
        ],
    ).structure.articles[0]
    assert (article.sections, article.genre) == (("law", "party"), "通讯")
    assert article.reporters == ("郭树勋", "付凯明")
    for field, values in [
        (Field.SECTIONS, ("a", "b", "c", "d")),
        (Field.GENRE, ("小说",)),
        (Field.PHOTOGRAPHERS, ("刘金元",)),
    ]:
        with pytest.raises(CorrectionError):
            apply(structure, lines, [Describe(Place(48, 0), field, values)])
    assert tuple(Genre.values) == GENRES


def test_a_photo_belongs_to_an_article_and_follows_its_merge(first: tuple[PageStructure, list[str]]) -> None:
    structure, lines = first
    photo = structure.photos[0].blocks[0].spans[0]
    place = Place(photo.line, photo.start)
    tied = apply(structure, lines, [Illustrate(place, Place(49, 0))]).structure
    assert tied.photos[0].article == "article2"
    merged = apply(tied, lines, [Merge(Place(48, 0), Place(49, 0))]).structure
    assert merged.photos[0].article == "article1"
    assert apply(merged, lines, [Illustrate(place, place)]).structure.photos[0].article == ""


def test_doubts_go_with_their_line_and_when_they_are_answered(ocr: tuple[PageStructure, list[str]]) -> None:
    structure, lines = ocr
    articles = list(structure.articles)
    articles[1] = replace(
        articles[1], doubts=(Doubt("breaks-off", "既", 39), Doubt("order-guessed")), confidence=0.5
    )
    doubtful = replace(structure, articles=tuple(articles))
    moved = apply(doubtful, lines, [MoveToArticle(whole(lines, 39), Place(25, 0))]).structure
    assert [doubt.code for doubt in moved.articles[1].doubts] == ["order-guessed"]
    assert [doubt.code for doubt in moved.articles[2].doubts] == ["breaks-off"]
    joined = apply(doubtful, lines, [Join(Place(39, 0), Place(19, 0), Place(19, 0))]).structure
    assert [doubt.code for doubt in joined.articles[1].doubts] == ["order-guessed"]
    order = Settle(Place(15, 0), "order-guessed", Place(15, 0))
    settled = apply(doubtful, lines, [order]).structure.articles[1]
    assert (settled.doubts, settled.confidence) == ((Doubt("breaks-off", "既", 39),), 0.5)
    elsewhere = Settle(Place(15, 0), "breaks-off", Place(40, 0))
    assert apply(doubtful, lines, [elsewhere]).structure.articles[1].doubts == articles[1].doubts
    both = [order, Settle(Place(15, 0), "breaks-off", Place(39, 0))]
    settled = apply(doubtful, lines, both).structure.articles[1]
    assert (settled.doubts, settled.confidence) == ((), 1.0)


def test_a_version_printed_by_an_older_program_can_be_corrected(
    ocr: tuple[PageStructure, list[str]],
) -> None:
    structure, lines = ocr
    first = structure.articles[0]
    older = replace(first.blocks[0], text=" ".join(first.blocks[0].text))
    stored = replace(
        structure,
        articles=(replace(first, blocks=(older, *first.blocks[1:])), *structure.articles[1:]),
    )
    assert apply(stored, lines, []).structure == structure


def test_articles_are_reordered(ocr: tuple[PageStructure, list[str]]) -> None:
    structure, lines = ocr
    after = apply(structure, lines, [ReorderArticle(Place(135, 0), Side.BEFORE, Place(3, 0))]).structure
    assert [article.key for article in after.articles[:2]] == ["article8", "article1"]


@pytest.mark.parametrize(
    "action",
    [
        Split(Place(3, 0)),
        Split(Place(999, 0)),
        Split(Place(173, 0)),
        Merge(Place(15, 0), Place(17, 0)),
        MoveToArticle((Span(17, 0, 9),), Place(15, 0)),
        MoveToArticle((Span(16, 0, 0),), Place(15, 0)),
        Join(Place(17, 0), Place(17, 5), Place(17, 0)),
        Reorder(Place(17, 0), Side.AFTER, Place(29, 0)),
        Mark((Span(173, 0, 3),), Role.BODY),
        SupplyHeadline(Place(77, 0), "题"),
    ],
)
def test_what_cannot_be_done_says_why_and_what_instead(
    ocr: tuple[PageStructure, list[str]], action: object
) -> None:
    structure, lines = ocr
    with pytest.raises(CorrectionError) as raised:
        apply(structure, lines, [action])
    assert all(raised.value.args)
