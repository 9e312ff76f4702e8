"""Charts as numbers for inline SVG: no script, no inline style, always with a table beside them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

WIDTH = 720
HEIGHT = 160
TOP = 12
BOTTOM = 24
LEFT = 36
#: The room that a label below the axis takes.
LABEL = 64
#: Years that a chart shows without a gap.
MOST_YEARS = 500


@dataclass(frozen=True, slots=True)
class Bar:
    """One value, a number of things: its place and size in user units, and where a click on it leads."""

    label: str
    value: int
    x: float
    y: float
    width: float
    height: float
    href: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis."""

    label: str
    at: float


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars over a baseline, with ticks of the value axis (``levels``) and of the label axis (``steps``)."""

    bars: tuple[Bar, ...]
    levels: tuple[Tick, ...]
    steps: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT

    @property
    def base(self) -> int:
        return self.height - BOTTOM

    @property
    def label_line(self) -> int:
        return self.height - 6


def months_between(months: Collection[str], most: int) -> list[str]:
    """Every month (``2021-10``) from the first to the last of ``months``; none where these are more than ``most``."""
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (min(months), max(months)))
    if last - first >= most:
        return []
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first, last + 1)]


def years_between(years: Collection[str]) -> list[str]:
    """Every year from the first to the last of ``years``; these alone where they are many centuries apart, as when a
    date was misread."""
    first, last = int(min(years)), int(max(years))
    if last - first >= MOST_YEARS:
        return sorted(years)
    return [f"{year:04}" for year in range(first, last + 1)]


def ceiling(value: float) -> float:
    """The round number, 1, 2 or 5 times a power of ten, at or above ``value``; 1 for nothing."""
    if value <= 0:
        return 1
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= value * (1 - 1e-9))


def _number(value: float) -> str:
    return f"{value:g}"


def bar_chart(values: Mapping[str, int], hrefs: Mapping[str, str] | None = None) -> BarChart:
    """A bar per label, in the mapping's order; labels below every so many bars so that none touch."""
    top = ceiling(max(values.values(), default=0))
    span = HEIGHT - TOP - BOTTOM
    step = (WIDTH - LEFT) / max(len(values), 1)
    width = min(step * 0.72, 44)
    bars = tuple(
        Bar(
            label,
            value,
            round(LEFT + step * place + (step - width) / 2, 1),
            round(TOP + span * (1 - value / top), 1),
            round(width, 1),
            round(span * value / top, 1),
            (hrefs or {}).get(label, ""),
        )
        for place, (label, value) in enumerate(values.items())
    )
    levels = tuple(
        Tick(_number(level), round(TOP + span * (1 - level / top), 1))
        for level in ((0, top / 2, top) if top % 2 == 0 else (0, top))
    )
    return BarChart(bars, levels, _spaced(list(values), LEFT + step / 2, step))


def _spaced(labels: Sequence[str], first: float, step: float, room: float = LABEL) -> tuple[Tick, ...]:
    every = max(1, math.ceil(room / step))
    return tuple(
        Tick(label, round(first + step * place, 1))
        for place, label in enumerate(labels)
        if place % every == 0
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One series, drawn in style number ``style`` (1–5): ``runs`` are the ``points`` attributes of its unbroken parts,
    ``dots`` its single points."""

    name: str
    style: int
    runs: tuple[str, ...]
    dots: tuple[tuple[float, float, str], ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    """Several series over the same labels."""

    lines: tuple[Line, ...]
    levels: tuple[Tick, ...]
    steps: tuple[Tick, ...]
    width: int = WIDTH
    height: int = 280
    left: int = 48

    @property
    def base(self) -> int:
        return self.height - BOTTOM

    @property
    def label_line(self) -> int:
        return self.height - 6


def line_chart(labels: Sequence[str], series: Iterable[tuple[str, Sequence[float | None]]]) -> LineChart:
    """A line for each (name, values), values in the order of ``labels``; where one is None the line is broken."""
    given = [(name, list(values)) for name, values in series]
    frame = LineChart((), (), ())
    top = ceiling(max((value for _, values in given for value in values if value is not None), default=0))
    span = frame.height - TOP - BOTTOM
    step = (frame.width - frame.left - LABEL / 2) / max(len(labels) - 1, 1)

    def at(place: int, value: float) -> tuple[float, float]:
        return round(frame.left + step * place, 1), round(TOP + span * (1 - value / top), 1)

    lines = []
    for style, (name, values) in enumerate(given, 1):
        runs: list[list[str]] = [[]]
        dots = []
        for place, value in enumerate(values):
            if value is None:
                runs.append([])
                continue
            x, y = at(place, value)
            runs[-1].append(f"{x},{y}")
            dots.append((x, y, f"{labels[place]}: {_number(round(value, 2))}"))
        lines.append(Line(name, style, tuple(" ".join(run) for run in runs if len(run) > 1), tuple(dots)))
    levels = tuple(
        Tick(_number(level), round(TOP + span * (1 - level / top), 1)) for level in (0, top / 2, top)
    )
    return LineChart(tuple(lines), levels, _spaced(labels, frame.left, step))
