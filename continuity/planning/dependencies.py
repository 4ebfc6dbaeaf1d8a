"""Who needs whom: the graph behind the pictures and the tables of needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

import networkx as nx

from continuity.model.graph import graph
from continuity.model.kinds import Element, Function, Need, Supply
from continuity.model.organisation import Organisation


class Dependencies:
    """Needs and supplies of the elements in use; an edge runs from the dependent to its supplier."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.graph: nx.DiGraph[str] = graph(organisation).reverse()
        self._needed: dict[str, frozenset[str]] = {}
        self._needs: dict[str, list[Need]] = defaultdict(list)
        for need in organisation.all(Need):
            if need.dependent in self.graph:
                self._needs[need.dependent].append(need)

    def needs(self, element: str) -> list[Need]:
        """The needs of an element, by code."""
        return self._needs.get(element, [])

    def supplies(self, need: Need) -> list[Supply]:
        """The supplies of a need whose element is in use, in order."""
        held = self.organisation.parts(need.id, Supply)
        return [s for s in held if (e := self.organisation.of(Element, s.element)) and e.in_use]

    def suppliers(self, element: str) -> list[str]:
        """Whom an element needs directly, by code."""
        return sorted(self.graph.successors(element), key=self._order) if element in self.graph else []

    def needed(self, element: str) -> frozenset[str]:
        """All that an element needs, straight or through others."""
        held = self._needed.get(element)
        if held is None:
            held = frozenset(nx.descendants(self.graph, element)) if element in self.graph else frozenset()
            self._needed[element] = held
        return held

    def below(self, elements: Iterable[str], most: int) -> set[str]:
        """``elements`` and what they need, nearest first, until there are ``most``."""
        found = [e for e in elements if e in self.graph]
        seen = set(found)
        for element in found:  # grows while it is read: breadth first
            for supplier in sorted(self.graph.successors(element), key=self._order):
                if supplier not in seen and len(seen) < most:
                    seen.add(supplier)
                    found.append(supplier)
        return seen

    def _order(self, element: str) -> str:
        record = self.organisation.get(element)
        return record.code if record else ""

    def layers(self, elements: set[str]) -> tuple[list[list[str]], list[tuple[str, str]]]:
        """``elements`` in layers, each below all that need it, and the edges that no others imply.

        An edge also stands for a way through elements that are not shown. Members of a cycle share a
        layer; their mutual edges are all given.
        """
        knots, closure = self._knots
        shown: dict[int, list[str]] = defaultdict(list)
        for element in elements:
            if element in knots:
                shown[knots[element]].append(element)
        members = {knot: sorted(shown[knot], key=self._order) for knot in sorted(shown)}
        lean = nx.transitive_reduction(closure.subgraph(members))
        layers = [
            [
                e
                for knot in sorted(generation, key=lambda k: self._order(members[k][0]))
                for e in members[knot]
            ]
            for generation in nx.topological_generations(lean)
        ]
        between = [(members[a][0], members[b][0]) for a, b in lean.edges]
        within = [(a, b) for a, b in self._mutual if a in elements and b in elements]
        return layers, sorted(between + within)

    @cached_property
    def _knots(self) -> tuple[dict[str, int], nx.DiGraph[int]]:
        """The knot of each element, where a cycle is one, and every way from knot to knot; once for all."""
        knots = nx.condensation(self.graph)
        return knots.graph["mapping"], nx.transitive_closure_dag(knots)

    @cached_property
    def _mutual(self) -> list[tuple[str, str]]:
        """The edges between members of a cycle."""
        home = self._knots[0]
        return [(a, b) for a, b in self.graph.edges if a != b and home[a] == home[b]]

    def carried(self) -> dict[str, int]:
        """For each element how many functions need it, straight or through others."""
        found: dict[str, int] = dict.fromkeys(self.graph, 0)
        for function in self.organisation.all(Function):
            if function.id in self.graph:
                for element in nx.descendants(self.graph, function.id):
                    found[element] += 1
        return found
