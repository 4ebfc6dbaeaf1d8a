"""The desk: what every workspace and panel shares - document, selection, messages, long work."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from continuity import messages
from continuity.model.edits import Changes, Edit, is_empty
from continuity.model.problems import Refused
from continuity.words import _, ngettext
from ui.background import Task

if TYPE_CHECKING:
    from continuity.session import Session


class Desk(QObject):
    """One per window. Workspaces talk to it and never to one another."""

    session_changed = Signal()  # another document, or none
    changed = Signal(object)  # Changes: one edit, undo or redo
    selected = Signal(tuple, str)  # ids, and who chose them
    wanted = Signal(str, str)  # workspace code, record id or "": show it
    said = Signal(str, str)  # sentence, tone: info | done | warn
    runs_changed = Signal()  # a run was kept
    versions_changed = Signal()  # a version was named or signed off
    history_wanted = Signal(str)  # record id, or "" for all

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session: Session | None = None
        self.selection: tuple[str, ...] = ()
        self._leave: Callable[[], None] | None = None

    # --- document ------------------------------------------------------------------------------

    def take(self, session: Session | None) -> None:
        """Put another document on the desk (the caller has closed the old one)."""
        if self._leave:
            self._leave()
            self._leave = None
        self.session = session
        self.selection = ()
        if session is not None:
            self._leave = session.subscribe(self.changed.emit)
        self.session_changed.emit()

    def edit(self, edit: Edit, *, origin: str = "", merge: str | None = None) -> Changes | None:
        """Carry out ``edit``; a refusal is shown and gives None, as does an edit of nothing."""
        try:
            return self.attempt(edit, origin=origin, merge=merge)
        except Refused as refused:
            self.refuse(refused)
            return None

    def attempt(self, edit: Edit, *, origin: str = "", merge: str | None = None) -> Changes | None:
        """As :meth:`edit`, but :class:`Refused` is raised, for fields that say it themselves."""
        if self.session is None or is_empty(edit):
            return None
        return self.session.edit(edit, origin=origin, merge=merge)

    def remove(self, ids: tuple[str, ...], *, origin: str = "") -> Changes | None:
        """Delete records with their parts and every mention of them, as one step, and say so."""
        if self.session is None or not ids:
            return None
        changes = self.edit(self.session.organisation.removal(ids), origin=origin)
        if changes is not None:
            gone = ngettext(
                "{n} record deleted. Undo brings it back.",
                "{n} records deleted. Undo brings them back.",
                len(changes.removed),
            )
            self.say(gone, "done")
        return changes

    def undo(self) -> None:
        """Take back the last step."""
        self._step("undo")

    def redo(self) -> None:
        """Do again the step taken back last."""
        self._step("redo")

    def _step(self, verb: str) -> None:
        if self.session is None:
            return
        try:
            getattr(self.session, verb)()
        except Refused as refused:
            self.refuse(refused)

    # --- telling -------------------------------------------------------------------------------

    def say(self, text: str, tone: str = "info") -> None:
        """Show ``text`` (translated) in a passing note; tone: info, done or warn."""
        self.said.emit(text, tone)

    def refuse(self, refused: Refused) -> None:
        """Say why a wish was not granted."""
        shown = [messages.full(p) for p in refused.problems[:3]]
        more = len(refused.problems) - len(shown)
        if more > 0:
            shown.append(_("… and {count} more.", count=more))
        self.say("\n".join(shown), "warn")

    # --- where one is --------------------------------------------------------------------------

    def select(self, *ids: str, origin: str = "") -> None:
        """Choose records; inspector and workspaces follow."""
        if ids != self.selection:
            self.selection = ids
            self.selected.emit(ids, origin)

    def go(self, workspace: str, record_id: str = "") -> None:
        """Open a workspace, and show a record there and in the inspector."""
        if record_id:
            self.select(record_id, origin="desk")
        self.wanted.emit(workspace, record_id)

    # --- long work -----------------------------------------------------------------------------

    def work(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> Task:
        """Run ``work`` in a thread; ``done(result)`` or ``failed(error)`` follows in this one.

        A failure without ``failed`` is shown as a note, unless the document has been closed
        meanwhile: then it concerns nobody.
        """
        task, asked = Task(work, self), self.session

        def fail(error: Exception) -> None:
            if failed is not None:
                failed(error)
            elif asked is self.session:
                self._tell_failure(error)

        task.done.connect(done)
        task.failed.connect(fail)
        task.done.connect(task.deleteLater)
        task.failed.connect(task.deleteLater)
        task.start()
        return task

    def _tell_failure(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self.refuse(error)
        else:
            self.say(_("This did not work: {error}", error=str(error)), "warn")
