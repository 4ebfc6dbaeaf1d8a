"""Writing papers of an exercise: a folder, the formats, and what lies there afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from continuity import messages, places
from continuity.model.kinds import Exercise
from continuity.model.problems import Refused
from continuity.words import N_, _, current, ngettext
from ui.desk import Desk
from ui.panels.exercise.frame import file_mark, mark
from ui.runs.flow import FlowLayout
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon

FORMATS: dict[str, str] = {
    "pdf": "PDF", "html": "HTML", "docx": "Word", "xlsx": "Excel", "txt": N_("Plain text"),
}  # fmt: skip


def file_safe(text: str) -> str:
    """Return a name for a file or folder, that begins by saying that it is an exercise."""
    kept = "".join(c if c.isalnum() or c in " -_" else " " for c in text).split()
    if kept and kept[0].casefold() == file_mark().casefold():
        kept = kept[1:]
    return "-".join([file_mark(), *kept])[:80].rstrip("-")


def open_path(path: Path) -> None:
    """Let the desktop open a file or folder."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class PapersForm(QFrame):
    """``write(folder, formats)`` is called in the background and returns the files."""

    written = Signal(list)

    def __init__(self, desk: Desk, write: Callable[[Path, tuple[str, ...]], list[Path]], name: str) -> None:
        super().__init__()
        self.desk, self.texts = desk, Texts()
        self._write, self._name = write, name
        self.formats = {code: QCheckBox() for code in FORMATS}
        self.formats["pdf"].setChecked(True)
        self.folder, self.browse = QLineEdit(), QPushButton()
        self.write, self.open = QPushButton(), QPushButton()
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.browse.setIcon(icon("open"))
        self.open.setIcon(icon("external"))
        self.write.setProperty("role", "primary")
        self.write.setIcon(icon("print", "on_accent"))
        self.open.hide()
        self.propose(name)
        self._lay_out()
        self.browse.clicked.connect(self._on_browse)
        self.write.clicked.connect(self.begin)
        self.open.clicked.connect(lambda: open_path(self.out))
        for box in self.formats.values():
            box.toggled.connect(lambda _on: self._allow())
        self.folder.textChanged.connect(lambda _text: self._allow())
        self.texts(self._say)

    @property
    def out(self) -> Path:
        """The folder to write into."""
        return Path(self.folder.text().strip()).expanduser()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The formats ticked."""
        return tuple(code for code, box in self.formats.items() if box.isChecked())

    def propose(self, name: str) -> None:
        """Propose a folder beside the document."""
        session = self.desk.session
        beside = session.path.parent if session and session.path else places.documents_dir()
        self.folder.setText(str(beside / file_safe(name)))

    def begin(self) -> None:
        """Write, in the background."""
        folder, formats = self.out, self.chosen
        self.write.setEnabled(False)
        self.open.hide()
        self.told.setText(_("Writing …"))
        self.desk.work(lambda: self._write(folder, formats), self._done, self._failed)

    def _done(self, files: list[Path]) -> None:
        self._allow()
        count = ngettext("{n} file written.", "{n} files written.", len(files))
        self.told.setText(f"✓ {count}\n{self.out}")
        self.open.show()
        self.written.emit(files)

    def _failed(self, error: Exception) -> None:
        self._allow()
        if isinstance(error, Refused):
            self.told.setText("\n".join(messages.full(p) for p in error.problems[:3]))
        else:
            self.told.setText(_("This did not work: {error}", error=str(error)))

    def _allow(self) -> None:
        self.write.setEnabled(bool(self.chosen) and bool(self.folder.text().strip()))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(1))
        line = QHBoxLayout()
        line.addWidget(self.folder, 1)
        line.addWidget(self.browse)
        boxes = QWidget()
        flow = FlowLayout(boxes, theme.grid(1.5))
        for box in self.formats.values():
            flow.addWidget(box)
        buttons = QHBoxLayout()
        buttons.addWidget(self.write)
        buttons.addWidget(self.open)
        buttons.addStretch(1)
        column.addLayout(line)
        column.addWidget(boxes)
        column.addLayout(buttons)
        column.addWidget(self.told)

    def _say(self) -> None:
        self.folder.setAccessibleName(_("Folder of the papers"))
        self.browse.setToolTip(_("Choose a folder"))
        self.browse.setAccessibleName(_("Choose a folder"))
        for code, label in FORMATS.items():
            self.formats[code].setText(_(label))
        self.write.setText(_("Write"))
        self.open.setText(_("Open the folder"))

    def _on_browse(self) -> None:
        start = self.out.parent if self.out.parent.is_dir() else places.documents_dir()
        name = QFileDialog.getExistingDirectory(self, _("Folder in which the papers are put"), str(start))
        if name:
            self.folder.setText(str(Path(name) / self.out.name))


class PapersDialog(QDialog):
    """The papers of an exercise that is prepared."""

    def __init__(self, desk: Desk, exercise: Exercise, parent: QWidget) -> None:
        super().__init__(parent)
        session, language = desk.session, current().language
        self.setWindowTitle(f"{mark()} – {_('Papers of the exercise')}")

        def write(folder: Path, formats: tuple[str, ...]) -> Any:
            assert session is not None
            return session.exercise_papers(exercise.id, folder, language, formats)

        title, about = QLabel(exercise.name), QLabel()
        title.setProperty("role", "heading")
        title.setWordWrap(True)
        about.setText(
            _(
                "The facilitator's book, the players' handouts, the evaluators' sheets and the situation "
                "manual. Each page says that it is an exercise."
            )
        )
        about.setWordWrap(True)
        about.setProperty("role", "muted")
        self.form = PapersForm(desk, write, exercise.name)
        buttons = QDialogButtonBox()
        buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.grid(2)])
        column.setSpacing(theme.grid(1.5))
        for part in (title, about, self.form, buttons):
            column.addWidget(part)
        room = self.screen().availableGeometry()
        self.resize(min(theme.px(560), room.width() - 40), self.sizeHint().height())
