"""The level of each function over time: one small picture per function, under one axis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QFrame, QSizePolicy

from continuity.words import _, current
from ui.charts import paint
from ui.charts.chart import Chart, Mark
from ui.charts.numbers import Numbers
from ui.charts.timescale import PayMark, TimeScale, draw_axis, draw_pay_lines, draw_pay_tiles
from ui.theme import level_colour, theme

_ROW, _PLOT = 44, 30


@dataclass(frozen=True, slots=True)
class Course:
    """Levels of one function on the grid, and what is said of it in one line."""

    key: str
    name: str
    note: str  # such as "down in 62 % of the runs"
    least: int  # lowest acceptable level
    typical: tuple[int, ...]
    bad: tuple[int, ...]  # one run in ten is at or below it
    lowest: tuple[int, ...]
    breach: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """The time that a run covers."""

    start: dt.datetime
    grid: tuple[int, ...]
    pay: tuple[PayMark, ...] = ()
    end: int = 0  # last minute shown; 0: to the end of the grid

    @property
    def minutes(self) -> int:
        """How many minutes are shown."""
        return self.end or self.grid[-1]


def pieces(grid: Sequence[int], levels: Sequence[int]) -> list[tuple[int, int, int]]:
    """Return the levels as pieces of one level each: (first minute, last minute, level)."""
    found: list[tuple[int, int, int]] = []
    begun = 0
    for place in range(1, len(levels)):
        if levels[place] != levels[begun]:
            found.append((grid[begun], grid[place], levels[begun]))
            begun = place
    if levels:
        found.append((grid[begun], grid[-1], levels[begun]))
    return found


def staircase(
    scale: TimeScale, parts: Sequence[tuple[int, int, int]], bottom: float, height: float
) -> QPolygonF:
    """Return ``parts`` as a line of steps."""
    line = QPolygonF()
    for first, last, level in parts:
        y = bottom - height * level / 1000
        line.append(QPointF(scale.x(first), y))
        line.append(QPointF(scale.x(last), y))
    return line


def name_width(width: float) -> float:
    """Return how wide the names at the left are in a chart of ``width``."""
    return min(theme.px(260), width * 0.36)


class TimeHeader(QFrame):
    """The axis above the rows, which stays while they scroll."""

    def __init__(self) -> None:
        super().__init__()
        self.period: Period | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_period(self, period: Period | None) -> None:
        """Show the dates and pay days of ``period``."""
        self.period = period
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(480), theme.px(42))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.period is None or not self.period.grid:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = theme.px(12)  # the scroll bar beside the rows
        scale = scale_of(self.period, self.width() - bar)
        draw_pay_tiles(painter, scale, self.period.pay, theme.px(1), theme.px(18))
        draw_axis(painter, scale, theme.px(20), self.height())
        painter.end()


def scale_of(period: Period, width: float) -> TimeScale:
    """Return the scale of ``period`` in a chart ``width`` pixels wide, names at the left."""
    left = name_width(width) + theme.px(12)
    return TimeScale(period.start, period.minutes, left, width - theme.px(16))


class LevelRows(Chart):
    """One row per function: the typical level as a filled step curve, the bad and the lowest as lines."""

    def __init__(self) -> None:
        super().__init__()
        self.period: Period | None = None
        self.courses: tuple[Course, ...] = ()
        self._numbers = Numbers()

    def show_courses(self, period: Period, courses: tuple[Course, ...], numbers: Numbers) -> None:
        """Show ``courses`` over ``period``."""
        self.period, self.courses, self._numbers = period, courses, numbers
        self.refresh()

    def numbers(self) -> Numbers:
        return self._numbers

    def wanted_height(self) -> float:
        return max(theme.px(_ROW), theme.px(_ROW) * len(self.courses))

    def lay_out(self) -> list[Mark]:
        height = theme.px(_ROW)
        return [
            Mark(QRectF(0, place * height, self.width(), height), self._tip(course), course.key)
            for place, course in enumerate(self.courses)
        ]

    def _tip(self, course: Course) -> str:
        words = current()
        return "\n".join(
            (
                course.name,
                course.note,
                _("Lowest acceptable level {level}", level=words.level(course.least)),
                _("Lowest level, typical run: {level}", level=words.level(min(course.typical, default=1000))),
                _("Lowest level, one run in ten: {level}", level=words.level(min(course.bad, default=1000))),
                _("Lowest level, any run: {level}", level=words.level(min(course.lowest, default=1000))),
            )
        )

    def draw(self, painter: QPainter) -> None:
        if self.period is None or not self.courses:
            return
        scale = scale_of(self.period, self.width())
        draw_pay_lines(painter, scale, self.period.pay, 0, self.height())
        for mark, course in zip(self.marks, self.courses, strict=True):
            if painter.clipBoundingRect().isEmpty() or mark.rect.intersects(painter.clipBoundingRect()):
                self._row(painter, scale, mark.rect, course)

    def _row(self, painter: QPainter, scale: TimeScale, rect: QRectF, course: Course) -> None:
        self._name(painter, rect, course)
        plot = QRectF(
            scale.left, rect.center().y() - theme.px(_PLOT) / 2, scale.right - scale.left, theme.px(_PLOT)
        )
        for first, last, level in pieces(self.period.grid, course.typical) if self.period else ():
            top = plot.bottom() - plot.height() * max(level, 30) / 1000
            box = QRectF(scale.x(first), top, scale.x(last) - scale.x(first), plot.bottom() - top)
            if level < course.least:
                whole = QRectF(box.left(), plot.top(), box.width(), plot.height())
                paint.hatch(painter, whole, theme.colour("lost"), 6, 1)
            painter.fillRect(box, QColor(level_colour(level)))
        self._lines(painter, scale, plot, course)
        painter.setPen(paint.pen("line"))
        painter.drawLine(QPointF(0, rect.bottom() - 0.5), QPointF(scale.right, rect.bottom() - 0.5))

    def _name(self, painter: QPainter, rect: QRectF, course: Course) -> None:
        width = name_width(self.width())
        left = theme.px(4)
        upper = QRectF(left, rect.top() + theme.px(3), width, rect.height() / 2)
        lower = QRectF(left, rect.center().y() - theme.px(1), width, rect.height() / 2 - theme.px(2))
        paint.write(painter, upper, course.name)
        tone = "breach" if course.breach else "muted"
        paint.write(painter, lower, course.note, token=tone, size=0.85)

    def _lines(self, painter: QPainter, scale: TimeScale, plot: QRectF, course: Course) -> None:
        assert self.period is not None
        for levels, look in (
            (course.lowest, paint.pen("muted", 1, dash=(1, 3), strength=0.6)),
            (course.bad, paint.pen("lost", 1.3, dash=(4, 2))),
            (course.typical, paint.pen("ink", 1.3)),
        ):
            painter.setPen(look)
            parts = pieces(self.period.grid, levels)
            painter.drawPolyline(staircase(scale, parts, plot.bottom(), plot.height()))
        y = round(plot.bottom() - plot.height() * course.least / 1000) + 0.5  # crisp
        painter.setPen(paint.pen("breach", 1, dash=(6, 3)))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
