"""Needed versus achievable: strictest demand downwards, worst capability upwards, each with its source."""

from __future__ import annotations

from dataclasses import dataclass

from continuity.analysis.capabilities import Capability, capabilities, own_recovery
from continuity.analysis.chains import Chains
from continuity.analysis.demands import Demand, data_demands, own_demand, recovery_demands
from continuity.model.impact import judged_class, scale_of
from continuity.model.kinds import Element, Function, Resource, kind_of
from continuity.model.organisation import Organisation

_WITH_DATA = ("ict", "information")


@dataclass(frozen=True, slots=True)
class Row:
    """One element: what is asked of it and what it can do. Minutes; ``gap`` above 0: too slow by so much."""

    element: str  # id
    kind: str  # function or resource
    asked: int | None  # what a function asks for itself
    needed: Demand | None  # the strictest demand, its own or inherited
    own: int | None  # what it can do by itself
    capability: Capability  # with all that it needs
    gap: int | None  # None where nothing is asked
    data: Demand | None  # the strictest RPO, where it holds data
    data_own: int | None  # age of the last clean copy
    data_gap: int | None
    place: int | None  # of a function's class in the scale


@dataclass(frozen=True, slots=True)
class RollUp:
    """Every function and resource in use, the largest gap first."""

    rows: tuple[Row, ...]

    def of(self, element: str) -> Row | None:
        """Return the row of ``element`` (id)."""
        return next((row for row in self.rows if row.element == element), None)


def roll_up(organisation: Organisation) -> RollUp:
    """Return needed and achievable of every function and resource in use."""
    chains = Chains(organisation)
    needed, data, able = recovery_demands(chains), data_demands(chains), capabilities(chains)
    scale = scale_of(organisation)
    rows = []
    for element in organisation.elements:
        if element.id in able and isinstance(element, Function | Resource):
            place = judged_class(element, scale) if scale and isinstance(element, Function) else None
            rows.append(_row(element, needed.get(element.id), data.get(element.id), able[element.id], place))
    return RollUp(tuple(sorted(rows, key=_weight)))


def _row(
    element: Element, needed: Demand | None, data: Demand | None, able: Capability, place: int | None
) -> Row:
    holds = isinstance(element, Function) or getattr(element, "category", "") in _WITH_DATA
    clean = getattr(element, "achievable_rpo", None)
    asked = data if holds else None
    return Row(
        element=element.id,
        kind=kind_of(element).name,
        asked=own_demand(element) if isinstance(element, Function) else None,
        needed=needed,
        own=own_recovery(element),
        capability=able,
        gap=able.minutes - needed.minutes if needed else None,
        data=asked,
        data_own=clean,
        data_gap=clean - asked.minutes if asked and clean is not None else None,
        place=place,
    )


def _weight(row: Row) -> tuple[bool, int, str]:
    return row.gap is None, -(row.gap or 0), row.element
