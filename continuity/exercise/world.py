"""The world of a play: one replication, and what decisions make of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from continuity.model.edits import Group, amend
from continuity.model.kinds import Exercise, Fallback, Resource, Scenario, StaffGroup, Stream
from continuity.model.organisation import Organisation
from continuity.model.overlay import overlay
from continuity.model.payments import refusals
from continuity.model.problems import Problem, Refused
from continuity.simulation.course import Course, Decided, Strike
from continuity.simulation.pay_arrays import STATES
from continuity.simulation.request import RunRequest

#: What a decision may change.
MEASURE, FALLBACK, STAFF, CREW, STRIKE, HEAL = "measure", "fallback", "staff", "crew", "strike", "heal"
EFFECTS: Final = (MEASURE, FALLBACK, STAFF, CREW, STRIKE, HEAL)
Effect = Mapping[str, Any]


@dataclass(frozen=True)
class _Choices:
    """All that has been decided about the model so far."""

    measures: frozenset[str] = frozenset()
    moves: tuple[tuple[str, str, int], ...] = ()  # from, to, how many
    first: tuple[str, ...] = ()  # elements whose repair goes first
    counts: Mapping[str, int] = field(default_factory=dict)


class World:
    """The organisation of an exercise in the course of its replication.

    The course plays no fallback by itself: people decide. Effects are plain data:
    ``{"effect": "measure", "measure": id}``, ``{"effect": "fallback", "fallback": id, "stream": id,
    "nominal": "2027-02-25"}``, ``{"effect": "staff", "from": id, "to": id, "count": 5}``,
    ``{"effect": "crew", "element": id}``, ``{"effect": "strike", "element": id, "minutes": 240}``,
    ``{"effect": "heal", "element": id}``.
    """

    def __init__(self, organisation: Organisation, exercise: Exercise) -> None:
        """Begin; raises :class:`Refused` where the scenario cannot be run."""
        if organisation.of(Scenario, exercise.scenario) is None:
            raise Refused([Problem("exercise-without-scenario", kind="exercise", id=exercise.id)])
        self.base, self.exercise = organisation, exercise
        self._choices = _Choices(measures=frozenset(exercise.measures))
        request = RunRequest(str(exercise.scenario), start=exercise.start, seed=exercise.seed)
        model, waiting = self._model()
        self.course = Course(model, request, exercise.replication or 0, waiting)

    def decide(self, minute: int, effects: Sequence[Effect]) -> None:
        """Carry out what was decided at a minute of the scenario; raise Refused with every reason."""
        if not effects:
            return
        problems = [p for effect in effects for p in self.faults(minute, effect)]
        if problems:
            raise Refused(problems)
        before = self._choices
        for effect in effects:
            self._choices = _chosen(self._choices, effect)
        try:
            model, waiting = self._model()
            self.course.turn(
                minute,
                model,
                waiting=waiting,
                strikes=[
                    Strike(e["element"], max(1, int(e.get("minutes", 240))), int(e.get("depth", 0)))
                    for e in effects
                    if e["effect"] == STRIKE
                ],
                healed=[e["element"] for e in effects if e["effect"] == HEAL],
                decided=[
                    Decided(e["stream"], dt.date.fromisoformat(e["nominal"]), e["fallback"])
                    for e in effects
                    if e["effect"] == FALLBACK
                ],
            )
        except BaseException:
            self._choices = before
            raise

    def faults(self, minute: int, effect: Effect) -> list[Problem]:
        """Return why an effect cannot be carried out now; a fallback's law and the file's state are asked."""
        kinds = {MEASURE: ("measure",), STAFF: ("from", "to"), FALLBACK: ("fallback", "stream")}
        missing = [
            str(effect.get(name))
            for name in kinds.get(effect.get("effect", ""), ("element",))
            if self.base.get(effect.get(name)) is None
        ]
        if effect.get("effect") not in EFFECTS or missing:
            return [Problem("bad-effect", facts={"value": ", ".join(missing) or str(effect.get("effect"))})]
        if effect["effect"] == STAFF:
            return self._faults_of_move(effect)
        return self._faults_of_fallback(minute, effect) if effect["effect"] == FALLBACK else []

    def _faults_of_move(self, effect: Effect) -> list[Problem]:
        groups = [self.base.of(StaffGroup, effect[name]) for name in ("from", "to")]
        if None in groups:
            return [Problem("bad-effect", facts={"value": STAFF})]
        giver = self._model()[0].of(StaffGroup, effect["from"])
        count = int(effect.get("count", 0))
        if giver is None or not 0 < count <= giver.headcount:
            facts: dict[str, object] = {"count": count, "held": giver.headcount if giver else 0}
            return [Problem("too-few-to-move", record=groups[0].name if groups[0] else "", facts=facts)]
        return []

    def _faults_of_fallback(self, minute: int, effect: Effect) -> list[Problem]:
        stream, fallback = self.base.of(Stream, effect["stream"]), self.base.of(Fallback, effect["fallback"])
        scenario = self.base.of(Scenario, self.exercise.scenario)
        if stream is None or fallback is None or scenario is None:
            return [Problem("bad-effect", facts={"value": FALLBACK})]
        laid = overlay(self.base, self._choices.measures)
        problems = list(refusals(laid, scenario, stream, laid.of(Fallback, fallback.id) or fallback))
        if fallback.id not in stream.fallbacks:
            facts: dict[str, object] = {"fallback": fallback.name, "stream": stream.name}
            problems.append(Problem("fallback-not-of-stream", record=fallback.name, facts=facts))
        if not problems and self.file_state(minute, stream.id, effect["nominal"]) == "receipt_unknown":
            problems.append(Problem("play-receipt-unknown", record=stream.name))
        return problems

    def file_state(self, minute: int, stream: str, nominal: str) -> str:
        """Return the state of the file of a pay day at a minute, or an empty text where none is due."""
        leg = self.course.leg_at(minute)
        local = minute - leg.begins
        for number, day in enumerate(leg.plan.days):
            if day.stream.id == stream and day.pay.nominal.isoformat() == nominal:
                return _state_of(leg, number, local)
        return ""

    def _model(self) -> tuple[Organisation, list[str]]:
        """The organisation with all that has been decided, and the fallbacks (ids) that wait for people."""
        chosen = self._choices
        twin = overlay(self.base, chosen.measures).copy()
        edits = []
        counts = dict[str, int]()
        for giver, taker, count in chosen.moves:
            counts[giver] = counts.get(giver, 0) - count
            counts[taker] = counts.get(taker, 0) + count
        for id_, change in counts.items():
            group = twin.of(StaffGroup, id_)
            if group is not None and change:
                edits.append(amend(group, headcount=max(0, group.headcount + change)))
        for id_ in chosen.first:
            resource = twin.of(Resource, id_)
            if resource is not None and resource.crew_priority:
                edits.append(amend(resource, crew_priority=0))
        standing = [f for f in twin.all(Fallback) if f.enabled and f.kind != "early"]
        edits += [amend(fallback, enabled=False) for fallback in standing]
        if edits:
            twin.apply(Group("play", tuple(edits)))
        return twin, [fallback.id for fallback in standing]


def _chosen(before: _Choices, effect: Effect) -> _Choices:
    match effect["effect"]:
        case "measure":
            return replace(before, measures=before.measures | {effect["measure"]})
        case "staff":
            return replace(
                before, moves=(*before.moves, (effect["from"], effect["to"], int(effect["count"])))
            )
        case "crew":
            return replace(before, first=(*before.first, effect["element"]))
    return before


def _state_of(leg: Any, number: int, minute: int) -> str:
    """The highest state that a done stage of the pay day reaches; sent and cut off is unknown."""
    first = int(leg.plan.arrays.days["slot"][number])
    stages = leg.plan.days[number].stages
    done = leg.block.done[first : first + len(stages), 0].tolist()
    reached = [
        int(leg.plan.arrays.slots["reaches"][first + place])
        for place, when in enumerate(done)
        if when <= minute
    ]
    state = STATES[max(reached, default=0)]
    if state != "sent":
        return state
    from continuity.exercise.happenings import unknown_from

    since = unknown_from(leg, leg.plan.days[number], first, done)
    return "receipt_unknown" if since is not None and since <= minute else state


def days_ahead(course: Course, minute: int, days: int = 7) -> Iterable[tuple[Any, int, Any]]:
    """Yield (leg, number, day plan) of the pay days due from a day back to ``days`` ahead, by due hour."""
    leg = course.leg_at(minute)
    local = minute - leg.begins
    found = [
        (leg, number, day)
        for number, day in enumerate(leg.plan.days)
        if local - 1440 <= day.due <= local + days * 1440
    ]
    return sorted(found, key=lambda one: (one[2].due, one[2].stream.priority, one[2].stream.id))
