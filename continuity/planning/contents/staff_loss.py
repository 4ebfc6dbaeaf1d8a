"""The plan for loss of staff: who is left day by day, minimum crews, whom to call in, what is put down."""

from __future__ import annotations

from continuity.analysis.strain import LEVELS, remaining
from continuity.model.kinds import Function, Procedure, StaffGroup
from continuity.model.kinds.scenarios import STRAIN
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
from continuity.simulation.result import LevelSeries

_DAY = 1440
#: Days after the start for which crews are told.
_DAYS = (1, 2, 3, 5, 7, 10, 14, 21, 28, 42, 56, 84)


def staff_loss_plan(m: Material) -> Document:
    """Return the plan for loss of staff."""
    _ = m.words._
    return loss_document(
        m,
        "staff-loss",
        _("Loss of staff"),
        _("Who is left, minimum crews by day, whom to call in, what is put down first"),
        (_triggers(m), _by_day(m), _by_strain(m), _crews(m), _order(m), *_steps(m)),
    )


def _triggers(m: Material) -> Section:
    _ = m.words._
    lines = (
        _("A group is, or will be on the next shift, below its minimum crew in the table."),
        _("More than one in five of the ordinary staff are away, whatever the cause."),
        _("General service duty or wartime placement takes people to other tasks."),
        _("People are here but cannot work: no systems, no premises, no power."),
    )
    led = _led(m)
    who = m.role_and_deputies(led[0].role) if led else ""
    text = _("Leads: {role}. Presence is counted at each change of shift, on paper.", role=who or "–")
    return Section(_("The plan is set in motion when"), (Bullets(lines), Paragraph(text)))


def _by_day(m: Material) -> Section:
    """Present per day in the run against minimum crews."""
    _ = m.words._
    title = _("Minimum crews by day")
    groups = [g for g in m.organisation.all(StaffGroup) if g.in_use]
    if not groups:
        return Section(title, (m.missing(_("No staff groups are filled in."), "staff_group"),))
    if m.run is None:
        return Section(title, (Callout("note", _("No run: who is left day by day is not known.")),))
    last = m.run.grid[-1] // _DAY
    days = [d for d in _DAYS if d <= last]
    columns = (
        Column(_("Staff group"), weight=1.7),
        Column(_("Least a day"), "right"),
        *(Column(_("Day {n}", n=d), "right", 0.6) for d in days),
    )
    rows = tuple(_row(m, g, days) for g in groups if g.id in m.element_results)
    how = _(
        "Persons who can work, in one run of ten this few or fewer; counted from the start of the scenario. "
        "“!” where that is below the least a day: minimum crew times shifts."
    )
    return Section(title, (Paragraph(how), Table(columns, rows, source=m.source, dense=True)))


def _row(m: Material, group: StaffGroup, days: list[int]) -> tuple[str, ...]:
    least = group.minimum_crew * group.shifts
    levels = m.element_results[group.id].levels
    return (
        group.name,
        m.words.number(least),
        *(_present(m, group, least, _lowest(m, levels, day)) for day in days),
    )


def _lowest(m: Material, levels: LevelSeries, day: int) -> int:
    """The lowest level of a day that one run of ten is at or below."""
    assert m.run is not None
    held = [
        level
        for minute, level in zip(m.run.grid, levels.p10, strict=True)
        if (day - 1) * _DAY <= minute <= day * _DAY
    ]
    return min(held, default=0)


def _present(m: Material, group: StaffGroup, least: int, level: int) -> str:
    persons = group.headcount * level // 1000
    return f"{m.words.number(persons)}{' !' if persons < least else ''}"


def _by_strain(m: Material) -> Section:
    """What the hardest scenario of each strain level leaves, whether or not it has been run."""
    _ = m.words._
    held = remaining(m.organisation)
    title = _("Who is left at each strain level")
    if not held:
        return Section(title, (m.missing(_("No staff groups are filled in."), "staff_group"),))
    by_group: dict[str, dict[str, int]] = {}
    for one in held:
        by_group.setdefault(one.group, {})[one.strain] = one.persons
    columns = (
        Column(_("Staff group"), weight=1.6),
        Column(_("Least a day"), "right"),
        *(Column(_(STRAIN[level]), "right") for level in LEVELS),
    )
    rows = []
    for group in m.organisation.all(StaffGroup):
        if group.id in by_group:
            least = group.minimum_crew * group.shifts
            left = (by_group[group.id].get(level, group.headcount) for level in LEVELS)
            shown = (f"{m.words.number(n)}{' !' if n < least else ''}" for n in left)
            rows.append((group.name, m.words.number(least), *shown))
    how = _("By the hardest scenario of each level in the library; all its losses at once.")
    return Section(title, (Paragraph(how, small=True), Table(columns, tuple(rows), dense=True)))


def _crews(m: Material) -> Section:
    _ = m.words._
    held = [g for g in m.organisation.all(StaffGroup) if g.in_use]
    title = _("Crews, endurance and who stands in")
    if not held:
        return Section(title, (m.missing(_("No staff groups are filled in."), "staff_group"),))
    alone = [g.name for g in held if not g.stand_ins]
    blocks: list[Block] = [parts.staff_table(m, held)]
    if alone:
        blocks.append(Callout("warn", _("Nobody can stand in for: {names}.", names=", ".join(alone))))
    return Section(title, tuple(blocks))


def _order(m: Material) -> Section:
    """In which order work is put down, so that people can be moved."""
    _ = m.words._
    title = _("What is put down, and in which order")
    held = sorted((f for f in m.organisation.all(Function) if f.in_use), key=lambda f: (-f.priority, f.code))
    if not held:
        return Section(title, (m.missing(_("No functions are filled in."), "function"),))
    columns = (
        Column(_("Function, put down first on top"), weight=1.5),
        Column(_("Class"), "right"),
        Column(_("Tolerates"), "right"),
        Column(_("Lowest acceptable level"), weight=1.8),
        Column(_("Decides")),
    )
    rows = tuple(
        (
            f.name,
            str(f.priority),
            m.minutes(f.mtpd),
            " ".join(p for p in (m.words.level(f.mbco), f.mbco_words) if p),
            m.role(f.owner) or "–",
        )
        for f in held
    )
    how = _(
        "Down to its lowest acceptable level first; whole only after that, and never longer "
        "than it tolerates."
    )
    return Section(title, (Paragraph(how), Table(columns, rows, dense=True)))


def _led(m: Material) -> list[Procedure]:
    groups = {g.id for g in m.organisation.all(StaffGroup)}
    return [p for p in parts.procedures_of_kind(m, "card", "manual", "decision") if groups & {*p.about}]


def _steps(m: Material) -> list[Section]:
    _ = m.words._
    held = _led(m)
    if not held:
        what = _("No procedure names a staff group.")
        return [Section(_("Do this"), (m.missing(what, "procedure", "about"),))]
    return [Section(_("Do this"), tuple(b for p in held for b in parts.procedure_blocks(m, p)))]
