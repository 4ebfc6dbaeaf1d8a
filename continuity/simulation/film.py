"""One replication of a run, minute by minute: plain facts to step through. Importing imports no engine."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happens at a minute; codes as in ``exercise.happenings``."""

    minute: int
    code: str
    about: str  # id of the element or stream
    cause: str = ""  # id of the element to blame
    part: str = ""  # id of the stage or fallback
    date: str = ""  # the pay day, ISO
    payees: int = 0
    level: int = 1000
    hit: int = 1  # how many elements fell with it


@dataclass(frozen=True, slots=True)
class Film:
    """Levels of all elements over one replication, and what happens in it in order of time."""

    run: str  # id
    replication: int
    start: dt.datetime  # UTC instant of minute 0
    horizon: int
    levels: dict[str, tuple[tuple[int, int], ...]]  # element id → (minute, level from then on)
    moments: tuple[Moment, ...]

    def level(self, element: str, minute: int) -> int | None:
        """Return the level of an element in a minute, or None where it takes no part."""
        pieces = self.levels.get(element)
        if not pieces:
            return None
        return pieces[max(0, bisect_right(pieces, (minute, 10_001)) - 1)][1]

    def at(self, minute: int) -> dict[str, int]:
        """Return the level of every element in a minute."""
        return {id_: level for id_ in self.levels if (level := self.level(id_, minute)) is not None}

    @property
    def turns(self) -> tuple[int, ...]:
        """The minutes at which anything changes, in order, minute 0 first."""
        found = {0, *(m.minute for m in self.moments if 0 <= m.minute < self.horizon)}
        found.update(minute for pieces in self.levels.values() for minute, _ in pieces)
        return tuple(sorted(found))
