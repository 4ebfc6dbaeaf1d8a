"""Durations and clock times as people type and read them; minutes inside."""

from __future__ import annotations

import re

HOUR = 60
DAY = 24 * HOUR
WEEK = 7 * DAY

_UNITS = {
    **dict.fromkeys(("m", "min", "minut", "minuter", "minute", "minutes", "mins"), 1),
    **dict.fromkeys(("h", "t", "tim", "timme", "timmar", "timma", "hour", "hours", "hr", "hrs"), HOUR),
    **dict.fromkeys(("d", "dygn", "dag", "dagar", "day", "days"), DAY),
    **dict.fromkeys(("v", "vecka", "veckor", "w", "wk", "wks", "week", "weeks"), WEEK),
}
_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]+)\.?\s*(?:,|\+|och|and)?\s*")
_CLOCK = re.compile(r"(?:kl\.?\s*)?(\d{1,2})(?:[:.]?(\d{2}))?")
_NO_BREAK = "\u00a0"


def split_duration(minutes: int) -> list[tuple[int, str]]:
    """Days, hours and minutes that are not zero, as (count, "d" | "h" | "min"); at least one."""
    days, rest = divmod(minutes, DAY)
    hours, left = divmod(rest, HOUR)
    parts = [(count, unit) for count, unit in ((days, "d"), (hours, "h"), (left, "min")) if count]
    return parts or [(0, "min")]


def coarse_minutes(minutes: float) -> int:
    """Rounded so that two units at most are left: hours from a day on, whole days from ten."""
    if minutes >= 10 * DAY:
        return int(minutes / DAY + 0.5) * DAY
    if minutes >= DAY:
        return int(minutes / HOUR + 0.5) * HOUR
    return int(minutes + 0.5)


def format_duration(minutes: int) -> str:
    """`4 h`, `3 d`, `1 d 6 h`, `45 min`: exact, understood by `parse_duration`, the same in all languages."""
    sign = "\u2212" if minutes < 0 else ""
    return sign + " ".join(f"{count}{_NO_BREAK}{unit}" for count, unit in split_duration(abs(minutes)))


def parse_duration(text: str) -> int:
    """Minutes of `72 h`, `1,5 d`, `1 d 6 h`, `3 dygn`, `2 veckor`; ValueError if a part has no known unit."""
    rest = text.strip().casefold().replace(_NO_BREAK, " ").replace("\u202f", " ")
    if rest == "0":
        return 0
    total = 0.0
    position = 0
    while match := _PART.match(rest, position):
        if match[2] not in _UNITS:
            break
        total += float(match[1].replace(",", ".")) * _UNITS[match[2]]
        position = match.end()
    if not rest or position < len(rest):
        raise ValueError(f"not a duration: {text!r}")
    return int(total + 0.5)


def format_clock(minute_of_day: int) -> str:
    """`08:00`; 1440 is `24:00`."""
    return f"{minute_of_day // HOUR:02d}:{minute_of_day % HOUR:02d}"


def parse_clock(text: str) -> int:
    """Minute of the day of `08:00`, `8.30`, `0830`, `kl 8`; ValueError outside 00:00 to 24:00."""
    match = _CLOCK.fullmatch(text.strip().casefold())
    if match is None:
        raise ValueError(f"not a time of day: {text!r}")
    hours, minutes = int(match[1]), int(match[2] or 0)
    if minutes >= HOUR or hours * HOUR + minutes > DAY:
        raise ValueError(f"not a time of day: {text!r}")
    return hours * HOUR + minutes
