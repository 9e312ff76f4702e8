"""Days counted from a date."""

from __future__ import annotations

import datetime as dt


def days_from(date: dt.date, days: int) -> dt.date:
    """So many days after a date, before it if negative; the first or last day that there is where none lies so far."""
    ordinal = date.toordinal() + days
    return dt.date.fromordinal(min(max(ordinal, dt.date.min.toordinal()), dt.date.max.toordinal()))
