"""The restart order after a total stop: waves, how long each takes, what must run before."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from continuity.analysis.restart import RestartStep, payment_chain, restart_order, slowest_chain
from continuity.model.kinds import Cycle, StaffGroup
from continuity.planning.blocks import (
    Block,
    Callout,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Section,
    Table,
)
from continuity.planning.contents import parts
from continuity.planning.material import Material

_TOLD = 9
_DECIDING = 4


def restart_plan(m: Material) -> Document:
    """Return the restart order."""
    _ = m.words._
    sections = [_use(m)]
    for wave, held in groupby(_started(m), key=lambda s: s.wave):
        sections.append(_wave(m, wave, list(held)))
    sections += [s for s in (_cycles(m), _procedures(m)) if s]
    return Document(
        code="restart",
        title=_("Restart order"),
        subtitle=_("After a total stop: wave by wave, nothing before what it needs"),
        language=m.words.language,
        meta=m.meta(),
        sections=tuple(sections),
        landscape=True,
    )


def _started(m: Material) -> list[RestartStep]:
    """The steps of what is started; people are called, not started."""
    return [s for s in m.restart if m.organisation.of(StaffGroup, s.element) is None]


def _use(m: Material) -> Section:
    _ = m.words._
    steps = _started(m)
    if not steps:
        return Section(
            _("How it is used"), (m.missing(_("Nothing is filled in that could restart."), "resource"),)
        )
    rows = (
        *_payments_first(m),
        (_("Waves"), str(max(s.wave for s in steps))),
        (_("All is back"), _until(m, steps)),
        (_("What decides the worst"), _deciding(m, steps)),
    )
    text = _(
        "All of a wave may start at the same time when the waves before it run. Follow the number in "
        "“order” within a "
        "wave. Write the hour when each is back. Times count from the first start; standby supplies are "
        "not waited for."
    )
    return Section(_("How it is used"), (Paragraph(text), Facts(rows)))


def _payments_first(m: Material) -> tuple[tuple[str, str], ...]:
    """When the systems that payments go through are back: what the reader is asked first."""
    _ = m.words._
    chain = restart_order(m.organisation, payment_chain(m.organisation))
    if not chain:
        return ()
    return (
        (_("Payment systems are back, with all the systems they need"), _until(m, chain)),
        (_("What decides the worst for payments"), _deciding(m, chain)),
    )


def _until(m: Material, steps: Sequence[RestartStep]) -> str:
    return m.words._(
        "after {best} at best, {worst} at worst",
        best=m.words.duration(max(s.ready_best for s in steps), coarse=True),
        worst=m.words.duration(max(s.ready_worst for s in steps), coarse=True),
    )


def _deciding(m: Material, steps: Sequence[RestartStep]) -> str:
    """The longest repairs on the slowest way, in the order in which they are waited for."""
    way = slowest_chain(steps)
    longest = sorted(way, key=lambda s: -s.takes_worst)[:_DECIDING]
    return ", ".join(
        f"{m.name(s.element)} ({m.words.duration(s.takes_worst, coarse=True)})" for s in way if s in longest
    )


def _wave(m: Material, wave: int, steps: list[RestartStep]) -> Section:
    _ = m.words._
    columns = (
        Column(_("Order"), "right"),
        Column(_("What"), weight=1.5),
        Column(_("After"), weight=1.2),
        Column(_("Takes")),
        Column(_("Back at the earliest to latest"), weight=1.6),
        Column(_("Who")),
        Column(_("Back, hour")),
    )
    return Section(_("Wave {n}", n=wave), (Table(columns, tuple(_row(m, s) for s in steps), dense=True),))


def _row(m: Material, step: RestartStep) -> tuple[str, ...]:
    _ = m.words._
    after = m.names(step.after[:_TOLD])
    if len(step.after) > _TOLD:
        after = _("{names} and {n} more", names=after, n=len(step.after) - _TOLD)
    order = str(step.stated_order) if step.stated_order else "–"
    name = m.name(step.element)
    if step.cycle:
        name = _("{name} (together, see below)", name=name)
    return (
        order,
        name,
        after,
        _times(m, step.takes_best, step.takes_worst),
        _times(m, step.ready_best, step.ready_worst),
        m.element_owner(step.element) or "–",
        "",
    )


def _times(m: Material, best: int, worst: int) -> str:
    low, high = (m.words.duration(value, coarse=True) for value in (best, worst))
    return low if low == high else m.words._("{low} to {high}", low=low, high=high)


def _cycles(m: Material) -> Section | None:
    _ = m.words._
    held = m.organisation.all(Cycle)
    if not held:
        return None
    blocks: list[Block] = [
        Callout("warn", _("These need each other. Nothing starts until one is started by hand."))
    ]
    for cycle in held:
        blocks += [
            Heading(cycle.name),
            Facts(
                (
                    (_("Members"), m.names(cycle.members)),
                    (_("Black start takes"), m.minutes(cycle.delay)),
                    (_("Owner"), m.role(cycle.owner) or "–"),
                    (_("Procedure"), m.name(cycle.procedure)),
                )
            ),
        ]
        if cycle.note:
            blocks.append(Paragraph(cycle.note, small=True))
    return Section(_("Started together: black start"), tuple(blocks))


def _procedures(m: Material) -> Section | None:
    held = parts.procedures_of_kind(m, "restart")
    if not held:
        return None
    return Section(m.words._("Procedures"), tuple(b for p in held for b in parts.procedure_blocks(m, p)))
