"""Make the pictures of the manual from the real window: docs/img/<name>.png.

    python docs/make_screenshots.py [--lang sv|en] [--out FOLDER] [NAME ...]

Runs without a screen. The same document and the same window each time, so that a picture changes only
when the program does.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZE = (1280, 800)
_PATIENCE = 60_000  # milliseconds for a picture to be ready


def main() -> int:
    """Make the pictures asked for, or all of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lang", default="sv", choices=("sv", "en"))
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "img")
    parser.add_argument("names", nargs="*")
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as home:
        os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DATA_HOME"] = home
        return Studio(chosen.lang, chosen.out).take(chosen.names)


class Studio:
    """The window, the reference agency on it, and the camera."""

    def __init__(self, language: str, out: Path) -> None:
        from continuity.session import Session
        from ui.app import make_app
        from ui.document import Documents
        from ui.main_window import MainWindow
        from ui.settings import Settings

        self.out = out
        settings = Settings()
        settings.language = language
        self.app = make_app(settings)
        Documents.may_leave = lambda _self: True  # type: ignore[method-assign]
        self.window = MainWindow(settings)
        self.window.resize(*SIZE)
        self.window.show()
        self.session = Session.create(None, reference="reference", lang=language)
        self.pictures: dict[str, Callable[[], None]] = {
            "start": lambda: self.window.open_workspace("start"),
            "map": self._map,
            "map-focus": self._focus,
            "tables": self._tables,
            "calendar": lambda: self.window.open_workspace("calendar"),
            "scenarios": lambda: self.window.open_workspace("scenarios"),
            "measures": lambda: self.window.open_workspace("measures"),
            "plans": lambda: self.window.open_workspace("plans"),
            "dark": self._dark,
        }

    def take(self, names: list[str]) -> int:
        """Write the pictures ``names`` (all, if none is named); return the exit code."""
        self.out.mkdir(parents=True, exist_ok=True)
        for name, arrange in self.pictures.items():
            if names and name not in names:
                continue
            if name != "start" and self.window.desk.session is None:
                self.window.documents.take(self.session)
            arrange()
            self._rest()
            path = self.out / f"{name}.png"
            self.window.grab().save(str(path))
            sys.stdout.write(f"{path}\n")
        self.window.desk.take(None)
        self.session.close()
        return 0

    def _map(self) -> None:
        self.window.open_workspace("map")
        page = self.window.pages.made["map"]
        self._until(lambda: bool(page.map.nodes) and not page.map.is_filling)  # type: ignore[attr-defined]

    def _focus(self) -> None:
        self._map()
        self.window.pages.reveal(self._record("resource", 17))

    def _tables(self) -> None:
        self.window.open_workspace("tables", self._record("stream", 4))
        self.window.inspector.tabs.setCurrentIndex(1)

    def _dark(self) -> None:
        from ui.theme import theme

        self._focus()
        theme.use("dark")

    def _record(self, kind: str, place: int) -> str:
        return self.session.organisation.of_kind(kind)[place].id

    def _until(self, ready: Callable[[], bool]) -> None:
        from PySide6.QtCore import QElapsedTimer

        clock = QElapsedTimer()
        clock.start()
        while not ready() and clock.elapsed() < _PATIENCE:
            self._wait(50)

    def _rest(self) -> None:
        """Wait until nothing works in the background."""
        from PySide6.QtCore import QThreadPool

        self._wait(200)
        self._until(lambda: QThreadPool.globalInstance().activeThreadCount() == 0)
        self._wait(300)

    @staticmethod
    def _wait(milliseconds: int) -> None:
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()


if __name__ == "__main__":
    sys.exit(main())
