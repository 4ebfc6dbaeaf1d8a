"""Opening, saving and leaving documents: the file side of the window."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeGuard

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QWidget

from continuity import messages
from continuity.model.problems import Refused
from continuity.session import Session
from continuity.words import _, current
from ui.desk import Desk
from ui.first_model import first_model
from ui.passphrase import ask_new_passphrase, ask_passphrase
from ui.runs.board import board_of
from ui.settings import Settings

SUFFIX = ".uthallig"


class Documents(QObject):
    """Every verb of the File menu. Files are read and written off the window's thread."""

    opened = Signal(str)  # the workspace to show first, or ""
    busy_changed = Signal(str)  # what is under way, or ""
    saved_changed = Signal(bool)  # from the store's thread

    def __init__(self, desk: Desk, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self.desk, self.settings, self.window = desk, settings, window
        self._leave_store: Callable[[], None] | None = None

    # --- opening -------------------------------------------------------------------------------

    def new(self, workspace: str = "map") -> None:
        """An empty document in memory."""
        self._make(lambda: Session.create(None, lang=current().language, author=_author()), workspace)

    def build(self, answers: dict[str, Any]) -> None:
        """A document in memory with the first model of ``answers``; without any, an empty one."""
        language = current().language

        def make() -> Session:
            session = Session.create(None, lang=language, author=_author())
            if answers:
                session.edit(first_model(answers))
            return session

        self._make(make, "map")

    def reference(self, workspace: str = "calendar") -> None:
        """A copy of the reference agency in memory, shown on its pay calendar or elsewhere."""
        language = current().language
        self._make(
            lambda: Session.create(None, reference="reference", lang=language, author=_author()), workspace
        )

    def ask_and_open(self) -> None:
        """Let the user choose a file, and open it."""
        kinds = _("Uthållig documents (*.uthallig *.json)")
        name, _kind = QFileDialog.getOpenFileName(
            self.window, _("Open document"), str(self.settings.folder), kinds
        )
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Open ``path``; on refusal what is open stays open."""
        self._make(lambda: Session.open(path, author=_author()), "", path)

    def open_to_read(self, path: Path, workspace: str) -> None:
        """Open ``path`` for reading only, and show a workspace of it."""
        self._make(lambda: Session.open(path, author=_author(), read_only=True), workspace, path)

    def _make(self, make: Callable[[], Session], workspace: str, path: Path | None = None) -> None:
        if not self.may_leave():
            return
        self.busy_changed.emit(_("Opening …"))

        def done(session: Session) -> None:
            self.busy_changed.emit("")
            self.take(session)
            if path is not None:
                self._remember(path)
            self.opened.emit(workspace)

        def failed(error: Exception) -> None:
            if path is not None and _needs_passphrase(error):
                self._unlock(error, workspace, path)
                return
            if path is None or not _is_locked(error):
                self._failed(error)
                return
            self.busy_changed.emit("")
            if self._reads_only(error):
                self._make(lambda: Session.open(path, author=_author(), read_only=True), workspace, path)

        self.desk.work(make, done, failed)

    def _unlock(self, error: Refused, workspace: str, path: Path) -> None:
        """Ask for the passphrase of an encrypted document and try again."""
        self.busy_changed.emit("")
        wrong = error.problems[0].code == "wrong-passphrase"
        said = messages.sentence(error.problems[0]) if wrong else ""
        passphrase = ask_passphrase(self.window, path.name, said)
        if passphrase:
            self._make(lambda: Session.open(path, author=_author(), passphrase=passphrase), workspace, path)

    def _reads_only(self, error: Refused) -> bool:
        """Ask whether a document that somebody else holds is to be opened for reading."""
        box = QMessageBox(self.window)
        box.setWindowTitle(_("Somebody else has it open"))
        box.setText(messages.sentence(error.problems[0]))
        read = box.addButton(_("Open for reading only"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return box.clickedButton() is read

    def take(self, session: Session) -> None:
        """Show ``session`` in place of the one that is open."""
        self._put_away()
        self._leave_store = session.on_saved(self.saved_changed.emit)
        self.desk.take(session)

    # --- saving --------------------------------------------------------------------------------

    def save_version(self) -> None:
        """Name the present state; a document that has no file yet gets one first."""
        session = self.desk.session
        if session is None:
            return
        if session.path is None:
            self.save_as()
            return
        name, said_yes = QInputDialog.getText(
            self.window, _("Save version"), _("What is this version called?"), text=self._proposal()
        )
        if said_yes and name.strip():
            self.make_version(name.strip())

    def make_version(self, name: str) -> None:
        """Name the present state ``name``."""
        session = self.desk.session
        if session is None:
            return

        def make() -> None:
            session.make_version(name)
            self.desk.versions_changed.emit()

        self.do(make, _("The version “{name}” is kept in the file.", name=name))

    def _proposal(self) -> str:
        import datetime as dt

        return _("Version of {date}", date=current().date(dt.date.today()))  # noqa: DTZ011

    def save_encrypted(self) -> None:
        """Write the document to an encrypted file and go on working in it."""
        self.save_as(encrypted=True)

    def save_as(self, *, encrypted: bool = False) -> None:
        """Write the document to a file of its own and go on working in it."""
        session = self.desk.session
        if session is None:
            return
        passphrase = ask_new_passphrase(self.window) if encrypted else None
        if encrypted and passphrase is None:
            return
        start = session.path or self.settings.folder / f"{file_name(session.title)}{SUFFIX}"
        name, _kind = QFileDialog.getSaveFileName(
            self.window, _("Save as"), str(start), _("Uthållig document (*.uthallig)")
        )
        if name:
            self.save_to(Path(name) if name.endswith(SUFFIX) else Path(name + SUFFIX), passphrase)

    def save_to(self, path: Path, passphrase: str | None = None) -> None:
        """Write the document to ``path``, encrypted where there is a passphrase."""
        session = self.desk.session
        if session is None:
            return

        def done(_result: Any) -> None:
            self.busy_changed.emit("")
            self._remember(path)
            self.saved_changed.emit(True)
            self.desk.say(_("Saved as {name}.", name=path.name), "done")

        self.busy_changed.emit(_("Saving …"))
        self.desk.work(lambda: session.save_as(path, passphrase), done, self._failed)

    # --- leaving -------------------------------------------------------------------------------

    def may_leave(self) -> bool:
        """Ask about work that lies in memory only; True if the document may be closed."""
        session = self.desk.session
        if session is None:
            return True
        if session.path is not None:
            return self._is_on_disk(session)
        board = board_of(self.desk)
        if not (session.can_undo or board.outcomes or board.busy):
            return True
        box = QMessageBox(self.window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(_("Not in a file yet"))
        box.setText(_("“{name}” lies in memory only.", name=session.title))
        box.setInformativeText(
            _("Your changes and runs go away if it is closed without being saved to a file.")
        )
        save = box.addButton(_("Save as …"), QMessageBox.ButtonRole.AcceptRole)
        drop = box.addButton(_("Throw away"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is save:
            self.save_as()
            return False  # it is being written; close again when it is done
        return box.clickedButton() is drop

    def _is_on_disk(self, session: Session) -> bool:
        """Tell whether all of a document is in its file; ask where the disk would not take something."""
        problems = [] if session.saved else session.settle()
        if not problems:
            return True
        box = QMessageBox(self.window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(_("Not saved"))
        box.setText("\n".join(messages.full(problem) for problem in problems[:3]))
        box.setInformativeText(_("What could not be written goes away if the document is closed."))
        drop = box.addButton(_("Close all the same"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return box.clickedButton() is drop

    def close(self) -> bool:
        """Close the document; False if the user would rather keep it open."""
        if not self.may_leave():
            return False
        self._put_away()
        self.desk.take(None)
        return True

    def _put_away(self) -> None:
        if self._leave_store:
            self._leave_store()
            self._leave_store = None
        session = self.desk.session
        if session is not None:
            self.desk.take(None)
            session.close()

    def do(self, work: Callable[[], Any], said: str) -> None:
        """Do ``work`` in the background, and say ``said`` when it is done."""

        def done(_result: Any) -> None:
            self.busy_changed.emit("")
            self.desk.say(said, "done")

        self.busy_changed.emit(_("Working …"))
        self.desk.work(work, done, self._failed)

    def _failed(self, error: Exception) -> None:
        self.busy_changed.emit("")
        if isinstance(error, Refused):
            self.desk.refuse(error)
        else:
            self.desk.say(_("This did not work: {error}", error=str(error)), "warn")

    def _remember(self, path: Path) -> None:
        self.settings.remember(path)
        self.settings.folder = path.parent


def _is_locked(error: Exception) -> TypeGuard[Refused]:
    return isinstance(error, Refused) and error.problems[0].code == "document-locked"


def _needs_passphrase(error: Exception) -> TypeGuard[Refused]:
    return isinstance(error, Refused) and error.problems[0].code in ("locked-document", "wrong-passphrase")


def _author() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user id without a name
        return ""


def file_name(title: str) -> str:
    """Return a name for a file that ``title`` gives."""
    kept = "".join(c if c.isalnum() or c in " -_" else " " for c in title)
    return " ".join(kept.split()) or "organisation"
