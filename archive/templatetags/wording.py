"""Filters of the staff's templates: our own sentences in the language of whoever reads them."""

from __future__ import annotations

from typing import Any

from django import template

from archive import wording
from archive.structure import Doubt, doubt_in_words

register = template.Library()
register.filter("worded", wording.worded)
register.filter("reworded", wording.reworded)


@register.filter
def doubted(warning: list[Any] | str) -> str:
    """A doubt as uploads keep it: its code, detail and line, or already in words in those of earlier versions."""
    return warning if isinstance(warning, str) else wording.worded(doubt_in_words(Doubt(*warning)))
