"""The loss of one element as a scenario of its own, so that it can be run, kept and looked at again."""

from __future__ import annotations

import datetime as dt

from continuity.model.edits import Add, Edit, Group, amend
from continuity.model.ids import derived_id
from continuity.model.kinds import Element, Event, Scenario, StaffGroup
from continuity.model.organisation import Organisation
from continuity.model.values import Law, StartRule
from continuity.words import _
from ui.runs.said import LOSS

_HORIZON = 60


def loss_scenario(organisation: Organisation, element: Element) -> Scenario | None:
    """Return the scenario "``element`` is lost", where it has been asked before."""
    found = organisation.find("scenario", f"{LOSS}{element.code}")
    return found if isinstance(found, Scenario) else None


def element_lost(organisation: Organisation, scenario: Scenario) -> tuple[Element, int, int] | None:
    """Return the element that such a scenario loses, its hour and minutes; None for any other."""
    events = organisation.parts(scenario.id, Event)
    if not scenario.code.startswith(LOSS) or len(events) != 1 or len(events[0].elements) != 1:
        return None
    element = organisation.of(Element, events[0].elements[0])
    law, start = events[0].duration, scenario.start
    if element is None or law is None or law.law != "fixed" or law.likely is None or start is None:
        return None
    return element, start.at, law.likely


def loss_of(
    organisation: Organisation, element: Element, start: dt.date, at: int, minutes: int
) -> tuple[str, Edit]:
    """Return the id of the scenario "``element`` is lost", and the edit that makes it so (maybe empty)."""
    code = f"{LOSS}{element.code}"
    rule = StartRule(on_or_after=start, day_of_month=None, at=at)
    law = Law(law="fixed", likely=minutes)
    horizon = max(_HORIZON, minutes // 1440 + 35)
    held = loss_scenario(organisation, element)
    if held is not None:
        events = organisation.parts(held.id, Event)
        edits = [amend(held, start=rule, horizon_days=min(365, horizon))]
        edits += [amend(event, duration=law) for event in events[:1]]
        return held.id, Group("change", tuple(e for e in edits if e.changes))
    scenario = Scenario(
        id=derived_id(organisation.document, "scenario", code), code=code,
        name=_("{name} is lost", name=element.name), strain="severe", start=rule,
        horizon_days=min(365, horizon), source=_("Asked on the pay calendar"), confidence="guess",
    )  # fmt: skip
    event = Event(
        id=derived_id(organisation.document, "event", f"{code}/1"), code=f"{code}/1", scenario=scenario.id,
        name=scenario.name, elements=(element.id,), duration=law,
        type="staff" if isinstance(element, StaffGroup) else "outage",
    )  # fmt: skip
    return scenario.id, Group("ask-loss", (Add(scenario), Add(event)))
