"""What the lines of the map say: who supplies whom, by which need, and how much of it is enough."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from continuity.model.kinds import Need, Stage, Stream, Supply
from continuity.model.organisation import Organisation
from continuity.words import _, current


@dataclass(frozen=True, slots=True)
class Link:
    """One line: ``id`` is that of the supply, or of the stage for a line to a payment stream."""

    id: str
    supplier: str
    dependent: str
    need: str  # id of the need, "" for a stage
    standby: bool = False
    label: str = ""  # on the first line of a need only
    port: float = 0.5  # where it ends on the dependent's left edge, 0 top - 1 bottom


def need_label(need: Need, supplies: int) -> str:
    """Return what a need says on the map: "2 of 3", "requires 90", "72 h"; empty if it is plain."""
    parts = []
    if need.rule == "k_of_n":
        parts.append(_("{k} of {n}", k=need.k, n=supplies))
    elif need.rule == "share":
        parts.append(_("requires {required}", required=current().number(need.required)))
    if need.autonomy:
        parts.append(current().duration(need.autonomy, coarse=True))
    return " · ".join(parts)


def links_of(organisation: Organisation) -> dict[str, Link]:
    """Return every line between elements, by id."""
    by_need: dict[str, list[Supply]] = defaultdict(list)
    needs: list[Need] = []
    for record in organisation:
        if isinstance(record, Supply):
            by_need[record.need].append(record)
        elif isinstance(record, Need):
            needs.append(record)
    by_dependent: dict[str, list[Need]] = defaultdict(list)
    for need in needs:
        if by_need[need.id]:
            by_dependent[need.dependent].append(need)
    found: dict[str, Link] = {}
    for dependent, needs in by_dependent.items():
        for place, need in enumerate(needs):
            supplies = sorted(by_need[need.id], key=lambda s: s.position)
            label = need_label(need, sum(not s.standby for s in supplies))
            port = (place + 1) / (len(needs) + 1)
            for first, supply in enumerate(supplies):
                found[supply.id] = Link(
                    supply.id,
                    supply.element,
                    dependent,
                    need.id,
                    supply.standby,
                    "" if first else label,
                    port,
                )
    return found


def stage_links(organisation: Organisation) -> dict[str, Link]:
    """Return a line from each element to each payment stream that it does a stage of."""
    found: dict[str, Link] = {}
    seen: set[tuple[str, str]] = set()
    for stream in organisation.all(Stream):
        for stage in organisation.parts(stream.id, Stage):
            if (stage.element, stream.id) not in seen:
                seen.add((stage.element, stream.id))
                found[stage.id] = Link(stage.id, stage.element, stream.id, "")
    return found


def reach(links: Iterable[Link], start: Iterable[str], *, upstream: bool) -> set[str]:
    """Return everything that ``start`` depends on (or, downstream, that depends on it), itself too."""
    near: dict[str, list[str]] = defaultdict(list)
    for link in links:
        if upstream:
            near[link.dependent].append(link.supplier)
        else:
            near[link.supplier].append(link.dependent)
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += near[one]
    return found
