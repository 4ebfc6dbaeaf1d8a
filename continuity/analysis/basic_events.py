"""Basic events: what can befall elements by itself, with its chance; and what own level is then left."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import TypeVar

from continuity.analysis.losses import Algebra
from continuity.analysis.results import BasicEvent
from continuity.analysis.static import FULL, StaticModel
from continuity.model.kinds import Event, Resource, StaffGroup
from continuity.simulation.compile_events import Targets, ordered_events
from continuity.simulation.laws import faults, mean

T = TypeVar("T")


class EachElement:
    """Every element may be lost by itself: its number is its place; chances are not asked for."""

    def below(self, algebra: Algebra[T], element: int, level: int) -> T:
        """Return that the element is lost."""
        return algebra.variable(element)

    def levels(self, element: int) -> set[int]:
        """Return nothing or all."""
        return {0, FULL}


@dataclass(slots=True)
class _Hit:
    """What one event leaves of an element, and the numbers of the basic events that must all happen."""

    level: int
    numbers: tuple[int, ...]


@dataclass(slots=True)
class _Own:
    outages: list[_Hit] = field(default_factory=list)
    staff: dict[str, list[_Hit]] = field(default_factory=dict)  # by cause


class WhatHappens:
    """The events of a scenario and background failures, all taken to hold at the same time.

    An event happens by one basic event of its own (after those that it follows); where its chance to hit
    is below 1, each element is hit by another. A failing resource is down with MTTR / (MTTF + MTTR).
    Recovery shapes are left out: the full depth holds.
    """

    def __init__(self, model: StaticModel, scenario: str | None, *, background: bool = True) -> None:
        self.model = model
        self.events: list[BasicEvent] = []
        self._own: dict[int, _Own] = {}
        if scenario is not None:
            self._take_events(scenario)
        if background:
            self._take_failures()

    @property
    def chances(self) -> list[float]:
        """The probability of each basic event."""
        return [event.chance for event in self.events]

    def below(self, algebra: Algebra[T], element: int, level: int) -> T:
        """Return when the element's own level is below ``level``."""
        own = self._own.get(element)
        if own is None:
            return algebra.never
        wanted = _before_crew(self.model, element, level)
        parts = [self._all(algebra, h.numbers) for h in own.outages if h.level < wanted]
        parts += self._staff_short(algebra, own, wanted)
        return algebra.any_of(parts)

    def levels(self, element: int) -> set[int]:
        """Return all that the element's own level can be."""
        own = self._own.get(element, _Own())
        by_cause = [[FULL, *{hit.level for hit in hits}] for hits in own.staff.values()]
        found = {FULL, *(hit.level for hit in own.outages)} | {_together(c) for c in product(*by_cause)}
        return {_after_crew(self.model, element, level) for level in found}

    # --- reading -------------------------------------------------------------------------------

    def _new(self, kind: str, chance: float, event: str | None, element: str | None) -> int:
        self.events.append(BasicEvent(len(self.events), kind, event, element, chance))
        return len(self.events) - 1

    def _take_events(self, scenario: str) -> None:
        organisation = self.model.organisation
        find, happens = Targets(organisation), dict[str, tuple[int, ...]]()
        for event in ordered_events(organisation.parts(scenario, Event))[0]:
            before = happens.get(event.after or "", ())
            happens[event.id] = (*before, self._new("event", event.probability, event.id, None))
            for element in find.of(event):
                if element.id in self.model.place:
                    self._hit(event, element.id, happens[event.id])

    def _hit(self, event: Event, id_: str, numbers: tuple[int, ...]) -> None:
        if event.hit_probability < 1:
            numbers = (*numbers, self._new("hit", event.hit_probability, event.id, id_))
        own = self._own.setdefault(self.model.place[id_], _Own())
        hit = _Hit(event.depth, numbers)
        if event.type == "staff":
            own.staff.setdefault(event.cause.strip().casefold() or event.id, []).append(hit)
        else:
            own.outages.append(hit)

    def _take_failures(self) -> None:
        for place, element in enumerate(self.model.elements):
            if isinstance(element, Resource) and (chance := unavailability(element)):
                number = self._new("failure", chance, None, element.id)
                self._own.setdefault(place, _Own()).outages.append(_Hit(0, (number,)))

    # --- saying --------------------------------------------------------------------------------

    @staticmethod
    def _all(algebra: Algebra[T], numbers: tuple[int, ...]) -> T:
        found = algebra.always
        for number in numbers:
            found = algebra.both(found, algebra.variable(number))
        return found

    def _staff_short(self, algebra: Algebra[T], own: _Own, wanted: int) -> list[T]:
        """Return, for each way in which the causes together leave too few, when they do."""
        causes = [sorted(hits, key=lambda hit: hit.level) for hits in own.staff.values()]
        found = []
        for chosen in product(*[sorted({FULL, *(h.level for h in hits)}) for hits in causes]):
            if _together(chosen) >= wanted:
                continue
            when = algebra.always
            for level, hits in zip(chosen, causes, strict=True):
                if level < FULL:  # this cause leaves no more than this
                    worse = [self._all(algebra, h.numbers) for h in hits if h.level <= level]
                    when = algebra.both(when, algebra.any_of(worse))
            found.append(when)
        return found


def unavailability(resource: Resource) -> float:
    """Return the long-run chance that the resource is down by itself: MTTR / (MTTF + MTTR)."""
    if resource.mttf is None or resource.repair is None or any(faults(resource.repair)):
        return 0.0
    repair = mean(resource.repair)
    return repair / (resource.mttf + repair)


@cache
def _together(levels: tuple[int, ...]) -> int:
    """Return what several causes leave together: lowest first, rounded down step by step."""
    found = FULL
    for level in sorted(levels):
        found = found * level // FULL
    return found


def _after_crew(model: StaticModel, element: int, level: int) -> int:
    """Return the level of an element whose outages and losses leave ``level``: minimum crew, tiredness."""
    group = model.elements[element]
    if not isinstance(group, StaffGroup):
        return level
    present = group.headcount * level // FULL
    if present < group.minimum_crew:
        return 0
    if group.endurance is not None and present <= group.tired_below:
        return level * group.fatigue // FULL
    return level


def _before_crew(model: StaticModel, element: int, level: int) -> int:
    """Return the least level before minimum crew and tiredness that gives at least ``level`` after them."""
    low, high = level, FULL
    while low < high:
        middle = (low + high) // 2
        if _after_crew(model, element, middle) >= level:
            high = middle
        else:
            low = middle + 1
    return low
