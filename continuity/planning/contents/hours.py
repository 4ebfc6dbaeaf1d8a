"""Buffers and standby with the hour at which each runs empty in the run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from continuity.analysis.structure import Buffer
from continuity.model.kinds import Need
from continuity.planning.blocks import Block, Callout, Column, Document, Paragraph, Section, Table
from continuity.planning.material import Material

_NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Buffers:
    """Rows of a table of buffers, under their columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str


def buffer_columns(m: Material) -> tuple[Column, ...]:
    """Return the columns of a table of buffers; with the hour at which each is empty where there is a run."""
    _ = m.words._
    columns = [
        Column(_("Whose"), weight=1.3),
        Column(_("What is bridged"), weight=1.5),
        Column(_("Kind")),
        Column(_("Lasts for"), "right"),
    ]
    if m.run:
        columns += [Column(_("Supply lost in"), "right"), Column(_("Then empty at about"))]
    return tuple(columns)


def buffer_rows(m: Material, wanted: Callable[[Need], bool], *, by_hour: bool = False) -> Buffers:
    """Return the buffers of the needs that are ``wanted``: shortest first, or in the order they run empty."""
    found = []
    for buffer in m.structure.buffers:
        need = m.organisation.of(Need, buffer.need)
        if buffer.minutes is not None and need is not None and wanted(need):
            found.append((empty_at(m, buffer), buffer_row(m, buffer)))
    if by_hour:
        found.sort(key=lambda pair: pair[0])
    return Buffers(buffer_columns(m), tuple(row for _hour, row in found), m.source)


def empty_at(m: Material, buffer: Buffer) -> float:
    """Return the minute at which a buffer is typically empty, where its supply is lost in the run."""
    first = _first_lost(m, buffer)
    return _NEVER if first is None else first[0] + (buffer.minutes or 0) + buffer.delay


def _first_lost(m: Material, buffer: Buffer) -> tuple[float, float] | None:
    """When the first of what is bridged is typically lost, and in which share of the runs."""
    need = m.organisation.of(Need, buffer.need)
    if need is None:
        return None
    held = [m.element_results.get(s.element) for s in m.graph.supplies(need) if not s.standby]
    lost = [(r.first_down.p50, r.element, r.down.share) for r in held if r and r.first_down]
    return (min(lost)[0], min(lost)[2]) if lost else None


def buffer_row(m: Material, buffer: Buffer) -> tuple[str, ...]:
    """Return one buffer in words."""
    _ = m.words._
    need = m.organisation.of(Need, buffer.need)
    kind = _("buffer") if buffer.kind == "buffer" else _("standby")
    row = (m.name(buffer.dependent), need.name if need else "–", kind, m.minutes(buffer.minutes))
    if m.run is None:
        return row
    first = _first_lost(m, buffer)
    if first is None:
        return (*row, "–", "–")
    return (*row, m.share(first[1]), m.minute(empty_at(m, buffer)))


def buffer_plan(m: Material) -> Document:
    """Return all buffers in the order in which they run empty in the run; without a run, shortest first."""
    _ = m.words._
    title = _("Buffers, and when they run empty")
    found = buffer_rows(m, lambda _need: True, by_hour=True)
    blocks: list[Block] = []
    if not found.rows:
        blocks.append(m.missing(_("No buffers are stated."), "need", "autonomy"))
    else:
        how = _(
            "In the order in which they are typically empty. Counted from the hour at which the supply is "
            "lost whole; a part of the supply makes it last longer. A dash: the supply is not lost in the "
            "run. Write the true hour beside it when it is known."
        )
        if m.run is None:
            blocks.append(Callout("note", _("No run: the hour at which each runs empty is not known.")))
            how = _("Shortest first, counted from the hour at which the supply is lost whole.")
        blocks += [Paragraph(how), Table(found.columns, found.rows, source=found.source, dense=True)]
    return Document(
        code="buffers",
        title=title,
        subtitle=_("What bridges a loss, for how long, and the hour at which it ends"),
        language=m.words.language,
        meta=m.meta(),
        sections=(Section(title, tuple(blocks)),),
    )
