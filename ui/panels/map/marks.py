"""What is highlighted on the whole map: single points of failure and cycles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ui.panels.map.links import Link

if TYPE_CHECKING:
    from continuity.session import Session


@dataclass(frozen=True, slots=True)
class Marks:
    """Per element how many functions and payment streams fall with it alone; and what needs itself."""

    weak: dict[str, int] = field(default_factory=dict)
    cycles: tuple[tuple[str, ...], ...] = ()

    @property
    def cyclic(self) -> frozenset[str]:
        """The elements that are part of a cycle."""
        return frozenset(id_ for cycle in self.cycles for id_ in cycle)

    def lines(self, links: Mapping[str, Link]) -> set[str]:
        """Return the lines inside cycles."""
        ring = {id_: number for number, cycle in enumerate(self.cycles) for id_ in cycle}
        return {
            i
            for i, link in links.items()
            if link.supplier in ring and ring[link.supplier] == ring.get(link.dependent)
        }


def marks_of(session: Session, wanted: tuple[str, ...]) -> Marks:
    """Return the marks ``wanted``, in a thread of its own."""
    from continuity.model.graph import cycles, graph  # loads slowly, and only here is it needed

    weak = {}
    if "weak" in wanted:
        for one in session.single_points():
            if fallen := len(one.functions) + len(one.streams):
                weak[one.element] = fallen
    rings = cycles(graph(session.organisation.copy())) if "cycles" in wanted else []
    return Marks(weak, tuple(rings))
