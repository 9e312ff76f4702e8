"""Queries whose SQL is written once.

Django writes the SQL of a query anew each time it is asked, which takes several times as long as SQLite takes to answer
the queries of a page: it was half of an article's page. A prepared query is written when it is first asked, with
stand-ins for the values that change, and from then on only given its values.
"""

from __future__ import annotations

import copy
import functools
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, TypeVarTuple

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Expression, QuerySet
from django.db.models.sql.compiler import SQLCompiler

Values = TypeVarTuple("Values")
Row = TypeVar("Row")

#: Lists of values are filled up to a multiple of this, so that those of almost equal length share their SQL.
ROUND = 8
#: How many shapes of one query are kept written.
MOST_SHAPES = 64

#: Of each value None or, of a list, its length filled up.
_Shape = tuple[int | None, ...]


class _StandIn(Expression):
    """In the place of the value number ``place``, or of its part number ``part`` where that is a list."""

    def __init__(self, place: int, part: int | None = None) -> None:
        super().__init__()
        self.place = place
        self.part = part

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        return "%s", [self]

    def of(self, values: Sequence[Any]) -> str | int:
        """What stands here among the values given."""
        value = values[self.place]
        return value if self.part is None else value[min(self.part, len(value) - 1)]  # type: ignore[no-any-return]


@dataclass(frozen=True)
class _Written(Generic[Row]):
    """A query of one shape with its SQL; ``sql`` is None where nothing can be found."""

    queryset: QuerySet[Any, Row]
    compiler: SQLCompiler
    sql: str | None
    stand_ins: tuple[Any, ...]
    own: threading.local = field(default_factory=threading.local)

    def ask(self, values: Sequence[Any]) -> list[Row]:
        if self.sql is None:
            return []
        bound = tuple(one.of(values) if isinstance(one, _StandIn) else one for one in self.stand_ins)
        connection = connections[self.queryset.db]
        if getattr(self.own, "connection", None) is not connection:
            self._prepare_for(connection)
        setattr(self.own.compiler, "as_sql", lambda: (self.sql, bound))  # noqa: B010
        rows = self.own.rows
        return list(rows._iterable_class(rows))

    def _prepare_for(self, connection: Any) -> None:
        """Give this thread a queryset and a compiler of its own, which know how rows become what the query gives."""
        compiler = copy.copy(self.compiler)
        compiler.connection = connection
        converters = compiler.get_converters([column for column, *_ in compiler.select[: compiler.col_count]])
        rows = self.queryset.all()
        # setattr, since mypy lets no method be replaced
        setattr(compiler, "get_converters", lambda _columns: converters)  # noqa: B010
        setattr(rows.query, "get_compiler", lambda *_using, **_names: compiler)  # noqa: B010
        self.own.connection, self.own.compiler, self.own.rows = connection, compiler, rows


def prepared(write: Callable[[*Values], QuerySet[Any, Row]]) -> Callable[[*Values], list[Row]]:
    """Make of a function that writes a query one that asks it, as ``list(write(*values))`` would, and writes it once.

    Each value is text, a number, or a list of these to be looked up ``__in``; any other, such as None, which no lookup
    compares, or a date, is a TypeError that names the query. ``write`` may only hand them on to lookups, and prefetches
    nothing: it sees stand-ins, never the values themselves, and a list filled up with its last one. Django turns no
    stand-in into what the column holds, so dates are given in ISO format, and ids are compared with ``__pk``. Rows are
    new each time.
    """
    known: dict[_Shape, _Written[Row]] = {}

    @functools.wraps(write)
    def ask(*values: *Values) -> list[Row]:
        shape = tuple(
            [None if isinstance(value, str | int) else _filled_up(write, value) for value in values]
        )
        if shape not in known:
            if len(known) >= MOST_SHAPES:
                return list(write(*values))
            known[shape] = _written(write, shape)
        return known[shape].ask(values)

    return ask


def _filled_up(write: Callable[..., Any], values: Any) -> int:
    """A list's length filled up."""
    if not isinstance(values, Sequence):
        raise TypeError(_no_value(write, values))
    for value in values:
        if not isinstance(value, str | int):
            raise TypeError(_no_value(write, value))
    return -(-len(values) // ROUND) * ROUND


def _no_value(write: Callable[..., Any], value: object) -> str:
    return f"{write.__qualname__} takes text, numbers and lists of these, dates in ISO format; not {value!r}"


def _written(write: Callable[..., QuerySet[Any, Row]], shape: _Shape) -> _Written[Row]:
    queryset = write(
        *(
            _StandIn(place) if length is None else [_StandIn(place, part) for part in range(length)]
            for place, length in enumerate(shape)
        )
    )
    compiler = queryset.query.get_compiler(queryset.db)
    try:
        sql, stand_ins = compiler.as_sql()
    except EmptyResultSet:
        return _Written(queryset, compiler, None, ())
    return _Written(queryset, compiler, sql, tuple(stand_ins))
