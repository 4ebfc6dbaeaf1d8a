"""The payment calendar of thirteen months, every cut-off worked out, and the rules of each stream."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from continuity.model.calendar import BankCalendar, PlannedPayDay, calendar_13_months, uncovered_years
from continuity.planning.blocks import (
    Block,
    Bullets,
    Callout,
    Column,
    Document,
    Paragraph,
    Section,
    Table,
)
from continuity.planning.contents.pay_day import Option, PayDayView, of_run
from continuity.planning.material import Material


def payment_calendar_plan(m: Material, left_out: Sequence[PayDayView] = ()) -> Document:
    """Return the calendar from the month in which it is made; ``left_out``: at risk, without a sheet."""
    _ = m.words._
    days = calendar_13_months(m.organisation, m.generated.date())
    title = _("Payment calendar, 13 months")
    if not days:
        empty = m.missing(_("No payment stream has a pay day."), "stream", "pay_days")
        sections: tuple[Section, ...] = (Section(title, (empty,)),)
    else:
        sections = (_use(m, days), *_risk(m, left_out), *_months(m, days))
    return Document(
        code="calendar",
        title=title,
        subtitle=_("Every pay day with its cut-offs and the latest hour of decision"),
        language=m.words.language,
        meta=m.meta(),
        sections=sections,
        contents=True,
        landscape=True,
    )


def _use(m: Material, days: Sequence[PlannedPayDay]) -> Section:
    _ = m.words._
    blocks: list[Block] = [
        Bullets(
            (
                _(
                    "Find the date. Read from left to right: when the run begins, when the file must "
                    "have gone, until when "
                    "the bank can stop it, when the first fallback must be decided, when the money is to "
                    "be usable."
                ),
                _("All hours are Swedish local time. A bank day is Monday to Friday except closed days."),
                _(
                    "The latest decision counts back from the hour when the money is to be usable: set-up, "
                    "with the bank's lead time in it, and the time the decision takes. “in practice” is the "
                    "last bank-day hour before recall closes: work by that one."
                ),
                _(
                    "“Mon 16 (for 15)” means: paid on Monday the 16th for the nominal pay day the 15th, "
                    "which is no bank day. The pay day and all hours go by the day of payment."
                ),
                _(
                    "“computed” means that no published table covers the day: check it against the "
                    "decided table."
                ),
            )
        ),
    ]
    banks = BankCalendar.of(m.organisation)
    years = uncovered_years(banks, days[0].date, days[-1].date)
    if years:
        shown = ", ".join(str(p.facts["year"]) for p in years)
        line = _("Closed bank days are computed from law and custom for {years}.", years=shown)
        blocks.append(Callout("warn", line))
    return Section(_("How it is read"), tuple(blocks))


def _risk(m: Material, left_out: Sequence[PayDayView]) -> list[Section]:
    """Pay days at risk in the run, and those that have no sheet."""
    _ = m.words._
    risky = [view for view in of_run(m) if view.at_risk]
    if m.run is None:
        note = Callout("note", _("No run: which pay days are at risk is not known."))
        return [Section(_("Pay days at risk"), (note,))]
    if not risky:
        note = Callout("note", _("In the run every pay day is met by the ordinary run."), source=m.source)
        return [Section(_("Pay days at risk"), (note,))]
    without = {view.code for view in left_out}
    columns = (
        Column(_("Pay day")),
        Column(_("Payment stream"), weight=1.6),
        Column(_("Payees"), "right"),
        Column(_("Ordinary run on time"), "right"),
        Column(_("Paid on time in all"), "right"),
        Column(_("Unpaid on the day"), "right"),
        Column(_("Decision sheet")),
    )
    rows = tuple(
        (
            m.words.date(v.planned.date, "short"),
            v.name,
            m.people(v.planned.payees),
            m.share(v.result.ordinary_on_time),
            m.share(v.result.on_time.mean),
            m.people(v.unpaid),
            _("left out") if v.code in without else _("Yes"),
        )
        for v in risky
        if v.result
    )
    rule = _(
        "A pay day is at risk when the ordinary run fails, or a fallback is used, in more than one run of "
        "twenty. Each has a sheet; where they are too many, people in need come first, then the most "
        "unpaid. Other pay days have none: use the blank sheet."
    )
    blocks: list[Block] = [Paragraph(rule), Table(columns, rows, source=m.source, dense=True)]
    if left_out:
        text = m.words.ngettext(
            "{n} pay day at risk has no sheet: people in need came first, then the most unpaid.",
            "{n} pay days at risk have no sheet: people in need came first, then the most unpaid.",
            len(left_out),
        )
        blocks.insert(0, Callout("left_out", text, (_("Use the blank decision sheet for them."),)))
    return [Section(_("Pay days at risk"), tuple(blocks))]


def _months(m: Material, days: Sequence[PlannedPayDay]) -> list[Section]:
    sections: list[Section] = []
    for month, held in groupby(days, key=lambda d: d.date.replace(day=1)):
        found = list(held)
        people = sum(d.payees for d in found)
        money = sum(d.sek for d in found)
        text = m.words._(
            "{people} payments, {money}.", people=m.words.number(people), money=m.words.sek(money)
        )
        table = Table(_columns(m), tuple(_row(m, d) for d in found), dense=True)
        name = _month_name(m, month)
        sections.append(Section(name, (Paragraph(text), table), new_page=not sections))
    return sections


def _month_name(m: Material, month: dt.date) -> str:
    name = m.words.date(month, "long").split(" ", 1)[1]
    return name[:1].upper() + name[1:]


def _columns(m: Material) -> tuple[Column, ...]:
    _ = m.words._
    return (
        Column(_("Pay day")),
        Column(_("Payment stream"), weight=1.3),
        Column(_("Payees"), "right"),
        Column(_("SEK"), "right"),
        Column(_("Run begins")),
        Column(_("File gone by")),
        Column(_("Stop or recall until")),
        Column(_("First fallback by")),
        Column(_("Usable by")),
        Column(_("Basis")),
    )


def _row(m: Material, day: PlannedPayDay) -> tuple[str, ...]:
    _ = m.words._
    view = PayDayView(m, day, None)
    cutoffs = [s.cutoff for s in day.stages if s.cutoff]
    held = [o for o in view.options if o.fallback.enabled and not o.fallback.needs_ruling]
    first = min(held, key=lambda o: o.decide_by, default=None)
    return (
        _date(m, day),
        view.name,
        m.people(day.payees),
        m.words.sek(day.sek),
        m.stamp(day.stages[0].opens) if day.stages else "–",
        m.stamp(min(cutoffs)) if cutoffs else "–",
        m.stamp(view.recall_by) if view.recall_by else "–",
        _decision(view, first) if first else "–",
        m.words.time(day.due),
        _("computed") if day.computed else _("published"),
    )


def _decision(view: PayDayView, option: Option) -> str:
    """The latest hour of decision, with the hour to work by where that is another."""
    m = view.m
    hour = view.work_by(option)
    if hour is None:
        return m.stamp(option.decide_by)
    return m.words._("{time}; in practice {hour}", time=m.stamp(option.decide_by), hour=m.stamp(hour))


def _date(m: Material, day: PlannedPayDay) -> str:
    """The pay day, with the nominal one where it is moved."""
    weekday = m.words.date(day.date, "short").split(" ")[0]
    if day.nominal == day.date:
        return f"{weekday}\u00a0{day.date.day}"
    return m.words._(
        "{day} (for {nominal})", day=f"{weekday} {day.date.day}", nominal=day.nominal.day
    ).replace(" ", "\u00a0")
