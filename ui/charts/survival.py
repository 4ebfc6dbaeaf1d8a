"""How long one function is down at its longest: the share of the runs beyond each duration, and demands."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPolygonF

from continuity.words import _, current
from ui.charts import paint
from ui.charts.chart import Chart, Mark
from ui.charts.numbers import Cell, Numbers, Title
from ui.theme import theme

_HEIGHT = 210
_UNITS = (60, 180, 360, 720, 1440, 2880, 4320, 10080, 20160, 40320)
_ROOM = 1.15  # beyond the last demand or point


@dataclass(frozen=True, slots=True)
class Demand:
    """A demand on the time axis: what it is called, its minutes, and how often it is broken."""

    name: str
    minutes: int
    said: str


class SurvivalChart(Chart):
    """A falling staircase; the demands stand as lines across it."""

    def __init__(self) -> None:
        super().__init__()
        self.points: tuple[tuple[int, float], ...] = ()
        self.demands: tuple[Demand, ...] = ()

    def show_curve(self, points: tuple[tuple[int, float], ...], demands: tuple[Demand, ...]) -> None:
        """Show the share of runs that are down for longer than each of so many minutes."""
        if points and points[0][0] > 0:
            points = ((0, 1.0), *points)
        self.points, self.demands = points, demands
        self.refresh()

    def share_beyond(self, minutes: float) -> float:
        """Return the share of the runs whose longest outage is longer."""
        return next((share for at, share in reversed(self.points) if at <= minutes), 1.0)

    def numbers(self) -> Numbers:
        words = current()
        titles = (
            Title(_("Longest outage longer than"), True, 190), Title(_("Share of the runs"), True, 130),
            Title(_("Demand"), width=200),
        )  # fmt: skip
        rows = [(m, share, "") for m, share in self.points]
        rows += [(d.minutes, self.share_beyond(d.minutes), f"{d.name} {d.said}") for d in self.demands]
        return Numbers(
            titles,
            tuple(
                (Cell(words.duration(m, coarse=True), m), Cell(words.percent(share), share), said)
                for m, share, said in sorted(rows)
            ),
        )

    def wanted_height(self) -> float:
        return theme.px(_HEIGHT)

    def lay_out(self) -> list[Mark]:
        plot = self._plot()
        wide = theme.px(8)
        return [
            Mark(QRectF(self._x(d.minutes) - wide, plot.top(), 2 * wide, plot.height()), f"{d.name} {d.said}")
            for d in self.demands
        ]

    # --- painting ------------------------------------------------------------------------------

    @property
    def end(self) -> float:
        """The last minute of the axis."""
        last = max((m for m, _share in self.points), default=1440)
        return max(60.0, _ROOM * max([last, *(d.minutes for d in self.demands)]))

    def _plot(self) -> QRectF:
        left = paint.text_width("100 %", 0.85) + theme.px(12)
        return QRectF(left, theme.px(22), self.width() - left - theme.px(16), self.height() - theme.px(48))

    def _x(self, minute: float) -> float:
        plot = self._plot()
        return plot.left() + plot.width() * min(1.0, minute / self.end)

    def draw(self, painter: QPainter) -> None:
        if not self.points:
            return
        plot = self._plot()
        self._frame(painter, plot)
        line = QPolygonF()
        before = self.points[0][1]
        for minute, share in self.points:
            x = self._x(minute)
            line.append(QPointF(x, plot.bottom() - plot.height() * before))
            line.append(QPointF(x, plot.bottom() - plot.height() * share))
            before = share
        line.append(QPointF(plot.right(), plot.bottom() - plot.height() * before))
        painter.setPen(paint.pen("ink", 2))
        painter.drawPolyline(line)
        for demand in self.demands:
            self._demand(painter, plot, demand)

    def _frame(self, painter: QPainter, plot: QRectF) -> None:
        words = current()
        painter.fillRect(plot, theme.colour("raised"))
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            y = round(plot.bottom() - plot.height() * share) + 0.5
            painter.setPen(paint.pen("line"))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            if share in (0.0, 0.5, 1.0):
                box = QRectF(0, y - theme.px(9), plot.left() - theme.px(6), theme.px(18))
                paint.write(painter, box, words.percent(share), token="muted", side=paint.RIGHT, size=0.85)
        room = theme.px(60)
        step = next((u for u in _UNITS if u / self.end * plot.width() >= room), _UNITS[-1])
        for minute in range(0, int(self.end) + 1, step):
            x = self._x(minute)
            painter.setPen(paint.pen("border"))
            painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + theme.px(4)))
            half = min(room / 2, self.width() - x)
            box = QRectF(x - half, plot.bottom() + theme.px(5), 2 * half, theme.px(18))
            paint.write(painter, box, words.duration(minute), token="muted", side=paint.CENTRE, size=0.85)

    def _demand(self, painter: QPainter, plot: QRectF, demand: Demand) -> None:
        x = round(self._x(demand.minutes)) + 0.5
        painter.setPen(paint.pen("breach", 1.4, dash=(5, 3)))
        painter.drawLine(QPointF(x, plot.top() - theme.px(2)), QPointF(x, plot.bottom()))
        y = plot.bottom() - plot.height() * self.share_beyond(demand.minutes)
        painter.setBrush(theme.colour("breach"))
        painter.drawEllipse(QPointF(x, y), theme.px(4), theme.px(4))
        name = QRectF(x - theme.px(40), 0, theme.px(80), plot.top() - theme.px(3))
        paint.write(painter, name, demand.name, token="breach", side=paint.CENTRE, size=0.85, bold=True)
        # The curve falls: the corner at the upper right is free.
        text, row = f"{demand.name}: {demand.said}", self.demands.index(demand)
        width = paint.text_width(text, 0.85) + theme.px(6)
        box = QRectF(plot.right() - width, plot.top() + theme.px(4 + 18 * row), width, theme.px(16))
        painter.fillRect(box, theme.colour("raised"))
        paint.write(painter, box, text, token="breach", side=paint.RIGHT, size=0.85)
