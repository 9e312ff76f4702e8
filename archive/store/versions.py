"""A page's next version: the one place where versions, rows and the change log are written together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from archive import changes, counts
from archive.corrections import redirects_between
from archive.errors import CorrectionError
from archive.issues import issue_for, leave_issue
from archive.keys import fill_keys
from archive.models import Article, Dump, KeyRedirect, Page, PageVersion, Photo, Piece
from archive.rows import keys_given, write_rows
from archive.saying import say
from archive.store.appearing import appear, since
from archive.store.suspecting import out_of_furniture, secrets, suspect
from archive.structure import PageStructure, lines_of
from archive.structure_json import from_json, to_json
from archive.unnaming import unname
from archive.withholding import holders, is_forgotten

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Redirects = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Origin:
    """How a version came about: ``author`` is None where no person made it."""

    kind: PageVersion.Kind
    parser_version: str
    author: User | None = None
    reason: str = ""


def structure_of(page: Page) -> PageStructure:
    """The page's current structure."""
    return from_json(page.versions.get(number=page.version).structure)


def locked(page: Page) -> Page:
    """The page as it is now that this transaction holds the write lock."""
    return Page.objects.select_related("dump", "issue__newspaper").select_for_update().get(pk=page.pk)


def append(
    page: Page,
    dump: Dump,
    structure: PageStructure,
    origin: Origin,
    redirects: Redirects = (),
) -> PageVersion:
    """Make ``structure``, over the lines of ``dump``, the page's newest version: version, rows and log in step.

    ``redirects`` are (old key, new key) of pieces that went into others. Raises CorrectionError when withheld text
    would be lost from sight.
    """
    elsewhere = secrets(page, dump)
    structure = out_of_furniture(page, structure, dump, elsewhere)
    structure = fill_keys(structure, dump.sha256, keys_given)
    if page.version and page.dump_id == dump.pk:  # only now have new pieces keys that old ones can lead to
        redirects = [*redirects, *redirects_between(structure_of(page), structure)]
    withheld = _withheld_in(page, dump, structure)
    version = add_version(page, dump, to_json(structure), origin)
    was = page.issue
    facts = structure.facts
    shown_of_page = (page.issue_id, page.number, page.name)
    # Facts may name the newspaper as printed: when staff rename it, its pages stay with it all the same.
    same_paper = page.version > 0 and facts.newspaper == structure_of(page).facts.newspaper
    page.issue = issue_for(facts, was.newspaper if same_paper else None)
    page.dump = dump
    page.first_line, page.last_line = structure.first_line, structure.last_line
    page.number, page.name, page.source = facts.number, facts.name, facts.source
    page.version = version.number
    page.confidence = min(
        [article.confidence for article in structure.articles]
        + [photo.confidence for photo in structure.photos],
        default=1.0,
    )
    page.save()
    changed = write_rows(
        page, structure, all_changed=shown_of_page != (page.issue_id, page.number, page.name)
    )
    _withhold(withheld)
    suspect(page, structure, elsewhere)
    if page.withheld_keys():
        unname(page)
    appear(page, since(version))
    _redirect(redirects)
    if was.pk != page.issue_id:
        leave_issue(was, page.issue)
    counts.doubt_page(page, was)
    changes.append(changed)
    return version


def add_version(page: Page, dump: Dump, structure: dict[str, Any], origin: Origin) -> PageVersion:
    """The row of the page's next version alone; the page and its pieces stay as they are."""
    return PageVersion.objects.create(
        page=page,
        number=page.version + 1,
        dump=dump,
        structure=structure,
        kind=origin.kind,
        parser_version=origin.parser_version,
        author=origin.author,
        author_name=origin.author.get_username() if origin.author else "",
        reason=origin.reason,
    )


def _withheld_in(page: Page, dump: Dump, structure: PageStructure) -> set[str]:
    """The keys of the pieces of the page's next structure, of the same dump, that hold characters withheld now.

    Raises CorrectionError when some of it would be furniture, of which nobody would know that it is withheld.
    """
    withheld = page.withheld_keys()
    if not withheld or page.dump_id != dump.pk:
        return set()
    before = structure_of(page)
    if is_forgotten(before, structure, withheld, lines_of(dump.text)):
        raise CorrectionError(say("撤下的文字"), say("不能移到版面杂项"), say("请把它留在文章或图片里。"))
    return holders(before, structure, withheld)


def _withhold(keys: set[str]) -> None:
    """Withhold the pieces that a correction or a new parse has given withheld text."""
    values = {"visibility": Piece.Visibility.WITHHELD, "visibility_reason": say("含有已撤下的文字")}
    for model in (Article, Photo):
        rows = model._default_manager.filter(key__in=keys).exclude(visibility=Piece.Visibility.WITHHELD)
        rows.update(**values, updated_at=timezone.now())


def _redirect(redirects: Redirects) -> None:
    """Lead merged keys on, and those that already led to them, so that no reader goes through a chain."""
    for old, new in redirects:
        what = KeyRedirect.What.PHOTO if Photo.objects.filter(key=old).exists() else KeyRedirect.What.ARTICLE
        KeyRedirect.objects.filter(what=what, old=new).delete()
        KeyRedirect.objects.filter(what=what, new=old).exclude(old=new).update(new=new)
        KeyRedirect.objects.update_or_create(what=what, old=old, defaults={"new": new})
