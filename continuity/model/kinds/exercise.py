"""Exercises: aims, injects and seats, planned in the document; what is played has a file of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from continuity.model.fields import (
    N_,
    choice,
    count,
    date,
    long_text,
    minutes,
    ref,
    refs,
    tag_list,
    text,
    values,
)
from continuity.model.kinds.base import ELEMENTS, Record, record_kind
from continuity.model.values import Extra, Seat

SEVERITIES = {
    "typical": N_("Typical run"),
    "bad": N_("Bad run, the worst in ten"),
    "worst": N_("Worst run"),
}

INJECT_CHANNELS = {
    "phone": N_("Phone"),
    "radio": N_("Radio"),
    "email": N_("E-mail"),
    "sgsi": N_("SGSI"),
    "system": N_("Alarm or system"),
    "media": N_("News media"),
    "social": N_("Social media"),
    "paper": N_("On paper"),
    "runner": N_("Runner"),
    "observed": N_("Seen on the spot"),
}

DIFFICULTIES = {"easy": N_("Easy"), "medium": N_("Medium"), "hard": N_("Hard")}


@record_kind("exercise", N_("Exercise"), N_("Exercises"), "W")
@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise(Record):
    """A tabletop exercise on one replication of a scenario."""

    name: str = text(N_("Name"), required=True)
    scenario: str | None = ref(N_("Scenario"), "scenario")
    severity: str = choice(N_("Severity"), SEVERITIES, default="typical")
    replication: int | None = count(
        N_("Replication"), default=None, help=N_("Which run of the simulation is played, counted from 0.")
    )
    seed: int = count(N_("Seed"), default=1)
    start: dt.date | None = date(N_("Scenario starts on"))
    measures: tuple[str, ...] = refs(N_("Measures in place from the start"), "measure")
    purpose: str = long_text(N_("Purpose"))
    scope: str = long_text(N_("What is played and what is not"))
    played_on: dt.date | None = date(N_("Day of the exercise"))
    place: str = text(N_("Place"))
    director: str | None = ref(N_("Exercise director"), "role")
    length: int = minutes(N_("Playing time"), default=120, low=1)
    begins: int = minutes(N_("Play begins, after the scenario's start"), default=0)
    ends: int = minutes(N_("Play ends, after the scenario's start"), default=2880, low=1)
    stop_word: str = text(N_("Stop word"), default="REAL HÄNDELSE")
    seats: tuple[Seat, ...] = values(N_("Seats"), Seat)
    columns: tuple[str, ...] = tag_list(N_("Own columns of the event list"))
    note: str = long_text(N_("Note"))


@record_kind("objective", N_("Objective"), N_("Objectives"), "J", parent="exercise", children="objectives")
@dataclass(frozen=True, slots=True, kw_only=True)
class Objective(Record):
    """What shall be shown in an exercise, so that it can be measured."""

    exercise: str = ref(N_("Exercise"), "exercise", required=True, hidden=True)
    position: int = count(N_("Position"), hidden=True)
    name: str = text(N_("Objective"), required=True)
    measured: str = long_text(N_("How it is measured"))
    within: int | None = minutes(N_("Within"), default=None, help=N_("Time by the clock of the scenario."))
    evaluator: str = text(N_("Evaluator's seat"))


@record_kind("inject", N_("Inject"), N_("Injects"), "Q", parent="exercise", children="injects")
@dataclass(frozen=True, slots=True, kw_only=True)
class Inject(Record):
    """One line of the master event list."""

    exercise: str = ref(N_("Exercise"), "exercise", required=True, hidden=True)
    position: int = count(N_("Position"), hidden=True)
    name: str = text(N_("Title"), required=True)
    at: int = count(N_("Minute after the scenario's start"), low=-525_600, high=525_600)
    channel: str = choice(N_("Channel"), INJECT_CHANNELS, default="phone")
    sender: str = text(N_("From"))
    to: tuple[str, ...] = refs(N_("To"), "role")
    message: str = long_text(N_("Message"))
    expected: str = long_text(N_("Expected action"))
    objective: str | None = ref(N_("Objective"), "objective")
    difficulty: str = choice(N_("Difficulty"), DIFFICULTIES, default="medium")
    evaluation: str = long_text(N_("Note to the evaluator"))
    hint: str = long_text(N_("Hint if it is not done"))
    hint_after: int | None = minutes(N_("Hint after"), default=None)
    about: str | None = ref(N_("Concerns"), *ELEMENTS, "stream", "fallback", "site")
    happening: str = text(
        N_("Happening in the run"), hidden=True, help=N_("What in the simulated run gave this inject.")
    )
    extra: tuple[Extra, ...] = values(N_("Own columns"), Extra)
