"""Cost against payments on time: the sets than which none costs less and pays more, and the one proposed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPolygonF

from continuity.words import _, current
from ui.charts import paint
from ui.charts.chart import Chart, Mark
from ui.charts.numbers import Cell, Numbers, Title
from ui.theme import theme

_HEIGHT, _LEFT, _FOOT, _TOP = 280, 64, 44, 14
_BEYOND = 1.6  # of the budget: what is dearer is drawn at the edge


@dataclass(frozen=True, slots=True)
class Point:
    """One set of measures."""

    cost: float
    on_time: float  # share
    unpaid: float
    names: str
    affordable: bool
    best: bool = False


class FrontierChart(Chart):
    """A staircase of points; the proposed set is a diamond, what the budget does not hold is hollow."""

    def __init__(self) -> None:
        super().__init__()
        self.points: tuple[Point, ...] = ()
        self.budget = 0.0

    def show_points(self, points: tuple[Point, ...], budget: float) -> None:
        """Show ``points`` by cost, and the budget as a line."""
        self.points, self.budget = points, budget
        self.refresh()

    def numbers(self) -> Numbers:
        words = current()
        titles = (
            Title(_("Cost"), True, 130), Title(_("Payees on time"), True, 120),
            Title(_("People in need unpaid"), True, 150), Title(_("Within the budget"), width=130),
            Title(_("Measures"), wide=True),
        )  # fmt: skip
        rows = tuple(
            (
                Cell(words.sek(p.cost), p.cost), Cell(_percent(p.on_time), p.on_time),
                Cell(words.number(round(p.unpaid)), p.unpaid), _("Yes") if p.affordable else _("No"),
                Cell(p.names, tip=p.names),
            )
            for p in self.points
        )  # fmt: skip
        return Numbers(titles, rows)

    def wanted_height(self) -> float:
        return theme.px(_HEIGHT)

    def lay_out(self) -> list[Mark]:
        size = theme.px(14)
        return [
            Mark(QRectF(at.x() - size / 2, at.y() - size / 2, size, size), _tip(point))
            for point in self.points
            for at in (self._at(point),)
        ]

    def draw(self, painter: QPainter) -> None:
        if not self.points:
            return
        self._axes(painter)
        painter.setPen(paint.pen("accent", 1.5))
        for one, other in zip(self._stairs, self._stairs[1:], strict=False):
            start, end = self._at(one), self._at(other)
            corner = QPointF(end.x(), start.y())
            painter.drawPolyline(QPolygonF([start, corner, end]))
        for point in sorted(self.points, key=lambda p: p.best):
            self._point(painter, point)

    @property
    def _stairs(self) -> list[Point]:
        kept: list[Point] = []
        for point in self.points:
            if not kept or point.on_time > kept[-1].on_time:
                kept.append(point)
        return kept

    def _point(self, painter: QPainter, point: Point) -> None:
        at, size = self._at(point), theme.px(5)
        painter.setPen(paint.pen("accent", 1.5))
        painter.setBrush(theme.colour("accent" if point.affordable else "raised"))
        if point.best:
            size = theme.px(9)
            painter.setPen(paint.pen("ink", 1.5))
            painter.setBrush(theme.colour("pay"))
            corners = ((0, -size), (size, 0), (0, size), (-size, 0))
            painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in corners]))
        else:
            painter.drawEllipse(at, size, size)

    def _axes(self, painter: QPainter) -> None:
        box, words = self._box, current()
        painter.setPen(paint.pen("line"))
        low, high = self._range
        for part in range(5):
            y = box.bottom() - box.height() * part / 4
            painter.setPen(paint.pen("line"))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            label = QRectF(0, y - theme.px(9), box.left() - theme.px(6), theme.px(18))
            share = low + (high - low) * part / 4
            paint.write(
                painter, label, _percent(share, high - low), token="muted", side=paint.RIGHT, size=0.8
            )
        for part in range(5):
            x = box.left() + box.width() * part / 4
            label = QRectF(x - theme.px(60), box.bottom() + theme.px(4), theme.px(120), theme.px(16))
            side = paint.CENTRE
            if part in (0, 4):
                label = QRectF(box.left(), label.top(), box.width(), label.height())
                side = paint.LEFT if part == 0 else paint.RIGHT
            paint.write(painter, label, words.sek(self._end * part / 4), token="muted", side=side, size=0.8)
        foot = QRectF(box.left(), box.bottom() + theme.px(22), box.width(), theme.px(18))
        paint.write(
            painter, foot, _("Cost →   ↑ Payees on time"), token="muted", side=paint.CENTRE, size=0.85
        )
        x = box.left() + box.width() * min(1.0, self.budget / self._end)
        painter.setPen(paint.pen("breach", 1.5, dash=(4, 3)))
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        tag = QRectF(x - theme.px(150), box.bottom() - theme.px(22), theme.px(144), theme.px(18))
        paint.write(painter, tag, _("Budget"), token="breach", side=paint.RIGHT, size=0.85)

    @property
    def _box(self) -> QRectF:
        width, height = self.width() - theme.px(_LEFT + 16), self.height() - theme.px(_TOP + _FOOT)
        return QRectF(theme.px(_LEFT), theme.px(_TOP), width, height)

    @property
    def _end(self) -> float:
        dearest = max((p.cost for p in self.points), default=0.0)
        return max(1.0, min(dearest, self.budget * _BEYOND) if self.budget else dearest)

    @property
    def _range(self) -> tuple[float, float]:
        shares = [p.on_time for p in self.points]
        low, high = min(shares), max(shares)
        margin = max(0.001, (high - low) * 0.06)
        return max(0.0, low - margin), min(1.0, high + margin)

    def _at(self, point: Point) -> QPointF:
        box, (low, high) = self._box, self._range
        across = min(1.0, point.cost / self._end)
        up = (point.on_time - low) / max(1e-9, high - low)
        return QPointF(box.left() + box.width() * across, box.bottom() - box.height() * up)


def _percent(share: float, span: float = 0.01) -> str:
    return f"{current().number(100 * share, 2 if span < 0.05 else 1)} %"


def _tip(point: Point) -> str:
    words = current()
    lines = [
        _("Proposed") if point.best else "",
        words.sek(point.cost),
        _("Payees on time: {share}", share=_percent(point.on_time)),
        _("People in need unpaid: {n}", n=words.number(round(point.unpaid))),
        point.names,
    ]
    return "\n".join(line for line in lines if line)
