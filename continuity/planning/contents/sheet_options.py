"""The fallbacks of a pay day in order: allowed or refused and why, law, hours, copies, people, errors."""

from __future__ import annotations

from continuity.model.kinds import Fallback
from continuity.model.kinds.payments import PRECONDITIONS
from continuity.planning.blocks import (
    Block,
    Callout,
    Column,
    Heading,
    Paragraph,
    Section,
    Table,
)
from continuity.planning.contents.pay_day import Option, PayDayView
from continuity.planning.contents.sheet_details import decider, details


def overview(view: PayDayView) -> list[Block]:
    """Return the fallbacks in order with their latest hours, and what to do where none is allowed."""
    m, _ = view.m, view.m.words._
    if not view.options:
        what = _(
            "No fallback is stated for {stream}: without one the payees wait for the ordinary run.",
            stream=view.stream.name,
        )
        return [m.missing(what, "stream", "fallbacks", view.stream)]
    blocks: list[Block] = [_overview(view)]
    if not any(option.allowed for option in view.options):
        blocks.append(
            Callout(
                "warn",
                _(
                    "No fallback is allowed as things are assumed. The payees wait for the "
                    "ordinary run, or the Government decides."
                ),
                _if_nothing(view),
            )
        )
    return blocks


def options_section(view: PayDayView) -> Section:
    """Return the section on what each fallback asks for, and why others are refused."""
    m, _ = view.m, view.m.words._
    title = _("What each fallback asks for")
    blocks: list[Block] = []
    for place, option in enumerate(view.options, 1):
        if option.allowed:
            blocks += details(view, place, option)
    refused = [o for o in view.options if not o.allowed]
    if refused:
        blocks.append(Heading(_("Refused, and why")))
        columns = (
            Column(_("Fallback")),
            Column(_("Why it is refused"), weight=1.6),
            Column(_("Legal basis")),
        )
        rows = tuple((o.fallback.name, "\n".join(o.refused), o.fallback.legal_basis or "–") for o in refused)
        blocks.append(Table(columns, rows, source=m.source, dense=True))
    if not blocks:
        blocks.append(Paragraph(_("No fallback is stated: see the first page.")))
    return Section(title, tuple(blocks))


def _if_nothing(view: PayDayView) -> tuple[str, ...]:
    """Until when, whom to ring and who decides, where no fallback is allowed beforehand."""
    m, _ = view.m, view.m.words._
    lines = [
        _(
            "If consent comes: latest decision {time}: {fallback}.",
            time=m.moment(o.decide_by),
            fallback=o.fallback.name,
        )
        + view.in_practice(o).replace("\n", " ")
        for o in view.options
        if o.lacks_consent
    ]
    if not lines:
        last = max(view.options, key=lambda o: o.decide_by)
        lines.append(_("If the hindrance is lifted: latest decision {time}.", time=m.moment(last.decide_by)))
    if view.ring:
        lines.append(_("Ring: {who}.", who=view.ring))
    sure = [o for o in view.options if o.lacks_consent] or list(view.options)
    deciders = dict.fromkeys(view.decider(o.fallback) for o in sure)
    lines.append(_("Decides: {role}", role=", ".join(deciders)))
    return tuple(lines)


def _overview(view: PayDayView) -> Table:
    m, _ = view.m, view.m.words._
    columns = [
        Column(_("No."), "right"),
        Column(_("Fallback"), weight=1.6),
        Column(_("Allowed")),
        Column(_("Decide by")),
        Column(_("Who decides")),
        Column(_("Covers"), "right"),
    ]
    if view.result:
        columns.append(Column(_("Used"), "right"))
    rows = []
    for place, option in enumerate(view.options, 1):
        fallback = option.fallback
        row = [
            str(place),
            fallback.name,
            _allowed(view, option),
            _decide_by(view, option),
            decider(view, fallback),
            covers(view, fallback),
        ]
        if view.result:
            row.append(_used(view, option))
        rows.append(tuple(row))
    return Table(tuple(columns), tuple(rows), source=m.source if view.result else "", dense=True)


def _decide_by(view: PayDayView, option: Option) -> str:
    m, _ = view.m, view.m.words._
    if not option.timed:
        return "–"
    time = m.moment(option.decide_by)
    if not option.allowed:
        return _("if consent comes: {time}", time=time)
    if option.fallback.kind == "order":
        time = _("our request in by {time}", time=time)
    hour = view.work_by(option)
    return _("{time}; in practice {hour}", time=time, hour=m.moment(hour)) if hour else time


def _used(view: PayDayView, option: Option) -> str:
    """How often it is used and whom it pays in the mean of all runs, and what held it back."""
    m, _ = view.m, view.m.words._
    use = option.use
    if use is None or not option.allowed:
        return "–"
    lines = [m.share(use.used), _("{people} payees in the mean", people=m.people(use.payees.mean))]
    blocked = max((share for _code, share in use.blocked), default=0.0)
    if blocked:
        lines.append(_("blocked in {share}", share=m.share(blocked)))
    return "\n".join(lines)


def _allowed(view: PayDayView, option: Option) -> str:
    m, _ = view.m, view.m.words._
    fallback = option.fallback
    if not option.allowed:
        return _("NO")
    if option.use is None:
        return m.choice(fallback, "precondition")
    if fallback.kind == "order":
        return _("Yes, if the Government has so ordered")
    if _by_law(view, fallback):
        condition = _(PRECONDITIONS[_by_law(view, fallback)])
        return _("Yes, if: {condition}", condition=condition[:1].lower() + condition[1:])
    return _("Yes")


def _by_law(view: PayDayView, fallback: Fallback) -> str:
    """The precondition that the scenario fills: the stated one, or the law's own; empty in peace."""
    if fallback.precondition != "peace":
        return fallback.precondition
    repeat = fallback.kind == "execute" and view.stream.entitlement != "FIX"
    return "regulation" if repeat or fallback.kind == "certificate" else ""


def covers(view: PayDayView, fallback: Fallback) -> str:
    """How many payees a fallback can cover."""
    m, _ = view.m, view.m.words._
    if fallback.kind == "interim":
        per_hour = fallback.cases_per_hour * fallback.staff / 1000
        return _("{n} per hour", n=m.words.number(per_hour))
    return m.words.percent(fallback.coverage / 1000)
