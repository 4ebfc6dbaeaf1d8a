"""Which workspaces there are, in the order of the rail. Panels are imported when first opened."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from continuity.words import N_
from ui.workspace import Verb, Workspace


@dataclass(frozen=True, slots=True)
class Entry:
    """One place on the rail: known without importing its panel. ``where`` is ``module:Class``."""

    code: str
    title: str
    hint: str
    icon: str
    verb: Verb
    where: str

    def load(self) -> type[Workspace]:
        """Import the panel and return its class."""
        module, _, name = self.where.partition(":")
        found: type[Workspace] = getattr(import_module(module), name)
        return found


ENTRIES: tuple[Entry, ...] = (
    Entry(
        "map", N_("Map"), N_("The agency as a graph: what needs what"),
        "map", Verb.DESCRIBE, "ui.panels.map.workspace:MapWorkspace",
    ),
    Entry(
        "tables", N_("Tables"), N_("Every record, as in a spreadsheet"),
        "table", Verb.DESCRIBE, "ui.panels.tables.workspace:TablesWorkspace",
    ),
    Entry(
        "impact", N_("Impact"), N_("How bad an outage is, what is needed and achievable, what it rests on"),
        "impact", Verb.DESCRIBE, "ui.panels.impact.workspace:ImpactWorkspace",
    ),
    Entry(
        "staff", N_("Staff"), N_("Who is promised to what, who stands in, who stays in war; never a name"),
        "people", Verb.DESCRIBE, "ui.panels.staff.workspace:StaffWorkspace",
    ),
    Entry(
        "calendar", N_("Pay calendar"), N_("Who is to be paid when, and who is not if something breaks"),
        "calendar", Verb.TEST, "ui.panels.calendar.workspace:CalendarWorkspace",
    ),
    Entry(
        "scenarios", N_("Scenarios"), N_("What could happen: planning assumptions that can be run"),
        "scenarios", Verb.TEST, "ui.panels.scenarios.workspace:ScenariosWorkspace",
    ),
    Entry(
        "results", N_("Results"), N_("What a run says: people, money, functions, causes"),
        "results", Verb.TEST, "ui.panels.results.workspace:ResultsWorkspace",
    ),
    Entry(
        "weak", N_("Weak points"),
        N_("What drives lost payments, what stands alone, which number to find out better, what is met"),
        "weak", Verb.TEST, "ui.panels.weak.workspace:WeakWorkspace",
    ),
    Entry(
        "measures", N_("Measures"), N_("What could be done about it, and what it would change"),
        "measures", Verb.TEST, "ui.panels.measures.workspace:MeasuresWorkspace",
    ),
    Entry(
        "plans", N_("Plans"), N_("What is handed over: choose, look, write"),
        "plans", Verb.PLAN, "ui.panels.plans.workspace:PlansWorkspace",
    ),
    Entry(
        "exercise", N_("Exercise"), N_("Make an exercise from a run, play it, report it"),
        "exercise", Verb.USE, "ui.panels.exercise.workspace:ExerciseWorkspace",
    ),
    Entry(
        "situation", N_("Situation"), N_("What really happens: note it, see what comes, hand it over"),
        "situation", Verb.USE, "ui.panels.situation.workspace:SituationWorkspace",
    ),
)  # fmt: skip


def entry(code: str) -> Entry | None:
    """Return the entry called ``code``."""
    return next((one for one in ENTRIES if one.code == code), None)
