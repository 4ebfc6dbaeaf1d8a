"""Weak points, buffers with the hour at which each runs empty, staff, resources over time, gaps."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right

from continuity.analysis.structure import Weight
from continuity.model.kinds import Function, Gap, Resource, StaffGroup
from continuity.planning.blocks import Block, Callout, Column, Paragraph, Section, Table
from continuity.planning.contents import parts, pictures
from continuity.planning.contents.function_after import gap_table
from continuity.planning.contents.hours import buffer_columns, buffer_row
from continuity.planning.material import Material
from continuity.words import N_

_PICTURED = 44
_MOST = 40
_WHOLE = 995  # permille: shown as 100 %
_HOUR, _DAY = 60, 1440
#: Times after the start at which levels are told.
_AFTER = (4 * _HOUR, 12 * _HOUR, _DAY, 3 * _DAY, 7 * _DAY, 14 * _DAY, 28 * _DAY, 56 * _DAY)
_GAPS = {
    "rto_over_mtpd": N_("Recovery time needed is longer than the longest tolerable outage"),
    "wrt_over_mtpd": N_("Recovery and catching up are longer than the longest tolerable outage"),
    "achievable_over_rto": N_("Achievable recovery is slower than needed"),
    "sla_over_rto": N_("The agreed recovery (SLA) is slower than needed"),
}


def dependencies(m: Material) -> Section:
    """Return what most functions rest on."""
    _ = m.words._
    functions = {f.id for f in m.organisation.all(Function) if f.in_use}
    title = _("Interdependencies")
    if not functions:
        return Section(title, (m.missing(_("No functions are filled in."), "function"),))
    carried = m.graph.carried()
    rest = sorted(
        (e for e in carried if e not in functions and carried[e]), key=lambda e: (-carried[e], m.name(e))
    )
    columns = (
        Column(_("What"), weight=1.6),
        Column(_("Owner")),
        Column(_("Functions that rest on it"), "right"),
    )
    rows = tuple((m.name(e), m.element_owner(e) or "–", m.words.number(carried[e])) for e in rest[:15])
    text = _(
        "Other plans: each team, each critical function and each site has its own; so have "
        "loss of staff, ICT "
        "and suppliers, the payment chain, and heightened preparedness and war. The restart order says what "
        "starts first; the payment calendar and the decision sheets say when what must be decided."
    )
    blocks: list[Block] = [Paragraph(text)]
    if rows:
        blocks.append(Table(columns, rows))
    return Section(title, tuple(blocks))


def picture(m: Material) -> Section | None:
    """Return the picture of who needs whom; it has a page of its own, so it stands last."""
    _ = m.words._
    functions = {f.id for f in m.organisation.all(Function) if f.in_use}
    if not functions:
        return None
    carried = m.graph.carried()
    rest = sorted(
        (e for e in carried if e not in functions and carried[e]), key=lambda e: (-carried[e], m.name(e))
    )
    shown = functions | set(rest[: max(_PICTURED - len(functions), 12)])
    name = _("The functions and what most of them rest on")
    where = Paragraph(_("On paper the picture has a sheet of its own, in A3."))
    figure = pictures.dependency_figure(m, shown, name, whole=True)
    return Section(_("Appendix: who needs whom"), (where, figure))


def weak_points(m: Material) -> Section:
    """Return the single points of failure, most payees first."""
    _ = m.words._
    held = m.structure.single_points
    title = _("Single points of failure")
    if not held:
        return Section(title, (Paragraph(_("No element alone brings a function or a payment stream down.")),))
    columns = (
        Column(_("If this alone falls"), weight=1.6),
        Column(_("Functions that fall"), weight=2),
        Column(_("Payment streams that stop"), "right"),
        Column(_("Payees a month"), "right"),
        Column(_("Streams weakened"), "right"),
        Column(_("Payees a month"), "right"),
    )
    rows = tuple(_weak(m, w) for w in held[:_MOST])
    text = _("Buffers are not counted: this is what remains when they are empty.")
    apart = _(
        "A stream stops when one of its stages falls below the level that stage needs. It is weakened when "
        "its stages still work, but a function that decides it or carries it out falls below its lowest "
        "acceptable level: fewer payments are prepared, errors rise, and the next loss may stop it. No "
        "element here is harmless."
    )
    blocks: list[Block] = [Paragraph(text), Paragraph(apart), Table(columns, rows, dense=True)]
    if len(held) > _MOST:
        blocks.append(Callout("left_out", _("{n} more are in the program.", n=len(held) - _MOST)))
    return Section(title, tuple(blocks))


def _weak(m: Material, weight: Weight) -> tuple[str, ...]:
    _ = m.words._
    names = m.names(weight.functions[:3])
    if len(weight.functions) > 3:
        names = _("{names} and {n} more", names=names, n=len(weight.functions) - 3)
    return (
        m.name(weight.element),
        names,
        m.words.number(len(weight.streams)),
        m.people(weight.payees),
        m.words.number(len(weight.weakened)),
        m.people(weight.weakened_payees),
    )


def buffers(m: Material) -> Section:
    """Return the buffers, shortest first, with the hour at which each runs empty in the run."""
    _ = m.words._
    held = [b for b in m.structure.buffers if b.minutes is not None]
    title = _("Buffers, and when they run empty")
    if not held:
        return Section(title, (m.missing(_("No buffers are stated."), "need", "autonomy"),))
    rows = tuple(buffer_row(m, b) for b in held[:_MOST])
    text = _(
        "Shortest first. Counted from the hour at which the supply is lost whole; a part of the supply "
        "makes it "
        "last longer."
    )
    blocks: list[Block] = [Paragraph(text), Table(buffer_columns(m), rows, source=m.source, dense=True)]
    if len(held) > _MOST:
        blocks.append(
            Callout("left_out", _("{n} longer ones are in the plans of the functions.", n=len(held) - _MOST))
        )
    return Section(title, tuple(blocks))


def staff(m: Material) -> Section:
    """Return all staff groups with crews and placement."""
    _ = m.words._
    held = m.organisation.all(StaffGroup)
    if not held:
        return Section(_("Staff"), (m.missing(_("No staff groups are filled in."), "staff_group"),))
    old = [g.name for g in held if g.placement_checked is None or _too_old(m, g.placement_checked)]
    blocks: list[Block] = [parts.staff_table(m, held)]
    if old:
        text = _("Placement in war is not checked within a year for: {names}.", names=", ".join(old))
        blocks.append(Callout("warn", text))
    return Section(_("Staff and minimum crews"), tuple(blocks))


def _too_old(m: Material, checked: dt.date) -> bool:
    return m.generated.date() - checked > dt.timedelta(days=366)


def over_time(m: Material) -> Section:
    """Return the levels of the resources that carry most, at times after the start."""
    _ = m.words._
    title = _("Resources over time")
    if m.run is None:
        return Section(
            title, (Callout("note", _("No run: which resources remain, and when, is not known.")),)
        )
    carried = m.graph.carried()
    held = [r for r in m.organisation.all(Resource) if carried.get(r.id)]
    groups = [g for g in m.organisation.all(StaffGroup) if carried.get(g.id)]
    by_weight = (
        sorted(held, key=lambda r: (-carried[r.id], r.code))[:18]
        + sorted(groups, key=lambda g: (-carried[g.id], g.code))[:8]
    )
    results = {e.element: e for e in m.run.elements}
    last = m.run.grid[-1]
    times = [t for t in _AFTER if t <= last]
    columns = (
        Column(_("Mean level until"), weight=1.5),
        *(Column(m.words.duration(t, coarse=True), "right", 0.6) for t in times),
    )
    spans = list(zip((0, *times[:-1]), times, strict=True))
    means = {
        r.name: [mean_between(results[r.id].levels.mean, m.run.grid, *span) for span in spans]
        for r in by_weight
        if r.id in results
    }
    if not means:
        return Section(title, (m.missing(_("No resources are filled in."), "resource"),))
    rows = tuple(
        (name, *(m.words.percent(level / 1000, 0) for level in levels))
        for name, levels in means.items()
        if min(levels) < _WHOLE
    )
    text = _(
        "Each figure is the mean over the runs and over the time from the hour of the column before to its "
        "own. What stays whole all the time is left out: {n} of {all}.",
        n=len(means) - len(rows),
        all=len(means),
    )
    table: tuple[Block, ...] = (Table(columns, rows, source=m.source, dense=True),) if rows else ()
    return Section(title, (Paragraph(text), *table))


def mean_between(levels: tuple[int, ...], grid: tuple[int, ...], start: int, end: int) -> float:
    """Return the mean level from minute ``start`` to ``end``; each level holds until the next grid minute."""
    first = max(bisect_right(grid, start) - 1, 0)
    total = 0
    for place in range(first, len(grid)):
        begin = max(grid[place], start)
        until = min(grid[place + 1] if place + 1 < len(grid) else end, end)
        if begin >= end:
            break
        total += levels[place] * max(until - begin, 0)
    return total / max(end - start, 1)


def gap_section(m: Material) -> Section:
    """Return the stated gaps with owner and date, and in the full plan those the model itself shows."""
    _ = m.words._
    held = [g for g in m.organisation.all(Gap) if g.state != "done"]
    blocks: list[Block] = []
    if held:
        blocks.append(gap_table(m, held))
    else:
        blocks.append(Paragraph(_("No open gap is stated.")))
    facts = m.structure.gaps if m.open_about_weakness else ()
    if facts:
        columns = (
            Column(_("What the model itself shows"), weight=1.5),
            Column(_("Gap"), weight=1.6),
            Column(_("Needed"), "right"),
            Column(_("Achievable"), "right"),
        )
        rows = tuple(
            (m.name(g.record), _(_GAPS.get(g.code, g.code)), m.minutes(g.needed), m.minutes(g.achievable))
            for g in facts[:_MOST]
        )
        blocks.append(Table(columns, rows, dense=True))
    return Section(_("Gaps"), tuple(blocks))
