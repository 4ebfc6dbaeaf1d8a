"""Needs as the roll-up reads them: who is indispensable, how long the loss of a supplier is bridged."""

from __future__ import annotations

from dataclasses import dataclass

from continuity.model.graph import graph
from continuity.model.kinds import Cycle, Element, Function, Need, StaffGroup, Supply
from continuity.model.organisation import Organisation

FULL = 1000


@dataclass(frozen=True, slots=True)
class Chain:
    """One need with its suppliers in use, ordinary and standby, and the least level that is enough."""

    need: Need
    first: tuple[Supply, ...]
    standby: tuple[Supply, ...]
    least: int  # permille of the dependent
    offers: dict[str, int]  # units that each ordinary supply offers, by its id

    @property
    def matters(self) -> bool:
        """Whether the dependent falls below its least level without the need."""
        return bool(self.first) and self.need.floor < self.least

    def indispensable(self) -> tuple[Supply, ...]:
        """Return the ordinary supplies without any one of which the need is not met."""
        if not self.matters:
            return ()
        if self.need.rule == "k_of_n":
            return () if len(self.first) > self.need.k else self.first
        if self.need.rule == "share" and self.need.required:
            total = sum(self.offers.values())
            asked = self.need.required * self.least
            return tuple(s for s in self.first if (total - self.offers[s.id]) * FULL < asked)
        return self.first

    def bridging(self) -> tuple[Supply, ...]:
        """Return the standbys that are enough by themselves."""
        asked = self.need.required * self.least if self.need.rule == "share" else FULL * self.least
        return tuple(s for s in self.standby if s.capacity is None or s.capacity * FULL >= asked)

    @property
    def break_in(self) -> int:
        """Minutes that the dependent stands still while the first standby is activated."""
        delay = min((s.activation_delay for s in self.bridging()), default=0)
        return delay - self.need.autonomy if delay > self.need.autonomy else 0

    @property
    def bridged(self) -> int | None:
        """Minutes that standbys and the buffer last; None: for ever."""
        ends = [s.endurance for s in self.bridging()]
        if None in ends:
            return None
        return self.need.autonomy + sum(end for end in ends if end is not None)


class Chains:
    """All needs by their dependent, and the cycles, ready to be walked."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.graph = graph(organisation)
        self.of: dict[str, list[Chain]] = {id_: [] for id_ in self.graph}
        for need in organisation.all(Need):
            if need.dependent in self.graph:
                self.of[need.dependent].append(self._chain(need))
        self._delays = {frozenset(c.members): c.delay for c in organisation.all(Cycle)}

    def delay(self, members: frozenset[str]) -> int:
        """Return the black-start delay of the cycle of ``members``."""
        return max((delay for known, delay in self._delays.items() if known & members), default=0)

    def _chain(self, need: Need) -> Chain:
        held = [s for s in self.organisation.parts(need.id, Supply) if s.element in self.graph]
        first = tuple(s for s in held if not s.standby)
        dependent = self.organisation.of(Function, need.dependent)
        least = max(1, dependent.mbco) if dependent else FULL
        offers = {s.id: self._offers(s) for s in first}
        return Chain(need, first, tuple(s for s in held if s.standby), least, offers)

    def _offers(self, supply: Supply) -> int:
        if supply.capacity is not None:
            return supply.capacity
        element = self.organisation.of(Element, supply.element)
        return element.headcount if isinstance(element, StaffGroup) else 0
