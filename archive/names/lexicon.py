"""The words that the recogniser goes by: surnames, and what newspapers print around names.

They stand in ``fixtures/surnames.json`` and ``fixtures/titles.txt``, for staff to edit.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from archive.errors import BaozangError

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


_FUNCTION_WORDS = (
    "的了着是也就都这那和与及或等将把被从向到在对为以于由让给没不要会能可应该已还又再一二三四五六七八九十个们"
)
_OTHERS = f"(?:(?![{_FUNCTION_WORDS}])[\u4e00-\u9fff])"


class LexiconError(BaozangError):
    """A word list in ``fixtures/`` that can't be read."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What stands in the lists of ``fixtures/``, each explained there.

    ``writers`` (记者) and ``writing`` (摄) map a word to what it makes of the person, a mention's kind.
    """

    surnames: Mapping[str, str]
    offices: frozenset[str]
    collective: frozenset[str]
    roles: frozenset[str]
    writers: Mapping[str, str]
    writing: Mapping[str, str]
    bodies: frozenset[str]
    address: frozenset[str]
    verbs: frozenset[str]
    terms: frozenset[str]
    parts: frozenset[str]
    generic: frozenset[str]
    before_names: frozenset[str] = field(init=False)  # offices and roles
    endings: frozenset[str] = field(init=False)  # the last characters of offices and roles
    surname_behind: re.Pattern[str] = field(
        init=False
    )  # a surname behind the last character of these, or 叫 or a mark
    #: a surname of one character and two more, none of them mostly a function word; they overlap
    triples: re.Pattern[str] = field(init=False)
    no_given: frozenset[str] = field(init=False)  # what is no given name behind a surname
    titles: frozenset[str] = field(init=False)  # 称呼 and offices
    after_names: frozenset[str] = field(init=False)  # deeds and titles

    def __post_init__(self) -> None:
        endings = {word[-1] for word in (*self.offices, *self.roles, *self.writers)} | set("叫做作为： :")
        singles = {surname for surname in self.surnames if len(surname) == 1}
        derived = {
            "before_names": self.offices | self.roles,
            "endings": frozenset(word[-1] for word in self.offices | self.roles),
            "surname_behind": re.compile(f"(?<=[{''.join(endings)}])[{''.join(singles)}]"),
            "triples": re.compile(f"(?=([{''.join(singles - set(_FUNCTION_WORDS))}]{_OTHERS}{{2}}))"),
            "no_given": self.generic | self.offices | self.address,
            "titles": self.address | self.offices,
            "after_names": self.verbs | self.address | self.offices,
        }
        for name, words in derived.items():
            object.__setattr__(self, name, words)

    def surname(self, name: str) -> str:
        """The surname that ``name`` begins with, the compound one (欧阳) before the single; empty if none."""
        if name[:2] in self.surnames and len(name) > 2:
            return name[:2]
        return name[:1] if name[:1] in self.surnames else ""


@functools.cache
def lexicon() -> Lexicon:
    """The words of ``fixtures/``, read once."""
    surnames = json.loads((FIXTURES / "surnames.json").read_text(encoding="utf-8"))
    lists = read_lists((FIXTURES / "titles.txt").read_text(encoding="utf-8"))
    try:
        return Lexicon(
            surnames={row["fields"]["surname"]: row["fields"]["reading"] for row in surnames},
            offices=frozenset(lists["offices"]),
            collective=frozenset(lists["collective"]),
            roles=frozenset(lists["roles"]),
            writers=dict(pair.split("=") for pair in lists["writers"]),
            writing=dict(pair.split("=") for pair in lists["deeds of writers"]),
            bodies=frozenset(lists["bodies"]),
            address=frozenset(lists["address"]),
            verbs=frozenset(lists["verbs"]),
            terms=frozenset(lists["terms"]),
            parts=frozenset(lists["parts"]),
            generic=frozenset(lists["generic"]),
        )
    except (KeyError, ValueError) as error:
        raise LexiconError(
            "fixtures/titles.txt", f"lacks or garbles {error}", "Compare it with the original."
        ) from error


def read_lists(text: str) -> dict[str, list[str]]:
    """Word lists under headings in brackets → heading → words."""
    lists: dict[str, list[str]] = {}
    words: list[str] = []
    for line in text.splitlines():
        if line.startswith("[") and line.rstrip().endswith("]"):
            words = lists.setdefault(line.strip()[1:-1], [])
        elif not line.startswith("#"):
            words += line.split()
    return lists
