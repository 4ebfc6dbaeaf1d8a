"""The structure of a document in a few tables: what everything hangs on, what to start first."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from continuity.analysis.structure import Buffer, CutSet, Structure, Weight
from continuity.cli import headline
from continuity.model.durations import format_duration
from continuity.model.organisation import Organisation
from continuity.session import Session
from continuity.simulation.result import Comparison, RunResult
from continuity.words import _, current, ngettext

_SHOWN = 12


def show(session: Session, result: RunResult | Comparison | None, out: Console) -> None:
    """Write single points of failure, pairs, restart order, buffers and gaps, and what a run says."""
    found, organisation = session.structure(), session.organisation
    if not organisation.elements:
        out.print(_("There is nothing to analyse: the document has no functions, resources or staff."))
        return
    out.print(_single_points(found, organisation))
    out.print(_pairs(found, organisation))
    out.print(_restart(found, organisation))
    out.print(_buffers(found, organisation))
    out.print(_gaps(found, organisation))
    if result is not None:
        out.print()
        headline.show(result, organisation, out)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for place, column in enumerate(columns):
        table.add_column(column, justify="right" if place and place == len(columns) - 1 else "left")
    return table


def _name(organisation: Organisation, id_: str | None) -> str:
    record = organisation.get(id_)
    return f"{record.code} {getattr(record, 'name', '')}".strip() if record else "–"


def _single_points(found: Structure, organisation: Organisation) -> Table:
    title = _("Single points of failure")
    table = _table(title, _("Element"), _("Functions"), _("Payment streams"), _("Payees per month"))
    for weight in sorted(found.single_points, key=_weight)[:_SHOWN]:
        counts = (str(len(weight.functions)), str(len(weight.streams)), current().number(weight.payees))
        table.add_row(_name(organisation, weight.element), *counts)
    _say_left_out(table, len(found.single_points))
    return table


def _weight(weight: Weight) -> tuple[int, int]:
    return (-weight.payees, -len(weight.functions))


def _pairs(found: Structure, organisation: Organisation) -> Table:
    table = _table(_("Pairs that together stop something"), _("Elements"), _("What stops"), _("Bridged for"))
    pairs = [cut for cut in found.cut_sets if len(cut.elements) > 1]
    for cut in sorted(pairs, key=_bridged)[:_SHOWN]:
        names = " + ".join(_name(organisation, id_) for id_ in cut.elements)
        table.add_row(names, _name(organisation, cut.target), _span(cut.bridged))
    _say_left_out(table, len(pairs))
    return table


def _bridged(cut: CutSet) -> float:
    return float("inf") if cut.bridged is None else cut.bridged


def _restart(found: Structure, organisation: Organisation) -> Table:
    table = _table(_("Restart order"), _("Wave"), _("Element"), _("Ready after"))
    for wave in sorted({step.wave for step in found.restart}):
        steps = [step for step in found.restart if step.wave == wave]
        names = ", ".join(_name(organisation, step.element) for step in steps)
        best, worst = (max(getattr(step, field) for step in steps) for field in ("ready_best", "ready_worst"))
        table.add_row(str(wave), names, f"{format_duration(best)} – {format_duration(worst)}")
    return table


def _buffers(found: Structure, organisation: Organisation) -> Table:
    table = _table(_("Shortest buffers"), _("Element"), _("Need"), _("Lasts"))
    lasting = [buffer for buffer in found.buffers if buffer.minutes]
    for buffer in sorted(lasting, key=_lasting)[:_SHOWN]:
        table.add_row(
            _name(organisation, buffer.dependent), _name(organisation, buffer.need), _span(buffer.minutes)
        )
    _say_left_out(table, len(lasting))
    return table


def _lasting(buffer: Buffer) -> int:
    return buffer.minutes or 0


def _gaps(found: Structure, organisation: Organisation) -> Table:
    table = _table(_("Needed against achievable"), _("Record"), _("Needed"), _("Achievable"))
    for gap in found.gaps[:_SHOWN]:
        name = _name(organisation, gap.record)
        table.add_row(name, format_duration(gap.needed), format_duration(gap.achievable))
    _say_left_out(table, len(found.gaps))
    return table


def _span(minutes: int | None) -> str:
    return _("without end") if minutes is None else format_duration(minutes)


def _say_left_out(table: Table, count: int) -> None:
    if count > _SHOWN:
        rest = count - _SHOWN
        table.caption = ngettext("and {n} more (--json lists all)", "and {n} more (--json lists all)", rest)
        table.caption_justify = "left"
