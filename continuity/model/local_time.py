"""Local time: wall hours of Europe/Stockholm against minutes after a UTC instant.

A wall time that does not exist (clocks go forward) moves forward by the missing hour; one that occurs
twice is the first of the two.
"""

from __future__ import annotations

import calendar
import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from continuity.model.problems import Problem, Refused
from continuity.model.values import StartRule

ZONE = ZoneInfo("Europe/Stockholm")
DAY = dt.timedelta(days=1)
DAY_MINUTES = 1440
_LAST_SEARCH = 12  # months searched for a day such as the 31st
_REMEMBERED = 2**16  # instants: analyses ask for the same ones thousands of times


@lru_cache(maxsize=_REMEMBERED)
def local_instant(date: dt.date, minute_of_day: int) -> dt.datetime:
    """Return the UTC instant of ``minute_of_day`` (0-1440) local time on ``date``."""
    days, minute = divmod(minute_of_day, DAY_MINUTES)
    wall = dt.datetime.combine(date + days * DAY, dt.time(minute // 60, minute % 60), tzinfo=ZONE)
    return wall.astimezone(dt.UTC)  # fold 0: before a gap the old offset holds, of a double hour the first


def local_minute(start: dt.datetime, date: dt.date, minute_of_day: int) -> int:
    """Return the minutes from ``start`` (UTC) to ``minute_of_day`` local time on ``date``."""
    return int((local_instant(date, minute_of_day) - start).total_seconds()) // 60


def local_time(start: dt.datetime, minute: int) -> dt.datetime:
    """Return the local time of ``minute`` after ``start`` (UTC)."""
    return (start + dt.timedelta(minutes=minute)).astimezone(ZONE)


def resolve_start(rule: StartRule | None, start: dt.date | None = None) -> dt.datetime:
    """Return the UTC instant of minute 0: the first such day on or after the rule's date.

    ``start`` is the day itself and overrides the rule's day but not its hour. Raises Refused where
    neither says a day, or no month has such a day.
    """
    hour = rule.at if rule else StartRule().at
    if start is not None:
        return local_instant(start, hour)
    if rule is None or rule.on_or_after is None:
        raise Refused([Problem("no-start", kind="scenario", field="start")])
    if rule.day_of_month is None:
        return local_instant(rule.on_or_after, hour)
    return local_instant(_first_such_day(rule.on_or_after, rule.day_of_month), hour)


def _first_such_day(since: dt.date, day: int) -> dt.date:
    month = since.replace(day=1)
    for _ in range(_LAST_SEARCH):
        if day <= calendar.monthrange(month.year, month.month)[1] and month.replace(day=day) >= since:
            return month.replace(day=day)
        month = next_month(month)
    raise Refused([Problem("no-start", kind="scenario", field="start")])


def next_month(month: dt.date) -> dt.date:
    """Return the first day of the month after ``month``."""
    return (month.replace(day=28) + 4 * DAY).replace(day=1)
