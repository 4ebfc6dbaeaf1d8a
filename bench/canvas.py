"""How smooth the map is: pan, zoom, drag, choose and edit on maps of 100, 1,000 and 10,000 elements.

    xvfb-run -a -s "-screen 0 1400x900x24" .venv/bin/python -m bench.canvas [100 1000 10000] [--json FILE]

A real window of 1280 × 800 is driven; each step is timed until its painting is done. Shown are the median and
the slowest of the steps in milliseconds. ``longest pause`` is the longest time during opening in which the
window answered nothing. Budget: 50 ms, 16 ms for what is to look like motion.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

_SCRATCH = tempfile.TemporaryDirectory(prefix="uthallig-bench-")
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
    os.environ[_name] = f"{_SCRATCH.name}/{_name}"

from PySide6.QtCore import QElapsedTimer, QEventLoop, QPointF, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from bench.model import organisation  # noqa: E402
from continuity.model.edits import Add, Group, amend  # noqa: E402
from continuity.session import Session  # noqa: E402
from ui.app import make_app  # noqa: E402
from ui.document import Documents  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402

SIZES = (100, 1_000, 10_000)
_STEPS = 20
_WAIT = 600  # seconds at most for a map to stand
Figures = dict[str, Any]


class Pauses:
    """The longest time between two turns of the event loop."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._clock = QElapsedTimer()
        self._timer = QTimer(interval=0)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin to watch."""
        self.longest = 0.0
        self._clock.start()
        self._timer.start()

    def stop(self) -> float:
        """Return the longest pause in milliseconds."""
        self._timer.stop()
        return round(self.longest, 1)

    def _tick(self) -> None:
        self.longest = max(self.longest, self._clock.nsecsElapsed() / 1e6)
        self._clock.restart()


def spin(seconds: float) -> None:
    """Let the window work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def wait_until(done: Callable[[], bool]) -> None:
    """Let the window work until ``done``."""
    end = time.monotonic() + _WAIT
    while not done() and time.monotonic() < end:
        spin(0.02)


def timed(step: Callable[[int], object], settle: float = 0.0) -> dict[str, float]:
    """Return median and slowest of the steps, each with its painting."""
    found = []
    for number in range(_STEPS):
        begun = time.perf_counter()
        step(number)
        QApplication.processEvents()
        found.append((time.perf_counter() - begun) * 1000)
        if settle:
            spin(settle)
    return {"median": round(statistics.median(found), 1), "slowest": round(max(found), 1)}


class Driver:
    """One window with one map."""

    def __init__(self) -> None:
        self.window = MainWindow()
        self.window.resize(1280, 800)
        self.window.show()

    def measure(self, count: int) -> Figures:
        """Return the figures for a map of about ``count`` elements."""
        held = organisation(count)
        session = Session.create(None)
        session.edit(Group("import", tuple(Add(record) for record in held)))
        self.window.documents.take(session)
        pauses, begun = Pauses(), time.perf_counter()
        pauses.start()
        self.window.open_workspace("map")
        page = self.page = self.window.pages.made["map"]
        wait_until(lambda: bool(page.map.nodes) and not page.map.is_filling and page._fitted)
        spin(0.5)
        found: Figures = {
            "elements": len(page.map.nodes),
            "lines": len(page.map.links),
            "opened_seconds": round(time.perf_counter() - begun, 2),
            "longest_pause": pauses.stop(),
        }
        found["overview pan"] = self._pan()
        found["fold"] = timed(lambda n: page.looker.fold_all(), 0.3)
        page.views.show_plain()
        spin(1.5)
        found["far zoom"] = self._zoom(page.view.scale_now)
        page.view.fit()
        page.view.zoom_step(2)
        spin(0.3)
        found["far pan"] = self._pan()
        found["middle zoom"] = self._zoom(0.3)
        found["middle pan"] = self._pan()
        found["near zoom"] = self._zoom(0.9)
        found["near pan"] = self._pan()
        found["choose"] = timed(self._choose, 0.05)
        found["reach"] = timed(lambda n: page.looker.reach("up"), 0.02)
        page.choose()
        found["drag"] = self._drag()
        found["edit"] = timed(self._rename, 0.05)
        found["connect"] = timed(self._connect, 0.05)
        return found

    def _middle(self) -> QPointF:
        return self.page.map.extent.center()

    def _zoom(self, scale: float) -> dict[str, float]:
        view = self.page.view
        view.show_at(scale, self._busy_place())
        spin(0.3)
        return timed(lambda n: view.zoom_by(1.2 if n % 2 else 1 / 1.2), 0.01)

    def _busy_place(self) -> QPointF:
        nodes = [node.pos() for node in self.page.map.nodes.values() if node.isVisible()]
        middle = self._middle()
        return min(nodes, key=lambda at: (at - middle).manhattanLength(), default=middle)

    def _pan(self) -> dict[str, float]:
        from PySide6.QtCore import QPoint

        view = self.page.view
        return timed(
            lambda n: view._scroll(QPoint(24 if n % 10 < 5 else -24, 12 if n % 10 < 5 else -12)), 0.01
        )

    def _choose(self, number: int) -> None:
        ids = list(self.page.map.nodes)
        self.page.choose(ids[number * 37 % len(ids)])

    def _drag(self) -> dict[str, float]:
        page = self.page
        node = min(page.map.nodes.values(), key=lambda n: (n.pos() - self._middle()).manhattanLength())
        page.view.show_at(0.9, node.pos())
        spin(0.3)

        def step(number: int) -> None:
            node.moveBy(4, 2)
            page.view._in_motion()
            page.map.trace([node.id])

        return timed(step)

    def _rename(self, number: int) -> None:
        session = self.window.desk.session
        assert session is not None
        element = session.organisation.elements[number]
        self.window.desk.edit(Group("rename", (amend(element, name=f"Namn {number}"),)), origin="map")

    def _connect(self, number: int) -> None:
        ids = list(self.page.map.nodes)
        self.page.verbs.connect(ids[number], ids[-1 - number])


def shown(value: Any) -> str:
    """Return a figure for the table."""
    return f"{value['median']} / {value['slowest']}" if isinstance(value, dict) else str(value)


def main() -> int:
    """Print one column per size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    make_app()
    Documents.may_leave = lambda _self: True  # type: ignore[method-assign]
    driver = Driver()
    columns = {size: driver.measure(size) for size in args.sizes}
    print(f"{'':16}" + "".join(f"{size:>18}" for size in columns))
    for name in next(iter(columns.values())):
        print(f"{name:16}" + "".join(f"{shown(column[name]):>18}" for column in columns.values()))
    if args.json:
        args.json.write_text(json.dumps(columns, indent=2) + "\n", encoding="utf-8")
    driver.window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
