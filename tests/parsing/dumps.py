"""Strategies for dumps as they come: golden pages with lines lost, doubled, torn, moved, and marks put between them."""

from __future__ import annotations

import random
from collections.abc import Callable

from hypothesis import strategies as st

from tests.golden import goldens

Lines = list[str]

_GOLDEN = [page.dump.split("\n") for page in goldens()]
_MARKS = (
    "本报讯（记者郭树勋）10月21日上午，", "又讯（记者付凯明）", "新华社北京1月1日电（记者张三、李四）", "本报记者 郭树勋",
    "本报记者 刘金元 摄", "（新华社记者马平摄）", "⬆10月22日，", "图为现场。", "（本栏稿件均由本报记者郭树勋整理）", "第01版：要闻",
    "责编：张三 美编：李四", "下转第二版", "（上接一版①）", "项目建设", "元素一 高新区", "元素二 产业园", "元素三 医院", "公告",
    "——侧记", "（石磊 田野）", "（作者系驻村干部）", "特一粉 3.40 4.00", "电话：0391-8797000", "既", "，", "”", "《",
)  # fmt: skip


def _some(lines: Lines, rng: random.Random) -> list[int]:
    return [place for place in range(len(lines)) if rng.random() < 0.1]


def _lost(lines: Lines, rng: random.Random) -> Lines:
    gone = set(_some(lines, rng))
    return [line for place, line in enumerate(lines) if place not in gone]


def _doubled(lines: Lines, rng: random.Random) -> Lines:
    return [line for line in lines for _ in range(2 if rng.random() < 0.1 else 1)]


def _shuffled(lines: Lines, rng: random.Random) -> Lines:
    return rng.sample(lines, len(lines))


def _swapped(lines: Lines, rng: random.Random) -> Lines:
    changed = list(lines)
    for place in _some(lines, rng):
        other = rng.randrange(len(lines))
        changed[place], changed[other] = changed[other], changed[place]
    return changed


def _torn(lines: Lines, rng: random.Random) -> Lines:
    return [
        part
        for line in lines
        for cut in [rng.randrange(len(line) + 1) if rng.random() < 0.1 else len(line)]
        for part in (line[:cut], line[cut:])
        if part or not line
    ]


def _joined(lines: Lines, rng: random.Random) -> Lines:
    return "".join(line + ("" if rng.random() < 0.1 else "\n") for line in lines).split("\n")


def _marked(lines: Lines, rng: random.Random) -> Lines:
    changed = list(lines)
    for place in reversed(_some(lines, rng)):
        changed.insert(place, rng.choice(_MARKS))
    return changed


def _spaced(lines: Lines, rng: random.Random) -> Lines:
    return [part for line in lines for part in ([line, ""] if rng.random() < 0.3 else [line])]


def _tight(lines: Lines, rng: random.Random) -> Lines:
    return [line for line in lines if line.strip()]


def _misread(lines: Lines, rng: random.Random) -> Lines:
    noise = "，。（）“”记者摄图0123 \t\u3000⬆通讯员本报讯电—\u00ad\u200b\ufeff\r\ue000"
    return ["".join(rng.choice(noise) if rng.random() < 0.04 else c for c in line) for line in lines]


_CHANGES: tuple[Callable[[Lines, random.Random], Lines], ...] = (
    _lost, _doubled, _shuffled, _swapped, _torn, _joined, _marked, _spaced, _tight, _misread,
)  # fmt: skip


@st.composite
def damaged_dumps(draw: st.DrawFn) -> str:
    """A golden page, or a stretch of one, that a few accidents have gone over."""
    lines = draw(st.sampled_from(_GOLDEN))
    first = draw(st.integers(0, len(lines) - 1))
    size = draw(st.sampled_from((len(lines), 120, 40, 12)))
    lines = lines[first : first + size] or lines
    rng = random.Random(draw(st.integers(0, 2**32)))
    for change in draw(st.lists(st.sampled_from(_CHANGES), min_size=1, max_size=4)):
        lines = change(lines, rng) or lines
    return "\n".join(lines)
