"""The recogniser keeps its floors on the golden pages, by the articles that a careful archivist makes of them."""

from __future__ import annotations

from archive.names import ArticleText, MentionKind, TextPiece, recognise
from archive.names.scoring import Score
from archive.structure import Role
from tests.golden import Golden, goldens


def articles(page: Golden) -> list[ArticleText]:
    lines = page.dump.split("\n")
    texts = []
    for article in page.gold["articles"]:
        headings = (
            TextPiece(Role(role), "".join(lines[number - 1].strip() for number in article[role]))
            for role in ("kicker", "headline", "subheadline", "byline")
        )
        pieces = [piece for piece in headings if piece.text]
        paragraphs = [""]
        for number in article["body"]:
            if number in (article["paragraph_starts"] or ()):
                paragraphs.append("")
            paragraphs[-1] += lines[number - 1].strip()
        pieces += [TextPiece(Role.BODY, paragraph) for paragraph in paragraphs if paragraph]
        texts.append(
            ArticleText(tuple(pieces), tuple(article["reporters"]), tuple(article["correspondents"]))
        )
    return texts


def measured(pages: list[Golden]) -> Score:
    total = Score()
    for page in pages:
        for article, mentions in zip(page.gold["articles"], recognise(articles(page)), strict=True):
            found = {mention.name for mention in mentions if mention.kind is MentionKind.SUBJECT}
            marked = set(article["persons"])
            total += Score(len(found & marked), len(found - marked), len(marked - found))
    return total


def test_the_seeds_people_are_found() -> None:
    assert measured([page for page in goldens() if page.seed]).f1 >= 0.99


def test_the_people_of_all_golden_pages_are_found() -> None:
    figures = measured(goldens())
    assert figures.f1 >= 0.95
    assert figures.precision >= 0.97
