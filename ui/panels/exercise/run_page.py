"""Control's desk: clock, injects, decisions, observations, log."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from continuity import places
from continuity.model.kinds import Exercise
from continuity.model.local_time import ZONE
from continuity.words import _, current
from ui.panels.exercise.clock_bar import ClockBar
from ui.panels.exercise.decide import DecisionForm
from ui.panels.exercise.injects import InjectList
from ui.panels.exercise.log_page import LogPage
from ui.panels.exercise.observe import ObservationForm
from ui.panels.exercise.papers import file_safe
from ui.panels.exercise.players import PlayersWindow
from ui.panels.exercise.stage import SUFFIX, Stage
from ui.runs.fit import scrolled, yielding
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon

_LEAST, _FORM = 360, 280  # pixels of the drawing: height of the desk, width of the forms


class RunPage(QStackedWidget):
    """Before a play is open: how to begin. Then the desk."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage, self.texts = stage, Texts()
        self.exercise: Exercise | None = None
        self.players: PlayersWindow | None = None
        self._told_end = False
        self.clock, self.injects = ClockBar(stage), InjectList(stage)
        self.decide, self.observe, self.log = DecisionForm(stage), ObservationForm(stage), LogPage(stage)
        self.addWidget(self._door())
        self.addWidget(self._desk())
        self._wire()
        self.texts(self._say)

    # --- building ------------------------------------------------------------------------------

    def _door(self) -> QWidget:
        self.title, self.about, self.busy = QLabel(), QLabel(), QLabel()
        self.title.setProperty("role", "heading")
        self.title.setWordWrap(True)
        self.about.setProperty("role", "muted")
        self.about.setWordWrap(True)
        self.begin, self.go_on, self.look = QPushButton(), QPushButton(), QPushButton()
        self.begin.setProperty("role", "primary")
        self.begin.setIcon(icon("play", "on_accent"))
        self.go_on.setIcon(icon("open"))
        self.back = QPushButton()
        self.back.setIcon(icon("play"))
        self.back.hide()
        self.card = card = QFrame()
        card.setProperty("role", "card")
        card.setMaximumWidth(theme.px(640))
        column = QVBoxLayout(card)
        column.setContentsMargins(*4 * [theme.grid(3)])
        column.setSpacing(theme.grid(1.5))
        column.addWidget(self.title)
        column.addWidget(self.about)
        for button in (self.back, self.begin, self.go_on, self.look):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.busy)
        page = QWidget()
        outer = QVBoxLayout(page)
        outer.setContentsMargins(*4 * [theme.grid(3)])
        row = QHBoxLayout()
        row.addWidget(card, 1)
        row.addStretch(0)
        outer.addLayout(row)
        outer.addStretch(1)
        return scrolled(page)

    def _desk(self) -> QWidget:
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for widget in (scrolled(self.decide), scrolled(self.observe), self.log):
            self.tabs.addTab(widget, "")
        self.note = yielding(QLabel())
        self.note.setProperty("role", "problem")
        self.note.hide()
        self.thaw = QPushButton()
        self.thaw.hide()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(self.injects)
        self.splitter.addWidget(self.tabs)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setSizes([theme.px(680), theme.px(400)])
        last = QHBoxLayout()
        last.addWidget(self.note, 1)
        last.addWidget(self.thaw)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.grid(1.5), theme.grid(1), theme.grid(1.5), theme.grid(1))
        column.setSpacing(theme.grid(1))
        column.addWidget(self.clock)
        column.addWidget(self.splitter, 1)
        column.addLayout(last)
        self._fit()
        return scrolled(page)

    def _fit(self) -> None:
        self.splitter.setMinimumHeight(theme.px(_LEAST))
        self.tabs.setMinimumWidth(theme.px(_FORM))

    def _wire(self) -> None:
        stage = self.stage
        stage.opened.connect(self._on_opened)
        stage.closed.connect(self._on_closed)
        stage.busy_changed.connect(self._on_busy)
        stage.went_away.connect(self._on_away)
        stage.ticked.connect(self._on_tick)
        stage.changed.connect(self._on_changed)
        self.begin.clicked.connect(lambda _on=False: self.ask_begin())
        self.go_on.clicked.connect(lambda _on=False: self.ask_go_on())
        self.back.clicked.connect(lambda _on=False: self.stage.go_on(self.stage.last))
        self.look.clicked.connect(lambda _on=False: self.ask_go_on(read_only=True))
        self.thaw.clicked.connect(lambda _on=False: self.go_on_after_all())
        self.clock.players_wanted.connect(self.show_players)
        self.log.looked_back.connect(self._on_looked_back)

    def _say(self) -> None:
        self.about.setText(
            _(
                "A play has a file of its own: what happens in the room is kept there, second by second. "
                "After a crash it goes on where it stood. Contacts do not come along: nobody rings a real "
                "number."
            )
        )
        self.begin.setText(_("Start a new play …"))
        self.go_on.setText(_("Go on with a play …"))
        self.look.setText(_("Look at a play, for reading only …"))
        self._say_back()
        self.thaw.setText(_("Go on after all"))
        for place, name in enumerate((_("Decide"), _("Observe"), _("Log"))):
            self.tabs.setTabText(place, name)
        self._say_title()

    def _say_back(self) -> None:
        """The way back to the play that was put away last: frozen, broken off or ended."""
        last = self.stage.last
        if last is not None:
            self.back.setText(_("Back to “{name}” where it stood", name=last.stem))
        self.back.setVisible(last is not None)

    def retranslate(self) -> None:
        """Say every word in the language spoken now."""
        for part in (self, self.clock, self.injects, self.decide, self.observe, self.log):
            part.texts.refresh()
        if self.players is not None:
            self.players.say()

    def retheme(self) -> None:
        """Sizes and colours in force."""
        self.clock.retheme()
        self.injects.retheme()
        self.log.table.fit()
        self.card.setMaximumWidth(theme.px(640))
        self._fit()

    def show_exercise(self, exercise: Exercise | None) -> None:
        """Offer to play an exercise of the document."""
        self.exercise = exercise
        self.begin.setEnabled(exercise is not None)
        self._say_title()

    def _say_title(self) -> None:
        self.title.setText(self.exercise.name if self.exercise else _("Choose or make an exercise first"))

    # --- beginning -----------------------------------------------------------------------------

    def proposal(self) -> Path:
        """Return where a new play could be kept: a name that says what it is, and that is free."""
        session = self.stage.desk.session
        folder = session.path.parent if session and session.path else places.documents_dir()
        day = current().date(dt.datetime.now(tz=ZONE).date(), "iso")
        name = file_safe(f"{self.exercise.code if self.exercise else ''} {day}")
        path = folder / f"{name}{SUFFIX}"
        number = 2
        while path.exists():
            path = folder / f"{name}-{number}{SUFFIX}"
            number += 1
        return path

    def ask_begin(self) -> None:
        """Ask for the file of a new play, and begin."""
        name, _kind = QFileDialog.getSaveFileName(
            self, _("File of the play"), str(self.proposal()), _("Plays (*.uthallig-play)")
        )
        if name and self.exercise is not None:
            path = Path(name if name.endswith(SUFFIX) else name + SUFFIX)
            marked = file_safe("").upper()
            if not path.name.upper().startswith(marked):
                path = path.with_name(f"{marked}-{path.name}")
            self.stage.begin(self.exercise.id, path)

    def ask_go_on(self, *, read_only: bool = False) -> None:
        """Ask for the file of a play, and open it."""
        session = self.stage.desk.session
        folder = session.path.parent if session and session.path else places.documents_dir()
        name, _kind = QFileDialog.getOpenFileName(
            self, _("File of the play"), str(folder), _("Plays (*.uthallig-play)")
        )
        if name:
            self.stage.go_on(Path(name), read_only=read_only)

    # --- following -----------------------------------------------------------------------------

    def _on_opened(self) -> None:
        for part in (self.clock, self.injects, self.decide, self.observe, self.log):
            part.show_play()
        self.note.hide()
        self._told_end = False
        self.setCurrentIndex(1)
        self.injects.table.setFocus()
        self._on_changed()

    def _on_closed(self) -> None:
        self.players = None
        self._say_back()
        self.setCurrentIndex(0)

    def _on_busy(self, busy: bool) -> None:
        self.busy.setText(_("Preparing the world of the exercise …") if busy else "")
        for button in (self.back, self.go_on, self.look):
            button.setEnabled(not busy)
        self.begin.setEnabled(not busy and self.exercise is not None)
        if not busy and self.players is not None:
            self.players.refresh()

    def _on_away(self, seconds: float) -> None:
        self.note.setText(
            _(
                "The machine was away for {time}. The clock stood still; start it when everybody is back.",
                time=current().duration(max(1, round(seconds / 60))),
            )
        )
        self.note.show()

    def _on_tick(self, tick: Any) -> None:
        if tick.ended and not self._told_end:
            self._told_end = True
            self.note.setText(
                _(
                    "The frame of the exercise is played to its end. "
                    "End the play, or go on as long as you wish."
                )
            )
            self.note.show()

    def _on_changed(self) -> None:
        play = self.stage.play
        if play is None:
            return
        if play.clock.running and not self._told_end:
            self.note.hide()
        self.thaw.setVisible(play.played.frozen and not self.stage.read_only)

    def _on_looked_back(self, entry: int) -> None:
        self.injects.look_back(entry)

    def go_on_after_all(self) -> None:
        """Thaw a play that something real had frozen."""
        self.stage.do(lambda play: play.real_event(time.monotonic(), on=False))

    def show_players(self) -> None:
        """Open the players' screen, or bring it to the front."""
        if self.players is None or self.players.frozen:
            self.players = PlayersWindow(self.stage, self.window())
            self.players.go_aside()
        self.players.show()
        self.players.raise_()
