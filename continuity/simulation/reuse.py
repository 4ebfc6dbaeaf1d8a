"""Timelines kept from earlier runs: after an edit only what lies downstream of it is propagated again.

Disruptions are drawn and crews queue as in any run, so an element's own level is always that of today. An
element is *touched* if its own level in the block is another than before, if a row that describes it or its
needs is (pools and standby included), or if anything that feeds it is touched; of a cycle all or none. An
element that is not touched takes its old timeline and feels no need: the kernels then do the same as ever.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from continuity.simulation.compiled import BLANK, Compiled, Graph, Ints, State, Table, fingerprint
from continuity.simulation.kept import Kept
from continuity.simulation.levels import levels_from, levels_of_block, own_of_block
from continuity.simulation.reuse_kernels import spliced, touched
from continuity.simulation.sample import Sample, no_disruptions
from continuity.simulation.timelines import Lines, Timelines

#: Columns that say where a row's parts stand in other tables.
_PLACES: Final = frozenset(
    {
        "element", "first_need", "end_need", "first_feed", "end_primary", "first_standby", "end_standby",
        "feed", "start", "end", "cycle", "event",
    }
)  # fmt: skip
#: The tables that decide levels. With others than these nothing is reused until they are looked at here.
_GRAPH: Final = ("horizon", "elements", "needs", "feeds", "standbys", "cycles", "cycle_needs")
_STATE: Final = ("needs", "standbys", "elements", "steps", "running")
_NO_DAY: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Shape:
    """What levels follow from besides own levels: a digest per element, and one of all that is drawn."""

    place: Mapping[str, int]  # element id → row
    digests: NDArray[np.uint64]
    drawn: str
    feeders: tuple[Ints, Ints]  # per element where its feeders begin, and their rows
    cycle: Ints  # per element


@dataclass(frozen=True, slots=True)
class OldLines:
    """A block of an earlier run: levels of all elements, own and final, and what they followed from."""

    own: Lines
    final: Lines
    shape: Shape

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(part.nbytes for lines in (self.own, self.final) for part in lines)


class Reusing:
    """Levels of blocks with the help of what earlier runs of the scenario left in ``kept``."""

    def __init__(self, compiled: Compiled, kept: Kept, owner: str) -> None:
        self.compiled, self.kept, self.owner = compiled, kept, owner
        self.shape = shape_of(compiled)

    def block(self, first: int, count: int) -> Timelines:
        """Return what :func:`levels_of_block` does. Own levels are drawn anew where that can matter."""
        old = self._old(first, count)
        if old is None:
            made = levels_of_block(self.compiled, first, count)
        else:
            made = self._after(old, first, count)
        lines = OldLines(made.own, Lines(made.minutes, made.levels, made.offsets), self.shape)
        self.kept.put(self._key(self.compiled.measures, first, count), lines, lines.size, self.owner)
        return made

    def _after(self, old: OldLines, first: int, count: int) -> Timelines:
        compiled = self.compiled
        same = old.shape.drawn == self.shape.drawn
        if same and first > 0:  # of the first block the disruptions themselves are told, as causes
            sample, own = Sample(first, count, *no_disruptions(compiled)[2:]), old.own
        else:
            sample, own = own_of_block(compiled, first, count)
        final = levels_after(compiled, self.shape, old, own)
        return Timelines(*final, first, count, compiled.horizon, sample, own)

    def _old(self, first: int, count: int) -> OldLines | None:
        for measures in (self.compiled.measures, ()):
            old = self.kept.get(self._key(measures, first, count))
            if isinstance(old, OldLines):
                return old
        return None

    def _key(self, measures: tuple[str, ...], first: int, count: int) -> Hashable:
        of = self.compiled
        # Not the start: levels know minutes and no dates, so a run from another day takes them as they are.
        return ("lines", of.scenario, measures, of.seed, of.horizon, first, count)


def is_known_form() -> bool:
    """Tell whether the compiled form consists of the tables that this module looks at."""
    return Graph._fields == _GRAPH and State._fields == _STATE


def shape_of(compiled: Compiled) -> Shape:
    """Return the shape of a compiled form."""
    graph = compiled.graph
    names = np.array([_number(id_.encode()) for id_ in compiled.element_ids], np.uint64)
    return Shape(
        place=compiled.index,
        digests=_digests(compiled, names),
        drawn=fingerprint(_drawn(compiled)),
        feeders=_feeders(graph),
        cycle=np.ascontiguousarray(graph.elements["cycle"]),
    )


def levels_after(compiled: Compiled, shape: Shape, old: OldLines, own: Lines) -> Lines:
    """Return the levels that follow from own levels; what is not touched since ``old`` is taken from it."""
    rows, hit = rows_of_old(old, shape, own)
    if not hit.any():
        return _spliced(rows, rows, old.final, old.final)
    part = _around(compiled.graph, shape.feeders, hit)
    given = _spliced(part, np.where(hit[part], BLANK, rows[part]), own, old.final)
    made = levels_from(*_only(compiled, part, hit), given)
    place = np.full(len(hit), BLANK, np.int64)
    place[part] = np.arange(len(part))
    return _spliced(place, np.where(hit, BLANK, rows), made, old.final)


def rows_of_old(old: OldLines, shape: Shape, own: Lines) -> tuple[Ints, NDArray[np.bool_]]:
    """Return the row of each element in an earlier run (BLANK: none), and what is touched since."""
    rows = np.array([old.shape.place.get(id_, BLANK) for id_ in shape.place], np.int64)
    known = rows != BLANK
    same = np.zeros(len(rows), np.bool_)
    same[known] = shape.digests[known] == old.shape.digests[rows[known]]
    hit = touched(~same, rows, shape.feeders, shape.cycle, tuple(own), tuple(old.own))
    return rows, hit


def _spliced(new_rows: Ints, old_rows: Ints, new: Lines, old: Lines) -> Lines:
    return Lines(*spliced(new_rows, old_rows, tuple(new), tuple(old)))


def _around(graph: Graph, feeders: tuple[Ints, Ints], hit: NDArray[np.bool_]) -> Ints:
    """Return the elements that are hit and those that feed them, in their order."""
    starts, suppliers = feeders
    chosen = hit.copy()
    of_hit = np.repeat(hit, np.diff(starts))
    fed = suppliers[of_hit]
    chosen[fed[fed != BLANK]] = True
    return np.flatnonzero(chosen)


def _only(compiled: Compiled, part: Ints, hit: NDArray[np.bool_]) -> tuple[Graph, State]:
    """Return graph and state of the elements ``part``, of which only those that are ``hit`` have needs."""
    graph, place = compiled.graph, np.full(len(hit) + 1, BLANK, np.int64)  # BLANK takes the last
    place[part] = np.arange(len(part))
    elements = graph.elements[part].copy()
    for name, value in (("first_need", 0), ("end_need", 0), ("cycle", BLANK)):
        elements[name][~hit[part]] = value
    needs, feeds, cycles = graph.needs.copy(), graph.feeds.copy(), graph.cycles.copy()
    needs["element"], feeds["element"] = place[needs["element"]], place[feeds["element"]]
    size = cycles["end"] - cycles["start"]
    cycles["start"] = np.maximum(0, place[cycles["start"]])
    cycles["end"] = cycles["start"] + size  # a cycle that is not hit is never looked at
    tables = {"elements": elements, "needs": needs, "feeds": feeds, "cycles": cycles}
    smaller = graph._replace(**{name: made.view(np.recarray) for name, made in tables.items()})  # type: ignore[arg-type]
    return smaller, compiled.state._replace(elements=compiled.state.elements[part])


def _drawn(compiled: Compiled) -> Compiled:
    """Return the compiled form without needs: what own levels follow from."""
    graph = compiled.graph
    alone = graph.elements.copy()
    for name in ("first_need", "end_need", "cycle"):
        alone[name] = 0
    bare = Graph(graph.horizon, alone, *(part[:0] for part in graph[2:]))
    nothing = ()
    return replace(
        compiled, start=_NO_DAY, graph=bare, measures=nothing, need_ids=nothing, standby_ids=nothing,
        state=compiled.state._replace(needs=compiled.state.needs[:0], standbys=compiled.state.standbys[:0]),
    )  # fmt: skip


def _digests(compiled: Compiled, names: NDArray[np.uint64]) -> NDArray[np.uint64]:
    graph, state = compiled.graph, compiled.state
    steps = state.steps.tobytes()
    elements, needs, standbys = (
        _rows(a, b)
        for a, b in (
            (graph.elements, state.elements),
            (graph.needs, state.needs),
            (graph.standbys, state.standbys),
        )
    )
    fed = np.append(names, np.uint64(0))[graph.feeds["element"]]  # BLANK takes the last
    feeds = np.column_stack([_rows(graph.feeds), fed.astype(np.int64)]) if len(fed) else _rows(graph.feeds)
    cycles = _rows(graph.cycles)
    found = np.zeros(len(names), np.uint64)
    need_ends = _ends(graph)
    for place, row in enumerate(graph.elements):
        parts = [elements[place].tobytes(), steps]
        first, end = int(row["first_need"]), int(row["end_need"])
        if first < end:
            low, high, standby, last = need_ends(first, end)
            parts += [needs[first:end].tobytes(), feeds[low:high].tobytes(), standbys[standby:last].tobytes()]
            parts.append(_cuts(graph.needs[first:end]))
        if row["cycle"] != BLANK:
            cycle = graph.cycles[int(row["cycle"])]
            members = names[int(cycle["start"]) : int(cycle["end"])]
            parts += [cycles[int(row["cycle"])].tobytes(), members.tobytes()]
        found[place] = _number(b"|".join(parts))
    return found


def _ends(graph: Graph) -> Any:
    """Return a function that tells where feeds and standbys of needs first … end - 1 begin and end."""
    starts = np.append(graph.needs["first_feed"], len(graph.feeds))
    first = np.append(graph.needs["first_standby"], len(graph.standbys))

    def of(begin: int, end: int) -> tuple[int, int, int, int]:
        return int(starts[begin]), int(starts[end]), int(first[begin]), int(first[end])

    return of


def _cuts(needs: Table) -> bytes:
    """Return how many feeds and standbys each need has."""
    ordinary = needs["end_primary"] - needs["first_feed"]
    return np.column_stack([ordinary, needs["end_standby"] - needs["first_standby"]]).tobytes()


def _rows(*tables: Table) -> Ints:
    """Return the columns of tables of one length that say no places, side by side."""
    said = [t[name] for t in tables for name in t.dtype.names or () if name not in _PLACES]
    columns = [np.asarray(values).astype(np.int64) for values in said]
    return np.column_stack(columns) if columns else np.zeros((len(tables[0]), 0), np.int64)


def _feeders(graph: Graph) -> tuple[Ints, Ints]:
    """Return, per element, the rows of all that feed it: suppliers, standbys, refillers."""
    ends = _ends(graph)
    starts, rows = [0], []
    fed = graph.feeds["element"]
    for row in graph.elements:
        first, end = int(row["first_need"]), int(row["end_need"])
        if first < end:
            low, high, _, _ = ends(first, end)
            rows.append(fed[low:high])
        starts.append(starts[-1] + (len(rows[-1]) if first < end else 0))
    joined = np.concatenate(rows) if rows else np.zeros(0, np.int64)
    return np.array(starts, np.int64), joined.astype(np.int64)


def _number(text: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little")
