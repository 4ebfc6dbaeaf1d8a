"""The Map workspace: toolbar, view, and what its gestures and keys do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget
from shiboken6 import isValid

from continuity import messages
from continuity.model.edits import Changes, Edit, Group, amend
from continuity.model.kinds import KINDS, Element, Need, Supply
from continuity.model.layout import Place, arrange
from continuity.model.problems import Problem
from continuity.words import N_, _, ngettext
from ui.desk import Desk
from ui.panels.map import edits, shapes
from ui.panels.map.access import describe
from ui.panels.map.links import links_of
from ui.panels.map.rename import NameField
from ui.panels.map.scene import MapScene
from ui.panels.map.tools import ToolBar
from ui.panels.map.view import MapView
from ui.picker import items_of, pick
from ui.shown import name_of
from ui.theme import theme
from ui.theme.icons import icon
from ui.workspace import Verb, Workspace

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class MapWorkspace(Workspace):
    """The agency as a graph: what needs what."""

    code, title, icon, verb = "map", N_("Map"), "map", Verb.DESCRIBE
    hint = N_("The agency as a graph: what needs what")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.map = MapScene()
        self.view = MapView(self.map)
        self.tools = ToolBar(self)
        self.note = QLabel()
        self.naming: NameField | None = None
        self._following = False
        self._fitted = False
        self._wanted = ""
        self._job = 0
        self._lay_out()
        self._wire()
        describe(self.view)

    # --- workspace -----------------------------------------------------------------------------

    def show_session(self, session: Any) -> None:
        """Show another document; the layout is reckoned in the background."""
        self._job += 1
        self._fitted = False
        self.map.empty()
        self._say_note()
        if session is not None:
            self._arrange(keep=True, done=self._fill)

    def on_changes(self, changes: Changes) -> None:
        """Follow an edit."""
        self._quietly(lambda: self.map.follow(changes))
        self._say_note()

    def on_selection(self, ids: tuple[str, ...], origin: str) -> None:
        """Follow a selection made elsewhere."""
        if origin == self.code or set(ids) == set(self.map.chosen()):
            return
        shown = self._shown_for(ids)

        def mark() -> None:
            self.map.clearSelection()
            for id_ in shown:
                if item := self.map.item_of(id_):
                    item.setSelected(True)

        self._quietly(mark)
        self._choose_line(ids[0] if len(ids) == 1 else "")
        self.map.refocus()

    def reveal(self, record_id: str) -> bool:
        """Bring a record into view: an element, a pay day, or what a need or supply belongs to."""
        found = self._shown_for((record_id,))
        item = self.map.item_of(found[0]) if found else None
        if item is None:
            self._wanted = record_id
            return False
        self.on_selection((record_id,), "")
        self.view.bring(item)
        return True

    def retranslate(self) -> None:
        """Say words, labels and tool tips anew."""
        super().retranslate()
        self.tools.retranslate()
        if self.session is not None and self.map.nodes:
            self._quietly(lambda: self.map.fill(self.session.organisation, self.map.places()))  # type: ignore[union-attr]
            self.on_selection(self.desk.selection, "language")
        self._say_note()

    def retheme(self) -> None:
        """Paint in the theme chosen now."""
        self.tools.fit()
        self.map.update()
        self.view.viewport().update()

    # --- verbs ---------------------------------------------------------------------------------

    def add(self, kind: str, category: str = "", at: QPointF | None = None) -> None:
        """Add an element at ``at`` or beside what is selected, and begin to name it."""
        if self.session is None:
            return
        place = shapes.snapped(at if at is not None else self._free_place())
        edit = edits.addition(self.session.organisation, kind, category, place)
        if self.desk.edit(edit, origin=self.code) is not None:
            self.choose(edit.record.id)
            self.rename()

    def ask_and_add(self, at: QPointF | None = None, menu_at: QPoint | None = None) -> None:
        """Offer every kind of element, and add the one chosen."""
        menu = self.tools.add_menu(lambda kind, category: self.add(kind, category, at))
        menu.popup(menu_at or self.view.mapToGlobal(self.view.rect().center()))

    def connect_ends(self, supplier: str, dependent: str) -> None:
        """Make ``dependent`` need ``supplier``, or say why not."""
        if self.session is None:
            return
        edit = edits.connect(self.session.organisation, supplier, dependent)
        if isinstance(edit, Problem):
            self.desk.say(messages.full(edit), "warn")
            return
        if self.desk.edit(edit, origin=self.code) is not None:
            names = [name_of(self.session.organisation.get(id_)) for id_ in (dependent, supplier)]
            self.desk.say(
                _("{dependent} now needs {supplier}.", dependent=names[0], supplier=names[1]), "done"
            )
            self.choose(dependent)

    def ask_and_connect(self) -> None:
        """Offer what may need the selected element, and connect it."""
        chosen = self._chosen_element()
        if chosen is None or self.session is None:
            self.desk.say(_("Select one element first: the one that something needs."))
            return
        organisation = self.session.organisation
        ends = edits.allowed_ends(organisation, chosen.id, out=True)
        pick(
            items_of(edits.elements_only(organisation, ends)),
            self.tools.connect_button,
            lambda id_: self.connect_ends(chosen.id, id_),
            prompt=_("What needs {name}?", name=name_of(chosen)),
        )

    def rename(self, id_: str = "") -> None:
        """Open the name of an element for typing, where it stands."""
        element = self.session.organisation.of(Element, id_ or self._one()) if self.session else None
        node = self.map.nodes.get(element.id) if element else None
        if element is None or node is None:
            return
        self.view.bring(node)
        self.naming = NameField(self.view, node, element.name, lambda name: self._name(element.id, name))

    def delete(self) -> None:
        """Delete what is selected with all that falls with it, as one step."""
        ids = self.desk.selection
        if self.session is None or not ids:
            return
        changes = self.desk.edit(self.session.organisation.removal(ids), origin=self.code)
        if changes is not None:
            self.desk.say(
                ngettext(
                    "{n} record deleted. Undo brings it back.",
                    "{n} records deleted. Undo brings them back.",
                    len(changes.removed),
                ),
                "done",
            )

    def focus(self, direction: str) -> None:
        """Show what the selection depends on ("up"), what depends on it ("down"), or neighbours only."""
        self.map.direction = "" if self.map.direction == direction else direction
        self.tools.mark_direction(self.map.direction)
        self.map.refocus()

    def arrange_all(self) -> None:
        """Give every element a new place, as one step that can be undone."""
        self._arrange(keep=False, done=self._take_arrangement)

    def choose(self, *ids: str) -> None:
        """Select elements here and on the desk."""

        def mark() -> None:
            self.map.clearSelection()
            for id_ in ids:
                if item := self.map.item_of(id_):
                    item.setSelected(True)

        self._quietly(mark)
        self._on_chosen()

    # --- building ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.note.setContentsMargins(*4 * [theme.grid(3)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addWidget(self.note)
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self.texts(lambda: self.view.setAccessibleName(_("Map of the agency")))

    def _wire(self) -> None:
        view = self.view
        self.map.selectionChanged.connect(self._on_chosen)
        view.moved.connect(self._on_moved)
        view.connect_asked.connect(self.connect_ends)
        view.connect_tried.connect(self._on_tried)
        view.add_asked.connect(self.ask_and_add)
        view.rename_asked.connect(self.rename)
        view.line_pressed.connect(self._on_line)
        view.menu_asked.connect(self._open_menu)
        view.key_pressed.connect(self._on_key)
        view.zoomed.connect(self.tools.say_zoom)

    # --- layout --------------------------------------------------------------------------------

    def _arrange(self, *, keep: bool, done: Callable[[dict[str, Place]], None]) -> None:
        """Reckon places in the background; what changed meanwhile is placed when it is shown."""
        assert self.session is not None
        organisation = self.session.organisation
        job = self._job
        nodes = [element.id for element in organisation.elements]
        edges = [(link.supplier, link.dependent) for link in links_of(organisation).values()]
        kept = {e.id: (e.x, e.y) for e in organisation.elements if e.x is not None and e.y is not None}
        self._say_note(busy=True)

        def take(places: dict[str, Place]) -> None:
            if job == self._job:
                done(places)
                self._say_note()

        self.desk.work(lambda: arrange(nodes, edges, kept if keep else None), take)

    def _fill(self, places: dict[str, Place]) -> None:
        if self.session is None:
            return
        organisation = self.session.organisation
        missing = {e.id: (0, 0) for e in organisation.elements if e.id not in places}
        self._quietly(lambda: self.map.fill(organisation, missing | places))
        self.on_selection(self.desk.selection, "filled")
        if self.isVisible():
            self._first_look()

    def _take_arrangement(self, places: dict[str, Place]) -> None:
        if self.session is not None:
            self.desk.edit(edits.arrangement(self.session.organisation, places), origin=self.code)
            self.view.fit()

    def _first_look(self) -> None:
        if self._fitted or not self.map.nodes:
            return
        self._fitted = True
        self.view.fit()
        if self._wanted:
            self.reveal(self._wanted)
            self._wanted = ""

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self._first_look()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        if self.isVisible():
            self._first_look()

    # --- following -----------------------------------------------------------------------------

    def _on_chosen(self) -> None:
        if self._following or not isValid(self.map):  # a scene that goes announces one more time
            return
        self.map.refocus()
        chosen = self.map.chosen()
        self._choose_line("")
        self.desk.select(*chosen, origin=self.code)

    def _on_line(self, id_: str) -> None:
        self._choose_line(id_)
        if id_:
            self._quietly(self.map.clearSelection)
            self.map.refocus()
            link = self.map.links[id_]
            self.desk.select(link.need, origin=self.code)

    def _choose_line(self, id_: str) -> None:
        lines = [i for i, link in self.map.links.items() if id_ and id_ in (i, link.need)]
        self.map.lines.choose(lines[0] if lines else "")

    def _on_moved(self, ids: list[str]) -> None:
        if self.session is None:
            return
        places = {}
        for id_ in ids:
            node = self.map.nodes[id_]
            places[id_] = shapes.snapped(node.pos())
            node.setPos(*places[id_])
        self.map.lines.move_ends(ids)
        self.map.stages.move_ends(ids)
        self._move(places)

    def _move(self, places: dict[str, Place], merge: str | None = None) -> None:
        assert self.session is not None
        others = {id_: place for id_, place in self.map.places().items() if id_ not in places}
        self.desk.edit(edits.move(self.session.organisation, places, others), origin=self.code, merge=merge)

    def _on_tried(self, start: str, other: str, out: bool) -> None:
        if self.session is None:
            return
        organisation = self.session.organisation
        one, two = organisation.of(Element, start), organisation.of(Element, other)

        def may(_id: str) -> bool:
            pair = (one, two) if out else (two, one)
            return pair[0] is not None and pair[1] is not None and edits.refusal(organisation, *pair) is None

        self.map.mark_ends(may, other)

    def _on_key(self, event: QKeyEvent) -> None:
        handled = self._on_arrow(event) or self._on_letter(event)
        event.setAccepted(handled)

    def _on_letter(self, event: QKeyEvent) -> bool:
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        verbs: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Insert: self.ask_and_add,
            Qt.Key.Key_F2: self.rename,
            Qt.Key.Key_C: self.ask_and_connect,
            Qt.Key.Key_U: lambda: self.focus("up"),
            Qt.Key.Key_D: lambda: self.focus("down"),
            Qt.Key.Key_Delete: self.delete,
            Qt.Key.Key_Backspace: self.delete,
            Qt.Key.Key_Plus: lambda: self.view.zoom_step(1),
            Qt.Key.Key_Minus: lambda: self.view.zoom_step(-1),
            Qt.Key.Key_0: self.view.fit,
            Qt.Key.Key_Escape: self.choose,
        }
        verb = verbs.get(event.key())
        if verb is None:
            return False
        verb()
        return True

    def _on_arrow(self, event: QKeyEvent) -> bool:
        direction = _ARROWS.get(Qt.Key(event.key()))
        if direction is None or not self.map.nodes:
            return False
        chosen = [id_ for id_ in self.map.chosen() if id_ in self.map.nodes]
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._nudge(chosen, direction)
            return True
        places = self.map.places()
        if not chosen:
            target: str | None = min(places, key=lambda id_: places[id_])
        else:
            target = edits.nearest(places, chosen[-1], direction)
        if target is not None:
            self.choose(target)
            self.view.bring(self.map.nodes[target])
        return True

    def _nudge(self, ids: list[str], direction: tuple[int, int]) -> None:
        places = {}
        for id_ in ids:
            x, y = shapes.snapped(self.map.nodes[id_].pos())
            places[id_] = (x + direction[0] * shapes.GRID, y + direction[1] * shapes.GRID)
        if places:
            self._move(places, merge=f"nudge {' '.join(sorted(ids))}")

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        one = self._chosen_element() is not None
        for sign, text, key, handler, possible in (
            ("edit", _("Rename"), "F2", self.rename, one),
            ("link", _("Connect to what needs it …"), "C", self.ask_and_connect, one),
            ("upstream", _("What it depends on"), "U", lambda: self.focus("up"), one),
            ("downstream", _("What depends on it"), "D", lambda: self.focus("down"), one),
            ("remove", _("Delete"), _("Del"), self.delete, bool(self.desk.selection)),
        ):
            action = menu.addAction(icon(sign), f"{text}\t{key}")
            action.setEnabled(possible)
            action.triggered.connect(lambda _on=False, handler=handler: handler())
        menu.addSeparator()
        place = self.view.mapToScene(self.view.mapFromGlobal(at))
        adding = self.tools.add_menu(lambda kind, category: self.add(kind, category, place))
        adding.setTitle(_("Add"))
        menu.addMenu(adding)
        menu.popup(at)

    # --- helping -------------------------------------------------------------------------------

    def _quietly(self, work: Callable[[], object]) -> None:
        self._following = True
        work()
        self._following = False

    def _name(self, id_: str, name: str) -> None:
        element = self.session.organisation.of(Element, id_) if self.session else None
        if element is not None and name.strip():
            edit: Edit = amend(element, name=name.strip())
            self.desk.edit(
                Group("rename", (edit,)) if name.strip() != element.name else edit, origin=self.code
            )

    def _one(self) -> str:
        chosen = self.map.chosen()
        return chosen[0] if len(chosen) == 1 else ""

    def _chosen_element(self) -> Element | None:
        return self.session.organisation.of(Element, self._one()) if self.session else None

    def _free_place(self) -> QPointF:
        """Return a place beside what is selected, or in the middle of the view."""
        chosen = self.map.nodes.get(self._one())
        if chosen is None:
            at = self.view.mapToScene(self.view.viewport().rect().center())
        else:
            at = chosen.pos() - QPointF(248, 0)
        taken = [node.sceneBoundingRect() for node in self.map.nodes.values()]
        for _try in range(200):
            if not any(rect.contains(at) for rect in taken):
                return at
            at += QPointF(0, 64)
        return at

    def _shown_for(self, ids: tuple[str, ...]) -> list[str]:
        """Return the items that stand for records: a need and a supply are shown by their dependent."""
        if self.session is None:
            return []
        organisation = self.session.organisation
        found = []
        for id_ in ids:
            record = organisation.get(id_)
            if isinstance(record, Supply):
                record = organisation.get(record.need)
            if isinstance(record, Need):
                record = organisation.get(record.dependent)
            if record is not None and self.map.item_of(record.id):
                found.append(record.id)
        return found

    def _say_note(self, *, busy: bool = False) -> None:
        empty = self.session is not None and not any(self.session.organisation.count(k) for k in _ELEMENTS)
        if busy and not self.map.nodes and not empty:
            self.note.setText(_("Arranging the map …"))
        elif empty:
            self.note.setText(
                _(
                    "Nothing is here yet. Double-click or press Insert to add what the agency must be able to do."
                )
            )
        self.note.setVisible(empty or (busy and not self.map.nodes))


_ELEMENTS = tuple(name for name, kind in KINDS.items() if issubclass(kind.of, Element))
