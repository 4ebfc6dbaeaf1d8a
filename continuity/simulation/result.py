"""What a run says: plain, frozen facts that windows, plans and files can read without an engine.

Times are whole minutes after minute 0 (``RunMeta.start``); levels permille; money whole SEK;
shares of payees and of runs 0-1.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

RESULT_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Estimate:
    """Mean over the replications with its standard error and the 10, 50 and 90 % quantiles."""

    mean: float
    error: float
    p10: float
    p50: float
    p90: float


@dataclass(frozen=True, slots=True)
class Proportion:
    """How many of the replications did it, with the 95 % Wilson interval."""

    hits: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share itself, 0-1."""
        return self.hits / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class RunMeta:
    """What was run; enough to run it again to the same bits."""

    id: str
    program_version: str
    engine_version: int
    seed: int
    replications: int
    start: dt.datetime  # UTC instant of minute 0
    horizon_days: int
    scenario: str  # id
    scenario_code: str
    measures: tuple[str, ...]  # ids, sorted
    measure_codes: tuple[str, ...]
    fingerprint: str  # SHA-256 of the compiled input
    made: dt.datetime  # UTC, when the run was made


@dataclass(frozen=True, slots=True)
class Cause:
    """Why: an element that fell, how, since when (median minute), and in which share of the runs."""

    element: str  # id
    code: str  # outage, failure, staff, buffer_empty, standby_empty, below_threshold, late_stage …
    minute: int
    share: float


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain of causes: what happened to an element, and since when (median minute)."""

    element: str  # id
    code: str  # those of causes, and slow (below its level), standby_starting, standby_down, backlog, demand
    minute: int
    by: str = ""  # id of what ran out or failed: the standby; of a backlog: the stage that it missed


@dataclass(frozen=True, slots=True)
class Chain:
    """Why, link by link: from what was missed back to what was down by itself; and in which share of runs."""

    links: tuple[Link, ...]
    share: float


@dataclass(frozen=True, slots=True)
class LevelSeries:
    """Level over time on :attr:`RunResult.grid`: the value at each grid minute over the runs."""

    mean: tuple[int, ...]
    p10: tuple[int, ...]
    p50: tuple[int, ...]
    lowest: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ElementResult:
    """One element of the graph over the run."""

    element: str
    levels: LevelSeries
    down: Proportion  # ever at level 0
    down_minutes: Estimate  # minutes at level 0
    first_down: Estimate | None  # first minute at level 0, among runs where that happened


@dataclass(frozen=True, slots=True)
class BacklogSeries:
    """Cases that wait, at each minute of ``grid``: over the runs, and where nothing ever happens."""

    grid: tuple[int, ...]
    mean: tuple[int, ...]
    p50: tuple[int, ...]
    p90: tuple[int, ...]
    highest: tuple[int, ...]
    ordinary: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Backlog:
    """Work of a function that waits, in cases. Late is what waits beyond the ordinary at that minute."""

    series: BacklogSeries
    peak: Estimate
    peak_at: Estimate  # minute
    left: Estimate  # at the end of the run
    late: Proportion  # ever more than ordinary
    still_late: Proportion  # also at the end of the run
    gone: Estimate | None  # minute at which the last of what was late was gone, among runs where it was
    catch_up: Estimate | None  # longest time from the end of an outage until caught up, among runs with one
    wrt_breach: Proportion | None  # None where no WRT is stated
    wrt_breach_at: Estimate | None


@dataclass(frozen=True, slots=True)
class FunctionResult:
    """One function against its demands; down means below MBCO."""

    element: str
    levels: LevelSeries
    down: Proportion
    down_minutes: Estimate
    longest_down: Estimate
    first_down: Estimate | None
    rto_breach: Proportion | None  # None where no RTO is stated
    mtpd_breach: Proportion | None
    rto_breach_at: Estimate | None  # minute of the first breach, among runs with one
    mtpd_breach_at: Estimate | None
    recovered: Estimate | None  # minute at which the last down interval ended, among closed ones
    causes: tuple[Cause, ...]
    backlog: Backlog | None = None  # None where its cases are not counted
    chains: tuple[Chain, ...] = ()
    #: Minutes and the share of the runs whose longest outage is longer; empty in old results.
    outlasting: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class StageTimes:
    """When one stage of a pay day's run opens, must be done, and was done."""

    stage: str
    opens: int
    cutoff: int | None
    done: Estimate | None  # minute, among runs where it was done within the horizon
    missed_cutoff: Proportion


@dataclass(frozen=True, slots=True)
class FallbackUse:
    """One fallback of one pay day."""

    fallback: str
    decide_at: int  # latest decision minute d
    allowed: bool  # by scenario, law, copy, agreement (before any run)
    refusals: tuple[str, ...]  # codes of the reasons where it is not allowed
    used: Proportion
    needless: Proportion  # the ordinary run would have made it
    too_late: Proportion  # activated, but not paid by the due hour
    blocked: tuple[tuple[str, float], ...]  # reason code, share of runs (receipt_unknown, needs_down)
    payees: Estimate  # payees covered on time by it


@dataclass(frozen=True, slots=True)
class PayDayResult:
    """One pay day of one stream. Shares of payees count fallbacks; ``ordinary`` does not."""

    stream: str
    nominal: dt.date
    date: dt.date
    computed: bool  # no published table covers it
    due: int  # minute
    payees: int
    sek: int
    on_time: Estimate  # share of the payees
    ordinary_on_time: Proportion  # share of runs in which the ordinary run made it
    paid_by_horizon: Proportion
    late_days: Estimate  # calendar days late per payee not paid on time, among runs with such
    file_state: tuple[tuple[str, float], ...]  # state at the due hour, share of runs
    stages: tuple[StageTimes, ...]
    fallbacks: tuple[FallbackUse, ...]
    wrong_sek: Estimate
    double_exposed_sek: Estimate
    staff_hours: Estimate
    reconciliation_hours: Estimate
    foresight_gap: Estimate  # payees that perfect foresight would have paid on time and this did not
    causes: tuple[Cause, ...]
    person_days: Estimate | None = None  # payees times calendar days late; up to the horizon where unpaid
    sek_late_days: Estimate | None = None  # SEK times calendar days late
    undecided: Estimate | None = None  # payees whose claims were not decided before the file was made
    #: Days late (0: on time, -1: not within the run) and the share of the payees over all runs.
    lateness: tuple[tuple[int, float], ...] = ()
    chains: tuple[Chain, ...] = ()


@dataclass(frozen=True, slots=True)
class Missed:
    """Payees not paid on time, all pay days of a stream together, and why."""

    reason: str  # late, not_covered, fallback_late, undecided
    payees: Estimate


@dataclass(frozen=True, slots=True)
class StreamResult:
    """One stream over all its pay days in the run."""

    stream: str
    livelihood: str
    pay_days: int
    payees: int
    sek: int
    on_time: Estimate  # share of the payees
    person_days: Estimate
    sek_late_days: Estimate
    wrong_sek: Estimate
    reconciliation_hours: Estimate
    lateness: tuple[tuple[int, float], ...]  # as for a pay day
    missed: tuple[Missed, ...]  # reasons that occur, the most payees first


@dataclass(frozen=True, slots=True)
class Side:
    """Payments of one side: the agency's own, or on behalf of others, or both."""

    payees: int
    sek: int
    payees_on_time: Estimate  # share
    sek_on_time: Estimate  # share
    sek_late_days: Estimate  # SEK times days late


@dataclass(frozen=True, slots=True)
class Headline:
    """People in need first, then payees, then SEK."""

    hardship_days: int
    in_need_payees: int  # payments to livelihood classes 1-2 that fall due in the run
    in_need_unpaid: Estimate  # people in classes 1-2 unpaid for more than ``hardship_days`` days
    in_need_person_days: Estimate  # people in classes 1-2 times days late
    longest_wait_days: Estimate  # longest wait of any pay day of classes 1-2
    both: Side
    own: Side
    others: Side
    wrong_sek: Estimate
    double_exposed_sek: Estimate
    staff_hours: Estimate
    reconciliation_hours: Estimate


@dataclass(frozen=True, slots=True)
class SingleRuns:
    """Replications worth stepping through: median, 90th percentile and maximum of need."""

    typical: int
    bad: int
    worst: int


@dataclass(frozen=True, slots=True)
class RunResult:
    """All that a finished run says."""

    meta: RunMeta
    grid: tuple[int, ...]  # minutes at which the level series are given
    headline: Headline
    functions: tuple[FunctionResult, ...]  # sorted by id
    elements: tuple[ElementResult, ...]  # all elements, functions too, sorted by id
    pay_days: tuple[PayDayResult, ...]  # sorted by due minute, stream id
    single: SingleRuns
    format: int = RESULT_FORMAT
    precision: float | None = None  # widest half of the 95 % intervals of its shares; None in old results
    streams: tuple[StreamResult, ...] = ()  # sorted by id


@dataclass(frozen=True, slots=True)
class Paired:
    """Difference of two runs on the same draws (second minus first), with its 95 % interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs on the same draws: without and with measures, or on an earlier model and the present one."""

    without: RunResult
    with_: RunResult
    in_need_unpaid: Paired
    in_need_person_days: Paired
    payees_on_time: Paired
    sek_on_time: Paired
    #: What the two models are called, where two versions of the model are compared rather than measures.
    between: tuple[str, ...] = ()
