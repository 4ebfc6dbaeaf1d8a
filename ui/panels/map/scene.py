"""The scene: one item per element and stream, one for all lines; it follows the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtWidgets import QGraphicsScene

from continuity.model.edits import Changes
from continuity.model.kinds import Element, Stream
from continuity.model.layout import COLUMN, Place, arrange
from continuity.model.organisation import Organisation
from ui.background import Slices
from ui.panels.map import shapes
from ui.panels.map.lines import Lines
from ui.panels.map.links import Link, links_of, reach, stage_links
from ui.panels.map.nodes import MapItem, NodeItem, TileItem

_TILE_STEP = 72
_MARGIN = 2000  # so that any part can be brought to the middle


class MapScene(QGraphicsScene):
    """Built from the document only, never from gestures."""

    filled = Signal()
    refocused = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.nodes: dict[str, NodeItem] = {}
        self.tiles: dict[str, TileItem] = {}
        self.links: dict[str, Link] = {}
        self.stage_links: dict[str, Link] = {}
        self.show_streams = True
        self.direction = ""  # "", "up" or "down": what is in focus beside the selection
        self.organisation: Organisation | None = None
        self._filling: Slices | None = None
        self._make_lines()

    # --- filling -------------------------------------------------------------------------------

    def empty(self) -> None:
        """Show nothing."""
        if self._filling is not None:
            self._filling.stop()
            self._filling.deleteLater()
            self._filling = None
        self.blockSignals(True)  # a selection that goes with its items is nobody's choice
        self.clear()
        self.blockSignals(False)
        self.nodes, self.tiles, self.links, self.stage_links = {}, {}, {}, {}
        self.organisation = None
        self.direction = ""
        self._make_lines()

    def fill(self, organisation: Organisation, placed: Mapping[str, Place]) -> None:
        """Show every element of ``organisation`` at its place in ``placed``; ``filled`` says when."""
        self.empty()
        self.organisation = organisation
        self._filling = Slices(self._steps(organisation, placed), self)
        self._filling.done.connect(self._on_filled)
        self._filling.start()

    @property
    def is_filling(self) -> bool:
        """Whether elements are still being added."""
        return self._filling is not None

    def _steps(self, organisation: Organisation, placed: Mapping[str, Place]) -> Iterator[None]:
        for element in organisation.elements:
            if element.id in placed:
                self._add_node(element, placed[element.id])
                yield
        self.links = links_of(organisation)
        yield
        yield from self.lines.showing_links(self.links)
        self._refresh_tiles()

    def _on_filled(self) -> None:
        if self._filling is not None:
            self._filling.deleteLater()
            self._filling = None
        assert self.organisation is not None
        late = [e for e in self.organisation.elements if e.id not in self.nodes]
        if late:  # added while the others were being placed
            self._place_fresh(late)
        self._drop([id_ for id_ in self.nodes if id_ not in self.organisation])
        self._refresh_links()
        self._fit_rect()
        self.filled.emit()

    def follow(self, changes: Changes) -> None:
        """Bring the scene up to date after an edit."""
        if self.organisation is None or self.is_filling:
            return
        self._drop(record.id for record in changes.removed)
        fresh = [r for r in changes.added if isinstance(r, Element) and r.id not in self.nodes]
        if fresh:
            self._place_fresh(fresh)
        for record in changes.replaced:
            if isinstance(record, Element) and (node := self.nodes.get(record.id)):
                node.show_element(record)
                if record.x is not None and record.y is not None:
                    node.setPos(record.x, record.y)
        if changes.touches("need", "supply") or fresh:
            self._refresh_links()
        if changes.fields & {"x", "y"}:
            self.trace(record.id for record in changes.replaced)
        if changes.touches("stream", "stage"):
            self._refresh_tiles()
        self.refocus()
        self._fit_rect()

    def places(self) -> dict[str, Place]:
        """Return where every element stands now."""
        return {id_: (round(n.x()), round(n.y())) for id_, n in self.nodes.items()}

    def item_of(self, id_: str) -> MapItem | None:
        """Return the item of an element or a stream."""
        return self.nodes.get(id_) or self.tiles.get(id_)

    # --- focus ---------------------------------------------------------------------------------

    def chosen(self) -> tuple[str, ...]:
        """Return the ids of the selected items, the one chosen last at the end."""
        return tuple(item.id for item in self.selectedItems() if isinstance(item, MapItem))

    def refocus(self) -> None:
        """Let what belongs to the selection stand out, and the rest step back."""
        ids = self.chosen()
        if not ids:
            self.lines.focus(set(), pale=False)
            self.stages.focus(set(), pale=False)
            self._set_pale(set())
            self.refocused.emit()
            return
        every = [*self.links.values(), *self.stage_links.values()]
        if self.direction:
            near = reach(every, ids, upstream=self.direction == "up")
            strong = {link.id for link in every if link.supplier in near and link.dependent in near}
        else:
            strong = {link.id for link in every if link.supplier in ids or link.dependent in ids}
            near = {end for link in every if link.id in strong for end in (link.supplier, link.dependent)}
            near |= set(ids)
        self.lines.focus(strong, pale=True)
        self.stages.focus(strong, pale=True)
        self._set_pale(set(self.nodes) | set(self.tiles) if len(ids) > 1 and not self.direction else near)
        self.refocused.emit()

    def mark_end(self, at: str = "", *, allowed: bool = False) -> None:
        """While a line is drawn: show whether it may end at the element ``at``; no element: at none."""
        for id_, node in self.nodes.items():
            node.mark(wanted=id_ == at and allowed, refused=id_ == at and not allowed)

    def trace(self, ids: Iterable[str]) -> None:
        """Draw anew the lines of elements that have moved."""
        moved = set(ids)
        self.lines.move_ends(moved)
        self.stages.move_ends(moved)

    # --- inside --------------------------------------------------------------------------------

    def _make_lines(self) -> None:
        self.lines = Lines(self._ends, self._bodies)
        self.stages = Lines(self._ends, self._bodies)
        for item in (self.lines, self.lines.labels, self.stages):
            self.addItem(item)

    def _ends(self, link: Link) -> tuple[QPointF, QPointF] | None:
        start, end = self.nodes.get(link.supplier), self.item_of(link.dependent)
        if start is None or end is None:
            return None
        arrival = end.port(out=False)  # type: ignore[attr-defined]
        return start.port(out=True), arrival + QPointF(0, (link.port - 0.5) * shapes.HEIGHT * 0.8)

    def _bodies(self, seen: QRectF) -> list[QRectF]:
        """Return where elements stand in the part ``seen``: labels keep clear of them."""
        rects = (shapes.BODY.translated(node.pos()) for node in self.nodes.values())
        return [rect for rect in rects if rect.intersects(seen)]

    def _add_node(self, element: Element, place: Place) -> None:
        node = NodeItem(element)
        node.setPos(*place)
        self.nodes[element.id] = node
        self.addItem(node)

    def _place_fresh(self, fresh: list[Element]) -> None:
        assert self.organisation is not None
        if all(e.x is not None and e.y is not None for e in fresh):
            for element in fresh:
                self._add_node(element, (element.x or 0, element.y or 0))
            return
        kept = self.places()
        kept |= {e.id: (e.x, e.y) for e in fresh if e.x is not None and e.y is not None}
        every = [*self.nodes, *(e.id for e in fresh)]
        edges = [(link.supplier, link.dependent) for link in links_of(self.organisation).values()]
        placed = arrange(every, edges, kept)
        for element in fresh:
            self._add_node(element, placed[element.id])

    def _drop(self, ids: Iterable[str]) -> None:
        for id_ in ids:
            item = self.nodes.pop(id_, None) or self.tiles.pop(id_, None)
            if item is not None:
                self.removeItem(item)

    def _refresh_links(self) -> None:
        assert self.organisation is not None
        self.links = links_of(self.organisation)
        self.lines.show_links(self.links)

    def _refresh_tiles(self) -> None:
        assert self.organisation is not None
        streams = self.organisation.all(Stream) if self.show_streams else ()
        self._drop(set(self.tiles) - {stream.id for stream in streams})
        right = max((n.x() for n in self.nodes.values()), default=0.0) + COLUMN * 1.25
        ys = [n.y() for n in self.nodes.values()]
        middle = (min(ys) + max(ys)) / 2 if ys else 0.0
        top = middle - (len(streams) - 1) * _TILE_STEP / 2
        for place, stream in enumerate(streams):
            tile = self.tiles.get(stream.id)
            if tile is None:
                tile = TileItem(stream)
                self.tiles[stream.id] = tile
                self.addItem(tile)
            tile.show_stream(stream)
            tile.setPos(right, top + place * _TILE_STEP)
        self.stage_links = stage_links(self.organisation) if self.show_streams else {}
        # Lines to pay days are shown with what is chosen only: all of them together say nothing.
        self.stages.only_strong = True
        self.stages.show_links(self.stage_links)

    def toggle_streams(self, shown: bool) -> None:
        """Show or hide the pay days."""
        self.show_streams = shown
        if self.organisation is not None:
            self._refresh_tiles()
            self.refocus()
            self._fit_rect()

    def _set_pale(self, near: set[str]) -> None:
        for id_, item in (*self.nodes.items(), *self.tiles.items()):
            item.set_pale(bool(near) and id_ not in near)

    def _fit_rect(self) -> None:
        rect = QRectF()
        for item in (*self.nodes.values(), *self.tiles.values()):
            rect = rect.united(item.sceneBoundingRect())
        self.setSceneRect(rect.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN))
