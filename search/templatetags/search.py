"""Search within other pages: hits marked in a text, related articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from django import template
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.models import Article, Genre
from archive.prepared import prepared
from archive.reading_text import Link, full_width, render
from archive.templatetags.reading import printed_in
from search.engines import current
from search.errors import SearchError
from search.highlight import Piece, terms
from search.highlight import hits as hits_in
from search.parsing import parse
from search.query import Word, positive
from search.text import fold

if TYPE_CHECKING:
    from search.listing import Shown
    from search.views import Choice

register = template.Library()


@register.simple_tag
def marks(q: str | None, article: Article | None = None) -> tuple[str, ...]:
    """What to mark for the query that led here; a word that the article lacks is marked by its own words."""
    if not q or not q.strip():
        return ()
    query = parse(q).query
    whole = fold("\n".join([article.headline, article.body])) if article else ""
    relaxed = [
        leaf.text for leaf in positive(query) if isinstance(leaf, Word) and article and leaf.text not in whole
    ]
    return terms(query, relaxed)


@register.simple_tag
def marked(text: str, found: Sequence[str] = (), links: Iterable[Link] = ()) -> SafeString:
    """A text set full-width, with links and marked hits."""
    return render(text, links, hits_in(text, found) if found else ())


@register.filter
def pieces(found: Sequence[Piece]) -> SafeString:
    """Highlighted pieces as HTML. Full-width marks need the whole text, so they are set before it is cut again."""
    whole = full_width("".join(piece.text for piece in found))
    out, place = [], 0
    for piece in found:
        text = whole[place : place + len(piece.text)]
        place += len(piece.text)
        out.append(f"<mark>{escape(text)}</mark>" if piece.hit else escape(text))
    return SafeString("".join(out))


@register.filter
def hit_items(found: Iterable[Shown], mark: str) -> SafeString:
    """Hits as the items of a list; ``mark`` is the query string that has them marked on their own pages. Not a
    template: twenty of them took a third of the time of a page of results."""
    query = f"?{mark}" if mark else ""
    return SafeString("".join(_hit_item(hit, query) for hit in found))


def _hit_item(hit: Shown, query: str) -> str:
    told, row = pieces(hit.snippet), hit.row
    href = escape(row.get_absolute_url() + query)
    tag = f' lang="{row.language}"'
    if isinstance(row, Article):
        title = f'<h2{tag}><a href="{href}">{pieces(hit.title)}</a></h2><p class="snippet"{tag}>{told}</p>'
        more = _about(row)
    else:
        label = f'<span class="label">{escape(_("图片"))}</span>'
        title = f'<h2 class="photo-hit"><a href="{href}">{label} <span{tag}>{told}</span></a></h2>'
        more = f"<span{tag}>{escape(full_width(row.credit))}</span>" if row.credit else ""
    return f'<li class="hit" lang="zh-Hans">{title}<p class="meta">{printed_in(row.page)}{more}</p></li>'


def _about(article: Article) -> str:
    section, more = article.section, ""
    if section:
        more = f'<a href="{escape(section.get_absolute_url())}">{escape(section.name)}</a>'
    if article.genre != Genre.NEWS:
        more += f"<span>{escape(article.get_genre_display())}</span>"
    return more


@register.filter
def choices(found: Sequence[Choice]) -> SafeString:
    """A facet's values as the items of a list. Not a template: a page of results has a hundred."""
    return SafeString("".join(map(_choice, found)))


def _choice(choice: Choice) -> str:
    taken = ' aria-current="true"' if choice.chosen else ""
    return (
        f'<li><a href="?{escape(choice.href)}" rel="nofollow"{taken}>{escape(choice.label)}</a>'
        f' <span class="count">{choice.count}</span></li>'
    )


@prepared
def _listed(keys: Sequence[str]) -> QuerySet[Article]:
    return Article.objects.listed().filter(key__in=keys).for_lists().order_by()


@register.simple_tag
def related(article: Article, limit: int = 4) -> list[Article]:
    """Articles most like this one; none where the index can't say."""
    try:
        hits = current().similar(("article", article.key), limit + 4)
    except SearchError:
        return []
    keys = [hit.key for hit in hits if hit.kind == "article" and hit.key != article.key]
    if not keys:
        return []
    rows = {row.key: row for row in _listed(keys)}
    return [rows[key] for key in keys if key in rows][:limit]
