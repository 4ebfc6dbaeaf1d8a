"""Times of an event list: relative to the scenario's start, or by the clock.

Read are `D+1`, `D-2 H+4`, `J+1 T+2 M+30` (French and Nordic lists write J and T), `H+4:30`, `+90`, `14:05`,
`D+2 08:00` and `2027-02-25 14:05`. D counts whole days and H hours from the start; a clock time is that of
the day which D names, else of the day of the line before. Written is `D+1 H+4 M+30`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from continuity.model.local_time import local_minute, local_time
from continuity.model.problems import Problem

DAY: Final = 1440
_PART = re.compile(r"([DJHTM])\s*([+\-−–])\s*(\d{1,6})(?::([0-5]\d))?", re.IGNORECASE)
_CLOCK = re.compile(r"(?:kl\.?\s*)?([01]?\d|2[0-3])[:.]([0-5]\d)(?::[0-5]\d)?", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_PLAIN = re.compile(r"[+\-−–]?\s*\d{1,6}")
_UNIT = {"D": DAY, "J": DAY, "H": 60, "T": 60, "M": 1}
#: A year each way: more is a slip.
FURTHEST: Final = 365 * DAY


@dataclass(frozen=True, slots=True)
class Frame:
    """What relative times hang on: the start of the scenario, and the minute of the line before.

    With the UTC instant as ``start``, clock times are right also across the nights on which clocks change.
    """

    start: dt.datetime  # of minute 0: local wall time without zone, or the instant
    before: int | None = None

    def wall(self, minute: int) -> dt.datetime:
        """Return the wall time of a minute."""
        if self.start.tzinfo is None:
            return self.start + dt.timedelta(minutes=minute)
        return local_time(self.start, minute)

    def minute(self, days: int, minute_of_day: int) -> int:
        """Return the minute at which it is ``minute_of_day`` by the clock, ``days`` after the first day."""
        if self.start.tzinfo is None:
            return days * DAY + minute_of_day - _minute_of_day(self.start)
        return local_minute(self.start, self.wall(0).date() + dt.timedelta(days=days), minute_of_day)


def read_time(text: str, frame: Frame) -> int | Problem:
    """Return the minute after the scenario's start that ``text`` names, or what is wrong with it."""
    words = " ".join(text.split())
    found = _read(words, frame) if words else None
    if found is None:
        return Problem("bad-time", facts={"value": text.strip()[:60]})
    if abs(found) > FURTHEST:
        return Problem("time-too-far", facts={"value": words[:60], "days": FURTHEST // DAY})
    return found


def _read(words: str, frame: Frame) -> int | None:
    if _PLAIN.fullmatch(words):
        return _signed(words.replace(" ", ""))
    rest, minute, day = words, 0, None
    if stated := _DATE.search(rest):
        try:
            date = dt.date(*(int(g) for g in stated.groups()))
        except ValueError:
            return None
        day, rest = (date - frame.wall(0).date()).days, rest.replace(stated[0], " ", 1)
    units: set[str] = set()
    for unit, sign, number, minutes in _PART.findall(rest):
        kind = {"J": "D", "T": "H"}.get(unit.upper(), unit.upper())
        if kind in units or (minutes and kind != "H"):
            return None
        units.add(kind)
        value = int(number) * _UNIT[kind] + int(minutes or 0)
        minute += value if sign == "+" else -value
    rest = _PART.sub(" ", rest).strip(" ,T")
    if not rest:
        return minute if units and day is None else None
    clock = _CLOCK.fullmatch(rest)
    if clock is None or units - {"D"} or (units and day is not None):
        return None
    if day is None:
        day = minute // DAY if units else _day_of(frame)
    return frame.minute(day, int(clock[1]) * 60 + int(clock[2]))


def _day_of(frame: Frame) -> int:
    """The day on which a clock time alone falls: that of the line before."""
    if frame.before is None:
        return 0
    return (frame.wall(frame.before).date() - frame.wall(0).date()).days


def _minute_of_day(moment: dt.datetime) -> int:
    return moment.hour * 60 + moment.minute


def _signed(words: str) -> int:
    return int(words.replace("−", "-").replace("–", "-"))


def write_time(minute: int) -> str:
    """Return `D+1 H+4 M+30`, leaving out what is nothing; `H+0` for the start itself."""
    sign = "-" if minute < 0 else "+"
    days, rest = divmod(abs(minute), DAY)
    hours, minutes = divmod(rest, 60)
    parts = [f"{unit}{sign}{n}" for unit, n in (("D", days), ("H", hours), ("M", minutes)) if n]
    return " ".join(parts) or "H+0"
