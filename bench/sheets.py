"""How long large sheets take on their way in, and how long the window answers nothing meanwhile.

    xvfb-run -a .venv/bin/python -m bench.sheets [1000 10000 50000]

A sheet of eight columns is written for each number of rows, then opened in the real import wizard. Shown are
the seconds for reading, trying and taking it in, each with the longest pause of the window in milliseconds.
The last figure holds what the open workspaces do with so many new records.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

_SCRATCH = tempfile.TemporaryDirectory(prefix="uthallig-bench-")
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
    os.environ[_name] = _SCRATCH.name

HEADINGS = ("Kod", "Systemnamn", "Systemägare", "Plats", "RTO (h)", "Leverantör", "Kommentar", "Kategori")


def write_sheet(path: Path, rows: int) -> Path:
    """Write an invented inventory of ``rows`` systems."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("System")
    sheet.append(HEADINGS)
    for n in range(rows):
        sheet.append(
            (f"X{n}", f"System {n}", f"Chef {n % 50}", f"Ort {n % 30}", n % 90, "Lev", "text", "ICT")
        )
    book.save(path)
    return path


class Bench:
    """One window, and a clock that sees how long it answers nothing."""

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer

        from ui.app import make_app
        from ui.main_window import MainWindow

        self.app = make_app()
        self.window = MainWindow()
        self.window.resize(1280, 800)
        self.window.show()
        self.last, self.longest = time.perf_counter(), 0.0
        self.timer = QTimer(interval=2)
        self.timer.timeout.connect(self._beat)
        self.timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest, self.last = max(self.longest, now - self.last), now

    def until(self, ready: Callable[[], bool]) -> None:
        """Let the window live until ``ready``."""
        while not ready():
            self.app.processEvents()
            time.sleep(0.001)

    def timed(self, work: Callable[[], object]) -> str:
        """Return seconds and longest pause of ``work``."""
        self.app.processEvents()
        start = self.last = time.perf_counter()
        self.longest = 0.0
        work()
        self.app.processEvents()
        self._beat()
        return f"{time.perf_counter() - start:6.2f} s {1000 * self.longest:6.0f} ms"

    def run(self, path: Path) -> list[str]:
        """Take one sheet the whole way in a new document, with the tables open."""
        self.window.documents.take(self._empty())
        self.window.open_workspace("tables")
        exchange = self.window.exchange

        def read() -> None:
            exchange.open_import(path)
            self.until(lambda: exchange.dialog.stack.currentIndex() == 1)

        def attempt() -> None:
            exchange.dialog.try_out()
            self.until(lambda: exchange.dialog.stack.currentIndex() == 2)

        def take() -> None:
            exchange.dialog.do_import()

        return [self.timed(step) for step in (read, attempt, take)]

    def _empty(self) -> object:
        from continuity.session import Session

        return Session.create(None)


def main(arguments: list[str]) -> None:
    """Measure each size named, and print a table."""
    bench = Bench()
    print("rows     reading               trying                taking in")
    for rows in map(int, arguments or ("1000", "10000", "50000")):
        path = write_sheet(Path(_SCRATCH.name) / f"{rows}.xlsx", rows)
        print(f"{rows:<8}", "   ".join(bench.run(path)), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
