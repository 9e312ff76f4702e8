"""The best choice of partners: who goes with whom so that all together go well."""

from __future__ import annotations

import numpy as np

Scores = np.ndarray[tuple[int, int], np.dtype[np.float64]]


def matched(scores: Scores) -> list[int]:
    """For each row the column that it gets, each column at most once, so that the sum of the scores is the highest.

    There must be as many columns as rows, or more. The Hungarian method, with time n² · m.
    """
    rows, columns = scores.shape
    costs = -scores
    row_prices = np.zeros(rows)
    prices = np.zeros(columns + 1)
    owner = np.full(columns + 1, -1)  # of each column; the last one is where each row begins
    for row in range(rows):
        owner[columns] = row
        at = columns
        least = np.full(columns, np.inf)
        came_from = np.full(columns, columns)
        seen = np.zeros(columns + 1, np.bool_)
        while owner[at] >= 0:
            seen[at] = True
            free = ~seen[:columns]
            found = costs[owner[at]] - row_prices[owner[at]] - prices[:columns]
            better = free & (found < least)
            least[better] = found[better]
            came_from[better] = at
            following = int(np.where(free, least, np.inf).argmin())
            step = least[following]
            row_prices[owner[seen]] += step
            prices[seen] -= step
            least[free] -= step
            at = following
        while at != columns:
            before = int(came_from[at])
            owner[at] = owner[before]
            at = before
    chosen = [0] * rows
    for column in range(columns):
        if owner[column] >= 0:
            chosen[owner[column]] = column
    return chosen
