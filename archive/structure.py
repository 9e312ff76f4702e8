"""PageStructure: which characters of a dump make which piece of a page.

This is the value in the middle of the archive. The parser makes it, corrections change it, the store keeps it. It knows
neither Django nor files.

The invariant: *the spans of a structure partition the dump's visible characters*. Each character of the page's lines
that is not white space lies in exactly one piece, and a piece's ``text`` is what ``printed()`` makes of its spans. What
staff retype (``edited``) or supply stands beside the spans, never instead of them.

Lines count from 1 in the dump as split at ``"\\n"``, characters of a line from 0, ends are excluded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from archive.errors import StructureError
from archive.printed import printed
from archive.saying import say


class Role(StrEnum):
    """What a block is to its article or photo."""

    KICKER = "kicker"  # 引题/肩题
    HEADLINE = "headline"  # 主标题
    SUBHEADLINE = "subheadline"  # 副标题
    BYLINE = "byline"  # 署名行
    BODY = "body"  # one paragraph
    NOTE = "note"  # 编者按, 作者单位 …
    CAPTION = "caption"  # 图片说明
    CREDIT = "credit"  # 摄影署名


class Kind(StrEnum):
    """What a piece of furniture is: lines of the page that belong to no article."""

    PAGE_HEAD = "page head"  # 第01版：要闻
    LABEL = "label"  # 栏目: 项目建设
    JUMP = "jump"  # 下转第二版, 上接一版①
    EDITORS = "editors"  # 责编 … 美编 …
    ATTRIBUTION = "attribution"  # 本栏稿件均由本报记者…整理
    PROMOTION = "promotion"  # 扫一扫 …
    REPEAT = "repeat"  # text that stands elsewhere on the page already
    OTHER = "other"


class Certainty(StrEnum):
    """How a fact is known."""

    GIVEN = "given"  # beside the dump, or by staff
    PRINTED = "printed"  # the page itself says it
    ESTIMATED = "estimated"  # inferred; ``because`` says from what
    UNKNOWN = "unknown"


class Span(NamedTuple):
    """Characters ``start`` to ``end`` (excluded) of line ``line`` of the dump.

    A page has hundreds; a tuple takes a third of the time that a frozen dataclass takes to make.
    """

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, or one line or group of lines with a single role.

    ``text`` is the print; ``edited`` is what staff typed instead (None: nothing). ``opens_item`` marks the first block
    of a further item of the same article (又讯).
    """

    role: Role
    spans: tuple[Span, ...]
    text: str
    edited: str | None = None
    opens_item: bool = False

    @property
    def current(self) -> str:
        """The text that readers see."""
        return self.text if self.edited is None else self.edited


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason to look at an article again. ``code`` is one of ``DOUBTS``; ``detail`` names the words in question."""

    code: str
    detail: str = ""
    line: int = 0


#: Doubt codes and the words that staff read.
DOUBTS: dict[str, str] = {
    "no-headline": say("没有找到标题"),
    "breaks-off": say("段落中断，没有结尾"),
    "starts-midway": say("开头像是接着别处的句子"),
    "repeated": say("文字在版面上重复出现"),
    "order-guessed": say("段落顺序是推测的"),
    "two-articles": say("可能是两篇文章连在一起"),
    "name-near-known": say("人名与常见人名只差一个字"),
    "headline-far": say("标题与正文用词不相合"),
    "unplaced": say("有些行不知归属"),
    "date-contradiction": say("给定日期与文中日期矛盾"),
    "no-opening": say("没有电头或署名，边界是推测的"),
    "odd-characters": say("含有无法识别的字符"),
    "headings-guessed": say("引题、主标题、副标题的分别是推测的"),
    "unlike-others": say("同版其他文章有电头或署名，这一篇没有"),
    "torn-page": say("同版有几篇断开或错位，这一篇也可能缺了或多了一段"),
}


def doubt_in_words(doubt: Doubt) -> str:
    """A doubt with its detail and line, as staff read it."""
    words = DOUBTS.get(doubt.code, doubt.code)
    if doubt.detail:
        words = say("%(doubt)s：%(detail)s", doubt=words, detail=doubt.detail)
    return say("%(doubt)s（第%(line)s行）", doubt=words, line=doubt.line) if doubt.line else words


@dataclass(frozen=True, slots=True)
class EventDate:
    """When something in an article happened: an ISO date of day, month or year precision, as read from ``text``.

    ``value`` is ``2021``, ``2021-10`` or ``2021-10-21``; ``line`` is the dump line of the expression.
    """

    value: str
    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a page; its blocks stand in reading order, headings first.

    ``key`` is permanent and empty until stored. ``sections`` are slugs, the first is the article's section;
    ``evidence`` says which words decided the section, label and genre. ``supplied_headline`` is what staff wrote where
    none was printed. ``continued_on`` and ``continued_from`` hold printed jump targets (第二版).
    """

    blocks: tuple[Block, ...]
    key: str = ""
    reporters: tuple[str, ...] = ()
    correspondents: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    column: str = ""
    genre: str = ""
    event_dates: tuple[EventDate, ...] = ()
    supplied_headline: str = ""
    continued_on: str = ""
    continued_from: str = ""
    evidence: tuple[str, ...] = ()
    confidence: float = 1.0
    doubts: tuple[Doubt, ...] = ()

    def having(self, role: Role) -> tuple[Block, ...]:
        """The blocks of one role, in reading order."""
        return tuple(block for block in self.blocks if block.role is role)

    def joined(self, role: Role, separator: str = "") -> str:
        """The current text of all blocks of one role."""
        return separator.join(block.current for block in self.having(role))

    @property
    def headline(self) -> str:
        """The printed (or retyped) headline; empty where there is none."""
        return self.joined(Role.HEADLINE, " ")

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The current text of the body, a paragraph each."""
        return tuple(block.current for block in self.having(Role.BODY))


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo, of which a dump only carries caption and credit. ``article`` is the key of the article it belongs to."""

    blocks: tuple[Block, ...]
    key: str = ""
    photographers: tuple[str, ...] = ()
    agency: str = ""  # 新华社, 资料图片
    arrow: str = ""  # ⬆⬅➡⬇▲ before the caption, pointing at the picture
    article: str = ""
    confidence: float = 1.0
    doubts: tuple[Doubt, ...] = ()

    @property
    def caption(self) -> str:
        """The current caption without its arrow."""
        joined = "".join(block.current for block in self.blocks if block.role is Role.CAPTION)
        return joined.lstrip("⬆⬇⬅➡↑↓←→▲▼◀▶△▽◁▷ ").replace("\ufe0f", "").strip()

    @property
    def credit(self) -> str:
        """The current credit line, as printed."""
        return " ".join(block.current for block in self.blocks if block.role is Role.CREDIT)


@dataclass(frozen=True, slots=True)
class Furniture:
    """Lines that belong to no article."""

    kind: Kind
    spans: tuple[Span, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and how it is known. ``value`` is ISO (``2021-10-24``) or empty where nothing can be said."""

    value: str = ""
    certainty: Certainty = Certainty.UNKNOWN
    because: str = ""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is known of the page as a whole. ``number`` is None where it is not known (版次不详)."""

    newspaper: str = ""  # slug or printed name; empty: the default newspaper
    issue_date: Dated = field(default_factory=Dated)
    number: int | None = None
    name: str = ""  # 版名
    edition: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class PageStructure:
    """A page: the lines ``first_line`` to ``last_line`` (included) of a dump and what each character of them is."""

    facts: PageFacts
    articles: tuple[Article, ...]
    photos: tuple[Photo, ...]
    furniture: tuple[Furniture, ...]
    first_line: int
    last_line: int

    def pieces(self) -> Iterator[Block | Furniture]:
        """Every piece that owns characters: blocks of articles, blocks of photos, furniture."""
        for article in self.articles:
            yield from article.blocks
        for photo in self.photos:
            yield from photo.blocks
        yield from self.furniture


def lines_of(text: str) -> list[str]:
    """A decoded dump as its lines; line number n is ``lines_of(text)[n - 1]``."""
    return text.split("\n")


def visible(line: str) -> list[int]:
    """The places of a line's visible characters."""
    return [place for place, character in enumerate(line) if not character.isspace()]


def check(structure: PageStructure, lines: Sequence[str]) -> None:
    """Hold the structure against its dump's lines.

    Raises StructureError with the line at which the invariant breaks: a character in no piece or in two, a span outside
    its line, a text that is not the print, a piece without a visible character.
    """
    taken = {
        number: bytearray(len(lines[number - 1]))
        for number in range(structure.first_line, structure.last_line + 1)
        if number <= len(lines)
    }
    for piece in structure.pieces():
        for span in piece.spans:
            places = taken.get(span.line)
            if places is None or not 0 <= span.start < span.end <= len(places):
                raise StructureError(f"line {span.line}", f"has no characters {span.start} to {span.end}")
            for place in range(span.start, span.end):
                if places[place] and not lines[span.line - 1][place].isspace():
                    raise StructureError(f"line {span.line}", f"character {place} is in two pieces")
                places[place] = 1
        if piece.text != printed(lines, piece.spans):
            line = piece.spans[0].line if piece.spans else structure.first_line
            raise StructureError(f"line {line}", "a piece's text is not what is printed there")
        if not piece.text.strip():
            raise StructureError("page", "a piece has no visible character")
    for number, places in taken.items():
        missing = [place for place in visible(lines[number - 1]) if not places[place]]
        if missing:
            raise StructureError(f"line {number}", f"character {missing[0]} is in no piece")
