"""Plausible results of runs that were never made, for tests of what shows them."""

from __future__ import annotations

import datetime as dt
import math
import random
import uuid

from continuity.model.calendar import PlannedPayDay, payment_calendar
from continuity.model.kinds import Fallback, Function, Scenario, Stream
from continuity.model.kinds.payments import IN_NEED
from continuity.model.local_time import local_minute, local_time, resolve_start
from continuity.model.organisation import Organisation
from continuity.model.payments import refusals
from continuity.simulation.request import RunRequest
from continuity.simulation.result import (
    Cause,
    Comparison,
    ElementResult,
    Estimate,
    FallbackUse,
    FunctionResult,
    Headline,
    LevelSeries,
    Paired,
    PayDayResult,
    Proportion,
    RunMeta,
    RunResult,
    Side,
    SingleRuns,
    StageTimes,
)

DAY = 1440
_STEP = 360


def estimate(mean: float, spread: float = 0.1) -> Estimate:
    """An estimate about ``mean``."""
    return Estimate(mean, abs(mean) * 0.01, mean * (1 - spread), mean, mean * (1 + spread))


def proportion(share: float, of: int = 1000) -> Proportion:
    """A proportion with its Wilson interval."""
    hits, z = round(share * of), 1.96
    p, q = hits / of, z * z / of
    middle, half = (p + q / 2) / (1 + q), z * math.sqrt(p * (1 - p) / of + q / (4 * of)) / (1 + q)
    return Proportion(hits, of, max(0.0, middle - half), min(1.0, middle + half))


class Builder:
    """Builds one result: the payment system is down from minute 0 for ``down_days`` days."""

    def __init__(self, organisation: Organisation, request: RunRequest, down_days: float) -> None:
        self.organisation, self.request = organisation, request
        scenario = organisation.of(Scenario, request.scenario)
        assert scenario is not None
        self.scenario = scenario
        self.random = random.Random(request.seed)
        self.start = resolve_start(scenario.start, request.start)
        self.horizon = request.horizon_days or scenario.horizon_days
        self.down = round(down_days * DAY)
        self.grid = tuple(range(0, self.horizon * DAY + 1, _STEP))
        known = organisation.find("resource", "R-DH1")
        self.culprit = known.id if known else organisation.elements[0].id

    def result(self) -> RunResult:
        """Return the whole result."""
        pay_days = tuple(self._pay_day(day) for day in self._days())
        functions = tuple(self._function(f) for f in self.organisation.all(Function))
        return RunResult(
            self._meta(), self.grid, self._headline(pay_days), functions, self._elements(functions),
            tuple(sorted(pay_days, key=lambda p: (p.due, p.stream))), SingleRuns(3, 7, 11),
        )  # fmt: skip

    def _days(self) -> list[PlannedPayDay]:
        last = local_time(self.start, self.horizon * DAY).date()
        days = payment_calendar(self.organisation, local_time(self.start, 0).date(), last)
        return [d for d in days if 0 < self._due(d) <= self.horizon * DAY]

    def _due(self, day: PlannedPayDay) -> int:
        return int((day.due - self.start).total_seconds()) // 60

    def _meta(self) -> RunMeta:
        wanted = set(self.request.measures)
        codes = tuple(sorted(r.code for r in self.organisation if r.id in wanted))
        made = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
        return RunMeta(
            str(uuid.uuid4()), "0.1.0", 1, self.request.seed, self.request.replications,
            self.start, self.horizon, self.scenario.id, self.scenario.code,
            tuple(sorted(self.request.measures)), codes, "f" * 64, made,
        )  # fmt: skip

    def _pay_day(self, day: PlannedPayDay) -> PayDayResult:
        due = self._due(day)
        share = min(1.0, max(0.0, (due - self.down * 0.6) / (self.down * 0.5 + 1)))
        stream = self.organisation.of(Stream, day.stream)
        assert stream is not None
        covered = 0.55 if share < 0.9 and stream.entitlement == "FIX" and due > 2 * DAY else 0.0
        total = min(1.0, share + covered * (1 - share))
        late = estimate(max(0.0, (self.down * 1.1 - due) / DAY), 0.3)
        return PayDayResult(
            day.stream, day.nominal, day.date, day.computed, due, day.payees, day.sek,
            estimate(total, 0.05), proportion(share), proportion(1.0), late,
            (("not_made", round(1 - share, 3)), ("executed", round(share, 3))),
            self._stages(day, share), self._fallbacks(day, stream, covered),
            estimate(day.sek * covered * 0.002), estimate(0.0), estimate(covered * 120),
            estimate(covered * 400), estimate(0.0), self._causes(share, day),
        )  # fmt: skip

    def _causes(self, share: float, day: PlannedPayDay) -> tuple[Cause, ...]:
        if share >= 1:
            return ()
        stage = next((s for s in day.stages if s.cutoff), None)
        late = Cause(stage.stage, "late_stage", 300, round(1 - share, 3)) if stage else None
        down = Cause(self.culprit, "outage", 0, round((1 - share) * 0.9, 3))
        return (down, late) if late else (down,)

    def _stages(self, day: PlannedPayDay, share: float) -> tuple[StageTimes, ...]:
        def minute(at: dt.datetime) -> int:
            return int((at - self.start).total_seconds()) // 60

        return tuple(
            StageTimes(
                s.stage, minute(s.opens), minute(s.cutoff) if s.cutoff else None,
                estimate(minute(s.opens) + 90), proportion(1 - share if s.cutoff else 0),
            )
            for s in day.stages
        )  # fmt: skip

    def _fallbacks(self, day: PlannedPayDay, stream: Stream, covered: float) -> tuple[FallbackUse, ...]:
        found = []
        for planned in day.fallbacks:
            fallback = self.organisation.of(Fallback, planned.fallback)
            assert fallback is not None
            reasons = tuple(p.code for p in refusals(self.organisation, self.scenario, stream, fallback))
            used = covered if not reasons else 0.0
            at = int((planned.decide_by - self.start).total_seconds()) // 60
            found.append(
                FallbackUse(
                    planned.fallback, at, not reasons, reasons, proportion(used), proportion(used * 0.1),
                    proportion(used * 0.05), (), estimate(day.payees * used),
                )
            )  # fmt: skip
        return tuple(found)

    def _levels(self, low: int) -> LevelSeries:
        def course(factor: float, floor: int) -> tuple[int, ...]:
            end = self.down * factor
            return tuple(
                1000 if g == 0 or g > end * 1.2 else floor if g < end else (floor + 1000) // 2
                for g in self.grid
            )

        middle, bad, worst = course(0.8, low), course(1.2, low // 2), course(2.0, 0)
        return LevelSeries(middle, bad, middle, worst)

    def _function(self, function: Function) -> FunctionResult:
        low = self.random.choice((0, 200, 450, 800, 1000))
        if function.code.startswith("F-PAY"):
            low = 0
        hit = low < function.mbco
        share = self.random.uniform(0.3, 0.99) if hit else 0.0
        first = estimate(self.random.randint(30, 2000)) if hit else None
        down = estimate(self.down * share)
        rto = proportion(share * 0.9) if function.rto is not None else None
        mtpd = proportion(share * 0.6) if function.mtpd is not None else None
        causes = (Cause(self.culprit, "outage", 0, 0.62), Cause(self.culprit, "buffer_empty", 1860, 0.3))
        return FunctionResult(
            function.id, self._levels(low), proportion(share), down, down, first, rto, mtpd,
            estimate(self.down * 0.3) if rto and rto.hits else None,
            estimate(self.down * 0.7) if mtpd and mtpd.hits else None,
            estimate(self.down * 1.1) if hit else None, causes if hit else (),
        )  # fmt: skip

    def _elements(self, functions: tuple[FunctionResult, ...]) -> tuple[ElementResult, ...]:
        return tuple(
            ElementResult(f.element, f.levels, f.down, f.down_minutes, f.first_down) for f in functions
        )

    def _headline(self, days: tuple[PayDayResult, ...]) -> Headline:
        streams = {s.id: s for s in self.organisation.all(Stream)}
        need = [d for d in days if streams[d.stream].livelihood in IN_NEED]
        late = sum(d.payees * (1 - d.on_time.mean) for d in need if d.late_days.mean > 1)
        longest = max((d.late_days.mean for d in need), default=0.0)
        return Headline(
            1, sum(d.payees for d in need), estimate(late), estimate(late * longest), estimate(longest),
            _side(days), _side([d for d in days if streams[d.stream].own]),
            _side([d for d in days if not streams[d.stream].own]),
            estimate(sum(d.wrong_sek.mean for d in days)), estimate(0.0),
            estimate(sum(d.staff_hours.mean for d in days)), estimate(900.0),
        )  # fmt: skip


def _side(days: tuple[PayDayResult, ...] | list[PayDayResult]) -> Side:
    payees, sek = sum(d.payees for d in days), sum(d.sek for d in days)
    on_time = sum(d.payees * d.on_time.mean for d in days) / payees if payees else 1.0
    paid = sum(d.sek * d.on_time.mean for d in days) / sek if sek else 1.0
    late = sum(d.sek * (1 - d.on_time.mean) * d.late_days.mean for d in days)
    return Side(payees, sek, estimate(on_time, 0.02), estimate(paid, 0.02), estimate(late))


def built(organisation: Organisation, request: RunRequest, down_days: float = 5.0) -> RunResult | Comparison:
    """Return what a run of ``request`` might say; measures halve the outage."""
    if not request.compare:
        days = down_days / 2 if request.measures else down_days
        return Builder(organisation, request, days).result()
    import dataclasses

    bare = dataclasses.replace(request, measures=(), compare=False)
    without = Builder(organisation, bare, down_days).result()
    with_ = Builder(organisation, dataclasses.replace(request, compare=False), down_days / 2).result()

    def paired(of: str) -> Paired:
        a, b = getattr(without.headline, of).mean, getattr(with_.headline, of).mean
        return Paired(b - a, (b - a) * 1.1, (b - a) * 0.9)

    def shares(of: str) -> Paired:
        a, b = getattr(without.headline.both, of).mean, getattr(with_.headline.both, of).mean
        return Paired(b - a, (b - a) * 0.9, (b - a) * 1.1)

    return Comparison(
        without, with_, paired("in_need_unpaid"), paired("in_need_person_days"),
        shares("payees_on_time"), shares("sek_on_time"),
    )  # fmt: skip


__all__ = ["DAY", "built", "estimate", "local_minute", "proportion"]
