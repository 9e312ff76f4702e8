"""The same items as a dump that came from OCR: half-width marks, a paragraph a line, columns out of order."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass

from tests.press.page import Gold, Pressed, Sheet, _people
from tests.press.values import Item, Picture, Story

_NARROW = str.maketrans("，：；？！（）％", ",:;?!()%")


@dataclass(frozen=True, slots=True)
class Scan:
    """How much a scan disturbs a page; chances between 0 and 1."""

    cut: float = 0.3  # a long paragraph is cut in the middle of a sentence
    strays: int = 0  # how many second halves of a cut paragraph stand elsewhere, after another story
    shortest_cut: int = 60  # characters that a paragraph has at least before it is cut


def narrowed(text: str) -> str:
    """Marks as OCR gives them."""
    return text.translate(_NARROW)


def _halves(text: str, rng: random.Random) -> tuple[str, str]:
    """A paragraph in two, cut between two Han characters in the middle of a sentence."""
    places = [
        n
        for n in range(len(text) // 4, len(text) * 3 // 4)
        if "\u4e00" <= text[n - 1] <= "\u9fff" and "\u4e00" <= text[n] <= "\u9fff"
    ]
    place = rng.choice(places) if places else len(text) // 2
    return text[:place], text[place:]


def press_ocr(
    items: Iterable[Item], scan: Scan, seed: int, source: str = "scanned.txt", date: str = "2021-10-24"
) -> Pressed:
    """A page of ``items`` as OCR reads it, headlines first; the same seed gives the same page."""
    rng = random.Random(seed)
    sheet = Sheet()
    gold: Gold = {
        "source": source,
        "issue_date": date,
        "articles": [],
        "photos": [],
        "labels": [],
        "furniture": [],
    }
    strays: list[tuple[Gold, int, str]] = []
    allowed = scan.strays

    def line(text: str) -> int:
        sheet.gap()
        return sheet.put(narrowed(text))[0]

    for item in items:
        waiting, strays = strays, []
        if isinstance(item, Story):
            article: Gold = {"kicker": [], "headline": [], "subheadline": [], "byline": [], "body": []}
            for role in ("kicker", "headline", "subheadline"):
                heading = getattr(item, role)
                article[role] = [line(" ".join(heading))] if heading else []
            if item.byline:
                article["byline"] = [line(item.byline)]
            starts = []
            for n, paragraph in enumerate(item.paragraphs):
                text = (item.opening if n == 0 else "") + paragraph
                long = len(text) >= scan.shortest_cut
                parts = _halves(text, rng) if long and rng.random() < scan.cut else (text,)
                place = line(parts[0])
                starts.append(place)
                article["body"].append(place)
                if len(parts) == 2:
                    last = n == len(item.paragraphs) - 1
                    if last and allowed:
                        allowed -= 1
                        strays.append((article, len(article["body"]), parts[1]))
                    else:
                        article["body"].append(line(parts[1]))
            gold["articles"].append(article | {"paragraph_starts": starts} | _people(item))
        elif isinstance(item, Picture):
            place = line(item.arrow + item.caption + item.credit)
            gold["photos"].append(
                {
                    "caption": [place],
                    "credit": [place],
                    "photographers": list(item.photographers),
                    "arrow": item.arrow or None,
                    "caption_text": item.caption,
                }
            )
        else:
            gold["labels" if item.label else "furniture"] += [line(text) for text in item.lines]
        for owner, at, text in waiting:
            owner["body"].insert(at, line(text))
    for owner, at, text in strays:
        owner["body"].insert(at, line(text))
    sheet.put("")
    return Pressed("\n".join(sheet.lines) + "\n", gold)
