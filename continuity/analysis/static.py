"""What needs what in the long run: needs read once, without buffers, stocks that run empty, or lags.

A standby counts as far as it lasts: all of it without a stated endurance, else what its refiller gives it
while it runs. It counts whatever the threshold at which it starts. The floor of a need remains.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

from continuity.model.graph import graph
from continuity.model.kinds import Element, Need, StaffGroup, Supply
from continuity.model.organisation import Organisation

FULL = 1000
_NO_LIMIT = 2**62


@dataclass(frozen=True, slots=True)
class Feed:
    """One supplier of a need: it gives clamp(capacity × level − before, 0, claim) to a share.

    ``before`` is what needs served earlier take from the same pool, in thousandths of a person.
    """

    element: int
    capacity: int
    before: int = 0
    claim: int = _NO_LIMIT
    refill: int | None = None  # thousandths per minute, for a standby that would run empty without
    refiller: int | None = None  # who must be there for it; None: nobody

    def amount(self, level: int) -> int:
        """Return what it gives to a share at this level, in thousandths of a unit."""
        return max(0, min(self.capacity * level - self.before, self.claim))


@dataclass(frozen=True, slots=True)
class StaticNeed:
    """A need without its times."""

    rule: str
    k: int
    required: int
    floor: int
    primary: tuple[Feed, ...]
    standby: tuple[Feed, ...]

    @property
    def sources(self) -> tuple[Feed, ...]:
        """All that feeds it."""
        return (*self.primary, *self.standby)


class StaticModel:
    """The elements in use and their needs, by place."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        made = _with_refillers(organisation)
        self.ids: tuple[str, ...] = tuple(made)
        self.place = {id_: n for n, id_ in enumerate(self.ids)}
        self.elements: list[Element] = [e for id_ in self.ids if (e := organisation.of(Element, id_))]
        self.needs: list[list[StaticNeed]] = [[] for _ in self.ids]
        self._pools = _pools(organisation, self.place)
        for need in sorted(organisation.all(Need), key=lambda n: n.id):
            if need.dependent in self.place:
                self._take(need)
        #: The strongly connected components, suppliers first; and the component of each element.
        self.groups = [[self.place[id_] for id_ in members] for members in groups(made)]
        self.group_of = {element: n for n, members in enumerate(self.groups) for element in members}
        self.suppliers = [[self.place[id_] for id_ in made.predecessors(id_)] for id_ in self.ids]

    def _take(self, need: Need) -> None:
        supplies = [s for s in self.organisation.parts(need.id, Supply) if s.element in self.place]
        if not supplies:
            return
        primary = tuple(self._primary(need, s) for s in supplies if not s.standby)
        standby = tuple(self._standby(need, s) for s in supplies if s.standby)
        made = StaticNeed(need.rule, need.k, need.required, need.floor, primary, standby)
        self.needs[self.place[need.dependent]].append(made)

    def _primary(self, need: Need, supply: Supply) -> Feed:
        place = self.place[supply.element]
        element = self.elements[place]
        capacity = FULL if supply.capacity is None else supply.capacity
        if need.rule == "share" and isinstance(element, StaffGroup):
            if supply.id in self._pools:
                return Feed(place, element.headcount, *self._pools[supply.id])
            capacity = element.headcount if supply.capacity is None else supply.capacity
        return Feed(place, capacity)

    def _standby(self, need: Need, supply: Supply) -> Feed:
        place, share = self.place[supply.element], need.rule == "share"
        element = self.elements[place]
        if supply.capacity is not None:
            capacity = supply.capacity
        elif isinstance(element, StaffGroup) and share:
            capacity = element.headcount
        else:
            capacity = need.required if share else FULL
        if supply.endurance is None:
            return Feed(place, capacity)
        refiller = self.place.get(supply.refiller or "")
        unused = supply.refiller is not None and refiller is None
        return Feed(place, capacity, refill=0 if unused else supply.refill or 0, refiller=refiller)

    def needed_by(self, wanted: Iterable[int]) -> set[int]:
        """Return the places of ``wanted`` and of all that they need, directly or through others."""
        found, waiting = set(), list(wanted)
        while waiting:
            element = waiting.pop()
            if element not in found:
                found.add(element)
                waiting += self.suppliers[element]
        return found


def _with_refillers(organisation: Organisation) -> nx.DiGraph:
    made = nx.DiGraph(graph(organisation))
    for need in organisation.all(Need):
        for supply in organisation.parts(need.id, Supply):
            used = supply.standby and supply.element in made and need.dependent in made
            if used and supply.refiller in made:
                made.add_edge(supply.refiller, need.dependent)
    return made


def _pools(organisation: Organisation, place: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Return, per supply from staff that several shares draw on, what goes before it and what it claims."""
    drawn: dict[str, list[tuple[Need, Supply]]] = {}
    for need in organisation.all(Need):
        if need.rule != "share" or need.dependent not in place:
            continue
        for supply in organisation.parts(need.id, Supply):
            group = organisation.of(StaffGroup, supply.element)
            if group is not None and group.id in place and not supply.standby:
                drawn.setdefault(group.id, []).append((need, supply))
    found: dict[str, tuple[int, int]] = {}
    for taken in drawn.values():
        if len({need.id for need, _ in taken}) < 2:
            continue
        before = 0
        for need, supply in sorted(taken, key=lambda t: (t[0].priority, t[0].id, t[1].position, t[1].id)):
            claim = need.required if supply.capacity is None else min(need.required, supply.capacity)
            found[supply.id] = (before * FULL, claim * FULL)
            before += claim
    return found


def order(made: nx.DiGraph) -> list[str]:
    """Return the elements so that suppliers come first, the members of a cycle together."""
    return [id_ for members in groups(made) for id_ in members]


def groups(made: nx.DiGraph) -> list[list[str]]:
    """Return the strongly connected components, suppliers first."""
    condensed = nx.condensation(made)
    found = nx.lexicographical_topological_sort(condensed, key=lambda n: min(condensed.nodes[n]["members"]))
    return [sorted(condensed.nodes[n]["members"]) for n in found]


def lasts(supply: Supply) -> bool:
    """Tell whether a standby goes on for ever: no stated endurance, or refilled as fast as it drains."""
    return supply.endurance is None or (supply.refill is not None and supply.refill >= FULL)
