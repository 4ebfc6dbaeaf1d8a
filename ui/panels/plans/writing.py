"""The writing of a package: progress, cancel, and what lies where afterwards."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from continuity import messages
from continuity.model.problems import Problem, Refused
from continuity.planning.request import PlanCancelled, PlanPackage, PlanRequest
from continuity.words import _, ngettext
from ui.desk import Desk
from ui.runs.flow import FlowLayout
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon

_SHOWN = 6


class Writer(QObject):
    """Writes one package at a time, off the window's thread."""

    progressed = Signal(int, int)
    busy_changed = Signal(bool)
    written = Signal(object)  # PlanPackage
    stopped = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk = desk
        self.busy = False
        self._cancel = threading.Event()

    def write(self, request: PlanRequest) -> None:
        """Begin to write; one at a time."""
        session = self.desk.session
        if session is None or self.busy:
            return
        self._cancel = cancel = threading.Event()
        self._set_busy(True)
        # The signal crosses from the writing thread to the window's by itself.
        self.desk.work(
            lambda: session.plan(request, report=self.progressed.emit, cancel=cancel),
            self._done,
            self._failed,
        )

    def cancel(self) -> None:
        """Ask for an end; nothing of the package is left then."""
        self._cancel.set()

    def _done(self, package: PlanPackage) -> None:
        self._set_busy(False)
        self.written.emit(package)

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        self.stopped.emit()
        if isinstance(error, PlanCancelled):
            self.desk.say(_("The writing was stopped; nothing of the package is left."))
        elif isinstance(error, Refused):
            self.desk.refuse(error)
        else:
            self.desk.say(_("This did not work: {error}", error=str(error)), "warn")

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.busy_changed.emit(busy)


class WritingBar(QFrame):
    """Under way: how far and a way to stop. Done: what was written, open, verify."""

    def __init__(self, desk: Desk, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.writer, self.texts = desk, writer, Texts()
        self.package: PlanPackage | None = None
        self.bar, self.stop = QProgressBar(), QPushButton()
        self.told, self.checked = QLabel(), QLabel()
        self.open_index, self.open_folder, self.verify = QPushButton(), QPushButton(), QPushButton()
        self._lay_out()
        self._wire()
        self.texts(self._say)
        self._refresh()

    def _lay_out(self) -> None:
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(theme.px(12))
        self.stop.setIcon(icon("stop"))
        self.open_index.setIcon(icon("external"))
        self.open_folder.setIcon(icon("open"))
        self.verify.setIcon(icon("check"))
        for label in (self.told, self.checked):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._under_way = QWidget()
        row = QHBoxLayout(self._under_way)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self._done = QWidget()
        flow = FlowLayout(self._done, theme.grid(0.75))
        for button in (self.open_index, self.open_folder, self.verify):
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(1.5), 0, theme.grid(1.5), theme.grid(1))
        column.setSpacing(theme.grid(0.75))
        for part in (self._under_way, self.told, self._done, self.checked):
            column.addWidget(part)

    def _wire(self) -> None:
        self.writer.busy_changed.connect(self._on_busy)
        self.writer.progressed.connect(self._on_progress)
        self.writer.written.connect(self._on_written)
        self.stop.clicked.connect(self._on_stop)
        self.open_index.clicked.connect(lambda: self._open("index.html"))
        self.open_folder.clicked.connect(lambda: self._open(""))
        self.verify.clicked.connect(self.check)

    def _say(self) -> None:
        self.stop.setText(_("Stop"))
        self.bar.setAccessibleName(_("Progress of the writing"))
        self.open_index.setText(_("Open the start page"))
        self.open_folder.setText(_("Open the folder"))
        self.verify.setText(_("Verify"))
        self.verify.setToolTip(_("Check every file against the manifest"))
        self._tell()

    def forget(self) -> None:
        """Another document: what was written for the last one is no longer told."""
        self.package = None
        self.checked.setText("")
        self._refresh()

    def check(self) -> None:
        """Check the package that was written, in the background."""
        session, package = self.desk.session, self.package
        if session is None or package is None:
            return
        self.verify.setEnabled(False)
        self.desk.work(
            lambda: (session.verify(package.folder), session.signature(package.folder)),
            self._on_checked,
            self._on_not_checked,
        )

    # --- following -----------------------------------------------------------------------------

    def _on_busy(self, busy: bool) -> None:
        if busy:
            self.package = None
            self.checked.setText("")
            self.bar.setRange(0, 0)
            self.stop.setEnabled(True)
        self._refresh()

    def _on_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.told.setText(_("Writing plan {done} of {total} …", done=done, total=total))

    def _on_stop(self) -> None:
        self.stop.setEnabled(False)
        self.told.setText(_("Stopping …"))
        self.writer.cancel()

    def _on_written(self, package: PlanPackage) -> None:
        self.package = package
        self._refresh()

    def _on_checked(self, found: tuple[list[Problem], Any]) -> None:
        self.verify.setEnabled(True)
        problems, signature = found
        if not problems:
            self.checked.setText("✓ " + _("Every file is there and unchanged.") + "\n" + _signed(signature))
            return
        lines = [messages.full(problem) for problem in problems[:_SHOWN]]
        self.checked.setText("\n".join(f"✗ {line}" for line in lines))

    def _on_not_checked(self, error: Exception) -> None:
        self.verify.setEnabled(True)
        self.checked.setText(str(error))

    def _refresh(self) -> None:
        self._under_way.setVisible(self.writer.busy)
        self._done.setVisible(self.package is not None and not self.writer.busy)
        self.checked.setVisible(self.package is not None)
        self._tell()

    def _tell(self) -> None:
        if self.writer.busy:
            self.told.setText(_("Writing …"))
        elif self.package is not None:
            files = ngettext("{n} file", "{n} files", len(self.package.files))
            lines = [_("{files} in {folder}", files=files, folder=str(self.package.folder))]
            if self.package.left_out:
                count = len(self.package.left_out)
                lines.append(
                    ngettext(
                        "{n} decision sheet was left out, for the pay days least at risk.",
                        "{n} decision sheets were left out, for the pay days least at risk.",
                        count,
                    )
                )
            self.told.setText("\n".join(lines))
        else:
            self.told.setText("")
        self.told.setVisible(bool(self.told.text()))

    def _open(self, name: str) -> None:
        if self.package is not None:
            open_path(self.package.folder / name if name else self.package.folder)


def _signed(signature: Any) -> str:
    """Who has signed a package, in a sentence."""
    if signature.state != "signed":
        return _("Not signed.")
    facts = {"name": signature.name or "–", "fingerprint": signature.fingerprint}
    return _("Signed by {name} with the key {fingerprint}.", **facts)


def open_path(path: Path) -> None:
    """Let the desktop open a file or folder."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
