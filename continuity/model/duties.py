"""When a recurring duty is due next."""

from __future__ import annotations

import calendar
import datetime as dt

from continuity.model.kinds import Duty


def months_on(day: dt.date, months: int) -> dt.date:
    """Return the day so many months later, the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due_of(duty: Duty) -> dt.date | None:
    """Return when ``duty`` is due next: on its stated day where that is after the last time, else by rule.

    None where neither is stated, or where it holds for records one by one.
    """
    if duty.each is not None:
        return None
    if duty.first_due is not None and (duty.last_done is None or duty.first_due > duty.last_done):
        return duty.first_due
    return months_on(duty.last_done, duty.every) if duty.last_done is not None else None
