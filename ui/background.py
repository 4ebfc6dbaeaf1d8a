"""Long work off the window's thread: plain data in, plain data out, one owner of the busy flag."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal, Slot

_log = logging.getLogger(__name__)
_SLICE = 0.02  # seconds
_END = object()


class Task(QObject):
    """Work under way. ``done`` or ``failed`` comes once, always in the window's thread."""

    done = Signal(object)
    failed = Signal(object)
    _came = Signal(object)
    _broke = Signal(object)

    def __init__(self, work: Callable[[], Any], parent: QObject) -> None:
        super().__init__(parent)
        self.busy = True
        self._work = work
        # Slots of this object run in its thread, whoever emits; a plain function would not.
        self._came.connect(self._on_came)
        self._broke.connect(self._on_broke)

    def start(self, pool: QThreadPool | None = None) -> None:
        """Begin, in a thread of the pool."""
        (pool or QThreadPool.globalInstance()).start(_Runnable(self._work, self._came, self._broke))

    @Slot(object)
    def _on_came(self, result: object) -> None:
        self.busy = False
        self.done.emit(result)

    @Slot(object)
    def _on_broke(self, error: object) -> None:
        self.busy = False
        self.failed.emit(error)


class Slices(QObject):
    """Work that must be done in the window's thread, in slices short enough that nobody notices."""

    done = Signal()

    def __init__(self, steps: Iterator[object], parent: QObject) -> None:
        super().__init__(parent)
        self._steps = steps
        self._stopped = False
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._slice)

    def start(self) -> None:
        """Do the first slice at once, the rest as the window has time; nothing once it was stopped."""
        if self._stopped:
            return
        self._timer.start()
        self._slice()

    def stop(self) -> None:
        """Leave the rest undone."""
        self._stopped = True
        self._timer.stop()

    def _slice(self) -> None:
        end = time.perf_counter() + _SLICE
        while time.perf_counter() < end:
            if next(self._steps, _END) is _END:
                self._timer.stop()
                self.done.emit()
                return


class _Runnable(QRunnable):
    def __init__(self, work: Callable[[], Any], came: Any, broke: Any) -> None:
        super().__init__()
        self._work, self._came, self._broke = work, came, broke

    def run(self) -> None:
        try:
            result = self._work()
        except Exception as error:
            if not hasattr(error, "problems"):
                _log.exception("Work in the background failed")
            _tell(self._broke, error)
        else:
            _tell(self._came, result)


def _tell(signal: Any, value: object) -> None:
    try:
        signal.emit(value)
    except RuntimeError:  # the window that waited for it has gone
        _log.debug("Nobody waits for the result any more")
