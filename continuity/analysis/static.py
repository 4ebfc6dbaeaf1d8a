"""Levels that hold in the end when some elements are out: no buffers, no stocks that run empty.

Many cases are found at once: a case is a set of elements that are out for good. A standby counts when it
lasts (no endurance, or refilled while it runs); a buffer never does; the floor of a need remains.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from continuity.model.graph import graph
from continuity.model.kinds import Need, StaffGroup, Supply
from continuity.model.organisation import Organisation

Levels = NDArray[np.int64]
FULL = 1000


@dataclass(frozen=True, slots=True)
class _Feed:
    element: int
    capacity: int


@dataclass(frozen=True, slots=True)
class _Need:
    rule: str
    k: int
    required: int
    floor: int
    primary: tuple[_Feed, ...]
    standby: tuple[_Feed, ...]


class StaticModel:
    """The needs of an organisation, ready to be asked what falls."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        made = graph(organisation)
        self.ids: tuple[str, ...] = tuple(made)
        self.place = {id_: n for n, id_ in enumerate(self.ids)}
        self._needs: list[list[_Need]] = [[] for _ in self.ids]
        for need in sorted(organisation.all(Need), key=lambda n: n.id):
            if need.dependent in self.place:
                self._take(need)
        self._groups = [sorted(self.place[id_] for id_ in members) for members in groups(made)]

    def _take(self, need: Need) -> None:
        supplies = [s for s in self.organisation.parts(need.id, Supply) if s.element in self.place]
        share = need.rule == "share"
        primary = tuple(self._feed(s, share) for s in supplies if not s.standby)
        standby = tuple(self._feed(s, share) for s in supplies if s.standby and lasts(s))
        if not primary and not any(s.standby for s in supplies):
            return
        made = _Need(need.rule, need.k, need.required, need.floor, primary, standby)
        self._needs[self.place[need.dependent]].append(made)

    def _feed(self, supply: Supply, share: bool) -> _Feed:
        capacity = FULL if supply.capacity is None else supply.capacity
        element = self.organisation.get(supply.element)
        if share and supply.capacity is None and isinstance(element, StaffGroup):
            capacity = element.headcount
        return _Feed(self.place[supply.element], capacity)

    def levels(self, cases: Sequence[Iterable[str]]) -> Levels:
        """Return the level of each element (rows, as ``ids``) in each case (columns)."""
        own = np.full((len(self.ids), len(cases)), FULL, np.int64)
        for column, out in enumerate(cases):
            for id_ in out:
                own[self.place[id_], column] = 0
        levels = own.copy()
        for members in self._groups:
            self._settle(members, own, levels)
        return levels

    def _settle(self, members: list[int], own: Levels, levels: Levels) -> None:
        for _ in range(FULL):  # levels only fall; a cycle comes to rest
            changed = False
            for element in members:
                found = own[element]
                for need in self._needs[element]:
                    found = np.minimum(found, np.maximum(_supply(need, levels), need.floor))
                changed |= bool((found < levels[element]).any())
                levels[element] = found
            if len(members) == 1 or not changed:
                return


def order(made: nx.DiGraph) -> list[str]:
    """Return the elements so that suppliers come first, the members of a cycle together."""
    return [id_ for members in groups(made) for id_ in members]


def groups(made: nx.DiGraph) -> list[list[str]]:
    """Return the strongly connected components, suppliers first."""
    condensed = nx.condensation(made)
    found = nx.lexicographical_topological_sort(condensed, key=lambda n: min(condensed.nodes[n]["members"]))
    return [sorted(condensed.nodes[n]["members"]) for n in found]


def _supply(need: _Need, levels: Levels) -> Levels:
    rows = [levels[f.element] for f in need.primary]
    nothing: Levels = np.zeros_like(levels[0])
    if need.rule == "share":
        total = sum((f.capacity * levels[f.element] for f in (*need.primary, *need.standby)), nothing)
        return np.minimum(FULL, total // max(1, need.required))
    found = nothing
    if need.rule == "k_of_n" and 1 <= need.k <= len(rows):
        found = np.sort(np.array(rows), axis=0)[len(rows) - need.k]
    elif need.rule == "all" and rows:
        found = np.min(np.array(rows), axis=0)
    for feed in need.standby:
        found = np.maximum(found, np.minimum(feed.capacity, levels[feed.element]))
    return found


def lasts(supply: Supply) -> bool:
    """Tell whether a standby goes on for ever: no stated endurance, or refilled as fast as it drains."""
    return supply.endurance is None or (supply.refill is not None and supply.refill >= FULL)
