"""Parts that several plans share: needs, course in the run, staff, procedures, control of the plan."""

from __future__ import annotations

from collections.abc import Iterable

from continuity.model.kinds import Element, Function, Need, Plan, Procedure, StaffGroup, Step, Supply, kind_of
from continuity.model.kinds.actions import PROCEDURE_KINDS
from continuity.planning.blocks import Block, Callout, Column, Figure, Heading, Paragraph, Steps, Table, Tick
from continuity.planning.charts.layers import Node, layer_picture
from continuity.planning.charts.levels import Course, Mark, Spell, level_picture, spells
from continuity.planning.material import Material
from continuity.simulation.result import FunctionResult

#: Groups smaller than this are not shown in figures that go out of the house.
SMALLEST_GROUP = 5
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


def dependency_figure(m: Material, elements: set[str], title: str, *, whole: bool) -> Figure:
    """Return the picture of who needs whom among ``elements``, with its text alternative and table."""
    _ = m.words._
    layers, edges = m.graph.layers(elements)
    nodes = [[Node(e, m.name(e), _kind(m, e)) for e in layer] for layer in layers]
    width, height = (1111.0, 620.0) if whole else (482.0, 330.0)
    svg = layer_picture(nodes, edges, title, m.words, width=width, most_height=height)
    said = [
        _("Layer {n}: {names}.", n=number, names=", ".join(m.name(e) for e in layer))
        for number, layer in enumerate(layers, 1)
    ]
    alternative = _(
        "{title}. Each needs some of those in later layers. {layers}", title=title, layers=" ".join(said)
    )
    columns = (Column(_("Who")), Column(_("Needs"), weight=2.5))
    needed: dict[str, list[str]] = {}
    for a, b in edges:
        needed.setdefault(a, []).append(b)
    rows = tuple((m.name(a), m.names(held)) for a, held in sorted(needed.items(), key=lambda p: m.name(p[0])))
    table = Table(columns, rows) if rows else None
    return Figure(svg, alternative, title, table, page="a3" if whole else "")


def _kind(m: Material, element: str) -> str:
    record = m.organisation.get(element)
    return kind_of(record).name if record else "resource"


def course_blocks(m: Material, function: Function) -> list[Block]:
    """Return the picture of a function's level over time in the run, and its causes."""
    result = m.function_results.get(function.id)
    if result is None or m.run is None:
        return [Callout("note", m.words._("No run: the expected course is not known."))]
    return [course_figure(m, function, result), *_causes(m, result)]


def course_figure(m: Material, function: Function, result: FunctionResult) -> Figure:
    """Return level over time with pay days, in words and in figures too."""
    _ = m.words._
    assert m.run is not None
    levels = result.levels
    course = Course(m.run.meta.start, m.run.grid, levels.p50, levels.p10, function.mbco)
    marks = {p.date: Mark(p.due, str(p.date.day)) for p in m.run.pay_days}
    title = _("Level of {function} over time", function=function.name)
    svg = level_picture(course, marks.values(), title, m.words)
    said = [
        _("Typical run: {spells}.", spells=_spells(m, spells(course.grid, levels.p50, function.mbco))),
        _(
            "One run in ten is this bad or worse: {spells}.",
            spells=_spells(m, spells(course.grid, levels.p10, function.mbco)),
        ),
    ]
    step = max(1, len(course.grid) // 24)
    columns = (
        Column(_("When")),
        Column(_("Typical"), "right"),
        Column(_("One in ten at most"), "right"),
        Column(_("Lowest of all runs"), "right"),
    )
    rows = tuple(
        (m.minute(minute), m.words.level(typical), m.words.level(bad), m.words.level(lowest))
        for minute, typical, bad, lowest in list(
            zip(course.grid, levels.p50, levels.p10, levels.lowest, strict=True)
        )[::step]
    )
    return Figure(svg, " ".join([f"{title}.", *said]), title, Table(columns, rows), source=m.source)


def _spells(m: Material, found: list[Spell]) -> str:
    _ = m.words._
    if not found:
        return _("never below the lowest acceptable level")
    return "; ".join(
        _("below the lowest acceptable level from {start} to the end of the run", start=m.minute(s.start))
        if s.open
        else _(
            "below the lowest acceptable level from {start} to {end}",
            start=m.minute(s.start),
            end=m.minute(s.end),
        )
        for s in found[:4]
    )


def _causes(m: Material, result: FunctionResult) -> list[Block]:
    _ = m.words._
    held = [c for c in result.causes if m.organisation.of(Element, c.element)][:6]
    if not held:
        return []
    columns = (
        Column(_("What brings it down"), weight=2),
        Column(_("How"), weight=1.2),
        Column(_("Typically since")),
        Column(_("Of the runs"), "right"),
    )
    rows = tuple(
        (m.name(c.element), cause_word(m, c.code), m.minute(c.minute), m.share(c.share)) for c in held
    )
    return [Table(columns, rows, source=m.source)]


def cause_word(m: Material, code: str) -> str:
    """Say in words how an element fell."""
    _ = m.words._
    known = {
        "outage": _("hit by the event"),
        "failure": _("failed by itself"),
        "staff": _("staff missing"),
        "buffer_empty": _("its buffer ran empty"),
        "standby_empty": _("standby ran out"),
        "below_threshold": _("too low a level"),
        "late_stage": _("a late stage"),
    }
    return known.get(code, code.replace("_", " "))


def staff_table(m: Material, groups: Iterable[StaffGroup]) -> Table:
    """Return groups with crews, endurance and placement; small groups without figures of placement."""
    _ = m.words._
    columns = (
        Column(_("Staff group"), weight=1.5),
        Column(_("People"), "right"),
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
    return Table(columns, rows)


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
        (_("Valid until"), m.words.date(plan.valid_until) if plan.valid_until else ""),
    )
    return tuple((label, text) for label, text in rows if text)


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
    if plan.distribution:
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
