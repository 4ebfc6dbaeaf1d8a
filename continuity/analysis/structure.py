"""What can be said of the organisation without a run: weak points, depth, restart order, buffers."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import networkx as nx

from continuity.analysis.basic_events import EachElement
from continuity.analysis.bridging import Bridging
from continuity.analysis.cuts import CutSets, Family, TooManySets, contains, members
from continuity.analysis.gaps import GapFact, gaps
from continuity.analysis.losses import Logic, Losses, loss_of
from continuity.analysis.restart import RestartStep, restart_order
from continuity.analysis.static import StaticModel
from continuity.analysis.targets import Target, targets
from continuity.model.calendar import stages_in_use
from continuity.model.graph import cycles, graph
from continuity.model.kinds import Function, Need, Stream, Supply
from continuity.model.organisation import Organisation


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


def single_points(organisation: Organisation) -> tuple[Weight, ...]:
    """Return what hangs on each single element, without trying pairs: quick enough to follow edits."""
    return _weights(organisation, cut_sets(organisation, order=1))


def cut_sets(organisation: Organisation, order: int = 2) -> tuple[CutSet, ...]:
    """Return the smallest sets of at most ``order`` elements that bring a target down.

    A function's own element is left out (that it falls when it falls says nothing). Where there are too many
    sets of a target, those of the highest order are left out.
    """
    logic = Logic(StaticModel(organisation), EachElement())
    bridging = Bridging(organisation)
    rooms = [Losses(logic, CutSets(most)) for most in range(order, 0, -1)]
    found = []
    for aim in targets(organisation):
        for losses in rooms:
            with suppress(TooManySets):
                found += _of_target(losses, bridging, aim)
                break
    return tuple(sorted(found, key=lambda c: (len(c.elements), c.target, c.elements)))


def _of_target(losses: Losses[Family], bridging: Bridging, aim: Target) -> list[CutSet]:
    ids, place = losses.model.ids, losses.model.place
    own = frozenset((1 << place[aim.id],)) if aim.id in place else CutSets.never
    elements = [element for element, _, _ in aim.needs]
    stages = [(s, losses.below(place[e], least)) for e, least, s in aim.needs if s and e in place]
    found = []
    for one in loss_of(losses, aim) - own:
        case = tuple(sorted(ids[number] for number in members(one)))
        stopped = tuple(stage for stage, family in stages if contains(family, one))
        found.append(CutSet(case, aim.id, aim.kind, stopped, bridging.bridged(case, elements)))
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
