"""Moments as people write them in a hurry: `08:15`, `23/2 08:15`, `2027-02-23 08:15`, `+2 h`, `now`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from continuity.model import durations
from continuity.model.local_time import DAY, ZONE
from continuity.model.problems import Problem, Refused

_NOW: Final = ("now", "nu")
#: An hour is not called yesterday's for being a few minutes ahead of this clock.
SLACK: Final = dt.timedelta(minutes=5)
_FORM: Final = re.compile(
    r"(?:(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"|(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:[/ ](?P<y>\d{4}))?)?"
    r"\s*(?:(?P<hour>\d{1,2})[:.]?(?P<minute>\d{2})(?::\d{2})?)"
)


def read_moment(text: str, now: dt.datetime | None = None, *, ahead: bool = False) -> dt.datetime:
    """Return the instant (UTC) that local ``text`` means, or refuse.

    What leaves something open is the latest such moment up to ``now``, with ``ahead`` the first from now
    on: an hour without a day, a day without a year, and the hour that comes twice when summer time ends.
    An hour that does not exist moves forward by the missing one.
    """
    now = now or dt.datetime.now(dt.UTC)
    words = " ".join(text.replace("T", " ").casefold().split()).removeprefix("kl ").removeprefix("kl. ")
    if words in _NOW:
        return now
    if words[:1] in ("+", "-", "\u2212"):
        return _from_now(words, now, text)
    match = _FORM.fullmatch(words)
    found = sorted(_meant(match, now)) if match else []
    if not found:
        raise _bad(text)
    if ahead:
        return next((m for m in found if m >= now), found[-1])
    return next((m for m in reversed(found) if m <= now + SLACK), found[0])


def is_double(moment: dt.datetime) -> bool:
    """Tell whether the local hour of ``moment`` comes twice that night."""
    wall = moment.astimezone(ZONE)
    return wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset() and _exists(wall)


def _from_now(words: str, now: dt.datetime, text: str) -> dt.datetime:
    try:
        minutes = durations.parse_duration(words[1:])
    except ValueError:
        raise _bad(text) from None
    return now + dt.timedelta(minutes=minutes if words[0] == "+" else -minutes)


def _meant(match: re.Match[str], now: dt.datetime) -> Iterator[dt.datetime]:
    """Every instant that could be meant."""
    hour, minute = int(match["hour"]), int(match["minute"])
    for date in _dates(match, now.astimezone(ZONE).date()):
        try:
            wall = dt.datetime.combine(date, dt.time(hour, minute), tzinfo=ZONE)
        except ValueError:
            return
        yield wall.astimezone(dt.UTC)
        if is_double(wall):
            yield wall.replace(fold=1).astimezone(dt.UTC)


def _dates(match: re.Match[str], today: dt.date) -> Iterator[dt.date]:
    year, month, day = match["year"] or match["y"], match["month"] or match["m"], match["day"] or match["d"]
    if month is None:
        yield from (today - DAY, today, today + DAY)
        return
    years = (int(year),) if year else (today.year - 1, today.year, today.year + 1)
    for one in years:
        try:
            yield dt.date(one, int(month), int(day))
        except ValueError:
            continue


def _exists(wall: dt.datetime) -> bool:
    return wall.astimezone(dt.UTC).astimezone(ZONE).replace(tzinfo=None) == wall.replace(tzinfo=None)


def _bad(text: str) -> Refused:
    return Refused([Problem("bad-moment", facts={"value": text[:60]})])
