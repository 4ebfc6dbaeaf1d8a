"""Cut, copy and paste on the map, also between two open documents: our own JSON on the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication

from continuity.model.edits import Group
from continuity.model.problems import Refused
from continuity.words import _, ngettext
from ui.panels.map import edits

if TYPE_CHECKING:
    from ui.panels.map.workspace import MapWorkspace

_OURS = "application/x-uthallig-organisation+json"
_SHIFT = (32, 32)


class Copying:
    """Needs among what is copied go along; sites and roles are found again where it is pasted."""

    def __init__(self, workspace: MapWorkspace) -> None:
        self.work = workspace
        self.desk = workspace.desk
        self._times = 0

    def copy(self) -> bool:
        """Put what is selected on the clipboard; False if nothing on the map is selected."""
        text = self._text()
        if text is None:
            self.desk.say(_("Select what is to be copied first."))
            return False
        mime = QMimeData()
        mime.setData(_OURS, text.encode())
        mime.setText(text)
        QApplication.clipboard().setMimeData(mime)
        self._times = 0
        count = len(self._chosen())
        self.desk.say(ngettext("{n} element copied.", "{n} elements copied.", count), "done")
        return True

    def cut(self) -> None:
        """Copy what is selected and take it away."""
        session = self.desk.session
        chosen = self._chosen()
        if session is not None and self.copy():
            removal = session.organisation.removal(chosen)
            self.desk.edit(Group("cut", removal.edits), origin=self.work.code)

    def paste(self) -> None:
        """Add what lies on the clipboard, a little aside, as one step."""
        mime = QApplication.clipboard().mimeData()
        text = bytes(mime.data(_OURS).data()).decode() if mime.hasFormat(_OURS) else mime.text()
        self._times += 1
        self._add(text, self._times)

    def duplicate(self) -> None:
        """Add a copy of what is selected, without touching the clipboard."""
        text = self._text()
        if text is not None:
            self._add(text, 1)

    def _add(self, text: str, times: int) -> None:
        session = self.desk.session
        if session is None:
            return
        shift = (_SHIFT[0] * times, _SHIFT[1] * times)
        try:
            edit, added = session.pasted(text, lambda name: _("{name} (copy)", name=name), shift)
        except Refused as refused:
            self.desk.refuse(refused)
            return
        if self.desk.edit(edit, origin=self.work.code) is not None:
            for id_ in added:
                self.work.looker.uncover(id_)
            self.work.choose(*added)
            if item := self.work.map.item_of(added[0]):
                self.work.view.ensureVisible(item, 60, 60)

    def _chosen(self) -> tuple[str, ...]:
        session = self.desk.session
        if session is None:
            return ()
        return tuple(e.id for e in edits.elements_only(session.organisation, self.work.map.chosen()))

    def _text(self) -> str | None:
        chosen, session = self._chosen(), self.desk.session
        return session.copied(chosen, self.work.map.places()) if session is not None and chosen else None
