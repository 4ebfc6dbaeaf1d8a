"""Saved views: looks at the map that are kept in the document under a name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QInputDialog, QMenu

from continuity.model.edits import Add, Edit, Group, amend
from continuity.model.ids import new_id
from continuity.model.kinds import KINDS, View
from continuity.words import _
from ui.panels.map.looks import PLAIN
from ui.theme.icons import icon

if TYPE_CHECKING:
    from ui.panels.map.workspace import MapWorkspace

_HELD = ("id", "code", "name", "note", "opening")


class Views:
    """The saved views of the open document."""

    def __init__(self, workspace: MapWorkspace) -> None:
        self.work = workspace
        self.desk, self.map, self.view = workspace.desk, workspace.map, workspace.view

    def all(self) -> tuple[View, ...]:
        """Return the views of the document, by code."""
        session = self.desk.session
        return session.organisation.all(View) if session is not None else ()

    def opening(self) -> View | None:
        """Return the view with which the map opens, if one was chosen."""
        return next((view for view in self.all() if view.opening), None)

    def show(self, view: View) -> None:
        """Look at the map as ``view`` says."""
        self.map.look = view

        def place() -> None:
            if view.zoom is None or view.centre_x is None or view.centre_y is None:
                self.view.fit()
            else:
                self.view.show_at(view.zoom / 100, QPointF(view.centre_x, view.centre_y))
            if view.focus and not view.alone:
                self.work.choose(*view.focus)

        self.work.looker.refresh(place)
        self.work.looker.remark()

    def show_plain(self) -> None:
        """Look at the map without groups, filters and highlights."""
        self.map.look = PLAIN
        self.work.looker.refresh(self.view.fit)
        self.work.looker.remark()

    def ask_and_save(self) -> None:
        """Ask for a name, and keep the present look under it."""
        name, said_yes = QInputDialog.getText(
            self.work, _("Save view"), _("What is this view called?"), text=self._proposal()
        )
        if said_yes and name.strip():
            self.save(name.strip())

    def save(self, name: str) -> None:
        """Keep the present look as ``name``: anew, or in place of the view of that name."""
        session = self.desk.session
        if session is None:
            return
        held = next((view for view in self.all() if view.name.casefold() == name.casefold()), None)
        now = self._now()
        edit: Edit
        if held is not None:
            kept = {n: getattr(now, n) for n in View.__dataclass_fields__ if n not in _HELD}
            edit = Group("view", (amend(held, **kept),))
            saved = replace(held, **kept)
        else:
            code = session.organisation.free_code(KINDS["view"])
            saved = replace(now, id=new_id(), code=code, name=name, opening=False)
            edit = Group("view", (Add(saved),))
        if self.desk.edit(edit, origin=self.work.code) is not None:
            self.map.look = saved
            self.work.say_look()
            self.desk.say(_("The view “{name}” is kept in the document.", name=name), "done")

    def open_with(self, view: View | None) -> None:
        """Let the map open with ``view``; None: as the program thinks best."""
        edits = tuple(
            amend(one, opening=view is not None and one.id == view.id)
            for one in self.all()
            if one.opening != (view is not None and one.id == view.id)
        )
        if edits:
            self.desk.edit(Group("view", edits), origin=self.work.code)

    def forget(self, view: View) -> None:
        """Take a view out of the document."""
        self.desk.remove((view.id,), origin=self.work.code)
        if self.map.look.id == view.id:
            self.map.look = replace(self.map.look, id="", code="", name="", opening=False)
            self.work.say_look()

    def menu(self) -> QMenu:
        """Return the menu of views."""
        menu = QMenu(self.work)
        present = next((view for view in self.all() if view.id == self.map.look.id), None)
        for view in self.all():
            action = menu.addAction(view.name)
            action.setCheckable(True)
            action.setChecked(view is present)
            action.triggered.connect(lambda _on=False, view=view: self.show(view))
        if self.all():
            menu.addSeparator()
        menu.addAction(_("Everything, without groups and filters"), self.show_plain)
        menu.addSeparator()
        menu.addAction(icon("save"), _("Save this view …"), self.ask_and_save)
        if present is not None:
            name = present.name
            menu.addAction(_("Save the changes in “{name}”", name=name), lambda: self.save(name))
            opens = menu.addAction(_("Open the map with “{name}”", name=name))
            opens.setCheckable(True)
            opens.setChecked(present.opening)
            opens.triggered.connect(lambda on: self.open_with(present if on else None))
            menu.addAction(icon("remove"), _("Delete “{name}”", name=name), lambda: self.forget(present))
        return menu

    def _proposal(self) -> str:
        look = self.map.look
        return look.name or _("View {number}", number=len(self.all()) + 1)

    def _now(self) -> View:
        middle = self.view.middle()
        look = self.map.look
        focus = look.focus
        if look.direction and not look.alone:
            session = self.desk.session
            assert session is not None
            focus = tuple(id_ for id_ in self.map.chosen() if id_ in session.organisation)
        return replace(
            look,
            focus=focus,
            centre_x=round(middle.x()),
            centre_y=round(middle.y()),
            zoom=max(1, round(100 * self.view.scale_now)),
        )
