"""What stands out on the map for what is chosen: neighbours, a reach, or the ways between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from continuity.model.kinds import View
from ui.panels.map.links import Link, between, reach
from ui.panels.map.picture import Picture


@dataclass(frozen=True, slots=True)
class Lit:
    """Shapes and lines that stand out; with no shapes nothing steps back."""

    shapes: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()


def lit_by(
    ids: Sequence[str],
    look: View,
    picture: Picture,
    links: Mapping[str, Link],
    stages: Mapping[str, Link],
) -> Lit:
    """Return what stands out for the shapes ``ids``; lines are those drawn."""
    if not ids:
        return Lit()
    drawn = {**picture.links, **{i: _drawn(link, picture) for i, link in stages.items()}}
    members = {box.id: box.members for box in picture.boxes}
    chosen = [one for id_ in ids for one in members.get(id_, (id_,))]
    every = [*links.values(), *stages.values()]
    far: set[str] = set()
    if "path" in look.marks and len(ids) > 1:
        far = between(every, chosen)
    elif look.direction and not look.alone:
        far = reach(every, chosen, upstream=look.direction == "up", depth=look.depth)
    if far:
        return _reached({picture.shape_of(id_) for id_ in far} | set(ids), drawn)
    strong = {i for i, link in drawn.items() if link.supplier in ids or link.dependent in ids}
    near = {end for i in strong for end in (drawn[i].supplier, drawn[i].dependent)} | set(ids)
    if len(ids) > 1 or look.alone:
        near = set()  # they are to be worked on, or looked at with the rest: nothing steps back
    return Lit(frozenset(near), frozenset(strong))


def _reached(near: set[str], drawn: Mapping[str, Link]) -> Lit:
    strong = {i for i, link in drawn.items() if link.supplier in near and link.dependent in near}
    return Lit(frozenset(near), frozenset(strong))


def _drawn(link: Link, picture: Picture) -> Link:
    if link.supplier not in picture.stands_for:
        return link
    return Link(link.id, picture.shape_of(link.supplier), link.dependent, "", quiet=True)
