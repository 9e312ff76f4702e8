"""Whether what is about to be stored holds text that is withheld somewhere in the archive.

Such pieces are withheld at once and wait for staff who may read both; what they release is not suspected again. The
withheld texts are compared as their rows have them, so there is nothing that could be out of date or told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils import timezone

from archive import changes, counts
from archive.corrections import MoveToNewArticle, apply
from archive.models import Article, Change, Dump, Page, Photo, Piece, Suspicion
from archive.saying import say
from archive.structure import PageStructure, lines_of
from archive.unnaming import unname
from archive.withholding import Folded, Likeness, Owner, is_like, nearby, text_of

#: On its own page a withheld text is looked for however short it is.
ON_ITS_PAGE = replace(Likeness(), shortest=2)
#: Runs of a text that copies are looked up by, their length, and the most copies looked at.
PROBES, PROBE, MOST_COPIES = 8, 12, 200


@dataclass(frozen=True, slots=True)
class Secret:
    """A withheld piece's words."""

    key: str
    page: int
    words: Folded

    def is_in(self, words: Folded, page: Page) -> bool:
        return is_like(self.words, words, ON_ITS_PAGE if self.page == page.pk else Likeness())


def secrets(page: Page, dump: Dump) -> list[Secret]:
    """Everything that is withheld by staff's own decision; what is only suspected of holding it is no secret itself.

    In the page's own dump its own secrets are followed place by place, and not looked for by their words.
    """
    suspected = Suspicion.objects.filter(outcome=Suspicion.Outcome.OPEN).values("key")
    found: list[Secret] = []
    for model in (Article, Photo):
        rows = model._default_manager.filter(visibility=Piece.Visibility.WITHHELD).exclude(key__in=suspected)
        rows = rows.exclude(page=page) if page.dump_id == dump.pk else rows
        found += [
            Secret(key, its_page, Folded(text))
            for key, its_page, text in rows.order_by().values_list("key", "page", "printed")
        ]
    return found


def out_of_furniture(
    page: Page, structure: PageStructure, dump: Dump, withheld: Sequence[Secret]
) -> PageStructure:
    """The structure with furniture that holds withheld text as articles of its own: only these can be withheld."""
    pieces = structure.furniture
    holding = {number for _, number in _held(page, [Folded(piece.text) for piece in pieces], withheld)}
    if not holding:  # as a rule: to cut a dump of many pages into its lines for each of them takes long
        return structure
    moved = [MoveToNewArticle(piece.spans) for number, piece in enumerate(pieces) if number in holding]
    return apply(structure, lines_of(dump.text), moved).structure


def suspect(page: Page, structure: PageStructure, withheld: Sequence[Secret]) -> None:
    """Withhold the page's pieces, as stored now, that hold any of ``withheld``."""
    if not withheld:
        return
    keys = {secret.key for secret in withheld}
    owners: list[Owner] = [*structure.articles, *structure.photos]
    pieces = [owner for owner in owners if owner.key not in keys]
    words = [Folded(text_of(piece)) for piece in pieces]
    _note((pieces[number].key, secret.key) for secret, number in _held(page, words, withheld))


def suspect_copies(piece: Article | Photo) -> None:
    """Withhold what the archive already has of a piece's words in other pieces."""
    secret = Secret(piece.key, piece.page_id, Folded(piece.printed))
    text = max(piece.printed.split("\n"), key=len)
    step = max(1, (len(text) - PROBE) // PROBES)
    probes = [text[at : at + PROBE] for at in range(0, max(1, len(text) - PROBE + 1), step)][: PROBES + 1]
    if len(text) < PROBE:
        return
    anywhere = Q()
    for probe in probes:
        anywhere |= Q(printed__contains=probe)
    for model in (Article, Photo):
        rows = model._default_manager.filter(anywhere, gone=False).exclude(key=piece.key)
        rows = rows.exclude(visibility=Piece.Visibility.WITHHELD).select_related("page__issue")[:MOST_COPIES]
        found = [row for row in rows if secret.is_in(Folded(row.printed), row.page)]
        _note((row.key, piece.key) for row in found)
        for page in {row.page for row in found}:
            counts.doubt_page(page)
            unname(page)


def _held(page: Page, words: Sequence[Folded], withheld: Sequence[Secret]) -> Iterator[tuple[Secret, int]]:
    """Each secret that is in one of the page's texts, with that text's number."""
    for number, text in nearby([secret.words for secret in withheld], words):
        if withheld[number].is_in(words[text], page):
            yield withheld[number], text


def _note(pairs: Iterable[tuple[str, str]]) -> None:
    for key, secret in pairs:
        suspicion, _ = Suspicion.objects.get_or_create(key=key, secret=secret)
        if suspicion.outcome == Suspicion.Outcome.RELEASED:
            continue
        for model, what in ((Article, Change.What.ARTICLE), (Photo, Change.What.PHOTO)):
            public = model._default_manager.filter(key=key).exclude(visibility=Piece.Visibility.WITHHELD)
            if public.update(
                visibility=Piece.Visibility.WITHHELD,
                visibility_reason=say("疑似含有已撤下的文字，待核对"),
                updated_at=timezone.now(),
            ):
                changes.append([(what, key)])
