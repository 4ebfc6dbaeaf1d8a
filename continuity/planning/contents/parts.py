"""Parts that several plans share: needs, staff, procedures, control of the plan."""

from __future__ import annotations

from collections.abc import Iterable

from continuity.model.kinds import Need, Plan, Procedure, StaffGroup, Step, Supply
from continuity.model.kinds.actions import PROCEDURE_KINDS
from continuity.model.staffing import SMALLEST_GROUP
from continuity.planning.blocks import Block, Callout, Column, Heading, Paragraph, Steps, Table, Tick
from continuity.planning.material import Material

#: Tables with more rows than this are set tighter.
_FEW = 8
#: Kinds of procedure that come before or after their place in the declaration.
_WHEN = {"decision": 0.5, "fallback": 0.6, "manual": 0.7}


def needs_table(m: Material, needs: Iterable[Need], *, whose: bool = False) -> Table:
    """Return what is needed, from whom, and how long one manages without (in the full plan)."""
    _ = m.words._
    columns = [Column(_("Whose"))] if whose else []
    columns += [Column(_("Need")), Column(_("Supplied by"), weight=1.6)]
    if m.open_about_weakness:
        columns += [Column(_("Manages without"), "right"), Column(_("What then remains"), "right")]
    columns.append(Column(_("Restart lag"), "right"))
    rows = []
    for need in needs:
        row = [m.name(need.dependent)] if whose else []
        row += [need.name, suppliers(m, need)]
        if m.open_about_weakness:
            row += [m.minutes(need.autonomy) if need.autonomy else _("nothing"), m.words.level(need.floor)]
        row.append(m.minutes(need.restart_lag) if need.restart_lag else "–")
        rows.append(tuple(row))
    return Table(tuple(columns), tuple(rows))


def suppliers(m: Material, need: Need) -> str:
    """Say who supplies a need and by which rule."""
    _ = m.words._
    held = m.graph.supplies(need)
    first = [m.name(s.element) for s in held if not s.standby]
    text = ", ".join(first) or _("nobody")
    if need.rule == "k_of_n":
        text = _("at least {k} of: {names}", k=need.k, names=text)
    elif need.rule == "share" and need.required:
        text = _(
            "{n} {unit} of: {names}",
            n=m.words.number(need.required),
            unit=need.unit or _("units"),
            names=text,
        )
    return "\n".join([text, *(_standby(m, s) for s in held if s.standby)])


def _standby(m: Material, supply: Supply) -> str:
    _ = m.words._
    text = _(
        "standby: {name}, after {delay}",
        name=m.name(supply.element),
        delay=m.minutes(supply.activation_delay),
    )
    if supply.endurance is None or not m.open_about_weakness:
        return text
    return _("{standby}, lasts {endurance}", standby=text, endurance=m.minutes(supply.endurance))


def staff_table(m: Material, groups: Iterable[StaffGroup]) -> Table:
    """Return groups with crews, endurance and placement; small groups without figures of placement."""
    _ = m.words._
    columns = (
        Column(_("Staff group"), weight=1.5),
        Column(_("Number of people"), "right"),
        Column(_("Minimum crew per shift"), "right"),
        Column(_("Shifts"), "right"),
        Column(_("Lasts at minimum crew"), "right"),
        Column(_("Placed here in war"), "right"),
        Column(_("Not here, or not checked"), "right"),
        Column(_("Stands in")),
    )
    rows = tuple(
        (
            g.name,
            m.words.number(g.headcount),
            m.words.number(g.minimum_crew),
            str(g.shifts),
            m.minutes(g.endurance),
            *_placed(m, g),
            m.names(g.stand_ins),
        )
        for g in groups
    )
    return Table(columns, rows, dense=len(rows) > _FEW)


def _placed(m: Material, group: StaffGroup) -> tuple[str, str]:
    here = group.placed_here
    away = (group.placed_elsewhere or 0) + (group.not_checked or 0)
    if group.headcount < SMALLEST_GROUP:
        return m.words._("small group"), m.words._("small group")
    unknown = group.placed_elsewhere is None and group.not_checked is None
    return "–" if here is None else m.words.number(here), "–" if unknown else m.words.number(away)


def procedure_blocks(m: Material, procedure: Procedure) -> list[Block]:
    """Return a procedure as a heading, its trigger and its steps."""
    _ = m.words._
    lead = _("Leads: {role}. Card {code}.", role=m.role(procedure.role) or "–", code=procedure.code)
    blocks: list[Block] = [Heading(procedure.name), Paragraph(f"{procedure.trigger}\n{lead}".strip())]
    steps = m.organisation.parts(procedure.id, Step)
    if steps:
        ticks = tuple(Tick(s.what, m.role(s.role), m.minutes(s.takes) if s.takes else "") for s in steps)
        blocks.append(Steps(ticks))
    else:
        blocks.append(m.missing(_("No steps are written."), "procedure", "", procedure))
    if procedure.stop:
        blocks.append(Callout("stop", procedure.stop))
    return blocks


def judgement(m: Material) -> Paragraph:
    """Return the note below what is professional judgement and the same for every agency."""
    text = m.words._(
        "Professional judgement, the same for every agency; the agency's own cards go before it."
    )
    return Paragraph(text, small=True)


def about(m: Material, id_: str) -> list[Procedure]:
    """Return the procedures that belong to a record, in the order in which they are reached for."""
    order = list(PROCEDURE_KINDS)
    held = [p for p in m.organisation.all(Procedure) if id_ in p.about]
    return sorted(held, key=lambda p: _WHEN.get(p.kind, order.index(p.kind)))


def procedures_of_kind(m: Material, *kinds: str) -> list[Procedure]:
    """Return the procedures of some kinds, by code."""
    return [p for p in m.organisation.all(Procedure) if p.kind in kinds]


def plan_of(m: Material, function: str | None) -> Plan | None:
    """Return the control of the plan that covers a function; of the most covering plan for None."""
    plans = m.organisation.all(Plan)
    if function is None:
        return max(plans, key=lambda p: len(p.covers), default=None)
    return min((p for p in plans if function in p.covers), key=lambda p: len(p.covers), default=None)


def control_facts(m: Material, plan: Plan | None) -> tuple[tuple[str, str], ...]:
    """Return owner, approval and validity for the head of a plan."""
    _ = m.words._
    if plan is None:
        return ()
    approved = m.role(plan.approved_by)
    if approved and plan.approved_on:
        approved = _("{role}, {date}", role=approved, date=m.words.date(plan.approved_on))
    rows = (
        (_("Owner"), m.role(plan.owner)),
        (_("Approved by"), approved),
        (_("Valid until"), _valid(m, plan)),
    )
    return tuple((label, text) for label, text in rows if text)


def _valid(m: Material, plan: Plan) -> str:
    """Until when a plan is valid; said loudly where that has passed."""
    if plan.valid_until is None:
        return ""
    day = m.words.date(plan.valid_until)
    return m.words._("{date}: HAS RUN OUT", date=day) if plan.valid_until < m.generated.date() else day


def copies_table(m: Material, plan: Plan) -> Table:
    """Return the numbered copies of a plan: who has each, where it lies, what became of it."""
    _ = m.words._
    columns = (
        Column(_("Copy no."), "right"),
        Column(_("Holder"), weight=1.6),
        Column(_("Kept at"), weight=1.6),
        Column(_("Received")),
        Column(_("Taken back")),
        Column(_("Destroyed")),
    )
    hidden = "" if m.open_about_weakness else _("see the full plan")
    rows = tuple(
        (
            str(c.number),
            c.holder,
            hidden or c.place or "–",
            *(m.words.date(d, "iso") if d else "" for d in (c.received, c.taken_back, c.destroyed)),
        )
        for c in sorted(plan.holders, key=lambda c: c.number)
    )
    return Table(columns, rows, caption=_("Distribution list: numbered copies"), dense=True)


def control_in_brief(m: Material, plan: Plan | None) -> tuple[Block, ...]:
    """Return version and validity in a few lines; the copies stand in the agency's own plan."""
    _ = m.words._
    if plan is None:
        return (m.missing(_("No plan record controls version and distribution."), "plan"),)
    text = _(
        "Version {version}; {n} numbered copies, who has them and where stands in the "
        "agency's plan. Made from "
        "model {fingerprint}, {date}.",
        version=plan.version or "–",
        n=plan.copies,
        fingerprint=m.fingerprint,
        date=m.words.datetime(m.generated),
    )
    return (Paragraph(text, small=True),)


def control_blocks(m: Material, plan: Plan | None) -> tuple[Block, ...]:
    """Return version control and distribution list."""
    _ = m.words._
    if plan is None:
        return (m.missing(_("No plan record controls version and distribution."), "plan"),)
    columns = (
        Column(_("Version")),
        Column(_("Approved by")),
        Column(_("Date")),
        Column(_("Valid until")),
        Column(_("Numbered copies"), "right"),
    )
    row = (
        plan.version or "–",
        m.role(plan.approved_by) or "–",
        m.words.date(plan.approved_on) if plan.approved_on else "–",
        m.words.date(plan.valid_until) if plan.valid_until else "–",
        m.words.number(plan.copies),
    )
    blocks: list[Block] = [Table(columns, (row,))]
    if plan.holders:
        blocks.append(copies_table(m, plan))
    elif plan.distribution:
        blocks.append(Paragraph(_("Distribution list: {list}", list=plan.distribution)))
    else:
        blocks.append(m.missing(_("The distribution list is empty."), "plan", "distribution", plan))
    made = _(
        "Made from model {fingerprint}, {date}.",
        fingerprint=m.fingerprint,
        date=m.words.datetime(m.generated),
    )
    blocks.append(Paragraph(made, source=m.source, small=True))
    return tuple(blocks)
