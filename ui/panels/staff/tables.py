"""What the tables of the Staff page hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from continuity.model.kinds import Function, Scenario, StaffGroup
from continuity.model.kinds.scenarios import STRAIN
from continuity.model.organisation import Organisation
from continuity.model.staffing import (
    SMALLEST_GROUP,
    Duties,
    Promise,
    needed_in_war,
    placement,
    promised,
    stands_in_for,
)
from continuity.words import N_, _, current, ngettext, pgettext
from ui.charts.numbers import Cell, Numbers, Title
from ui.shown import name_of
from ui.theme.icons import icon

if TYPE_CHECKING:
    from continuity.analysis.strain import Remaining

#: The strain levels in a word or two.
_LEVELS = {
    "everyday": N_("Everyday"),
    "severe": N_("Severe crisis"),
    "heightened": N_("Heightened"),
    "war": N_("War"),
}
#: Least width of a figure; what a letter of a heading and its margins take.
_WIDEST, _LETTER, _MARGIN = 128, 10, 22


def groups_of(organisation: Organisation) -> list[StaffGroup]:
    """Return the staff groups in use."""
    return [group for group in organisation.all(StaffGroup) if group.in_use]


def _group(group: StaffGroup) -> Cell:
    tip = "\n".join(part for part in (group.name, group.competence) if part)
    return Cell(group.name, icon=icon("staff_group", "muted"), tip=tip)


def _count(number: int | None, tone: str = "") -> Cell:
    return Cell(
        "–" if number is None else current().number(number), -1 if number is None else number, tone=tone
    )


def heads(organisation: Organisation, held: tuple[Promise, ...]) -> Numbers:
    """Return the left, standing half of the matrix: groups, people, crews, what is promised."""
    titles = (
        Title(_("Staff group"), wide=True, width=170), Title(_("Persons"), True, 72),
        Title(_("Crew"), True, 60), Title(pgettext("staff", "Promised"), True, 80),
    )  # fmt: skip
    rows = []
    for group in groups_of(organisation):
        total = promised(held, group.id)
        crew = f"{group.minimum_crew} × {group.shifts}" if group.shifts > 1 else str(group.minimum_crew)
        tip = _("Minimum crew per shift and shifts a day")
        tone = "warn" if total > group.headcount else ""
        rows.append((_group(group), _count(group.headcount), Cell(crew, tip=tip), _count(total, tone)))
    return Numbers(titles, tuple(rows), tuple(group.id for group in groups_of(organisation)))


def matrix(organisation: Organisation, duties: Duties) -> Numbers:
    """Return the right half: a column for each function that needs people, directly or through a resource."""
    held, reach = duties.promises, duties.above
    asked = {function for functions in reach.values() for function in functions}
    functions = [f for f in organisation.all(Function) if f.id in asked]
    titles = tuple(
        Title(f.name, True, min(_WIDEST, _LETTER * len(f.name) + _MARGIN), tip=f"{f.code} {f.name}")
        for f in functions
    )
    rows = tuple(
        tuple(
            _cell(organisation, [p for p in held if p.group == group.id], function, reach)
            for function in functions
        )
        for group in groups_of(organisation)
    )
    return Numbers(titles, rows, tuple(group.id for group in groups_of(organisation)))


def _cell(
    organisation: Organisation, own: Sequence[Promise], function: Function, reach: dict[str, frozenset[str]]
) -> Cell:
    direct = [p for p in own if p.dependent == function.id]
    if direct:
        persons = sum(p.persons for p in direct)
        tip = _("{n} for {function}", n=current().number(persons), function=function.name)
        standby = all(p.standby for p in direct)
        return Cell(f"({persons})" if standby else current().number(persons), persons, tip=tip)
    through = [p for p in own if function.id in reach[p.dependent]]
    if through:
        names = ", ".join(dict.fromkeys(name_of(organisation.get(p.dependent)) for p in through))
        return Cell(
            "·", 0, tip=_("{function}, through {names}", function=function.name, names=names), tone="muted"
        )
    return Cell("", -1, tip=function.name)


def about(organisation: Organisation, group: StaffGroup, held: tuple[Promise, ...]) -> list[str]:
    """Return what is to be known of one group, in sentences."""
    own = [p for p in held if p.group == group.id and not p.standby]
    lines = [_("Competence: {words}", words=group.competence)] if group.competence else []
    deputies = [name_of(organisation.get(id_)) for id_ in group.stand_ins]
    lines.append(
        _("Deputies: {names}", names=", ".join(deputies))
        if deputies
        else _("Deputies: none. Nobody can stand in.")
    )
    if others := stands_in_for(organisation).get(group.id):
        free = max(0, group.headcount - promised(held, group.id))
        lines.append(
            _(
                "Is to stand in for {names}, and has {free} who are not promised elsewhere.",
                names=", ".join(other.name for other in others),
                free=current().number(free),
            )
        )
    places = list(dict.fromkeys(name_of(organisation.get(p.dependent)) for p in own))
    if len(places) > 1:
        lines.append(
            _(
                "Promised to several at once: {names}; {promised} of {people}.",
                names=", ".join(places),
                promised=current().number(promised(held, group.id)),
                people=current().number(group.headcount),
            )
        )
    if group.endurance:
        lines.append(_("Lasts {time} at minimum crew.", time=current().duration(group.endurance)))
    return lines


def war(organisation: Organisation, held: tuple[Promise, ...]) -> Numbers:
    """Return placements in numbers, what stays as a range, and what war asks of each group."""
    titles = (
        Title(_("Staff group"), wide=True, width=170), Title(_("Persons"), True, 72),
        Title(_("Placed here"), True, 92), Title(_("Elsewhere"), True, 84), Title(_("Free"), True, 60),
        Title(_("Unchecked"), True, 104), Title(_("Stay"), True, 104), Title(_("Needed in war"), True, 118),
        Title(_("Not yet placed"), True, 104, drop=1), Title(_("Notice given"), True, 96, drop=3),
        Title(_("Trained"), True, 76, drop=3), Title(_("Exercised"), True, 80, drop=3),
        Title(_("Service duty"), True, 96, drop=4), Title(_("Care duties"), True, 92, drop=4),
        Title(_("Consultants"), True, 96, drop=2), Title(_("Checked on"), width=96),
    )  # fmt: skip
    rows = tuple(_war_row(organisation, group, held) for group in groups_of(organisation))
    return Numbers(titles, rows, tuple(group.id for group in groups_of(organisation)))


def _war_row(organisation: Organisation, group: StaffGroup, held: tuple[Promise, ...]) -> tuple[Cell, ...]:
    known, asked = placement(group), needed_in_war(organisation, group, held)
    words = current()
    stay = words.number(known.most)
    if known.least != known.most:
        stay = _("{least}–{most}", least=words.number(known.least), most=words.number(known.most))
    checked = words.date(known.checked_on, "iso") if known.checked_on else "–"
    short = "warn" if known.least < asked else ""
    return (
        _group(group), _count(group.headcount), _count(known.here), _count(known.elsewhere),
        _count(known.free), _count(known.unchecked), Cell(stay, known.least, tone=short),
        _count(asked), _count(max(0, asked - (known.here or 0))), _count(group.notice_given),
        _count(group.trained), _count(group.exercised), _count(group.service_duty), _count(group.care_duties),
        _count(group.consultants), Cell(checked),
    )  # fmt: skip


def strain(organisation: Organisation, left: Sequence[Remaining], held: tuple[Promise, ...]) -> Numbers:
    """Return how many of each group remain at each strain level, and what is asked of them."""
    titles = (
        Title(_("Staff group"), wide=True, width=170),
        Title(_("Persons"), True, 72),
        *(Title(_(_LEVELS[level]), True, 124) for level in STRAIN),
        Title(_("Promised"), True, 84, drop=2),
        Title(_("Needed in war"), True, 124, drop=1),
    )
    found = {(one.group, one.strain): one for one in left}
    rows = []
    for group in groups_of(organisation):
        total, asked = promised(held, group.id), needed_in_war(organisation, group, held)
        cells = [_left(organisation, group, found.get((group.id, level)), total, asked) for level in STRAIN]
        rows.append((_group(group), _count(group.headcount), *cells, _count(total), _count(asked)))
    return Numbers(titles, tuple(rows), tuple(group.id for group in groups_of(organisation)))


def _left(
    organisation: Organisation, group: StaffGroup, one: Remaining | None, promised_: int, asked: int
) -> Cell:
    if one is None or one.scenario is None:
        return Cell(
            current().number(group.headcount), group.headcount, tip=_("No scenario takes people away.")
        )
    short = one.persons < (
        asked if one.strain in ("heightened", "war") else min(promised_, group.headcount) // 2
    )
    share = current().percent(one.persons / group.headcount, 0) if group.headcount else "–"
    scenario = organisation.of(Scenario, one.scenario)
    tip = _("{scenario}: {causes}", scenario=name_of(scenario), causes=", ".join(one.causes))
    text = _("{n} ({share})", n=current().number(one.persons), share=share)
    no_crew = one.persons < group.minimum_crew
    sign = "▾▾ " if no_crew else "▾ " if short else ""
    return Cell(sign + text, one.persons, tip=tip, tone="lost" if no_crew else "warn" if short else "")


def hidden(numbers: Numbers, organisation: Organisation) -> Numbers:
    """Return ``numbers`` as they may leave the house: small groups without figures."""
    rows = []
    for row, key in zip(numbers.rows, numbers.keys, strict=True):
        group = organisation.of(StaffGroup, key)
        if group is not None and group.headcount < SMALLEST_GROUP:
            row = (row[0], *(_("small group") for _cell in row[1:]))
        rows.append(row)
    return Numbers(numbers.titles, tuple(rows), numbers.keys)


def sum_of(organisation: Organisation, held: tuple[Promise, ...]) -> str:
    """Return people, groups, and how many groups are promised twice."""
    groups = groups_of(organisation)
    twice = sum(promised(held, group.id) > group.headcount for group in groups)
    people = current().number(sum(group.headcount for group in groups))
    told = ngettext("{n} group, {people} people.", "{n} groups, {people} people.", len(groups), people=people)
    if not twice:
        return f"{told} " + _("No group is promised to more than it has.")
    return f"{told} " + ngettext(
        "{n} group is promised to more than it has.", "{n} groups are promised to more than they have.", twice
    )
