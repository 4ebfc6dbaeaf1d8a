"""The organisation as a graph: an edge leads from a supplier to what depends on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from continuity.model.kinds import Element, Function, Need, Supply
from continuity.model.organisation import Organisation

if TYPE_CHECKING:
    import networkx as nx  # loads slowly: where it is used it is imported when first needed


@dataclass(frozen=True, slots=True)
class Link:
    """One supply as part of an edge."""

    need: str  # id
    supply: str  # id
    standby: bool


def graph(organisation: Organisation, *, in_use_only: bool = True, standby: bool = True) -> nx.DiGraph:
    """Return the elements (ids) as nodes and, per pair, an edge whose ``links`` are its supplies.

    ``in_use_only`` leaves out what is not in use, ``standby=False`` what only stands by.
    """
    import networkx as nx

    made: nx.DiGraph = nx.DiGraph()
    for element in sorted(organisation.elements, key=lambda e: e.id):
        if element.in_use or not in_use_only:
            made.add_node(element.id)
    for need in sorted(organisation.all(Need), key=lambda n: n.id):
        for supply in organisation.parts(need.id, Supply):
            if supply.standby and not standby:
                continue
            if supply.element in made and need.dependent in made:
                _link(made, supply.element, need.dependent, Link(need.id, supply.id, supply.standby))
    return made


def _link(made: nx.DiGraph, supplier: str, dependent: str, link: Link) -> None:
    if made.has_edge(supplier, dependent):
        made.edges[supplier, dependent]["links"] += (link,)
    else:
        made.add_edge(supplier, dependent, links=(link,))


def cycles(made: nx.DiGraph) -> list[tuple[str, ...]]:
    """Return the sets of elements that need one another (two or more, or one that needs itself), sorted."""
    import networkx as nx

    found = []
    for members in nx.strongly_connected_components(made):
        first = next(iter(members))
        if len(members) > 1 or made.has_edge(first, first):
            found.append(tuple(sorted(members)))
    return sorted(found)


def suppliers_of(organisation: Organisation, element: str) -> tuple[Element, ...]:
    """Return the elements that ``element`` (id) needs directly, standby too, in use or not."""
    found = {
        supply.element
        for need in organisation.all(Need)
        if need.dependent == element
        for supply in organisation.parts(need.id, Supply)
    }
    return tuple(e for e in organisation.elements if e.id in found)


def upstream(made: nx.DiGraph, element: str) -> frozenset[str]:
    """Return the ids of all that ``element`` needs, directly or through others."""
    import networkx as nx

    return frozenset(nx.ancestors(made, element)) if element in made else frozenset()


def functions_above(organisation: Organisation, elements: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return per element (id) the functions that need it, directly or through others, itself included."""
    import networkx as nx

    made = graph(organisation)
    functions = {function.id for function in organisation.all(Function)}
    return {
        id_: frozenset({*nx.descendants(made, id_), id_} & functions) if id_ in made else frozenset()
        for id_ in elements
    }
