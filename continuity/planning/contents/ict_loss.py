"""The plan for loss of ICT: what is needed by when, what can be done without, black start, data loss."""

from __future__ import annotations

from continuity.analysis.rollup import Row
from continuity.model.kinds import Cycle, Function, Resource
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
from continuity.planning.contents import parts
from continuity.planning.contents.loss import loss_document
from continuity.planning.material import Material

_MOST = 30
_ICT = ("ict", "information")


def ict_loss_plan(m: Material) -> Document:
    """Return the plan for loss of ICT."""
    _ = m.words._
    return loss_document(
        m,
        "ict-loss",
        _("Loss of ICT"),
        _("What must be back by when, work without systems, restart and data loss"),
        (_triggers(m), _without(m), _systems(m), _data(m), _restart(m), *_steps(m)),
        contents=True,
    )


def _triggers(m: Material) -> Section:
    _ = m.words._
    lines = (
        _("A system in the table below is down, or will be, longer than is asked of it."),
        _("Identity, names, certificates or the network fail: all else waits for them."),
        _("Suspicion of intrusion or changed data: isolate first, then this plan."),
        _("A data hall loses power, cooling or its way out for longer than its buffers last."),
    )
    card = next((p for p in parts.procedures_of_kind(m, "restart")), None)
    who = m.role_and_deputies(card.role) if card else ""
    text = _(
        "Leads: {role}. IT incidents are reported promptly, also as a supplier to other agencies "
        "(2022:524 § 14).",
        role=who or "–",
    )
    return Section(_("The plan is set in motion when"), (Bullets(lines), Paragraph(text)))


def _without(m: Material) -> Section:
    """What each function does by hand meanwhile."""
    _ = m.words._
    title = _("Work without systems")
    held = sorted((f for f in m.organisation.all(Function) if f.in_use), key=lambda f: (f.priority, f.code))
    if not held:
        return Section(title, (m.missing(_("No functions are filled in."), "function"),))
    columns = (
        Column(_("Function"), weight=1.2),
        Column(_("Tolerates"), "right"),
        Column(_("By hand meanwhile"), weight=3),
    )
    rows = tuple((f.name, m.minutes(f.mtpd), f.manual or _("nothing is stated")) for f in held)
    blocks: list[Block] = [Table(columns, rows, dense=True)]
    blank = [f.name for f in held if not f.manual]
    if blank:
        what = _("No manual alternative: {names}.", names=", ".join(blank))
        blocks.append(m.missing(what, "function", "manual"))
    return Section(title, tuple(blocks))


def ict_rows(m: Material) -> list[tuple[Resource, Row]]:
    """Return ICT resources with what is asked of them and what they can do, the largest gap first."""
    held = []
    for row in m.roll_up.rows:
        resource = m.organisation.of(Resource, row.element)
        if resource is not None and resource.category in _ICT:
            held.append((resource, row))
    return held


def _systems(m: Material) -> Section:
    _ = m.words._
    title = _("What must be back by when")
    held = [(r, row) for r, row in ict_rows(m) if row.needed]
    if not held:
        return Section(title, (m.missing(_("Nothing is asked of any system."), "function", "rto"),))
    columns = (
        Column(_("System"), weight=1.5),
        Column(_("Asked by"), weight=1.4),
        Column(_("Needed"), "right"),
        Column(_("Alone"), "right"),
        Column(_("With all it needs"), "right"),
        Column(_("Gap"), "right"),
        Column(_("Owner"), weight=1.1),
    )
    rows = tuple(
        (
            r.name,
            m.name(row.needed.function) if row.needed else "–",
            m.minutes(row.needed.minutes) if row.needed else "–",
            m.minutes(row.own),
            m.minutes(row.capability.minutes),
            m.minutes(row.gap) if row.gap and row.gap > 0 else _("none"),
            m.element_owner(r.id) or "–",
        )
        for r, row in held[:_MOST]
    )
    how = _("The strictest demand of any function that rests on it; largest gap first.")
    return Section(title, (Paragraph(how, small=True), Table(columns, rows, dense=True)))


def _data(m: Material) -> Section:
    """How old the data are that come back."""
    _ = m.words._
    title = _("Data loss")
    held = [(r, row) for r, row in ict_rows(m) if row.data or r.achievable_rpo is not None]
    if not held:
        return Section(title, (m.missing(_("No tolerable data loss is stated."), "function", "rpo"),))
    columns = (
        Column(_("Where data are"), weight=1.6),
        Column(_("May be lost"), "right"),
        Column(_("Age of the last clean copy"), "right"),
        Column(_("Judgement")),
    )
    rows = tuple((r.name, *_loss(m, r, row)) for r, row in held[:_MOST])
    how = _(
        "In an attack the last clean copy counts, not the last backup. Work since then is found on paper and "
        "entered again before anything is paid from restored data."
    )
    return Section(title, (Paragraph(how), Table(columns, rows, dense=True)))


def _loss(m: Material, resource: Resource, row: Row) -> tuple[str, str, str]:
    _ = m.words._
    asked = m.minutes(row.data.minutes) if row.data else "–"
    if resource.achievable_rpo is None:
        return asked, "–", _("not known") if row.data else "–"
    bad = bool(row.data_gap and row.data_gap > 0)
    return asked, m.minutes(resource.achievable_rpo), _("too old") if bad else _("enough")


def _restart(m: Material) -> Section:
    _ = m.words._
    text = _(
        "The restart order says what starts first, what may start at the same time, and how long it takes at "
        "best and at worst. Nothing is started before what it needs."
    )
    blocks: list[Block] = [Paragraph(text)]
    cycles = m.organisation.all(Cycle)
    if cycles:
        columns = (
            Column(_("Need each other: started by hand"), weight=1.5),
            Column(_("Members"), weight=2),
            Column(_("Black start takes"), "right"),
            Column(_("Owner")),
        )
        rows = tuple((c.name, m.names(c.members), m.minutes(c.delay), m.role(c.owner) or "–") for c in cycles)
        blocks.append(Table(columns, rows, dense=True))
    if m.open_about_weakness:
        alone = [w for w in m.structure.single_points if _is_ict(m, w.element)][:8]
        if alone:
            names = "\n".join(
                _("{name}: {n} functions fall", name=m.name(w.element), n=len(w.functions)) for w in alone
            )
            blocks.append(Callout("warn", _("Single points of failure"), tuple(names.split("\n"))))
    return Section(_("Restart"), tuple(blocks))


def _is_ict(m: Material, element: str) -> bool:
    resource = m.organisation.of(Resource, element)
    return resource is not None and resource.category in _ICT


def _steps(m: Material) -> list[Section]:
    _ = m.words._
    ict = {r.id for r in m.organisation.all(Resource) if r.category in _ICT}
    ict |= {c.id for c in m.organisation.all(Cycle)}
    held = [p for p in parts.procedures_of_kind(m, "card", "restart") if ict & {*p.about}]
    if not held:
        return [Section(_("Do this"), (m.missing(_("No procedure names a system."), "procedure", "about"),))]
    return [Section(_("Do this"), tuple(b for p in held for b in parts.procedure_blocks(m, p)))]
