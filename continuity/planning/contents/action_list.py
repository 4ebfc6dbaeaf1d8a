"""Gaps and actions in one list by date: what, who, until when, what it costs, what is overdue."""

from __future__ import annotations

import datetime as dt

from continuity.model.kinds import Gap, Measure
from continuity.planning.blocks import Block, Callout, Column, Document, Facts, Paragraph, Section, Table
from continuity.planning.contents.agency_weak import gap_section
from continuity.planning.contents.evidence import unverified_section
from continuity.planning.material import Material

_LAST = dt.date.max


def action_list(m: Material) -> Document:
    """Return the list of gaps and actions."""
    _ = m.words._
    return Document(
        code="actions",
        title=_("Gaps and actions"),
        subtitle=_("What is missing, who sees to it, until when, and what it costs"),
        language=m.words.language,
        meta=m.meta(),
        sections=(_sum(m), _by_date(m), _measures(m), gap_section(m), unverified_section(m)),
    )


def open_gaps(m: Material) -> list[Gap]:
    """Return the gaps that are not done, by date."""
    held = (g for g in m.organisation.all(Gap) if g.state in ("open", "started"))
    return sorted(held, key=lambda g: (g.due or _LAST, g.code))


def wanted(m: Material) -> list[Measure]:
    """Return the measures that do not exist yet, in their order of priority, then by date."""
    held = (x for x in m.organisation.all(Measure) if x.status != "existing" and x.family != "variant")
    return sorted(
        held,
        key=lambda x: (x.priority is None, x.priority or 0, x.status != "decided", x.due or _LAST, x.code),
    )


def _sum(m: Material) -> Section:
    _ = m.words._
    today = m.generated.date()
    gaps, measures = open_gaps(m), wanted(m)
    late = [g for g in gaps if g.due and g.due < today]
    late_measures = [x for x in measures if x.status == "decided" and x.due and x.due < today]
    nobody = [g for g in gaps if g.owner is None or g.due is None]
    decided = [x for x in measures if x.status == "decided"]
    rows = (
        (_("Open gaps"), m.words.number(len(gaps))),
        (_("Of which overdue"), m.words.number(len(late))),
        (_("Without owner or date"), m.words.number(len(nobody))),
        (_("Measures decided, not in place"), m.words.number(len(decided))),
        (_("They cost once, and per year"), _cost(m, decided)),
        (_("Measures thought of, not decided"), m.words.number(len(measures) - len(decided))),
        (_("They would cost once, and per year"), _cost(m, [x for x in measures if x.status != "decided"])),
    )
    blocks: list[Block] = [Facts(rows)]
    names = [g.name for g in late] + [x.name for x in late_measures]
    if names:
        blocks.append(Callout("warn", _("Overdue: {names}.", names="; ".join(names))))
    return Section(_("In brief"), tuple(blocks))


def _cost(m: Material, measures: list[Measure]) -> str:
    once, yearly = sum(x.cost_once for x in measures), sum(x.cost_yearly for x in measures)
    return m.words._("{once}; {yearly} a year", once=m.words.sek(once), yearly=m.words.sek(yearly))


def _by_date(m: Material) -> Section:
    _ = m.words._
    title = _("By date")
    held = open_gaps(m)
    if not held:
        return Section(title, (Paragraph(_("No open gap is stated.")),))
    today = m.generated.date()
    columns = (
        Column(_("Due")),
        Column(_("Gap"), weight=1.6),
        Column(_("Needed against achievable"), weight=1.8),
        Column(_("Measure"), weight=1.2),
        Column(_("Owner")),
        Column(_("State")),
    )
    rows = tuple(
        (
            _due(m, g.due, today),
            g.name,
            _("{needed} / {have}", needed=g.needed or "–", have=g.achievable or "–"),
            m.name(g.measure) if g.measure else "–",
            m.role(g.owner) or _("nobody"),
            m.choice(g, "state"),
        )
        for g in held
    )
    return Section(title, (Table(columns, rows, dense=True),))


def _due(m: Material, due: dt.date | None, today: dt.date) -> str:
    if due is None:
        return m.words._("no date")
    shown = m.words.date(due, "iso")
    return m.words._("{date}, overdue", date=shown) if due < today else shown


def _measures(m: Material) -> Section:
    _ = m.words._
    title = _("Measures in order of priority")
    held = wanted(m)
    if not held:
        return Section(title, (m.missing(_("No measures are filled in."), "measure"),))
    columns = (
        Column(_("Order"), "right"),
        Column(_("Measure"), weight=1.6),
        Column(_("Status")),
        Column(_("Once"), "right"),
        Column(_("Per year"), "right"),
        Column(_("Owner")),
        Column(_("Due")),
    )
    rows = tuple(
        (
            str(x.priority) if x.priority else "–",
            x.name,
            m.choice(x, "status"),
            m.words.sek(x.cost_once),
            m.words.sek(x.cost_yearly),
            m.role(x.owner) or _("nobody"),
            m.words.date(x.due, "iso") if x.due else _("no date"),
        )
        for x in held
    )
    blocks: list[Block] = [Table(columns, rows, dense=True)]
    if not any(x.priority for x in held):
        blocks.append(m.missing(_("The order of measures is not decided."), "measure", "priority"))
    return Section(title, tuple(blocks))
