"""The end of a function's plan: payments that hang on it, stand-down, whom to ring, gaps."""

from __future__ import annotations

from typing import Final

from continuity.model.kinds import Contact, Element, Function, Gap, Stage
from continuity.planning.blocks import Column, Paragraph, Section, Table
from continuity.planning.contents import parts
from continuity.planning.material import Material

STAND_DOWN: Final = "stand_down"


def payments(m: Material, f: Function) -> Section:
    """Return the payment streams that this function decides or carries."""
    _ = m.words._
    held = [
        s
        for s in m.streams()
        if s.function == f.id or any(e.element == f.id for e in m.organisation.parts(s.id, Stage))
    ]
    title = _("Payments that hang on it")
    if not held:
        return Section(title, (Paragraph(_("No payment stream names this function.")),))
    columns = (
        Column(_("Payment stream"), weight=1.5),
        Column(_("Payees a month"), "right"),
        Column(_("SEK a month"), "right"),
        Column(_("Livelihood class")),
        Column(_("Pay days")),
    )
    rows = tuple(
        (
            s.name,
            m.people(s.payees),
            m.words.sek(s.payees * s.amount),
            m.choice(s, "livelihood"),
            ", ".join(str(d.day) for d in s.pay_days) or "–",
        )
        for s in held
    )
    return Section(title, (Table(columns, rows),))


def stand_down(m: Material, f: Function) -> Section:
    """Return when and how the plan ends."""
    _ = m.words._
    title = _("Stand-down")
    condition = Paragraph(
        _(
            "The plan ends when the function has been at or above {level} for a full day, what it needs "
            "works without "
            "standby, and the backlog falls. The owner decides and writes it in the log.",
            level=m.words.level(f.mbco),
        )
    )
    held = [p for p in parts.about(m, f.id) if p.kind == STAND_DOWN]
    if not held:
        what = _("No stand-down procedure belongs to this function.")
        return Section(title, (condition, m.missing(what, "procedure", "about")))
    return Section(title, (condition, *(b for p in held for b in parts.procedure_blocks(m, p))))


def ring(m: Material, f: Function) -> Section:
    """Return the roles to ring, with their lines on the contact pages."""
    _ = m.words._
    near = [f, *(e for s in m.graph.suppliers(f.id) if (e := m.organisation.of(Element, s)))]
    roles = [f.owner, f.deputy, *(e.owner for e in near)]
    rows = []
    for id_ in dict.fromkeys(r for r in roles if r):
        codes = ", ".join(c.code for c in m.organisation.all(Contact) if c.role == id_)
        why = [e.name for e in near if e.owner == id_]
        rows.append((m.name(id_), ", ".join(why) or f.name, codes or _("no line")))
    if not rows:
        return Section(_("Whom to ring"), (m.missing(_("No role is stated."), "function", "owner", f),))
    columns = (Column(_("Role")), Column(_("For"), weight=1.6), Column(_("Line on the contact pages")))
    return Section(_("Whom to ring"), (Table(columns, tuple(rows)),))


def gaps(m: Material, f: Function) -> Section:
    """Return the open gaps of the function and of what it needs directly."""
    _ = m.words._
    near = {f.id, *m.graph.suppliers(f.id)}
    held = [g for g in m.organisation.all(Gap) if g.about in near and g.state != "done"]
    if not held:
        return Section(
            _("Gaps"), (Paragraph(_("No open gap concerns this function or what it needs directly.")),)
        )
    return Section(_("Gaps"), (gap_table(m, held),))


def gap_table(m: Material, gaps: list[Gap]) -> Table:
    """Return gaps: needed against achievable, owner, date, state."""
    _ = m.words._
    columns = (
        Column(_("Gap"), weight=1.6),
        Column(_("Concerns")),
        Column(_("Needed")),
        Column(_("Achievable")),
        Column(_("Owner")),
        Column(_("Due")),
        Column(_("State")),
    )
    rows = tuple(
        (
            g.name,
            m.name(g.about),
            g.needed or "–",
            g.achievable or "–",
            m.role(g.owner) or _("nobody"),
            m.words.date(g.due, "iso") if g.due else _("no date"),
            m.choice(g, "state"),
        )
        for g in gaps
    )
    return Table(columns, rows)
