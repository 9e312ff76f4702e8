"""The change log: consumers follow it, catch up after dying, and see each change at least once."""

from collections.abc import Sequence

import pytest

from archive import changes
from archive.models import Change

pytestmark = pytest.mark.django_db


class Recorder:
    """A consumer that remembers, and dies when told to."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []
        self.dies = False

    def handle(self, batch: Sequence[Change]) -> None:
        if self.dies:
            raise OSError("the disk is full")
        self.seen += [(change.what, change.key) for change in batch]


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


def test_a_consumer_sees_changes_in_order_and_once_in_a_batch(recorder: Recorder) -> None:
    consumer = changes.Consumer("test", recorder.handle)
    changes.append([("article", "a"), ("article", "b"), ("article", "a")])
    assert changes.follow(consumer) == 3
    assert recorder.seen == [("article", "b"), ("article", "a")]
    assert changes.follow(consumer) == 0


def test_a_consumer_that_died_gets_the_same_changes_again(recorder: Recorder) -> None:
    consumer = changes.Consumer("test", recorder.handle)
    changes.append([("article", "a")])
    recorder.dies = True
    with pytest.raises(OSError, match="full"):
        changes.follow(consumer)
    recorder.dies = False
    changes.follow(consumer)
    assert recorder.seen == [("article", "a")]


def test_a_new_consumer_begins_at_the_beginning(recorder: Recorder) -> None:
    changes.append([("article", "a")])
    changes.follow(changes.Consumer("first", recorder.handle))
    changes.follow(changes.Consumer("second", recorder.handle))
    assert recorder.seen == [("article", "a")] * 2


def test_a_long_log_is_followed_in_batches(recorder: Recorder) -> None:
    consumer = changes.Consumer("test", recorder.handle)
    changes.append([("article", str(number)) for number in range(changes.BATCH + 3)])
    assert changes.follow(consumer) == changes.BATCH
    assert changes.follow(consumer) == 3
    assert len(recorder.seen) == changes.BATCH + 3
