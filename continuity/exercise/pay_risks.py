"""Pay days ahead as the situation desk sees them: how sure, what can still be decided, and until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from continuity.exercise.picture import Picture
from continuity.model.kinds import Fallback, Scenario, Stream
from continuity.model.organisation import Organisation
from continuity.model.payments import receipt_unknown, refusals, who_confirms_stop
from continuity.model.problems import Problem
from continuity.simulation.compiled import Compiled
from continuity.simulation.pay import PayBlock, pay, pay_state
from continuity.simulation.pay_arrays import NEVER, DayPlan
from continuity.simulation.pay_plan import element_rows, pay_plan
from continuity.simulation.timelines import Timelines

#: Executed by the bank: nothing is at risk any more.
_DONE: Final = "executed"
UNKNOWN: Final = "receipt_unknown"


@dataclass(frozen=True, slots=True)
class Span:
    """Minutes from now: the tenth, median and ninetieth percentile among the runs in which it happens."""

    share: float  # of the runs
    p10: int
    p50: int
    p90: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A fallback of a pay day: until when it can be decided (UTC), or why it cannot be used."""

    fallback: str
    decide_by: dt.datetime
    refusals: tuple[Problem, ...]
    covers: int = 0  # payees at most


@dataclass(frozen=True, slots=True)
class PayRisk:
    """A pay day ahead, or one that is overdue: how often the ordinary run misses it."""

    stream: str
    nominal: dt.date
    date: dt.date
    due: dt.datetime
    payees: int
    sek: int
    late: float  # share of the runs
    paid: Span | None  # when the ordinary run is done, where it is so within sight
    choices: tuple[Choice, ...]
    file: str = ""  # where its file is: as reported, else receipt_unknown where the model has it so
    reported: bool = False  # whether somebody has seen it
    ring: tuple[str, ...] = ()  # roles and contacts (ids) who can confirm a stop, where that is needed
    decided: str = ""  # id of the fallback that was decided

    @property
    def latest(self) -> dt.datetime | None:
        """The latest hour at which something can still be decided that is allowed."""
        return max((c.decide_by for c in self.choices if not c.refusals), default=None)

    @property
    def unpaid(self) -> int:
        """Payees whom neither the ordinary run of every replication nor what is decided pays on time."""
        covered = next((c.covers for c in self.choices if c.fallback == self.decided), 0)
        return max(0, self.payees - covered) if self.late else 0


def span_of(values: Sequence[int], of: int) -> Span:
    """Return the span of the runs (of ``of``) in which something happens."""
    low, mid, high = (int(np.quantile(values, q, method="nearest")) for q in (0.1, 0.5, 0.9))
    return Span(len(values) / of, low, mid, high)


def pay_risks(
    standing: Organisation,
    picture: Picture,
    laid: Organisation,
    compiled: Compiled,
    lines: Timelines,
    at: int,
) -> tuple[PayRisk, ...]:
    """Return the pay days that are not done at minute ``at``, by due hour.

    ``standing`` is the organisation with what is in use, whose law and fallbacks are asked; ``laid`` is the
    one that was run.
    """
    scenario = laid.of(Scenario, compiled.scenario)
    assert scenario is not None
    plan = pay_plan(laid, scenario, compiled.start, compiled.horizon)
    rows = element_rows(plan, compiled.index)
    pieces = (lines.minutes, lines.levels, lines.offsets)
    block = pay(plan, pieces, rows)
    unknown = pay_state(plan, block, pieces, rows, (0, at)).receipt_unknown
    found = []
    for number, day in enumerate(plan.days):
        if day.due > at or block.paid[number].min() > at:
            made = _risk(day, number, block, compiled.start, at)
            made = _as_seen(made, picture, unknown)
            found.append(_with_choices(made, standing, scenario, day, compiled.start))
    return tuple(sorted(found, key=lambda p: (p.due, p.stream)))


def _risk(day: DayPlan, number: int, block: PayBlock, start: dt.datetime, at: int) -> PayRisk:
    paid = block.paid[number]
    within = (np.maximum(paid[paid < NEVER], at) - at).tolist()
    return PayRisk(
        stream=day.stream.id,
        nominal=day.pay.nominal,
        date=day.pay.paid,
        due=start + dt.timedelta(minutes=day.due),
        payees=day.payees,
        sek=day.sek,
        late=float(np.mean(paid > day.due)),
        paid=span_of(within, len(paid)) if within else None,
        choices=(),
    )


def _as_seen(made: PayRisk, picture: Picture, unknown: frozenset[Any]) -> PayRisk:
    """What people have seen of the file goes before what the model has."""
    key = (made.stream, made.nominal)
    seen = picture.files.get(key, "")
    return replace(
        made,
        file=seen or (UNKNOWN if key in unknown else ""),
        reported=bool(seen),
        late=0.0 if seen == _DONE else made.late,
        decided=picture.fallbacks.get(key, ""),
    )


def _with_choices(
    made: PayRisk, standing: Organisation, scenario: Scenario, day: DayPlan, start: dt.datetime
) -> PayRisk:
    stream = standing.of(Stream, made.stream)
    if stream is None:
        return made
    blocked = (receipt_unknown(standing, stream),) if made.file == UNKNOWN else ()
    choices = []
    for one in day.fallbacks:
        fallback = standing.of(Fallback, one.fallback.id)
        if fallback is not None:
            why = (*blocked, *refusals(standing, scenario, stream, fallback))
            by = start + dt.timedelta(minutes=one.decide_at)
            choices.append(Choice(fallback.id, by, why, one.covered))
    ring = tuple(r.id for r in who_confirms_stop(standing, stream)) if blocked else ()
    return replace(made, choices=tuple(choices), ring=ring)
