"""Nested values: parts of a record that nobody refers to; each kept as one JSON value."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from continuity.model.fields import (
    N_,
    choice,
    clock,
    count,
    date,
    flag,
    minutes,
    number,
    permille,
    text,
)
from continuity.model.fields import plain as plain_field
from continuity.model.fields import values as values_field

CONFIDENCE = {
    "measured": N_("Measured"),
    "tested": N_("Tested"),
    "contract": N_("By contract"),
    "interview": N_("Interview"),
    "guess": N_("Guess"),
    "public": N_("Public figure"),
    "invented": N_("Invented example"),
}

LAWS = {
    "fixed": N_("Fixed"),
    "uniform": N_("Uniform"),
    "triangular": N_("Triangular"),
    "pert": N_("PERT"),
    "exponential": N_("Exponential"),
    "lognormal": N_("Lognormal"),
    "weibull": N_("Weibull"),
    "empirical": N_("Empirical"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One value of an empirical law with its weight."""

    minutes: int = minutes(N_("Duration"))
    weight: float = number(N_("Weight"), default=1.0, low=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A law of durations in minutes.

    Parameters by law: fixed: likely; uniform: low, high; triangular and pert: low, likely, high;
    exponential: mean; lognormal: median and p90; weibull: scale and shape; empirical: outcomes.
    """

    law: str = choice(N_("Law"), LAWS, default="fixed")
    low: int | None = minutes(N_("Shortest"), default=None)
    likely: int | None = minutes(N_("Most likely"), default=None)
    high: int | None = minutes(N_("Longest"), default=None)
    mean: int | None = minutes(N_("Mean"), default=None)
    median: int | None = minutes(N_("Median"), default=None)
    p90: int | None = minutes(N_("Nine of ten are shorter than"), default=None)
    scale: int | None = minutes(N_("Scale"), default=None)
    shape: float | None = number(N_("Shape"), low=0)
    outcomes: tuple[Outcome, ...] = values_field(N_("Outcomes"), Outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapePoint:
    """After ``part`` of the outage, ``regained`` of the loss is back."""

    part: int = permille(N_("Part of the duration"))
    regained: int = permille(N_("Part of the loss regained"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactCell:
    """How bad an outage is after ``after`` minutes for one type of impact (0 none - 4 unbearable).

    ``impact`` is the code of a type of the document's impact scale.
    """

    after: int = minutes(N_("After"))
    impact: str = text(N_("Type of impact"), default="persons")
    grade: int = count(N_("Grade"), high=4)
    words: str = text(N_("In words"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactStep:
    """A time after which the impact of an outage is judged."""

    after: int = minutes(N_("After"), low=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactType:
    """What an outage may harm, and what each grade of that harm means."""

    code: str = text(N_("Code"), required=True)
    name: str = text(N_("Name"), required=True)
    grade_0: str = text(N_("Grade 0 means"))
    grade_1: str = text(N_("Grade 1 means"))
    grade_2: str = text(N_("Grade 2 means"))
    grade_3: str = text(N_("Grade 3 means"))
    grade_4: str = text(N_("Grade 4 means"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CriticalityClass:
    """Functions whose longest tolerable outage is up to ``limit``; the classes stand strictest first."""

    name: str = text(N_("Name"), required=True)
    limit: int | None = minutes(N_("Tolerable outage up to"), default=None)
    included: bool = flag(N_("The limit itself belongs to the class"))


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickQuestion:
    """A question of the pre-analysis: a yes asks for the full analysis."""

    code: str = text(N_("Code"), required=True)
    question: str = text(N_("Question"), required=True)
    why: str = text(N_("Why it decides"))


QUICK_ANSWERS = {"yes": N_("Yes"), "no": N_("No"), "unknown": N_("Do not know")}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickAnswer:
    """How a question of the pre-analysis was answered for a function."""

    code: str = text(N_("Code of the question"), required=True)
    answer: str = choice(N_("Answer"), QUICK_ANSWERS, default="unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Where one figure of a record comes from, where that differs from the rest of the record."""

    field: str = text(N_("Field"), required=True)
    source: str = text(N_("Source"))
    as_of: dt.date | None = date(N_("As of"))
    confidence: str | None = choice(N_("Confidence"), CONFIDENCE, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSpan:
    """Working hours of one weekday (0 Monday - 6 Sunday)."""

    weekday: int = count(N_("Weekday"), high=6)
    opens: int = clock(N_("Opens"))
    closes: int = clock(N_("Closes"), high=1440)


@dataclass(frozen=True, slots=True, kw_only=True)
class PayDay:
    """A nominal day of the month on which a share of the payees is paid."""

    day: int = count(N_("Day of month"), default=25, low=1, high=31)
    share: int = permille(N_("Share of the payees"))
    who: str = text(N_("Who"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedDay:
    """A published pay date that overrides the rule for one nominal date."""

    nominal: dt.date | None = date(N_("Nominal date"), required=True)
    paid: dt.date | None = date(N_("Published pay date"), required=True)
    source: str = text(N_("Source"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedYear:
    """A year whose whole table has been checked against the published one."""

    year: int = count(N_("Year"), low=1990, high=2200)
    source: str = text(N_("Source"))
    as_of: dt.date | None = date(N_("As of"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRule:
    """When minute 0 is: the first such local day and hour on or after ``on_or_after``."""

    on_or_after: dt.date | None = date(N_("On or after"), required=True)
    day_of_month: int | None = count(N_("Day of month"), default=None, low=1, high=31)
    at: int = clock(N_("At"), default=480)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """How many repair crews of a kind there are."""

    kind: str = text(N_("Kind of crew"), required=True)
    crews: int = count(N_("Crews"), default=1)


APPLY_FIRST = {
    "deaths": N_("Deaths"),
    "ended_rights": N_("Ended rights"),
    "guardians": N_("Guardians and payment to another"),
    "distraint": N_("Distraint and set-off"),
    "protected_identity": N_("Protected identity"),
    "changed_account": N_("Changed account"),
    "tax": N_("Tax deduction"),
    "abroad": N_("Payees abroad"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyFirst:
    """What must be applied before a fallback pays, and how old its copy may be."""

    what: str = choice(N_("What"), APPLY_FIRST, default="deaths")
    copy_age: int = minutes(N_("Age of the copy"), default=1440)
    how: str = text(N_("How"))


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedCopy:
    """The last verified file from which a fallback pays."""

    where: str = text(N_("Where it is kept"))
    age: int = minutes(N_("Age at the most"), default=1440)
    readable_without: str = text(N_("Readable without"))
    tested: dt.date | None = date(N_("Last restore test"))
    present: bool = flag(N_("The copy is there and readable"), default=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterAgreement:
    """Who pays over a counter on the agency's behalf."""

    counter: str = text(N_("Paying counter"))
    per_day: int = count(N_("Payments a day"))
    offline_identity: str = text(N_("Identity check without network"))
    in_force: bool = flag(N_("Agreement in force"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyHolder:
    """One numbered copy of a plan: who has it, where it lies, what became of it."""

    number: int = count(N_("Copy no."), default=1, low=1)
    holder: str = text(N_("Holder (role)"), required=True)
    place: str = text(N_("Kept at"))
    received: dt.date | None = date(N_("Received on"))
    taken_back: dt.date | None = date(N_("Taken back on"))
    destroyed: dt.date | None = date(N_("Destroyed on"))


CHANGES = {"set": N_("Change"), "add": N_("Add"), "remove": N_("Remove")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of a measure's overlay: new values only; an addition carries its fixed id.

    ``values`` is the plain payload (see ``payload.py``) of the changed or of all fields.
    """

    action: str = choice(N_("Action"), CHANGES, default="set")
    kind: str = text(N_("Kind of record"), required=True)
    target: str = text(N_("Record"), required=True)
    values: dict[str, object] = plain_field(N_("New values"))


SEATS = {
    "player": N_("Player"),
    "control": N_("Exercise control"),
    "evaluator": N_("Evaluator"),
    "observer": N_("Observer"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A place at the table of an exercise, by role and never by name."""

    name: str = text(N_("Seat"), required=True)
    part: str = choice(N_("Part"), SEATS, default="player")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """What stands in one of an event list's own columns."""

    column: str = text(N_("Column"), required=True)
    value: str = text(N_("Value"))
