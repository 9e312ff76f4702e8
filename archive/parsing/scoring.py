"""How close a parse comes to a page whose structure is known (gold).

Every figure lies between 0 and 1, 1 is perfect. What is compared are visible characters: white space, width (NFKC) and
quote style don't count. Gold names lines of the dump, counted from 1.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import NotRequired, TypedDict

from archive.structure import Article, Block, Furniture, PageStructure, Photo, Role, Span, visible


class GoldArticle(TypedDict):
    """An article's lines by role, and whom it names. ``paragraph_starts`` is None where paragraphs can't be told."""

    kicker: list[int]
    headline: list[int]
    subheadline: list[int]
    byline: list[int]
    body: list[int]
    paragraph_starts: list[int] | None
    reporters: list[str]
    correspondents: list[str]
    persons: list[str]
    any_order: bool


class GoldPhoto(TypedDict):
    """A photo's caption and credit lines, its caption without arrow, and who took it."""

    caption: list[int]
    credit: list[int]
    photographers: list[str]
    arrow: str | None
    caption_text: str


class GoldPage(TypedDict):
    """What a careful archivist would say a dump holds. Either ``issue_date`` or ``latest_event`` (ISO) is given;
    a right issue date lies one to seven days after the latest event."""

    source: str
    issue_date: NotRequired[str]
    latest_event: NotRequired[str]
    articles: list[GoldArticle]
    photos: list[GoldPhoto]
    labels: list[int]
    furniture: list[int]


PLACED = "lines placed exactly once"
FAITHFUL = "text faithful to the print"
BODIES = "article bodies exact (F1)"
HEADLINE = "headline"
KICKER = "kicker"
SUBHEADLINE = "subheadline"
REPORTERS = "reporters"
CORRESPONDENTS = "correspondents"
PARAGRAPHS = "paragraphs (F1)"
PERSONS = "persons (F1)"
PHOTOS = "photos exact (F1)"
DATE = "issue date"

#: Every figure, in the order in which tables show them. PERSONS is only there when persons were recognised.
FIGURES = (
    PLACED,
    FAITHFUL,
    BODIES,
    HEADLINE,
    KICKER,
    SUBHEADLINE,
    REPORTERS,
    CORRESPONDENTS,
    PARAGRAPHS,
    PERSONS,
    PHOTOS,
    DATE,
)

_QUOTES = str.maketrans("“”‘’", "\"\"''")


def fold(text: str) -> str:
    """A text as its visible characters in one width and quote style."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(character for character in text if not character.isspace()).translate(_QUOTES)


def f1(predicted: Iterable[Hashable], gold: Iterable[Hashable]) -> float:
    """F1 of two multisets; 1 when both are empty."""
    found, wanted = Counter(predicted), Counter(gold)
    if not found and not wanted:
        return 1.0
    return 2 * (found & wanted).total() / (found.total() + wanted.total())


def body_lines(article: Article, role: Role = Role.BODY) -> list[int]:
    """The lines of an article's blocks of one role, in reading order, each once."""
    return list(dict.fromkeys(span.line for block in article.having(role) for span in block.spans))


def pair(gold: Sequence[GoldArticle], articles: Sequence[Article]) -> list[Article | None]:
    """For each gold article the parsed one that shares most of its body lines, one to one."""
    bodies = [set(body_lines(article)) for article in articles]
    overlaps = sorted(
        (-shared, g, p)
        for g, wanted in enumerate(gold)
        for p, body in enumerate(bodies)
        if (shared := len(body & set(wanted["body"])))
    )
    chosen: dict[int, int] = {}
    for _, g, p in overlaps:
        if g not in chosen and p not in chosen.values():
            chosen[g] = p
    return [articles[chosen[g]] if g in chosen else None for g in range(len(gold))]


def _print_of(lines: Sequence[str], spans: Iterable[Span]) -> str:
    return fold("".join(lines[span.line - 1][span.start : span.end] for span in spans))


def placed_once(pages: Sequence[PageStructure], lines: Sequence[str]) -> float:
    """Share of the non-blank lines whose every visible character lies in exactly one piece."""
    taken: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for page in pages:
        for piece in page.pieces():
            for span in piece.spans:
                taken[span.line].update(range(span.start, span.end))
    printed = [number for number, line in enumerate(lines, 1) if line.strip()]
    good = sum(all(taken[number][place] == 1 for place in visible(lines[number - 1])) for number in printed)
    return good / len(printed) if printed else 1.0


def faithful(pages: Sequence[PageStructure], lines: Sequence[str]) -> float:
    """Share of the blocks, photos and furniture whose text is what stands at their place in the dump."""
    checks: list[bool] = []
    for page in pages:
        pieces: list[Block | Furniture] = [block for article in page.articles for block in article.blocks]
        checks += [fold(piece.text) == _print_of(lines, piece.spans) for piece in (*pieces, *page.furniture)]
        for photo in page.photos:
            spans = [span for block in photo.blocks for span in block.spans]
            checks.append(fold(photo.caption) in _print_of(lines, spans))
    return sum(checks) / len(checks) if checks else 0.0


def _gold_paragraphs(article: GoldArticle, lines: Sequence[str]) -> list[str]:
    starts = article["paragraph_starts"]
    if not starts:
        return []
    texts: list[str] = []
    for number in article["body"]:
        if number in starts:
            texts.append("")
        texts[-1] += lines[number - 1]
    return [fold(text) for text in texts]


def paragraphs(
    gold: GoldPage, pairs: Sequence[Article | None], articles: Iterable[Article], lines: Sequence[str]
) -> float:
    """F1 of the paragraphs of all articles, those left out whose paragraphs gold can't tell."""
    unknown = {
        id(article)
        for wanted, article in zip(gold["articles"], pairs, strict=True)
        if article is not None and not wanted["paragraph_starts"]
    }
    found = [
        fold(block.text)
        for article in articles
        if id(article) not in unknown
        for block in article.having(Role.BODY)
    ]
    wanted_texts = [text for wanted in gold["articles"] for text in _gold_paragraphs(wanted, lines)]
    return f1(found, wanted_texts)


def _photo(caption: str, photographers: Iterable[str]) -> tuple[str, ...]:
    return (fold(caption), *sorted(map(fold, photographers)))


def date_right(value: str, gold: GoldPage) -> bool:
    """Whether an issue date (ISO, empty if none) is the printed one, or follows the latest event within a week."""
    if "issue_date" in gold:
        return value == gold["issue_date"]
    if not value:
        return False
    gap = dt.date.fromisoformat(value) - dt.date.fromisoformat(gold["latest_event"])
    return 1 <= gap.days <= 7


def score(
    pages: Sequence[PageStructure],
    lines: Sequence[str],
    gold: GoldPage,
    persons: Sequence[Iterable[str]] | None = None,
) -> dict[str, float]:
    """Figure → value for one dump.

    ``pages`` are what the parser made of the dump, ``lines`` its lines, ``persons`` the people recognised in each
    article, in the order of the pages' articles; without it there is no figure for persons.
    """
    articles: list[Article] = [article for page in pages for article in page.articles]
    photos: list[Photo] = [photo for page in pages for photo in page.photos]
    pairs = pair(gold["articles"], articles)

    def share(right: Callable[[GoldArticle, Article], bool]) -> float:
        hits = [a is not None and right(g, a) for g, a in zip(gold["articles"], pairs, strict=True)]
        return sum(hits) / len(hits) if hits else 1.0

    def field(role: Role, numbers: Callable[[GoldArticle], list[int]]) -> float:
        return share(lambda g, a: fold(a.joined(role)) == fold("".join(lines[n - 1] for n in numbers(g))))

    def exact(wanted: GoldArticle, article: Article) -> bool:
        body = body_lines(article)
        return sorted(body) == sorted(wanted["body"]) if wanted["any_order"] else body == wanted["body"]

    count = len(pairs) + len(articles)
    figures = {
        PLACED: placed_once(pages, lines),
        FAITHFUL: faithful(pages, lines),
        BODIES: 2 * share(exact) * len(pairs) / count if count else 1.0,
        HEADLINE: field(Role.HEADLINE, lambda g: g["headline"]),
        KICKER: field(Role.KICKER, lambda g: g["kicker"]),
        SUBHEADLINE: field(Role.SUBHEADLINE, lambda g: g["subheadline"]),
        REPORTERS: share(lambda g, a: sorted(a.reporters) == sorted(g["reporters"])),
        CORRESPONDENTS: share(lambda g, a: sorted(a.correspondents) == sorted(g["correspondents"])),
        PARAGRAPHS: paragraphs(gold, pairs, articles, lines),
        PHOTOS: f1(
            (_photo(photo.caption, photo.photographers) for photo in photos),
            (_photo(photo["caption_text"], photo["photographers"]) for photo in gold["photos"]),
        ),
        DATE: float(date_right(pages[0].facts.issue_date.value if pages else "", gold)),
    }
    if persons is not None:
        figures[PERSONS] = f1(_persons(pairs, articles, persons), _gold_persons(gold))
    return {name: figures[name] for name in FIGURES if name in figures}


def _persons(
    pairs: Sequence[Article | None], articles: Sequence[Article], persons: Sequence[Iterable[str]]
) -> list[tuple[int, str]]:
    names = {id(article): set(people) for article, people in zip(articles, persons, strict=True)}
    return [
        (n, name) for n, article in enumerate(pairs) if article is not None for name in names[id(article)]
    ]


def _gold_persons(gold: GoldPage) -> list[tuple[int, str]]:
    return [(n, name) for n, article in enumerate(gold["articles"]) for name in article["persons"]]


def means(rows: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Each figure's mean over the pages that have it."""
    values: defaultdict[str, list[float]] = defaultdict(list)
    for row in rows:
        for name, value in row.items():
            values[name].append(value)
    return {name: sum(values[name]) / len(values[name]) for name in FIGURES if values[name]}
