"""The papers of players and evaluators: handouts, evaluators' sheets, the situation manual."""

from __future__ import annotations

import datetime as dt

from continuity.exercise.books import Binder, book, rules
from continuity.model.calendar import payment_calendar
from continuity.model.kinds import Function, Inject, Role, Scenario
from continuity.model.kinds.exercise import INJECT_CHANNELS
from continuity.model.kinds.scenarios import DECREES
from continuity.planning.blocks import (
    WRITING,
    Blank,
    Block,
    Bullets,
    Callout,
    Column,
    Document,
    Facts,
    Form,
    Paragraph,
    Section,
    Steps,
    Table,
    Tick,
)
from continuity.words import N_, local


def papers(b: Binder) -> list[Document]:
    """Return the four papers of an exercise."""
    return [book(b), handouts(b), sheets(b), manual(b)]


def handouts(b: Binder) -> Document:
    """One page for each message, as the players get it: nothing of what is expected."""
    _ = b.words._
    sections = [handout(b, inject) for inject in b.injects]
    if not sections:
        sections = [Section(_("Messages"), (b.m.missing(_("No inject is written."), "inject"),))]
    return b.document("handouts", _("Players' handouts"), _("One message a page"), sections)


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
    message = Callout("note", b.mark(), (inject.message or inject.name, b.mark()))
    title = _("Message {n}", n=b.numbers.get(inject.id, 0))
    return Section(title, (facts, message, Form((Blank(_("What we do"), lines=4),))), new_page=True)


def sheets(b: Binder) -> Document:
    """A sheet for each objective: what to look for, and room for what was seen."""
    _ = b.words._
    sections = []
    for number, objective in enumerate(b.objectives, 1):
        looked = [i for i in b.injects if i.objective == objective.id]
        blocks: list[Block] = [
            Facts(
                (
                    (_("How it is measured"), objective.measured or "–"),
                    (_("Within"), b.m.minutes(objective.within)),
                    (_("Evaluator"), objective.evaluator or "________________"),
                )
            )
        ]
        if looked:
            columns = (
                Column(_("When"), weight=0.7), Column(_("Inject"), weight=1.3),
                Column(_("Expected action"), weight=2), Column(_("Seen at"), weight=0.6),
            )  # fmt: skip
            rows = tuple((b.hour(i.at), i.name, i.expected or "–", WRITING) for i in looked)
            blocks.append(Table(columns, rows, dense=True))
        ratings = tuple(Tick(_(word)) for word in RATING_WORDS.values())
        blocks += [
            Steps(ratings, numbered=False),
            Form((Blank(_("What was seen, and at what time"), lines=6),)),
        ]
        blocks.append(
            Form((Blank(_("Strength"), lines=2), Blank(_("To improve, by whom and when"), lines=3)))
        )
        sections.append(Section(f"{number}. {objective.name}", tuple(blocks), new_page=number > 1))
    if not sections:
        sections = [Section(_("Objectives"), (b.m.missing(_("No objective is stated."), "objective"),))]
    return b.document("sheets", _("Evaluators' sheets"), b.exercise.name, sections)


RATING_WORDS = {
    "met": N_("Met"),
    "partly": N_("Met in part"),
    "not_met": N_("Not met"),
    "not_seen": N_("Not seen"),
}


def manual(b: Binder) -> Document:
    """What the players know from the start."""
    _ = b.words._
    sections = [_situation(b), rules(b), _directory(b), _pay_days(b)]
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
    rows = tuple(
        (b.words.date(day.date, "short"), b.m.name(day.stream), b.m.people(day.payees)) for day in days
    )
    return Section(title, (Table(columns, rows, dense=True),))
