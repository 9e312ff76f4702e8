"""No pattern of the archive can run away: a long line takes time in proportion to its length."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]

import pytest

import archive
import search

MODULES = [
    module.name
    for package in (archive, search)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    if ".migrations" not in module.name
]
#: Repeats of at most so many of anything count as fixed: they multiply time by a constant.
_BOUNDED = 64


def patterns() -> Iterator[tuple[str, str]]:
    for name in MODULES:
        for key, value in vars(importlib.import_module(name)).items():
            if isinstance(value, re.Pattern):
                yield f"{name}.{key}", value.pattern


def _children(operation, argument) -> Iterator[list]:
    if operation in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        yield argument[2]
    elif operation is codes.SUBPATTERN:
        yield argument[3]
    elif operation is codes.BRANCH:
        yield from argument[1]
    elif operation in (codes.ASSERT, codes.ASSERT_NOT):
        yield argument[1]
    elif operation is codes.ATOMIC_GROUP:
        yield argument


def _varies(sequence) -> bool:
    """Whether a sequence can match the same text in several lengths that only backtracking tells apart."""
    low, high = sequence.getwidth()
    return low != high and any(
        operation in (codes.MAX_REPEAT, codes.MIN_REPEAT) and argument[1] > max(1, argument[0])
        for operation, argument in sequence
    )


def runaways(sequence, inside: bool = False) -> Iterator[str]:
    """Repeats without bound around a repeat of variable length that nothing fixed begins or ends: (X{2,4})*."""
    for operation, argument in sequence:
        endless = operation in (codes.MAX_REPEAT, codes.MIN_REPEAT) and argument[1] > _BOUNDED
        if endless and _varies(argument[2]):
            items = list(argument[2])
            edges = [items[0][0], items[-1][0]]
            fixed = any(edge in (codes.LITERAL, codes.IN, codes.NOT_LITERAL) for edge in edges)
            if not fixed:
                yield str(argument[2])
        for child in _children(operation, argument):
            yield from runaways(child, inside or endless)


@pytest.mark.parametrize(
    ("name", "pattern"), list(patterns()), ids=lambda value: value if "." in str(value)[:8] else ""
)
def test_no_endless_repeat_of_something_of_variable_length(name: str, pattern: str) -> None:
    assert list(runaways(_parser.parse(pattern))) == []
