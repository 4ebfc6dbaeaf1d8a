"""The scene: one item per element, group and stream, one for all lines; it follows the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from continuity.model.edits import Changes
from continuity.model.kinds import Element, View
from continuity.model.layout import Place, arrange
from continuity.model.organisation import Organisation
from ui.background import Slices
from ui.panels.map import following, shapes
from ui.panels.map.dots import Dots
from ui.panels.map.frames import GroupItem
from ui.panels.map.lines import Lines
from ui.panels.map.links import Link, links_of, stage_links
from ui.panels.map.looks import PLAIN, is_filtered
from ui.panels.map.marks import Marks
from ui.panels.map.nodes import MapItem, NodeItem, TileItem
from ui.panels.map.picture import Picture, picture
from ui.panels.map.spotlight import lit_by
from ui.panels.map.tiles import place_tiles

_FULL = 1000
_MARGIN = 2000  # so that any part can be brought to the middle
_MANY = 3000  # items beyond which an index pays


class MapScene(QGraphicsScene):
    """Built from the document and a look at it, never from gestures."""

    filled = Signal()
    refocused = Signal()
    shown_anew = Signal()  # another picture
    stale = Signal()  # the picture no longer follows from document and look

    def __init__(self) -> None:
        super().__init__()
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.nodes: dict[str, NodeItem] = {}
        self.tiles: dict[str, TileItem] = {}
        self.groups: dict[str, GroupItem] = {}
        self.base: dict[str, Place] = {}  # where elements stand when nothing is grouped or set apart
        self.given: dict[str, Place] = {}  # where they stood when they were first shown
        self.links: dict[str, Link] = {}  # of the organisation; the picture says which are drawn
        self.stage_links: dict[str, Link] = {}
        self.look: View = PLAIN
        self.picture = Picture()
        self.marks = Marks()
        self.organisation: Organisation | None = None
        self.far = False
        self.missed = False  # an edit came while elements were being placed or added
        self.extent = QRectF()  # of everything shown
        self._filling: Slices | None = None
        self._make_lines()

    # --- filling -------------------------------------------------------------------------------

    def empty(self) -> None:
        """Show nothing."""
        if self._filling is not None:
            self._filling.stop()
            self._filling.deleteLater()
            self._filling = None
        gone = self.nodes, self.tiles, self.groups  # held until Qt has let go of them
        self.nodes, self.tiles, self.groups, self.links, self.stage_links = {}, {}, {}, {}, {}
        self.base, self.given, self.picture, self.marks = {}, {}, Picture(), Marks()
        self.organisation = None
        self.far, self.extent = False, QRectF()
        self.blockSignals(True)  # a selection that goes with its items is nobody's choice
        self.clear()
        self.blockSignals(False)
        del gone
        self._make_lines()

    def fill(
        self, organisation: Organisation, placed: Mapping[str, Place], links: Mapping[str, Link]
    ) -> None:
        """Show every element of ``organisation`` at its place in ``placed``; ``filled`` says when.

        ``links`` are its lines, reckoned elsewhere; anew here if an edit was missed meanwhile.
        """
        missed = self.missed
        self.empty()
        self.organisation, self.missed = organisation, missed
        many = len(placed) > _MANY
        method = QGraphicsScene.ItemIndexMethod
        self.setItemIndexMethod(method.BspTreeIndex if many else method.NoIndex)
        self._filling = Slices(self._steps(organisation, placed, links), self)
        self._filling.done.connect(self._on_filled)
        self._filling.start()

    @property
    def is_filling(self) -> bool:
        """Whether elements are still being added."""
        return self._filling is not None

    def _steps(
        self, organisation: Organisation, placed: Mapping[str, Place], links: Mapping[str, Link]
    ) -> Iterator[None]:
        for element in organisation.elements:
            if element.id in placed:
                self.add_node(element, placed[element.id])
                yield
        self.links = dict(links)
        self.stage_links = stage_links(organisation)
        yield
        if not self.is_derived:
            yield from self.lines.showing_links(self.links)

    def _on_filled(self) -> None:
        if self._filling is not None:
            self._filling.deleteLater()
            self._filling = None
        assert self.organisation is not None
        late = [e for e in self.organisation.elements if e.id not in self.nodes]
        if late:  # added while the others were being placed
            self.place_fresh(late)
        self.drop([id_ for id_ in self.nodes if id_ not in self.organisation])
        if self.missed:
            self.links = links_of(self.organisation)
            self.stage_links = stage_links(self.organisation)
        self.show(self.reckoned(), anew=self.missed or self.is_derived)
        self.missed = False
        self.filled.emit()

    # --- looking -------------------------------------------------------------------------------

    @property
    def is_derived(self) -> bool:
        """Whether places follow from the look: in groups, or set apart."""
        return self.look.grouping != "none" or bool(self.look.alone and self.look.focus)

    def reckoned(self) -> Picture:
        """Return the picture that document and look give now. Safe in a thread that catches its faults."""
        assert self.organisation is not None
        return picture(self.organisation, self.look, self.base, self.links, self.stage_links)

    def show(self, made: Picture, *, anew: bool = True) -> None:
        """Show ``made``: what it leaves out is hidden, what it moves stands elsewhere for the time being.

        Without ``anew`` lines that are drawn already are left as they are.
        """
        self.picture = made
        movable = QGraphicsItem.GraphicsItemFlag.ItemIsMovable
        places = made.places if made.places is not None else self.base
        for id_, node in self.nodes.items():
            seen = id_ in made.shown
            node.setVisible(seen)
            if seen:
                node.setPos(*places[id_])
                node.setFlag(movable, made.places is None)
        self._show_groups()
        place_tiles(self)
        self.lines.show_links(made.links, anew=anew)
        self.stages.show_links(self.drawn_stages(), anew=True)
        self.show_marks(self.marks)
        self.refocus()
        self.fit_rect()
        self.shown_anew.emit()

    def _show_groups(self) -> None:
        boxes = {box.id: box for box in self.picture.boxes}
        self.drop(set(self.groups) - set(boxes))
        for id_, box in boxes.items():
            if id_ in self.groups:
                self.groups[id_].show_box(box)
            else:
                self.groups[id_] = GroupItem(box)
                self.addItem(self.groups[id_])

    def drawn_stages(self) -> dict[str, Link]:
        """Return the lines to the pay days that are shown, from what stands for their elements."""
        shown, found = self.picture, {}
        for id_, link in self.stage_links.items():
            start = shown.shape_of(link.supplier)
            if link.dependent in self.tiles and (start in shown.shown or start in self.groups):
                found[id_] = replace(link, supplier=start)
        return found

    def follow(self, changes: Changes) -> None:
        """Bring the scene up to date after an edit."""
        if self.organisation is None or self.is_filling:
            self.missed = True
        else:
            following.follow(self, changes)
            if following.concerns(changes) and (self.is_derived or is_filtered(self.look)):
                self.stale.emit()

    def places(self) -> dict[str, Place]:
        """Return where every element stands when nothing is grouped or set apart."""
        return dict(self.base)

    def shapes(self) -> dict[str, MapItem]:
        """Return everything that is shown, by id."""
        every: dict[str, MapItem] = {**self.groups, **self.nodes, **self.tiles}
        return {id_: item for id_, item in every.items() if item.isVisible()}

    def item_of(self, id_: str) -> MapItem | None:
        """Return the item of an element, a stream or a group, if it is shown."""
        item = self.nodes.get(id_) or self.tiles.get(id_) or self.groups.get(id_)
        return item if item is not None and item.isVisible() else None

    # --- focus ---------------------------------------------------------------------------------

    def chosen(self) -> tuple[str, ...]:
        """Return the ids of the selected items."""
        return tuple(item.id for item in self.selectedItems() if isinstance(item, MapItem))

    def refocus(self) -> None:
        """Let what belongs to the selection stand out, and the rest step back."""
        lit = lit_by(self.chosen(), self.look, self.picture, self.links, self.stage_links)
        pale = bool(lit.shapes)
        self.lines.focus(set(lit.lines), pale=pale)
        self.stages.focus(set(lit.lines), pale=True)
        for held in (self.nodes, self.tiles, self.groups):
            for id_, item in held.items():
                item.pale = pale and id_ not in lit.shapes
        for group in self.groups.values():
            if not group.box.folded:
                group.pale = False
        self.renew()
        self.update()
        self.refocused.emit()

    def show_marks(self, marks: Marks) -> None:
        """Highlight single points of failure and cycles."""
        before, self.marks = self.marks, marks
        if before == marks == Marks():
            return
        for id_, node in self.nodes.items():
            node.mark_up(marks.weak.get(id_, 0), cyclic=id_ in marks.cyclic)
        for group in self.groups.values():
            group.weak = sum(member in marks.weak for member in group.box.members)
            group.update()
        self.lines.mark(marks.lines(self.links))
        self.renew()

    def show_levels(self, levels: Mapping[str, int] | None) -> None:
        """Show the levels of a run at one minute; None: no run is stepped through."""
        for id_, node in self.nodes.items():
            node.show_level(levels.get(id_) if levels is not None else None)
        for group in self.groups.values():
            low = sum((levels or {}).get(member, _FULL) < _FULL for member in group.box.members)
            if low != group.low:
                group.low = low
                group.update()
        if self.far:
            self.renew()

    def mark_end(self, at: str = "", *, allowed: bool = False) -> None:
        """While a line is drawn: show whether it may end at the element ``at``; no element: at none."""
        for id_, node in self.nodes.items():
            node.mark(wanted=id_ == at and allowed, refused=id_ == at and not allowed)

    def trace(self, ids: Iterable[str]) -> None:
        """Draw anew the lines of elements that have moved."""
        moved = set(ids)
        self.lines.move_ends(moved)
        self.stages.move_ends(moved)
        self.renew()

    def seen_from(self, scale: float) -> None:
        """Paint elements singly, or all at once where they are seen from far off."""
        far = scale < shapes.SIGNS_FROM
        if far != self.far:
            self.far = far
            for node in self.nodes.values():
                node.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents, far)
            self.dots.setVisible(far)
            self.renew()

    def renew(self) -> None:
        """Paint anew what is seen from far off."""
        if self.far:
            self.dots.renew()

    # --- parts ---------------------------------------------------------------------------------

    def add_node(self, element: Element, place: Place) -> None:
        """Add the item of ``element``."""
        node = NodeItem(element)
        node.setPos(*place)
        node.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents, self.far)
        self.nodes[element.id] = node
        self.base[element.id] = self.given[element.id] = place
        self.addItem(node)

    def place_fresh(self, fresh: list[Element]) -> None:
        """Add items for new elements: where they say, else beside their neighbours."""
        assert self.organisation is not None
        placed = {e.id: (e.x, e.y) for e in fresh if e.x is not None and e.y is not None}
        if len(placed) < len(fresh):
            edges = [(link.supplier, link.dependent) for link in links_of(self.organisation).values()]
            placed = arrange([*self.nodes, *(e.id for e in fresh)], edges, self.base | placed)
        for element in fresh:
            self.add_node(element, placed[element.id])

    def drop(self, ids: Iterable[str]) -> None:
        """Take items away."""
        for id_ in ids:
            self.base.pop(id_, None)
            item = self.nodes.pop(id_, None) or self.tiles.pop(id_, None) or self.groups.pop(id_, None)
            if item is not None:
                self.removeItem(item)

    def fit_rect(self) -> None:
        """Let the scene be as large as what it shows, with room around."""
        rect = QRectF()
        for held in (self.nodes, self.tiles, self.groups):
            for item in held.values():
                if item.isVisible():
                    rect |= item.body().translated(item.pos())
        self.extent = rect
        self.setSceneRect(rect.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN))
        self.renew()

    def _make_lines(self) -> None:
        self.lines = Lines(self._ends, self._bodies)
        self.stages = Lines(self._ends, self._bodies)
        # Of many lines to pay days, those of what is chosen are shown: all of them together say nothing.
        self.stages.only_strong = False
        self.dots = Dots(lambda: (n for n in self.nodes.values() if n.isVisible()), self.sceneRect)
        for item in (self.lines, self.lines.labels, self.stages, self.dots):
            self.addItem(item)

    def _ends(self, link: Link) -> tuple[QPointF, QPointF, bool] | None:
        start, end = self.item_of(link.supplier), self.item_of(link.dependent)
        if start is None or end is None:
            return None
        if isinstance(start, GroupItem) and isinstance(end, GroupItem) and end.x() <= start.x():
            return start.port(out=True), end.port(out=True), True
        height = shapes.HEIGHT * 0.8 if isinstance(end, NodeItem) else 0.0
        return start.port(out=True), end.port(out=False) + QPointF(0, (link.port - 0.5) * height), False

    def _bodies(self, ids: set[str] | None) -> Iterator[tuple[str, QRectF]]:
        """Yield where elements stand, all of them or ``ids``: labels keep clear of them."""
        for id_ in self.nodes if ids is None else ids:
            node = self.nodes.get(id_)
            if node is not None and node.isVisible():
                yield id_, shapes.CORE.translated(node.pos())
