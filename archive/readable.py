"""What of the rows a member of staff may read: without the right to withheld text, no list tells any of it.

A row tells of withheld text when it is a withheld piece, a piece that has left a page on which something is withheld
(its row keeps the words it last had), or a name that only such pieces mention.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from archive.models import (
    Article,
    Change,
    Chronicle,
    IdentityDecision,
    KeyRedirect,
    Mention,
    Person,
    Photo,
    Piece,
    Place,
    PlaceMention,
    Report,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

READ_WITHHELD = "archive.read_withheld"

Row = TypeVar("Row", bound=Model)


def readable(rows: QuerySet[Row], user: User | AnonymousUser) -> QuerySet[Row]:
    """Those of ``rows`` that tell ``user`` nothing that is withheld; all of a model whose rows never do."""
    hides = _SECRET.get(rows.model)
    if hides is None or user.has_perm(READ_WITHHELD):
        return rows
    return rows.exclude(hides())


def may_read(piece: Article | Photo, user: User | AnonymousUser) -> bool:
    """Whether ``user`` may read the piece's words, its title among them."""
    return readable(type(piece)._default_manager.filter(pk=piece.pk), user).exists()


def named(piece: Article | Photo) -> str:
    """The piece by its title, or by its key where not everybody on the staff may read that."""
    hidden = piece.gone or piece.visibility == Piece.Visibility.WITHHELD
    return piece.key if hidden else str(piece)


def _secret_piece() -> Q:
    withheld = {"visibility": Piece.Visibility.WITHHELD}
    left_its_page = Q(gone=True) & (
        Q(page__in=Article.objects.filter(**withheld).values("page"))
        | Q(page__in=Photo.objects.filter(**withheld).values("page"))
    )
    return Q(**withheld) | left_its_page


def _of_secret_piece(*, photos: bool = True) -> Q:
    """Of rows that hang on an article or, where the model has them, a photo."""
    found = Q(article__in=Article.objects.filter(_secret_piece()))
    return found | Q(photo__in=Photo.objects.filter(_secret_piece())) if photos else found


def _secret_people() -> QuerySet[Person]:
    """Those whose name stands in nothing that may be read; of one who was joined to another, under that name."""
    seen = Mention.objects.exclude(_of_secret_piece())
    own = Exists(seen.filter(person=OuterRef("pk")))
    joined = Exists(seen.filter(person=OuterRef("merged_into"), name=OuterRef("name")))
    return Person.objects.exclude(own | joined)


def _secret_places() -> QuerySet[Place]:
    seen = PlaceMention.objects.exclude(_of_secret_piece(photos=False))
    return Place.objects.exclude(Exists(seen.filter(place=OuterRef("pk"))))


def _slugs() -> QuerySet[Person, Any]:
    return _secret_people().values("slug")


_SECRET: dict[type[Model], Callable[[], Q]] = {
    Article: _secret_piece,
    Photo: _secret_piece,
    Mention: _of_secret_piece,
    PlaceMention: lambda: _of_secret_piece(photos=False),
    Person: lambda: Q(pk__in=_secret_people()),
    Place: lambda: Q(pk__in=_secret_places()),
    Chronicle: lambda: Q(person__in=_secret_people()) | Q(place__in=_secret_places()),
    IdentityDecision: lambda: (
        Q(key__in=Article.objects.filter(_secret_piece()).values("key"))
        | Q(key__in=Photo.objects.filter(_secret_piece()).values("key"))
        | Q(slug__in=_slugs())
        | Q(name__in=_slugs())
    ),
    KeyRedirect: lambda: Q(what=KeyRedirect.What.PERSON) & (Q(old__in=_slugs()) | Q(new__in=_slugs())),
    Change: lambda: Q(what=Change.What.PERSON, key__in=_slugs()),
    # An open one has to be answered, whatever it quotes.
    Report: lambda: Q(closed_at__isnull=False) & _of_secret_piece(),
}
