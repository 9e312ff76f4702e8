"""The same fix on similar pages: offered there as proposals, never applied by itself.

A fix that can be carried over says what a text is: a line that belongs to no article (扫一扫 …), or a block's role.
Other pages of the newspaper that print the same text as something else get a proposal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from archive import store
from archive.corrections import Action, Mark, MoveToFurniture, apply
from archive.difference import ROLE_WORDS
from archive.errors import CorrectionError
from archive.models import Article, Page, PageVersion, Proposal
from archive.querysets import shown
from archive.saying import listed, say
from archive.structure import Block, Kind, PageStructure, Role, lines_of
from archive.structure_json import to_json

#: Pages looked at for one fix, and characters that a text must have to be told from others.
MOST_PAGES = 50
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Fix:
    """What a text was found to be."""

    text: str
    role: Role | None = None
    kind: Kind | None = None

    @property
    def what(self) -> str:
        return ROLE_WORDS[self.role] if self.role else say("版面杂项")

    @property
    def words(self) -> str:
        return say("“%(text)s”是%(what)s", text=self.text[:20], what=self.what)

    def action(self, block: Block) -> Action | None:
        """The action that says so of another page's block; None where it is so already."""
        if block.text != self.text or block.role is self.role:
            return None
        if self.kind:
            return MoveToFurniture(block.spans, self.kind)
        return Mark(block.spans, self.role) if self.role else None


def fixes_between(before: PageStructure, after: PageStructure) -> tuple[Fix, ...]:
    """What a version says of whole blocks that the one before took for something else."""
    return tuple(dict.fromkeys(_fixes(before, after)))


def _fixes(before: PageStructure, after: PageStructure) -> Iterator[Fix]:
    was = {block.spans: block for article in before.articles for block in article.blocks}
    for piece in after.furniture:
        if piece.spans in was and len(piece.text) >= SHORTEST and piece.kind is not Kind.REPEAT:
            yield Fix(piece.text, kind=piece.kind)
    for article in after.articles:
        for block in article.blocks:
            old = was.get(block.spans)
            if old and old.role is not block.role and len(block.text) >= SHORTEST:
                yield Fix(block.text, role=block.role)


@dataclass(frozen=True, slots=True)
class Offer:
    """A similar page and what the fixes would make of it."""

    page: Page
    fixes: tuple[Fix, ...]
    structure: PageStructure

    @property
    def words(self) -> str:
        """The fixes, each with the text it is of: to be shown to who made them, and not to be stored."""
        return listed([fix.words for fix in self.fixes], say("；"))

    @property
    def kinds(self) -> str:
        """What the texts were found to be, without the texts: they may be withheld one day."""
        return listed(dict.fromkeys(fix.what for fix in self.fixes), say("、"))


def offers(page: Page, fixes: tuple[Fix, ...]) -> list[Offer]:
    """The newspaper's other pages on which the fixes would change something and no proposal waits."""
    numbers: set[int] = set()
    for fix in fixes:
        same = Article.objects.filter(
            shown(), printed__contains=fix.text, page__issue__newspaper=page.issue.newspaper
        ).exclude(page=page)
        numbers.update(same.values_list("page", flat=True)[:MOST_PAGES])
    similar = (
        Page.objects.filter(pk__in=numbers)
        .exclude(proposals__outcome=Proposal.Outcome.OPEN)
        .select_related("issue__newspaper", "dump")
        .defer("dump__data")
        .order_by("pk")[:MOST_PAGES]
    )
    return [offer for each in similar if (offer := _offer(each, fixes))]


def _offer(page: Page, fixes: tuple[Fix, ...]) -> Offer | None:
    structure, withheld = store.structure_of(page), page.withheld_keys()
    found = [
        (fix, action)
        for fix in fixes
        for article in structure.articles
        if article.key not in withheld
        for block in article.blocks
        if (action := fix.action(block))
    ]
    if not found:
        return None
    try:
        made = apply(structure, lines_of(page.dump.text), [action for _, action in found]).structure
    except CorrectionError:
        return None
    return Offer(page, tuple(dict.fromkeys(fix for fix, _ in found)), made)


def propose(source: PageVersion, found: list[Offer]) -> int:
    """Leave a proposal at each page that has none waiting; how many."""
    made = 0
    for offer in found:
        with transaction.atomic():
            current = offer.page.versions.get(number=offer.page.version)
            _, new = Proposal.objects.get_or_create(
                page=offer.page,
                outcome=Proposal.Outcome.OPEN,
                defaults={
                    "dump": offer.page.dump,
                    "structure": to_json(offer.structure),
                    "parser_version": current.parser_version,
                    "reason": f"与{source.page}版本 {source.number} 同样的改法：{offer.kinds}"[:300],
                },
            )
            made += new
    return made
