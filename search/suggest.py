"""How what a reader begins to type meets what the archive has: by characters, by pinyin, by initials."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Final

from pypinyin import lazy_pinyin

from search.text import fold

#: How many characters of a headline are given a reading: nobody types more before choosing.
READ: Final = 12


@cache
def _reading(character: str) -> str:
    """The commonest reading of one character, without tone; a letter or digit as itself; nothing for punctuation."""
    if character.isascii():
        return character if character.isalnum() else ""
    read = lazy_pinyin(character, errors="ignore", v_to_u=False)
    return read[0] if read else ""


@lru_cache(maxsize=50_000)
def spellings(text: str) -> tuple[str, ...]:
    """What may be typed for a folded text: itself, its pinyin (with v and u for ü), its initials; no two the same."""
    head = text[:READ]
    read = [_reading(character) for character in head]
    pinyin = "".join(read)
    initials = "".join(syllable[:1] for syllable in read)
    ways = [text, pinyin, pinyin.replace("v", "u"), initials]
    return tuple(dict.fromkeys(way for way in ways if way))


def typed(prefix: str) -> str:
    """What was typed, as it is looked up: folded, without tones, spaces and apostrophes (lǚ pèi, lv'pei → lvpei)."""
    bare = "".join(
        character
        for character in unicodedata.normalize("NFD", prefix.replace("ü", "v").replace("Ü", "v"))
        if not unicodedata.combining(character)
    )
    return fold(unicodedata.normalize("NFC", bare)).replace("'", "").replace("’", "")
