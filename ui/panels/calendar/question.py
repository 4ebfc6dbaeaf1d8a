"""The question above the calendar in terms of the model: which scenario, from which instant."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from continuity.model.kinds import Element, Scenario
from continuity.model.local_time import local_instant, local_time, resolve_start
from continuity.model.problems import Refused
from continuity.simulation.request import RunRequest
from continuity.words import _
from ui.desk import Desk
from ui.panels.calendar.loss import element_lost, loss_of, loss_scenario

if TYPE_CHECKING:
    from ui.panels.calendar.what_if import WhatIf

_REPLICATIONS = 300
#: The library's own example of a lost data hall, with which the reference agency opens.
_FIRST_SCENARIO = "S05"


class Question:
    """Reads what is asked from the fields; keeps the loss of an element as a scenario when it is run."""

    def __init__(self, desk: Desk, fields: WhatIf, origin: str) -> None:
        self.desk, self.fields, self.origin = desk, fields, origin

    @property
    def scenario(self) -> str:
        """The id of the scenario that is asked; an empty text where it has never been run."""
        session = self.desk.session
        element = session.organisation.of(Element, self.fields.what) if session else None
        if session is None or element is None:
            return self.fields.what
        found = loss_scenario(session.organisation, element)
        return found.id if found else ""

    def starts(self, date: dt.date | None) -> dt.datetime | None:
        """Return the local time at which what is asked begins, on ``date`` where it is given."""
        session = self.desk.session
        if session is None:
            return None
        if self.fields.loses_element:
            return local_time(local_instant(date, self.fields.at), 0) if date else None
        scenario = session.organisation.of(Scenario, self.fields.what)
        if scenario is None:
            return None
        try:
            return local_time(resolve_start(scenario.start, date), 0)
        except Refused:
            return None

    def request(self) -> RunRequest | None:
        """Return what to run, or None where something is missing (which is said)."""
        start, measures = self.fields.date.date, self.fields.measures.chosen
        scenario = self._scenario_to_run(start)
        if not scenario:
            return None
        return RunRequest(scenario, measures, compare=bool(measures), start=start, replications=_REPLICATIONS)

    def first(self) -> str:
        """Return the id of the scenario with which to begin, or an empty text."""
        session = self.desk.session
        if session is None:
            return ""
        example = session.organisation.find("scenario", _FIRST_SCENARIO)
        return example.id if example else next((s.id for s in session.organisation.all(Scenario)), "")

    def show(self, scenario_id: str) -> None:
        """Show a scenario that was run as the question that it answers."""
        session = self.desk.session
        scenario = session.organisation.of(Scenario, scenario_id) if session else None
        if session is None or scenario is None:
            return
        lost = element_lost(session.organisation, scenario)
        if lost is None:
            self.fields.show_what(scenario.id)
        else:
            element, at, minutes = lost
            self.fields.show_loss(at, minutes)
            self.fields.show_what(element.id)

    def _scenario_to_run(self, start: dt.date | None) -> str:
        session = self.desk.session
        element = session.organisation.of(Element, self.fields.what) if session else None
        if session is None or element is None:
            return self.fields.what
        if start is None:
            self.desk.say(_("Say from what day it is lost."), "warn")
            return ""
        self.fields.take()
        scenario, edit = loss_of(session.organisation, element, start, self.fields.at, self.fields.minutes)
        new = session.organisation.get(scenario) is None
        changes = self.desk.edit(edit, origin=self.origin, merge=f"{scenario}.loss")
        if new and changes is not None:
            self.desk.say(
                _("The question is kept among the scenarios as “{name}”. Undo takes it out.",
                  name=_("{name} is lost", name=element.name)), "done")  # fmt: skip
        return scenario if session.organisation.get(scenario) is not None else ""
