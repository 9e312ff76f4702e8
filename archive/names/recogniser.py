"""Texts → mentions of people: fold, tag, weigh, settle by what is known, tell kinds and offices."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

from archive.names import cues
from archive.names.boundaries import WEIGHTS, Candidate, best_apart, candidates, with_known
from archive.names.folding import Folded, fold, is_han
from archive.names.glance import stretches
from archive.names.known import Names, of_archive, repeated, standing, word_at
from archive.names.lexicon import Lexicon, lexicon
from archive.names.lists import filled, with_runs
from archive.names.mentions import NOWHERE, ArticleText, Known, MentionKind, NameMention
from archive.names.offices import kinds, offices
from archive.names.places import PlaceMention, in_pieces, may_name_places
from archive.names.tagger import Tagging, simplified, tag
from archive.structure import PageStructure, Role

#: Changes whenever the same text may get other mentions; a mention carries the version that made it.
RECOGNISER_VERSION = "4"
#: Pages that the tagger reads at a time: sentences of like length are then enough for full batches.
AT_ONCE = 16

#: The people and the places that each article of a page names.
Named = tuple[tuple[tuple[NameMention, ...], ...], tuple[tuple[PlaceMention, ...], ...]]
#: The pieces of each article, folded and tagged.
_Tagged = list[list[tuple[Folded, Tagging]]]


@dataclass(frozen=True, slots=True)
class _Piece:
    """One piece of an article on its way: folded, tagged, with all that may be names."""

    role: Role
    folded: Folded
    tagging: Tagging
    candidates: list[Candidate]


def recognise(
    texts: Sequence[ArticleText], known: Known | None = None
) -> tuple[tuple[NameMention, ...], ...]:
    """The people that each of ``texts`` names, in printed order.

    The texts are the articles of one page or of many; full names seen in any of them help with the others.
    """
    words = lexicon()
    (tagged,) = _tagged([texts], words)
    return _people(texts, _weighed(texts, tagged, words), known, words)


def people_and_places(texts: Sequence[ArticleText], known: Known | None = None) -> Named:
    """The people and the places that each of ``texts`` names, the tagger reading them once for both.

    What is a person's name is no place: 区领导张小镇.
    """
    (found,) = page_by_page([texts], known)
    return found


def page_by_page(pages: Iterable[Sequence[ArticleText]], known: Known | None = None) -> Iterator[Named]:
    """``people_and_places`` of each page in turn, on as many cores as the tagger has threads.

    It reads several pages at a time, and the next ones while the caller deals with these.
    """
    words = lexicon()
    rest = iter(pages)
    with ThreadPoolExecutor(1) as reader:

        def begin() -> tuple[list[Sequence[ArticleText]], Future[list[_Tagged]]]:
            some = list(itertools.islice(rest, AT_ONCE))
            return some, reader.submit(_tagged, some, words, may_name_places)

        some, reading = begin()
        while some:
            following, reading_following = begin()
            for texts, tagged in zip(some, reading.result(), strict=True):
                yield _named(texts, tagged, known, words)
            some, reading = following, reading_following


def _named(texts: Sequence[ArticleText], tagged: _Tagged, known: Known | None, words: Lexicon) -> Named:
    articles = _weighed(texts, tagged, words)
    people = _people(texts, articles, known, words)
    found = []
    for pieces, named in zip(articles, people, strict=True):
        taken = {(one.piece, place) for one in named for place in range(one.start, one.end)}
        found.append(
            tuple(
                one
                for one in in_pieces([(piece.folded, piece.tagging) for piece in pieces])
                if not any((one.piece, place) in taken for place in range(one.start, one.end))
            )
        )
    return people, tuple(found)


def _people(
    texts: Sequence[ArticleText], articles: Sequence[list[_Piece]], known: Known | None, words: Lexicon
) -> tuple[tuple[NameMention, ...], ...]:
    settled = [
        settled_names(pieces, words).union(
            repeated([piece.folded.text for piece in pieces], words),
            text.reporters,
            text.correspondents,
            text.photographers,
        )
        for text, pieces in zip(texts, articles, strict=True)
    ]
    names = Names.of(frozenset().union(*settled), words, of_archive(known.people) if known else None)
    return tuple(
        _mentions(text, pieces, names, of_article, words)
        for text, pieces, of_article in zip(texts, articles, settled, strict=True)
    )


def people_of(structure: PageStructure, known: Known | None = None) -> tuple[tuple[str, ...], ...]:
    """For each article of a page, the sorted names of the people it names, without those who wrote it."""
    found = recognise([ArticleText.of(article) for article in structure.articles], known)
    return tuple(
        tuple(sorted({mention.name for mention in mentions if mention.kind is MentionKind.SUBJECT}))
        for mentions in found
    )


def settled_names(pieces: Sequence[_Piece], words: Lexicon) -> frozenset[str]:
    """The full names of an article that are beyond doubt at one place at least: they settle the other places."""
    settled: set[str] = set()
    followers: dict[str, Counter[str]] = defaultdict(Counter)
    for piece in pieces:
        line = piece.folded.text
        for one in filled(line, best_apart(piece.candidates), words):
            name = line[one.start : one.end]
            if "·" in name or (1 < len(name) < 5 and words.surname(name)):
                if one.evidence >= WEIGHTS.settle:
                    settled.update([name, *(part for part in name.split("·") if len(part) > 2)])
                followers[name][_follower(piece, one.end, words)] += 1
    cut = cut_short(followers)
    return frozenset((settled - cut.keys()) | {name + after for name, after in cut.items()})


def _follower(piece: _Piece, place: int, words: Lexicon) -> str:
    """The character at ``place`` if it may be a name's last; empty where another word begins: 吕沛|获奖."""
    line = piece.folded.text
    if cues.deed_after(line, place, words):
        return ""
    unlikely = place < len(line) and piece.tagging.inside[place] < WEIGHTS.notice
    return "" if unlikely and len(word_at(line, place)) > 1 else line[place : place + 1]


def cut_short(followers: Mapping[str, Mapping[str, int]]) -> dict[str, str]:
    """Names of two characters that one and the same character always follows, which hence is theirs: 卓阿|好.

    ``followers`` counts what follows each name; only what is seen twice or more proves anything.
    """
    return {
        name: after
        for name, counts in followers.items()
        if len(name) == 2 and len(counts) == 1
        for after, times in counts.items()
        if times > 1 and after and is_han(after)
    }


def _tagged(
    pages: Sequence[Sequence[ArticleText]],
    words: Lexicon,
    also: Callable[[Sequence[str]], bool] | None = None,
) -> list[_Tagged]:
    """The articles of each page folded and tagged; ``also`` as in ``glance.stretches``."""
    folded = [
        [[fold(piece.text, simplified(), words) for piece in text.pieces] for text in texts]
        for texts in pages
    ]
    flat = [one.text for page in folded for pieces in page for one in pieces]
    taggings = iter(tag(flat, worth=lambda text: stretches(text, words, also)))
    return [[[(one, next(taggings)) for one in pieces] for pieces in page] for page in folded]


def _weighed(texts: Sequence[ArticleText], tagged: _Tagged, words: Lexicon) -> list[list[_Piece]]:
    return [
        [
            _Piece(piece.role, one, tagging, candidates(one.text, tagging, words))
            for piece, (one, tagging) in zip(text.pieces, pieces, strict=True)
        ]
        for text, pieces in zip(texts, tagged, strict=True)
    ]


def _mentions(
    text: ArticleText,
    pieces: Sequence[_Piece],
    everywhere: Names,
    of_article: Collection[str],
    words: Lexicon,
) -> tuple[NameMention, ...]:
    found: list[NameMention] = []
    invented = {name for piece in pieces for name in cues.invented(piece.folded.text)}
    for number, piece in enumerate(pieces):
        line = piece.folded.text
        sure = standing(line, everywhere, piece.tagging, words)
        names = best_apart(with_known(line, piece.candidates, everywhere, of_article, sure))
        names = filled(line, with_runs(line, names, words, everywhere), words)
        names = [
            one
            for one in names
            if one.end - one.start > 1
            and line[one.start : one.end] not in words.surnames  # 慕容大姐
            and not cues.term_after(line, one.end, words)
            and line[one.start : one.end] not in invented
        ]
        for one, kind, office in zip(
            names,
            kinds(line, piece.role, names, words),
            offices(line, names, piece.tagging, words),
            strict=True,
        ):
            start, end = piece.folded.span(one.start, one.end)
            name = piece.folded.printed[one.start : one.end]
            found.append(NameMention(name, kind, number, start, end, office))
    return tuple(replace(one, order=order) for order, one in enumerate(credited(text, found)))


def credited(text: ArticleText, found: Sequence[NameMention]) -> list[NameMention]:
    """The mentions with the kinds that the article's credits say, and those of writers who stand nowhere in it.

    A name with an office of its own stays what it is: a reporter and an official may have one name.
    """
    kind_of = {
        **dict.fromkeys(text.photographers, MentionKind.PHOTOGRAPHER),
        **dict.fromkeys(text.correspondents, MentionKind.CORRESPONDENT),
        **dict.fromkeys(text.reporters, MentionKind.REPORTER),
    }
    told = [
        replace(one, kind=kind_of[one.name])
        if one.kind is MentionKind.SUBJECT and not one.office and one.name in kind_of
        else one
        for one in found
    ]
    seen = {one.name for one in told if one.kind is not MentionKind.SUBJECT}
    absent = [NameMention(name, kind, NOWHERE, 0, 0) for name, kind in kind_of.items() if name not in seen]
    return [*told, *absent]
