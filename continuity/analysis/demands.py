"""Demands walk downwards: within how long each element must be back, and who asks for it.

A function asks for its RTO, or sooner where RTO + WRT would break its MTPD. Each need on the way adds its
buffer and what its standbys last, and takes away its restart lag. A standby counts where the dependent can
stand still until it is active. Only suppliers without which the need is not met are asked. The members of a
cycle must be back earlier by its black-start delay; their own lags and standbys do not count among them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

from continuity.analysis.chains import Chain, Chains
from continuity.model.kinds import Function
from continuity.model.organisation import Organisation


@dataclass(frozen=True, slots=True)
class Demand:
    """Within ``minutes``, asked by the first of ``path``; each next one is needed by the one before."""

    minutes: int
    path: tuple[str, ...]  # ids: the function first, the element itself last

    @property
    def function(self) -> str:
        """The id of the function that asks."""
        return self.path[0]

    @property
    def inherited(self) -> bool:
        """Whether another element asks for it."""
        return len(self.path) > 1


Demands = dict[str, Demand]


def own_demand(function: Function) -> int | None:
    """Return what a function asks for itself: its RTO, or what RTO + WRT <= MTPD leaves."""
    asked = [] if function.rto is None else [function.rto]
    if function.mtpd is not None:
        asked.append(max(0, function.mtpd - (function.wrt or 0)))
    return min(asked, default=None)


def recovery_demands(chains: Chains) -> Demands:
    """Return the strictest demand on each element; what nobody asks for is left out."""
    held: Demands = {}
    for function in chains.organisation.all(Function):
        asked = own_demand(function)
        if function.in_use and asked is not None:
            held[function.id] = Demand(asked, (function.id,))
    condensed = nx.condensation(chains.graph)
    for node in reversed(list(nx.topological_sort(condensed))):
        members = frozenset(condensed.nodes[node]["members"])
        if len(members) > 1:
            _inside(chains, held, members)
        for member in members:
            for chain in chains.of[member]:
                _pass_on(held, chain, outside=members)
    return held


def _inside(chains: Chains, held: Demands, members: frozenset[str]) -> None:
    """Let demands go round within a cycle until nothing changes, and take away its black-start delay."""
    changed = True
    while changed:  # buffers only add: each round settles at least one member
        changed = False
        for member in members:
            for chain in chains.of[member]:
                changed |= _pass_on(held, chain, inside=members)
    delay = chains.delay(members)
    for member in members & held.keys():
        held[member] = Demand(max(0, held[member].minutes - delay), held[member].path)


def _pass_on(
    held: Demands,
    chain: Chain,
    *,
    inside: frozenset[str] | None = None,
    outside: frozenset[str] = frozenset(),
) -> bool:
    """Ask the suppliers of a need; tell whether a demand became stricter."""
    asked = held.get(chain.need.dependent)
    if asked is None:
        return False
    left = asked.minutes + chain.need.autonomy if inside else _left(chain, asked.minutes)
    changed = False
    for supply in chain.indispensable() if left is not None else ():
        wanted = supply.element in inside if inside is not None else supply.element not in outside
        if wanted and left is not None:
            changed |= _stricter(held, supply.element, Demand(left, (*asked.path, supply.element)))
    return changed


def _left(chain: Chain, minutes: int) -> int | None:
    """Return within how long the suppliers must be back; None: a standby lasts for ever."""
    bridged: int | None = chain.need.autonomy
    if chain.bridging() and chain.break_in <= minutes:
        bridged = chain.bridged
    return None if bridged is None else max(0, minutes + bridged - chain.need.restart_lag)


def _stricter(held: Demands, element: str, demand: Demand) -> bool:
    before = held.get(element)
    if element in demand.path[:-1]:
        return False  # it asks itself by way of a cycle
    if before is not None and before.minutes <= demand.minutes:
        return False
    held[element] = demand
    return True


def data_demands(chains: Chains) -> Demands:
    """Return the strictest RPO on each element: what feeds a function may lose no more data than it."""
    held: Demands = {}
    functions = [f for f in chains.organisation.all(Function) if f.in_use and f.rpo is not None]
    for function in sorted(functions, key=lambda f: (f.rpo or 0, f.code)):
        queue = [Demand(function.rpo or 0, (function.id,))]
        for demand in queue:
            element = demand.path[-1]
            if element in held:
                continue
            held[element] = demand
            queue += [Demand(demand.minutes, (*demand.path, s)) for s in _suppliers(chains.of[element])]
    return held


def _suppliers(chains: Iterable[Chain]) -> list[str]:
    return [s.element for chain in chains for s in (*chain.first, *chain.standby)]


def needed_recovery(organisation: Organisation) -> dict[str, tuple[int, str]]:
    """Return, per element, within how many minutes it must be back, and the function that asks for it."""
    held = recovery_demands(Chains(organisation))
    return {id_: (demand.minutes, demand.function) for id_, demand in held.items()}
