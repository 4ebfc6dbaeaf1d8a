"""Where the pay days stand at minute 0: an input of a run, and what a replication leaves at some minute."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

#: A pay day: stream id and nominal date.
PayKey = tuple[str, dt.date]


@dataclass(frozen=True, slots=True)
class StageState:
    """One stage: the instant at which it was done (0 or earlier), or what is left of its work."""

    done: int | None
    left: int  # thousandths of a minute; 0 where it is done


@dataclass(frozen=True, slots=True)
class FallbackState:
    """The fallback in use for one pay day; instants may be 0 or earlier."""

    fallback: str  # id
    begun: int
    finished: int | None  # when it has paid or will have, None: not within sight
    covered: int  # payees


@dataclass(frozen=True, slots=True)
class PayState:
    """Pay days whose runs have begun, by stream and nominal date; all others start from nothing done.

    A pay day named here takes part even where its due hour has passed, as long as it is not done.
    """

    stages: Mapping[PayKey, Mapping[str, StageState]] = field(default_factory=dict)
    fallbacks: Mapping[PayKey, FallbackState] = field(default_factory=dict)
    receipt_unknown: frozenset[PayKey] = frozenset()  # sent, and the channel has fallen since
    #: What waits to be decided by function id, in 1/60,000 case: in this run, and where nothing happened.
    waiting: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    #: Pay days whose first stage opened before minute 0: what was late then (1/60,000 case), and since when.
    late: Mapping[PayKey, tuple[int, int]] = field(default_factory=dict)
    began: int = 0  # minute, 0 or earlier, from which cases have arrived as the scenario says

    def is_open(self, key: PayKey) -> bool:
        """Tell whether the pay day ``key`` has begun and is not done."""
        stages = self.stages.get(key, {})
        return any(stage.done is None for stage in stages.values())


NOTHING_BEGUN: Final = PayState()
