"""Rules about scenarios and their events."""

from __future__ import annotations

from collections.abc import Iterator

from continuity.model.durations import DAY
from continuity.model.kinds import Event, Scenario
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem
from continuity.model.rules.said import said
from continuity.model.targets import Targets


def scenarios_can_start(organisation: Organisation) -> Iterator[Problem]:
    """A scenario has a start and at least one event, and its events lie before its horizon."""
    for scenario in organisation.all(Scenario):
        if scenario.start is None:
            yield said("no-start", "error", scenario, "start")
        if not organisation.parts(scenario.id, Event):
            yield said("no-events", "warning", scenario)
        yield from events_too_late(organisation, scenario)


def events_too_late(organisation: Organisation, scenario: Scenario) -> Iterator[Problem]:
    """Yield the events of a scenario that begin after its horizon."""
    for event in organisation.parts(scenario.id, Event):
        if event.offset >= scenario.horizon_days * DAY:
            yield said("event-after-horizon", "warning", event, "offset", days=scenario.horizon_days)


def events_hit_something(organisation: Organisation) -> Iterator[Problem]:
    """An event names at least one target, hits something in use, and staff losses name their cause."""
    targets = Targets(organisation)
    for event in organisation.all(Event):
        yield from _targets_of(targets, event)
        if event.type == "staff" and not event.cause:
            yield said("no-cause", "warning", event, "cause")


def events_without_effect(organisation: Organisation, scenario: Scenario) -> Iterator[Problem]:
    """Yield what the events of a scenario name and do not hit: nothing at all, or what is not in use."""
    targets = Targets(organisation)
    for event in organisation.parts(scenario.id, Event):
        yield from _targets_of(targets, event)


def _targets_of(targets: Targets, event: Event) -> Iterator[Problem]:
    selectors = (event.elements, event.tags, event.sites, event.categories)
    if not any((*selectors, event.power_areas, event.telecom_areas, event.styrel_classes)):
        yield said("no-target", "error", event, "elements")
        return
    hit = targets.of(event)
    if not any(element.in_use for element in hit):
        yield said("hits-nothing", "warning", event, "elements")
    elif idle := [e for e in hit if not e.in_use and e.id in event.elements]:
        names = ", ".join(sorted(e.name for e in idle))
        yield said("hits-out-of-use", "warning", event, "elements", names=names)


RULES = (scenarios_can_start, events_hit_something)
