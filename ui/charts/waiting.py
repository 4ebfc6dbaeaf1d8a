"""Cases that wait at one function over time: typical, one run in ten, and what waits in the best of times."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen, QPolygonF

from continuity.model.local_time import local_time
from continuity.simulation.result import BacklogSeries
from continuity.words import _, current
from ui.charts import paint
from ui.charts.chart import Chart
from ui.charts.levels import Period
from ui.charts.numbers import MOST_SAID, Cell, Numbers, Title
from ui.charts.timescale import TimeScale, draw_pay_lines
from ui.theme import theme

_HEIGHT = 104


class WaitingChart(Chart):
    """Lines between the points of the grid; the scale ends at the most that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.period: Period | None = None
        self.series: BacklogSeries | None = None

    def show_series(self, period: Period | None, series: BacklogSeries | None) -> None:
        """Show what waits in ``period``."""
        self.period, self.series = period, series
        self.refresh()

    def numbers(self) -> Numbers:
        return self._numbers(None)

    def said(self) -> str:
        return self._numbers(MOST_SAID).said()

    def _numbers(self, most: int | None) -> Numbers:
        """Return the points at which anything is another, the first ``most`` of them."""
        if self.period is None or self.series is None:
            return Numbers()
        words, series = current(), self.series
        titles = (
            Title(_("At"), width=160), Title(_("Typical run"), True, 110),
            Title(_("One run in ten"), True, 120), Title(_("Most of all"), True, 120),
            Title(_("Ordinarily"), True, 110),
        )  # fmt: skip
        rows: list[tuple[Cell, ...]] = []
        columns = zip(series.grid, series.p50, series.p90, series.highest, series.ordinary, strict=True)
        before: list[int] = []
        for minute, *values in columns:
            if values == before:
                continue
            before = values
            if len(rows) == most:
                break
            when = words.datetime(local_time(self.period.start, minute), "short")
            rows.append((Cell(when, minute), *(Cell(words.number(v), v) for v in values)))
        return Numbers(titles, tuple(rows))

    def wanted_height(self) -> float:
        return theme.px(_HEIGHT)

    def draw(self, painter: QPainter) -> None:
        if self.period is None or self.series is None:
            return
        left = paint.text_width("100 %", 0.85) + theme.px(12)
        scale = TimeScale(self.period.start, self.period.minutes, left, self.width() - theme.px(16))
        legend = theme.px(22)
        plot = QRectF(left, theme.px(6), scale.right - left, self.height() - theme.px(6) - legend)
        painter.fillRect(plot, theme.colour("raised"))
        draw_pay_lines(painter, scale, self.period.pay, plot.top(), plot.bottom())
        top = self._top()
        painter.setPen(paint.pen("line"))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        for values, look in self._lines():
            painter.setPen(look)
            painter.drawPolyline(self._points(scale, plot, values, top))
        most = _("{number} cases", number=current().number(top))
        box = QRectF(plot.left() + theme.px(4), plot.top(), plot.width(), theme.px(16))
        paint.write(painter, box, most, token="muted", size=0.85)
        self._legend(painter)

    def _shown(self) -> int:
        """Return how many points of the grid lie in the period."""
        assert self.period is not None and self.series is not None
        return sum(minute <= self.period.minutes for minute in self.series.grid)

    def _top(self) -> int:
        assert self.series is not None
        shown = self._shown()
        return max(1, *self.series.p90[:shown], *self.series.p50[:shown], *self.series.ordinary[:shown])

    def _lines(self) -> list[tuple[Sequence[int], QPen]]:
        assert self.series is not None
        return [
            (self.series.ordinary, paint.pen("muted", 1.2, dash=(1, 2))),
            (self.series.p90, paint.pen("lost", 1.6, dash=(5, 2.5))),
            (self.series.p50, paint.pen("ink", 2.2)),
        ]

    def _points(self, scale: TimeScale, plot: QRectF, values: Sequence[int], top: int) -> QPolygonF:
        assert self.series is not None
        shown = self._shown()
        return QPolygonF(
            [
                QPointF(scale.x(minute), plot.bottom() - plot.height() * min(value, top) / top)
                for minute, value in zip(self.series.grid[:shown], values[:shown], strict=True)
            ]
        )

    def _legend(self, painter: QPainter) -> None:
        texts = (_("in the best of times"), _("one run in ten has so much or more"), _("typical run"))
        x, y = theme.px(4), self.height() - theme.px(11)
        for text, (_values, look) in reversed(list(zip(texts, self._lines(), strict=True))):
            painter.setPen(look)
            painter.drawLine(QPointF(x, y), QPointF(x + theme.px(22), y))
            box = QRectF(x + theme.px(27), y - theme.px(10), self.width() - x - theme.px(27), theme.px(20))
            if box.width() < theme.px(30):
                break
            x += theme.px(40) + paint.write(painter, box, text, token="muted", size=0.85)
