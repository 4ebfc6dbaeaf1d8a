"""Gaps between what is needed and what can be achieved, told by the model alone."""

from __future__ import annotations

from dataclasses import dataclass

from continuity.analysis.demands import needed_recovery
from continuity.model.kinds import Function, Resource
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
