"""What is remembered is right after a change, and nobody waits for what another reader's request counts."""

from __future__ import annotations

import pytest

from archive import changes, remembered
from archive.remembered import Memory

pytestmark = pytest.mark.django_db


def test_a_value_is_computed_once_until_the_archive_changes() -> None:
    changes.append([("article", "a1")])
    for ask in (Memory.of, Memory.roughly):
        name = f"test {ask.__name__}"
        values = iter(range(9))
        assert [ask(Memory(), name, values.__next__) for _ in range(3)] == [0, 0, 0]
        changes.append([("article", "a1")])
        assert ask(Memory(), name, values.__next__) == 1
        changes.move("counts", changes.last())
        assert ask(Memory(), name, values.__next__) == 2
        changes.move("counts", 0)


def test_who_asks_while_another_counts_is_given_the_value_from_before() -> None:
    changes.append([("article", "a1")])
    assert Memory().roughly("test", lambda: "old") == "old"
    changes.append([("article", "a1")])
    meanwhile = []

    def counting() -> str:
        meanwhile.append(Memory().roughly("test", lambda: "counted twice"))
        return "new"

    assert Memory().roughly("test", counting) == "new"
    assert meanwhile == ["old"]
    assert Memory().roughly("test", lambda: "counted twice") == "new"


def test_nobody_is_given_an_old_value_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "LONGEST_LATE", -1)
    changes.append([("article", "a1")])
    Memory().roughly("test", lambda: "old")
    changes.append([("article", "a1")])
    meanwhile = []

    def never_ready() -> str:
        meanwhile.append(Memory().roughly("test", lambda: "new"))
        return "late"

    Memory().roughly("test", never_ready)
    assert meanwhile == ["new"]


def test_a_count_that_fails_is_tried_again() -> None:
    changes.append([("article", "a1")])
    Memory().roughly("test", lambda: "old")
    changes.append([("article", "a1")])
    with pytest.raises(ZeroDivisionError):
        Memory().roughly("test", lambda: str(1 // 0))
    assert Memory().roughly("test", lambda: "new") == "new"
