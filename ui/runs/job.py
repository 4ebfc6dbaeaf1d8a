"""An analysis under way in the background: one button that begins and stops it, a bar, a sentence."""

from __future__ import annotations

import queue
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton

from continuity import messages
from continuity.model.problems import Refused
from continuity.session_analysis import Done, Ended, Step
from continuity.words import _, current
from ui.described import plain_label
from ui.desk import Desk
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon

if TYPE_CHECKING:
    from continuity.session import Session

_POLL = 80  # milliseconds between looks at its queue


class JobBar(QFrame):
    """``begin`` starts the analysis and gives its handle, or None where there is nothing to ask."""

    came = Signal(object)  # the answer
    busy_changed = Signal(bool)

    def __init__(self, desk: Desk, go: Callable[[], str], begin: Callable[[Session], Any]) -> None:
        super().__init__()
        self.desk, self.texts = desk, Texts()
        self.handle: Any = None
        self._begin, self._words = begin, go
        self.go, self.bar, self.told = QPushButton(), QProgressBar(), plain_label("muted")
        self.go.setIcon(icon("play"))
        self.go.clicked.connect(self.turn)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(theme.px(160), theme.px(12))
        self.bar.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.grid(1))
        for widget in (self.go, self.bar):
            row.addWidget(widget)
        row.addWidget(self.told, 1)
        self._timer = QTimer(self, interval=_POLL)
        self._timer.timeout.connect(self._listen)
        desk.session_changed.connect(self.stop)
        self.texts(self._say)

    @property
    def busy(self) -> bool:
        """Whether the analysis is under way."""
        return self.handle is not None

    def turn(self) -> None:
        """Begin, or stop what is under way."""
        if self.busy:
            self.stop()
            self.told.setText(_("Stopped."))
            return
        session = self.desk.session
        if session is None:
            return
        try:
            self.handle = self._begin(session)
        except Refused as refused:
            self._refuse(refused.problems)
            return
        if self.handle is not None:
            self.told.setText(_("Working it out …"))
            self._show_busy(True)

    def stop(self) -> None:
        """Stop what is under way and forget it."""
        if self.handle is not None:
            self.handle.cancel()
            self._end("")

    def retheme(self) -> None:
        """Sizes for the zoom in force."""
        self.bar.setFixedSize(theme.px(160), theme.px(12))

    def _listen(self) -> None:
        while self.handle is not None:
            try:
                event = self.handle.events.get_nowait()
            except queue.Empty:
                return
            match event:
                case Step(done, total):
                    self.bar.setRange(0, total)
                    self.bar.setValue(done)
                    self.told.setText(_("{share} done", share=current().percent(done / max(1, total))))
                case Done(answer):
                    self._end("")
                    self.came.emit(answer)
                case Ended(problems):
                    self._end("")
                    self._refuse(problems)

    def _refuse(self, problems: Any) -> None:
        self.told.setText("\n".join(messages.full(problem) for problem in problems))

    def _end(self, text: str) -> None:
        self.handle = None
        self.told.setText(text)
        self._show_busy(False)

    def _show_busy(self, busy: bool) -> None:
        (self._timer.start if busy else self._timer.stop)()
        self.bar.setRange(0, 0)
        self.bar.setVisible(busy)
        self.go.setIcon(icon("stop" if busy else "play"))
        self._say()
        self.busy_changed.emit(busy)

    def _say(self) -> None:
        self.go.setText(_("Stop") if self.busy else self._words())
        self.bar.setAccessibleName(_("Progress of the analysis"))
