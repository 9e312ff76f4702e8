"""The parts of a bar chart that stand once for each bar.

Not a template: ten years have 120 bars, and these were most of the time of a page of search results or of a person.
"""

from __future__ import annotations

from html import escape

from django import template
from django.utils.safestring import SafeString

from archive.charts import Bar, BarChart

register = template.Library()


@register.filter
def bars(chart: BarChart) -> SafeString:
    """The bars as SVG, each leading where it leads; none for nothing."""
    return SafeString("".join(_linked(bar) for bar in chart.bars if bar.value))


def _linked(bar: Bar) -> str:
    told = f"{escape(bar.label)}: {bar.value}"
    shape = (
        f'<rect class="bar" x="{bar.x}" y="{bar.y}" width="{bar.width}" height="{bar.height}">'
        f"<title>{told}</title></rect>"
    )
    return f'<a href="{escape(bar.href)}" aria-label="{told}">{shape}</a>' if bar.href else shape


@register.filter
def rows(chart: BarChart) -> SafeString:
    """The same values as the rows of a table."""
    return SafeString("".join(_row(bar) for bar in chart.bars if bar.value))


def _row(bar: Bar) -> str:
    label = escape(bar.label)
    if bar.href:
        label = f'<a href="{escape(bar.href)}">{label}</a>'
    return f'<tr><th scope="row">{label}</th><td>{bar.value}</td></tr>'
