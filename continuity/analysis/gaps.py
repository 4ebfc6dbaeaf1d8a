"""Gaps between what is needed and what can be achieved, told by the model alone."""

from __future__ import annotations

from dataclasses import dataclass

from continuity.model.graph import graph
from continuity.model.kinds import Element, Function, Need, Resource, Supply
from continuity.model.organisation import Organisation

_HOUR = 60


@dataclass(frozen=True, slots=True)
class GapFact:
    """One gap, largest first. ``code``: rto_over_mtpd, wrt_over_mtpd, achievable_over_rto, sla_over_rto."""

    code: str
    record: str  # id of the function or resource
    needed: int  # minutes
    achievable: int  # minutes
    known: str | None  # tested, documented, guess: how the achievable time is known
    function: str | None  # the function for which a resource is needed that soon


def gaps(organisation: Organisation) -> tuple[GapFact, ...]:
    """Return all gaps, the largest overrun first."""
    found = [gap for f in organisation.all(Function) if f.in_use for gap in _of_function(f)]
    needed = needed_recovery(organisation)
    for resource in organisation.all(Resource):
        if resource.in_use and resource.id in needed:
            found += _of_resource(resource, *needed[resource.id])
    return tuple(sorted(found, key=lambda g: (g.needed - g.achievable, g.code, g.record)))


def _of_function(function: Function) -> list[GapFact]:
    found = []
    rto, mtpd, wrt = function.rto, function.mtpd, function.wrt or 0
    if rto is not None and mtpd is not None:
        if rto > mtpd:
            found.append(GapFact("rto_over_mtpd", function.id, mtpd, rto, None, None))
        elif rto + wrt > mtpd:
            found.append(GapFact("wrt_over_mtpd", function.id, mtpd, rto + wrt, None, None))
    achievable = function.achievable_rto
    if rto is not None and achievable is not None and achievable > rto:
        facts = (function.id, rto, achievable, function.achievable_known)
        found.append(GapFact("achievable_over_rto", *facts, None))
    return found


def _of_resource(resource: Resource, needed: int, function: str) -> list[GapFact]:
    found = []
    achievable = resource.achievable_rto
    if achievable is not None and achievable > needed:
        facts = (resource.id, needed, achievable, resource.achievable_known, function)
        found.append(GapFact("achievable_over_rto", *facts))
    if resource.sla_hours is not None and resource.sla_hours * _HOUR > needed:
        facts = (resource.id, needed, resource.sla_hours * _HOUR, "documented", function)
        found.append(GapFact("sla_over_rto", *facts))
    return found


def needed_recovery(organisation: Organisation) -> dict[str, tuple[int, str]]:
    """Return, per element, within how many minutes it must be back, and the function that asks for it.

    A function asks for its RTO; each need on the way adds its buffer and takes away its restart lag. Only
    suppliers without which the need is not met are asked for.
    """
    wanted = {f.id: (f.rto, f.id) for f in organisation.all(Function) if f.in_use and f.rto is not None}
    made = graph(organisation)
    needs = [n for n in organisation.all(Need) if n.dependent in made]
    vital = {n.id: [s for s in _vital(organisation, n) if s in made] for n in needs}
    changed = True
    while changed:  # times only come nearer, and never below 0
        changed = False
        for need in needs:
            if need.dependent not in wanted:
                continue
            time, function = wanted[need.dependent]
            left = max(0, time + need.autonomy - need.restart_lag)
            for supplier in vital[need.id]:
                if supplier not in wanted or left < wanted[supplier][0]:
                    wanted[supplier], changed = (left, function), True
    return wanted


def _vital(organisation: Organisation, need: Need) -> list[str]:
    supplies = [s for s in organisation.parts(need.id, Supply) if _in_use(organisation, s)]
    primary = [s for s in supplies if not s.standby]
    if any(s.standby and s.endurance is None for s in supplies):
        return []
    if need.rule == "k_of_n" and len(primary) > need.k:
        return []
    return [s.element for s in primary]


def _in_use(organisation: Organisation, supply: Supply) -> bool:
    element = organisation.of(Element, supply.element)
    return element is not None and element.in_use
