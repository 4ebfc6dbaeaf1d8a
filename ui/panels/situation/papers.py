"""A paper of the real day, in one click: its pages are shown, and it lies beside the log in every form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from continuity import messages
from continuity.words import _, current
from ui.commands import LANGUAGE_WORDS
from ui.panels.situation.held import Held
from ui.runs.fit import yielding
from ui.theme import theme

#: In which forms a paper is written.
FORMS = ("pdf", "html", "docx", "txt")
_PAPER = 8.27  # inches across


class PaperWindow(QDialog):
    """Written when it opens; another language writes it again beside."""

    def __init__(self, held: Held, parent: QWidget, paper: str) -> None:
        super().__init__(parent)
        self.held, self.paper = held, paper
        self.files: list[Path] = []
        self.setWindowTitle(_("Handover sheet") if paper == "handover" else _("Situation report"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.told, self.pages = yielding(QLabel()), QVBoxLayout()
        self.language, self.show_file, self.leave = QComboBox(), QPushButton(), QPushButton()
        for code, word in LANGUAGE_WORDS.items():
            self.language.addItem(word, code)
        self.language.setCurrentIndex(max(0, self.language.findData(current().language)))
        self.language.setAccessibleName(_("Language"))
        self.show_file.setText(_("Open the PDF"))
        self.leave.setText(_("Close"))
        self._lay_out()
        self.language.activated.connect(lambda _place: self.write())
        self.show_file.clicked.connect(self._open)
        self.leave.clicked.connect(self.accept)
        self.write()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setLayout(self.pages)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        row = QHBoxLayout()
        row.addWidget(self.told, 1)
        for part in (self.language, self.show_file, self.leave):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.addWidget(area, 1)
        column.addLayout(row)
        room = self.screen().availableGeometry()
        self.resize(min(theme.px(860), room.width() - 24), min(theme.px(900), room.height() - 48))

    def write(self) -> None:
        """Write the paper in the language chosen and show its pages."""
        held, session = self.held, self.held.desk.session
        if session is None or held.situation is None:
            return
        dense = (self.width() - theme.px(90)) / _PAPER  # as wide as there is room
        situation, ahead, lang = held.situation, held.ahead, self.language.currentData()
        folder, paper = Path(situation.log.path).parent, self.paper
        self.told.setText(_("It is being written …"))
        self.show_file.setEnabled(False)

        def work() -> tuple[list[Path], list[bytes]]:
            files = session.write_situation(situation, ahead, paper, folder, lang, FORMS)
            return files, session.situation_pages(situation, ahead, paper, lang, pixels_per_inch=dense)

        held.desk.work(work, self._done, self._failed)

    def _done(self, made: tuple[list[Path], list[bytes]]) -> None:
        self.files, pages = made
        stale = _("The forecast in it is behind the log.") if self.held.stale else ""
        where = _("Written as PDF, HTML, DOCX and text in {folder}.", folder=str(self.files[0].parent))
        self.told.setText(" ".join(part for part in (where, stale) if part))
        self.show_file.setEnabled(True)
        while (old := self.pages.takeAt(0)) is not None:
            old.widget().deleteLater()
        for number, png in enumerate(pages, 1):
            label = QLabel()
            label.setPixmap(QPixmap.fromImage(QImage.fromData(png)))
            label.setAccessibleName(_("Page {n}", n=number))
            self.pages.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)

    def _failed(self, error: Any) -> None:
        problems = getattr(error, "problems", None)
        self.told.setText("\n".join(messages.full(p) for p in problems) if problems else str(error))

    def _open(self) -> None:
        pdf = next((path for path in self.files if path.suffix == ".pdf"), None)
        if pdf is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(pdf)))
