"""What the picture leads to: what fails next, which buffers run empty, which pay days are at risk.

The reported outages become a scenario that begins some weeks before the first of them, so that payment runs
that were under way are under way; those outages that still last, last on by their law given that they have
lasted so long. The engine does the rest. Only what is confirmed or likely counts, unless rumours are asked
for. Background failures are left out: they would be invented. A measure in use counts as if it had stood
from the beginning.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from continuity.exercise.happenings import why_in
from continuity.exercise.outages import (
    MOST_BACK,
    begin_of,
    minutes_between,
    remaining,
    scenario_id,
    with_outages,
)
from continuity.exercise.pay_risks import PayRisk, Span, pay_risks, span_of
from continuity.exercise.picture import Picture, Report, follows
from continuity.model.kinds import Element, Function
from continuity.model.local_time import DAY_MINUTES as DAY
from continuity.model.organisation import Organisation
from continuity.model.overlay import overlay
from continuity.simulation.compile import compile_organisation
from continuity.simulation.compiled import Compiled
from continuity.simulation.levels import levels_of_block
from continuity.simulation.timelines import Timelines

#: Days ahead to which is looked.
AHEAD: Final = 14
REPLICATIONS: Final = 400


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
    minute0 = begin_of(standing, used)
    at = minutes_between(now, minute0)
    laid = with_outages(standing, picture, used, minute0, now)
    compiled = compile_organisation(laid, scenario_id(laid), (), None, at // DAY + AHEAD + 1, seed)
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
            basis = remaining(organisation, report, now)[1]
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
