"""What can be done on the map: each verb is one step that can be undone, or a sentence why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF

from continuity import messages
from continuity.model.edits import Edit, Group, amend
from continuity.model.kinds import Element
from continuity.model.layout import COLUMN, ROW, Place
from continuity.model.problems import Problem
from continuity.words import _
from ui.background import Slices
from ui.panels.map import edits, shapes
from ui.panels.map.rename import NameField
from ui.picker import items_of, pick
from ui.shown import name_of

if TYPE_CHECKING:
    from ui.panels.map.workspace import MapWorkspace

_SETTLED_AT_ONCE = 25


class Verbs:
    """The verbs of one map; gestures, keys, toolbar and menus all end here."""

    def __init__(self, workspace: MapWorkspace) -> None:
        self.work = workspace
        self.desk, self.map, self.view = workspace.desk, workspace.map, workspace.view
        self.naming: NameField | None = None
        self._moves = 0
        self._settling: Slices | None = None

    # --- adding and naming ---------------------------------------------------------------------

    def add(self, kind: str, category: str = "", at: QPointF | None = None) -> None:
        """Add an element at ``at`` or beside what is selected, and begin to name it."""
        session = self.desk.session
        if session is None:
            return
        place = shapes.snapped(at if at is not None else self._free_place())
        edit = edits.addition(session.organisation, kind, category, place)
        if self.desk.edit(edit, origin=self.work.code) is not None:
            self.work.choose(edit.record.id)
            self.rename()

    def ask_and_add(self, at: QPointF | None = None, menu_at: QPoint | None = None) -> None:
        """Offer every kind of element, and add the one chosen."""
        menu = self.work.tools.add_menu(lambda kind, category: self.add(kind, category, at))
        menu.popup(menu_at or self.view.mapToGlobal(self.view.rect().center()))

    def rename(self, id_: str = "") -> None:
        """Open the name of an element for typing, where it stands."""
        session = self.desk.session
        element = session.organisation.of(Element, id_ or self._one()) if session else None
        node = self.map.nodes.get(element.id) if element else None
        if element is not None and node is not None:
            self.view.bring(node)
            self.naming = NameField(self.view, node, element.name, lambda name: self.name(element.id, name))

    def name(self, id_: str, name: str) -> None:
        """Give an element another name; an empty one is left out."""
        session = self.desk.session
        element = session.organisation.of(Element, id_) if session else None
        if element is not None and name.strip() not in ("", element.name):
            edit: Edit = amend(element, name=name.strip())
            self.desk.edit(Group("rename", (edit,)), origin=self.work.code)

    # --- connecting ----------------------------------------------------------------------------

    def connect(self, supplier: str, dependent: str) -> None:
        """Make ``dependent`` need ``supplier``, or say why not."""
        session = self.desk.session
        if session is None:
            return
        edit = edits.connect(session.organisation, supplier, dependent)
        if isinstance(edit, Problem):
            self.desk.say(messages.full(edit), "warn")
            return
        if self.desk.edit(edit, origin=self.work.code) is not None:
            one, other = (name_of(session.organisation.get(id_)) for id_ in (dependent, supplier))
            self.desk.say(_("{dependent} now needs {supplier}.", dependent=one, supplier=other), "done")
            self.work.choose(dependent)

    def ask_and_connect(self) -> None:
        """Offer what may need the selected element, and connect it."""
        chosen, session = self.chosen_element(), self.desk.session
        if chosen is None or session is None:
            self.desk.say(_("Select one element first: the one that something needs."))
            return
        ends = edits.allowed_ends(session.organisation, chosen.id, out=True)
        pick(
            items_of(edits.elements_only(session.organisation, ends)),
            self.work.tools.connect_button,
            lambda id_: self.connect(chosen.id, id_),
            prompt=_("What needs {name}?", name=name_of(chosen)),
        )

    def try_end(self, start: str, other: str, out: bool) -> None:
        """Show, while a line is drawn, whether it may end at the element ``other``."""
        session = self.desk.session
        if session is None:
            return
        organisation = session.organisation
        one, two = organisation.of(Element, start), organisation.of(Element, other)
        allowed = False
        if one is not None and two is not None:
            pair = (one, two) if out else (two, one)
            allowed = edits.refusal(organisation, *pair) is None
        self.map.mark_end(other, allowed=allowed)

    # --- moving --------------------------------------------------------------------------------

    def drop(self, ids: list[str]) -> None:
        """Let elements that have been dragged snap to the grid, and keep their places."""
        places = {}
        for id_ in ids:
            node = self.map.nodes[id_]
            places[id_] = shapes.snapped(node.pos())
            node.setPos(*places[id_])
        self.map.trace(ids)
        self.move(places)

    def nudge(self, direction: tuple[int, int]) -> None:
        """Move what is selected by one step of the grid."""
        ids = [id_ for id_ in self.map.chosen() if id_ in self.map.nodes]
        places = {}
        for id_ in ids:
            x, y = shapes.snapped(self.map.nodes[id_].pos())
            places[id_] = (x + direction[0] * shapes.GRID, y + direction[1] * shapes.GRID)
        if places:
            self.move(places, merge=f"nudge {' '.join(sorted(ids))}")

    def move(self, places: dict[str, Place], merge: str = "") -> None:
        """Move elements; what had no place of its own keeps, with the same step, the one it was given.

        Otherwise the map would jump the next time it is opened.
        """
        session = self.desk.session
        if session is None:
            return
        self._moves += 1
        merge = merge or f"move {self._moves}"
        if self.desk.edit(edits.move(session.organisation, places), origin=self.work.code, merge=merge):
            others = edits.without_place(session.organisation, self.map.places())
            if self._settling is not None:  # what it had left is among the others now
                self._settling.stop()
                self._settling.deleteLater()
            self._settling = Slices(self._settle(others, merge), self.work)
            self._settling.start()

    def _settle(self, places: dict[str, Place], merge: str) -> Iterator[None]:
        left = list(places.items())
        while left and (session := self.desk.session) is not None:
            some, left = dict(left[:_SETTLED_AT_ONCE]), left[_SETTLED_AT_ONCE:]
            self.desk.edit(edits.move(session.organisation, some), origin=self.work.code, merge=merge)
            yield

    def arrange(self) -> None:
        """Give every element a new place, as one step that can be undone."""
        self.work.reckon(keep=False, done=self._take_arrangement)

    def _take_arrangement(self, places: dict[str, Place]) -> None:
        session = self.desk.session
        if session is not None:
            self.desk.edit(edits.arrangement(session.organisation, places), origin=self.work.code)
            self.view.fit()

    # --- the rest ------------------------------------------------------------------------------

    def delete(self) -> None:
        """Delete what is selected with all that falls with it, as one step."""
        self.desk.remove(self.desk.selection, origin=self.work.code)

    def focus(self, direction: str) -> None:
        """Show what the selection depends on ("up"), what depends on it ("down"), or neighbours only."""
        self.map.direction = "" if self.map.direction == direction else direction
        self.work.tools.mark_direction(self.map.direction)
        self.map.refocus()

    def step(self, direction: tuple[int, int]) -> None:
        """Choose the nearest element in a direction; the first one if none is chosen."""
        places = self.map.places()
        chosen = [id_ for id_ in self.map.chosen() if id_ in places]
        target = (
            edits.nearest(places, chosen[-1], direction) if chosen else min(places, key=lambda i: places[i])
        )
        if target is not None:
            self.work.choose(target)
            self.view.bring(self.map.nodes[target])

    def chosen_element(self) -> Element | None:
        """Return the one element that is selected."""
        session = self.desk.session
        return session.organisation.of(Element, self._one()) if session else None

    def _one(self) -> str:
        chosen = self.map.chosen()
        return chosen[0] if len(chosen) == 1 else ""

    def _free_place(self) -> QPointF:
        """Return a place beside what is selected, or in the middle of the view."""
        chosen = self.map.nodes.get(self._one())
        if chosen is None:
            at = self.view.mapToScene(self.view.viewport().rect().center())
        else:
            at = chosen.pos() - QPointF(COLUMN, 0)
        taken = [node.sceneBoundingRect() for node in self.map.nodes.values()]
        for _try in range(200):
            if not any(rect.contains(at) for rect in taken):
                return at
            at += QPointF(0, ROW)
        return at


#: Keys of the map that stand alone; the arrows are in ``workspace.py``.
def letters(verbs: Verbs) -> dict[str, Callable[[], object]]:
    """Return what each key does, by Qt's portable name of the key."""
    return {
        "Ins": verbs.ask_and_add,
        "F2": verbs.rename,
        "C": verbs.ask_and_connect,
        "U": lambda: verbs.focus("up"),
        "D": lambda: verbs.focus("down"),
        "Del": verbs.delete,
        "Backspace": verbs.delete,
        "+": lambda: verbs.view.zoom_step(1),
        "-": lambda: verbs.view.zoom_step(-1),
        "0": verbs.view.fit,
        "Esc": verbs.work.choose,
    }
