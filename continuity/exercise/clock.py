"""The exercise clock: seconds of the scenario that pass while seconds of the room pass.

The clock is told the time of the room; it asks nobody. A gap between two ticks (the laptop slept, its
clock was set) stops it where it stood, so that nothing is missed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

#: Seconds between two ticks after which the clock says that the machine was away.
LONGEST_TICK: Final = 10.0
FASTEST: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Clock:
    """Where the scenario stands (seconds after its start), whether it runs, and how fast.

    ``seen`` is the monotonic time of the room at the last tick; None: not ticked since it was started.
    """

    at: float = 0.0
    running: bool = False
    speed: float = 1.0  # seconds of the scenario in one second of the room
    seen: float | None = None

    @property
    def minute(self) -> int:
        """The whole minute of the scenario that has begun."""
        return int(self.at // 60)

    def started(self, now: float) -> Clock:
        """Return the clock running from ``now``."""
        return self if self.running else replace(self, running=True, seen=now)

    def paused(self, now: float) -> Clock:
        """Return the clock standing where it is at ``now``."""
        return replace(self.ticked(now)[0], running=False, seen=None)

    def ticked(self, now: float) -> tuple[Clock, float]:
        """Return the clock at ``now``, and the seconds of the room for which the machine was away.

        After such a gap the clock stands where it last was.
        """
        if not self.running or self.seen is None:
            return replace(self, seen=now if self.running else None), 0.0
        passed = now - self.seen
        if passed < 0 or passed > LONGEST_TICK:
            return replace(self, running=False, seen=None), abs(passed)
        return replace(self, at=self.at + passed * self.speed, seen=now), 0.0

    def at_speed(self, speed: float, now: float) -> Clock:
        """Return the clock going on at another speed (0 < speed ≤ ``FASTEST``)."""
        if not 0 < speed <= FASTEST:
            raise ValueError(f"a speed of {speed} is out of bounds")
        return replace(self.ticked(now)[0], speed=speed)

    def jumped(self, to: float, now: float) -> Clock:
        """Return the clock at another second of the scenario, running or standing as before."""
        return replace(self.ticked(now)[0], at=max(0.0, to))
