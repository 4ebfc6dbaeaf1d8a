"""What comparing and choosing sets of measures says: plain, frozen facts. Ids, numbers and codes.

Over several scenarios every figure is the mean over them by their weights, per run.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from continuity.analysis.results import Gain
from continuity.simulation.result import Estimate

#: By what sets are judged: the decided order of priority, people in need alike, all payees alike, money.
DECIDED, IN_NEED, PAYEES, SEK = WEIGHTINGS = ("decided", "in_need", "payees", "sek")


@dataclass(frozen=True, slots=True)
class WeighedScenario:
    """One scenario that counts, and how much (all weights together are 1)."""

    scenario: str  # id
    weight: float
    fingerprint: str  # SHA-256 of what decides the figures without the measures


@dataclass(frozen=True, slots=True)
class ChoiceMeta:
    """What was played, and with what."""

    program_version: str
    engine_version: int
    seed: int
    replications: int
    scenarios: tuple[WeighedScenario, ...]
    standing: tuple[str, ...]  # measures (ids) that are on throughout
    hardship_days: int


@dataclass(frozen=True, slots=True)
class StreamWait:
    """How one stream fares, mean per run."""

    stream: str  # id
    in_need: bool
    payees: float  # that fall due
    unpaid: float  # for more than the headline's days
    person_days: float  # payees times days late

    @property
    def days(self) -> float:
        """Days that a payee waits on the average."""
        return self.person_days / self.payees if self.payees else 0.0


@dataclass(frozen=True, slots=True)
class SetFigures:
    """What one set of measures means."""

    measures: tuple[str, ...]  # ids, sorted
    cost_once: int
    cost_yearly: int
    in_need_unpaid: Estimate
    in_need_person_days: Estimate
    payees_on_time: Estimate  # share
    sek_on_time: Estimate  # share
    gain: Gain  # against nothing, on the same draws
    streams: tuple[StreamWait, ...]  # by the decided order

    @property
    def last(self) -> StreamWait | None:
        """The stream whose payees wait longest; None: nobody waits."""
        late = [stream for stream in self.streams if stream.person_days > 0]
        return max(late, key=lambda s: (s.days, s.person_days), default=None)


@dataclass(frozen=True, slots=True)
class SetPair:
    """Two of the sets against each other, by their places: the second minus the first."""

    first: int
    second: int
    gain: Gain


@dataclass(frozen=True, slots=True)
class SetComparison:
    """Several sets side by side; the first of them is nothing at all."""

    meta: ChoiceMeta
    sets: tuple[SetFigures, ...]
    pairs: tuple[SetPair, ...]


# --- choosing under a budget ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChosenMeasure:
    """One measure of the best set, in the order in which they are best bought."""

    measure: str
    cost_once: int
    cost_yearly: int
    gain: Gain  # added to those before it
    missed: Gain  # the whole set without it, against the whole set


@dataclass(frozen=True, slots=True)
class Weighed:
    """The best set that was tried under one weighting."""

    weighting: str
    figures: SetFigures
    same: bool  # it is the set that is proposed


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """A set than which none that was tried costs less and pays more payees on time."""

    measures: tuple[str, ...]
    cost: int  # once and for the years counted
    cost_once: int
    cost_yearly: int
    payees_on_time: float  # share, mean of the search's draws
    in_need_unpaid: float
    affordable: bool


@dataclass(frozen=True, slots=True)
class PriorityOrder:
    """Who decided the order of priority; blank: nobody has."""

    by: str
    on: dt.date | None
    reference: str


@dataclass(frozen=True, slots=True)
class Optimum:
    """The best set under a budget, and how sure that is."""

    meta: ChoiceMeta
    budget: int
    years: int  # for which the yearly cost is counted
    order: PriorityOrder
    base: SetFigures
    best: SetFigures
    bought: tuple[ChosenMeasure, ...]
    weighed: tuple[Weighed, ...]  # by WEIGHTINGS, the decided order first
    frontier: tuple[FrontierPoint, ...]  # by cost
    proposed: FrontierPoint  # the best set as the search saw it
    looked: int  # replications of the search; the figures are those of ``meta.replications``
    tried: int  # sets that were played
    affordable: int | None  # sets within the budget of measures that matter; None: too many
    proven: bool  # all of those were played
    greedy: tuple[str, ...]  # the set that greedy search with look-ahead found
    greedy_as_good: bool | None  # None: not all sets were played, so nobody knows
    without_effect: tuple[str, ...]  # measures that make no difference to speak of, alone or in pairs
    too_dear: tuple[str, ...]  # measures that alone cost more than the budget
    contradicting: tuple[tuple[str, ...], ...]  # pairs of measures that contradict each other
