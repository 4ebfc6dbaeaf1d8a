"""Long work off the window's thread: plain data in, plain data out, one owner of the busy flag."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

_log = logging.getLogger(__name__)


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
