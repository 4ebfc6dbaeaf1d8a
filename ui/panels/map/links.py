"""What the lines of the map say: who supplies whom, by which need, and how much of it is enough."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from continuity.model.kinds import Need, Stage, Stream, Supply
from continuity.model.organisation import Organisation
from continuity.words import _, current

_FEW = 3


@dataclass(frozen=True, slots=True)
class Link:
    """One line: ``id`` is that of the supply, or of the stage for a line to a payment stream."""

    id: str
    supplier: str
    dependent: str
    need: str  # id of the need, "" for a stage
    standby: bool = False
    label: str = ""  # of a need on its first line only, of a standby on its own
    port: float = 0.5  # where it ends on the dependent's left edge, 0 top - 1 bottom
    buffered: bool = False  # the label names a buffer
    joint: str = ""  # the rule of a need in which several lines meet
    quiet: bool = False  # drawn only where it stands out
    weight: int = 1  # how many lines it stands for


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
    by_dependent: dict[str, list[tuple[Need, list[Supply]]]] = defaultdict(list)
    for need in needs:
        if supplies := by_need.get(need.id):
            by_dependent[need.dependent].append((need, supplies))
    found: dict[str, Link] = {}
    for wanted in by_dependent.values():
        found.update(_lines_into(wanted))
    return found


def links_to(organisation: Organisation, dependent: str) -> dict[str, Link]:
    """Return every line that ends at one element."""
    needs = [r for r in organisation.referrers(dependent) if isinstance(r, Need) and r.dependent == dependent]
    wanted = [(need, list(found)) for need in needs if (found := organisation.parts(need.id, Supply))]
    return _lines_into(wanted)


def _lines_into(wanted: Sequence[tuple[Need, list[Supply]]]) -> dict[str, Link]:
    """Return the lines of the needs of one element; each need has a port of its own."""
    found: dict[str, Link] = {}
    ordered = sorted(wanted, key=lambda pair: (pair[0].code, pair[0].id))
    for place, (need, unordered) in enumerate(ordered):
        supplies = sorted(unordered, key=lambda s: s.position)
        ordinary = sum(not s.standby for s in supplies)
        label = need_label(need, ordinary)
        for first, supply in enumerate(supplies):
            found[supply.id] = Link(
                supply.id,
                supply.element,
                need.dependent,
                need.id,
                supply.standby,
                _label_of(supply) if first else label,
                (place + 1) / (len(ordered) + 1),
                bool(need.autonomy) and not first,
                need.rule if len(supplies) > 1 else "",
            )
    return found


def _label_of(supply: Supply) -> str:
    if not supply.standby or supply.endurance is None:
        return ""
    return _("standby {time}", time=current().duration(supply.endurance, coarse=True))


def stage_links(organisation: Organisation) -> dict[str, Link]:
    """Return a line from each element to each payment stream that it does a stage of."""
    quiet = organisation.count("stream") > _FEW  # of many streams, only lines of what is chosen can be told
    found: dict[str, Link] = {}
    seen: set[tuple[str, str]] = set()
    for stream in organisation.all(Stream):
        for stage in organisation.parts(stream.id, Stage):
            if (stage.element, stream.id) not in seen:
                seen.add((stage.element, stream.id))
                found[stage.id] = Link(stage.id, stage.element, stream.id, "", quiet=quiet)
    return found


def reach(links: Iterable[Link], start: Iterable[str], *, upstream: bool, depth: int = 0) -> set[str]:
    """Return everything that ``start`` depends on (or, downstream, that depends on it), itself too.

    ``depth`` is the most steps that are gone; 0: all the way.
    """
    near: dict[str, list[str]] = defaultdict(list)
    for link in links:
        if upstream:
            near[link.dependent].append(link.supplier)
        else:
            near[link.supplier].append(link.dependent)
    found = set(start)
    rim, steps = found, 0
    while rim and (not depth or steps < depth):
        rim = {other for one in rim for other in near.get(one, ())} - found
        found = found | rim
        steps += 1
    return found


def between(links: Sequence[Link], ends: Iterable[str]) -> set[str]:
    """Return everything that lies on a way from one of ``ends`` to another of them, the ends too."""
    found: set[str] = set()
    every = set(ends)
    for one in every:
        ahead = reach(links, [one], upstream=False)
        for other in every - {one}:
            if other in ahead:
                found |= ahead & reach(links, [other], upstream=True)
    return found
