"""The Map workspace: toolbar, view, and how they follow document, selection and look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from shiboken6 import isValid

from continuity.model.edits import Changes
from continuity.model.kinds import ELEMENTS, Element, Need, Stream, Supply
from continuity.model.layout import Place, arrange
from continuity.words import N_, _
from ui.desk import Desk
from ui.panels.map.access import describe
from ui.panels.map.banner import Banner
from ui.panels.map.copying import Copying
from ui.panels.map.keys import keys, on_key
from ui.panels.map.legend import Legend
from ui.panels.map.links import Link, links_of
from ui.panels.map.looker import Looker
from ui.panels.map.looks import PLAIN
from ui.panels.map.menu import open_menu
from ui.panels.map.overview import Overview
from ui.panels.map.picture import Picture
from ui.panels.map.scene import MapScene
from ui.panels.map.tools import ToolBar
from ui.panels.map.verbs import Verbs
from ui.panels.map.view import MapView
from ui.panels.map.views import Views
from ui.picker import items_of, pick
from ui.runs.film_bar import FilmBar
from ui.runs.reel import reel_of
from ui.theme import theme
from ui.workspace import Verb, Workspace


class MapWorkspace(Workspace):
    """The agency as a graph: what needs what."""

    code, title, icon, verb = "map", N_("Map"), "map", Verb.DESCRIBE
    hint = N_("The agency as a graph: what needs what")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.map = MapScene()
        self.view = MapView(self.map)
        self.verbs = Verbs(self)
        self.views = Views(self)
        self.looker = Looker(self)
        self.copying = Copying(self)
        self.tools = ToolBar(self)
        self.banner = Banner(self)
        self.reel = reel_of(desk)
        self.film = FilmBar(self.reel)
        self.note = QLabel()
        self.overview = Overview(self.view)
        self._following = False
        self._fitted = False
        self._wanted = self._walked = ""
        self._job = 0
        self.legend = Legend(self)
        self.legend.hide()
        self.keys = keys(self)
        self._lay_out()
        self._wire()
        describe(self.view)

    # --- workspace -----------------------------------------------------------------------------

    def show_session(self, session: Any) -> None:
        """Show another document; the layout is reckoned in the background."""
        self._job += 1
        self._fitted = False
        self.map.empty()
        self.map.look = PLAIN
        self.say_look()
        self._say_note()
        if session is not None:
            self.reckon(keep=True, done=self._fill)

    def on_changes(self, changes: Changes) -> None:
        """Follow an edit."""
        self._quietly(lambda: self.map.follow(changes))
        if changes.touches(*ELEMENTS, "need", "supply", "stage"):
            self.looker.follow()
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
        if found:
            self.looker.uncover(found[0])
        item = self.map.item_of(found[0]) if found else None
        if item is None or not self._fitted:
            self._wanted = record_id
            return False
        self.on_selection((record_id,), "")
        self.view.bring(item)
        return True

    def retranslate(self) -> None:
        """Say words, labels and tool tips anew."""
        super().retranslate()
        self.tools.retranslate()
        self.film.retranslate()
        self.legend.refresh()
        if self.session is not None and self.map.nodes:
            self._fill(self.map.places(), links_of(self.session.organisation))
        self.say_look()
        self._say_note()

    def retheme(self) -> None:
        """Paint in the theme chosen now."""
        self.tools.fit()
        self.overview.fit()
        self.legend.refresh()
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

    def walked_to(self, id_: str) -> None:
        """Remember where the arrow keys have led."""
        self._walked = id_

    def last_chosen(self) -> str:
        """Return the item from which the arrow keys go on; "" where nothing is chosen."""
        chosen = self.map.chosen()
        return self._walked if self._walked in chosen else chosen[-1] if chosen else ""

    def leave_off(self) -> None:
        """Choose nothing; where nothing is chosen, leave the reach that hides the rest."""
        if self.map.chosen() or self.map.lines.chosen:
            self.choose()
            self.desk.select(origin=self.code)
        elif self.map.look.alone:
            self.looker.alone()

    def search(self) -> None:
        """Search what is on the map, and go to the one chosen."""
        if self.session is None:
            return
        organisation = self.session.organisation
        records = [*organisation.all(Element), *organisation.all(Stream)]
        pick(items_of(records), self.tools.find, self._go, prompt=_("Find on the map"))

    def _go(self, id_: str) -> None:
        self.desk.select(id_, origin="search")
        self.reveal(id_)
        self.view.setFocus()

    # --- looking -------------------------------------------------------------------------------

    def show_picture(self, made: Picture) -> None:
        """Show another picture of the same document; the selection stays as far as it is shown."""
        self._quietly(lambda: self.map.show(made))
        self.on_selection(self.desk.selection, "shown")
        self.say_look()

    def say_look(self) -> None:
        """Say in toolbar, banner and legend how the map is looked at."""
        self.tools.say_look()
        self.banner.refresh()
        if self.legend.isVisible():
            self.legend.refresh()

    def toggle_legend(self) -> None:
        """Show or hide the legend."""
        self.legend.setVisible(self.legend.isHidden())
        self.tools.legend.setChecked(not self.legend.isHidden())
        self.legend.refresh()

    def toggle_overview(self) -> None:
        """Show or hide the mini-map; it is also hidden while all of the map is in view."""
        self.overview.wanted = not self.overview.wanted
        self.overview.setVisible(self.overview.wanted and self.overview.has_use())
        self.tools.overview.setChecked(self.overview.wanted)

    def place_corners(self) -> None:
        """Keep legend and mini-map in their corners."""
        room, away = self.view.rect(), theme.grid(1.5)
        self.overview.move(
            room.right() - self.overview.width() - away, room.bottom() - self.overview.height() - away
        )
        self.legend.move(away, room.bottom() - self.legend.height() - away)

    # --- building ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.note.setContentsMargins(*4 * [theme.grid(3)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.tools, self.film, self.banner, self.note):
            column.addWidget(part)
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self.texts(lambda: self.view.setAccessibleName(_("Map of the agency")))

    def _wire(self) -> None:
        view, verbs = self.view, self.verbs
        self.map.selectionChanged.connect(self._on_chosen)
        self.map.filled.connect(self._on_filled)
        self.map.refocused.connect(view.viewport().update)  # names from far off stand outside their items
        self.reel.moved.connect(self._on_film)
        self.reel.changed.connect(self._on_film)
        view.moved.connect(verbs.drop)
        view.pinned.connect(verbs.say_pinned)
        view.fold_asked.connect(self.looker.fold)
        view.connect_asked.connect(verbs.connect)
        view.connect_tried.connect(verbs.try_end)
        view.refused_at.connect(verbs.say_refusal)
        view.add_asked.connect(verbs.ask_and_add)
        view.rename_asked.connect(verbs.rename)
        view.line_pressed.connect(self._on_line)
        view.menu_asked.connect(lambda at: open_menu(self, at))
        view.key_pressed.connect(lambda event: on_key(self, event))
        view.zoomed.connect(self.tools.say_zoom)
        view.looked_elsewhere.connect(self.place_corners)

    def _on_film(self, _minute: int = 0) -> None:
        film = self.reel.film
        self.map.show_levels(film.at(self.reel.minute) if film is not None else None)

    # --- layout --------------------------------------------------------------------------------

    def reckon(self, *, keep: bool, done: Callable[[dict[str, Place], dict[str, Link]], None]) -> None:
        """Reckon places and lines in the background; what changed meanwhile is mended when it is shown."""
        assert self.session is not None
        organisation = self.session.organisation.copy()
        job = self._job
        self.map.missed = False
        self._say_note(busy=True)

        def work() -> tuple[dict[str, Place], dict[str, Link]]:
            links, elements = links_of(organisation), organisation.elements
            edges = [(link.supplier, link.dependent) for link in links.values()]
            kept = {e.id: (e.x, e.y) for e in elements if e.x is not None and e.y is not None}
            return arrange([e.id for e in elements], edges, kept if keep else None), links

        def take(found: tuple[dict[str, Place], dict[str, Link]]) -> None:
            if job == self._job:
                done(*found)
                self._say_note()

        self.desk.work(work, take)

    def _fill(self, places: dict[str, Place], links: dict[str, Link]) -> None:
        session = self.session
        if session is not None:
            self._quietly(lambda: self.map.fill(session.organisation, places, links))

    def _on_filled(self) -> None:
        self._say_note()
        self._on_film()
        self.on_selection(self.desk.selection, "filled")
        self.say_look()
        self.looker.remark()
        if self.isVisible():
            self._first_look()

    def _first_look(self) -> None:
        if self._fitted or not self.map.nodes or self.map.is_filling:
            return
        self._fitted = True
        self.looker.first()
        self.place_corners()
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self.reveal(wanted)

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
        self._choose_line("")
        self.desk.select(*(i for i in self.map.chosen() if i not in self.map.groups), origin=self.code)

    def _on_line(self, id_: str) -> None:
        self._choose_line(id_)
        link = self.map.links.get(id_)
        if link is not None:
            self._quietly(self.map.clearSelection)
            self.map.refocus()
            self.desk.select(link.need, origin=self.code)

    def _choose_line(self, id_: str) -> None:
        lines = [i for i, link in self.map.links.items() if id_ and id_ in (i, link.need)]
        self.map.lines.choose(lines[0] if lines else "")

    # --- helping -------------------------------------------------------------------------------

    def _quietly(self, work: Callable[[], object]) -> None:
        before, self._following = self._following, True
        work()
        self._following = before

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
            if record is not None and (record.id in self.map.nodes or record.id in self.map.tiles):
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
