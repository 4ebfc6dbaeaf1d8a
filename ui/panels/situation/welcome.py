"""The desk while no log is open: begin one, or go on with one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from continuity.words import _, current
from ui.panels.situation.held import SUFFIX, Held, log_files
from ui.runs.fit import yielding
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon

_SHOWN = 6


class Welcome(QWidget):
    """One large button, and the logs that lie there."""

    chosen = Signal(object)  # Path

    def __init__(self, held: Held) -> None:
        super().__init__()
        self.held, self.texts = held, Texts()
        self.title, self.help, self.others = yielding(QLabel()), yielding(QLabel()), QLabel()
        self.title.setProperty("role", "title")
        self.help.setProperty("role", "muted")
        self.others.setProperty("role", "caption")
        self.begin, self.open = QPushButton(), QPushButton()
        self.begin.setProperty("role", "primary")
        self.begin.setIcon(icon("situation", "on_accent"))
        self.begin.clicked.connect(held.begin)
        self.open.setIcon(icon("open"))
        self.open.clicked.connect(self._ask)
        self._files = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.grid(4)])
        column.setSpacing(theme.grid(1.5))
        column.addStretch(1)
        for part in (self.title, self.help):
            column.addWidget(part)
        column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(theme.grid(2))
        column.addWidget(self.others)
        column.addLayout(self._files)
        column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(2)
        self.setFocusProxy(self.begin)
        self.texts(self._say)

    def refresh(self) -> None:
        """List the logs that lie there now."""
        while (held := self._files.takeAt(0)) is not None:
            held.widget().deleteLater()
        found = log_files(self.held.folder)[:_SHOWN]
        for path in found:
            self._files.addWidget(self._button(path), 0, Qt.AlignmentFlag.AlignLeft)
        self.others.setVisible(bool(found))

    def _button(self, path: Path) -> QPushButton:
        import datetime as dt

        touched = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
        button = QPushButton(
            _("{name}, last touched {time}", name=path.stem, time=current().datetime(touched))
        )
        button.setProperty("role", "link")
        button.setIcon(icon("recent", "accent"))
        button.setToolTip(str(path))
        button.clicked.connect(lambda: self.chosen.emit(path))
        return button

    def _ask(self) -> None:
        kinds = _("Logs of real events (*{suffix})", suffix=SUFFIX)
        name, _kind = QFileDialog.getOpenFileName(self, _("Open a log"), str(self.held.folder), kinds)
        if name:
            self.chosen.emit(Path(name))

    def _say(self) -> None:
        self.title.setText(_("Is it happening now?"))
        self.help.setText(
            _(
                "The log gets a file of its own, apart from the document and from every exercise, and each "
                "entry is on disk when it is made. The model is copied into it, without contacts and not "
                "encrypted, and is only read. Without a model the desk works by hand. No personal data is "
                "kept but what you write."
            )
        )
        self.begin.setText(_("Begin the log"))
        self.others.setText(_("Go on with"))
        self.open.setText(_("Open a log …"))
        self.refresh()
