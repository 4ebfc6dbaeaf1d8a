"""Statistics of pay days and of the headline over blocks, in flat memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from continuity.simulation.figures import NONE, Figures, exact, proportion, scaled
from continuity.simulation.pay import PayBlock
from continuity.simulation.pay_arrays import NEVER, STATES, DayPlan, FallbackPlan
from continuity.simulation.pay_kernels import BLOCKED_DOWN, BLOCKED_UNKNOWN
from continuity.simulation.pay_outcome import HEADLINE, DayFacts, PayOutcome, headline, outcome
from continuity.simulation.pay_plan import PayPlan
from continuity.simulation.result import (
    Cause,
    Chain,
    Estimate,
    FallbackUse,
    Headline,
    PayDayResult,
    Side,
    SingleRuns,
    StageTimes,
)
from continuity.simulation.stream_statistics import StreamStatistics

Ints = NDArray[np.int64]
_BLOCKS = (("receipt_unknown", BLOCKED_UNKNOWN), ("needs_down", BLOCKED_DOWN))
_DAY_FIGURES = (
    "on_time",
    "gap",
    "person_days",
    "staff_minutes",
    "reconciliation_minutes",
    "wrong_sek",
    "double_sek",
    "undecided",
)
_HOUR = 60
#: Headline figures that are kept of every replication: for single runs and paired differences.
_TOLD = ("in_need_unpaid", "in_need_person_days", "payees", "sek")
_TOLD_ROWS = [HEADLINE.index(name) for name in _TOLD]


@dataclass(frozen=True, slots=True)
class PayFigures:
    """Figures of one block, ready to be added."""

    block: PayBlock
    out: PayOutcome
    headline: Ints


class PayStatistics:
    """Pay days of a plan: on time, late, by which fallback; and the headline over all of them."""

    def __init__(self, plan: PayPlan, hardship_days: int) -> None:
        self.plan, self.facts, self.hardship_days = plan, DayFacts.of(plan), hardship_days
        days, arrays = len(plan.days), plan.arrays
        people = max([d.payees for d in plan.days], default=0)
        sek = max([d.sek for d in plan.days], default=0)
        limits = {"on_time": people, "gap": people, "undecided": people, "wrong_sek": sek, "double_sek": sek}
        limits["person_days"] = people * (plan.horizon // 1440 + 2)
        work = max([_most_work(d) for d in plan.days], default=0)
        self._days = {name: Figures(days, limits.get(name, work)) for name in _DAY_FIGURES}
        self._late = Figures(days, 1000 * (plan.horizon // 1440 + 2))
        spread = plan.horizon - int(arrays.slots["opens"].min(initial=0))
        self._done = Figures(len(arrays.slots), spread, arrays.slots["opens"].copy())
        falls = len(self.facts.fall_day)
        self._fall_payees = Figures(falls, people)
        self._headline = Figures(len(HEADLINE), self._most(sek))
        self._ordinary, self._settled = (np.zeros(days, np.int64) for _ in range(2))
        self._states = np.zeros((days, len(STATES)), np.int64)
        self._missed = np.zeros(len(arrays.slots), np.int64)
        self._falls = np.zeros((3 + len(_BLOCKS), falls), np.int64)
        self.streams = StreamStatistics(plan, self.facts)
        self._told: list[Ints] = []  # by block: the rows of ``_TOLD`` of each replication
        self.replications = 0

    def _most(self, sek: int) -> int:
        total = sum(d.sek + d.payees for d in self.plan.days)
        return (total + sek) * (self.plan.horizon // 1440 + 2)

    def figures(self, block: PayBlock) -> PayFigures:
        """Return the figures of a block; threads may do so at the same time."""
        out = outcome(self.plan, self.facts, block, self.hardship_days)
        return PayFigures(block, out, headline(self.facts, out))

    def add(self, figures: PayFigures) -> None:
        """Add the next block, in order."""
        block, out = figures.block, figures.out
        self.replications += figures.headline.shape[1]
        for name, of in self._days.items():
            of.add(getattr(out, name))
        self._late.add(out.late_days)
        self._done.add(np.where(block.done == NEVER, NONE, block.done))
        self._fall_payees.add(out.fall_payees)
        self._headline.add(figures.headline)
        self.streams.add(out)
        self._told.append(figures.headline[_TOLD_ROWS])
        self._ordinary += out.ordinary.sum(axis=1)
        self._settled += out.settled.sum(axis=1)
        self._missed += (block.done > self.plan.arrays.slots["cutoff"][:, None]).sum(axis=1)
        for number in range(len(STATES)):
            self._states[:, number] += (block.state == number).sum(axis=1)
        for row, flags in enumerate((out.fall_used, out.fall_needless, out.fall_too_late)):
            self._falls[row] += flags.sum(axis=1)
        for row, (_, code) in enumerate(_BLOCKS):
            self._falls[3 + row] += (block.blocked == code).sum(axis=1)

    # --- pay days -------------------------------------------------------------------------------

    def pay_days(
        self,
        causes: Mapping[int, tuple[Cause, ...]],
        chains: Mapping[int, tuple[Chain, ...]] = MappingProxyType({}),
    ) -> tuple[PayDayResult, ...]:
        """Return the result of each pay day, by due minute and stream id; causes by place in the plan."""
        order = sorted(range(len(self.plan.days)), key=lambda n: self._order(self.plan.days[n]))
        return tuple(self._day(number, causes.get(number, ()), chains.get(number, ())) for number in order)

    @staticmethod
    def _order(day: DayPlan) -> tuple[int, str, object]:
        return day.due, day.stream.id, day.pay.nominal

    def _day(self, number: int, causes: tuple[Cause, ...], chains: tuple[Chain, ...]) -> PayDayResult:
        day, of = self.plan.days[number], self._days
        states = zip(STATES, self._states[number].tolist(), strict=True)
        first = int(self.plan.arrays.days["slot"][number])
        falls = int(self.plan.arrays.days["falls"][number])
        return PayDayResult(
            stream=day.stream.id,
            nominal=day.pay.nominal,
            date=day.pay.paid,
            computed=day.pay.computed,
            due=day.due,
            payees=day.payees,
            sek=day.sek,
            on_time=self._share(of["on_time"], number, day.payees),
            ordinary_on_time=proportion(int(self._ordinary[number]), self.replications),
            paid_by_horizon=proportion(int(self._settled[number]), self.replications),
            late_days=self._late.estimate(number, 1000),
            file_state=tuple((name, hits / self.replications) for name, hits in states if hits),
            stages=tuple(self._stage(first + n, stage.id) for n, stage in enumerate(day.stages)),
            fallbacks=tuple(self._fallback(falls + n, plan) for n, plan in enumerate(day.fallbacks)),
            wrong_sek=of["wrong_sek"].estimate(number),
            double_exposed_sek=of["double_sek"].estimate(number),
            staff_hours=of["staff_minutes"].estimate(number, _HOUR),
            reconciliation_hours=of["reconciliation_minutes"].estimate(number, _HOUR),
            foresight_gap=of["gap"].estimate(number),
            causes=causes,
            person_days=of["person_days"].estimate(number),
            sek_late_days=scaled(of["person_days"].estimate(number), day.stream.amount),
            undecided=of["undecided"].estimate(number),
            lateness=self.streams.lateness(number),
            chains=chains,
        )

    @staticmethod
    def _share(of: Figures, number: int, whole: int) -> Estimate:
        return of.estimate(number, whole) if whole else exact(1.0)

    def _stage(self, slot: int, stage: str) -> StageTimes:
        cutoff = int(self.plan.arrays.slots["cutoff"][slot])
        return StageTimes(
            stage=stage,
            opens=int(self.plan.arrays.slots["opens"][slot]),
            cutoff=None if cutoff == NEVER else cutoff,
            done=self._done.some(slot),
            missed_cutoff=proportion(0 if cutoff == NEVER else int(self._missed[slot]), self.replications),
        )

    def _fallback(self, row: int, plan: FallbackPlan) -> FallbackUse:
        used, needless, too_late, *blocked = (int(n) for n in self._falls[:, row])
        shares = zip(_BLOCKS, blocked, strict=True)
        return FallbackUse(
            fallback=plan.fallback.id,
            decide_at=plan.decide_at,
            allowed=plan.allowed,
            refusals=plan.refusals,
            used=proportion(used, self.replications),
            needless=proportion(needless, self.replications),
            too_late=proportion(too_late, self.replications),
            blocked=tuple((code, hits / self.replications) for (code, _), hits in shares if hits),
            payees=self._fall_payees.estimate(row),
        )

    # --- headline -------------------------------------------------------------------------------

    def headline(self) -> Headline:
        """Return people in need first, then payees, then SEK."""

        def of(name: str, unit: float = 1) -> Estimate:
            return self._headline.estimate(HEADLINE.index(name), unit)

        in_need = sum(
            d.payees for d, yes in zip(self.plan.days, self.facts.in_need[:, 0], strict=True) if yes
        )
        return Headline(
            hardship_days=self.hardship_days,
            in_need_payees=in_need,
            in_need_unpaid=of("in_need_unpaid"),
            in_need_person_days=of("in_need_person_days"),
            longest_wait_days=of("longest_wait"),
            both=self._side("", [True] * len(self.plan.days)),
            own=self._side("own_", [d.stream.own for d in self.plan.days]),
            others=self._side("others_", [not d.stream.own for d in self.plan.days]),
            wrong_sek=of("wrong_sek"),
            double_exposed_sek=of("double_sek"),
            staff_hours=of("staff_minutes", _HOUR),
            reconciliation_hours=of("reconciliation_minutes", _HOUR),
        )

    def _side(self, prefix: str, chosen: list[bool]) -> Side:
        days = [d for d, yes in zip(self.plan.days, chosen, strict=True) if yes]
        payees, sek = sum(d.payees for d in days), sum(d.sek for d in days)
        rows = [HEADLINE.index(prefix + name) for name in ("payees", "sek", "sek_late_days")]
        return Side(
            payees=payees,
            sek=sek,
            payees_on_time=self._share(self._headline, rows[0], payees),
            sek_on_time=self._share(self._headline, rows[1], sek),
            sek_late_days=self._headline.estimate(rows[2]),
        )

    def single_runs(self) -> SingleRuns:
        """Return the median, 90th percentile and maximum of people in need times days late."""
        need = self.told("in_need_person_days")
        return single_runs(np.concatenate(need) if need else np.zeros(1, np.int64))

    def told(self, name: str) -> list[Ints]:
        """Return a headline figure of ``_TOLD`` of every replication, block by block."""
        return [rows[_TOLD.index(name)] for rows in self._told]

    def errors_of_shares(self) -> list[float]:
        """Return the standard errors of the headline's shares: in need unpaid, payees and SEK on time."""
        head = self.headline()
        errors = [side.payees_on_time.error for side in (head.both, head.own, head.others)]
        errors += [side.sek_on_time.error for side in (head.both, head.own, head.others)]
        return [*errors, head.in_need_unpaid.error / max(1, head.in_need_payees)]


def single_runs(need: Ints) -> SingleRuns:
    """Return the replications at the ranks of typical, bad and worst run; of equal ones the lowest."""
    ordered, count = np.sort(need), len(need)
    ranks = (-(-count * 50 // 100), -(-count * 90 // 100), count)
    return SingleRuns(*(int(np.argmax(need == ordered[rank - 1])) for rank in ranks))


def _most_work(day: DayPlan) -> int:
    return sum(
        p.fallback.staff_minutes + day.payees * p.fallback.wrong_items // 1000 * p.fallback.reconciliation
        for p in day.fallbacks
    )
