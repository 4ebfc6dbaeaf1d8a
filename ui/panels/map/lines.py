"""All lines of the map in one item: thousands of curves are painted as a few paths."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ui.panels.map import shapes
from ui.panels.map.links import Link
from ui.panels.map.nodes import font_of
from ui.theme import theme

_LABEL_HEIGHT = 18.0
_LABEL_GAP, _LABEL_STEP, _LABEL_TRIES = 12.0, 22.0, 10  # from the dependent back to the supplier
_NEAR = 6.0  # pixels within which a press hits a line

Ends = Callable[[Link], tuple[QPointF, QPointF] | None]


class Lines(QGraphicsItem):
    """The lines between elements. ``strong`` ones stand out, the others step back."""

    def __init__(self, ends: Ends, bodies: Callable[[QRectF], list[QRectF]]) -> None:
        super().__init__()
        self.ends, self.bodies = ends, bodies
        self.links: dict[str, Link] = {}
        self.strong: set[str] = set()
        self.chosen = ""
        self.pale = False
        self.only_strong = False  # the others are not drawn at all
        self._paths: dict[str, QPainterPath] = {}
        self._boxes: dict[str, QRectF] = {}
        self._bounds = QRectF()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setZValue(1)
        self.labels = Labels(self)

    def show_links(self, links: Mapping[str, Link]) -> None:
        """Draw ``links`` in place of the old ones; those that stay as they are, are not drawn anew."""
        for _step in self.showing_links(links):
            pass

    def showing_links(self, links: Mapping[str, Link]) -> Iterator[None]:
        """As :meth:`show_links`, a little at each step."""
        old, self.links = self.links, dict(links)
        for id_ in old.keys() - self.links.keys():
            self._paths.pop(id_, None)
            self._boxes.pop(id_, None)
        for id_, link in self.links.items():
            if id_ not in self._paths or old.get(id_) != link:
                self._trace(link)
                yield
        self._take_bounds()

    def move_ends(self, nodes: Iterable[str]) -> None:
        """Draw anew the lines that begin or end at ``nodes``."""
        moved = set(nodes)
        traced = [link for link in self.links.values() if link.supplier in moved or link.dependent in moved]
        for link in traced:
            self._trace(link)
        self._take_bounds(self._bounds, (link.id for link in traced))

    def focus(self, strong: set[str], *, pale: bool) -> None:
        """Let ``strong`` lines stand out; ``pale``: the others step back."""
        if (strong, pale) != (self.strong, self.pale):
            self.strong, self.pale = strong, pale
            self.update()
            self.labels.update()

    def choose(self, id_: str) -> None:
        """Mark one line as chosen."""
        if id_ != self.chosen:
            self.chosen = id_
            self.update()
            self.labels.update()

    def at(self, point: QPointF) -> Link | None:
        """Return the line under ``point``, those that stand out first."""
        spot = QRectF(point.x() - _NEAR, point.y() - _NEAR, 2 * _NEAR, 2 * _NEAR)
        found = [
            self.links[id_]
            for id_, box in self._boxes.items()
            if (not self.only_strong or id_ in self.strong)
            and box.intersects(spot)
            and _passes(self._paths[id_], spot)
        ]
        found.sort(key=lambda link: link.id not in self.strong)
        return found[0] if found else None

    # --- Qt ------------------------------------------------------------------------------------

    def boundingRect(self) -> QRectF:
        return self._bounds

    def shape(self) -> QPainterPath:
        return QPainterPath()  # presses are looked up by :meth:`at`

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        seen = option.exposedRect
        shown = [id_ for id_, box in self._boxes.items() if box.intersects(seen)]
        plain, standby = QPainterPath(), QPainterPath()
        for id_ in () if self.only_strong else shown:
            if id_ not in self.strong and id_ != self.chosen:
                (standby if self.links[id_].standby else plain).addPath(self._paths[id_])
        colour = theme.colour("edge")
        colour.setAlphaF(
            (0.12 if self.pale else 0.55) if not _high_contrast() else (0.3 if self.pale else 0.8)
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_pen(colour, 1.0))
        painter.drawPath(plain)
        painter.setPen(_pen(colour, 1.0, standby=True))
        painter.drawPath(standby)
        for id_ in shown:
            if id_ in self.strong or id_ == self.chosen:
                width = 3.0 if id_ == self.chosen else 1.8
                painter.setPen(_pen(theme.colour("accent"), width, standby=self.links[id_].standby))
                painter.drawPath(self._paths[id_])

    def paint_labels(self, painter: QPainter, seen: QRectF) -> None:
        """Paint what the needs say, each on the first free place of its line."""
        shown = [id_ for id_, box in self._boxes.items() if self.links[id_].label and box.intersects(seen)]
        font = font_of(11, bold=True)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        taken = self.bodies(seen)
        for id_ in shown:
            label = self.links[id_].label
            strong = id_ in self.strong or id_ == self.chosen
            if self.pale and not strong:
                continue
            rect = self._label_rect(id_, metrics.horizontalAdvance(label) + 10, taken)
            taken.append(rect)
            painter.setPen(QPen(theme.colour("accent" if strong else "line"), 1))
            painter.setBrush(theme.colour("raised"))
            painter.drawRoundedRect(rect, 3, 3)
            painter.setPen(theme.colour("accent" if strong else "muted"))
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), label)

    def _label_rect(self, id_: str, width: float, taken: list[QRectF]) -> QRectF:
        """Return the first place from the dependent backwards that is free."""
        path = self._paths[id_]
        length = max(path.length(), 1.0)
        rects = []
        for tried in range(_LABEL_TRIES):
            away = _LABEL_GAP + width / 2 + tried * _LABEL_STEP
            place = path.pointAtPercent(path.percentAtLength(max(0.0, length - away)))
            rects.append(QRectF(place.x() - width / 2, place.y() - _LABEL_HEIGHT / 2, width, _LABEL_HEIGHT))
            if not any(rects[-1].intersects(other) for other in taken):
                return rects[-1]
        return rects[0]

    # --- inside --------------------------------------------------------------------------------

    def _trace(self, link: Link) -> None:
        ends = self.ends(link)
        if ends is None:
            self._paths.pop(link.id, None)
            self._boxes.pop(link.id, None)
            return
        path = shapes.curve(*ends)
        self._paths[link.id] = path
        self._boxes[link.id] = path.controlPointRect().adjusted(-40, -10, 40, 10)

    def _take_bounds(self, bounds: QRectF | None = None, ids: Iterable[str] | None = None) -> None:
        """Reckon the bounds anew, or widen ``bounds`` by the lines ``ids``."""
        bounds = QRectF(bounds or QRectF())
        for id_ in self._boxes if ids is None else ids:
            bounds = bounds.united(self._boxes.get(id_, QRectF()))
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self.labels.prepareGeometryChange()
            self._bounds = bounds
        self.update()
        self.labels.update()


class Labels(QGraphicsItem):
    """The labels of the lines, above the elements so that none is hidden."""

    def __init__(self, lines: Lines) -> None:
        super().__init__()
        self.lines = lines
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setZValue(2.5)

    def boundingRect(self) -> QRectF:
        return self.lines.boundingRect()

    def shape(self) -> QPainterPath:
        return QPainterPath()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if option.levelOfDetailFromTransform(painter.worldTransform()) >= shapes.LABELS_FROM:
            self.lines.paint_labels(painter, option.exposedRect)


def _pen(colour: QColor, width: float, *, standby: bool = False) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if standby:
        pen.setDashPattern([5.0, 4.0])
    return pen


def _passes(path: QPainterPath, spot: QRectF) -> bool:
    steps = max(24, int(path.length() / 4))
    return any(spot.contains(path.pointAtPercent(step / steps)) for step in range(steps + 1))


def _high_contrast() -> bool:
    return theme.tokens.name == "contrast"
