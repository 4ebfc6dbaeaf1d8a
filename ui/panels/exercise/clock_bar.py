"""The exercise clock: the scenario's time and the room's, start, pause, speed and jumps."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from continuity.model.problems import Refused
from continuity.words import _, current, ngettext
from ui.elided import ElidedLabel
from ui.forms.editors import say_faulty, sentence_of
from ui.panels.exercise.stage import Stage
from ui.runs.flow import FlowLayout
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon

_SPEEDS = (1.0, 10.0, 30.0, 60.0, 300.0, 1200.0, 3600.0)
_LEAP = 60  # minutes


class ClockBar(QFrame):
    """Large enough to be read from the other side of the table."""

    players_wanted = Signal()

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage, self.texts = stage, Texts()
        self.setProperty("role", "card")
        self.scenario, self.day, self.room, self.state = QLabel(), QLabel(), QLabel(), QLabel()
        self.room.setProperty("role", "muted")
        self.coming = ElidedLabel()
        self.day.setProperty("role", "heading")
        self.state.setProperty("role", "badge")
        self.run, self.players, self.end, self.close_play = (QPushButton() for _n in range(4))
        self.run.setProperty("role", "primary")
        self.back, self.ahead, self.next = QPushButton(), QPushButton(), QPushButton()
        self.speed, self.to = QComboBox(), QLineEdit()
        self.players.setIcon(icon("screen"))
        self.end.setIcon(icon("stop"))
        self._lay_out()
        self._wire()
        self.texts(self._say)
        self.retheme()

    def _lay_out(self) -> None:
        times = QVBoxLayout()
        times.setSpacing(0)
        times.addWidget(self.day)
        times.addWidget(self.room)
        times.addWidget(self.coming)
        buttons = QWidget()
        flow = FlowLayout(buttons, theme.grid(0.75))
        parts = (
            self.run, self.speed, self.back, self.ahead, self.next, self.to,
            self.players, self.end, self.close_play,
        )  # fmt: skip
        for part in parts:
            flow.addWidget(part)
        head = QHBoxLayout()
        head.setSpacing(theme.grid(2))
        head.addWidget(self.scenario)
        head.addLayout(times, 1)
        head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(1.5), theme.grid(0.75), theme.grid(1.5), theme.grid(1))
        column.setSpacing(theme.grid(0.75))
        column.addLayout(head)
        column.addWidget(buttons)

    def _wire(self) -> None:
        self.run.clicked.connect(lambda _on=False: self.toggle())
        self.players.clicked.connect(self.players_wanted)
        self.end.clicked.connect(lambda _on=False: self.finish())
        self.close_play.clicked.connect(lambda _on=False: self.stage.close())
        self.back.clicked.connect(lambda _on=False: self.leap(-_LEAP))
        self.ahead.clicked.connect(lambda _on=False: self.leap(_LEAP))
        self.next.clicked.connect(lambda _on=False: self.to_next())
        self.speed.activated.connect(lambda _place: self._on_speed())
        self.to.returnPressed.connect(self._on_to)
        self.to.textEdited.connect(lambda _text: say_faulty(self.to, False))
        self.stage.ticked.connect(lambda _tick: self.refresh())
        self.stage.changed.connect(self.refresh)
        self.stage.busy_changed.connect(lambda _busy: self.refresh())
        pause = QShortcut(QKeySequence("F9"), self)
        pause.setContext(Qt.ShortcutContext.WindowShortcut)
        pause.activated.connect(self.toggle)

    def _say(self) -> None:
        self.back.setText(_("−1 h"))
        self.back.setToolTip(_("Back an hour; not past a decision that changed the world"))
        self.ahead.setText(_("+1 h"))
        self.ahead.setToolTip(_("On by an hour"))
        self.next.setText(_("To the next inject"))
        self.to.setPlaceholderText(_("Go to …"))
        self.to.setToolTip(_("A time of the scenario: D+1 H+4 or 14:05"))
        self.to.setAccessibleName(_("Go to a time of the scenario"))
        self.speed.setAccessibleName(_("Speed of the clock"))
        self.players.setText(_("Players' screen"))
        self.players.setToolTip(_("A window for the projector; F11 there fills the screen"))
        self.end.setText(_("End the play"))
        self.end.setToolTip(_("The exercise is over; it can still be looked at and reported"))
        self.close_play.setText(_("Close the play"))
        self.close_play.setToolTip(_("It is saved; go on with it at the same second whenever you wish"))
        self._fill_speeds()
        self.refresh()

    def retheme(self) -> None:
        """The size of the clock for the zoom in force."""
        self.to.setMaximumWidth(theme.px(96))
        for button in (self.run, self.players, self.end):
            button.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.scenario.setStyleSheet(f"font-size: {theme.px(44)}px; font-weight: 600;")

    # --- showing -------------------------------------------------------------------------------

    def show_play(self) -> None:
        """Show another play; a new one is set to the speed that the plan asks for."""
        play = self.stage.play
        if self.stage.is_live and play.played.started is None and play.clock.speed == 1.0:
            play.set_speed(self.stage.speed_of_plan, time.monotonic())
        self._fill_speeds()
        self.refresh()

    def refresh(self) -> None:
        """Show where time stands."""
        play = self.stage.play
        if play is None:
            return
        local, running = self.stage.local(play.clock.at), play.clock.running
        self.scenario.setText(f"{local:%H:%M}")
        self.scenario.setAccessibleName(_("The scenario's clock: {time}", time=f"{local:%H:%M}"))
        session = self.stage.desk.session
        relative = session.relative_time(play.clock.minute) if session else ""
        self.day.setText(f"{current().date(local.date(), 'full')}  ·  {relative}")
        self.room.setText(self._room())
        self.coming.setText(self._coming())
        self.run.setText(_("Pause (F9)") if running else _("Start (F9)"))
        self.run.setIcon(icon("pause" if running else "play", "on_accent"))
        live = self.stage.is_live and not self.stage.busy
        for part in (self.run, self.speed, self.back, self.ahead, self.next, self.to, self.end):
            part.setEnabled(live)
        self.state.setText(self._state())

    def _room(self) -> str:
        play = self.stage.play
        left = (play.exercise.ends * 60 - play.clock.at) / play.clock.speed / 60
        until = current().duration(max(0, round(left)))
        return _(
            "In the room {clock}. At this speed {left} left.",
            clock=current().time(dt.datetime.now(dt.UTC)),
            left=until,
        )

    def _coming(self) -> str:
        """Say what is to be given now, or what comes next and in how long by the clock of the room."""
        play = self.stage.play
        planned = [line for line in play.lines() if line.state == "planned"]
        due = [line for line in planned if line.minute <= play.clock.minute]
        if due:
            more = len(due) - 1
            name = due[0].inject.name
            if more:
                return ngettext(
                    "Give now: {name}, and {n} more", "Give now: {name}, and {n} more", more, name=name
                )
            return _("Give now: {name}", name=name)
        if not planned:
            return _("No more injects are planned.")
        seconds = max(0, round((planned[0].minute * 60 - play.clock.at) / play.clock.speed))
        left = f"{seconds // 60}:{seconds % 60:02d}"
        return _("Next, in {left} in the room: {name}", left=left, name=planned[0].inject.name)

    def _state(self) -> str:
        play = self.stage.play
        if self.stage.busy:
            return _("Working out what follows …")
        if play.played.frozen:
            return _("Frozen: something real has happened")
        if self.stage.read_only:
            return _("For reading only")
        if play.clock.running:
            return _("Running")
        return _("Ended") if play.played.ended else _("Standing still")

    def _fill_speeds(self) -> None:
        play = self.stage.play
        if play is None:
            return
        planned = self.stage.speed_of_plan
        self.speed.clear()
        for speed in sorted({*_SPEEDS, planned, play.clock.speed}):
            text = _("{n} × as fast", n=current().number(speed)) if speed != 1 else _("Real time")
            if speed == planned:
                text = _("{n} × (as planned)", n=current().number(speed))
            self.speed.addItem(text, speed)
        self.speed.setCurrentIndex(self.speed.findData(play.clock.speed))

    # --- doing ---------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Start or pause."""
        play = self.stage.play
        if play is None or not self.stage.is_live:
            return
        now = time.monotonic()
        if play.clock.running:
            self.stage.do(lambda p: p.pause(now))
            return
        self.stage.do(lambda p: p.start(now))

    def leap(self, minutes: int) -> None:
        """Jump by so many minutes."""
        self.jump(self.stage.play.clock.minute + minutes)

    def to_next(self) -> None:
        """Jump to the next inject that is planned."""
        lines = [line for line in self.stage.play.lines() if line.state == "planned"]
        if lines:
            self.jump(max(self.stage.play.clock.minute, lines[0].minute))

    def jump(self, minute: int) -> None:
        """Jump to a minute of the scenario."""
        self.stage.do(lambda play: play.jump(max(0, minute), time.monotonic()))

    def finish(self) -> None:
        """End the play; it can still be looked at and reported."""
        self.stage.do(lambda play: play.end(time.monotonic()))

    def _on_speed(self) -> None:
        speed: Any = self.speed.currentData()
        self.stage.do(lambda play: play.set_speed(float(speed), time.monotonic()))

    def _on_to(self) -> None:
        session, play = self.stage.desk.session, self.stage.play
        if session is None or play is None or not self.to.text().strip():
            return
        try:
            minute = session.minute_of(self.to.text(), play.local_time(0), before=play.clock.minute)
        except Refused as refused:
            say_faulty(self.to, True)
            self.to.setToolTip(sentence_of(refused))
            return
        self.to.clear()
        self.jump(minute)
