"""Golden pages: dumps with the structure that a careful archivist gives them.

``NAME.json`` holds a page's structure by line numbers (``archive.parsing.scoring.GoldPage``); its dump stands beside it,
or in ``seeds/``. All pages but the seeds are invented. Conventions:

* A notice with a title and sentences (公告, 遗失声明, 更正) is an article; boxes without sentences (an advertisement with
  address and telephone, a price table, the weather) are furniture, as are page heads, editors' lines and jump lines.
* Subheads inside a feature (小标题) are paragraphs of its body.
* A line of its own that names who wrote a piece, above or below it, is its byline; a name in brackets that ends the
  last paragraph is part of the body. 作者系… on a line of its own is a note.
* A line that begins with —— below a headline is the subheadline.
  Above a headline it is the kicker, as is a line that ends on 强调, with or without a blank between.
* 编者按 above a text, 指导老师 below it, are notes. Who gives a notice and its date, below it, are its last paragraphs.
* 导读 and the lines below it that name other pages are furniture. An item of 简讯 with a headline of its own is an article.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from archive.parsing.scoring import GoldPage

HERE = Path(__file__).parent
SEEDS = HERE.parent.parent / "seeds"
FLOOR = HERE / "floor.json"


@dataclass(frozen=True)
class Golden:
    """A golden page: its name, its dump's text and its known structure."""

    name: str
    dump: str
    gold: GoldPage
    seed: bool

    def __str__(self) -> str:
        return self.name


def golden(name: str) -> Golden:
    """The golden page of this name."""
    gold: GoldPage = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    seed = (SEEDS / gold["source"]).exists()
    dump = ((SEEDS if seed else HERE) / gold["source"]).read_text(encoding="utf-8")
    return Golden(name, dump, gold, seed)


def goldens() -> list[Golden]:
    """Every golden page, by name."""
    return [golden(path.stem) for path in sorted(HERE.glob("*.json")) if path != FLOOR]
