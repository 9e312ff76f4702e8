"""What readers are told of how their query was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

#: Notes on how a query was read; ``%(detail)s`` is what it is about.
NOTES: Final = {
    "too-long": _("检索式太长，只读了前 %(detail)s 个字符。"),
    "too-many-terms": _("检索词太多，只用了前 %(detail)s 个。"),
    "too-deep": _("括号套得太深，里层的括号没有计入。"),
    "bracket": _("括号不成对，没有计入。"),
    "quote": _("引号不成对，没有计入。"),
    "operator": _("“%(detail)s”前后缺少检索词，没有计入。"),
    "field": _("“%(detail)s”后面没有内容，按普通词检索。"),
    "date": _("“%(detail)s”不是日期，按普通词检索。"),
    "date-read": _("“%(detail)s”按日期理解；要找这几个字，请加引号。"),
    "date-read-too": _("“%(detail)s”也按日期理解；只要这几个字，请加引号。"),
    "punctuation": _("“%(detail)s”只有标点，没有计入；要找标点，请加引号。"),
    "either-binds": _("“或”先结合，再与其余各词同时满足。"),
    "nothing": _("没有可以检索的词：列出全部。"),
    "only-not": _("只有排除条件：列出其余全部。"),
    "words": _("没有一篇原样含有“%(detail)s”，改按其中各词同时出现检索。"),
}


@dataclass(frozen=True, slots=True)
class Note:
    """One remark on how a query was read: a code of ``NOTES`` and what it is about."""

    code: str
    detail: str = ""

    def __str__(self) -> str:
        return str(NOTES[self.code]) % {"detail": self.detail}
