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
    out.print(_two_countings(found))
    out.print(_pairs(found, organisation))
    out.print(_restart(found, organisation))
    out.print(_buffers(found, organisation))
    out.print(_gaps(found, organisation))
    if result is not None:
        out.print()
        headline.show(result, organisation, out)


def table(title: str, *columns: str) -> Table:
    """Return an empty table; the last column is one of numbers."""
    made = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for place, column in enumerate(columns):
        made.add_column(column, justify="right" if place and place == len(columns) - 1 else "left")
    return made


def name(organisation: Organisation, id_: str | None) -> str:
    """Return code and name of a record."""
    record = organisation.get(id_)
    return f"{record.code} {getattr(record, 'name', '')}".strip() if record else "–"


def _single_points(found: Structure, organisation: Organisation) -> Table:
    title = _("Single points of failure")
    made = table(title, _("Element"), _("Functions"), _("Payment streams"), _("Payees per month"))
    for weight in sorted(found.single_points, key=_weight)[:_SHOWN]:
        counts = (str(len(weight.functions)), str(len(weight.streams)), current().number(weight.payees))
        made.add_row(name(organisation, weight.element), *counts)
    say_left_out(made, len(found.single_points))
    return made


def _two_countings(found: Structure) -> str:
    """Say why functions and streams are counted apart."""
    weak = sum(bool(weight.weakened) for weight in found.single_points)
    text = _(
        "Functions and payment streams are counted apart: a stream stops only where a stage of its own chain"
        " cannot work. A function that falls below its lowest level may still let payments run, by a floor"
        " (such as break-glass accounts) in the need."
    )
    more = ngettext(
        "{n} element fells functions of streams that go on, weakened.",
        "{n} elements fell functions of streams that go on, weakened.",
        weak,
    )
    return f"{text} {more}" if weak else text


def _weight(weight: Weight) -> tuple[int, int]:
    return (-weight.payees, -len(weight.functions))


def _pairs(found: Structure, organisation: Organisation) -> Table:
    made = table(_("Pairs that together stop something"), _("Elements"), _("What stops"), _("Bridged for"))
    pairs = [cut for cut in found.cut_sets if len(cut.elements) > 1]
    for cut in sorted(pairs, key=_bridged)[:_SHOWN]:
        names = " + ".join(name(organisation, id_) for id_ in cut.elements)
        made.add_row(names, name(organisation, cut.target), _span(cut.bridged))
    say_left_out(made, len(pairs))
    return made


def _bridged(cut: CutSet) -> float:
    return float("inf") if cut.bridged is None else cut.bridged


def _restart(found: Structure, organisation: Organisation) -> Table:
    made = table(_("Restart order"), _("Wave"), _("Element"), _("Ready after"))
    for wave in sorted({step.wave for step in found.restart}):
        steps = [step for step in found.restart if step.wave == wave]
        names = ", ".join(name(organisation, step.element) for step in steps)
        best, worst = (max(getattr(step, field) for step in steps) for field in ("ready_best", "ready_worst"))
        made.add_row(str(wave), names, f"{format_duration(best)} – {format_duration(worst)}")
    return made


def _buffers(found: Structure, organisation: Organisation) -> Table:
    made = table(_("Shortest buffers"), _("Element"), _("Need"), _("Lasts"))
    lasting = [buffer for buffer in found.buffers if buffer.minutes]
    for buffer in sorted(lasting, key=_lasting)[:_SHOWN]:
        made.add_row(
            name(organisation, buffer.dependent), name(organisation, buffer.need), _span(buffer.minutes)
        )
    say_left_out(made, len(lasting))
    return made


def _lasting(buffer: Buffer) -> int:
    return buffer.minutes or 0


def _gaps(found: Structure, organisation: Organisation) -> Table:
    made = table(_("Needed against achievable"), _("Record"), _("Needed"), _("Achievable"))
    for gap in found.gaps[:_SHOWN]:
        made.add_row(
            name(organisation, gap.record), format_duration(gap.needed), format_duration(gap.achievable)
        )
    say_left_out(made, len(found.gaps))
    return made


def _span(minutes: int | None) -> str:
    return _("without end") if minutes is None else format_duration(minutes)


def say_left_out(table: Table, count: int) -> None:
    """Say how many rows of ``count`` are not shown."""
    if count > _SHOWN:
        rest = count - _SHOWN
        table.caption = ngettext("and {n} more (--json lists all)", "and {n} more (--json lists all)", rest)
        table.caption_justify = "left"
