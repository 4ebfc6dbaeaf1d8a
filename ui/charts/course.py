"""One function close up: typical, bad and lowest level over time, with a ruler to read values at."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QToolTip

from continuity.model.local_time import local_time
from continuity.words import _, current
from ui.charts import paint
from ui.charts.chart import Chart
from ui.charts.levels import Course, Period, pieces, staircase
from ui.charts.numbers import Cell, Numbers, Title
from ui.charts.timescale import TimeScale, draw_axis, draw_pay_lines, draw_pay_tiles
from ui.theme import theme

_HEIGHT = 224


class CourseChart(Chart):
    """Curves of one function; ``other`` is the typical level of the run compared with."""

    def __init__(self) -> None:
        super().__init__()
        self.period: Period | None = None
        self.course: Course | None = None
        self.other: tuple[int, ...] = ()
        self.other_name = ""
        self.ruler = -1  # place on the grid

    def show_course(
        self, period: Period | None, course: Course | None, other: tuple[int, ...] = (), other_name: str = ""
    ) -> None:
        """Show ``course``, and ``other`` thin beside it."""
        self.period, self.course, self.other, self.other_name = period, course, other, other_name
        self.ruler = min(self.ruler, len(period.grid) - 1) if period else -1
        self.refresh()

    def numbers(self) -> Numbers:
        if self.period is None or self.course is None:
            return Numbers()
        words, course, grid = current(), self.course, self.period.grid
        titles = [
            Title(_("From"), width=160), Title(_("Typical run"), True, 110),
            Title(_("One run in ten"), True, 120), Title(_("Lowest of all"), True, 120),
        ]  # fmt: skip
        rows = []
        before: tuple[int, ...] = ()
        for place, levels in enumerate(zip(course.typical, course.bad, course.lowest, strict=True)):
            if levels != before:
                when = words.datetime(local_time(self.period.start, grid[place]), "short")
                rows.append((Cell(when, grid[place]), *(Cell(words.level(v), v) for v in levels)))
                before = levels
        return Numbers(tuple(titles), tuple(rows))

    def wanted_height(self) -> float:
        return theme.px(_HEIGHT)

    # --- painting ------------------------------------------------------------------------------

    def _scale(self) -> TimeScale:
        assert self.period is not None
        left = paint.text_width("100 %", 0.85) + theme.px(12)
        return TimeScale(self.period.start, self.period.minutes, left, self.width() - theme.px(16))

    def _plot(self, scale: TimeScale) -> QRectF:
        top, bottom = theme.px(28), self.height() - theme.px(54)
        return QRectF(scale.left, top, scale.right - scale.left, bottom - top)

    def draw(self, painter: QPainter) -> None:
        if self.period is None or self.course is None:
            return
        scale = self._scale()
        plot = self._plot(scale)
        self._frame(painter, plot)
        draw_pay_lines(painter, scale, self.period.pay, plot.top(), plot.bottom())
        draw_pay_tiles(painter, scale, self.period.pay, theme.px(2), theme.px(20))
        self._curves(painter, scale, plot)
        self._least(painter, plot)
        draw_axis(painter, scale, plot.bottom() + theme.px(5), plot.bottom() + theme.px(25))
        self._legend(painter)
        if self.ruler >= 0:
            x = scale.x(self.period.grid[self.ruler])
            painter.setPen(paint.pen("accent", 1))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))

    def _frame(self, painter: QPainter, plot: QRectF) -> None:
        painter.fillRect(plot, theme.colour("raised"))
        for level in (0, 250, 500, 750, 1000):
            y = round(plot.bottom() - plot.height() * level / 1000) + 0.5
            painter.setPen(paint.pen("line"))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            if level % 500 == 0:
                box = QRectF(0, y - theme.px(9), plot.left() - theme.px(6), theme.px(18))
                words = current().level(level)
                paint.write(painter, box, words, token="muted", side=paint.RIGHT, size=0.85)

    def _curves(self, painter: QPainter, scale: TimeScale, plot: QRectF) -> None:
        assert self.period is not None and self.course is not None
        grid = self.period.grid
        for first, last, level in pieces(grid, self.course.typical):
            if level < self.course.least:
                box = QRectF(scale.x(first), plot.top(), scale.x(last) - scale.x(first), plot.height())
                paint.hatch(painter, box, theme.colour("line"), 7, 2)
        for levels, look in (
            (self.other, paint.pen("accent", 1.2)),
            (self.course.lowest, paint.pen("muted", 1.2, dash=(1, 2))),
            (self.course.bad, paint.pen("lost", 1.6, dash=(5, 2.5))),
            (self.course.typical, paint.pen("ink", 2.2)),
        ):
            painter.setPen(look)
            painter.drawPolyline(staircase(scale, pieces(grid, levels), plot.bottom(), plot.height()))

    def _least(self, painter: QPainter, plot: QRectF) -> None:
        assert self.course is not None
        y = round(plot.bottom() - plot.height() * self.course.least / 1000) + 0.5  # crisp
        painter.setPen(paint.pen("breach", 1.2, dash=(6, 3)))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        text = _("Lowest acceptable {level}", level=current().level(self.course.least))
        width = paint.text_width(text, 0.85) + theme.px(6)
        above = y - theme.px(18) if y - theme.px(18) > plot.top() else y + theme.px(2)
        box = QRectF(plot.right() - width, above, width, theme.px(16))
        painter.fillRect(box, theme.colour("raised"))
        paint.write(painter, box, text, token="breach", side=paint.CENTRE, size=0.85)

    def _legend(self, painter: QPainter) -> None:
        items = [
            (_("typical run"), paint.pen("ink", 2.2)),
            (_("one run in ten is this low or lower"), paint.pen("lost", 1.6, dash=(5, 2.5))),
            (_("lowest of all runs"), paint.pen("muted", 1.2, dash=(1, 2))),
        ]
        if self.other:
            items.append((self.other_name, paint.pen("accent", 1.2)))
        x, y = theme.px(4), self.height() - theme.px(14)
        for text, look in items:
            painter.setPen(look)
            painter.drawLine(QPointF(x, y), QPointF(x + theme.px(22), y))
            box = QRectF(x + theme.px(27), y - theme.px(10), self.width() - x - theme.px(27), theme.px(20))
            if box.width() < theme.px(30):
                break
            x += theme.px(40) + paint.write(painter, box, text, token="muted", size=0.85)

    # --- reading values ------------------------------------------------------------------------

    def reading(self) -> str:
        """Return what the ruler stands at: time and levels."""
        if self.period is None or self.course is None or self.ruler < 0:
            return ""
        words, place = current(), self.ruler
        when = words.datetime(local_time(self.period.start, self.period.grid[place]), "short")
        return _(
            "{when}: typical {typical}, one run in ten {bad}, lowest {lowest}",
            when=when,
            typical=words.level(self.course.typical[place]),
            bad=words.level(self.course.bad[place]),
            lowest=words.level(self.course.lowest[place]),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -24, Qt.Key.Key_PageDown: 24}
        if event.key() in steps and self.period is not None:
            self._move(self.ruler + steps[event.key()])
            self._show_reading()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.period is not None:
            minute = self._scale().minute(event.position().x())
            grid = self.period.grid
            self._move(max((i for i, m in enumerate(grid) if m <= minute), default=0))
            QToolTip.showText(event.globalPosition().toPoint(), self.reading(), self)
        super().mouseMoveEvent(event)

    def _move(self, place: int) -> None:
        assert self.period is not None
        self.ruler = max(0, min(place, len(self.period.grid) - 1))
        self.update()

    def _show_reading(self) -> None:
        assert self.period is not None
        x = self._scale().x(self.period.grid[self.ruler])
        QToolTip.showText(self.mapToGlobal(QPointF(x, theme.px(40)).toPoint()), self.reading(), self)
