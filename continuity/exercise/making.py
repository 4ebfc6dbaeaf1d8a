"""Making an exercise: which replication, from when to when, with which aims and injects; as one edit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from continuity.exercise.event_list import Writer
from continuity.exercise.happenings import happenings
from continuity.exercise.templates import Texts, texts
from continuity.exercise.world import World
from continuity.model.edits import Add, Edit, Group, Remove
from continuity.model.ids import new_id
from continuity.model.kinds import Exercise, Inject, Objective, Role, Scenario
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.model.values import Seat
from continuity.simulation.result import RunResult
from continuity.words import Words

_DAY: Final = 1440
#: An exercise plays at least so long of the scenario, and at most.
_SHORTEST: Final = 2 * _DAY
_LONGEST: Final = 7 * _DAY
_MINUTES_FOR_ONE: Final = 7  # of the room for one inject
_FEWEST: Final = 6
_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class ExerciseRequest:
    """What to make an exercise of. ``length`` is minutes in the room; the rest has sensible defaults."""

    scenario: str  # id
    severity: str = "typical"
    measures: tuple[str, ...] = ()
    start: dt.date | None = None
    seed: int = 1
    length: int = 120
    injects: int | None = None  # None: as many as the time allows
    lang: str = "sv"
    name: str = ""


def make_exercise(
    organisation: Organisation, request: ExerciseRequest, run: RunResult, words: Words
) -> tuple[Exercise, Group]:
    """Return the exercise and the edit that adds it with objectives and injects.

    ``run`` is a run of the scenario: its typical, bad or worst replication is played.
    """
    scenario = organisation.of(Scenario, request.scenario)
    if scenario is None:
        raise Refused([Problem("no-such-record", kind="scenario", record=request.scenario)])
    said = texts(request.lang)
    exercise = _bare(organisation, request, scenario, said, getattr(run.single, request.severity))
    exercise = _framed(organisation, exercise)
    objectives = _objectives(exercise, said)
    course = World(organisation, exercise).course
    most = request.injects or max(_FEWEST, min(_MOST, request.length // _MINUTES_FOR_ONE))
    injects = Writer(course, exercise, objectives, words).written(most)
    edits: list[Edit] = [Add(record) for record in (exercise, *objectives, *injects)]
    return exercise, Group("make-exercise", tuple(edits))


def rewritten(organisation: Organisation, exercise: Exercise, words: Words, injects: int = 0) -> Group:
    """Return the edit that writes the event list of an exercise anew; what people wrote themselves stays."""
    held = organisation.parts(exercise.id, Inject)
    objectives = organisation.parts(exercise.id, Objective)
    course = World(organisation, exercise).course
    most = injects or max(_FEWEST, exercise.length // _MINUTES_FOR_ONE)
    fresh = Writer(course, exercise, objectives, words).written(most)
    own = [i for i in held if not i.happening]
    edits: list[Edit] = [Remove(i) for i in held if i.happening]
    codes = {i.code for i in own}
    for inject in fresh:
        number = inject.position + 1
        while (code := f"{exercise.code}/{number}") in codes:
            number += 1
        codes.add(code)
        edits.append(Add(replace(inject, code=code)))
    return Group("rewrite-injects", tuple(edits))


def _bare(
    organisation: Organisation, request: ExerciseRequest, scenario: Scenario, said: Texts, replication: int
) -> Exercise:
    agency = organisation.agency
    facts = {
        "scenario": scenario.name,
        "scenario_lower": scenario.name[:1].lower() + scenario.name[1:],
        "agency": agency.name if agency else "",
    }
    words = {name: text.format_map(facts) for name, text in said.exercise.items()}
    return Exercise(
        id=new_id(),
        code=_free_code(organisation),
        name=request.name or words.get("name", scenario.name),
        scenario=scenario.id,
        severity=request.severity,
        replication=replication,
        seed=request.seed,
        start=request.start,
        measures=request.measures,
        purpose=words.get("purpose", ""),
        scope=words.get("scope", ""),
        length=request.length,
        seats=_seats(organisation),
    )


def _free_code(organisation: Organisation) -> str:
    taken = {e.code for e in organisation.all(Exercise)}
    return next(code for n in range(1, len(taken) + 2) if (code := f"W-{n}") not in taken)


def _seats(organisation: Organisation) -> tuple[Seat, ...]:
    """The leading roles play; control and an evaluator sit beside them."""
    leading = [r.name for r in organisation.all(Role) if r.team in ("strategic", "tactical")]
    parts = [Seat(name=name) for name in leading[:10]]
    return tuple(parts)


def _framed(organisation: Organisation, exercise: Exercise) -> Exercise:
    """Play from the first blow to a day after the first pay day that is late, within bounds."""
    whole = replace(exercise, begins=0, ends=_LONGEST)
    course = World(organisation, whole).course
    told = happenings(course)
    blows = [h.minute for h in told if h.code == "outage" and h.level == 0]
    begins = max(0, (min(blows, default=0) // 60 - 1) * 60)
    late = [h.minute for h in told if h.code == "late" and h.minute >= begins]
    ends = begins + _SHORTEST
    if late:
        ends = min(begins + _LONGEST, max(ends, min(late) + _DAY // 2))
    return replace(whole, begins=begins, ends=min(ends, course.horizon - 1))


def _objectives(exercise: Exercise, said: Texts) -> list[Objective]:
    return [
        Objective(
            id=new_id(),
            code=f"{exercise.code}/{number}",
            exercise=exercise.id,
            position=number - 1,
            name=str(one.get("name", "")),
            measured=str(one.get("measured", "")),
            within=one.get("within"),
        )
        for number, one in enumerate(said.objectives, 1)
    ]
