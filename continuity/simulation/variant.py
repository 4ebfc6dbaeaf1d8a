"""One variant of a run: compiled levels and pay days, played block by block, summed up at the end."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

import numpy as np
from numpy.typing import NDArray

from continuity.model.kinds import Fallback, Function, Measure, Scenario
from continuity.model.organisation import Organisation
from continuity.model.overlay import overlay
from continuity.simulation.backlog import has_queue, queues_of
from continuity.simulation.causes import Causes, causes_of
from continuity.simulation.compile import compile_organisation
from continuity.simulation.compiled import ENGINE_VERSION, Compiled, fingerprint
from continuity.simulation.kept import Kept
from continuity.simulation.level_statistics import LevelFigures, LevelStatistics
from continuity.simulation.levels import levels_of_block
from continuity.simulation.limits import refuse_large_figures
from continuity.simulation.pay import pay
from continuity.simulation.pay_arrays import DayPlan
from continuity.simulation.pay_plan import PayPlan, element_rows, pay_plan
from continuity.simulation.pay_statistics import PayFigures, PayStatistics
from continuity.simulation.precision import widest
from continuity.simulation.request import RunRequest
from continuity.simulation.result import RunMeta, RunResult
from continuity.simulation.reuse import Reusing, is_known_form
from continuity.simulation.tally import size, twin

Ints = NDArray[np.int64]
#: Fields of a fallback that leave a run as it is.
_WORDS = {
    "id", "code", "name", "note", "source", "as_of", "confidence", "stated_by", "legal_basis", "decider",
    "apply_first", "recoverability", "copy", "counter",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BlockFigures:
    """The figures of one block of one variant."""

    levels: LevelFigures
    pay: PayFigures
    causes: Causes | None


@dataclass(frozen=True, slots=True)
class SetAside:
    """Statistics of a variant after some whole blocks."""

    levels: LevelStatistics
    pay: PayStatistics
    causes: Causes | None
    halves: tuple[float, ...]

    @property
    def size(self) -> int:
        """Bytes."""
        return size(self.levels) + size(self.pay)


class Variant:
    """An organisation with some measures under one scenario, ready to be run."""

    def __init__(
        self,
        organisation: Organisation,
        request: RunRequest,
        measures: Iterable[str],
        kept: Kept | None = None,
        owner: str = "",
    ) -> None:
        self.measures = tuple(sorted(set(measures)))
        self.organisation = overlay(organisation, self.measures)
        self.compiled: Compiled = compile_organisation(
            self.organisation,
            request.scenario,
            self.measures,
            request.start,
            request.horizon_days,
            request.seed,
        )
        scenario = self.organisation.of(Scenario, request.scenario)
        assert scenario is not None  # the compiler has refused what is not there
        self.scenario, self.request = scenario, request
        self.plan: PayPlan = pay_plan(self.organisation, scenario, self.compiled.start, self.compiled.horizon)
        self.rows = element_rows(self.plan, self.compiled.index)
        agency = self.organisation.agency
        self.hardship_days = agency.hardship_days if agency else 1
        self.functions = [f for f in self.organisation.all(Function) if f.id in self.compiled.index]
        lag = scenario.detection + scenario.declaration
        queued = [f for f in self.functions if has_queue(f)]
        queues = queues_of(queued, scenario, self.compiled.start, self.compiled.horizon)
        self.levels = LevelStatistics(
            self.compiled.element_ids, self.functions, self.compiled.horizon, lag, queues
        )
        self.pay = PayStatistics(self.plan, self.hardship_days)
        self._causes: Causes | None = None
        refuse_large_figures(size(self.levels) + size(self.pay))
        self.halves: list[float] = []  # widest half of an interval after each block, where that was asked
        self._reusing = Reusing(self.compiled, kept, owner) if kept and is_known_form() else None

    @property
    def replications(self) -> int:
        """How many replications have been added."""
        return self.pay.replications

    def play(self, first: int, count: int) -> BlockFigures:
        """Return the figures of ``count`` replications from ``first`` on; threads may do so at once."""
        if self._reusing is not None:
            lines = self._reusing.block(first, count)
        else:
            lines = levels_of_block(self.compiled, first, count)
        block = pay(self.plan, (lines.minutes, lines.levels, lines.offsets), self.rows)
        levels, paid = self.levels.figures(lines), self.pay.figures(block)
        causes = causes_of(self, levels, block) if first == 0 else None
        return BlockFigures(replace(levels, timelines=lines.bare()), paid, causes)

    def add(self, block: BlockFigures) -> None:
        """Add the next block, in order."""
        self.levels.add(block.levels)
        self.pay.add(block.pay)
        self._causes = self._causes or block.causes

    def measure_precision(self) -> float:
        """Note and return the widest half of a 95 % interval after the blocks added so far."""
        self.halves.append(widest(self.levels, self.pay))
        return self.halves[-1]

    def set_aside(self) -> SetAside:
        """Return the statistics so far, for a run that goes on from here; this variant goes on as well."""
        return SetAside(twin(self.levels), twin(self.pay), self._causes, tuple(self.halves))

    def go_on_from(self, earlier: SetAside) -> None:
        """Go on from statistics that were set aside."""
        self.levels, self.pay = twin(earlier.levels), twin(earlier.pay)
        self._causes, self.halves = earlier.causes, list(earlier.halves)

    def fingerprint(self) -> str:
        """Return the SHA-256 of all that decides the result, but seed and number of replications."""
        demands = [(f.id, f.mbco, f.rto, f.mtpd, *_work(f)) for f in self.functions]
        days = [_facts_of_day(day) for day in self.plan.days]
        falls = {f.fallback.id: f.fallback for day in self.plan.days for f in day.fallbacks}
        arrays = [a for part in (self.plan.arrays, self.plan.plain) if part for a in part]
        decisive = [(id_, _decisive(falls[id_])) for id_ in sorted(falls)]
        demand = self.scenario.demand
        more = (demands, days, decisive, self.plan.elements, self.plan.lag, self.hardship_days, demand)
        return fingerprint(self.compiled, *arrays, *more)

    def result(self, run_id: str, made: dt.datetime) -> RunResult:
        """Return the result of all blocks that were added."""
        elements = self.levels.elements()
        causes = self._causes or Causes({}, {})
        return RunResult(
            meta=self._meta(run_id, made),
            grid=self.levels.grid,
            headline=self.pay.headline(),
            functions=self.levels.function_results(elements, causes.functions, causes.function_chains),
            elements=elements,
            pay_days=self.pay.pay_days(causes.pay_days, causes.day_chains),
            single=self.pay.single_runs(),
            streams=self.pay.streams.results(),
            precision=widest(self.levels, self.pay),
        )

    def _meta(self, run_id: str, made: dt.datetime) -> RunMeta:
        records = [self.organisation.of(Measure, id_) for id_ in self.measures]
        return RunMeta(
            id=run_id,
            program_version=importlib.metadata.version("uthallig"),
            engine_version=ENGINE_VERSION,
            seed=self.request.seed,
            replications=self.replications,
            start=self.compiled.start,
            horizon_days=self.compiled.horizon // 1440,
            scenario=self.scenario.id,
            scenario_code=self.scenario.code,
            measures=self.measures,
            measure_codes=tuple(m.code for m in records if m),
            fingerprint=self.fingerprint(),
            made=made,
        )


def _work(function: Function) -> tuple[object, ...]:
    """Return what decides the queue of a function."""
    hours = [(span.weekday, span.opens, span.closes) for span in function.hours]
    return function.wrt, function.arrivals, function.capacity, hours


def _facts_of_day(day: DayPlan) -> object:
    stream = day.stream
    facts = (stream.id, stream.amount, stream.livelihood, stream.own, day.payees, day.pay.nominal.isoformat())
    decided = (stream.entitlement, stream.function)
    falls = [(f.fallback.id, f.covered, f.refusals) for f in day.fallbacks]
    return (*facts, *decided, day.pay.paid.isoformat(), day.pay.computed, [s.id for s in day.stages], falls)


def _decisive(fallback: Fallback) -> list[tuple[str, object]]:
    return sorted((name, value) for name, value in asdict(fallback).items() if name not in _WORDS)
