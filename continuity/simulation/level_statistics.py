"""Statistics of levels and functions over blocks, in flat memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from continuity.model.kinds import Function
from continuity.simulation.backlog import Queues, has_queue
from continuity.simulation.backlog_statistics import BacklogFigures, BacklogStatistics
from continuity.simulation.figures import NONE, Figures, proportion
from continuity.simulation.level_figures import (
    FUNCTION_ROWS,
    add_to_grid,
    elements_of,
    functions_of,
    series_of,
)
from continuity.simulation.result import Cause, Chain, ElementResult, FunctionResult, LevelSeries
from continuity.simulation.timelines import Timelines

Ints = NDArray[np.int64]
GRID_STEP = 360  # minutes
GRID_POINTS = 400  # at most
GRID_CELLS = 200_000  # elements times points, at most; 404 bytes each
_FEWEST_POINTS = 25
_POINTS_OF_OUTAGES = 60

Causes = Mapping[str, tuple[Cause, ...]]
Chains = Mapping[str, tuple[Chain, ...]]


@dataclass(frozen=True, slots=True)
class LevelFigures:
    """Figures of one block, ready to be added."""

    timelines: Timelines
    down: Ints  # [elements, replications] minutes at level 0
    first: Ints
    functions: Ints  # [rows, functions, replications]
    backlog: BacklogFigures | None


def grid_step(horizon: int, elements: int) -> int:
    """Return the minutes between the points of the level series: 6 h, or more to keep them few."""
    points = max(_FEWEST_POINTS, min(GRID_POINTS, GRID_CELLS // max(1, elements)))
    step = GRID_STEP
    while horizon // step + 1 > points:
        step += GRID_STEP
    return step


class LevelStatistics:
    """Levels of all elements on a grid, and functions against their demands."""

    def __init__(
        self,
        element_ids: tuple[str, ...],
        functions: list[Function],
        horizon: int,
        lag: int,
        queues: Queues | None = None,
    ) -> None:
        """``queues`` are those of the functions that have one, in their order."""
        self.ids, self.horizon, self.lag = element_ids, horizon, lag
        self.functions = [f for f in functions if f.id in set(element_ids)]
        self.step = grid_step(horizon, len(element_ids))
        self.grid = tuple(range(0, horizon + 1, self.step))
        count, points = len(element_ids), len(self.grid)
        place = {id_: n for n, id_ in enumerate(element_ids)}
        self._rows = np.array([place[f.id] for f in self.functions], np.int64)
        demands = [[f.mbco, _or_none(f.rto), _or_none(f.mtpd)] for f in self.functions]
        self._demands = np.array(demands, np.int64).reshape(-1, 3).T.copy()
        self._counts = np.zeros((count, points + 1, 101), np.int32)
        self._sums = np.zeros((count, points + 1), np.int64)
        self._lowest = np.full((count, points), 1000, np.int64)
        self._down, self._first = Figures(count, horizon), Figures(count, horizon)
        self._hits = np.zeros(count, np.int64)
        most = horizon + lag
        self._of_functions = {name: Figures(len(self.functions), most) for name in FUNCTION_ROWS}
        self._fallen = np.zeros(len(self.functions), np.int64)
        waiting = [f for f in self.functions if has_queue(f)]
        self._backlog = None
        if queues is not None and waiting:
            self._backlog = BacklogStatistics(waiting, [place[f.id] for f in waiting], queues, self.grid)
        self.replications = 0

    def figures(self, timelines: Timelines) -> LevelFigures:
        """Return the figures of a block; threads may do so at the same time."""
        pieces = (timelines.minutes, timelines.levels, timelines.offsets)
        down, first = elements_of(*pieces, self.horizon)
        functions = functions_of(*pieces, self.horizon, self.lag, self._rows, self._demands)
        backlog = self._backlog.figures(timelines) if self._backlog else None
        return LevelFigures(timelines, down, first, functions, backlog)

    def add(self, block: LevelFigures) -> None:
        """Add the next block, in order."""
        lines = block.timelines
        self.replications += lines.count
        add_to_grid(
            lines.minutes, lines.levels, lines.offsets, self.horizon, self.step,
            self._counts, self._sums, self._lowest,
        )  # fmt: skip
        self._down.add(block.down)
        self._first.add(block.first)
        self._hits += (block.first != NONE).sum(axis=1)
        for row, name in enumerate(FUNCTION_ROWS):
            self._of_functions[name].add(block.functions[row])
        self._fallen += (block.functions[FUNCTION_ROWS.index("first")] != NONE).sum(axis=1)
        if self._backlog and block.backlog:
            self._backlog.add(block.backlog)

    def hits(self) -> list[Ints]:
        """Return, per share of runs that is promised, the hits of each function: down, RTO, MTPD broken."""
        broken = [self._of_functions[row].numbers() for row in ("rto_at", "mtpd_at")]
        return [self._fallen, *broken]

    def elements(self) -> tuple[ElementResult, ...]:
        """Return the result of each element, sorted by id."""
        series = self._series()
        found = [
            ElementResult(
                element=id_,
                levels=series[n],
                down=proportion(int(self._hits[n]), self.replications),
                down_minutes=self._down.estimate(n),
                first_down=self._first.some(n),
            )
            for n, id_ in enumerate(self.ids)
        ]
        return tuple(sorted(found, key=lambda e: e.element))

    def function_results(
        self,
        elements: tuple[ElementResult, ...],
        causes: Causes,
        chains: Chains = MappingProxyType({}),
    ) -> tuple[FunctionResult, ...]:
        """Return the result of each function, sorted by id; causes by function id."""
        levels = {e.element: e.levels for e in elements}
        order = sorted(range(len(self.functions)), key=lambda n: self.functions[n].id)
        found = [self._function(n, levels, causes) for n in order]
        backlog = self._backlog.results() if self._backlog else {}
        return tuple(
            replace(f, backlog=backlog.get(f.element), chains=chains.get(f.element, ())) for f in found
        )

    def _function(self, number: int, levels: Mapping[str, LevelSeries], causes: Causes) -> FunctionResult:
        function, of = self.functions[number], self._of_functions

        def breached(row: str, demand: int | None) -> object:
            return None if demand is None else proportion(of[row].number(number), self.replications)

        return FunctionResult(
            element=function.id,
            levels=levels[function.id],
            down=proportion(int(self._fallen[number]), self.replications),
            down_minutes=of["down"].estimate(number),
            longest_down=of["longest"].estimate(number),
            first_down=of["first"].some(number),
            rto_breach=breached("rto_at", function.rto),  # type: ignore[arg-type]
            mtpd_breach=breached("mtpd_at", function.mtpd),  # type: ignore[arg-type]
            rto_breach_at=of["rto_at"].some(number),
            mtpd_breach_at=of["mtpd_at"].some(number),
            recovered=of["recovered"].some(number),
            causes=causes.get(function.id, ()),
            outlasting=of["longest"].outlasting(number, _POINTS_OF_OUTAGES),
        )

    def _series(self) -> list[LevelSeries]:
        found = series_of(self._counts, self._sums, self._lowest, self.replications)
        return [LevelSeries(*(tuple(row) for row in rows)) for rows in found.transpose(1, 0, 2).tolist()]


def _or_none(value: int | None) -> int:
    return -1 if value is None else value
