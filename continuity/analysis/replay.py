"""One scenario played once, then again and again with one thing changed, on the same draws.

Only what lies downstream of the change is propagated again (:mod:`continuity.simulation.reuse`), and where
payments feel nothing of it they are not made again. Importing this module imports the engine.
"""

from __future__ import annotations

import importlib.metadata
import threading
from collections.abc import Callable
from dataclasses import replace
from os import cpu_count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from continuity.analysis.results import AnalysisMeta, Gain
from continuity.analysis.static import StaticModel
from continuity.model.kinds import Scenario
from continuity.model.organisation import Organisation
from continuity.model.overlay import overlay
from continuity.simulation.cancel import RunCancelled
from continuity.simulation.compile import compile_organisation
from continuity.simulation.compiled import BLOCK, ENGINE_VERSION, FULL, Compiled
from continuity.simulation.figures import interval
from continuity.simulation.levels import levels_of_block, own_of_block
from continuity.simulation.pay import pay
from continuity.simulation.pay_outcome import HEADLINE, DayFacts, PayOutcome, headline, outcome
from continuity.simulation.pay_plan import PayPlan, element_rows, pay_plan
from continuity.simulation.request import RunRequest
from continuity.simulation.result import Paired
from continuity.simulation.reuse import OldLines, levels_after, rows_of_old, shape_of
from continuity.simulation.timelines import Lines, Timelines
from continuity.simulation.variant import Variant

Ints = NDArray[np.int64]
Report = Callable[[int, int], None]
#: Figures of the headline that are compared, in order of weight.
TOLD = ("in_need_unpaid", "in_need_person_days", "payees", "sek")
TOLD_ROWS = [HEADLINE.index(name) for name in TOLD]
#: Kinds of record whose figures levels follow from and pay days do not, and the other way round.
_LEVELS_ALONE = frozenset({"need", "supply", "event", "resource", "staff_group"})
_PAY_ALONE = frozenset({"stream", "stage", "fallback"})


class Side:
    """An organisation under the scenario, ready to be paid.

    Raises Refused where it cannot be run.
    """

    def __init__(
        self, organisation: Organisation, request: RunRequest, like: Side | None = None, kind: str = ""
    ) -> None:
        """``kind``: only records of this kind differ from the organisation of ``like``; "": any do."""
        if like is None or kind not in _PAY_ALONE:
            self.compiled: Compiled = compile_organisation(
                organisation, request.scenario, (), request.start, request.horizon_days, request.seed
            )
            self.shape = shape_of(self.compiled)
        else:
            self.compiled, self.shape = like.compiled, like.shape
        if like is None or kind not in _LEVELS_ALONE:
            scenario = organisation.of(Scenario, request.scenario)
            assert scenario is not None  # the compiler has refused what is not there
            self.plan = pay_plan(organisation, scenario, self.compiled.start, self.compiled.horizon)
            self.facts = DayFacts.of(self.plan)
        else:
            self.plan, self.facts = like.plan, like.facts
        self.rows = element_rows(self.plan, self.compiled.index)
        agency = organisation.agency
        self._hardship = agency.hardship_days if agency else 1

    def paid(self, lines: Lines) -> PayOutcome:
        """Return what these levels mean for people and money."""
        return outcome(
            self.plan,
            self.facts,
            pay(self.plan, (lines.minutes, lines.levels, lines.offsets), self.rows),
            self._hardship,
        )


class Replay:
    """A base run block by block, and what it takes to play it with a change."""

    def __init__(self, organisation: Organisation, request: RunRequest) -> None:
        self.request = replace(request, compare=False)
        self.base = Variant(overlay(organisation, request.measures), self.request, ())
        self.side = Side(self.base.organisation, self.request)
        self._old: OldLines
        self._first, self._count = 0, 0
        self.outcome: PayOutcome  # of the block under way

    @property
    def blocks(self) -> tuple[tuple[int, int], ...]:
        """First replication and number of each block."""
        total = self.request.replications
        return tuple((first, min(BLOCK, total - first)) for first in range(0, total, BLOCK))

    def begin(self, first: int, count: int) -> tuple[Timelines, Ints]:
        """Play a block of the base run; changes of it can then be played."""
        lines = levels_of_block(self.side.compiled, first, count)
        final = Lines(lines.minutes, lines.levels, lines.offsets)
        self._old, self._first, self._count = OldLines(lines.own, final, self.side.shape), first, count
        self.outcome = self.side.paid(final)
        return lines, headline(self.side.facts, self.outcome)

    def hardened(self, *elements: int) -> Ints:
        """Return the headline of the block in which nothing befalls the ``elements`` themselves.

        All else stays as it was drawn; crews that were on their way to it too.
        """
        own = self._old.own
        for element in elements:
            own = _undisturbed(own, element)
        return headline(self.side.facts, self._played(self.side, own))

    def changed(self, organisation: Organisation, kind: str = "") -> Side:
        """Return another organisation under the same request, for :meth:`play`.

        ``kind``: only figures of records of this kind differ from the base; blank: anything does.
        """
        return Side(organisation, self.request, self.side, kind)

    def play(self, side: Side) -> PayOutcome:
        """Return what the block under way means for ``side``; threads may ask at the same time."""
        if side.shape.drawn == self.side.shape.drawn:
            return self._played(side, self._old.own)
        return self._played(side, own_of_block(side.compiled, self._first, self._count)[1])

    def headline(self, side: Side) -> Ints:
        """Return the headline of the block under way for ``side``."""
        return headline(side.facts, self.play(side))

    def _played(self, side: Side, own: Lines) -> PayOutcome:
        _, hit = rows_of_old(self._old, side.shape, own)
        if not hit[side.rows].any() and _same_pay(side.plan, self.side.plan):
            return self.outcome
        return side.paid(levels_after(side.compiled, side.shape, self._old, own))

    def needed_for_payments(self) -> set[str]:
        """Return the ids of all elements that payments need, directly or through others."""
        model = StaticModel(self.base.organisation)
        asked = [model.place[id_] for id_ in self.base.plan.elements if id_ in model.place]
        return {model.ids[place] for place in model.needed_by(asked)}

    @property
    def workers(self) -> int:
        """How many threads may play."""
        return self.request.workers or cpu_count() or 1

    def meta(self) -> AnalysisMeta:
        """Return what was analysed."""
        return AnalysisMeta(
            program_version=importlib.metadata.version("uthallig"),
            engine_version=ENGINE_VERSION,
            scenario=self.request.scenario,
            measures=tuple(sorted(set(self.request.measures))),
            seed=self.request.seed,
            replications=self.request.replications,
            fingerprint=self.base.fingerprint(),
        )


def _same_pay(one: PayPlan, other: PayPlan) -> bool:
    """Tell whether payments go by the same rules, so that the same levels give the same outcome."""
    if one is other:
        return True
    facts = [(plan.days, plan.elements, plan.lag, plan.first_day, plan.horizon) for plan in (one, other)]
    return facts[0] == facts[1] and _arrays(one) == _arrays(other)


def _arrays(plan: PayPlan) -> list[bytes]:
    found: list[Any] = [*plan.arrays, *(plan.plain or ())]
    if plan.claims is not None:
        of = plan.claims
        found += [of.elements, of.queue, of.opens, of.arrived, of.so_far, of.held, *of.queues[1:]]
    return [np.asarray(one).tobytes() for one in found]


class Paireds:
    """Sums of differences of the headline, replication by replication, for one change."""

    def __init__(self) -> None:
        self.number = 0
        self._totals = [0] * len(TOLD)
        self._squares = [0.0] * len(TOLD)

    def add(self, base: Ints, changed: Ints) -> None:
        """Add a block of both."""
        self.number += base.shape[1]
        for place, name in enumerate(TOLD):
            difference = changed[HEADLINE.index(name)] - base[HEADLINE.index(name)]
            self._totals[place] += int(difference.sum())
            self._squares[place] += float(np.square(difference.astype(np.float64)).sum())

    def gain(self, payees: int, sek: int) -> Gain:
        """Return the mean differences with their intervals; shares of what falls due."""
        units = (1, 1, payees or 1, sek or 1)
        told = []
        for total, squares, unit in zip(self._totals, self._squares, units, strict=True):
            told.append(Paired(*(value / unit for value in interval(self.number, total, squares))))
        return Gain(*told)


def paused(cancel: threading.Event | None) -> None:
    """Raise RunCancelled once ``cancel`` is set."""
    if cancel is not None and cancel.is_set():
        raise RunCancelled


def _undisturbed(own: Lines, element: int) -> Lines:
    """Return own levels in which ``element`` is at full level throughout."""
    count = own.offsets.shape[1] - 1
    low, high = int(own.offsets[element, 0]), int(own.offsets[element, -1])
    offsets = own.offsets.copy()
    offsets[element] = low + np.arange(count + 1)
    offsets[element + 1 :] += count - (high - low)
    zeros, full = np.zeros(count, own.minutes.dtype), np.full(count, FULL, own.levels.dtype)
    return Lines(
        np.concatenate([own.minutes[:low], zeros, own.minutes[high:]]),
        np.concatenate([own.levels[:low], full, own.levels[high:]]),
        offsets,
    )
