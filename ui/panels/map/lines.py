"""All lines of the map in one item: thousands of curves are painted as a few paths."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ui.panels.map import shapes, strokes
from ui.panels.map.boxindex import BoxIndex
from ui.panels.map.labels import Labels
from ui.panels.map.links import Link

_NEAR = 6.0  # pixels within which a press hits a line
_STUB = 14.0  # from where lines of one need meet to the dependent

#: Where a line begins and ends, and whether it bows around the right side of both.
Ends = Callable[[Link], tuple[QPointF, QPointF, bool] | None]
#: Where elements stand: all of them, or those named.
Bodies = Callable[[set[str] | None], Iterable[tuple[str, QRectF]]]


class Lines(QGraphicsItem):
    """The lines between elements. ``strong`` ones stand out, the others step back.

    Where a line runs is reckoned when it is shown; its curve only when it is painted from near.
    """

    def __init__(self, ends: Ends, bodies: Bodies) -> None:
        super().__init__()
        self.ends, self.bodies = ends, bodies
        self.links: dict[str, Link] = {}
        self.strong: set[str] = set()
        self.chosen = ""
        self.marked: set[str] = set()  # highlighted, whatever is chosen
        self.pale = False
        self.only_strong = False  # the others are not drawn at all
        self.rough = False  # while something is in motion
        self.joints: dict[str, QPointF] = {}  # where lines of one need meet
        self._straight: dict[str, QLineF] = {}
        self._bows: set[str] = set()
        self._curves: dict[str, QPainterPath] = {}
        self._index = BoxIndex()
        self._bounds = QRectF()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setZValue(1)
        self.labels = Labels(self)

    # --- which ---------------------------------------------------------------------------------

    def show_links(self, links: Mapping[str, Link], *, anew: bool = False) -> None:
        """Draw ``links`` in place of the old ones; those that stay are drawn ``anew`` only if asked."""
        if anew:
            for held in (self.joints, self._straight, self._bows, self._curves, self._index):
                held.clear()
            self.labels.clear()
        for _step in self.showing_links(links):
            pass

    def showing_links(self, links: Mapping[str, Link]) -> Iterator[None]:
        """As :meth:`show_links`, a little at each step."""
        old, self.links = self.links, dict(links)
        for id_ in old.keys() - self.links.keys():
            self._forget(id_)
        for id_, link in self.links.items():
            if id_ in self._straight:
                if old.get(id_) is link or old.get(id_) == link:
                    continue
                self._forget(id_)
            if not link.quiet or id_ in self.strong:
                self._trace(link)
                yield
        self._take_bounds()

    def move_ends(self, nodes: Iterable[str]) -> None:
        """Draw anew the lines that begin or end at ``nodes``."""
        moved = set(nodes)
        for id_, link in self.links.items():
            if (link.supplier in moved or link.dependent in moved) and id_ in self._straight:
                self.update(self._box(id_))
                self._forget(id_)
                self._trace(link)
                self.update(self._box(id_))
        self.labels.follow(moved)
        self._take_bounds(repaint=False)

    def focus(self, strong: set[str], *, pale: bool) -> None:
        """Let ``strong`` lines stand out; ``pale``: the others step back."""
        if (strong, pale) != (self.strong, self.pale):
            self.strong, self.pale = strong, pale
            late = [self.links[i] for i in strong if i in self.links and i not in self._straight]
            for link in late:
                self._trace(link)
            self._take_bounds()

    def mark(self, ids: set[str]) -> None:
        """Highlight lines, whatever is chosen."""
        if ids != self.marked:
            self.marked = ids
            self.update()

    def choose(self, id_: str) -> None:
        """Mark one line as chosen."""
        if id_ != self.chosen:
            self.chosen = id_
            if id_ in self.links and id_ not in self._straight:
                self._trace(self.links[id_])
            self.update()
            self.labels.update()

    # --- where ---------------------------------------------------------------------------------

    def at(self, point: QPointF) -> Link | None:
        """Return the line under ``point``, those that stand out first."""
        spot = QRectF(point.x() - _NEAR, point.y() - _NEAR, 2 * _NEAR, 2 * _NEAR)
        found = [self.links[i] for i in self.within(spot) if _passes(self.curve(i), spot)]
        found.sort(key=lambda link: link.id not in self.strong)
        return found[0] if found else None

    def within(self, seen: QRectF) -> list[str]:
        """Return the lines that are drawn and may be met in the part ``seen``."""
        return [i for i in self._index.within(seen) if self.is_drawn(i)]

    def curve(self, id_: str) -> QPainterPath:
        """Return the curve of a line."""
        found = self._curves.get(id_)
        if found is None:
            found = self._curves[id_] = self._curve(id_)
        return found

    def straight(self, id_: str) -> QLineF:
        """Return the line as it is seen from far off."""
        return self._straight[id_]

    def is_strong(self, id_: str) -> bool:
        """Tell whether a line stands out."""
        return id_ in self.strong or id_ == self.chosen

    def is_drawn(self, id_: str) -> bool:
        """Tell whether a line is drawn: quiet ones only when they stand out."""
        return self.is_strong(id_) or not (self.only_strong or self.links[id_].quiet)

    # --- Qt ------------------------------------------------------------------------------------

    def boundingRect(self) -> QRectF:
        return self._bounds

    def shape(self) -> QPainterPath:
        return QPainterPath()  # presses are looked up by :meth:`at`

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale = option.levelOfDetailFromTransform(painter.worldTransform())
        strokes.paint_lines(painter, self, option.exposedRect, scale)

    # --- inside --------------------------------------------------------------------------------

    def _trace(self, link: Link) -> None:
        """Reckon where a line runs."""
        ends = self.ends(link)
        if ends is None:
            return
        start, end, bows = ends
        self._straight[link.id] = QLineF(start, end)
        if bows:
            self._bows.add(link.id)
        elif link.joint:
            self.joints[link.id] = end - QPointF(_STUB, 0)
        self._index.put(link.id, shapes.around(start, end))

    def _curve(self, id_: str) -> QPainterPath:
        line = self._straight[id_]
        if id_ in self._bows:
            return shapes.bow(line.p1(), line.p2())
        meet = self.joints.get(id_)
        path = shapes.curve(line.p1(), line.p2() if meet is None else meet)
        if meet is not None:
            path.lineTo(line.p2())
        return path

    def _forget(self, id_: str) -> None:
        if id_ not in self._straight:
            return
        for held in (self._curves, self._straight, self.joints):
            held.pop(id_, None)
        self._bows.discard(id_)
        self._index.drop(id_)
        self.labels.places.forget(id_)

    def _box(self, id_: str) -> QRectF:
        line = self._straight.get(id_)
        return shapes.around(line.p1(), line.p2()) if line is not None else QRectF()

    def _take_bounds(self, *, repaint: bool = True) -> None:
        bounds = self._index.bounds()
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self.labels.prepareGeometryChange()
            self._bounds = bounds
        if repaint:
            self.update()
            self.labels.update()


def _passes(path: QPainterPath, spot: QRectF) -> bool:
    steps = max(24, int(path.length() / 4))
    return any(spot.contains(path.pointAtPercent(step / steps)) for step in range(steps + 1))
