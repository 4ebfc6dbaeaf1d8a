"""Scenarios made one: their events on one time line, each part begun after its own delay, sources kept."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from continuity.model.durations import DAY
from continuity.model.edits import Add, Group
from continuity.model.ids import new_id
from continuity.model.kinds import KINDS, Event, Scenario
from continuity.model.kinds.scenarios import DECREES, STRAIN
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.model.values import Crew, StartRule

LONGEST_DAYS = 365


@dataclass(frozen=True, slots=True)
class Part:
    """A scenario (id) that begins so many minutes after the whole."""

    scenario: str
    delay: int = 0


def combined(
    organisation: Organisation, parts: Sequence[Part], name: str, start: StartRule | None = None
) -> tuple[Group, str]:
    """Return the edit that adds a scenario made of ``parts``, and its id.

    The highest strain level, the most work arriving, all decrees and the fewest crews of each kind hold; the
    shortest times to detection and declaration are those of the first part. ``start`` is when the whole
    begins; the first part's start where None. Raises :class:`Refused` with every reason.
    """
    held = [organisation.of(Scenario, part.scenario) for part in parts]
    scenarios = [scenario for scenario in held if scenario is not None]
    problems = list(_faults(organisation, parts, held))
    if problems:
        raise Refused(problems)
    made = _whole(organisation, scenarios, parts, name, start)
    edits = [Add(made)]
    for scenario, part in zip(scenarios, parts, strict=True):
        edits += _copied(organisation, scenario, made, part.delay, len(edits) - 1)
    return Group("combine", tuple(edits)), made.id


def _faults(
    organisation: Organisation, parts: Sequence[Part], held: Sequence[Scenario | None]
) -> Iterable[Problem]:
    if len(parts) < 2:
        yield Problem("combine-too-few")
    for part, scenario in zip(parts, held, strict=True):
        if scenario is None:
            yield Problem("no-such-record", kind="scenario", id=part.scenario)
        elif not organisation.parts(scenario.id, Event):
            yield Problem("no-events", "error", "scenario", scenario.id, scenario.code)
        elif not 0 <= part.delay < LONGEST_DAYS * DAY:
            facts: dict[str, object] = {"scenario": scenario.name, "longest": LONGEST_DAYS}
            yield Problem("combine-too-late", "error", "scenario", scenario.id, scenario.code, facts=facts)


def _whole(
    organisation: Organisation,
    scenarios: Sequence[Scenario],
    parts: Sequence[Part],
    name: str,
    start: StartRule | None,
) -> Scenario:
    first = scenarios[0]
    levels, decreed = list(STRAIN), {d for s in scenarios for d in s.decrees}
    ends = [part.delay // DAY + s.horizon_days for s, part in zip(scenarios, parts, strict=True)]
    return Scenario(
        id=new_id(),
        code=organisation.free_code(KINDS["scenario"]),
        name=name,
        strain=max((s.strain for s in scenarios), key=levels.index),
        summary="\n\n".join(f"{s.code} {s.name}: {s.summary}".strip(": ") for s in scenarios),
        start=start or first.start,
        horizon_days=min(LONGEST_DAYS, max(ends)),
        detection=first.detection,
        declaration=first.declaration,
        demand=max(s.demand for s in scenarios),
        crews=_crews(scenarios),
        decrees=tuple(d for d in DECREES if d in decreed),
        source="; ".join(f"{s.code}: {s.source}" if s.source else f"{s.code} {s.name}" for s in scenarios),
        as_of=_oldest(s.as_of for s in scenarios),
        confidence=first.confidence if len({s.confidence for s in scenarios}) == 1 else None,
    )


def _crews(scenarios: Iterable[Scenario]) -> tuple[Crew, ...]:
    fewest: dict[str, int] = {}
    for crew in (c for s in scenarios for c in s.crews):
        fewest[crew.kind] = min(crew.crews, fewest.get(crew.kind, crew.crews))
    return tuple(Crew(kind=kind, crews=count) for kind, count in fewest.items())


def _oldest(dates: Iterable[dt.date | None]) -> dt.date | None:
    return min((date for date in dates if date is not None), default=None)


def _copied(
    organisation: Organisation, scenario: Scenario, whole: Scenario, delay: int, position: int
) -> list[Add]:
    events = organisation.parts(scenario.id, Event)
    twin = {event.id: new_id() for event in events}
    return [
        Add(
            dataclasses.replace(
                event,
                id=twin[event.id],
                code=f"{whole.code}/{position + place + 1}",
                scenario=whole.id,
                position=position + place,
                # What follows another event is late with it.
                offset=event.offset + (0 if event.after in twin else delay),
                after=twin.get(event.after or ""),
                source=event.source or scenario.source,
                as_of=event.as_of or (None if event.source else scenario.as_of),
                confidence=event.confidence or (None if event.source else scenario.confidence),
            )
        )
        for place, event in enumerate(events)
    ]
