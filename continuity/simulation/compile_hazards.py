"""Events, background failures, laws, shapes and crews as arrays; problems by record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from continuity.model.kinds import Element, Event, Resource, Scenario, StaffGroup, kind_of
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem
from continuity.model.values import Law, ShapePoint
from continuity.simulation.addresses import DURATION, FAILURE, HAPPENS, HIT, stream_key
from continuity.simulation.compile_events import STEP, Targets, event_faults, ordered_events
from continuity.simulation.compile_order import ints, spans
from continuity.simulation.compiled import (
    CURVE,
    EVENT,
    EXPOSED,
    FAILS,
    OUTAGE,
    POINT,
    STAFF_LOSS,
    TARGET,
    Hazards,
    Table,
    table,
)
from continuity.simulation.laws import faults, law_tables, numbers


class HazardMaker:
    """Reads what a scenario does to the elements in use, notes all problems, makes the arrays."""

    def __init__(
        self,
        organisation: Organisation,
        scenario: Scenario,
        elements: Sequence[Element],
        horizon: int,
        seed: int,
    ) -> None:
        self.scenario = scenario
        self.horizon = horizon
        self.seed = seed
        self.problems: list[Problem] = []
        self._elements = elements
        self._laws: dict[Law, int] = {}
        self._shapes: dict[tuple[ShapePoint, ...], int] = {STEP: 0}
        self.events, loops = ordered_events(organisation.parts(scenario.id, Event))
        for event in loops:
            self._report("after-loop", event, "after")
        find, in_use = Targets(organisation), {e.id for e in elements}
        self._targets = {event.id: self._hit(event, find, in_use) for event in self.events}
        siblings = {event.id for event in self.events}
        for event in self.events:
            for code, field, facts in event_faults(event, siblings):
                self._report(code, event, field, **facts)
            self._check_durations(event)
        self._fails = [e for e in elements if isinstance(e, Resource) and e.mttf is not None]
        self._check_repairs()

    # --- reading and checking ------------------------------------------------------------------

    def _report(self, code: str, about: Event | Element, field: str = "", **facts: object) -> None:
        shown = f"{about.code} {about.name}"
        self.problems.append(Problem(code, "error", kind_of(about).name, about.id, shown, field, facts=facts))

    def _hit(self, event: Event, find: Targets, in_use: set[str]) -> list[Element]:
        hit = find.of(event)
        if not hit:
            self._report("no-target", event, "elements")
        if event.type == "staff":
            for element in hit:
                if not isinstance(element, StaffGroup):
                    self._report("staff-loss-elsewhere", event, "elements", element=element.name)
        return [element for element in hit if element.id in in_use]

    def _check_law(self, law: Law, about: Event | Element, field: str) -> None:
        for code in faults(law):
            self._report(code, about, field)

    def _check_durations(self, event: Event) -> None:
        if event.duration is not None:
            self._check_law(event.duration, event, "duration")
            return
        for element in self._targets[event.id]:
            if not isinstance(element, Resource) or element.repair is None:
                self._report("no-duration", event, "duration", element=element.name)

    def _check_repairs(self) -> None:
        for element in self._elements:
            if isinstance(element, Resource) and element.repair is not None:
                self._check_law(element.repair, element, "repair")
        for resource in self._fails:
            if resource.repair is None:
                self._report("failure-without-repair", resource, "repair")

    # --- making --------------------------------------------------------------------------------

    def _law(self, law: Law | None) -> int | None:
        return None if law is None else self._laws.setdefault(law, len(self._laws))

    def _shape(self, event: Event) -> int:
        return self._shapes.setdefault(event.shape or STEP, len(self._shapes))

    def _key(self, draw: str, record: str, second: str | None = None) -> int:
        return stream_key(self.seed, draw, record, second)

    def _causes(self) -> tuple[dict[str, int], int]:
        """Return the cause of each staff loss by event, and how many different ones there are.

        A loss without a named cause is a cause of its own.
        """
        named: dict[str, int] = {}
        of_event = {}
        for event in self.events:
            if event.type == "staff":
                cause = event.cause.strip().casefold() or event.id
                of_event[event.id] = named.setdefault(cause, len(named))
        return of_event, len(named)

    def made(self, index: Mapping[str, int]) -> Hazards:
        """Return the tables; only where there are no problems."""
        targets = [(event, element) for event in self.events for element in self._targets[event.id]]
        events, targeted, failures = (
            self._event_table(),
            self._target_table(targets, index),
            self._failure_table(index),
        )
        laws, outcomes = law_tables([numbers(law) for law in self._laws])
        first, end = spans(len(shape) for shape in self._shapes)
        points = [point for shape in self._shapes for point in shape]
        kinds, crews = self._crews()
        return Hazards(
            horizon=self.horizon,
            exposed=self._exposed_table(index, kinds),
            events=events,
            targets=targeted,
            failures=failures,
            laws=laws,
            outcomes=outcomes,
            curves=table(CURVE, len(first), first=first, end=end),
            points=table(
                POINT, len(points), part=[p.part for p in points], regained=[p.regained for p in points]
            ),
            crews=ints(crews),
            causes=self._causes()[1],
        )

    def _event_table(self) -> Table:
        events, place = self.events, {event.id: place for place, event in enumerate(self.events)}
        first, end = spans(len(self._targets[event.id]) for event in events)
        causes, _ = self._causes()
        return table(
            EVENT,
            len(events),
            type=[STAFF_LOSS if e.type == "staff" else OUTAGE for e in events],
            cause=[causes.get(e.id) for e in events],
            depth=[e.depth for e in events],
            curve=[self._shape(e) for e in events],
            offset=[e.offset for e in events],
            after=[place[e.after] if e.after else None for e in events],
            after_end=[e.after_point == "end" for e in events],
            each=[e.draw == "each" for e in events],
            law=[self._law(e.duration) for e in events],
            every=[e.repeat_every or 0 for e in events],
            times=[e.repeat_times for e in events],
            first_target=first,
            end_target=end,
            probability=[e.probability for e in events],
            hit_probability=[e.hit_probability for e in events],
            happens_key=[self._key(HAPPENS, e.id) for e in events],
            duration_key=[self._key(DURATION, e.id) for e in events],
        )

    def _target_table(self, targets: list[tuple[Event, Element]], index: Mapping[str, int]) -> Table:
        return table(
            TARGET,
            len(targets),
            element=[index[element.id] for _, element in targets],
            law=[self._law(_repair(element)) for _, element in targets],
            hit_key=[self._key(HIT, event.id, element.id) for event, element in targets],
            duration_key=[self._key(DURATION, event.id, element.id) for event, element in targets],
        )

    def _failure_table(self, index: Mapping[str, int]) -> Table:
        return table(
            FAILS,
            len(self._fails),
            element=[index[resource.id] for resource in self._fails],
            law=[self._law(resource.repair) for resource in self._fails],
            mttf=[resource.mttf for resource in self._fails],
            key=[self._key(FAILURE, resource.id) for resource in self._fails],
        )

    def _exposed_table(self, index: Mapping[str, int], kinds: dict[str, int]) -> Table:
        rank = {id_: place for place, id_ in enumerate(sorted(index))}
        return table(
            EXPOSED,
            len(self._elements),
            crew=[kinds.get(_crew(element)) for element in self._elements],
            priority=[getattr(element, "crew_priority", 0) for element in self._elements],
            rank=[rank[element.id] for element in self._elements],
        )

    def _crews(self) -> tuple[dict[str, int], list[int]]:
        """Return the kinds of crew that are limited and how many there are; kinds not listed have no end."""
        kinds: dict[str, int] = {}
        counts: list[int] = []
        for crew in self.scenario.crews:
            place = kinds.setdefault(crew.kind.strip().casefold(), len(kinds))
            if place == len(counts):
                counts.append(0)
            counts[place] += crew.crews
        return kinds, counts


def _repair(element: Element) -> Law | None:
    return element.repair if isinstance(element, Resource) else None


def _crew(element: Element) -> str:
    return element.crew_kind.strip().casefold() if isinstance(element, Resource) else ""
