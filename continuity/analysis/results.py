"""What analyses say: plain, frozen facts that windows, plans and files can read without any engine.

Ids, numbers and codes; sentences are made by those who show them. Chances and shares are 0-1.
"""

from __future__ import annotations

from dataclasses import dataclass

from continuity.simulation.result import Paired, Proportion


@dataclass(frozen=True, slots=True)
class AnalysisMeta:
    """What was analysed, and with what."""

    program_version: str
    engine_version: int
    scenario: str | None  # id; None: everyday failures only
    measures: tuple[str, ...]  # ids, sorted
    seed: int | None  # None where nothing was drawn
    replications: int | None
    fingerprint: str  # SHA-256 of what decides the answer


# --- exact ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BasicEvent:
    """Something that happens by itself, independently of the others, with its chance."""

    number: int
    kind: str  # event: it happens; hit: it hits this element; failure: the element is down by itself
    event: str | None  # id
    element: str | None  # id
    chance: float


@dataclass(frozen=True, slots=True)
class MinimalCut:
    """A smallest set of basic events that together bring the target down."""

    events: tuple[int, ...]  # numbers, rising
    chance: float  # of all of them


@dataclass(frozen=True, slots=True)
class Importance:
    """How much hangs on one basic event. P is the chance of loss of the target.

    Birnbaum: P if it happens − P if it does not. Fussell–Vesely: share of P that goes if it never happens.
    Risk achievement worth: P if it happens / P. Risk reduction worth: P / P if it never happens; None:
    nothing is left.
    """

    event: int  # number
    birnbaum: float
    fussell_vesely: float
    achievement: float
    reduction: float | None


@dataclass(frozen=True, slots=True)
class TargetLoss:
    """A function below its MBCO, a stage that cannot work, or a stream of which any stage cannot."""

    target: str  # id of the function, stage or stream
    kind: str  # function, stage, stream
    low: float  # the chance of loss lies between these two; they are the same where it is exact
    high: float
    kept: (
        int | None
    )  # where no diagram could hold it: cut sets that ``low`` rests on, the likeliest; else None
    rounded: bool  # levels of long chains of shares were rounded; ``low`` with them rounded up
    order: int  # all minimal cut sets up to so many events were looked for
    cuts: tuple[MinimalCut, ...]  # likeliest first
    cuts_left_out: int  # beyond the number asked for
    importance: tuple[Importance, ...]  # weightiest first; those without any effect are left out

    @property
    def exact(self) -> bool:
        """Whether the chance is exact."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Exact:
    """Chances of loss when all that happens holds at once and outlasts every buffer."""

    meta: AnalysisMeta
    events: tuple[BasicEvent, ...]
    targets: tuple[TargetLoss, ...]  # functions, then streams, each likeliest loss first; stages beside


# --- by simulation -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gain:
    """What a change does, per run, on the same draws: changed minus base, with 95 % intervals.

    Of people in need less is better, of shares on time more.
    """

    in_need_unpaid: Paired  # people in livelihood classes 1-2 unpaid for more than the headline's days
    in_need_person_days: Paired  # those people times days late
    payees_on_time: Paired  # share of the payees
    sek_on_time: Paired  # share of the money

    @property
    def weight(self) -> tuple[float, float, float, float]:
        """For sorting, the best first: people in need, then payees, then money."""
        return (
            self.in_need_unpaid.mean,
            self.in_need_person_days.mean,
            -self.payees_on_time.mean,
            -self.sek_on_time.mean,
        )


@dataclass(frozen=True, slots=True)
class BaseFigures:
    """What the changes are measured against, mean per run."""

    in_need_payees: int  # people in need whose payments fall due
    in_need_unpaid: float
    in_need_person_days: float
    payees: int
    payees_on_time: float  # share
    sek: int
    sek_on_time: float  # share


@dataclass(frozen=True, slots=True)
class Failing:
    """How much one element is down: by itself, and in all."""

    element: str
    fails: Proportion  # runs in which it is below full level by itself
    own_minutes: float  # mean minutes below full level by itself
    down_minutes: float  # mean minutes at level 0, whatever the reason


@dataclass(frozen=True, slots=True)
class Driver:
    """What is gained if nothing befalls one element itself and all else stays as drawn."""

    element: str
    gain: Gain


@dataclass(frozen=True, slots=True)
class Criticality:
    """What fails most, and what drives lost payments most."""

    meta: AnalysisMeta
    base: BaseFigures
    failing: tuple[Failing, ...]  # most minutes by itself first
    drivers: tuple[Driver, ...]  # most gained first; elements that fail and on which payments hang
    all_together: Gain  # if nothing befell any of the drivers


@dataclass(frozen=True, slots=True)
class Swing:
    """One uncertain figure at both ends of its range."""

    record: str  # id
    field: str
    confidence: str  # "" where nobody has said
    base: str  # the values as JSON
    low: str
    high: str
    at_low: Gain | None  # None: with this value the model cannot be run
    at_high: Gain | None
    replications: int  # fewer where a first look showed no effect to speak of

    @property
    def span(self) -> tuple[float, float, float]:
        """How far apart the two ends are: people in need, their days, share of payees."""
        gains = [gain for gain in (self.at_low, self.at_high) if gain]
        return (
            _span([gain.in_need_unpaid.mean for gain in gains]),
            _span([gain.in_need_person_days.mean for gain in gains]),
            _span([gain.payees_on_time.mean for gain in gains]),
        )


def _span(values: list[float]) -> float:
    return max([0.0, *values]) - min([0.0, *values])


@dataclass(frozen=True, slots=True)
class Tornado:
    """Which number should be found out better: the widest swing first."""

    meta: AnalysisMeta
    base: BaseFigures
    confidences: tuple[str, ...]  # of the figures that were varied
    factor: float  # times are divided and multiplied by it, chances and shares as odds
    swings: tuple[Swing, ...]
    without_effect: int  # figures that change nothing in the first look, left out of the swings
