"""Who goes with whom so that all together go well."""

from __future__ import annotations

from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from archive.parsing.matching import matched

TABLES = st.integers(1, 4).flatmap(
    lambda rows: st.integers(rows, 5).flatmap(
        lambda columns: st.lists(
            st.lists(st.integers(-9, 9), min_size=columns, max_size=columns), min_size=rows, max_size=rows
        )
    )
)


@given(TABLES)
def test_no_other_choice_scores_higher(table: list[list[int]]) -> None:
    chosen = matched(np.array(table, dtype=float))
    assert len(set(chosen)) == len(table), "each column goes to one row"
    columns = range(len(table[0]))
    best = max(
        sum(row[column] for row, column in zip(table, choice, strict=True))
        for choice in permutations(columns, len(table))
    )
    assert sum(row[column] for row, column in zip(table, chosen, strict=True)) == best
