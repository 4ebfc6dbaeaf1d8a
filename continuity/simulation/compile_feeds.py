"""What feeds the needs, and what each need gets of staff that several draw on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from continuity.model.kinds import Element, Need, StaffGroup, Supply
from continuity.simulation.compiled import FEED, FULL, NO_LIMIT, Table, table


@dataclass(frozen=True, slots=True)
class NeedParts:
    """A need with the supplies that take part."""

    need: Need
    primary: tuple[Supply, ...]
    standby: tuple[Supply, ...]

    @property
    def id(self) -> str:
        """The need's id."""
        return self.need.id

    @property
    def suppliers(self) -> list[str]:
        """Ids of all elements on which it depends."""
        refillers = [s.refiller for s in self.standby if s.refiller]
        return [s.element for s in self.primary + self.standby] + refillers


class Maker(Protocol):
    """What feeds ask of the maker of the graph."""

    needs: list[NeedParts]
    in_use: dict[str, Element]
    index: dict[str, int]

    def capacity(self, need: Need, supply: Supply) -> int | None:
        """Return what a supply can give."""


class Feeds:
    """What feeds the needs, in their order; staff that several needs draw on is a pool."""

    def __init__(self, maker: Maker) -> None:
        self.element: list[int | None] = []
        self.capacity: list[int] = []
        self.before: list[int] = []
        self.claim: list[int] = []
        self.standby_feeds: list[int] = []
        self._maker = maker
        taken = self._taken()
        for part in maker.needs:
            for supply in part.primary:
                before, claim = taken.get(supply.id, (0, NO_LIMIT))
                pooled = supply.id in taken
                element = maker.in_use[supply.element]
                whole = element.headcount if pooled and isinstance(element, StaffGroup) else None
                capacity = whole if whole is not None else maker.capacity(part.need, supply)
                self._add(supply.element, capacity or 0, before, claim)
            for supply in part.standby:
                self.standby_feeds.append(len(self.element))
                self._add(supply.element, 0, 0, NO_LIMIT)
                self._add(supply.refiller, 0, 0, NO_LIMIT)

    def _add(self, element: str | None, capacity: int, before: int, claim: int) -> None:
        self.element.append(self._maker.index.get(element) if element else None)
        self.capacity.append(capacity)
        self.before.append(before)
        self.claim.append(claim)

    def table(self) -> Table:
        """Return the table of feeds."""
        size = len(self.element)
        facts = {"capacity": self.capacity, "before": self.before, "claim": self.claim}
        return table(FEED, size, element=self.element, **facts)

    def _taken(self) -> dict[str, tuple[int, int]]:
        """Return, per supply from a pool, what is taken before it and what it claims, in thousandths."""
        pools: dict[str, list[tuple[Need, Supply]]] = {}
        for part in self._maker.needs:
            for supply in part.primary:
                if part.need.rule == "share" and isinstance(self._maker.in_use[supply.element], StaffGroup):
                    pools.setdefault(supply.element, []).append((part.need, supply))
        taken: dict[str, tuple[int, int]] = {}
        for drawn in pools.values():
            before = 0
            if len({need.id for need, _ in drawn}) < 2:
                continue
            for need, supply in sorted(drawn, key=lambda d: (d[0].priority, d[0].id, d[1].position, d[1].id)):
                claim = need.required if supply.capacity is None else min(need.required, supply.capacity)
                taken[supply.id] = (before * FULL, claim * FULL)
                before += claim
        return taken
