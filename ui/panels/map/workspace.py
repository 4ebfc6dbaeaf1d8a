"""The Map workspace: toolbar, view, and what its gestures and keys do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget
from shiboken6 import isValid

from continuity.model.edits import Changes
from continuity.model.kinds import ELEMENTS, Need, Supply
from continuity.model.layout import Place, arrange
from continuity.words import N_, _
from ui.desk import Desk
from ui.panels.map.access import describe
from ui.panels.map.links import links_of
from ui.panels.map.scene import MapScene
from ui.panels.map.tools import ToolBar
from ui.panels.map.verbs import Verbs, letters
from ui.panels.map.view import MapView
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
        self.verbs = Verbs(self)
        self.tools = ToolBar(self)
        self.note = QLabel()
        self._following = False
        self._fitted = False
        self._wanted = ""
        self._job = 0
        self._letters = letters(self.verbs)
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
            self.reckon(keep=True, done=self._fill)

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
            self._fill(self.map.places())
        self._say_note()

    def retheme(self) -> None:
        """Paint in the theme chosen now."""
        self.tools.fit()
        self.map.update()
        self.view.viewport().update()

    # --- choosing ------------------------------------------------------------------------------

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
        self.map.filled.connect(self._on_filled)
        self.map.refocused.connect(view.viewport().update)  # names from far off stand outside their items
        view.moved.connect(self.verbs.drop)
        view.connect_asked.connect(self.verbs.connect)
        view.connect_tried.connect(self.verbs.try_end)
        view.add_asked.connect(self.verbs.ask_and_add)
        view.rename_asked.connect(self.verbs.rename)
        view.line_pressed.connect(self._on_line)
        view.menu_asked.connect(self._open_menu)
        view.key_pressed.connect(self._on_key)
        view.zoomed.connect(self.tools.say_zoom)

    # --- layout --------------------------------------------------------------------------------

    def reckon(self, *, keep: bool, done: Callable[[dict[str, Place]], None]) -> None:
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
        if self.session is not None:
            self._quietly(lambda: self.map.fill(self.session.organisation, places))  # type: ignore[union-attr]

    def _on_filled(self) -> None:
        self._say_note()
        self.on_selection(self.desk.selection, "filled")
        if self.isVisible():
            self._first_look()

    def _first_look(self) -> None:
        if self._fitted or not self.map.nodes or self.map.is_filling:
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

    # --- keys and menu -------------------------------------------------------------------------

    def _on_key(self, event: QKeyEvent) -> None:
        direction = _ARROWS.get(Qt.Key(event.key()))
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        alt = modifiers == Qt.KeyboardModifier.AltModifier
        if direction is not None and self.map.nodes:
            (self.verbs.nudge if alt else self.verbs.step)(direction)
            event.accept()
        elif not modifiers & ~Qt.KeyboardModifier.ShiftModifier:
            verb = self._letters.get(
                QKeySequence(event.key()).toString(QKeySequence.SequenceFormat.PortableText)
            )
            if verb is not None:
                verb()
                event.accept()

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        verbs = self.verbs
        one = verbs.chosen_element() is not None
        for sign, text, key, handler, possible in (
            ("edit", _("Rename"), "F2", verbs.rename, one),
            ("link", _("Connect to what needs it …"), "C", verbs.ask_and_connect, one),
            ("upstream", _("What it depends on"), "U", lambda: verbs.focus("up"), one),
            ("downstream", _("What depends on it"), "D", lambda: verbs.focus("down"), one),
            ("remove", _("Delete"), _("Del"), verbs.delete, bool(self.desk.selection)),
        ):
            action = menu.addAction(icon(sign), f"{text}\t{key}")
            action.setEnabled(possible)
            action.triggered.connect(lambda _on=False, handler=handler: handler())
        menu.addSeparator()
        place = self.view.mapToScene(self.view.mapFromGlobal(at))
        adding = self.tools.add_menu(lambda kind, category: verbs.add(kind, category, place))
        adding.setTitle(_("Add"))
        menu.addMenu(adding)
        menu.popup(at)

    # --- helping -------------------------------------------------------------------------------

    def _quietly(self, work: Callable[[], object]) -> None:
        self._following = True
        work()
        self._following = False

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
        empty = self.session is not None and not any(
            self.session.organisation.count(kind) for kind in ELEMENTS
        )
        if busy and not self.map.nodes and not empty:
            self.note.setText(_("Arranging the map …"))
        elif empty:
            self.note.setText(
                _("Nothing is here yet. Double-click, or press Insert, to add what the agency must do.")
            )
        self.note.setVisible(empty or (busy and not self.map.nodes))
