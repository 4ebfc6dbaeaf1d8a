"""What remains of each staff group at each strain level, by the staff losses of the scenarios.

Worst case: every loss of a scenario at its depth and at the same time. Losses with one cause do not add up,
different causes multiply (as in the engine). The scenario that leaves the fewest stands for its level.
"""

from __future__ import annotations

from dataclasses import dataclass

from continuity.model.kinds import Event, Scenario, StaffGroup
from continuity.model.kinds.scenarios import STRAIN
from continuity.model.organisation import Organisation
from continuity.model.targets import Targets

LEVELS = tuple(STRAIN)
_FULL = 1000


@dataclass(frozen=True, slots=True)
class Remaining:
    """So many of ``group`` are left at a strain level, by its hardest scenario; None: none concerns it."""

    group: str  # id
    strain: str
    persons: int
    scenario: str | None  # id
    causes: tuple[str, ...] = ()


def remaining(organisation: Organisation) -> tuple[Remaining, ...]:
    """Return what remains of every group in use, by group and strain level, the mildest level first."""
    groups = [group for group in organisation.all(StaffGroup) if group.in_use]
    worst = {
        (group.id, level): Remaining(group.id, level, group.headcount, None)
        for group in groups
        for level in LEVELS
    }
    targets = Targets(organisation)
    for scenario in organisation.all(Scenario):
        for group, causes in _losses(organisation, targets, scenario).items():
            before = worst.get((group.id, scenario.strain))
            persons = group.headcount * _level(causes) // _FULL
            if before is not None and persons < before.persons:
                worst[group.id, scenario.strain] = Remaining(
                    group.id, scenario.strain, persons, scenario.id, tuple(sorted(causes))
                )
    return tuple(worst.values())


def _losses(
    organisation: Organisation, targets: Targets, scenario: Scenario
) -> dict[StaffGroup, dict[str, int]]:
    """Return per group the least level that each cause leaves."""
    found: dict[StaffGroup, dict[str, int]] = {}
    for event in organisation.parts(scenario.id, Event):
        if event.type != "staff" or not event.probability:
            continue
        for element in targets.of(event):
            if isinstance(element, StaffGroup):
                causes = found.setdefault(element, {})
                causes[event.cause] = min(causes.get(event.cause, _FULL), event.depth)
    return found


def _level(causes: dict[str, int]) -> int:
    level = _FULL
    for depth in sorted(causes.values()):
        level = level * depth // _FULL
    return level
