"""Capabilities walk upwards: how long each element takes when all that it needs has fallen with it.

The worst supplier decides (the k-th best, the share that is enough), less the buffer, more the restart lag;
standbys are taken to work, after their activation. The members of a cycle come back together: the worst of
them, then the black-start delay. What nobody has estimated counts as nothing and is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

from continuity.analysis.chains import FULL, Chain, Chains
from continuity.model.kinds import Element, Function, Resource

_HOUR = 60
_MOST_UNKNOWN = 40


@dataclass(frozen=True, slots=True)
class Capability:
    """Back after ``minutes``; ``path`` leads to what decides it, ``unknown`` has no estimate."""

    minutes: int
    path: tuple[str, ...]  # ids: the element first, what decides last
    unknown: frozenset[str] = frozenset()

    @property
    def inherited(self) -> bool:
        """Whether a supplier decides, and not the element itself."""
        return len(self.path) > 1


Capabilities = dict[str, Capability]


def own_recovery(element: Element | None) -> int | None:
    """Return how long ``element`` takes by itself: its estimate, else what its contract promises."""
    if isinstance(element, Function):
        return element.achievable_rto
    if isinstance(element, Resource):
        if element.achievable_rto is None and element.sla_hours is not None:
            return element.sla_hours * _HOUR
        return element.achievable_rto
    return 0  # people are not repaired


def capabilities(chains: Chains) -> Capabilities:
    """Return the capability of every element in use."""
    held: Capabilities = {}
    condensed = nx.condensation(chains.graph)
    for node in nx.topological_sort(condensed):
        members = frozenset(condensed.nodes[node]["members"])
        alone = {m: _alone(chains, held, m, members) for m in sorted(members)}
        if len(members) == 1:
            held.update(alone)
            continue
        worst = max(alone.values(), key=lambda c: c.minutes)
        unknown = _joined(alone.values())
        for member in members:
            own = worst.path[0] == member
            path = worst.path if own else (member, *worst.path)
            held[member] = Capability(worst.minutes + chains.delay(members), path, unknown)
    return held


def _alone(chains: Chains, held: Capabilities, id_: str, members: frozenset[str]) -> Capability:
    element = chains.organisation.of(Element, id_)
    own = own_recovery(element)
    unknown = frozenset({id_}) if own is None and isinstance(element, Resource) else frozenset()
    found = [Capability(own or 0, (id_,), unknown)]
    for chain in chains.of[id_]:
        inherited = _through(held, chain, members)
        if inherited is not None:
            found.append(inherited)
    worst = max(found, key=lambda c: c.minutes)
    return Capability(worst.minutes, worst.path, _joined(found))


def _through(held: Capabilities, chain: Chain, members: frozenset[str]) -> Capability | None:
    """Return what a need costs its dependent; None where no supplier outside its own cycle matters."""
    outside = [held[s.element] for s in chain.first if s.element not in members]
    if not chain.matters or not outside:
        return None
    decides = _deciding(held, chain, outside)
    minutes = _felt(chain, decides.minutes)
    unknown = decides.unknown if chain.need.rule == "k_of_n" else _joined(outside)
    return Capability(minutes, (chain.need.dependent, *decides.path), unknown)


def _deciding(held: Capabilities, chain: Chain, outside: list[Capability]) -> Capability:
    ordered = sorted(outside, key=lambda c: (c.minutes, c.path))
    if chain.need.rule == "k_of_n":
        return ordered[min(chain.need.k, len(ordered)) - 1]
    if chain.need.rule == "share" and chain.need.required:
        back = 0
        offers = {s.element: chain.offers[s.id] for s in chain.first}
        for one in ordered:
            back += offers[one.path[0]]
            if back * FULL >= chain.need.required * chain.least:
                return one
    return ordered[-1]


def _felt(chain: Chain, minutes: int) -> int:
    """Return how long the dependent stands still when its supplier is back after ``minutes``."""
    lag = chain.need.restart_lag
    if not chain.bridging():
        return _after(minutes, chain.need.autonomy, lag)
    # The standby is active before a supplier that is back sooner would be.
    begun = min(minutes, *(s.activation_delay for s in chain.bridging()))
    pause = _after(begun, chain.need.autonomy, lag)
    bridged = chain.bridged
    return pause if bridged is None else max(pause, _after(minutes, bridged, lag))


def _after(minutes: int, bridged: int, lag: int) -> int:
    return minutes - bridged + lag if minutes > bridged else 0


def _joined(held: Iterable[Capability]) -> frozenset[str]:
    found: set[str] = set()
    for one in held:
        if len(found) < _MOST_UNKNOWN:
            found |= one.unknown
    return frozenset(found)
