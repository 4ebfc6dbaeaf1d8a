"""Pictures of plans with their words and figures: who needs whom, and level over time."""

from __future__ import annotations

from continuity.model.kinds import Element, Function, kind_of
from continuity.planning.blocks import Block, Callout, Column, Figure, Paragraph, Table
from continuity.planning.charts.layers import Node, layer_picture
from continuity.planning.charts.levels import Course, Mark, Spell, level_picture, spells
from continuity.planning.material import Material
from continuity.simulation.result import FunctionResult


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
    text = _(
        "Runs in which the outage was too long (MTPD; where none is stated RTO, else below MBCO), by what "
        "was down by itself. The six commonest are told; a run may have several or another, so the shares "
        "do not add up to the share of runs in which the function falls."
    )
    return [Paragraph(text, small=True), Table(columns, rows, source=m.source)]


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
        "backlog": _("cases wait undecided"),
    }
    return known.get(code, code.replace("_", " "))
