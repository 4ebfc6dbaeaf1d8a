"""Durations and clock times as people write them in files: "72 h", "3 d", "08:00"."""

from __future__ import annotations

import re

MINUTE, HOUR, DAY, WEEK = 1, 60, 1440, 10080

_UNITS = {"min": MINUTE, "m": MINUTE, "h": HOUR, "d": DAY, "w": WEEK}
_PART = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(min|m|h|d|w)\s*")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


def read_duration(text: str) -> int | None:
    """Return the whole minutes of ``"1 d 6 h"``, or None where it is no duration."""
    place, total = 0, 0.0
    for part in _PART.finditer(text):
        if part.start() != place:
            return None
        total += float(part[1]) * _UNITS[part[2]]
        place = part.end()
    return int(total) if text and place == len(text) and total == int(total) else None


def read_clock(text: str) -> int | None:
    """Return the minutes after midnight of ``"08:00"``, or None where it is no clock time."""
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    hours, minutes = int(found[1]), int(found[2])
    return hours * HOUR + minutes if minutes < HOUR and hours * HOUR + minutes <= DAY else None


def write_clock(minutes: int) -> str:
    """Return ``"08:00"`` for 480."""
    return f"{minutes // HOUR:02d}:{minutes % HOUR:02d}"
