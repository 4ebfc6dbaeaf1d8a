"""What can be said of the organisation without a run: weak points, depth, restart order, buffers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import networkx as nx

from continuity.analysis.bridging import Bridging
from continuity.analysis.gaps import GapFact, gaps
from continuity.analysis.restart import RestartStep, restart_order
from continuity.analysis.static import StaticModel
from continuity.model.calendar import stages_in_use
from continuity.model.graph import cycles, graph
from continuity.model.kinds import Function, Need, Stream, Supply
from continuity.model.organisation import Organisation

#: Pairs tried at once; and so many at most, the elements nearest to the targets first.
_CHUNK = 8_192
MOST_PAIRED = 400


@dataclass(frozen=True, slots=True)
class Target:
    """What must not fall: a function below its MBCO, or a stream of which a stage cannot work."""

    id: str  # of the function or stream
    kind: str  # function or stream
    needs: tuple[tuple[str, int, str], ...]  # element, least level, stage ("" for a function)


@dataclass(frozen=True, slots=True)
class CutSet:
    """A smallest set of elements whose loss brings the target down, buffers not counted."""

    elements: tuple[str, ...]  # ids, sorted; one: a single point of failure
    target: str  # id of the function or stream
    kind: str  # function or stream
    stages: tuple[str, ...]  # ids of the stages that stop first, for a stream
    bridged: int | None  # minutes that buffers and stocks bridge at most; None: for ever


@dataclass(frozen=True, slots=True)
class Weight:
    """How much hangs on one element alone."""

    element: str
    functions: tuple[str, ...]  # ids of the functions that fall with it
    streams: tuple[str, ...]  # ids of the streams that stop with it
    payees: int  # payees per month of those streams
    weakened: tuple[str, ...] = ()  # ids of streams that go on, but whose functions fall below their MBCO
    weakened_payees: int = 0  # payees per month of those


@dataclass(frozen=True, slots=True)
class Depth:
    """The longest chain of needs under an element, cycles counted as one link."""

    element: str
    depth: int
    suppliers: int  # all that it needs, directly or through others


@dataclass(frozen=True, slots=True)
class Buffer:
    """Time that is bridged: a need's own buffer, or the stock of a standby."""

    need: str
    dependent: str
    kind: str  # buffer or standby
    supply: str | None  # id, for a standby
    minutes: int | None  # None: without end
    delay: int  # activation of a standby


@dataclass(frozen=True, slots=True)
class Structure:
    """What the structure says; all ids, sorted by weight."""

    single_points: tuple[Weight, ...]
    cut_sets: tuple[CutSet, ...]
    depths: tuple[Depth, ...]
    restart: tuple[RestartStep, ...]
    buffers: tuple[Buffer, ...]
    cycles: tuple[tuple[str, ...], ...]
    gaps: tuple[GapFact, ...]


def structure(organisation: Organisation) -> Structure:
    """Return the structure of ``organisation``: elements in use, static logic, buffers not counted."""
    cuts = cut_sets(organisation)
    return Structure(
        single_points=_weights(organisation, cuts),
        cut_sets=cuts,
        depths=_depths(organisation),
        restart=restart_order(organisation),
        buffers=_buffers(organisation),
        cycles=tuple(cycles(graph(organisation))),
        gaps=gaps(organisation),
    )


def targets(organisation: Organisation) -> tuple[Target, ...]:
    """Return the functions and streams that must not fall, by code."""
    found = [
        Target(f.id, "function", ((f.id, max(1, f.mbco), ""),))
        for f in organisation.all(Function)
        if f.in_use
    ]
    for stream in organisation.all(Stream):
        stages = stages_in_use(organisation, stream)
        needs = tuple((s.element, max(1, s.least_level), s.id) for s in stages)
        if needs:
            found.append(Target(stream.id, "stream", needs))
    return tuple(found)


def cut_sets(organisation: Organisation, order: int = 2) -> tuple[CutSet, ...]:
    """Return the smallest sets of one or two elements that bring a target down.

    A function's own element is left out (that it falls when it falls says nothing); pairs are tried among
    the :data:`MOST_PAIRED` elements that the most targets need.
    """
    model, aims = StaticModel(organisation), targets(organisation)
    if not model.ids:
        return ()
    bridging = Bridging(organisation)
    alone = {(aim.id, aim.id) for aim in aims}
    found = _falling(model, bridging, aims, [(id_,) for id_ in model.ids], alone)
    alone |= {(cut.elements[0], cut.target) for cut in found}
    if order > 1:
        pairs = list(combinations(_candidates(organisation, model, aims), 2))
        for first in range(0, len(pairs), _CHUNK):
            found += _falling(model, bridging, aims, pairs[first : first + _CHUNK], alone)
    return tuple(sorted(found, key=lambda c: (len(c.elements), c.target, c.elements)))


def _candidates(organisation: Organisation, model: StaticModel, aims: tuple[Target, ...]) -> list[str]:
    made = graph(organisation)
    asked = dict.fromkeys(model.ids, 0)
    for aim in aims:
        for element in {e for e, _, _ in aim.needs if e in made}:
            for id_ in (*nx.ancestors(made, element), element):
                asked[id_] += 1
    wanted = [id_ for id_ in model.ids if asked[id_]]
    return sorted(sorted(wanted, key=lambda id_: (-asked[id_], id_))[:MOST_PAIRED])


def _falling(
    model: StaticModel,
    bridging: Bridging,
    aims: tuple[Target, ...],
    cases: Sequence[tuple[str, ...]],
    alone: set[tuple[str, str]],
) -> list[CutSet]:
    """Return which of ``cases`` bring which target down, without those in ``alone`` (element, target)."""
    levels = model.levels(cases)
    found = []
    for aim in aims:
        rows = [(model.place[e], least, stage) for e, least, stage in aim.needs if e in model.place]
        low = {(row, least): levels[row] < least for row, least, _ in rows}
        any_low = sum(low.values(), start=levels[0] < 0)
        for column in any_low.nonzero()[0].tolist():
            case = cases[column]
            if any((id_, aim.id) in alone for id_ in case):
                continue
            stages = tuple(stage for row, least, stage in rows if stage and low[row, least][column])
            bridged = bridging.bridged(case, [e for e, _, _ in aim.needs])
            found.append(CutSet(tuple(sorted(case)), aim.id, aim.kind, stages, bridged))
    return found


def _weights(organisation: Organisation, cuts: tuple[CutSet, ...]) -> tuple[Weight, ...]:
    functions: dict[str, list[str]] = {}
    streams: dict[str, list[str]] = {}
    for cut in cuts:
        if len(cut.elements) == 1:
            hit = functions if cut.kind == "function" else streams
            hit.setdefault(cut.elements[0], []).append(cut.target)
    used = _functions_of_streams(organisation)
    found = []
    for element in sorted(functions.keys() | streams.keys()):
        stopped = streams.get(element, [])
        fallen = {element, *functions.get(element, ())}
        weak = tuple(id_ for id_, of in used.items() if id_ not in stopped and of & fallen)
        found.append(
            Weight(
                element,
                tuple(functions.get(element, ())),
                tuple(stopped),
                _payees(organisation, stopped),
                weak,
                _payees(organisation, weak),
            )
        )
    return tuple(sorted(found, key=lambda w: (-w.payees, -w.weakened_payees, -len(w.functions), w.element)))


def _functions_of_streams(organisation: Organisation) -> dict[str, set[str]]:
    """Return by stream the functions that decide it or do one of its stages."""
    found = {}
    for stream in organisation.all(Stream):
        near = {stage.element for stage in stages_in_use(organisation, stream)}
        near |= {stream.function} if stream.function else set()
        found[stream.id] = {id_ for id_ in near if organisation.of(Function, id_)}
    return found


def _payees(organisation: Organisation, streams: Sequence[str]) -> int:
    return sum(s.payees for id_ in streams if (s := organisation.of(Stream, id_)))


def _depths(organisation: Organisation) -> tuple[Depth, ...]:
    made = graph(organisation)
    condensed = nx.condensation(made)
    depth: dict[int, int] = {}
    for node in nx.topological_sort(condensed):
        depth[node] = max((depth[before] + 1 for before in condensed.predecessors(node)), default=0)
    found = [
        Depth(id_, depth[node], len(nx.ancestors(made, id_)))
        for node in condensed
        for id_ in condensed.nodes[node]["members"]
    ]
    return tuple(sorted(found, key=lambda d: (-d.depth, -d.suppliers, d.element)))


def _buffers(organisation: Organisation) -> tuple[Buffer, ...]:
    in_use = set(graph(organisation))
    found = []
    for need in organisation.all(Need):
        if need.dependent not in in_use:
            continue
        if need.autonomy:
            found.append(Buffer(need.id, need.dependent, "buffer", None, need.autonomy, 0))
        for supply in organisation.parts(need.id, Supply):
            if supply.standby and supply.element in in_use:
                facts = (need.id, need.dependent, "standby", supply.id, supply.endurance)
                found.append(Buffer(*facts, supply.activation_delay))
    return tuple(sorted(found, key=lambda b: (b.minutes is None, b.minutes or 0, b.need, b.supply or "")))
