"""How a Chinese name is read: pinyin, with the readings that surnames have first."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

#: How readers may type the vowel ü, which has no key of its own.
U_UMLAUT = ("v", "ü", "u", "yu")


@dataclass(frozen=True, slots=True)
class Reading:
    """A name's reading.

    ``pinyin`` has tones and a space between surname and given name (``lǚ pèi``); ``plain`` has neither tones
    nor spaces and writes ü (``lüpei``), for sorting; ``initials`` are the syllables' first letters (``lp``);
    ``forms`` is each spelling that a search answers (``lvpei``, ``lüpei``, ``lupei``, ``lyupei``, ``lp``).
    """

    pinyin: str
    plain: str
    initials: str
    forms: tuple[str, ...]


def reading(name: str, surnames: Mapping[str, str]) -> Reading:
    """The reading of ``name``.

    ``surnames`` maps surnames, compound ones too, to their reading with tones (翟 → zhái).
    """
    surname = surname_of(name, surnames)
    syllables = surnames[surname].split() if surname else []
    syllables += _syllables(name[len(surname) :])
    return from_syllables(syllables, len(surnames[surname].split()) if surname else 0)


def surname_of(name: str, surnames: Mapping[str, str]) -> str:
    """The longest of ``surnames`` that begins ``name`` and leaves a given name; empty where there is none."""
    if "·" in name:
        return ""
    for length in (2, 1):
        if len(name) > length and name[:length] in surnames:
            return name[:length]
    return ""


def from_syllables(syllables: list[str], in_surname: int = 0) -> Reading:
    """A reading from its syllables with tones, the first ``in_surname`` of which are the surname's."""
    bare = [without_tone(syllable) for syllable in syllables]
    spelt = "".join(syllables[:in_surname]), "".join(syllables[in_surname:])
    initials = "".join(syllable[0] for syllable in bare if syllable)
    forms = ["".join(way) for way in itertools.islice(itertools.product(*map(_spellings, bare)), 64)]
    return Reading(
        pinyin=" ".join(part for part in spelt if part),
        plain="".join(bare),
        initials=initials,
        forms=tuple(dict.fromkeys([*forms, initials])),
    )


def without_tone(syllable: str) -> str:
    """A syllable without its tone mark; ü stays (``lǚ`` → ``lü``)."""
    decomposed = unicodedata.normalize("NFD", syllable.lower())
    kept = "".join(c for c in decomposed if not unicodedata.combining(c) or c == "\N{COMBINING DIAERESIS}")
    return unicodedata.normalize("NFC", kept)


def _syllables(text: str) -> list[str]:
    from pypinyin import Style, pinyin

    letters: list[str] = [readings[0] for readings in pinyin(text, style=Style.TONE)]
    return [run for run in letters if run[0].isalnum()]


def _spellings(syllable: str) -> list[str]:
    return [syllable.replace("ü", way) for way in U_UMLAUT] if "ü" in syllable else [syllable]
