"""One pay day of one stream with all that bears on it: hours, run, fallbacks, refusals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from continuity.model.calendar import BankCalendar, PlannedPayDay, payment_calendar, stage_cutoff
from continuity.model.kinds import Element, Fallback, Procedure, Stage, Stream
from continuity.model.kinds.payments import IN_NEED
from continuity.model.payments import refusals, stop_stage, who_confirms_stop
from continuity.planning.contents.reach import head, owner_desk, with_codes, working_hour
from continuity.planning.material import Material
from continuity.simulation.result import FallbackUse, PayDayResult

#: Below this share of runs on time, the ordinary run alone is not trusted.
SAFE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour that matters: when, what, who."""

    when: dt.datetime
    what: str
    who: str
    decision: bool = False  # the latest decision on a fallback


@dataclass(frozen=True, slots=True)
class Option:
    """One fallback for this pay day: its latest hour, what the run says, why it is refused."""

    fallback: Fallback
    decide_by: dt.datetime
    use: FallbackUse | None
    refused: tuple[str, ...]  # sentences; empty where it is allowed

    @property
    def allowed(self) -> bool:
        """Whether nothing forbids it beforehand."""
        return not self.refused

    @property
    def lacks_consent(self) -> bool:
        """Whether only the owner agency's consent is missing."""
        return self.use is not None and self.use.refusals == ("no_owner_consent",)

    @property
    def timed(self) -> bool:
        """Whether its latest hour is worth watching."""
        return self.allowed or self.lacks_consent


class PayDayView:
    """A pay day of ``stream`` as the contents read it."""

    def __init__(self, m: Material, planned: PlannedPayDay, result: PayDayResult | None) -> None:
        stream = m.organisation.of(Stream, planned.stream)
        assert stream is not None
        self.m = m
        self.planned = planned
        self.result = result
        self.stream = stream

    @property
    def code(self) -> str:
        """A code that no other pay day has."""
        return f"{self.stream.code}/{self.planned.nominal.isoformat()}"

    @property
    def mark(self) -> str:
        """What stands on paper: the stream and the day on which it is paid."""
        return f"{self.stream.code}/{self.planned.date.isoformat()}"

    @property
    def name(self) -> str:
        """The stream, and which of its payees where they are paid on several days."""
        return named(self.stream, self.planned)

    @cached_property
    def stages(self) -> tuple[tuple[Stage, dt.datetime, dt.datetime | None], ...]:
        """Stages of the ordinary run with their local opening and cut-off."""
        found = ((self.m.organisation.of(Stage, s.stage), s.opens, s.cutoff) for s in self.planned.stages)
        return tuple((stage, opens, cutoff) for stage, opens, cutoff in found if stage)

    @cached_property
    def recall_by(self) -> dt.datetime | None:
        """The last hour at which the bank can stop or recall the file."""
        stage = stop_stage(self.m.organisation, self.stream)
        if stage is None:
            return None
        return stage_cutoff(BankCalendar.of(self.m.organisation), stage, self.planned.date)

    @cached_property
    def recall_who(self) -> str:
        """The role that reaches the bank for a stop, with its desk's code on the contact page."""
        rung = who_confirms_stop(self.m.organisation, self.stream)
        if not rung:
            return ""
        codes = [r.code for r in rung[1:]]
        if not codes:
            return rung[0].name
        return self.m.words._("{role} (contact page: {codes})", role=rung[0].name, codes=", ".join(codes))

    @cached_property
    def recall_card(self) -> str:
        """Name and code of the action card for stopping a file, or an empty text."""
        stage = stop_stage(self.m.organisation, self.stream)
        wanted = {self.stream.id, stage.element if stage else ""}
        cards = [p for p in self.m.organisation.all(Procedure) if p.kind == "card" and wanted & {*p.about}]
        ranked = sorted(cards, key=lambda p: (len(p.about), p.code))
        return f"{ranked[0].name} ({ranked[0].code})" if ranked else ""

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """The fallbacks in the stream's order."""
        uses = {u.fallback: u for u in self.result.fallbacks} if self.result else {}
        found = []
        for planned in self.planned.fallbacks:
            fallback = self.m.organisation.of(Fallback, planned.fallback)
            if fallback:
                use = uses.get(fallback.id)
                found.append(Option(fallback, planned.decide_by, use, self._refused(fallback, use)))
        return tuple(found)

    def _refused(self, fallback: Fallback, use: FallbackUse | None) -> tuple[str, ...]:
        if self.m.scenario is None or use is None or use.allowed:
            return ()
        known = refusals(self.m.organisation, self.m.scenario, self.stream, fallback)
        said = {p.code: self.m.sentence(p) for p in known}
        return tuple(said.get(code, code) for code in use.refusals)

    @cached_property
    def hours(self) -> tuple[Hour, ...]:
        """Every hour that matters, in order."""
        return tuple(sorted(self._hours(), key=lambda h: h.when))

    def _hours(self) -> Iterator[Hour]:
        _ = self.m.words._
        for place, (stage, opens, cutoff) in enumerate(self.stages):
            who = self.m.element_owner(stage.element)
            if place == 0:
                yield Hour(opens, _("The run begins: {stage}", stage=stage.name), who)
            if cutoff:
                yield Hour(cutoff, _("Cut-off: {stage}", stage=stage.name), who)
        if self.recall_by:
            yield Hour(self.recall_by, _("Last hour to stop or recall the file at the bank"), self.recall_who)
        for option in self.options:
            if option.timed:
                who = self.m.role(option.fallback.decider)
                yield Hour(option.decide_by, self._latest(option) + self.in_practice(option), who, True)
        if self.options and not any(option.timed for option in self.options):
            last = max(self.options, key=lambda o: o.decide_by)
            what = _(
                "Nothing is allowed. If the hindrance is lifted: latest decision: {fallback}",
                fallback=last.fallback.name,
            )
            yield Hour(last.decide_by, what + self.in_practice(last), self.decider(last.fallback), True)
        yield Hour(self.planned.due, _("The money is to be usable by the payees"), "")

    def _latest(self, option: Option) -> str:
        _ = self.m.words._
        name = option.fallback.name
        if not option.allowed:
            owner = self.stream.owner_agency
            return _("If {owner} consents: latest decision: {fallback}", owner=owner, fallback=name)
        if option.fallback.kind == "order":
            return _("Our request must have reached the Government: {fallback}", fallback=name)
        return _("Latest decision: {fallback}", fallback=name)

    def work_by(self, option: Option) -> dt.datetime | None:
        """The bank-day hour to work by where the latest hour falls outside the banks' or after recall."""
        return working_hour(BankCalendar.of(self.m.organisation), option.decide_by, self.recall_by)

    def in_practice(self, option: Option) -> str:
        """A line on the hour to work by and why, or an empty text."""
        _ = self.m.words._
        hour = self.work_by(option)
        if hour is None:
            return ""
        closed = not BankCalendar.of(self.m.organisation).is_bank_day(option.decide_by.date())
        late = self.recall_by is not None and option.decide_by > self.recall_by
        why = [_("the latest hour is no bank day")] if closed else []
        why += [_("a sent file cannot be recalled later")] if late else []
        return "\n" + _(
            "In practice at the latest {time}: {why}.", time=self.m.moment(hour), why="; ".join(why)
        )

    def decider(self, fallback: Fallback) -> str:
        """The role that decides on a fallback; who leads the agency where none is stated."""
        first = head(self.m)
        return self.m.role(fallback.decider) or (first.name if first else "–")

    @cached_property
    def ring(self) -> str:
        """Whom to ring where nothing is allowed: the benefit's owner, or who asks the Government."""
        if not self.stream.own:
            return owner_desk(self.m, self.stream)
        first = head(self.m)
        return with_codes(self.m, first.id) if first else ""

    @property
    def in_need(self) -> bool:
        """Whether its payees live on this money."""
        return self.stream.livelihood in IN_NEED

    @property
    def unpaid(self) -> float:
        """Payees not paid on time in the mean of the runs."""
        return self.planned.payees * (1 - self.result.on_time.mean) if self.result else 0.0

    @property
    def at_risk(self) -> bool:
        """Whether the ordinary run fails, or a fallback is used, in more than one run in twenty."""
        if self.result is None:
            return False
        used = any(u.used.share > 1 - SAFE for u in self.result.fallbacks)
        return used or self.result.ordinary_on_time.share < SAFE

    def causes(self, most: int = 5) -> list[tuple[str, str, str]]:
        """What held the ordinary run up: (element, since when, share of the runs)."""
        found = self.result.causes if self.result else ()
        return [
            (self.m.name(c.element), self.m.minute(c.minute), self.m.share(c.share))
            for c in found[:most]
            if self.m.organisation.of(Element, c.element)
        ]


def named(stream: Stream, planned: PlannedPayDay) -> str:
    """The stream's name, with those paid that day where its payees are paid on several days."""
    return f"{stream.name}, {planned.who}" if planned.who and len(stream.pay_days) > 1 else stream.name


def of_run(m: Material) -> list[PayDayView]:
    """Return the pay days of the run, by due hour."""
    if m.run is None or not m.run.pay_days:
        return []
    dates = [p.date for p in m.run.pay_days]
    planned = {(p.stream, p.nominal): p for p in payment_calendar(m.organisation, min(dates), max(dates))}
    found = []
    for result in m.run.pay_days:
        day = planned.get((result.stream, result.nominal))
        if day:
            found.append(PayDayView(m, day, result))
    return found


def next_days(m: Material) -> list[PayDayView]:
    """Return the next pay day of each stream after the plan was made: what can be said without a run."""
    first = m.generated.date()
    found: dict[str, PayDayView] = {}
    for day in payment_calendar(m.organisation, first, first + dt.timedelta(days=62)):
        if day.stream not in found:
            found[day.stream] = PayDayView(m, day, None)
    return sorted(found.values(), key=lambda v: (v.planned.due, v.stream.code))


def chosen(m: Material, most: int) -> tuple[list[PayDayView], list[PayDayView]]:
    """Return the pay days that get a decision sheet, and those at risk that the limit leaves out.

    People in need come first, then the number of payees that go unpaid; shown in order of time.
    """
    risky = [view for view in of_run(m) if view.at_risk] if m.run else next_days(m)
    ranked = sorted(risky, key=lambda v: (not v.in_need, -v.unpaid, v.planned.due, v.code))
    kept, rest = ranked[:most], ranked[most:]
    by_time = lambda v: (v.planned.due, v.code)  # noqa: E731
    return sorted(kept, key=by_time), sorted(rest, key=by_time)
