"""What the papers of an exercise are made of, and the facilitator's book.

Every page says that it is an exercise, and so do the first and the last line of each message. No real
number stands in any of them: who has to ring somebody asks exercise control.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from continuity.exercise.happenings import Happening, happenings
from continuity.exercise.relative_time import write_time
from continuity.exercise.timetable import PHASES, pace, timetable
from continuity.exercise.world import World
from continuity.model.kinds import Exercise, Inject, Objective, Scenario
from continuity.model.kinds.exercise import DIFFICULTIES, INJECT_CHANNELS
from continuity.model.values import SEATS
from continuity.planning.blocks import (
    Block,
    Bullets,
    Callout,
    Column,
    Document,
    Facts,
    Meta,
    Paragraph,
    Section,
    Steps,
    Table,
    Tick,
)
from continuity.planning.material import Material
from continuity.words import N_, Words, local

#: Stands on every page, and first and last in each message.
MARK = N_("EXERCISE EXERCISE EXERCISE")
_LONGEST_WHOLE: Final = 2_500  # characters of an inject that is kept on one page
_MOST_ON_A_PAGE: Final = 25  # rows
_MOST_TOLD: Final = 120


@dataclass(frozen=True)
class Binder:
    """What the papers are made of."""

    m: Material
    exercise: Exercise
    world: World

    @property
    def words(self) -> Words:
        """The language of the papers."""
        return self.m.words

    @cached_property
    def injects(self) -> tuple[Inject, ...]:
        """The event list by time."""
        found = self.m.organisation.parts(self.exercise.id, Inject)
        return tuple(sorted(found, key=lambda i: (i.at, i.position)))

    @cached_property
    def objectives(self) -> tuple[Objective, ...]:
        """What shall be shown."""
        return tuple(self.m.organisation.parts(self.exercise.id, Objective))

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each inject, by id."""
        return {inject.id: number for number, inject in enumerate(self.injects, 1)}

    def mark(self) -> str:
        """The words that keep the exercise from being mistaken."""
        return self.words._(MARK)

    def hour(self, minute: int) -> str:
        """The local time of a minute of the scenario."""
        return self.m.stamp(local(self.world.course.start + dt.timedelta(minutes=minute)))

    def meta(self) -> Meta:
        """The head of each paper: marked as an exercise."""
        meta = self.m.meta()
        marking = " · ".join(part for part in (self.mark(), meta.marking) if part)
        scenario = self.m.organisation.of(Scenario, self.exercise.scenario)
        run = self.words._(
            "Played: {scenario}, replication {replication}, seed {seed}",
            scenario=scenario.code if scenario else "–",
            replication=self.exercise.replication or 0,
            seed=self.exercise.seed,
        )
        return replace(meta, marking=marking, run=run)

    def document(
        self, code: str, title: str, subtitle: str, sections: Sequence[Section], *, contents: bool = False
    ) -> Document:
        """Return a paper of the exercise."""
        return Document(
            code=f"{self.exercise.code}/{code}",
            title=f"{self.mark()}: {title}",
            subtitle=subtitle,
            language=self.words.language,
            meta=self.meta(),
            sections=tuple(sections),
            contents=contents,
        )

    def people(self, ids: Sequence[str]) -> str:
        """Roles by name."""
        return self.m.names(ids)


def book(b: Binder) -> Document:
    """Everything that exercise control needs, the course of events included."""
    _ = b.words._
    sections = [_about(b), hours(b), rules(b), _aims(b), _seats(b), event_table(b), *injects(b), course(b)]
    return b.document("book", _("Facilitator's book"), b.exercise.name, sections, contents=True)


def _about(b: Binder) -> Section:
    _, e = b.words._, b.exercise
    scenario = b.m.organisation.of(Scenario, e.scenario)
    speed = _("one minute in the room is {n} in the scenario", n=b.words.duration(round(pace(e))))
    rows = [
        (_("Scenario"), f"{scenario.code} {scenario.name}" if scenario else "–"),
        (_("Severity"), b.m.choice(e, "severity")),
        (_("Day"), b.words.date(e.played_on) if e.played_on else ""),
        (_("Place"), e.place),
        (_("Playing time"), b.words.duration(e.length)),
        (_("The scenario runs"), _("{first} to {last}", first=b.hour(e.begins), last=b.hour(e.ends))),
        (_("Speed"), speed),
        (_("Exercise director"), b.m.role(e.director)),
        (_("Measures in place from the start"), b.m.names(e.measures)),
    ]
    blocks: list[Block] = [Facts(tuple((label, value or "–") for label, value in rows))]
    blocks += [Paragraph(text) for text in (e.purpose, e.scope, e.note) if text]
    return Section(_("The exercise"), tuple(blocks))


def hours(b: Binder) -> Section:
    """How the time in the room is used."""
    _ = b.words._
    columns = (Column(_("From"), weight=0.5), Column(_("To"), weight=0.5), Column(_("What"), weight=3))
    rows = tuple(
        (b.words.clock(p.begins), b.words.clock(p.ends), _(PHASES[p.code])) for p in timetable(b.exercise)
    )
    whole = b.words.duration(timetable(b.exercise)[-1].ends)
    note = Paragraph(_("Hours and minutes from the beginning; {whole} in all.", whole=whole), small=True)
    return Section(_("Timetable of the room"), (Table(columns, rows), note), whole=True)


def rules(b: Binder) -> Section:
    """How the exercise is kept apart from what is real."""
    _ = b.words._
    word = b.exercise.stop_word or "–"
    stop = Callout(
        "halt",
        _("Stop word: {word}", word=word),
        (
            _("Whoever says it stops the play at once. Press “Real event”: the play freezes and is kept."),
            _("Something real is handled with real numbers, outside the exercise."),
        ),
    )
    kept = Bullets(
        (
            _("Every message begins and ends with {mark}.", mark=b.mark()),
            _("Nobody rings, writes to or pays anybody outside the room. Exercise control plays all others."),
            _("The play directory holds roles, no real numbers."),
            _("Papers are collected and destroyed afterwards."),
        )
    )
    return Section(_("Never mistaken for real"), (stop, kept), whole=True)


def _aims(b: Binder) -> Section:
    _ = b.words._
    columns = (
        Column(_("No."), align="right", weight=0.2),
        Column(_("Objective"), weight=1.2),
        Column(_("How it is measured"), weight=1.6),
        Column(_("Within"), weight=0.5),
        Column(_("Evaluator"), weight=0.7),
    )
    rows = tuple(
        (str(n), o.name, o.measured or "–", b.m.minutes(o.within), o.evaluator or "–")
        for n, o in enumerate(b.objectives, 1)
    )
    if not rows:
        return Section(_("Objectives"), (b.m.missing(_("No objective is stated."), "objective"),))
    return Section(_("Objectives"), (Table(columns, rows),))


def _seats(b: Binder) -> Section:
    _ = b.words._
    title = _("Who sits where")
    if not b.exercise.seats:
        return Section(title, (b.m.missing(_("No seat is stated."), "exercise"),))
    columns = (Column(_("Seat"), weight=1.4), Column(_("Part"), weight=0.8), Column(_("Name"), weight=1.4))
    rows = tuple((s.name, _(SEATS[s.part]), "\u00a0") for s in b.exercise.seats)
    return Section(title, (Table(columns, rows),), whole=len(rows) < _MOST_ON_A_PAGE)


def event_table(b: Binder) -> Section:
    """The master event list on a page of its own."""
    _ = b.words._
    title = _("Master event list")
    if not b.injects:
        return Section(title, (b.m.missing(_("No inject is written."), "inject"),))
    columns = (
        Column(_("No."), align="right", weight=0.25),
        Column(_("Relative"), weight=0.6),
        Column(_("When"), weight=0.8),
        Column(_("Channel"), weight=0.7),
        Column(_("From → to"), weight=1.3),
        Column(_("Inject"), weight=2),
        Column(_("Aim"), align="right", weight=0.3),
        Column(_("Given"), weight=0.4),
    )
    aims = {o.id: str(n) for n, o in enumerate(b.objectives, 1)}
    rows = tuple(
        (
            str(b.numbers[i.id]),
            write_time(i.at).replace(" ", "\u00a0"),
            b.hour(i.at),
            _(INJECT_CHANNELS[i.channel]),
            f"{i.sender or '–'} → {b.people(i.to)}",
            i.name,
            aims.get(i.objective or "", "–"),
            "☐",
        )
        for i in b.injects
    )
    return Section(title, (Table(columns, rows, dense=True),), new_page=True)


def injects(b: Binder) -> Iterator[Section]:
    """Each inject whole, and on one page where it is not very long."""
    _ = b.words._
    aims = {o.id: f"{n}. {o.name}" for n, o in enumerate(b.objectives, 1)}
    for number, inject in enumerate(b.injects):
        channel = _(INJECT_CHANNELS[inject.channel])
        rows = [
            (_("When"), f"{b.hour(inject.at)} · {write_time(inject.at)} · {channel}"),
            (_("From → to"), f"{inject.sender or '–'} → {b.people(inject.to)}"),
            (
                _("Objective"),
                f"{aims.get(inject.objective or '', '–')} · {_(DIFFICULTIES[inject.difficulty])}",
            ),
            *((one.column, one.value or "–") for one in inject.extra),
        ]
        blocks: list[Block] = [Facts(tuple(rows)), message(b, inject)]
        ticks = [Tick(inject.expected, title=_("Expected action"), note=inject.evaluation)]
        if inject.hint:
            after = _("Hint after {time} if it is not done", time=b.m.minutes(inject.hint_after))
            ticks.append(Tick(inject.hint, title=after))
        ticks = [tick for tick in ticks if tick.what]
        if ticks:
            blocks.append(Steps(tuple(ticks), numbered=False))
        size = sum(len(text) for text in (inject.message, inject.expected, inject.hint, inject.evaluation))
        title = f"{b.numbers[inject.id]}. {inject.name}"
        yield Section(title, tuple(blocks), new_page=number == 0, whole=size < _LONGEST_WHOLE)


def message(b: Binder, inject: Inject) -> Callout:
    """A message as the players get it: marked in its first and its last line."""
    return Callout("message", b.mark(), (inject.message or inject.name, b.mark()))


_TOLD = {
    "outage": N_("{what} falls to {level}"),
    "failure": N_("{what} breaks by itself"),
    "staff_loss": N_("staff falls to {level}: {what}"),
    "function_down": N_("{what} below its lowest level, because of {cause}"),
    "function_up": N_("{what} back at its lowest level"),
    "receipt_unknown": N_("{what}: file sent, receipt unknown (pay day {day})"),
    "cutoff_missed": N_("{what}: cut-off of “{part}” missed (pay day {day})"),
    "decide": N_("{what}: latest hour to decide on {part} (pay day {day})"),
    "late": N_("{what}: not paid on time (pay day {day}), {payees} payees"),
    "paid_late": N_("{what}: paid late (pay day {day})"),
}


def told(b: Binder, one: Happening) -> str:
    """Return a happening in words."""
    day = b.words.date(dt.date.fromisoformat(one.date), "short") if one.date else ""
    names = [b.m.name(id_) for id_ in one.hit[:3]]
    what = (
        b.m.name(one.event)
        if one.event and len(one.hit) > 1
        else b.words.listing(names or [b.m.name(one.about)])
    )
    return b.words._(
        _TOLD[one.code],
        what=what,
        level=b.words.level(one.level),
        cause=b.m.name(one.cause),
        part=b.m.name(one.part),
        day=day,
        payees=b.m.people(one.payees),
    )


def course(b: Binder) -> Section:
    """What happens if nobody does anything: for control alone."""
    _, e = b.words._, b.exercise
    found = [h for h in happenings(b.world.course) if e.begins <= h.minute <= e.ends and h.code in _TOLD]
    rows = tuple((b.hour(h.minute), told(b, h)) for h in found[:_MOST_TOLD])
    title = _("What happens if nothing is decided")
    if not rows:
        return Section(title, (Paragraph(_("Nothing happens in this stretch of the run.")),))
    columns = (Column(_("When"), weight=0.5), Column(_("What"), weight=3))
    note = Paragraph(_("From the played run, without fallbacks: the players decide on those."), small=True)
    return Section(title, (note, Table(columns, rows, dense=True)), new_page=True)
