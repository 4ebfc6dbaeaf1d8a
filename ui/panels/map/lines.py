"""All lines of the map in one item: thousands of curves are painted as a few paths."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ui.panels.map import shapes
from ui.panels.map.links import Link
from ui.panels.map.nodes import font_of
from ui.theme import theme
from ui.theme.icons import paint_glyph

_LABEL_HEIGHT = 18.0
_LABEL_GAP, _LABEL_STEP, _LABEL_TRIES = 12.0, 22.0, 10  # from the dependent back to the supplier
_NEAR = 6.0  # pixels within which a press hits a line
_STUB, _JOINT = 14.0, 3.5  # from where lines of one need meet to the dependent; radius of the joint
_ROUGH_FROM = 400  # lines beyond which motion shows them roughly

#: Where a line begins and ends, and whether it bows around the right side of both.
Ends = Callable[[Link], tuple[QPointF, QPointF, bool] | None]


class Lines(QGraphicsItem):
    """The lines between elements. ``strong`` ones stand out, the others step back."""

    def __init__(self, ends: Ends, bodies: Callable[[QRectF], list[QRectF]]) -> None:
        super().__init__()
        self.ends, self.bodies = ends, bodies
        self.links: dict[str, Link] = {}
        self.strong: set[str] = set()
        self.chosen = ""
        self.marked: set[str] = set()  # highlighted, whatever is chosen
        self.pale = False
        self.only_strong = False  # the others are not drawn at all
        self.rough = False  # while the view is in motion
        self._paths: dict[str, QPainterPath] = {}
        self._boxes: dict[str, QRectF] = {}
        self._straight: dict[str, QLineF] = {}  # seen from far off
        self._joints: dict[str, QPointF] = {}  # by need
        self._bounds = QRectF()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setZValue(1)
        self.labels = Labels(self)

    def show_links(self, links: Mapping[str, Link], *, anew: bool = False) -> None:
        """Draw ``links`` in place of the old ones; those that stay are drawn ``anew`` only if asked."""
        if anew:
            self._paths.clear()
        for _step in self.showing_links(links):
            pass

    def showing_links(self, links: Mapping[str, Link]) -> Iterator[None]:
        """As :meth:`show_links`, a little at each step."""
        old, self.links = self.links, dict(links)
        for id_ in old.keys() - self.links.keys():
            self._forget(id_)
        for id_, link in self.links.items():
            if id_ not in self._paths or old.get(id_) != link:
                self._joints.pop(id_, None)
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

    def mark(self, ids: set[str]) -> None:
        """Highlight lines, whatever is chosen."""
        if ids != self.marked:
            self.marked = ids
            self.update()

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
            if self._is_drawn(id_) and box.intersects(spot) and _passes(self._paths[id_], spot)
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
        scale = option.levelOfDetailFromTransform(painter.worldTransform())
        shown = [i for i, box in self._boxes.items() if self._is_drawn(i) and box.intersects(seen)]
        plain = [i for i in shown if i not in self.strong and i not in self.marked and i != self.chosen]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if scale < shapes.SIGNS_FROM or (self.rough and len(plain) > _ROUGH_FROM):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(_pen(self._faint(), 0.0))
            painter.drawLines([self._straight[i] for i in plain])
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        else:
            self._paint_plain(painter, plain)
        for id_ in shown:
            if id_ in self.strong or id_ in self.marked or id_ == self.chosen:
                self._paint_one(painter, self.links[id_])
        if scale >= shapes.NAMES_FROM:
            self._paint_joints(painter, seen)

    def _paint_plain(self, painter: QPainter, ids: list[str]) -> None:
        plain, standby = QPainterPath(), QPainterPath()
        for id_ in ids:
            link = self.links[id_]
            if link.weight > 1:
                painter.setPen(_pen(self._faint(), _width_of(link)))
                painter.drawPath(self._paths[id_])
            else:
                (standby if link.standby else plain).addPath(self._paths[id_])
        painter.setPen(_pen(self._faint(), 1.0))
        painter.drawPath(plain)
        painter.setPen(_pen(self._faint(), 1.0, standby=True))
        painter.drawPath(standby)

    def _paint_one(self, painter: QPainter, link: Link) -> None:
        width = 3.0 if link.id == self.chosen else max(1.8, _width_of(link))
        colour = theme.colour("warn" if link.id in self.marked and link.id != self.chosen else "accent")
        if link.id in self.marked and self.strong and link.id not in self.strong:
            colour.setAlphaF(0.3)
        painter.setPen(_pen(colour, width, standby=link.standby))
        painter.drawPath(self._paths[link.id])

    def _paint_joints(self, painter: QPainter, seen: QRectF) -> None:
        """Paint where several lines meet in one need: full for all, a ring for some, a half for a share."""
        for id_, at in self._joints.items():
            link = self.links[id_]
            if not seen.contains(at) or not self._is_drawn(id_):
                continue
            strong = id_ in self.strong or id_ == self.chosen
            colour = theme.colour("accent" if strong else "edge")
            colour.setAlphaF(0.25 if self.pale and not strong else 1.0)
            spot = QRectF(at.x() - _JOINT, at.y() - _JOINT, 2 * _JOINT, 2 * _JOINT)
            painter.setPen(QPen(colour, 1.4))
            painter.setBrush(colour if link.joint == "all" else theme.colour("surface"))
            painter.drawEllipse(spot)
            if link.joint == "share":
                painter.setBrush(colour)
                painter.drawPie(spot, 90 * 16, 180 * 16)

    def _faint(self) -> QColor:
        colour = theme.colour("edge")
        plain, pale = (0.8, 0.3) if _high_contrast() else (0.55, 0.12)
        colour.setAlphaF(pale if self.pale else plain)
        return colour

    def _is_drawn(self, id_: str) -> bool:
        if id_ in self.strong or id_ == self.chosen:
            return True
        return not self.only_strong and not self.links[id_].quiet

    def paint_labels(self, painter: QPainter, seen: QRectF) -> None:
        """Paint what the needs say, each on the first free place of its line."""
        shown = [
            i
            for i, box in self._boxes.items()
            if self.links[i].label and self._is_drawn(i) and box.intersects(seen)
        ]
        font = font_of(11, bold=True)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        taken = self.bodies(seen)
        for id_ in sorted(shown, key=lambda i: i not in self.strong and i != self.chosen):
            label = self.links[id_].label
            strong = id_ in self.strong or id_ == self.chosen
            if self.pale and not strong:
                continue
            sign = 14.0 if self.links[id_].buffered else 0.0
            rect = self._label_rect(id_, metrics.horizontalAdvance(label) + 10 + sign, taken)
            if rect is None and not strong:
                continue  # nearer, or chosen, there is room for it
            rect = rect or self._label_rect(id_, metrics.horizontalAdvance(label) + 10 + sign, [])
            assert rect is not None
            taken.append(rect)
            painter.setPen(QPen(theme.colour("accent" if strong else "line"), 1))
            painter.setBrush(theme.colour("raised"))
            painter.drawRoundedRect(rect, 3, 3)
            colour = theme.colour("accent" if strong else "muted")
            if sign:
                paint_glyph(painter, QRectF(rect.left() + 4, rect.top() + 3, 12, 12), "buffer", colour)
            painter.setPen(colour)
            painter.drawText(rect.adjusted(sign, 0, 0, 0), int(Qt.AlignmentFlag.AlignCenter), label)

    def _label_rect(self, id_: str, width: float, taken: list[QRectF]) -> QRectF | None:
        """Return the first place from the dependent backwards that is free, if there is one."""
        path = self._paths[id_]
        length = max(path.length(), 1.0)
        for tried in range(_LABEL_TRIES):
            away = _LABEL_GAP + width / 2 + tried * _LABEL_STEP
            place = path.pointAtPercent(path.percentAtLength(max(0.0, length - away)))
            rect = QRectF(place.x() - width / 2, place.y() - _LABEL_HEIGHT / 2, width, _LABEL_HEIGHT)
            if not any(rect.intersects(other) for other in taken):
                return rect
        return None

    # --- inside --------------------------------------------------------------------------------

    def _trace(self, link: Link) -> None:
        ends = self.ends(link)
        if ends is None:
            self._forget(link.id)
            return
        start, end, bows = ends
        if bows:
            path = shapes.bow(start, end)
        elif link.joint:
            meet = end - QPointF(_STUB, 0)
            path = shapes.curve(start, meet)
            path.lineTo(end)
            self._joints[link.id] = meet
        else:
            path = shapes.curve(start, end)
        self._paths[link.id] = path
        self._straight[link.id] = QLineF(start, end)
        self._boxes[link.id] = path.controlPointRect().adjusted(-40, -10, 40, 10)

    def _forget(self, id_: str) -> None:
        for held in (self._paths, self._boxes, self._straight, self._joints):
            held.pop(id_, None)

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


def _width_of(link: Link) -> float:
    """Return how thick a line is: thicker the more it stands for."""
    return 1.0 + min(5.0, math.log2(link.weight)) if link.weight > 1 else 1.0


def _passes(path: QPainterPath, spot: QRectF) -> bool:
    steps = max(24, int(path.length() / 4))
    return any(spot.contains(path.pointAtPercent(step / steps)) for step in range(steps + 1))


def _high_contrast() -> bool:
    return theme.tokens.name == "contrast"
