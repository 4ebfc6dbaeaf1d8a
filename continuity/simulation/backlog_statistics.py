"""Statistics of queues over blocks, in flat memory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from continuity.model.kinds import Function
from continuity.simulation.backlog import CASE, Queues
from continuity.simulation.backlog_kernels import BACKLOG_ROWS, figures_of_queues, ordinary_waits
from continuity.simulation.figures import Figures, proportion
from continuity.simulation.result import Backlog, BacklogSeries
from continuity.simulation.series_kernels import add_to_series
from continuity.simulation.timelines import Timelines

Ints = NDArray[np.int64]
_CELLS = 12_000  # queues times points of the grid, at most; about 2 kB each
_FEWEST = 13
_WIDTH = 10  # bins are a tenth of their value wide; one case up to 20


@dataclass(frozen=True, slots=True)
class BacklogFigures:
    """Figures of one block, ready to be added."""

    figures: Ints  # [rows, queues, replications]
    waits: Ints  # [queues, points, replications]


class BacklogStatistics:
    """What waits at each function whose cases are counted."""

    def __init__(
        self, functions: list[Function], places: list[int], queues: Queues, grid: tuple[int, ...]
    ) -> None:
        self.functions, self.queues = functions, queues
        self._rows = np.array(places, np.int64)
        most = max(_FEWEST, _CELLS // max(1, len(functions)))
        self.grid = grid[:: -(-len(grid) // most)]
        self._points = np.array(self.grid, np.int64)
        demands = [(f.mbco, -1 if f.wrt is None else f.wrt) for f in functions]
        self._demands = np.array(demands, np.int64).reshape(-1, 2)
        limit = _most(queues)
        wide = queues.horizon + int(self._demands.max(initial=0))
        limits = {"peak": limit, "left": limit, "late": 1, "still_late": 1}
        self._of = {name: Figures(len(functions), limits.get(name, wide)) for name in BACKLOG_ROWS}
        cells = len(functions) * len(self.grid)
        self._series = Series(cells, limit)
        self.replications = 0

    def figures(self, lines: Timelines) -> BacklogFigures:
        """Return the figures of a block; threads may do so at the same time."""
        pieces = (lines.minutes, lines.levels, lines.offsets)
        return BacklogFigures(
            *figures_of_queues(*self.queues, self._rows, self._demands, pieces, self._points)
        )

    def add(self, block: BacklogFigures) -> None:
        """Add the next block, in order."""
        self.replications += block.figures.shape[2]
        for row, name in enumerate(BACKLOG_ROWS):
            self._of[name].add(block.figures[row])
        self._series.add(block.waits.reshape(-1, block.waits.shape[2]))

    def results(self) -> dict[str, Backlog]:
        """Return what waits, by function id."""
        if not self.functions:
            return {}
        series = self._all_series()
        return {f.id: self._backlog(n, f, series[n]) for n, f in enumerate(self.functions)}

    def _backlog(self, number: int, function: Function, series: BacklogSeries) -> Backlog:
        of = self._of
        breach = None
        if function.wrt is not None:
            breach = proportion(of["wrt_at"].number(number), self.replications)
        late, still = (round(of[n].estimate(number).mean * self.replications) for n in ("late", "still_late"))
        return Backlog(
            series=series,
            peak=of["peak"].estimate(number),
            peak_at=of["peak_at"].estimate(number),
            left=of["left"].estimate(number),
            late=proportion(late, self.replications),
            still_late=proportion(still, self.replications),
            gone=of["gone"].some(number),
            catch_up=of["catch_up"].some(number),
            wrt_breach=breach,
            wrt_breach_at=of["wrt_at"].some(number),
        )

    def _all_series(self) -> list[BacklogSeries]:
        shape = (len(self.functions), len(self.grid))
        mean, p50, p90, highest = (part.reshape(shape) for part in self._series.parts(self.replications))
        ordinary = ordinary_waits(*self.queues, self._points)
        return [
            BacklogSeries(
                self.grid, *(tuple(part[n].tolist()) for part in (mean, p50, p90, highest, ordinary))
            )
            for n in range(len(self.functions))
        ]


class Series:
    """Whole numbers of many points: mean, quantiles from bins, the highest."""

    def __init__(self, points: int, limit: int) -> None:
        edges, edge = [], 0
        while edge <= limit:
            edges.append(edge)
            edge += max(1, edge // _WIDTH)
        self._edges = np.array(edges, np.int64)
        self._counts = np.zeros((points, len(edges)), np.uint32)
        self._sums = np.zeros((points, len(edges)), np.int64)
        self._highest = np.zeros(points, np.int64)

    def add(self, values: Ints) -> None:
        """Add a block's values [points, replications]."""
        if values.size:
            add_to_series(values, self._edges, self._counts, self._sums, self._highest)

    def parts(self, replications: int) -> tuple[Ints, Ints, Ints, Ints]:
        """Return mean, median, 90 % quantile and highest of each point."""
        total = self._sums.sum(axis=1)
        ranks = np.cumsum(self._counts, axis=1, dtype=np.int64)
        mean = (total + replications // 2) // max(1, replications)
        return (
            mean,
            self._quantile(ranks, replications, 50),
            self._quantile(ranks, replications, 90),
            self._highest,
        )

    def _quantile(self, ranks: Ints, replications: int, percent: int) -> Ints:
        wanted = max(1, -(-replications * percent // 100))
        place = np.minimum((ranks < wanted).sum(axis=1), len(self._edges) - 1)[:, None]
        counts = np.maximum(1, np.take_along_axis(self._counts, place, axis=1)[:, 0].astype(np.int64))
        sums: Ints = np.take_along_axis(self._sums, place, axis=1)[:, 0]
        return np.asarray((sums + counts // 2) // counts, np.int64)


def _most(queues: Queues) -> int:
    """Return the most cases that can wait."""
    rates = np.maximum(queues.queues["arrivals"], queues.queues["ordinary"]) * queues.horizon
    held = np.maximum(queues.queues["waits"], queues.queues["waits_ordinarily"])
    return int((rates + held).max(initial=0)) // CASE + 1
