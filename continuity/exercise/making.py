"""Making an exercise: which replication, from when to when, with which aims and injects; as one edit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from continuity.exercise.event_list import Writer
from continuity.exercise.happenings import happenings
from continuity.exercise.seating import seats
from continuity.exercise.templates import Texts, texts
from continuity.exercise.timetable import play_minutes
from continuity.exercise.world import World
from continuity.model.edits import Add, Edit, Group, Remove
from continuity.model.ids import new_id
from continuity.model.kinds import Exercise, Inject, Objective, Scenario
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.simulation.result import RunResult
from continuity.words import Words

_DAY: Final = 1440
#: An exercise plays at least so long of the scenario, and at most.
_SHORTEST: Final = 2 * _DAY
_LONGEST: Final = 5 * _DAY
_LOOKED_AT: Final = 45 * _DAY
_MINUTES_FOR_ONE: Final = 5  # of the room for one inject
_FEWEST: Final = 6
_MOST: Final = 200
_STOP_WORD: Final = "STOP"


@dataclass(frozen=True, slots=True)
class ExerciseRequest:
    """What to make an exercise of. The rest has sensible defaults.

    ``length`` is minutes in the room, briefing and hot wash-up included: three quarters of it is played.
    """

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
    most = request.injects or _many(exercise)
    injects = Writer(course, exercise, objectives, words).written(most)
    edits: list[Edit] = [Add(record) for record in (exercise, *objectives, *injects)]
    return exercise, Group("make-exercise", tuple(edits))


def rewritten(organisation: Organisation, exercise: Exercise, words: Words, injects: int = 0) -> Group:
    """Return the edit that writes the event list of an exercise anew; what people wrote themselves stays."""
    held = organisation.parts(exercise.id, Inject)
    objectives = organisation.parts(exercise.id, Objective)
    course = World(organisation, exercise).course
    fresh = Writer(course, exercise, objectives, words).written(injects or _many(exercise))
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


def _many(exercise: Exercise) -> int:
    """How many injects the playing time has room for."""
    return max(_FEWEST, min(_MOST, exercise.length // _MINUTES_FOR_ONE))


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
        stop_word=said.stop_word or _STOP_WORD,
        purpose=words.get("purpose", ""),
        scope=words.get("scope", ""),
        length=play_minutes(request.length),
        seats=seats(organisation, said),
    )


def _free_code(organisation: Organisation) -> str:
    taken = {e.code for e in organisation.all(Exercise)}
    return next(code for n in range(1, len(taken) + 2) if (code := f"W-{n}") not in taken)


def _framed(organisation: Organisation, exercise: Exercise) -> Exercise:
    """Play from the first blow to half a day after the first pay day that is late, within bounds.

    Where the pay day comes long after, the play begins at the first blow that leaves room for it.
    """
    whole = replace(exercise, begins=0, ends=_LOOKED_AT)
    course = World(organisation, whole).course
    told = [h for h in happenings(course) if h.minute <= _LOOKED_AT]
    blows = [h.minute for h in told if h.code == "outage" and h.level == 0]
    first = min(blows, default=0)
    late = min((h.minute for h in told if h.code == "late" and h.minute >= first), default=None)
    ends = first + _SHORTEST if late is None else max(first + _SHORTEST, late + _DAY // 2)
    if ends - first > _LONGEST:
        first = min((m for m in blows if ends - _LONGEST <= m <= ends - _SHORTEST), default=ends - _LONGEST)
    begins = max(0, (first // 60 - 1) * 60)
    return replace(whole, begins=begins, ends=min(ends, course.horizon - 1))


def _objectives(exercise: Exercise, said: Texts) -> list[Objective]:
    """The objectives, shared out among the evaluators."""
    evaluators = said.seats.get("evaluator") or ("",)
    return [
        Objective(
            id=new_id(),
            code=f"{exercise.code}/{number}",
            exercise=exercise.id,
            position=number - 1,
            name=str(one.get("name", "")),
            measured=str(one.get("measured", "")),
            within=one.get("within"),
            evaluator=evaluators[(number - 1) * len(evaluators) // len(said.objectives)],
        )
        for number, one in enumerate(said.objectives, 1)
    ]
