"""It is happening now: choose the model, or the log to go on with; the next thing seen is the desk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QScrollArea, QVBoxLayout, QWidget

from continuity.words import _
from ui.runs.fit import fit_icons
from ui.start_page import Door
from ui.theme import theme

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_SHOWN = 3
DESK = "situation"


class HappeningNow(QDialog):
    """Doors: each leads to the Situation desk with its log begun."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window_ = window
        self.setWindowTitle(_("It is happening now"))
        self.doors: list[Door] = []
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setSpacing(theme.grid(1))
        self._fill()
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        note = QLabel(
            _("The printed plan package works without this program: cards, restart order, decision sheets.")
        )
        note.setProperty("role", "small")
        note.setWordWrap(True)
        note.setContentsMargins(theme.grid(1.5), 0, theme.grid(1.5), 0)
        buttons = QDialogButtonBox()
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.setContentsMargins(*4 * [theme.grid(1)])
        buttons.rejected.connect(self.reject)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        for part, stretch in ((area, 1), (note, 0), (buttons, 0)):
            outer.addWidget(part, stretch)
        fit_icons(self)
        room = self.screen().availableGeometry()
        self.resize(min(theme.px(620), room.width() - 24), min(theme.px(560), room.height() - 48))
        self.doors[0].setFocus()

    def _fill(self) -> None:
        from ui.panels.situation.held import log_files, logs_folder

        window, here = self.window_, self.window_.desk.session
        if here is not None:
            title = here.title or _("Untitled")
            self._door("situation", title, _("Begin a log on the model that is open."), window.to_the_desk)
        for path in window.settings.recent[:_SHOWN]:
            detail = _("Begin a log on this model, opened for reading only: {file}", file=str(path))
            self._door("situation", path.stem, detail, lambda path=path: window.to_the_desk(path))
        for log in log_files(logs_folder())[:_SHOWN]:
            detail = _("Go on with this log: {file}", file=str(log))
            self._door("recent", log.stem, detail, lambda log=log: window.to_the_desk(log=log))
        bare = _("By hand: reports, tasks, messages, decisions, papers; nothing is worked out.")
        self._door("document", _("Without a model"), bare, lambda: window.to_the_desk(bare=True))

    def _door(self, sign: str, title: str, detail: str, leads: Callable[[], object]) -> None:
        door = Door(sign)
        door.say(title, detail)
        door.clicked.connect(lambda: (self.accept(), leads()))
        self.doors.append(door)
        self._column.addWidget(door)


def to_the_desk(
    window: MainWindow, path: Path | None = None, log: Path | None = None, *, bare: bool = False
) -> None:
    """Show the Situation desk, with its log begun on a document, on the one that is open, or on none."""
    window.log_wanted = log
    if path is not None:
        window.documents.open_to_read(path, DESK)
    elif bare or window.desk.session is None:
        window.documents.new(DESK)
    else:
        arrive(window)


def arrive(window: MainWindow) -> None:
    """Show the desk and begin its log, or go on with the one that was asked for."""
    window.open_workspace(DESK)
    window.pages.made[DESK].begin(window.log_wanted)  # type: ignore[attr-defined]
    window.log_wanted = None
