"""The players' screen, for the projector: messages, clock, what they have been told, the pay days ahead.

It asks the session only for what the players know; of what control sees there is nothing to leak.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from continuity.words import N_, _, current
from ui.panels.exercise.frame import Border, mark
from ui.panels.exercise.message import MessageCard
from ui.panels.exercise.stage import Stage
from ui.shown import name_of
from ui.theme import theme

STATES: dict[str, tuple[str, str]] = {
    "down": (N_("Down"), "lost"), "reduced": (N_("Reduced"), "reduced"),
    "below": (N_("Below lowest level"), "lost"), "up": (N_("Up"), "full"),
    "missed": (N_("Cut-off missed"), "reduced"), "unknown": (N_("Receipt unknown"), "unknown"),
    "unpaid": (N_("Not paid"), "lost"), "paid": (N_("Paid"), "full"),
    "fallback": (N_("By fallback"), "reduced"),
}  # fmt: skip
_MOST_MESSAGES, _MOST_ROWS, _MOST_DAYS = 12, 9, 6
_TEXT, _SMALL, _CLOCK = 20, 16, 84  # pixels at 100 %


class PlayersWindow(QWidget):
    """A window of its own. F11 fills the screen, on the second one where there is one; Esc comes back."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.stage = stage
        self.frozen = False
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.clock, self.day, self.paused = QLabel(), QLabel(), QLabel()
        self.first, self.last = QLabel(), QLabel()
        self.board_title, self.days_title, self.messages_title = QLabel(), QLabel(), QLabel()
        self.board, self.days = QVBoxLayout(), QVBoxLayout()
        self.messages = QVBoxLayout()
        self.real, self.directory = QLabel(), QLabel()
        self.directory.setWordWrap(True)
        self.real.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.real.setWordWrap(True)
        self._told: tuple[Any, ...] | None = None
        self._hour: Any = None
        self._lay_out()
        self.border = Border(self)
        for keys, handler in (("F11", self.fill_screen), ("Esc", self.leave_screen)):
            QShortcut(QKeySequence(keys), self, handler)
        stage.ticked.connect(self._on_tick)
        stage.changed.connect(self.refresh)
        stage.froze.connect(self.freeze)
        stage.closed.connect(self._on_closed)
        theme.changed.connect(self.retheme)
        self.resize(theme.px(1120), theme.px(720))
        self.retheme()

    # --- building ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.grid(3))
        head.addWidget(self.clock)
        words = QVBoxLayout()
        words.addStretch(1)
        words.addWidget(self.day)
        words.addWidget(self.paused)
        words.addStretch(1)
        head.addLayout(words, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.grid(1), 0)
        column.addLayout(self.messages)
        column.addStretch(1)
        self.area = _scrolling(inside)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.messages_title)
        left.addWidget(self.area, 1)
        for part in (self.board_title, self.board, self.days_title, self.days):
            right.addLayout(part) if isinstance(part, QVBoxLayout) else right.addWidget(part)
        right.addWidget(self.directory)
        right.addStretch(1)
        right.setContentsMargins(0, 0, theme.grid(1), 0)
        beside = QWidget()
        beside.setLayout(right)
        middle = QHBoxLayout()
        middle.setSpacing(theme.grid(3))
        middle.addLayout(left, 3)
        middle.addWidget(_scrolling(beside), 2)
        self.body = QWidget()
        body = QVBoxLayout(self.body)
        body.setContentsMargins(0, 0, 0, 0)
        body.addLayout(head)
        body.addLayout(middle, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(theme.grid(4), theme.grid(2), theme.grid(4), theme.grid(2))
        for label in (self.first, self.last):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for part in (self.first, self.body, self.real, self.last):
            page.addWidget(part, 1 if part in (self.body, self.real) else 0)
        self.real.hide()

    def retheme(self) -> None:
        """Sizes and colours in force."""
        px, colour = theme.px, theme.colour("exercise").name()
        for label in (self.first, self.last):
            label.setStyleSheet(f"color: {colour}; font-weight: 600; font-size: {px(22)}px;")
        self.clock.setStyleSheet(f"font-size: {px(_CLOCK)}px; font-weight: 600;")
        self.day.setStyleSheet(f"font-size: {px(28)}px; font-weight: 600;")
        self.paused.setStyleSheet(f"font-size: {px(_TEXT)}px; color: {theme.colour('muted').name()};")
        self.real.setStyleSheet(
            f"font-size: {px(48)}px; font-weight: 600; color: {theme.colour('breach').name()};"
        )
        self.directory.setFont(theme.font(_SMALL / 14, bold=True))
        self.directory.setStyleSheet(f"color: {colour}; padding-top: {px(12)}px;")
        for label in (self.board_title, self.days_title, self.messages_title):
            label.setStyleSheet(
                f"font-size: {px(_SMALL)}px; font-weight: 600; color: {theme.colour('muted').name()};"
                f"padding-top: {px(8)}px;"
            )
        self._told, self._hour = None, None
        self.say()

    # --- showing -------------------------------------------------------------------------------

    def say(self) -> None:
        """Say everything in the language spoken now."""
        play = self.stage.play
        stop = play.exercise.stop_word if play else ""
        self.setWindowTitle(f"{mark()} – {_('Players')} – {mark()}")
        self.first.setText(mark())
        self.last.setText(f"{mark()}  ·  {_('Stop word: {word}', word=stop)}" if stop else mark())
        self.messages_title.setText(_("Messages"))
        self.board_title.setText(_("What we have been told"))
        self.days_title.setText(_("Pay days ahead"))
        self.directory.setText(_("Nobody rings a real number: ask exercise control."))
        self._told, self._hour = None, None
        self.refresh()

    def refresh_clock(self) -> None:
        """Show the scenario's time; the pay days ahead once an hour."""
        play = self.stage.play
        if play is None or self.frozen:
            return
        local = self.stage.local(play.clock.at)
        self.clock.setText(f"{local:%H:%M}")
        self.clock.setAccessibleName(_("The scenario's clock: {time}", time=f"{local:%H:%M}"))
        self.day.setText(current().date(local.date(), "full"))
        room = current().time(dt.datetime.now(dt.UTC))
        if play.clock.running:
            self.paused.setText(_("In the room {clock}", clock=room))
        else:
            self.paused.setText(_("The clock stands still. In the room {clock}", clock=room))
        if (hour := play.clock.minute // 60) != self._hour and not self.stage.busy:
            self._hour = hour
            self._show_days()

    def _on_tick(self, _tick: object) -> None:
        self.refresh_clock()

    def refresh(self) -> None:
        """Show what has been told by now."""
        play, session = self.stage.play, self.stage.desk.session
        if play is None or session is None or self.frozen or self.stage.busy:
            return
        self.refresh_clock()
        told = session.messages_told(play)
        key = tuple((line.inject.id, line.delivered, line.hinted) for line in told)
        if key != self._told:
            self._told = key
            self._show_messages(told)
            self._show_board(session.status_board(play))

    def _show_messages(self, told: list[Any]) -> None:
        _empty(self.messages)
        if not told:
            label = self._label(_("Nothing has been reported yet."), _TEXT, "muted")
            self.messages.addWidget(label)
        org = self.stage.play.organisation
        for place, line in enumerate(told[:_MOST_MESSAGES]):
            card = MessageCard(1.5 if place == 0 else 1.15)
            hint = line.inject.hint if line.hinted else ""
            card.show_message(self.stage.hour(line.delivered), line.inject, org, hint)
            self.messages.addWidget(card)
        self.area.verticalScrollBar().setValue(0)

    def _show_board(self, known: list[Any]) -> None:
        _empty(self.board)
        org = self.stage.play.organisation
        if not known:
            self.board.addWidget(self._label(_("Nothing is known to be down."), _SMALL, "muted"))
        for one in known[:_MOST_ROWS]:
            word, token = STATES[one.state]
            text = _(word)
            if one.state == "reduced" and 0 < one.level < 1000:
                text = _("{state}, {level}", state=text, level=current().level(one.level))
            name = name_of(org.get(one.record))
            self.board.addWidget(self._row(name, f"{text}  {self.stage.local(one.second):%H:%M}", token))
        if len(known) > _MOST_ROWS:
            more = _("… and {count} more.", count=len(known) - _MOST_ROWS)
            self.board.addWidget(self._label(more, _SMALL, "muted"))

    def _show_days(self) -> None:
        play, session = self.stage.play, self.stage.desk.session
        if session is None:
            return
        _empty(self.days)
        days = session.pay_days_ahead(play)
        for one in days[:_MOST_DAYS]:
            name = name_of(play.organisation.get(one.stream))
            when = current().datetime(one.due, "short")
            self.days.addWidget(self._row(name, when, "ink"))
        if not days:
            self.days.addWidget(self._label(_("None in the coming week."), _SMALL, "muted"))

    def _row(self, name: str, state: str, token: str) -> QFrame:
        row = QFrame()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, theme.grid(0.25), 0, theme.grid(0.25))
        left = self._label(name, _TEXT * 0.85, "ink")
        right = self._label(state, _TEXT * 0.85, token)
        right.setWordWrap(False)
        line.addWidget(left, 1)
        line.addWidget(right, 0, Qt.AlignmentFlag.AlignTop)
        row.setAccessibleName(f"{name}: {state}")
        return row

    def _label(self, text: str, pixels: float, token: str) -> QLabel:
        label = QLabel(text)
        label.setWordWrap(True)
        label.setFont(theme.font(pixels / 14, bold=token not in ("ink", "muted")))
        label.setStyleSheet(f"color: {theme.colour(token).name()};")
        return label

    # --- freezing and closing ------------------------------------------------------------------

    def freeze(self) -> None:
        """Something real has happened: nothing of the exercise is shown any more."""
        self.frozen = True
        stop = self.stage.play.exercise.stop_word if self.stage.play else ""
        self.real.setText("\n".join(part for part in (stop, _("The exercise is frozen.")) if part))
        self.body.hide()
        self.real.show()

    def _on_closed(self) -> None:
        if not self.frozen:
            self.close()

    def fill_screen(self) -> None:
        """Fill the screen: another one than that of control, where there is one."""
        if self.isFullScreen():
            self.showNormal()
            return
        self.go_aside()
        self.showFullScreen()

    def go_aside(self) -> None:
        """Go to another screen than that of control, where there is one."""
        parent = self.parentWidget()
        home = parent.window().screen() if parent else self.screen()
        other = next((s for s in QGuiApplication.screens() if s is not home), None)
        if other is not None:
            self.setScreen(other)
            self.move(other.availableGeometry().topLeft())

    def leave_screen(self) -> None:
        """From the full screen back to a window."""
        if self.isFullScreen():
            self.showNormal()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.frozen = True  # nothing is drawn any more
        self.deleteLater()


def _scrolling(inside: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # arrow keys and Page Down scroll it
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
