"""Where the labels of lines stand: on the first free place of the line, and there they stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ui.panels.map import shapes
from ui.panels.map.nodes import font_of
from ui.theme import theme
from ui.theme.icons import paint_glyph

if TYPE_CHECKING:
    from ui.panels.map.lines import Lines

_CELL = 160.0
_HEIGHT = 18.0
_GAP, _STEP, _TRIES = 12.0, 22.0, 10  # from the dependent back to the supplier
Curve = tuple[QPointF, QPointF, QPointF, QPointF]


class Labels(QGraphicsItem):
    """The labels of the lines, above the elements so that none is hidden."""

    def __init__(self, lines: Lines) -> None:
        super().__init__()
        self.lines = lines
        self.places = LabelPlaces()
        self._stand_anew = True
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setZValue(2.5)

    def clear(self) -> None:
        """Find places anew for all, before the next painting."""
        self.places.clear()
        self._stand_anew = True

    def follow(self, moved: set[str]) -> None:
        """Keep clear of elements where they stand now."""
        if not self._stand_anew:
            for name, body in self.lines.bodies(moved):
                self.places.stand(name, body)

    def boundingRect(self) -> QRectF:
        return self.lines.boundingRect()

    def shape(self) -> QPainterPath:
        return QPainterPath()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale = option.levelOfDetailFromTransform(painter.worldTransform())
        if scale < shapes.LABELS_FROM or (self.lines.rough and not self.lines.strong):
            return
        if self._stand_anew:
            self._stand_anew = False
            for name, body in self.lines.bodies(None):
                self.places.stand(name, body)
        font = font_of(11, bold=True)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        lines = self.lines
        shown = [i for i in lines.within(option.exposedRect) if lines.links[i].label]
        for id_ in sorted(shown, key=lambda i: not lines.is_strong(i)):
            if lines.is_strong(id_) or not lines.pale:
                self._paint_one(painter, metrics, id_)

    def _paint_one(self, painter: QPainter, metrics: QFontMetricsF, id_: str) -> None:
        link, strong = self.lines.links[id_], self.lines.is_strong(id_)
        sign = 14.0 if link.buffered else 0.0
        width = metrics.horizontalAdvance(link.label) + 10 + sign
        rect = self.places.place(id_, _control(self.lines.curve(id_)), width, anyhow=strong)
        if rect is None:
            return  # nearer, or chosen, there is room for it
        painter.setPen(QPen(theme.colour("accent" if strong else "line"), 1))
        painter.setBrush(theme.colour("raised"))
        painter.drawRoundedRect(rect, 3, 3)
        colour = theme.colour("accent" if strong else "muted")
        if sign:
            paint_glyph(painter, QRectF(rect.left() + 4, rect.top() + 3, 12, 12), "buffer", colour)
        painter.setPen(colour)
        painter.drawText(rect.adjusted(sign, 0, 0, 0), int(Qt.AlignmentFlag.AlignCenter), link.label)


class LabelPlaces:
    """Labels keep clear of elements and of one another; a label moves only with its line."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], dict[str, QRectF]] = {}
        self._held: dict[str, QRectF] = {}
        self._labels: dict[str, QRectF | None] = {}

    def clear(self) -> None:
        """Forget all."""
        for held in (self._cells, self._held, self._labels):
            held.clear()

    def forget(self, name: str) -> None:
        """Forget the label of a line, so that it finds a place anew."""
        if name in self._labels:
            del self._labels[name]
            self._take_away(name)

    def stand(self, name: str, body: QRectF) -> None:
        """An element stands at ``body``."""
        held = self._held.get(name)
        if held is None or held != body:
            self._take_away(name)
            self._put(name, body)

    def place(self, name: str, curve: Curve, width: float, *, anyhow: bool) -> QRectF | None:
        """Return where the label of line ``name`` stands; None: there is no room, unless ``anyhow``."""
        if name not in self._labels:
            rect = next((r for r in _candidates(curve, width) if self._is_free(r)), None)
            self._labels[name] = rect
            if rect is not None:
                self._put(name, rect)
        found = self._labels[name]
        return next(_candidates(curve, width)) if found is None and anyhow else found

    def _is_free(self, rect: QRectF) -> bool:
        return not any(
            rect.intersects(other) for cell in _cells(rect) for other in self._cells.get(cell, {}).values()
        )

    def _put(self, name: str, rect: QRectF) -> None:
        self._held[name] = rect
        for cell in _cells(rect):
            self._cells.setdefault(cell, {})[name] = rect

    def _take_away(self, name: str) -> None:
        rect = self._held.pop(name, None)
        if rect is not None:
            for cell in _cells(rect):
                self._cells.get(cell, {}).pop(name, None)


def _control(path: QPainterPath) -> Curve:
    """Return the four points of the first curve of ``path``."""
    points = [path.elementAt(n) for n in range(4)]
    one, two, three, four = (QPointF(point.x, point.y) for point in points)
    return one, two, three, four


def _cells(rect: QRectF) -> Iterable[tuple[int, int]]:
    for x in range(int(rect.left() // _CELL), int(rect.right() // _CELL) + 1):
        for y in range(int(rect.top() // _CELL), int(rect.bottom() // _CELL) + 1):
            yield x, y


def _candidates(curve: Curve, width: float) -> Iterator[QRectF]:
    """Yield places for a label from the dependent backwards."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = ((p.x(), p.y()) for p in curve)
    length = max(1.0, ((x3 - x0) ** 2 + (y3 - y0) ** 2) ** 0.5 * 1.08)
    for tried in range(_TRIES):
        t = max(0.0, 1.0 - (_GAP + width / 2 + tried * _STEP) / length)
        u = 1.0 - t
        a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        x, y = a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3
        yield QRectF(x - width / 2, y - _HEIGHT / 2, width, _HEIGHT)
        if t == 0.0:
            return
