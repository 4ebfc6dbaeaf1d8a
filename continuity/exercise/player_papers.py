"""The papers of players and evaluators: handouts, evaluators' sheets, the situation manual."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from continuity.exercise.books import Binder, book, hours, message, rules, told
from continuity.exercise.happenings import happenings
from continuity.model.calendar import payment_calendar
from continuity.model.kinds import Function, Inject, Objective, Role, Scenario
from continuity.model.kinds.exercise import INJECT_CHANNELS
from continuity.model.kinds.scenarios import DECREES
from continuity.planning.blocks import (
    Blank,
    Block,
    Bullets,
    Column,
    Document,
    Facts,
    Form,
    Paragraph,
    Section,
    Table,
)
from continuity.words import N_, local

_MOST_WHOLE: Final = 25  # rows of a table that is kept on one page


def papers(b: Binder) -> list[Document]:
    """Return the four papers of an exercise."""
    return [book(b), handouts(b), sheets(b), manual(b)]


def handouts(b: Binder) -> Document:
    """One page for each message, as the players get it: nothing of what is expected."""
    _ = b.words._
    sections = [_for_control(b), *(handout(b, inject) for inject in b.injects)]
    if not b.injects:
        sections = [Section(_("Messages"), (b.m.missing(_("No inject is written."), "inject"),))]
    made = b.document("handouts", _("Players' handouts"), _("One message a page"), sections)
    return replace(made, size="large")


def _for_control(b: Binder) -> Section:
    """The first page stays with control: what is given to whom and when; it says nothing of the contents."""
    _ = b.words._
    columns = (
        Column(_("No."), align="right", weight=0.3), Column(_("When"), weight=1),
        Column(_("Channel"), weight=0.9), Column(_("To"), weight=2.4), Column(_("Given"), weight=0.5),
    )  # fmt: skip
    rows = tuple(
        (str(b.numbers[i.id]), b.hour(i.at), _(INJECT_CHANNELS[i.channel]), b.people(i.to), "☐")
        for i in b.injects
    )
    how = Paragraph(_("This page stays with exercise control. Each message is handed out at its hour."))
    return Section(_("What is given, when and to whom"), (how, Table(columns, rows, dense=True)))


def handout(b: Binder, inject: Inject) -> Section:
    """One message on a page of its own."""
    _ = b.words._
    facts = Facts(
        (
            (_("Time"), b.hour(inject.at)),
            (_("Channel"), _(INJECT_CHANNELS[inject.channel])),
            (_("From"), inject.sender or "–"),
            (_("To"), b.people(inject.to)),
        )
    )
    answer = Form(
        (
            Blank(_("What we do"), lines=7),
            Blank(_("Who decided"), half=True),
            Blank(_("Hour"), half=True),
        )
    )
    title = _("Message {n}", n=b.numbers.get(inject.id, 0))
    return Section(title, (facts, message(b, inject), answer), new_page=True)


def sheets(b: Binder) -> Document:
    """A sheet for each objective: what to look for, and room for what was seen."""
    _ = b.words._
    sections = [
        Section(f"{number}. {objective.name}", tuple(_sheet(b, objective)), new_page=number > 1)
        for number, objective in enumerate(b.objectives, 1)
    ]
    if not sections:
        sections = [Section(_("Objectives"), (b.m.missing(_("No objective is stated."), "objective"),))]
    return b.document("sheets", _("Evaluators' sheets"), b.exercise.name, sections)


def _sheet(b: Binder, objective: Objective) -> Iterator[Block]:
    _ = b.words._
    yield Facts(
        (
            (_("How it is measured"), objective.measured or "–"),
            (_("Within"), b.m.minutes(objective.within)),
            (_("Evaluator"), objective.evaluator or "________________"),
        )
    )
    looked = [i for i in b.injects if i.objective == objective.id]
    if looked:
        columns = (
            Column(_("When"), weight=0.7), Column(_("Inject"), weight=1.3),
            Column(_("Expected action"), weight=2), Column(_("Look for"), weight=1.2),
            Column(_("Seen at"), weight=0.5),
        )  # fmt: skip
        rows = tuple((b.hour(i.at), i.name, i.expected or "–", i.evaluation or "–", "\u00a0") for i in looked)
        yield Table(columns, rows, dense=True)
    yield Paragraph(
        " \u00a0 \u00a0 ".join(f"☐\u00a0{_(word)}".replace(" ", "\u00a0") for word in RATING_WORDS.values())
    )
    yield Form((Blank(_("What was seen, and at what time"), lines=5),))
    yield Form((Blank(_("Strength"), lines=1), Blank(_("To improve, by whom and when"), lines=2)))


RATING_WORDS = {
    "met": N_("Met"),
    "partly": N_("Met in part"),
    "not_met": N_("Not met"),
    "not_seen": N_("Not seen"),
}


def manual(b: Binder) -> Document:
    """What the players know from the start."""
    _ = b.words._
    sections = [_situation(b), *_known(b), hours(b), rules(b), _pay_days(b), _directory(b)]
    return b.document("manual", _("Situation manual for the players"), b.exercise.name, sections)


def _situation(b: Binder) -> Section:
    _, e = b.words._, b.exercise
    scenario = b.m.organisation.of(Scenario, e.scenario)
    functions = [f.name for f in b.m.organisation.all(Function) if f.vital]
    blocks: list[Block] = [
        Paragraph(
            _(
                "The play begins {time}. Until then all is as usual, but for what you are told.",
                time=b.hour(e.begins),
            )
        ),
    ]
    if scenario is not None:
        rows = (
            (_("Strain level"), b.m.choice(scenario, "strain")),
            (_("Decrees in force"), b.words.listing([_(DECREES[d]) for d in scenario.decrees]) or _("None")),
            (_("Measures in place from the start"), b.m.names(e.measures)),
        )
        blocks.append(Facts(rows))
    if functions:
        blocks += [Paragraph(_("Functions that must go on:")), Bullets(tuple(functions))]
    blocks.append(
        Paragraph(_("Decide as you would for real: who, on what ground, at what hour. Write it down."))
    )
    return Section(_("Where you stand"), tuple(blocks))


def _known(b: Binder) -> Iterator[Section]:
    """What is down or reduced already when the play begins, and who is missing."""
    _, begins = b.words._, b.exercise.begins
    found = [
        h
        for h in happenings(b.world.course)
        if h.code in ("outage", "staff_loss") and h.minute < begins < (h.until or begins)
    ]
    if found:
        columns = (Column(_("Since"), weight=0.5), Column(_("What"), weight=3))
        rows = tuple((b.hour(h.minute), told(b, h)) for h in found)
        title = _("What is known when the play begins")
        yield Section(title, (Table(columns, rows),), whole=len(rows) < _MOST_WHOLE)


def _directory(b: Binder) -> Section:
    _ = b.words._
    columns = (Column(_("Role")), Column(_("Unit or organisation")), Column(_("Reached in the exercise")))
    rows = tuple((role.name, role.unit or "–", _("exercise control")) for role in b.m.organisation.all(Role))
    title = _("Play directory")
    if not rows:
        return Section(title, (b.m.missing(_("No role is stated."), "role"),))
    return Section(title, (Table(columns, rows, dense=True),))


def _pay_days(b: Binder) -> Section:
    _, e = b.words._, b.exercise
    start = local(b.world.course.start + dt.timedelta(minutes=e.begins)).date()
    last = local(b.world.course.start + dt.timedelta(minutes=e.ends)).date() + dt.timedelta(days=7)
    days = payment_calendar(b.m.organisation, start, last)
    title = _("Pay days ahead")
    if not days:
        return Section(title, (Paragraph(_("No pay day falls in these days.")),))
    columns = (
        Column(_("Pay day")),
        Column(_("Payment stream"), weight=2),
        Column(_("Payees"), align="right"),
    )
    payees = Counter[tuple[dt.date, str]]()
    for day in days:
        payees[day.date, day.stream] += day.payees
    rows = tuple(
        (b.words.date(date, "short"), b.m.name(stream), b.m.people(many))
        for (date, stream), many in payees.items()
    )
    return Section(title, (Table(columns, rows, dense=True),))
