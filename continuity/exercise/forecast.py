"""What the picture leads to: what fails next, which buffers run empty, which pay days are at risk.

The reported outages become a scenario that begins with the first of them; those that still last, last on by
their law given that they have lasted so long. The engine does the rest. Only what is confirmed or likely
counts, unless rumours are asked for. Background failures are left out: they would be invented.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from continuity.exercise.happenings import why_in
from continuity.exercise.picture import Picture, Report
from continuity.model.edits import Add, Edit, Group, amend
from continuity.model.ids import derived_id
from continuity.model.kinds import (
    Element,
    Event,
    Fallback,
    Function,
    Resource,
    Scenario,
    StaffGroup,
)
from continuity.model.local_time import ZONE
from continuity.model.organisation import Organisation
from continuity.model.overlay import overlay
from continuity.model.payments import refusals
from continuity.model.problems import Problem
from continuity.model.values import Law, Outcome, StartRule
from continuity.simulation.compile import compile_organisation
from continuity.simulation.compiled import Compiled
from continuity.simulation.laws import quantile
from continuity.simulation.levels import levels_of_block
from continuity.simulation.pay import pay
from continuity.simulation.pay_plan import element_rows, pay_plan
from continuity.simulation.timelines import Timelines

DAY: Final = 1440
#: Days back to which an outage can reach, and ahead to which is looked.
MOST_BACK: Final = 60
AHEAD: Final = 14
REPLICATIONS: Final = 400
_STEPS: Final = 40  # quantiles that stand for what is left of a law
_CODE: Final = "SITUATION"
#: Where nothing is known of the return and the element states no repair time.
_UNKNOWN: Final = Law(law="lognormal", median=DAY, p90=7 * DAY)


@dataclass(frozen=True, slots=True)
class Span:
    """Minutes from now: the tenth, median and ninetieth percentile among the runs in which it happens."""

    share: float  # of the runs
    p10: int
    p50: int
    p90: int


@dataclass(frozen=True, slots=True)
class Next:
    """Something that falls (below MBCO, for a function; below full, for others) if nothing is done."""

    element: str
    when: Span
    cause: str  # element to blame in most runs
    bridge: str  # "", buffer_empty or standby_empty


@dataclass(frozen=True, slots=True)
class Choice:
    """A fallback of a pay day: until when it can be decided (UTC), or why it cannot be used."""

    fallback: str
    decide_by: dt.datetime
    refusals: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class PayRisk:
    """A pay day ahead: how often the ordinary run misses it."""

    stream: str
    nominal: dt.date
    date: dt.date
    due: dt.datetime
    payees: int
    sek: int
    late: float  # share of the runs
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is ahead as seen at ``now``."""

    now: dt.datetime
    replications: int
    down: tuple[str, ...]  # elements reported down or reduced
    back: tuple[tuple[str, Span], ...]  # when each is expected back
    next: tuple[Next, ...]
    already: tuple[str, ...]  # functions below MBCO at this minute
    pay_days: tuple[PayRisk, ...]
    left_out: tuple[str, ...] = ()  # subjects of reports that name no element, or are rumours


def forecast(
    organisation: Organisation,
    picture: Picture,
    now: dt.datetime,
    *,
    rumours: bool = False,
    strain: str = "severe",
    replications: int = REPLICATIONS,
    seed: int = 1,
) -> Forecast:
    """Return what follows from ``picture``; raise :class:`Refused` where the model cannot be run."""
    used, left_out = _used(organisation, picture, rumours)
    if not used:
        return Forecast(now, 0, (), (), (), (), (), left_out)
    minute0 = _first(used, now)
    at = _minutes(now, minute0)
    laid = _model(overlay(organisation, picture.measures), used, minute0, now, strain)
    compiled = compile_organisation(laid, _scenario_id(laid), (), None, at // DAY + AHEAD + 1, seed)
    lines = levels_of_block(compiled, 0, replications)
    return Forecast(
        now=now,
        replications=replications,
        down=tuple(id_ for id_, state in {r.element: r.state for r in used}.items() if state != "up"),
        back=_back(compiled, lines, used, at),
        next=_next(laid, compiled, lines, at),
        already=tuple(
            f.id
            for f in laid.all(Function)
            if f.id in compiled.index and _at(lines, compiled.index[f.id], at)[0] < f.mbco
        ),
        pay_days=_pay_days(organisation, laid, compiled, lines, at),
        left_out=left_out,
    )


def _used(
    organisation: Organisation, picture: Picture, rumours: bool
) -> tuple[list[Report], tuple[str, ...]]:
    used, left_out = [], []
    for report in sorted(picture.reports, key=lambda r: (r.happened, r.entry)):
        element = organisation.get(report.element)
        if report.corrected:
            continue
        if not isinstance(element, Element) or not element.in_use:
            left_out.append(report.words or report.element)
        elif report.trust == "rumour" and not rumours:
            left_out.append(element.name)
        else:
            used.append(report)
    return used, tuple(dict.fromkeys(left_out))


def _first(used: Sequence[Report], now: dt.datetime) -> dt.datetime:
    first = max(min(r.happened for r in used), now - dt.timedelta(days=MOST_BACK))
    return min(first, now - dt.timedelta(minutes=1)).replace(second=0, microsecond=0)


def _minutes(later: dt.datetime, earlier: dt.datetime) -> int:
    return int((later - earlier).total_seconds() // 60)


# --- the scenario -------------------------------------------------------------------------------------


def _scenario_id(organisation: Organisation) -> str:
    return derived_id(organisation.document, "scenario", _CODE)


def _model(
    organisation: Organisation, used: Sequence[Report], minute0: dt.datetime, now: dt.datetime, strain: str
) -> Organisation:
    """The organisation with what was reported as a scenario, without background failures and fallbacks."""
    twin = organisation.copy()
    local = minute0.astimezone(ZONE)
    start = StartRule(on_or_after=local.date(), at=local.hour * 60 + local.minute)
    scenario = Scenario(
        id=_scenario_id(twin), code=_CODE, name=_CODE, strain=strain, start=start, horizon_days=MOST_BACK
    )
    events = _events(twin, used, minute0, now, scenario.id)
    edits: list[Edit] = [Add(scenario), *(Add(e) for e in events)]
    edits += [amend(r, mttf=None) for r in twin.all(Resource) if r.mttf is not None]
    edits += [amend(f, enabled=False) for f in twin.all(Fallback) if f.enabled]
    twin.apply(Group("situation", tuple(edits)))
    return twin


def _events(
    organisation: Organisation, used: Sequence[Report], minute0: dt.datetime, now: dt.datetime, scenario: str
) -> list[Event]:
    """One event for each stretch in which an element was reported down or reduced."""
    events: list[Event] = []
    for element in dict.fromkeys(r.element for r in used):
        told = [r for r in used if r.element == element]
        for report, after in zip(told, [*told[1:], None], strict=True):
            if report.state == "up":
                continue
            begins = max(0, _minutes(report.happened, minute0))
            if after is not None:
                law = Law(law="fixed", likely=max(1, _minutes(after.happened, report.happened)))
            else:
                law = _remaining(organisation, report, now)
            staff = isinstance(organisation.get(element), StaffGroup)
            number = len(events)
            events.append(
                Event(
                    id=derived_id(organisation.document, "event", f"{_CODE}/{number}"),
                    code=f"{_CODE}/{number + 1}",
                    scenario=scenario,
                    position=number,
                    name=report.words or _CODE,
                    type="staff" if staff else "outage",
                    cause=f"{number}" if staff else "",
                    elements=(element,),
                    offset=begins,
                    duration=law,
                    depth=report.level if report.state == "reduced" else 0,
                )
            )
    return events


def _remaining(organisation: Organisation, report: Report, now: dt.datetime) -> Law:
    """The law of the whole outage, given that it lasts now: by what was said of the return, else its own."""
    lasted = max(0, _minutes(now, report.happened))
    stated = [report.back_earliest, report.back_likely, report.back_latest]
    known = sorted(_minutes(m, report.happened) for m in stated if m is not None)
    if known and known[-1] > lasted:
        low, high = max(lasted + 1, known[0]), max(lasted + 1, known[-1])
        if low == high:
            return Law(law="fixed", likely=low)
        likely = min(high, max(low, known[len(known) // 2]))
        return Law(law="triangular", low=low, likely=likely, high=high)
    element = organisation.get(report.element)
    own = element.repair if isinstance(element, Resource) else None
    return lasting(own or _UNKNOWN, lasted)


def lasting(law: Law, lasted: int) -> Law:
    """Return ``law`` given that it lasts longer than ``lasted`` minutes, as equally likely values.

    Where the law allows nothing longer, what is left is unknown: as long again, with a wide spread.
    """
    if quantile(law, 0.999) <= lasted:
        return Law(law="lognormal", median=max(1, 2 * lasted), p90=max(2, 6 * lasted))
    share = bisect_left(range(1000), True, key=lambda n: quantile(law, n / 1000 + 0.0005) > lasted) / 1000
    cuts = [share + (1 - share) * (n + 0.5) / _STEPS for n in range(_STEPS)]
    values = [max(lasted + 1, int(quantile(law, cut) + 0.5)) for cut in cuts]
    return Law(law="empirical", outcomes=tuple(Outcome(minutes=v) for v in values))


# --- what follows -------------------------------------------------------------------------------------


def _at(lines: Timelines, element: int, minute: int) -> tuple[int, int]:
    """The level and the number of the piece of one element in the first replication at a minute."""
    minutes, levels = lines.pieces(element, 0)
    piece = int(np.searchsorted(minutes, minute, side="right")) - 1
    return int(levels[piece]), piece


def _span(values: list[int], of: int) -> Span:
    low, mid, high = (int(np.quantile(values, q, method="nearest")) for q in (0.1, 0.5, 0.9))
    return Span(len(values) / of, low, mid, high)


def _back(
    compiled: Compiled, lines: Timelines, used: Sequence[Report], at: int
) -> tuple[tuple[str, Span], ...]:
    found = []
    sample = lines.sample
    for element in dict.fromkeys(r.element for r in used if r.state != "up"):
        place = compiled.index.get(element)
        if place is None:
            continue
        n = sample.replications
        ends = []
        for replication in range(n):
            low, high = sample.offsets[place * n + replication], sample.offsets[place * n + replication + 1]
            over = [int(r["begin"] + r["duration"]) for r in sample.rows[low:high]]
            if over and max(over) > at:
                ends.append(max(over) - at)
        if ends:
            found.append((element, _span(ends, n)))
    return tuple(found)


def _next(organisation: Organisation, compiled: Compiled, lines: Timelines, at: int) -> tuple[Next, ...]:
    """What is whole enough now and falls later, soonest first."""
    limits = {f.id: f.mbco for f in organisation.all(Function)}
    found = []
    for element, place in compiled.index.items():
        falls, first = [], None
        for replication in range(lines.count):
            minutes, levels = lines.pieces(place, replication)
            piece = int(np.searchsorted(minutes, at, side="right")) - 1
            limit = limits.get(element, int(levels[piece]))
            if levels[piece] < limit or levels[piece] == 0:
                continue
            low = np.flatnonzero(levels[piece + 1 :] < limit)
            if len(low):
                minute = int(minutes[piece + 1 + low[0]])
                falls.append(minute - at)
                first = first or (replication, minute)
        if first:
            cause, bridge, _since = why_in(compiled, lines, element, *first)
            found.append(Next(element, _span(falls, lines.count), cause, bridge))
    return tuple(sorted(found, key=lambda n: (n.when.p50, -n.when.share, n.element)))


def _pay_days(
    organisation: Organisation, laid: Organisation, compiled: Compiled, lines: Timelines, at: int
) -> tuple[PayRisk, ...]:
    scenario = laid.of(Scenario, compiled.scenario)
    assert scenario is not None
    plan = pay_plan(laid, scenario, compiled.start, compiled.horizon)
    rows = element_rows(plan, compiled.index)
    block = pay(plan, (lines.minutes, lines.levels, lines.offsets), rows)
    found = []
    for number, day in enumerate(plan.days):
        if day.due <= at:
            continue
        choices = []
        for one in day.fallbacks:
            fallback = organisation.of(Fallback, one.fallback.id)
            if fallback is None:
                continue
            why = refusals(organisation, scenario, day.stream, fallback)
            by = compiled.start + dt.timedelta(minutes=one.decide_at)
            choices.append(Choice(fallback.id, by, tuple(why)))
        found.append(
            PayRisk(
                stream=day.stream.id,
                nominal=day.pay.nominal,
                date=day.pay.paid,
                due=compiled.start + dt.timedelta(minutes=day.due),
                payees=day.payees,
                sek=day.sek,
                late=float(np.mean(block.paid[number] > day.due)),
                choices=tuple(choices),
            )
        )
    return tuple(sorted(found, key=lambda p: (p.due, p.stream)))
