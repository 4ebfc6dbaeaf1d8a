"""Rules about the whole: what needs itself, what is called the same, what is marked in mass."""

from __future__ import annotations

from collections.abc import Iterator

from continuity.model.kinds import KINDS, Cycle, Need, Record, Supply
from continuity.model.marking import marking_of
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem
from continuity.model.rules.said import said

_NAMED = ("site", "function", "resource", "staff_group", "role", "stream", "fallback", "measure", "procedure")
#: So many records marked together may deserve a higher marking than each alone.
_MANY = 10


def cycles_are_described(organisation: Organisation) -> Iterator[Problem]:
    """What needs one another is described as a cycle; otherwise it can never start."""
    in_use = {element.id for element in organisation.elements if element.in_use}
    described = {cycle.id: in_use.intersection(cycle.members) for cycle in organisation.all(Cycle)}
    whole = {frozenset(held) for held in described.values()}
    for members in _cycles(organisation):
        if frozenset(members) in whole:
            continue
        names = ", ".join(_name(organisation, id_) for id_ in members)
        near = next((id_ for id_, held in described.items() if held & set(members)), members[0])
        record = organisation.get(near)
        assert record is not None
        if isinstance(record, Cycle):
            yield said("cycle-wrong", "error", record, "members", members=names, ids=members)
        else:
            yield said("cycle-missing", "error", record, members=names, ids=members)


def _cycles(organisation: Organisation) -> list[tuple[str, ...]]:
    """Return the elements in use that need one another, in ordinary operation."""
    import networkx as nx  # slow to load; not needed to open a document

    made = nx.DiGraph()
    in_use = {element.id for element in organisation.elements if element.in_use}
    dependents = {need.id: need.dependent for need in organisation.all(Need)}
    for supply in organisation.all(Supply):
        ends = supply.element, dependents.get(supply.need, "")
        if not supply.standby and in_use.issuperset(ends):
            made.add_edge(*ends)
    whole = [tuple(sorted(found)) for found in nx.strongly_connected_components(made) if len(found) > 1]
    alone = [(id_,) for id_, other in made.edges if id_ == other]
    return sorted(whole + alone)


def _name(organisation: Organisation, id_: str) -> str:
    record = organisation.get(id_)
    return getattr(record, "name", "") or (record.code if record else id_)


def names_tell_apart(organisation: Organisation) -> Iterator[Problem]:
    """Two records of a kind are not called the same."""
    for kind in _NAMED:
        first: dict[str, Record] = {}
        for record in organisation.of_kind(kind):
            name = " ".join(getattr(record, "name", "").casefold().split())
            other = first.setdefault(name, record)
            if other is not record:
                yield said("same-name", "hint", record, "name", other=other.code)


def marked_in_mass(organisation: Organisation) -> Iterator[Problem]:
    """Many marked records together may be more sensitive than each alone."""
    marked = sum(marking_of(record) != "none" for record in organisation)
    agency = organisation.agency
    if agency is not None and marked >= _MANY:
        yield said("marked-in-mass", "hint", agency, "marking", count=marked)


assert set(_NAMED) <= KINDS.keys()

RULES = (cycles_are_described, names_tell_apart, marked_in_mass)
