"""One replication followed by people: where everything stands at a minute, and what changes make of the rest.

A course is a row of legs. Each leg plays one model from a minute on; a decision begins the next one with
the state of the leg before, the changed model and the same draws. With nothing changed the legs give what
the unbroken replication gives.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from continuity.model.kinds import Scenario
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.simulation.compile import compile_organisation
from continuity.simulation.compiled import BLANK, DISRUPTION, FULL, Compiled, State, Table, full_state, table
from continuity.simulation.levels import propagate
from continuity.simulation.pay import PayBlock, pay, pay_state
from continuity.simulation.pay_plan import PayPlan, element_rows, pay_plan
from continuity.simulation.pay_state import NOTHING_BEGUN, FallbackState, PayState
from continuity.simulation.request import RunRequest
from continuity.simulation.sample import Sample, sample_block
from continuity.simulation.timeline_state import state_at, still_to_come
from continuity.simulation.timelines import Lines, Timelines


@dataclass(frozen=True, slots=True)
class Strike:
    """Something that a person makes happen: an element at ``depth`` for so many minutes."""

    element: str  # id
    minutes: int
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Decided:
    """A fallback that people put in use for one pay day, whatever the rule without hindsight would do."""

    stream: str  # id
    nominal: dt.date
    fallback: str  # id


@dataclass(frozen=True)
class Leg:
    """A stretch of the course on one model; minutes inside count from ``begins``.

    ``waiting`` are the fallbacks (ids) that stand switched off in the model because people decide on them.
    """

    begins: int
    organisation: Organisation
    compiled: Compiled  # of the whole course; only ids, start and hazards are asked
    state: State
    lines: Timelines
    plan: PayPlan
    block: PayBlock
    waiting: frozenset[str] = frozenset()

    @property
    def ends(self) -> int:
        """The minute of the course at which the horizon is reached."""
        return self.begins + self.lines.horizon

    @cached_property
    def rows(self) -> list[int]:
        """The compiled row of each element that the pay plan asks for."""
        return element_rows(self.plan, self.compiled.index)

    def state_at(self, minute: int) -> tuple[State, PayState]:
        """Return where everything stands at ``minute`` of the course (after ``begins``)."""
        local = minute - self.begins
        if local <= 0:
            raise ValueError("a leg knows nothing of the minutes before it")
        levels = state_at(self._shorter, self.lines, 0, local, self.state)
        pieces = (self.lines.minutes, self.lines.levels, self.lines.offsets)
        return levels, pay_state(self.plan, self.block, pieces, self.rows, (0, local))

    @property
    def _shorter(self) -> Compiled:
        rest = self.lines.horizon
        return replace(
            self.compiled,
            graph=self.compiled.graph._replace(horizon=rest),
            hazards=self.compiled.hazards._replace(horizon=rest),
        )


class Course:
    """A replication of a scenario, changed by decisions on its way."""

    def __init__(
        self,
        organisation: Organisation,
        request: RunRequest,
        replication: int,
        waiting: Iterable[str] = (),
    ) -> None:
        """Begin on ``organisation`` as it is (measures that hold already lie on it).

        Raises :class:`Refused` where the scenario cannot be run.
        """
        self.request, self.replication = request, replication
        compiled = self._compile(organisation, rest=True)
        sample = sample_block(compiled, replication, 1)
        first = self._leg(0, organisation, compiled, sample, compiled.state, NOTHING_BEGUN)
        self.legs: list[Leg] = [replace(first, waiting=frozenset(waiting))]

    @property
    def start(self) -> dt.datetime:
        """The UTC instant of minute 0."""
        return self.legs[0].compiled.start

    @property
    def horizon(self) -> int:
        """The last minute of the course."""
        return self.legs[-1].ends

    def leg_at(self, minute: int) -> Leg:
        """Return the leg that plays ``minute``."""
        return next(leg for leg in reversed(self.legs) if leg.begins <= minute or leg is self.legs[0])

    def level(self, element: str, minute: int) -> int | None:
        """Return the level of an element (id) in a minute, or None where it takes no part."""
        leg = self.leg_at(minute)
        place = leg.compiled.index.get(element)
        return None if place is None else leg.lines.level(place, 0, minute - leg.begins)

    def turn(
        self,
        minute: int,
        organisation: Organisation,
        strikes: Sequence[Strike] = (),
        healed: Iterable[str] = (),
        decided: Sequence[Decided] = (),
        waiting: Iterable[str] = (),
    ) -> Leg:
        """Go on from ``minute`` with a changed model, and return the new leg.

        ``strikes`` hit from that minute on; what runs on the ``healed`` elements (ids) ends; the set-up of
        the ``decided`` fallbacks begins. A turn at or before the last one is refused: what has been played
        is not rewritten.
        """
        last = self.legs[-1]
        if not last.begins < minute < last.ends:
            facts: dict[str, object] = {"minute": minute, "first": last.begins + 1, "last": last.ends - 1}
            raise Refused([Problem("turn-out-of-range", facts=facts)])
        compiled = self._compile(organisation, rest=False)
        levels, paid = last.state_at(minute)
        state = moved(levels, last.compiled, compiled, set(healed), strikes)
        sample = sample_block(compiled, self.replication, 1)
        leg = self._leg(minute, organisation, compiled, sample, state, paid, decided)
        leg = replace(leg, waiting=frozenset(waiting))
        self.legs.append(leg)
        return leg

    def _compile(self, organisation: Organisation, *, rest: bool) -> Compiled:
        asked = self.request
        return compile_organisation(
            organisation, asked.scenario, (), asked.start, asked.horizon_days, asked.seed, rest=rest
        )

    @staticmethod
    def _leg(
        begins: int,
        organisation: Organisation,
        compiled: Compiled,
        sample: Sample,
        state: State,
        paid: PayState,
        decided: Sequence[Decided] = (),
    ) -> Leg:
        part, rest = compiled, sample
        if begins:
            none = Lines(*_NOTHING)
            drawn = Timelines(*none, sample.first, 1, compiled.horizon, sample, none)
            part, rest = still_to_come(compiled, drawn, 0, begins)
        lines = propagate(part, rest, state)
        scenario = organisation.of(Scenario, compiled.scenario)
        assert scenario is not None  # the compiler has refused what is not there
        start = compiled.start + dt.timedelta(minutes=begins)
        plan = pay_plan(organisation, scenario, start, part.horizon, paid)
        if decided:
            paid = _in_use(plan, compiled, lines, paid, decided)
            plan = pay_plan(organisation, scenario, start, part.horizon, paid)
        pieces = (lines.minutes, lines.levels, lines.offsets)
        block = pay(plan, pieces, element_rows(plan, compiled.index))
        return Leg(begins, organisation, compiled, state, lines, plan, block)


_NOTHING = np.zeros(0, np.int32), np.zeros(0, np.int16), np.zeros((0, 2), np.int64)


def _in_use(
    plan: PayPlan, compiled: Compiled, lines: Timelines, paid: PayState, decided: Sequence[Decided]
) -> PayState:
    """Return ``paid`` with the decided fallbacks begun: set-up counts minutes in which all it needs is up."""
    wanted = {(d.stream, d.nominal): d.fallback for d in decided}
    begun = dict(paid.fallbacks)
    for day in plan.days:
        key = (day.stream.id, day.pay.nominal)
        found = next((f for f in day.fallbacks if f.fallback.id == wanted.get(key)), None)
        if found is None:
            continue
        fallback = found.fallback
        up = _minutes_up(compiled, lines, fallback.elements, fallback.least_level)
        covered, finished = found.covered, int(np.searchsorted(np.cumsum(up), fallback.set_up) + 1)
        if fallback.kind == "interim":
            hours = int(up[: max(0, day.due)].sum())
            covered = min(day.payees, fallback.cases_per_hour * fallback.staff * hours // 60_000)
            finished = max(1, day.due)
        ends = finished if finished <= lines.horizon else None
        begun[key] = FallbackState(fallback.id, 0, ends, covered)
    return replace(paid, fallbacks=begun)


def _minutes_up(compiled: Compiled, lines: Timelines, elements: Iterable[str], least: int) -> Any:
    """Return for each minute whether all ``elements`` (ids) are at ``least`` or above."""
    up = np.ones(lines.horizon, np.int64)
    for element in elements:
        if element in compiled.index:
            minutes, levels = lines.pieces(compiled.index[element], 0)
            ends = np.append(minutes[1:], lines.horizon)
            up &= np.repeat((levels >= least).astype(np.int64), ends - minutes)
    return up


def moved(
    state: State, before: Compiled, after: Compiled, healed: set[str], strikes: Sequence[Strike]
) -> State:
    """Return ``state`` of the model ``before`` for the model ``after``: the same where records are the same.

    What is new is full; contents are cut to what now fits; what is no longer there is dropped.
    """
    made = full_state(after.graph)
    needs = _carried(state.needs, made.needs, before.need_ids, after.need_ids)
    standbys = _carried(state.standbys, made.standbys, before.standby_ids, after.standby_ids)
    elements = _carried(state.elements, made.elements, before.element_ids, after.element_ids)
    needs["content"] = np.minimum(needs["content"], FULL * after.graph.needs["autonomy"])
    standbys["stock"] = np.minimum(standbys["stock"], FULL * np.maximum(after.graph.standbys["endurance"], 0))
    running = _running(state.running, before, after, healed, strikes)
    return State(needs, standbys, elements, state.steps, running)


def _carried(old: Table, new: Table, before: tuple[str, ...], after: tuple[str, ...]) -> Table:
    places = {id_: place for place, id_ in enumerate(before)}
    made = new.copy()
    for place, id_ in enumerate(after):
        if id_ in places:
            made[place] = old[places[id_]]
    return made.view(np.recarray)


def _running(
    rows: Table, before: Compiled, after: Compiled, healed: set[str], strikes: Sequence[Strike]
) -> Table:
    """Return the disruptions that go on: what a healed element has ends, what is struck begins."""
    events = {id_: place for place, id_ in enumerate(after.event_ids)}
    kept = []
    for row in rows:
        id_ = before.element_ids[int(row["element"])]
        if id_ in healed or id_ not in after.index:
            continue
        one = {name: int(row[name]) for name in DISRUPTION.names or ()}
        one["element"] = after.index[id_]
        if one["event"] != BLANK:
            place = events.get(before.event_ids[one["event"]])
            if place is None:
                continue
            one["event"] = place
            one["curve"] = int(after.hazards.events["curve"][place])
            one["cause"] = int(after.hazards.events["cause"][place])
        kept.append(one)
    for strike in strikes:
        if strike.element in after.index:
            element = after.index[strike.element]
            struck = dict.fromkeys(DISRUPTION.names or (), 0)
            struck |= {"element": element, "duration": strike.minutes, "depth": strike.depth}
            kept.append(struck | {"cause": BLANK, "event": BLANK})
    kept.sort(key=lambda one: (one["element"], one["start"]))
    names = DISRUPTION.names or ()
    return table(DISRUPTION, len(kept), **{name: [one[name] for one in kept] for name in names})
