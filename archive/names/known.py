"""Where names that are known already stand in a text, though the tagger gives nothing there: 吕沛获奖."""

from __future__ import annotations

import functools
import operator
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from archive.names import cues
from archive.names.folding import is_han
from archive.names.glance import words_of
from archive.names.lexicon import Lexicon, lexicon
from archive.names.tagger import Tagging, tag_names

#: Characters: so much of a clause on either side says how its words are divided.
AROUND = 12

_HAN_RUN = re.compile("[\u4e00-\u9fff]+")
_OTHERS = frozenset({"ORG", "LOC", "TIME", "nw"})


@dataclass(frozen=True, slots=True)
class Names:
    """Known names, ready to be looked for: a page costs the same whether a hundred are known or a hundred thousand.

    Looked for are those with the shape of a full name: a surname and one or two characters, or parts with a dot.
    ``others`` are more of them, made ready before.
    """

    names: frozenset[str]
    others: Names | None = None
    _lengths: Mapping[str, frozenset[int]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, names: Iterable[str], lexicon: Lexicon, others: Names | None = None) -> Names:
        """The names with how long those are that begin with the same two characters."""
        known = frozenset(names)
        lengths: dict[str, set[int]] = {}
        for name in known:
            if is_full(name, lexicon):
                lengths.setdefault(name[:2], set()).add(len(name))
        return cls(known, others, {first: frozenset(each) for first, each in lengths.items()})

    def __contains__(self, name: object) -> bool:
        return name in self.names or (self.others is not None and name in self.others)

    def at(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the names stand in ``text``, in order, the longest at each place, none overlapping an earlier one."""
        free = 0
        here, there = self._lengths, self.others._lengths if self.others else {}
        twos = enumerate(map(operator.concat, text, text[1:]))
        for place in [place for place, two in twos if two in here or two in there]:
            if place < free:
                continue
            first = text[place : place + 2]
            for length in sorted({*here.get(first, ()), *there.get(first, ())}, reverse=True):
                if place + length <= len(text) and text[place : place + length] in self:
                    free = place + length
                    yield place, free
                    break


@functools.lru_cache(maxsize=1)
def of_archive(names: frozenset[str]) -> Names:
    """The archive's names made ready, once for all the pages of a batch."""
    return Names.of(names, lexicon())


def repeated(texts: Sequence[str], lexicon: Lexicon) -> set[str]:
    """Names of a surname and two characters that come again in an article, though the tagger may take them for none.

    The dictionary has no word for them (毛|有|福), no function word is in them, twice a name may begin or end there,
    and once an office stands before them or what people say or do behind.
    """
    places: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for text in texts:
        for match in lexicon.triples.finditer(text):
            places[match.group(1)].append((text, match.start()))
    return {
        name
        for name, there in places.items()
        if len(there) > 1 and _signed(there, lexicon) and len(words_of(name)) == 3
    }


def _signed(places: Sequence[tuple[str, int]], lexicon: Lexicon) -> bool:
    """Whether what stands around three characters at these places of texts makes a name of them."""
    sides, of_people = 0, False
    for text, start in places:
        end = start + 3
        titled = cues.office_before(text, start, lexicon) or cues.named_before(text, start)
        begins = titled or cues.opens(text, start)
        deed = cues.deed_after(text, end, lexicon)
        ends = deed > 0 or cues.closes(text, end)
        if (begins or ends) and {start, start + 1, start + 2, end}.issubset(word_edges(text, start, end)):
            sides += begins + ends
            of_people |= titled or deed > 1 or text.startswith("说", end)
    return sides > 1 and of_people


def is_full(name: str, lexicon: Lexicon) -> bool:
    """Whether a name is one that can be told from other words: with a surname, or of parts with a dot."""
    if "·" in name:
        return True
    surname = lexicon.surname(name)
    return bool(surname) and 1 <= len(name) - len(surname) <= 2


def standing(text: str, names: Names, tagging: Tagging, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Where a known name stands in ``text`` as a name: between words, no word itself, and no part of another name."""
    return [span for span in names.at(text) if stands(text, *span, tagging, lexicon)]


def stands(text: str, start: int, end: int, tagging: Tagging, lexicon: Lexicon) -> bool:
    """Whether characters ``start`` to ``end``, a known name, are one here."""
    name = text[start:end]
    if "·" in name:
        return "·" not in text[max(0, start - 1) : start] + text[end : end + 1]
    if not _OTHERS.isdisjoint(tags_at(tagging, start, end)):
        return False
    edges = word_edges(text, start, end)
    if start not in edges or end not in edges:
        return False
    if edges[edges.index(start) + 1] == end and not (len(name) > 2 and is_name(name)):
        return False  # a word: 高峰, 黄河
    return len(name) > 2 or (_apart_before(text, start, edges, lexicon) and _apart_after(text, end, lexicon))


def tags_at(tagging: Tagging, start: int, end: int) -> set[str]:
    """What the tagger takes the words of a stretch for; nothing where it wasn't asked."""
    names = tag_names()
    return {
        names[tagging.best[place]].split("-")[0]
        for place in range(start, end)
        if tagging.begins[place] or tagging.inside[place]
    }


def word_edges(text: str, start: int, end: int) -> list[int]:
    """The places near a stretch where the dictionary divides words; the stretch's own run of characters only."""
    import rjieba

    first, last = start, end
    while first > max(0, start - AROUND) and is_han(text[first - 1]):
        first -= 1
    while last < min(len(text), end + AROUND) and is_han(text[last]):
        last += 1
    edges = [first]
    for word in rjieba.cut(text[first:last], hmm=False):
        edges.append(edges[-1] + len(word))
    return edges


def is_name(word: str) -> bool:
    """Whether the dictionary has ``word`` as a person's name."""
    import rjieba

    tags = rjieba.tag(word, hmm=False)
    return len(tags) == 1 and tags[0][1].startswith("nr")


def is_common(text: str) -> bool:
    """Whether the dictionary has ``text`` as one word that is no person's name."""
    import rjieba

    tags = rjieba.tag(text, hmm=False)
    return len(tags) == 1 and not tags[0][1].startswith("nr")


def _apart_before(text: str, start: int, edges: list[int], lexicon: Lexicon) -> bool:
    """Whether no surname stands before a name of two characters, of which it would be the given name: 欧|阳明."""
    before = edges.index(start) - 1
    alone = before >= 0 and start - edges[before] == 1
    return not (alone and text[start - 1] in lexicon.surnames and text[start - 1] not in lexicon.verbs)


def _apart_after(text: str, end: int, lexicon: Lexicon) -> bool:
    """Whether a name of two characters ends for certain: before a mark, a deed, or a word of two characters."""
    if cues.closes(text, end) or cues.deed_after(text, end, lexicon):
        return True
    return len(word_at(text, end)) > 1


def word_at(text: str, start: int) -> str:
    """The word of the dictionary that begins at ``start``, by the characters behind it alone."""
    import rjieba

    run = _HAN_RUN.match(text, start, start + AROUND)
    return rjieba.cut(run.group(), hmm=False)[0] if run else ""
