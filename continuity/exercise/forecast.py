"""What the picture leads to: what fails next, which buffers run empty, which pay days are at risk.

The reported outages become a scenario that begins some weeks before the first of them, so that payment runs
that were under way are under way; those outages that still last, last on by their law given that they have
lasted so long. The engine does the rest. Only what is confirmed or likely counts, unless rumours are asked
for. Background failures are left out: they would be invented. A measure in use counts as if it had stood
from the beginning.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from continuity.exercise.happenings import why_in
from continuity.exercise.pay_risks import PayRisk, Span, pay_risks, span_of
from continuity.exercise.picture import Picture, Report, follows
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
    Stage,
)
from continuity.model.local_time import DAY as ONE_DAY
from continuity.model.local_time import DAY_MINUTES as DAY
from continuity.model.local_time import ZONE, local_instant
from continuity.model.organisation import Organisation
from continuity.model.overlay import overlay
from continuity.model.values import Law, Outcome, StartRule
from continuity.simulation.compile import compile_organisation
from continuity.simulation.compiled import Compiled
from continuity.simulation.laws import quantile
from continuity.simulation.levels import levels_of_block
from continuity.simulation.timelines import Timelines

#: Days back to which an outage can reach, and ahead to which is looked.
MOST_BACK: Final = 60
AHEAD: Final = 14
REPLICATIONS: Final = 400
#: Of what is reduced, nobody knows by how much.
HALF: Final = 500
_STEPS: Final = 40  # quantiles that stand for what is left of a law
_CODE: Final = "SITUATION"
#: Where nothing is known of the return and the element states no repair time.
UNKNOWN: Final = Law(law="lognormal", median=DAY, p90=7 * DAY)


@dataclass(frozen=True, slots=True)
class Back:
    """When something is expected back, and what that rests on.

    ``basis``: stated (in the report), overdue (stated, and past), law (its repair time), long (it has
    lasted longer than that), none (nothing is known).
    """

    element: str
    when: Span
    basis: str


@dataclass(frozen=True, slots=True)
class Next:
    """Something that falls (below MBCO, for a function; below full, for others) if nothing is done."""

    element: str
    when: Span
    cause: str  # element to blame in most runs
    bridge: str  # "", buffer_empty or standby_empty


@dataclass(frozen=True, slots=True)
class Below:
    """A function below its lowest acceptable level now."""

    element: str
    level: int  # permille
    since: int  # minutes ago
    cause: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is ahead as seen at ``now``."""

    now: dt.datetime
    replications: int
    down: tuple[str, ...] = ()  # elements reported down or reduced
    back: tuple[Back, ...] = ()
    next: tuple[Next, ...] = ()
    already: tuple[Below, ...] = ()
    pay_days: tuple[PayRisk, ...] = ()
    left_out: tuple[str, ...] = ()  # subjects of reports that name no element, or are rumours
    half: tuple[str, ...] = ()  # elements reduced by an unknown part: half is taken

    @property
    def strained(self) -> tuple[str, ...]:
        """Elements that are below now or fall next, in that order."""
        return tuple(dict.fromkeys([*(b.element for b in self.already), *(n.element for n in self.next)]))


def forecast(
    organisation: Organisation,
    picture: Picture,
    now: dt.datetime,
    *,
    rumours: bool = False,
    replications: int = REPLICATIONS,
    seed: int = 1,
) -> Forecast:
    """Return what follows from ``picture``; raise :class:`Refused` where the model cannot be run."""
    used, left_out = _used(organisation, picture, rumours, now)
    if not used:
        return Forecast(now, 0, left_out=left_out)
    standing = overlay(organisation, picture.measures)
    minute0 = _begin(standing, used)
    at = _minutes(now, minute0)
    laid = _model(standing, picture, used, minute0, now)
    compiled = compile_organisation(laid, _scenario_id(laid), (), None, at // DAY + AHEAD + 1, seed)
    lines = levels_of_block(compiled, 0, replications)
    down = _down(used)
    return Forecast(
        now=now,
        replications=replications,
        down=tuple(r.element for r in down),
        back=_back(standing, compiled, lines, down, (at, now)),
        next=_next(laid, compiled, lines, at),
        already=_already(laid, compiled, lines, at),
        pay_days=pay_risks(standing, picture, laid, compiled, lines, at),
        left_out=left_out,
        half=tuple(r.element for r in down if r.state == "reduced" and not r.level),
    )


def _used(
    organisation: Organisation, picture: Picture, rumours: bool, now: dt.datetime
) -> tuple[list[Report], tuple[str, ...]]:
    """Reports that count, in the order in which things happened, none older than can be looked back."""
    used, left_out = [], []
    oldest = now - dt.timedelta(days=MOST_BACK)
    for report in sorted(picture.reports, key=lambda r: (r.happened, r.entry)):
        element = organisation.get(report.element)
        if report.corrected:
            continue
        if not isinstance(element, Element) or not element.in_use:
            left_out.append(report.words or getattr(element, "name", "") or report.element)
        elif report.trust == "rumour" and not rumours:
            left_out.append(element.name)
        else:
            used.append(replace(report, happened=max(report.happened, oldest)))
    held = {subject for r in picture.down() for subject in (r.words, r.element)}
    names = {getattr(organisation.get(id_), "name", id_) for id_ in held}
    return used, tuple(name for name in dict.fromkeys(left_out) if name in names)


def _down(used: Sequence[Report]) -> list[Report]:
    """What is down or reduced now, since when, with the latest that is known of its return."""
    last: dict[str, Report] = {}
    for report in used:
        held = last.get(report.element)
        last[report.element] = follows(held, report) if held else report
    return [replace(r, happened=r.since or r.happened) for r in last.values() if r.state != "up"]


def _begin(organisation: Organisation, used: Sequence[Report]) -> dt.datetime:
    """Minute 0: a local midnight before any payment run began that the first report can have hit.

    Midnight comes once a day also when the clocks change.
    """
    opens = max((stage.opens_days for stage in organisation.all(Stage)), default=0)
    lead = (opens * 7 // 5 + 10) * ONE_DAY  # bank days, with weekends and holidays between
    first = min(r.happened for r in used).astimezone(ZONE).date()
    return local_instant(first - lead, 0)


def _minutes(later: dt.datetime, earlier: dt.datetime) -> int:
    return int((later - earlier).total_seconds() // 60)


# --- the scenario -------------------------------------------------------------------------------------


def _scenario_id(organisation: Organisation) -> str:
    return derived_id(organisation.document, "scenario", _CODE)


def _model(
    organisation: Organisation,
    picture: Picture,
    used: Sequence[Report],
    minute0: dt.datetime,
    now: dt.datetime,
) -> Organisation:
    """The organisation with what was reported as a scenario, without background failures and fallbacks."""
    twin = organisation.copy()
    start = StartRule(on_or_after=minute0.astimezone(ZONE).date(), at=0)
    scenario = Scenario(
        id=_scenario_id(twin), code=_CODE, name=_CODE, strain=picture.strain, decrees=picture.decrees,
        start=start, horizon_days=MOST_BACK,
    )  # fmt: skip
    events = _events(twin, used, minute0, now, scenario.id)
    edits: list[Edit] = [Add(scenario), *(Add(e) for e in events)]
    edits += [amend(r, mttf=None) for r in twin.all(Resource) if r.mttf is not None]
    edits += [amend(f, enabled=False) for f in twin.all(Fallback) if f.enabled and f.kind != "early"]
    twin.apply(Group("situation", tuple(edits)))
    return twin


def _events(
    organisation: Organisation, used: Sequence[Report], minute0: dt.datetime, now: dt.datetime, scenario: str
) -> list[Event]:
    """One event for each stretch in which an element was reported down or reduced."""
    events: list[Event] = []
    by_element: dict[str, list[Report]] = {}
    for report in used:
        told = by_element.setdefault(report.element, [])
        if told and (merged := follows(told[-1], report)).since is not None:
            told[-1] = replace(merged, happened=told[-1].happened)  # still so: no new outage
        else:
            told.append(report)
    for element, told in by_element.items():
        staff = isinstance(organisation.get(element), StaffGroup)
        for report, after in zip(told, [*told[1:], None], strict=True):
            if report.state == "up" or (after is not None and after.happened <= report.happened):
                continue
            if after is not None:
                law = Law(law="fixed", likely=max(1, _minutes(after.happened, report.happened)))
            else:
                law = _remaining(organisation, report, now)[0]
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
                    offset=max(0, _minutes(report.happened, minute0)),
                    duration=law,
                    depth=(report.level or HALF) if report.state == "reduced" else 0,
                )
            )
    return events


def _remaining(organisation: Organisation, report: Report, now: dt.datetime) -> tuple[Law, str]:
    """The law of the whole outage, given that it lasts now, and its basis: what was said, else its own."""
    lasted = max(0, _minutes(now, report.happened))
    stated = [report.back_earliest, report.back_likely, report.back_latest]
    known = sorted(_minutes(m, report.happened) for m in stated if m is not None)
    if known and known[-1] > lasted:
        low, high = max(lasted + 1, known[0]), max(lasted + 1, known[-1])
        if low == high:
            return Law(law="fixed", likely=low), "stated"
        likely = min(high, max(low, known[len(known) // 2]))
        return Law(law="triangular", low=low, likely=likely, high=high), "stated"
    element = organisation.get(report.element)
    own = element.repair if isinstance(element, Resource) else None
    if known:
        basis = "overdue"
    elif own is None:
        basis = "none"
    else:
        basis = "long" if quantile(own, 0.999) <= lasted else "law"
    return lasting(own or UNKNOWN, lasted), basis


def lasting(law: Law, lasted: int) -> Law:
    """Return ``law`` given that it lasts longer than ``lasted`` minutes, as equally likely values.

    Where the law allows nothing longer, what is left is unknown: as long again, with a wide spread.
    """
    if quantile(law, 0.999) <= lasted:
        law = Law(law="lognormal", median=max(1, 2 * lasted), p90=max(2, 6 * lasted))
    share = bisect_left(range(1000), True, key=lambda n: quantile(law, n / 1000 + 0.0005) > lasted) / 1000
    cuts = [share + (1 - share) * (n + 0.5) / _STEPS for n in range(_STEPS)]
    values = [max(lasted + 1, int(quantile(law, cut) + 0.5)) for cut in cuts]
    return Law(law="empirical", outcomes=tuple(Outcome(minutes=v) for v in values))


# --- what follows -------------------------------------------------------------------------------------


def _back(
    organisation: Organisation,
    compiled: Compiled,
    lines: Timelines,
    down: Sequence[Report],
    when: tuple[int, dt.datetime],
) -> tuple[Back, ...]:
    found = []
    (at, now), sample = when, lines.sample
    for report in down:
        place = compiled.index.get(report.element)
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
            basis = _remaining(organisation, report, now)[1]
            found.append(Back(report.element, span_of(ends, n), basis))
    return tuple(sorted(found, key=lambda b: b.when.p50))


def _next(organisation: Organisation, compiled: Compiled, lines: Timelines, at: int) -> tuple[Next, ...]:
    """What is whole enough now and falls later, soonest first."""
    limits = {f.id: f.mbco for f in organisation.all(Function)}
    found = []
    for element, place in compiled.index.items():
        minutes, levels, offsets = lines.of(place)
        if not len(levels) or levels.min() >= limits.get(element, 1000):
            continue  # most elements: nothing happens to them
        falls, first = [], None
        for replication in range(lines.count):
            own = slice(offsets[replication], offsets[replication + 1])
            piece = int(np.searchsorted(minutes[own], at, side="right")) - 1
            level = int(levels[own][piece])
            limit = limits.get(element, level)
            if level < limit or level == 0:
                continue
            low = np.flatnonzero(levels[own][piece + 1 :] < limit)
            if len(low):
                minute = int(minutes[own][piece + 1 + low[0]])
                falls.append(minute - at)
                first = first or (replication, minute)
        if first:
            cause, bridge, _since = why_in(compiled, lines, element, *first)
            found.append(Next(element, span_of(falls, lines.count), cause, bridge))
    return tuple(sorted(found, key=lambda n: (n.when.p50, -n.when.share, n.element)))


def _already(organisation: Organisation, compiled: Compiled, lines: Timelines, at: int) -> tuple[Below, ...]:
    """Functions below MBCO at this minute, the longest first: the past is the same in all replications."""
    found = []
    for function in organisation.all(Function):
        place = compiled.index.get(function.id)
        if place is None:
            continue
        minutes, levels = lines.pieces(place, 0)
        piece = int(np.searchsorted(minutes, at, side="right")) - 1
        if levels[piece] >= function.mbco:
            continue
        level = int(levels[piece])
        while piece and levels[piece - 1] < function.mbco:
            piece -= 1
        cause = why_in(compiled, lines, function.id, 0, int(minutes[piece]))[0]
        found.append(Below(function.id, level, at - int(minutes[piece]), cause))
    return tuple(sorted(found, key=lambda b: -b.since))
