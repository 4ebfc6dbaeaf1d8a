"""Levels in the long run by plain recursion over sets of what is lost: slow, and knows no diagrams."""

from __future__ import annotations

from continuity.model.kinds import Element, Need, StaffGroup, Supply
from continuity.model.organisation import Organisation


def levels(organisation: Organisation, own: dict[str, int]) -> dict[str, int]:
    """Return the levels to which elements fall with these own levels (1000 where none is given)."""
    found = {e.id: own.get(e.id, 1000) for e in organisation.all(Element) if e.in_use}
    while True:
        below = {id_: min([found[id_], *_felt(organisation, id_, found)]) for id_ in found}
        if below == found:
            return found
        found = below


def _felt(organisation: Organisation, id_: str, now: dict[str, int]) -> list[int]:
    needs = [n for n in organisation.all(Need) if n.dependent == id_]
    return [max(n.floor, _supply(organisation, n, now)) for n in needs]


def _supply(organisation: Organisation, need: Need, now: dict[str, int]) -> int:
    supplies = [s for s in organisation.parts(need.id, Supply) if s.element in now]
    if not supplies:
        return 1000
    primary = [s for s in supplies if not s.standby]
    standby = [(s, _lasting(s, now)) for s in supplies if s.standby]
    if need.rule == "share":
        total = sum(_capacity(organisation, need, s) * now[s.element] for s in primary)
        total += sum(_capacity(organisation, need, s) * level for s, level in standby)
        return min(1000, total // need.required)
    ranked = sorted((now[s.element] for s in primary), reverse=True)
    enough = need.k if need.rule == "k_of_n" else len(ranked)
    supplied = ranked[enough - 1] if 0 < enough <= len(ranked) else 0
    given = [min(1000 if s.capacity is None else s.capacity, level) for s, level in standby]
    return max([supplied, *given])


def _lasting(supply: Supply, now: dict[str, int]) -> int:
    if supply.endurance is None:
        return now[supply.element]
    gain = (supply.refill or 0) * (now[supply.refiller] if supply.refiller else 1000) // 1000
    return min(now[supply.element], gain)


def _capacity(organisation: Organisation, need: Need, supply: Supply) -> int:
    if supply.capacity is not None:
        return supply.capacity
    group = organisation.of(StaffGroup, supply.element)
    return group.headcount if group else need.required
