"""Needed against achieved, as simulated: by strain level, and by the day on which it begins. Plain facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from continuity.analysis.results import AnalysisMeta
from continuity.simulation.result import Estimate, Proportion

#: A pay day is kept in a run that pays this share of its payees on time, and held to be kept where this
#: share of the runs does.
WHOLE, LIKELY = 0.99, 0.9
#: A demand is held to be met where at most this share of the runs breaks it.
SELDOM = 0.1


@dataclass(frozen=True, slots=True)
class Achieved:
    """One function under the hardest scenario of one strain level. Minutes; None: nothing is demanded."""

    function: str  # id
    strain: str
    scenario: str  # id: of the level, the one that breaks the demands most
    down: Proportion
    longest_down: Estimate
    rto: int | None
    rto_breach: Proportion | None
    mtpd: int | None
    mtpd_breach: Proportion | None

    @property
    def meets_rto(self) -> bool | None:
        """Whether RTO is met in nine runs of ten; None: none is demanded."""
        return None if self.rto_breach is None else self.rto_breach.share <= SELDOM

    @property
    def meets_mtpd(self) -> bool | None:
        """Whether MTPD is met in nine runs of ten; None: none is demanded."""
        return None if self.mtpd_breach is None else self.mtpd_breach.share <= SELDOM


@dataclass(frozen=True, slots=True)
class AchievedByLevel:
    """Every function with a demand under every strain level that has a scenario."""

    runs: tuple[AnalysisMeta, ...]  # one for each scenario that was played
    rows: tuple[Achieved, ...]  # the worst first
    refused: tuple[str, ...]  # ids of scenarios that cannot be run


@dataclass(frozen=True, slots=True)
class DayBefore:
    """The scenario begins so many days before the pay day."""

    days: int
    start: dt.date
    on_time: Estimate  # share of the payees
    kept: Proportion  # runs in which nearly all are paid on time

    @property
    def holds(self) -> bool:
        """Whether the pay day is held to be kept."""
        return self.kept.share >= LIKELY


@dataclass(frozen=True, slots=True)
class StreamByDate:
    """One pay day of a stream against the day on which the scenario begins, the longest before first."""

    stream: str  # id
    nominal: dt.date
    paid: dt.date
    in_need: bool
    days: tuple[DayBefore, ...]

    @property
    def turns(self) -> tuple[tuple[int, int], ...]:
        """Return pairs of neighbouring days before, of which one keeps the pay day and the other does not."""
        return tuple(
            (one.days, other.days)
            for one, other in zip(self.days, self.days[1:], strict=False)
            if one.holds != other.holds
        )


@dataclass(frozen=True, slots=True)
class AchievedByDate:
    """When a scenario may begin and when not."""

    meta: AnalysisMeta
    streams: tuple[StreamByDate, ...]  # people in need first, then by how often the pay day is missed
