"""A law of durations as a small picture: where durations are dense, and its quantiles."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from continuity.model.laws import faults, mean, quantile_of
from continuity.model.values import Law
from continuity.words import _, current
from ui.charts import paint
from ui.charts.chart import Chart
from ui.charts.numbers import Cell, Numbers, Title
from ui.theme import theme

_HEIGHT, _COLUMNS, _SHARES = 92, 48, 480
_TOLD = (0.5, 0.1, 0.9)  # the first keep their labels where room is short
_LAST = 0.985  # of laws without an end so much is drawn


class LawPicture(Chart):
    """Columns of equal width; the taller, the more of the draws lie there. Ticks at 10, 50 and 90 %."""

    def __init__(self) -> None:
        super().__init__()
        self.law: Law | None = None
        self._columns: tuple[float, ...] = ()
        self._ends = (0.0, 1.0)

    def show_law(self, law: Law | None) -> None:
        """Show ``law``; nothing where it cannot be drawn yet."""
        whole = law is not None and next(faults(law), None) is None
        self.law = law if whole else None
        if self.law is not None:
            self._columns, self._ends = density(self.law)
        self.setVisible(whole)
        self.refresh()

    def numbers(self) -> Numbers:
        if self.law is None:
            return Numbers()
        words = current()
        rows = [
            (words.percent(share), Cell(words.duration(quantile_of(self.law, share), coarse=True), share))
            for share in (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
        ]
        rows.append((_("mean"), Cell(words.duration(mean(self.law), coarse=True), 1.0)))
        return Numbers((Title(_("Share of the draws"), width=140), Title(_("at most"), True)), tuple(rows))

    def wanted_height(self) -> float:
        return theme.px(_HEIGHT)

    def draw(self, painter: QPainter) -> None:
        if self.law is None:
            return
        plot = QRectF(theme.px(8), theme.px(6), self.width() - theme.px(16), self.height() - theme.px(28))
        self._area(painter, plot)
        self._ticks(painter, plot)

    def _area(self, painter: QPainter, plot: QRectF) -> None:
        width, top = plot.width() / len(self._columns), max(self._columns) or 1.0
        outline = QPolygonF([plot.bottomLeft()])
        for place, height in enumerate(self._columns):
            y = plot.bottom() - plot.height() * height / top
            outline.append(QPointF(plot.left() + place * width, y))
            outline.append(QPointF(plot.left() + (place + 1) * width, y))
        outline.append(plot.bottomRight())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("chosen"))
        painter.drawPolygon(outline)
        painter.setPen(paint.pen("accent", 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(outline)
        painter.setPen(paint.pen("border"))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())

    def _ticks(self, painter: QPainter, plot: QRectF) -> None:
        assert self.law is not None
        low, high = self._ends
        taken: list[QRectF] = []
        for share in _TOLD:
            value, half = quantile_of(self.law, share), share == 0.5
            part = min(1.0, max(0.0, (value - low) / (high - low))) if high > low else 0.5
            x = plot.left() + plot.width() * part
            painter.setPen(paint.pen("ink", 1.6) if half else paint.pen("muted", 1, dash=(3, 2)))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom() + theme.px(3)))
            label = f"{current().percent(share)}: {current().duration(value, coarse=True)}"
            width = paint.text_width(label, 0.8) + theme.px(6)
            left = min(max(x - width / 2, plot.left()), plot.right() - width)
            box = QRectF(left, plot.bottom() + theme.px(3), width, theme.px(18))
            if not any(box.intersects(other) for other in taken):
                taken.append(box)
                paint.write(painter, box, label, token="muted", side=paint.CENTRE, size=0.8)


def density(law: Law) -> tuple[tuple[float, ...], tuple[float, float]]:
    """Return how much of the draws lies in each column, and the minutes at which the picture ends."""
    draws = [quantile_of(law, (number + 0.5) / _SHARES) for number in range(_SHARES)]
    bounded = law.law in ("uniform", "triangular", "pert", "empirical", "fixed")
    low = draws[0] if bounded else 0.0
    high = draws[-1] if bounded else quantile_of(law, _LAST)
    if high <= low:
        low, high = 0.0, 2 * (high or 1.0)
    found = [0] * _COLUMNS
    for draw in draws:
        if draw <= high:
            found[min(_COLUMNS - 1, int((draw - low) / (high - low) * _COLUMNS))] += 1
    return tuple(count / _SHARES for count in found), (low, high)
