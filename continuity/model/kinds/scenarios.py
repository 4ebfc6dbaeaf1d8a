"""Scenarios and their events: what happens, when, for how long, how deep."""

from __future__ import annotations

from dataclasses import dataclass

from continuity.model.fields import (
    N_,
    choice,
    choices,
    count,
    long_text,
    minutes,
    number,
    permille,
    ref,
    refs,
    tag_list,
    text,
    value,
    values,
)
from continuity.model.kinds.base import ELEMENTS, Evidenced, record_kind
from continuity.model.kinds.organisation import CATEGORIES
from continuity.model.values import Crew, Law, ShapePoint, StartRule

STRAIN = {
    "everyday": N_("Everyday"),
    "severe": N_("Severe peacetime crisis"),
    "heightened": N_("Heightened preparedness"),
    "war": N_("Highest preparedness or war"),
}

DECREES = {
    "benefit_regulation": N_("Government regulation under SFB 117:3"),
    "government_order": N_("Government order under SFB 117:9"),
    "service_duty": N_("General service duty"),
    "emergency_money": N_("Emergency money issued"),
}


@record_kind("scenario", N_("Scenario"), N_("Scenarios"), "X")
@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario(Evidenced):
    """A planning assumption that can be run."""

    name: str = text(N_("Name"), required=True)
    strain: str = choice(N_("Strain level"), STRAIN, default="severe")
    summary: str = long_text(N_("What happens"))
    start: StartRule | None = value(N_("Starts"), StartRule, group="time")
    horizon_days: int = count(N_("Horizon in days"), default=90, low=1, high=365, group="time")
    detection: int = minutes(N_("Time to detection"), group="time")
    declaration: int = minutes(N_("Time to declaration"), group="time")
    demand: int = permille(N_("Work arriving"), default=1000, high=20_000, group="work")
    crews: tuple[Crew, ...] = values(N_("Repair crews"), Crew, group="work")
    decrees: tuple[str, ...] = choices(N_("Decrees in force"), DECREES, group="law")


STYREL = {
    "1": N_("Class 1"),
    "2": N_("Class 2"),
    "3": N_("Class 3"),
    "4": N_("Class 4"),
    "5": N_("Class 5"),
    "6": N_("Class 6"),
    "7": N_("Class 7"),
    "8": N_("Class 8"),
}
EVENT_TYPES = {"outage": N_("Outage"), "staff": N_("Staff loss")}
DRAWS = {"common": N_("One duration for all that is hit"), "each": N_("A duration for each")}
AFTER = {"start": N_("Start"), "end": N_("End")}


@record_kind("event", N_("Event"), N_("Events"), "E", parent="scenario", children="events")
@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Evidenced):
    """One thing that happens: what it hits, when, for how long, how deep, and how it heals."""

    scenario: str = ref(N_("Scenario"), "scenario", required=True, hidden=True)
    position: int = count(N_("Position"), hidden=True)
    name: str = text(N_("Name"), required=True)
    type: str = choice(N_("Type"), EVENT_TYPES, default="outage")
    cause: str = text(N_("Cause of staff loss"))
    elements: tuple[str, ...] = refs(N_("Elements"), *ELEMENTS, group="targets")
    tags: tuple[str, ...] = tag_list(N_("Tags"), group="targets")
    sites: tuple[str, ...] = refs(N_("Sites"), "site", group="targets")
    categories: tuple[str, ...] = choices(N_("Categories"), CATEGORIES, group="targets")
    power_areas: tuple[str, ...] = tag_list(N_("Power areas"), group="targets")
    telecom_areas: tuple[str, ...] = tag_list(N_("Telecom areas"), group="targets")
    styrel_classes: tuple[str, ...] = choices(
        N_("Styrel classes"),
        STYREL,
        group="targets",
        help=N_("Resources of these classes: for rotating disconnection."),
    )
    offset: int = minutes(N_("Starts after"), group="time")
    after: str | None = ref(N_("After event"), "event", group="time")
    after_point: str = choice(N_("After its"), AFTER, default="end", group="time")
    duration: Law | None = value(
        N_("Duration"), Law, group="time", help=N_("Blank: the repair time of what is hit.")
    )
    draw: str = choice(N_("Durations"), DRAWS, default="common", group="time")
    depth: int = permille(N_("Level that remains"), default=0, group="failure")
    shape: tuple[ShapePoint, ...] = values(N_("Recovery"), ShapePoint, group="failure")
    probability: float = number(N_("Probability"), default=1.0, low=0, high=1, group="failure")
    hit_probability: float = number(
        N_("Probability for each that is hit"), default=1.0, low=0, high=1, group="failure"
    )
    repeat_every: int | None = minutes(N_("Repeats every"), default=None, low=1, group="time")
    repeat_times: int = count(N_("Times"), default=1, low=1, high=10_000, group="time")
