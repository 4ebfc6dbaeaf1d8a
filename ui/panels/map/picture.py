"""From the organisation and a look to what is drawn: who is shown, which groups, and which lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from continuity.model.distance import by_distance
from continuity.model.kinds import Element, View
from continuity.model.layout import Place
from continuity.model.organisation import Organisation
from ui.panels.map.boxes import Box, lay_out
from ui.panels.map.links import Link, reach
from ui.panels.map.looks import groups, passes

BOX = "group:"  # ids of groups begin with it: they are no records
_BUNDLE = "bundle:"


@dataclass(frozen=True, slots=True)
class Picture:
    """What a look at the map shows. ``places`` is None where everything stands where it was put."""

    shown: frozenset[str] = frozenset()  # elements that have a shape of their own
    streams: frozenset[str] | None = None  # None: all of them
    boxes: tuple[Box, ...] = ()
    links: dict[str, Link] = field(default_factory=dict)
    places: dict[str, Place] | None = None
    stands_for: dict[str, str] = field(default_factory=dict)  # element in a folded group -> its box
    found: int = 0  # elements that the filters let through
    of: int = 0  # all elements

    def shape_of(self, id_: str) -> str:
        """Return the id of what stands for an element: itself or its folded group."""
        return self.stands_for.get(id_, id_)


def picture(
    organisation: Organisation,
    look: View,
    base: Mapping[str, Place],
    links: Mapping[str, Link],
    stages: Mapping[str, Link],
) -> Picture:
    """Return what ``look`` shows of ``organisation``, whose elements stand at ``base``."""
    elements = [e for e in organisation.elements if e.id in base]
    found = [e for e in elements if passes(organisation, e, look)]
    streams = None
    if look.alone and look.focus:
        near = near_to(look, [*links.values(), *stages.values()])
        found = [e for e in found if e.id in near]
        streams = frozenset(link.dependent for link in stages.values() if link.dependent in near)
    ids = frozenset(e.id for e in found)
    inside = {i: link for i, link in links.items() if link.supplier in ids and link.dependent in ids}
    plain = Picture(ids, streams, links=inside, found=len(ids), of=len(elements))
    if look.grouping != "none":
        return _grouped(organisation, look, found, base, plain)
    if look.alone and look.focus:
        return replace(plain, places=_alone(look, ids, inside))
    return plain


def near_to(look: View, links: Iterable[Link]) -> set[str]:
    """Return what ``look`` reaches from its focus; without a direction both ways."""
    every = list(links)
    ways = ("up", "down") if not look.direction else (look.direction,)
    depth = look.depth if look.direction else (look.depth or 1)
    found: set[str] = set()
    for way in ways:
        found |= reach(every, look.focus, upstream=way == "up", depth=depth)
    return found


def _alone(look: View, ids: frozenset[str], links: Mapping[str, Link]) -> dict[str, Place]:
    edges = [(link.supplier, link.dependent) for link in links.values()]
    up, down = look.direction != "down", look.direction != "up"
    return by_distance(look.focus, ids, edges, up=up, down=down)


def _grouped(
    organisation: Organisation, look: View, found: list[Element], base: Mapping[str, Place], plain: Picture
) -> Picture:
    grouped = groups(organisation, found, look.grouping)
    unfolded = set(look.unfolded)
    boxes, places = lay_out(grouped, unfolded, base, BOX)
    box_of = {member: box.id for box in boxes for member in box.members}
    stands_for = {member: box.id for box in boxes if box.folded for member in box.members}
    return replace(
        plain,
        shown=frozenset(places),
        boxes=boxes,
        places=places,
        stands_for=stands_for,
        links=_bundled(plain.links, box_of, stands_for, {box.id: box.x for box in boxes}),
    )


def _bundled(
    links: Mapping[str, Link],
    box_of: Mapping[str, str],
    stands_for: Mapping[str, str],
    across: Mapping[str, int],
) -> dict[str, Link]:
    """Return one line between two groups for all that run between them; single ones wait to be asked for.

    So do those that run backwards: they would lie across everything.
    """
    counts: dict[tuple[str, str], int] = defaultdict(int)
    shown: dict[str, Link] = {}
    seen: set[tuple[str, str]] = set()
    for id_, link in links.items():
        pair = box_of[link.supplier], box_of[link.dependent]
        ends = stands_for.get(link.supplier, link.supplier), stands_for.get(link.dependent, link.dependent)
        if pair[0] != pair[1]:
            counts[pair] += 1
        if ends[0] == ends[1] or ends == pair:
            continue
        folded = ends != (link.supplier, link.dependent)
        if folded and ends in seen:
            continue
        seen.add(ends)
        held = replace(link, supplier=ends[0], dependent=ends[1], quiet=True)
        if ends[1] != link.dependent:  # what one need says would be taken for what all of them say
            held = replace(held, label="", joint="", buffered=False, port=0.5)
        shown[id_] = held
    for (one, other), count in counts.items():
        id_ = f"{_BUNDLE}{one}>{other}"
        shown[id_] = Link(id_, one, other, "", weight=count, quiet=across[other] < across[one])
    return shown
