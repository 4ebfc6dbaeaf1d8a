"""Who must be there on each shift for functions under strain to go on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from continuity.exercise.picture import Picture
from continuity.model.kinds import StaffGroup
from continuity.model.organisation import Organisation
from continuity.model.staffing import duties


@dataclass(frozen=True, slots=True)
class Shift:
    """One group: its minimum crew, and how many are there as far as is reported."""

    group: str  # id
    crew: int  # persons per shift
    shifts: int  # a day
    present: int | None  # None: reported reduced, by an unknown part
    reported: bool  # whether anybody has said; else everybody is taken to be there
    endurance: int | None  # minutes that the minimum crew lasts
    functions: tuple[str, ...]  # ids of those that need it

    @property
    def short(self) -> bool:
        """Whether there are fewer than the crews of a day need."""
        return self.present is not None and self.present < self.crew * self.shifts


def shifts(organisation: Organisation, picture: Picture, functions: Iterable[str]) -> list[Shift]:
    """Return the minimum crews of the groups that ``functions`` (ids) need, directly or through something."""
    wanted = list(dict.fromkeys(functions))
    held = duties(organisation)
    needed: dict[str, set[str]] = {}
    for promise in held.promises:
        if promise.standby:
            continue
        above = {promise.dependent, *held.above.get(promise.dependent, ())}
        needed.setdefault(promise.group, set()).update(above.intersection(wanted))
    told = {r.element: r for r in picture.status()}
    found = []
    for group in organisation.all(StaffGroup):
        if not needed.get(group.id) or not group.minimum_crew:
            continue
        report = told.get(group.id)
        present: int | None = group.headcount
        if report is not None and report.state != "up":
            share = 0 if report.state == "down" else report.level
            present = group.headcount * share // 1000 if share or report.state == "down" else None
        serves = tuple(f for f in wanted if f in needed[group.id])
        found.append(
            Shift(
                group.id,
                group.minimum_crew,
                group.shifts,
                present,
                report is not None,
                group.endurance,
                serves,
            )
        )
    return sorted(found, key=lambda s: (not s.short, -len(s.functions)))
