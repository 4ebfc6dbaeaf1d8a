"""Long work off the window's thread: plain data in, plain data out, one owner of the busy flag."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

_log = logging.getLogger(__name__)


class Task(QObject):
    """Work under way. ``done`` or ``failed`` comes once, in the window's thread."""

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, work: Callable[[], Any], parent: QObject) -> None:
        super().__init__(parent)
        self.busy = True
        self._work = work
        self.done.connect(self._end)
        self.failed.connect(self._end)

    def start(self, pool: QThreadPool | None = None) -> None:
        """Begin, in a thread of the pool."""
        (pool or QThreadPool.globalInstance()).start(_Runnable(self._work, self))

    @Slot(object)
    def _end(self, _: object) -> None:
        self.busy = False


class _Runnable(QRunnable):
    def __init__(self, work: Callable[[], Any], task: Task) -> None:
        super().__init__()
        self._work, self._task = work, task

    def run(self) -> None:
        try:
            result = self._work()
        except Exception as error:
            if not hasattr(error, "problems"):
                _log.exception("Work in the background failed")
            self._tell(self._task.failed, error)
        else:
            self._tell(self._task.done, result)

    @staticmethod
    def _tell(signal: Any, value: object) -> None:
        try:
            signal.emit(value)
        except RuntimeError:  # the window that waited for it has gone
            _log.debug("Nobody waits for the result any more")
