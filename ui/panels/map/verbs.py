"""What can be done on the map: each verb is one step that can be undone, or a sentence why not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF

from continuity import messages
from continuity.model.edits import Edit, Group, amend
from continuity.model.kinds import Element
from continuity.model.layout import COLUMN, ROW, Place
from continuity.model.problems import Problem
from continuity.words import _
from ui.background import Slices
from ui.making import connection
from ui.panels.map import connecting, edits, shapes
from ui.panels.map.aligning import aligned
from ui.panels.map.rename import NameField
from ui.picker import items_of, pick
from ui.shown import name_of

if TYPE_CHECKING:
    from ui.panels.map.workspace import MapWorkspace

_SETTLED_AT_ONCE = 25
#: An element to connect to, and whether it is the supplier.
Joined = tuple[str, bool] | None


class Verbs:
    """The verbs of one map; gestures, keys, toolbar and menus all end here."""

    def __init__(self, workspace: MapWorkspace) -> None:
        self.work = workspace
        self.desk, self.map, self.view = workspace.desk, workspace.map, workspace.view
        self.naming: NameField | None = None
        self._moves = 0
        self._settling: Slices | None = None

    # --- adding and naming ---------------------------------------------------------------------

    def add(self, kind: str, category: str = "", at: QPointF | None = None, joined: Joined = None) -> None:
        """Add an element at ``at`` or beside what is selected, and begin to name it.

        ``joined`` is an element to which it is connected, and whether that one is the supplier.
        """
        session = self.desk.session
        if session is None:
            return
        place = shapes.snapped(at if at is not None else self._free_place())
        organisation = session.organisation
        added = edits.addition(organisation, kind, category, place)
        edit: Edit = added
        if joined is not None and (other := organisation.of(Element, joined[0])) is not None:
            pair = (other, added.record) if joined[1] else (added.record, other)
            edit = Group("add", (added, *connection(organisation, *pair).edits))
        if self.desk.edit(edit, origin=self.work.code, merge=self._next("add")) is not None:
            self._settle_others(f"add {self._moves}", "add")
            self.work.looker.uncover(added.record.id)
            self.work.choose(added.record.id)
            self.rename()

    def ask_and_add(
        self, at: QPointF | None = None, menu_at: QPoint | None = None, joined: Joined = None
    ) -> None:
        """Offer every kind of element, and add the one chosen."""
        menu = self.work.tools.add_menu(lambda kind, category: self.add(kind, category, at, joined))
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
        """Show, while a line is drawn, whether it may end at ``other``, and if not, why."""
        session = self.desk.session
        if session is None:
            return
        why, allowed = connecting.verdict(session.organisation, self.map, start, other, out=out)
        self.map.mark_end(other, allowed=allowed)
        sign = "done" if allowed else "warning" if other else "link"
        self.view.hint.say(why, sign, self.view.pointer())

    def say_refusal(self, start: str, other: str, out: bool) -> None:
        """Say why a line that was let go could not end there."""
        session = self.desk.session
        if session is not None:
            why, _allowed = connecting.verdict(session.organisation, self.map, start, other, out=out)
            self.desk.say(why, "warn")

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

    def movable(self) -> list[str]:
        """Return the selected elements that stand where they were put."""
        return [] if self.map.is_derived else [id_ for id_ in self.map.chosen() if id_ in self.map.nodes]

    def say_pinned(self) -> None:
        """Say why something cannot be moved here."""
        self.desk.say(
            _("Places follow from groups or reach here. Choose “No groups” (G) to move things by hand.")
        )

    def nudge(self, direction: tuple[int, int]) -> None:
        """Move what is selected by one step of the grid."""
        ids = self.movable()
        if not ids and self.map.is_derived and self.map.chosen():
            self.say_pinned()
        places = {}
        for id_ in ids:
            x, y = shapes.snapped(self.map.nodes[id_].pos())
            places[id_] = (x + direction[0] * shapes.GRID, y + direction[1] * shapes.GRID)
        if places:
            self.move(places, merge=f"nudge {' '.join(sorted(ids))}")

    def align(self, way: str) -> None:
        """Align what is selected, or give it equal distances."""
        places = {id_: self.map.base[id_] for id_ in self.movable()}
        if len(places) < 2:
            self.desk.say(_("Select two or more elements to align them."))
            return
        placed = {id_: shapes.snapped(QPointF(*at)) for id_, at in aligned(places, way).items()}
        self.move(placed, verb="align")

    def move(self, places: dict[str, Place], merge: str = "", verb: str = "move") -> None:
        """Move elements; what had no place of its own keeps, with the same step, the one it was given.

        Otherwise the map would jump the next time it is opened.
        """
        session = self.desk.session
        if session is None:
            return
        merge = merge or self._next("move")
        if self.desk.edit(edits.move(session.organisation, places, verb), origin=self.work.code, merge=merge):
            self._settle_others(merge, verb)

    def _next(self, verb: str) -> str:
        """Return a key under which what follows at once is part of the same step."""
        self._moves += 1
        return f"{verb} {self._moves}"

    def _settle_others(self, merge: str, verb: str = "move") -> None:
        session = self.desk.session
        assert session is not None
        others = edits.without_place(session.organisation, self.map.places())
        if self._settling is not None:  # what it had left is among the others now
            self._settling.stop()
            self._settling.deleteLater()
        self._settling = Slices(self._settle(others, merge, verb), self.work)
        self._settling.start()

    def _settle(self, places: dict[str, Place], merge: str, verb: str) -> Iterator[None]:
        left = list(places.items())
        while left and (session := self.desk.session) is not None:
            some, left = dict(left[:_SETTLED_AT_ONCE]), left[_SETTLED_AT_ONCE:]
            self.desk.edit(edits.move(session.organisation, some, verb), origin=self.work.code, merge=merge)
            yield

    def arrange(self) -> None:
        """Give every element a new place, as one step that can be undone."""
        self.work.reckon(keep=False, done=self._take_arrangement)

    def _take_arrangement(self, places: dict[str, Place], _links: object) -> None:
        session = self.desk.session
        if session is not None:
            self.desk.edit(edits.arrangement(session.organisation, places), origin=self.work.code)
            self.view.fit()

    # --- the rest ------------------------------------------------------------------------------

    def delete(self) -> None:
        """Delete what is selected with all that falls with it, as one step."""
        if self.desk.selection:
            self.desk.remove(self.desk.selection, origin=self.work.code)
        elif any(id_ in self.map.groups for id_ in self.map.chosen()):
            self.desk.say(_("A group is no record: unfold it (F) and delete what is in it."))

    def choose_all(self) -> None:
        """Select everything that is shown."""
        self.work.choose(*self.map.shapes())

    def enter(self) -> None:
        """Open what is selected: a group unfolds or folds, an element is renamed."""
        chosen = self.map.chosen()
        if len(chosen) == 1 and chosen[0] in self.map.groups:
            self.work.looker.fold(chosen[0])
        else:
            self.rename()

    def step(self, direction: tuple[int, int], *, more: bool = False) -> None:
        """Choose the nearest element in a direction; with ``more`` besides what is chosen already."""
        places = {id_: (round(i.x()), round(i.y())) for id_, i in self.map.shapes().items()}
        if not places:
            return
        last = self.work.last_chosen()
        target = (
            edits.nearest(places, last, direction)
            if last in places
            else min(places, key=lambda id_: places[id_])
        )
        if target is not None:
            self.work.choose(*((*self.map.chosen(), target) if more else (target,)))
            self.work.walked_to(target)
            if item := self.map.item_of(target):
                self.view.bring(item)

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
            body = shapes.BODY.translated(at)
            if not any(rect.intersects(body) for rect in taken):
                return at
            at += QPointF(0, ROW)
        return at
