"""The front pages: who leads, where, what in the first hour; the next pay days; where things lie."""

from __future__ import annotations

import datetime as dt
import re

from continuity.model.calendar import PlannedPayDay, calendar_13_months, payment_calendar
from continuity.model.kinds import Fallback, Function, Procedure, Role, Site, Step
from continuity.model.payments import who_confirms_stop
from continuity.planning.blocks import (
    WRITING,
    Block,
    Callout,
    Column,
    Document,
    Heading,
    Paragraph,
    Section,
    Steps,
    Table,
    Tick,
)
from continuity.planning.contents import front_lies, reach
from continuity.planning.contents.pay_day import PayDayView
from continuity.planning.contents.reach import strategic
from continuity.planning.material import Material

_NEVER = 10**9
#: Words by which a desk outside the agency says that it stops files, in both languages of the plans.
_STOPS = {"återkallelse", "recall"}


def front_pages(m: Material, contacts: bool = False) -> Document:
    """Return the pages that lie first in the binder; with numbers where ``contacts`` go along."""
    _ = m.words._
    return Document(
        code="first-hour",
        title=_("The first hour"),
        subtitle=_("Begin here, whatever has happened"),
        language=m.words.language,
        meta=m.meta(),
        sections=(
            _first(m),
            _leads(m),
            _where(m),
            _ring(m, contacts),
            front_lies.endures(m),
            _soon(m),
            _ahead(m),
            front_lies.lies(m),
        ),
    )


def alarm(m: Material) -> Procedure | None:
    """Return the card of the first hour: that of the function which must be back soonest."""

    def urgency(procedure: Procedure) -> tuple[int, str]:
        functions = [f for id_ in procedure.about if (f := m.organisation.of(Function, id_))]
        return min((f.rto or _NEVER for f in functions), default=_NEVER), procedure.code

    cards = [p for p in m.organisation.all(Procedure) if p.kind == "card"]
    return min(cards, key=urgency, default=None)


def _first(m: Material) -> Section:
    _ = m.words._
    card = alarm(m)
    title = _("What: the first hour")
    steps = m.organisation.parts(card.id, Step) if card else ()
    if card is None or not steps:
        return Section(title, (m.missing(_("No action card for the alarm is written."), "procedure"),))
    ticks = tuple(
        Tick(
            s.what,
            reach.with_codes(m, s.role) if s.role != card.role else "",
            " · ".join(t for t in (m.minutes(s.takes) if s.takes else "", reach.to_ring(m, s.what)) if t),
        )
        for s in steps
    )
    lead = _("Leads: {role}", role=m.role_and_deputies(card.role) or "–")
    blocks: list[Block] = [Paragraph(lead), Steps(ticks)]
    if card.stop:
        blocks.append(Callout("stop", card.stop))
    return Section(title, tuple(blocks))


def _leads(m: Material) -> Section:
    _ = m.words._
    title = _("Who leads")
    roles = leaders(m)
    if not roles:
        return Section(title, (m.missing(_("No leading role is filled in."), "role"),))
    columns = (Column(_("Role")), Column(_("Stands in, in order"), weight=2), Column(_("Reports at")))
    rows = tuple((r.name, m.names(r.deputies), m.name(r.site)) for r in roles)
    return Section(title, (Table(columns, rows, dense=True),))


def leaders(m: Material) -> list[Role]:
    """Return the strategic team, those who stand in for nobody first."""
    return strategic(m)


def _ring(m: Material, contacts: bool) -> Section:
    """Whom to ring in the first hour: who leads, payments, the bank's desk, owners of benefits."""
    _ = m.words._
    title = _("Whom to ring")
    rows = []
    for role in _rung(m):
        held = reach.numbers(m, role.id) if contacts else ""
        rows.append((role.name, reach.codes(m, role.id) or "–", held or WRITING))
    if not rows:
        return Section(title, (m.missing(_("No role is stated."), "role"),))
    columns = (Column(_("Role"), weight=1.4), Column(_("Contact page")), Column(_("Number")))
    note = Paragraph(_("All others: the call tree and the contact pages."), small=True)
    return Section(title, (Table(columns, tuple(rows), dense=True), note), new_page=True)


def _rung(m: Material) -> list[Role]:
    """The roles to ring: named in the steps, deciding on fallbacks, confirming a stop, owning a benefit."""
    org = m.organisation
    card = alarm(m)
    steps = org.parts(card.id, Step) if card else ()
    found = [*([card.role] if card else []), *(r.id for s in steps for r in reach.named_in(m, s.what))]
    found += [r.id for r in strategic(m)[:1]]
    for stream in m.streams():
        found += [r.id for r in who_confirms_stop(org, stream)[:1] if isinstance(r, Role)]
    found += _desks(m)
    found += [f.decider for f in org.all(Fallback) if f.enabled and not f.needs_ruling]
    return [role for id_ in dict.fromkeys(found) if (role := org.of(Role, id_))]


def _desks(m: Material) -> list[str]:
    """Roles outside the agency that stop a file at the bank, then those who own a benefit."""
    outside = [r for r in m.organisation.all(Role) if r.team == "external"]
    owners = {s.owner_agency for s in m.streams() if s.owner_agency}
    stops = [r.id for r in outside if _STOPS & set(re.findall(r"\w+", f"{r.name} {r.decides}".lower()))]
    return stops + [r.id for r in outside if any(reach.same(o, r.unit) for o in owners)]


def _where(m: Material) -> Section:
    _ = m.words._
    sites = command_sites(m)
    title = _("Where")
    if not sites:
        return Section(title, (m.missing(_("No command site is chosen."), "site", "command"),))
    columns = [Column(_("Command site")), Column(_("Name"), weight=1.5), Column(_("Work places"), "right")]
    if m.open_about_weakness:
        columns.append(Column(_("Place")))
    rows = []
    for site in sites:
        row = [m.choice(site, "command"), site.name, m.words.number(site.seats) if site.seats else "–"]
        if m.open_about_weakness:
            row.append(", ".join(p for p in (site.municipality, site.region) if p) or "–")
        rows.append(tuple(row))
    return Section(title, (Table(tuple(columns), tuple(rows), dense=True),))


def command_sites(m: Material) -> list[Site]:
    """Return the command sites, the main one first."""
    held = (s for s in m.organisation.all(Site) if s.command != "none")
    return sorted(held, key=lambda s: (s.command != "main", s.code))


def _soon(m: Material) -> Section:
    _ = m.words._
    first = m.generated.date()
    days = payment_calendar(m.organisation, first, first + dt.timedelta(days=31))
    title = _("Pay days of the next month")
    if not days:
        return Section(title, (m.missing(_("No payment stream has a pay day."), "stream", "pay_days"),))
    columns = (
        Column(_("Pay day")),
        Column(_("Payment stream"), weight=1.5),
        Column(_("Payees"), "right"),
        Column(_("File gone by")),
        Column(_("Stop or recall until")),
        Column(_("Livelihood")),
    )
    rows = _merged([_row(m, day) for day in days])
    note = _("Sole and main income come first. All hours and the fallbacks: the payment calendar.")
    return Section(title, (Table(columns, rows, dense=True), Paragraph(note, small=True)), new_page=True)


def _row(m: Material, day: PlannedPayDay) -> tuple[str, ...]:
    view = PayDayView(m, day, None)
    cutoffs = [s.cutoff for s in day.stages if s.cutoff]
    return (
        m.words.date(day.date, "short").replace(" ", "\u00a0"),
        view.stream.name,
        m.people(day.payees),
        _hour(m, min(cutoffs)) if cutoffs else "–",
        _hour(m, view.recall_by) if view.recall_by else "–",
        m.choice(view.stream, "livelihood"),
    )


def _merged(rows: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Rows that say the same but for the payees become one, with the payees of each."""
    found: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        found.setdefault((*row[:2], *row[3:]), []).append(row[2])
    return tuple((*key[:2], "\u00a0+\u00a0".join(payees), *key[2:]) for key, payees in found.items())


def _hour(m: Material, hour: dt.datetime) -> str:
    """An hour, marked where it had passed when the plan was made."""
    if hour > m.generated:
        return m.stamp(hour)
    return m.words._("{time}, passed", time=m.stamp(hour))


def _ahead(m: Material) -> Section:
    _ = m.words._
    days = calendar_13_months(m.organisation, m.generated.date())
    title = _("Pay days of thirteen months")
    if not days:
        return Section(title, (m.missing(_("No payment stream has a pay day."), "stream", "pay_days"),))
    how = _(
        "The first decision is that on the fallback with the earliest latest hour. Hours are Swedish time."
    )
    blocks: list[Block] = [Paragraph(how, small=True)]
    for month in sorted({d.date.replace(day=1) for d in days}):
        name = m.words.date(month, "long").split(" ", 1)[1]
        held = [d for d in days if d.date.replace(day=1) == month]
        blocks += [Heading(name[:1].upper() + name[1:]), _month(m, held)]
    return Section(title, tuple(blocks), new_page=True)


def _month(m: Material, days: list[PlannedPayDay]) -> Table:
    """The pay days of a month: streams with the same hours on one line."""
    _ = m.words._
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for day in days:
        view = PayDayView(m, day, None)
        cutoffs = [s.cutoff for s in day.stages if s.cutoff]
        decisions = [o.decide_by for o in view.options if o.fallback.enabled and not o.fallback.needs_ruling]
        hours = (min(cutoffs, default=None), view.recall_by, min(decisions, default=None))
        key = (_short(m, day.date), *(m.stamp(hour) if hour else "–" for hour in hours))
        found.setdefault(key, {})[view.stream.name + ("\u00a0*" if view.in_need else "")] = None
    columns = (
        Column(_("Pay day")),
        Column(_("Payment streams (* sole or main income)"), weight=3),
        Column(_("File gone by")),
        Column(_("Stop or recall until")),
        Column(_("First decision by")),
    )
    rows = tuple((key[0], ", ".join(names), *key[1:]) for key, names in found.items())
    return Table(columns, rows, dense=True)


def _short(m: Material, date: dt.date) -> str:
    return f"{m.words.date(date, 'short').split(' ')[0]}\u00a0{date.day}"
