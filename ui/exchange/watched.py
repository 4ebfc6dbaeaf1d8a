"""Long work on files: how far it has come, and a way to stop it."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from continuity.session import ExchangeCancelled, Watch
from continuity.words import _
from ui.desk import Desk
from ui.theme import theme

_RESTING = (2**30, 2**30, 2**30)
_usual: list[tuple[int, int, int]] = []


def _rest_collector(rest: bool) -> None:
    """Let nobody look through hundreds of thousands of new records for garbage, now or ever after.

    Looking stops the window for as long as it takes; records hold no cycles.
    """
    if rest:
        _usual.append(gc.get_threshold())
        gc.set_threshold(*_RESTING)
    elif _usual:
        gc.set_threshold(*_usual.pop())
        gc.freeze()


class Watched(QWidget):
    """A bar that shows one piece of work at a time; what it replaces is cancelled and says nothing more."""

    busy_changed = Signal(bool)
    _progressed = Signal(object, int, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.busy = False
        self._ticket: object = None
        self.said, self.bar, self.stop = QLabel(), QProgressBar(), QPushButton(_("Stop"))
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(theme.px(12))
        self.bar.setAccessibleName(_("Progress"))
        self.stop.clicked.connect(self.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.grid(1))
        row.addWidget(self.said)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self._progressed.connect(self._on_progress)
        self.hide()

    def start(
        self,
        said: str,
        work: Callable[[Watch], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do ``work`` in the background under the words ``said``."""
        ticket = self._ticket = object()

        def watch(count: int, total: int) -> None:
            if self._ticket is not ticket:
                raise ExchangeCancelled
            self._progressed.emit(ticket, count, total)

        def finish(then: Callable[[Any], None], what: Any) -> None:
            if self._ticket is ticket:
                self._ticket = None
                self._show(False)
                then(what)

        self.said.setText(said)
        self.bar.setRange(0, 0)
        self._show(True)
        self.desk.work(lambda: work(watch), lambda r: finish(done, r), lambda e: finish(failed, e))

    def cancel(self) -> None:
        """Leave the work undone; it ends at its next step."""
        self._ticket = None
        self._show(False)

    def _show(self, busy: bool) -> None:
        if busy != self.busy:
            _rest_collector(busy)
        self.busy = busy
        self.setVisible(busy)
        self.busy_changed.emit(busy)

    def _on_progress(self, ticket: object, count: int, total: int) -> None:
        if ticket is self._ticket:
            self.bar.setRange(0, max(1, total))
            self.bar.setValue(count)
