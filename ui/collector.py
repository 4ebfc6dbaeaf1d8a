"""Garbage is collected in the window's thread only.

Python collects cycles in whichever thread happens to allocate. A widget in a cycle would then be
destroyed outside the window's thread, which Qt does not survive.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_EVERY = 500  # milliseconds


class Collector(QObject):
    """Takes over from Python's automatic collection for as long as it lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # What the start made stays; looking at it again would only cost time.
        gc.collect()
        gc.freeze()
        gc.disable()
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the oldest generation that is due, as Python itself would have."""
        due = zip(gc.get_count(), gc.get_threshold(), strict=True)
        ripe = [generation for generation, (count, threshold) in enumerate(due) if count > threshold]
        if ripe:
            gc.collect(ripe[-1])
