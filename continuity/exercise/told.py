"""What the players know: what they have been told, the clock and the pay days ahead; nothing of control's.

All of it follows from the injects that were delivered. The course is asked only for what such an inject is
about, so that what has not been told cannot be seen.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from continuity.exercise.happenings import Happening, happenings
from continuity.exercise.play import Line, Play
from continuity.exercise.world import days_ahead
from continuity.simulation.course import Course

#: How a thing stands after a message of this sort.
_STATES: Final = {
    "outage": "down", "struck": "down", "failure": "down", "staff_loss": "reduced", "buffer_empty": "down",
    "standby_empty": "down", "function_down": "below", "function_up": "up", "restored": "up",
    "cutoff_missed": "missed", "receipt_unknown": "unknown", "late": "unpaid", "paid_late": "paid",
    "paid": "paid", "fallback_used": "fallback",
}  # fmt: skip
_BY_DEPTH: Final = ("outage", "struck", "failure", "staff_loss")
_MOST_NAMED: Final = 3  # of what a message names
_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Known:
    """How one thing stands, as last told. ``record`` is an element or stream (id); level in permille."""

    record: str
    state: str  # down, reduced, below, up, missed, unknown, unpaid, paid, fallback
    second: float
    level: int = 0


@dataclass(frozen=True, slots=True)
class PayDayAhead:
    """A pay day as the published calendar has it."""

    stream: str  # id
    paid: dt.date
    due: dt.datetime  # UTC
    payees: int


def messages_told(play: Play) -> list[Line]:
    """Return what the players have received, the latest first; a hint that was given is told too."""
    given = [line for line in play.lines() if line.delivered is not None]
    return sorted(given, key=lambda line: (-(line.delivered or 0.0), -line.number))


def status_board(play: Play) -> list[Known]:
    """Return how each thing stands as far as it has been told, the latest news first."""
    course = play.world.course
    by_key = _happenings(course, len(course.legs))
    known: dict[str, Known] = {}
    for line in reversed(messages_told(play)):
        for one in _told(line, by_key.get(line.inject.happening)):
            known.pop(one.record, None)
            known[one.record] = one
    return list(reversed(known.values()))


def pay_days_ahead(play: Play, days: int = _DAYS) -> list[PayDayAhead]:
    """Return the pay days of the coming days, by due hour: the calendar, and nothing of how they will go."""
    minute = play.clock.minute
    payees: dict[tuple[str, dt.date, dt.datetime], int] = {}
    for leg, _number, day in days_ahead(play.world.course, minute, days):
        if leg.begins + day.due >= minute:
            due = play.world.course.start + dt.timedelta(minutes=leg.begins + day.due)
            key = (day.stream.id, day.pay.paid, due)
            payees[key] = payees.get(key, 0) + day.payees
    return [PayDayAhead(*key, count) for key, count in payees.items()]


@lru_cache(maxsize=1)
def _happenings(course: Course, _legs: int) -> dict[str, Happening]:
    """What happens in a course, by key; asked again only when a decision has added a leg."""
    return {h.key: h for h in happenings(course)}


def _told(line: Line, happening: Happening | None) -> list[Known]:
    code = line.inject.happening.split("/", 1)[0]
    state, second = _STATES.get(code), line.delivered or 0.0
    if state is None:
        return []
    if happening is None:
        return [Known(line.inject.about, state, second)] if line.inject.about else []
    if code in _BY_DEPTH:
        state = "down" if happening.level == 0 else "reduced"
    about = (happening.hit or (happening.about,))[:_MOST_NAMED]
    return [Known(one, state, second, happening.level) for one in about if one]
