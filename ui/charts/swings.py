"""Changes of one figure against the line of no change, all on one scale: better to the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from continuity.words import _
from ui.charts import paint
from ui.charts.chart import Chart, Mark
from ui.charts.numbers import Cell, Numbers, Title
from ui.theme import theme

_ROW, _AXIS = 44, 26


@dataclass(frozen=True, slots=True)
class End:
    """One bar: how much better (above 0) or worse, with its interval where there is one."""

    value: float
    low: float
    high: float
    text: str
    plain: bool = True  # solid; else hatched


@dataclass(frozen=True, slots=True)
class Swing:
    """One row: what is changed, and one bar or two."""

    key: str
    name: str
    detail: str
    ends: tuple[End, ...]


class SwingChart(Chart):
    """``titles`` gives the headings of the table behind: what is changed, then one for each bar."""

    def __init__(self, titles: Callable[[], tuple[str, ...]]) -> None:
        super().__init__()
        self._titles = titles
        self.swings: tuple[Swing, ...] = ()
        self.shown = 15

    def show_swings(self, swings: tuple[Swing, ...]) -> None:
        """Show ``swings`` in order, the first of them as a picture, all in the table."""
        self.swings = swings
        self.refresh()

    def numbers(self) -> Numbers:
        first, *more = self._titles()
        titles = [Title(first, wide=True), Title(_("About"), width=180)]
        titles += [Title(title, True, 210) for title in more]
        rows = tuple((s.name, s.detail, *(Cell(e.text, e.value) for e in s.ends)) for s in self.swings)
        return Numbers(tuple(titles), rows, tuple(s.key for s in self.swings))

    def wanted_height(self) -> float:
        return theme.px(_AXIS) + theme.px(_ROW) * max(1, len(self._seen))

    def lay_out(self) -> list[Mark]:
        height = theme.px(_ROW)
        return [
            Mark(
                QRectF(0, theme.px(_AXIS) + place * height, self.width(), height),
                "\n".join([swing.name, swing.detail, *(end.text for end in swing.ends)]),
                swing.key,
            )
            for place, swing in enumerate(self._seen)
        ]

    def draw(self, painter: QPainter) -> None:
        if not self.swings:
            return
        left, right = min(theme.px(340), self.width() * 0.46), self.width() - theme.px(10)
        ends = [abs(v) for s in self._seen for e in s.ends for v in (e.value, e.low, e.high)]
        furthest = max([*ends, 1e-12])
        both = any(e.value < 0 for s in self._seen for e in s.ends)
        zero = (left + right) / 2 if both else left
        scale = (right - zero) / furthest
        head = QRectF(left, 0, right - left, theme.px(24))
        if both:
            paint.write(painter, head, "← " + _("worse"), token="muted", size=0.85)
        paint.write(painter, head, _("better") + " →", token="muted", side=paint.RIGHT, size=0.85)
        for mark, swing in zip(self.marks, self._seen, strict=True):
            self._row(painter, mark.rect, swing, zero, scale, left)
        painter.setPen(paint.pen("border"))
        painter.drawLine(QPointF(zero, theme.px(22)), QPointF(zero, self.height()))

    @property
    def _seen(self) -> tuple[Swing, ...]:
        return self.swings[: self.shown]

    def _row(
        self, painter: QPainter, rect: QRectF, swing: Swing, zero: float, scale: float, left: float
    ) -> None:
        width = left - theme.px(16)
        upper = QRectF(theme.px(4), rect.top() + theme.px(3), width, theme.px(19))
        lower = QRectF(theme.px(4), rect.top() + theme.px(22), width, theme.px(17))
        paint.write(painter, upper, swing.name)
        # Of two ends the picture says enough; their figures stand in the tip and in the table.
        figures = [end.text for end in swing.ends] if len(swing.ends) == 1 else []
        said = " · ".join(part for part in (swing.detail, *figures) if part)
        paint.write(painter, lower, said, token="muted", size=0.85)
        thick = theme.px(12)
        for place, end in enumerate(swing.ends):
            shift = (place - (len(swing.ends) - 1) / 2) * thick
            self._bar(painter, end, zero, scale, rect.center().y() + shift, thick)
        painter.setPen(paint.pen("line"))
        painter.drawLine(QPointF(0, rect.bottom()), QPointF(rect.right(), rect.bottom()))

    @staticmethod
    def _bar(painter: QPainter, end: End, zero: float, scale: float, y: float, thick: float) -> None:
        tip = zero + scale * end.value
        bar = QRectF(min(zero, tip), y - thick / 2, abs(tip - zero), thick - theme.px(2))
        colour = theme.colour("full" if end.value >= 0 else "breach")
        painter.fillRect(bar, colour if end.plain else theme.colour("raised"))
        if not end.plain:
            paint.hatch(painter, bar, colour, 5, 2)
            painter.setPen(paint.pen("full" if end.value >= 0 else "breach"))
            painter.drawRect(bar)
        low, high, middle = zero + scale * end.low, zero + scale * end.high, bar.center().y()
        if high - low < theme.px(3):
            return
        for token, wide in (("raised", 3.5), ("ink", 1.4)):
            painter.setPen(paint.pen(token, wide))
            painter.drawLine(QPointF(low, middle), QPointF(high, middle))
            for x in (low, high):
                painter.drawLine(QPointF(x, middle - theme.px(3)), QPointF(x, middle + theme.px(3)))
