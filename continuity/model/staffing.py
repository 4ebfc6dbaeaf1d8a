"""Staff in numbers: who is promised to what, and how many are placed in war. Never a name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from continuity.model.graph import functions_above
from continuity.model.kinds import Element, Function, Need, StaffGroup, Supply
from continuity.model.organisation import Organisation

#: Groups smaller than this are not shown in what goes out of the house.
SMALLEST_GROUP = 5
#: A check of wartime placements is old after so many days.
CHECK_DAYS = 365


@dataclass(frozen=True, slots=True)
class Promise:
    """So many persons of a group are promised to one need."""

    group: str  # id
    need: str  # id
    dependent: str  # id of the function or resource
    persons: int  # the group's part of what the need asks for
    standby: bool


@dataclass(frozen=True, slots=True)
class Placement:
    """What is known of a group in war; ranges, since not everybody has been checked."""

    headcount: int
    least: int  # stay if all that are not checked are placed elsewhere
    most: int  # stay if none of them is
    here: int | None
    elsewhere: int | None
    free: int | None
    unchecked: int
    checked_on: dt.date | None

    @property
    def known(self) -> bool:
        """Whether anybody has looked."""
        return any(number is not None for number in (self.here, self.elsewhere, self.free))


def promises(organisation: Organisation) -> tuple[Promise, ...]:
    """Return what every staff group in use is promised to, in order of group and need.

    Of a share that several groups meet together, each is promised its part by headcount; a rule without
    a number asks for the minimum crew.
    """
    found = []
    for need in organisation.all(Need):
        dependent = organisation.of(Element, need.dependent)
        if dependent is None or not dependent.in_use:
            continue
        found += _of_need(organisation, need)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Duties:
    """Every promise, and per element promised to, the functions that need it."""

    promises: tuple[Promise, ...]
    above: dict[str, frozenset[str]]


def duties(organisation: Organisation) -> Duties:
    """Return what every group is promised to, and which functions that serves in the end."""
    held = promises(organisation)
    return Duties(held, functions_above(organisation, {promise.dependent for promise in held}))


def _of_need(organisation: Organisation, need: Need) -> list[Promise]:
    staff = []
    for supply in organisation.parts(need.id, Supply):
        group = organisation.of(StaffGroup, supply.element)
        if group is not None and group.in_use:
            staff.append((group, supply))
    first = sum(_offers(group, supply) for group, supply in staff if not supply.standby)
    return [
        Promise(group.id, need.id, need.dependent, _part(need, group, supply, first), supply.standby)
        for group, supply in staff
    ]


def _offers(group: StaffGroup, supply: Supply) -> int:
    return group.headcount if supply.capacity is None else supply.capacity


def _part(need: Need, group: StaffGroup, supply: Supply, first: int) -> int:
    if need.rule != "share" or not need.required:
        return group.minimum_crew
    if supply.standby or not first:
        return min(need.required, _offers(group, supply))
    return -(-need.required * _offers(group, supply) // first)  # rounded up: people are whole


def promised(held: tuple[Promise, ...], group: str) -> int:
    """Return how many persons of ``group`` (id) are promised at the same time, standby left out."""
    return sum(promise.persons for promise in held if promise.group == group and not promise.standby)


def counted_twice(organisation: Organisation) -> dict[str, tuple[Promise, ...]]:
    """Return the groups that are promised to several at once, and to more persons than there are."""
    held = promises(organisation)
    found = {}
    for group in organisation.all(StaffGroup):
        own = tuple(p for p in held if p.group == group.id and not p.standby)
        if len({p.dependent for p in own}) > 1 and promised(own, group.id) > group.headcount:
            found[group.id] = own
    return found


def stands_in_for(organisation: Organisation) -> dict[str, tuple[StaffGroup, ...]]:
    """Return per group the groups for which it is to stand in."""
    found: dict[str, list[StaffGroup]] = {}
    for group in organisation.all(StaffGroup):
        for deputy in group.stand_ins:
            found.setdefault(deputy, []).append(group)
    return {id_: tuple(groups) for id_, groups in found.items()}


def placement(group: StaffGroup) -> Placement:
    """Return what is known of the wartime placement of ``group``."""
    known = (group.placed_here or 0) + (group.placed_elsewhere or 0) + (group.checked_free or 0)
    unchecked = max(group.not_checked or 0, group.headcount - known)
    stays = max(0, group.headcount - (group.placed_elsewhere or 0))
    return Placement(
        group.headcount,
        max(0, stays - unchecked),
        stays,
        group.placed_here,
        group.placed_elsewhere,
        group.checked_free,
        unchecked,
        group.placement_checked,
    )


def needed_in_war(organisation: Organisation, group: StaffGroup, held: tuple[Promise, ...]) -> int:
    """Return how many of ``group`` must stay: crews round the clock, or what vital functions ask at least."""
    own = [promise for promise in held if promise.group == group.id and not promise.standby]
    least = sum(_least(organisation, promise) for promise in own)
    return max(group.minimum_crew * group.shifts, least)


def _least(organisation: Organisation, promise: Promise) -> int:
    function = organisation.of(Function, promise.dependent)
    if function is None:
        return promise.persons  # a resource that works needs all of them
    return -(-promise.persons * function.mbco // 1000) if function.vital else 0
