"""While many pages are taken the collector rests; afterwards it is as it was."""

from __future__ import annotations

import gc

import pytest

from archive.batches import many_pages


def test_the_collector_is_set_back_even_after_an_error() -> None:
    thresholds, frozen = gc.get_threshold(), gc.get_freeze_count()

    def taken() -> None:
        assert gc.get_threshold()[0] > thresholds[0]
        assert gc.get_freeze_count() > frozen
        raise KeyError

    with pytest.raises(KeyError), many_pages():
        taken()
    assert gc.get_threshold() == thresholds
    assert gc.get_freeze_count() == 0
