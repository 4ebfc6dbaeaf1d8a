"""Rules about scenarios and their events."""

from __future__ import annotations

from collections.abc import Iterator

from continuity.model.durations import DAY
from continuity.model.kinds import Event, Scenario
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem
from continuity.model.rules.said import said


def scenarios_can_start(organisation: Organisation) -> Iterator[Problem]:
    """A scenario has a start and at least one event before its horizon."""
    for scenario in organisation.all(Scenario):
        events = organisation.parts(scenario.id, Event)
        if scenario.start is None:
            yield said("no-start", "error", scenario, "start")
        if not events:
            yield said("no-events", "warning", scenario)
        for event in events:
            if event.offset >= scenario.horizon_days * DAY:
                yield said("event-after-horizon", "warning", event, "offset", days=scenario.horizon_days)


def events_hit_something(organisation: Organisation) -> Iterator[Problem]:
    """An event names at least one target, and staff losses name their cause."""
    for event in organisation.all(Event):
        selectors = (event.elements, event.tags, event.sites, event.categories)
        if not any((*selectors, event.power_areas, event.telecom_areas, event.styrel_classes)):
            yield said("no-target", "error", event, "elements")
        if event.type == "staff" and not event.cause:
            yield said("no-cause", "warning", event, "cause")


RULES = (scenarios_can_start, events_hit_something)
