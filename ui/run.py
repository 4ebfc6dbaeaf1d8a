"""Start the window."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from ui.app import catch_faults, make_app


def main(path: Path | str | None = None) -> int:
    """Open the window, with the document ``path`` if given; return the exit code."""
    app = make_app()

    from ui.main_window import MainWindow

    window = MainWindow()
    catch_faults(window)
    window.room.restore()
    window.show()
    # What the map needs first loads slowly: it is fetched while the start page is read.
    window.desk.work(lambda: import_module("numpy"), lambda _module: None)
    if path is not None:
        window.documents.open(Path(path))
    return app.exec()
