"""How an outage heals: the level over its duration, with points that are dragged or moved by key."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPolygonF

from continuity.model.values import ShapePoint
from continuity.words import _, current
from ui.charts import paint
from ui.charts.chart import Chart, Mark
from ui.charts.numbers import Cell, Numbers, Title
from ui.theme import theme

Points = tuple[ShapePoint, ...]
WHOLE, MOST = 1000, 10
_HEIGHT, _SNAP, _NEAR = 132, 50, 12
#: Forms to begin with: name → points (part of the duration, part of the loss regained), in thousandths.
FORMS: dict[str, tuple[tuple[int, int], ...]] = {
    "at_end": (),
    "even": ((1000, 1000),),
    "quick_first": ((250, 600), (1000, 1000)),
    "slow_first": ((750, 250), (1000, 1000)),
    "waves": ((250, 600), (450, 200), (700, 800), (1000, 1000)),
}


def points_of(form: str) -> Points:
    """Return the points of a form."""
    return tuple(ShapePoint(part=part, regained=regained) for part, regained in FORMS[form])


class ShapeChart(Chart):
    """The curve of one event. ``shaped`` gives the new points when a drag or a key has moved one."""

    shaped = Signal(tuple, bool)  # points, one of several steps

    def __init__(self) -> None:
        super().__init__()
        self.depth, self.points = 0, ()  # type: tuple[int, Points]
        self._held = -1

    def show_shape(self, depth: int, points: Points) -> None:
        """Show how an event that leaves ``depth`` heals."""
        self.depth, self.points = depth, points
        self._held = -1
        self.refresh()

    def level_at(self, regained: int) -> int:
        """Return the level when so much of the loss is regained."""
        return self.depth + (WHOLE - self.depth) * regained // WHOLE

    def numbers(self) -> Numbers:
        words = current()
        rows = tuple(
            (Cell(words.level(p.part), p.part), Cell(words.level(p.regained), p.regained),
             Cell(words.level(self.level_at(p.regained)), self.level_at(p.regained)))
            for p in (self.points or (ShapePoint(part=WHOLE, regained=WHOLE),))
        )  # fmt: skip
        titles = (
            Title(_("Part of the duration"), True, 140), Title(_("Part of the loss regained"), True, 170),
            Title(_("Level"), True, 80),
        )  # fmt: skip
        return Numbers(titles, rows)

    def wanted_height(self) -> float:
        return theme.px(_HEIGHT)

    def lay_out(self) -> list[Mark]:
        near = theme.px(_NEAR)
        marks = []
        for point in self.points:
            at = self._at(point.part, point.regained)
            box = QRectF(at.x() - near, at.y() - near, 2 * near, 2 * near)
            marks.append(Mark(box, self._tip(point)))
        return marks

    def _tip(self, point: ShapePoint) -> str:
        words = current()
        return _(
            "After {part} of the duration the level is {level}",
            part=words.level(point.part),
            level=words.level(self.level_at(point.regained)),
        )

    # --- painting ------------------------------------------------------------------------------

    def _plot(self) -> QRectF:
        left = paint.text_width("100 %", 0.85) + theme.px(12)
        return QRectF(left, theme.px(8), self.width() - left - theme.px(14), self.height() - theme.px(34))

    def _at(self, part: int, regained: int) -> QPointF:
        plot = self._plot()
        level = self.level_at(regained)
        return QPointF(
            plot.left() + plot.width() * part / WHOLE, plot.bottom() - plot.height() * level / WHOLE
        )

    def draw(self, painter: QPainter) -> None:
        plot, words = self._plot(), current()
        painter.fillRect(plot, theme.colour("raised"))
        for level in (0, 500, 1000):
            y = round(plot.bottom() - plot.height() * level / WHOLE) + 0.5
            painter.setPen(paint.pen("line"))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            box = QRectF(0, y - theme.px(9), plot.left() - theme.px(6), theme.px(18))
            paint.write(painter, box, words.level(level), token="muted", side=paint.RIGHT, size=0.85)
        under = QRectF(plot.left(), plot.bottom() + theme.px(4), plot.width(), theme.px(18))
        paint.write(painter, under, _("begins"), token="muted", size=0.85)
        paint.write(painter, under, _("is over"), token="muted", side=paint.RIGHT, size=0.85)
        self._curve(painter)

    def _curve(self, painter: QPainter) -> None:
        line = QPolygonF([self._at(0, 0)])
        if not self.points:  # nothing is regained until all is
            line.append(self._at(WHOLE, 0))
        for point in self.points:
            line.append(self._at(point.part, point.regained))
        line.append(self._at(WHOLE, WHOLE))
        painter.setPen(paint.pen("lost", 2.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(line)
        radius = theme.px(5)
        for point in self.points:
            fixed = point is self.points[-1]
            painter.setPen(paint.pen("lost", 1.6))
            painter.setBrush(theme.colour("raised" if fixed else "lost"))
            painter.drawEllipse(self._at(point.part, point.regained), radius, radius)

    # --- moving --------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        place = self.mark_at(event.position())
        self._held = place if 0 <= place < len(self.points) - 1 else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held < 0:
            super().mouseMoveEvent(event)
            return
        plot = self._plot()
        part = (event.position().x() - plot.left()) / max(1.0, plot.width()) * WHOLE
        level = (plot.bottom() - event.position().y()) / max(1.0, plot.height()) * WHOLE
        loss = max(1, WHOLE - self.depth)
        self._put(self._held, _snapped(part), _snapped((level - self.depth) / loss * WHOLE))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held >= 0:
            self._held = -1
            self.shaped.emit(self.points, False)
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Add a point where the curve is double-clicked."""
        plot = self._plot()
        part = _snapped((event.position().x() - plot.left()) / max(1.0, plot.width()) * WHOLE)
        if 0 < part < WHOLE and len(self.points) < MOST:
            self.add_point(part)

    def add_point(self, part: int = 0) -> None:
        """Add a point on the curve at ``part``, or in the middle of its widest stretch."""
        points = self.points or points_of("even")
        ends = [0, *(p.part for p in points)]
        if not part:
            gap = max(range(len(points)), key=lambda n: ends[n + 1] - ends[n])
            part = (ends[gap] + ends[gap + 1]) // 2
        place = sum(p.part <= part for p in points)
        before = points[place - 1].regained if place else 0
        after = points[place].regained if place < len(points) else WHOLE
        made = ShapePoint(part=part, regained=_snapped((before + after) / 2))
        self.shaped.emit((*points[:place], made, *points[place:]), False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (-_SNAP, 0), Qt.Key.Key_Right: (_SNAP, 0),
            Qt.Key.Key_Up: (0, _SNAP), Qt.Key.Key_Down: (0, -_SNAP),
        }  # fmt: skip
        inner = 0 <= self.current < len(self.points) - 1
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps and inner:
            by_part, by_regained = steps[event.key()]
            point = self.points[self.current]
            self._put(self.current, point.part + by_part, point.regained + by_regained)
            self.shaped.emit(self.points, True)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and inner:
            kept = (*self.points[: self.current], *self.points[self.current + 1 :])
            self.shaped.emit(kept, False)
        else:
            super().keyPressEvent(event)

    def _put(self, place: int, part: int, regained: int) -> None:
        low = self.points[place - 1].part if place else 0
        high = self.points[place + 1].part
        made = ShapePoint(part=min(max(part, low), high), regained=min(max(regained, 0), WHOLE))
        self.points = (*self.points[:place], made, *self.points[place + 1 :])
        self.marks = self.lay_out()
        self.update()


def _snapped(value: float) -> int:
    return round(value / _SNAP) * _SNAP
