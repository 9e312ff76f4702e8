"""One folding and one tokenisation, for index and query alike; the only import of jieba.

A *literal* is a run of characters of one field or paragraph. Text and query are folded code point by code point, each
to one code point or to nothing, so that every place of the folded text has a place in the original:

* white space and characters that print nothing are dropped;
* width: ５Ｇ is 5G; case: 5G is 5g;
* Kangxi radicals (⽔ is 水), CJK compatibility characters, and Traditional → Simplified by a character table;
* the dots in names (· • ‧ ・ ． .) are one.

A text contains a literal when its folded form contains the literal's folded form. Phrase conversion would not do:
it keeps 乾隆 and turns 乾 into 干, so a part of a text might not be found in it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final

_TABLE_FILE: Final = Path(__file__).parent / "data" / "traditional_simplified.tsv"

#: The dots that stand between the parts of a name, and the full stop that a width fold makes of ．
_DOTS: Final = frozenset("·•‧・．.･∙⋅")
_DOT: Final = "·"

#: Blocks whose characters are only another form of the one their NFKC names: radicals, compatibility ideographs, width.
_COMPATIBILITY: Final = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF), (0x2F800, 0x2FA1F))

#: Characters that print nothing: NUL, soft hyphen, joiners, marks of direction, variation selectors, byte order mark.
_INVISIBLE_RANGES: Final = (
    *((code, code) for code in (0x0000, 0x00AD, 0x034F, 0x061C, 0x180E, 0xFEFF)),
    *((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xE0000, 0xE01FF)),
)
_INVISIBLE: Final = frozenset(code for first, last in _INVISIBLE_RANGES for code in range(first, last + 1))


@cache
def _simplified() -> dict[str, str]:
    lines = _TABLE_FILE.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return dict(pair for pair in pairs if len(pair) == 2)


def _fold_once(character: str) -> str:
    code = ord(character)
    if character.isspace() or code in _INVISIBLE or 0xD800 <= code <= 0xDFFF:
        return ""
    if character in _DOTS:
        return _DOT
    if any(first <= code <= last for first, last in _COMPATIBILITY):
        normal = unicodedata.normalize("NFKC", character)
        character = normal if len(normal) == 1 else character
    lower = character.lower()
    character = lower if len(lower) == 1 else character
    return _simplified().get(character, character)


def _fold_character(character: str) -> str:
    """The form that folding again leaves as it is (a few characters take two steps, such as Ｘ → X → x)."""
    seen = {character}
    while character and (folded := _fold_once(character)) != character:
        if folded in seen:  # a circle in the table: any fixed member will do
            return min(seen)
        seen.add(folded)
        character = folded
    return character


class _FoldTable(dict[int, str]):
    """What ``str.translate`` asks; a character is worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


_FOLD: Final = _FoldTable()


def fold(text: str) -> str:
    """The text as it is compared: see the module. ``fold(fold(x)) == fold(x)``."""
    return text.translate(_FOLD)


#: What stands in a text between two characters of a literal that it contains.
_DROPPED: Final = (
    rf"[\s{''.join(f'{chr(first)}-{chr(last)}' for first, last in _INVISIBLE_RANGES)}\ud800-\udfff]*+"
)


@cache
def _unfolded() -> dict[str, str]:
    """Each folded character with all that are folded to it, where there are others."""
    ranges = [range(first, last + 1) for first, last in _COMPATIBILITY]
    letters = (letter for letter in map(chr, range(0x20000)) if letter.lower() != letter)
    found: dict[str, str] = {}
    for character in sorted({*_simplified(), *_DOTS, *map(chr, chain(*ranges)), *letters}):
        folded = fold(character)
        if folded not in ("", character):
            found[folded] = found.get(folded, folded) + character
    return found


def pattern_of(literals: Iterable[str]) -> re.Pattern[str] | None:
    """What finds the literals in a text as it is, as ``fold`` would find them in the folded text, which takes many
    times as long; the longest of those that begin at one place. None without any."""
    longest = sorted({fold(literal) for literal in literals} - {""}, key=lambda one: (-len(one), one))
    return re.compile("|".join(map(_in_any_form, longest))) if longest else None


def _in_any_form(folded: str) -> str:
    return _DROPPED.join(f"[{re.escape(_unfolded().get(one, one))}]" for one in folded)


# --- words --------------------------------------------------------------------------------------------------------

#: jieba's own run of Chinese characters. rjieba and jieba agree inside such runs (tests/search/test_text.py).
_HAN: Final = "一-龥"
_PIECE: Final = re.compile(f"([{_HAN}]+)|([^\\W{_HAN}㐀-䶿豈-﫿\U00020000-\U0003fffe]+)|(\\w)")

Cut = Callable[[str], Iterable[str]]


@cache
def _cutter() -> tuple[str, Cut]:
    """The name and version of the segmenter, and the segmenter: rjieba where it is installed, jieba otherwise."""
    try:
        import rjieba
    except ImportError:
        return jieba_cutter()
    from importlib.metadata import version

    def cut(run: str) -> Iterable[str]:
        return rjieba.cut(run)

    return f"rjieba {version('rjieba')}", cut


def jieba_cutter() -> tuple[str, Cut]:
    """The pure-Python segmenter. Its cache stays out of the shared temp folder, where others could write it."""
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(_cache_directory())

    def cut(run: str) -> Iterable[str]:
        return tokenizer.cut(run)  # type: ignore[no-any-return]

    return f"jieba {jieba.__version__}", cut


def _cache_directory() -> Path:
    from django.conf import settings

    directory = Path(settings.INDEX_DIR)
    directory.mkdir(parents=True, exist_ok=True)
    return directory


def words(text: str) -> list[str]:
    """The words of a text, folded, in order: jieba's of Chinese runs, whole runs of letters and digits, and characters
    outside jieba's range one by one. Punctuation is no word.

    Words rank and suggest, and stand in for an unquoted query that no text contains; what is found never hangs on them.
    """
    return words_of_folded(fold(text))


def words_of_folded(folded: str) -> list[str]:
    """``words`` of a text that is folded already."""
    cut = _cutter()[1]
    found: list[str] = []
    for match in _PIECE.finditer(folded):
        if match.lastindex == 1:
            found += cut(match[1])
        else:
            found.append(match[0])
    return found


@cache
def stamp() -> str:
    """Names the folding and the dictionary: an index made with another one has to be made anew.

    rjieba and jieba cut alike, so the stamp does not say which of them is installed.
    """
    digest = hashlib.sha256(_TABLE_FILE.read_bytes())
    digest.update("".join(sorted(_DOTS)).encode())
    digest.update(repr((_COMPATIBILITY, sorted(_INVISIBLE), _PIECE.pattern)).encode())
    digest.update(f"jieba 0.42.1, unicode {unicodedata.unidata_version}".encode())
    return digest.hexdigest()[:16]
