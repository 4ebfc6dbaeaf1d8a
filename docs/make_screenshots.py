"""Make the pictures of the manual from the real window: docs/img/<name>.png.

    python docs/make_screenshots.py [--lang sv|en] [--out FOLDER] [NAME ...]

Runs without a screen. The same document and the same window each time, so that a picture changes only
when the program does.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

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
        os.environ["XDG_DOCUMENTS_DIR"] = home
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
            "calendar": self._calendar,
            "results": self._results,
            "scenarios": self._scenarios,
            "sweep": self._sweep,
            "film": self._film,
            "measures": lambda: self.window.open_workspace("measures"),
            "plans": lambda: self.window.open_workspace("plans"),
            # Before the exercise, whose frame would lie around it.
            "situation": self._situation,
            "exercise-prepare": self._exercise,
            "exercise": self._play,
            "players": self._play,
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
            save(self._subject(name).grab().toImage(), path)
            sys.stdout.write(f"{path}\n")
        self.window.desk.take(None)
        self.session.close()
        return 0

    def _subject(self, name: str) -> Any:
        if name == "sweep":
            return self._dialog
        if name != "players":
            return self.window
        return self.window.pages.made["exercise"].run.players  # type: ignore[attr-defined]

    def _map(self) -> None:
        self.window.commands["inspector"].setChecked(True)
        self.window.open_workspace("map")
        page = self.window.pages.made["map"]
        self._until(lambda: bool(page.map.nodes) and not page.map.is_filling)  # type: ignore[attr-defined]

    def _focus(self) -> None:
        self._map()
        hall = self.session.organisation.find("resource", "R-DH1")
        self.window.pages.reveal(hall.id if hall else self._record("resource", 0))

    def _calendar(self) -> None:
        from ui.runs.board import board_of

        self.window.commands["inspector"].setChecked(False)
        self.window.open_workspace("calendar")
        board = board_of(self.window.desk)
        if board.result is None:
            self.window.pages.made["calendar"].run()  # type: ignore[attr-defined]
            self._until(lambda: board.result is not None and not board.busy)

    def _results(self) -> None:
        self._calendar()
        self.window.open_workspace("results")

    def _scenarios(self) -> None:
        """The last trial with one of its events chosen."""
        from continuity.model.kinds import Event

        self.window.commands["inspector"].setChecked(False)
        self.window.open_workspace("scenarios")
        page: Any = self.window.pages.made["scenarios"]
        scenario = self.session.organisation.find("scenario", "S24")
        if scenario is not None:
            page.show_scenario(scenario.id)
            page.choose_event(self.session.organisation.parts(scenario.id, Event)[0].id)

    def _sweep(self) -> None:
        """The calendar of harm of a lost data hall."""
        from ui.panels.scenarios.sweep_dialog import SweepDialog

        self._scenarios()
        page: Any = self.window.pages.made["scenarios"]
        scenario = self.session.organisation.find("scenario", "S05")
        page.show_scenario(scenario.id if scenario else self._record("scenario", 0))
        page.sweep()
        self._dialog = page.findChild(SweepDialog)
        self._dialog.run()
        self._until(lambda: self._dialog.found is not None)

    def _film(self) -> None:
        """A bad run on the map, some days on."""
        self._map()
        self.window.commands["inspector"].setChecked(False)
        self._results()
        page: Any = self.window.pages.made["results"]
        page.follow("bad")
        self._until(lambda: page.reel.film is not None)
        down = next((m.minute for m in page.reel.film.moments if m.code == "function_down"), 0)
        page.reel.go(down)

    def _exercise(self) -> None:
        """An exercise of the last trial, made once."""
        self.window.commands["inspector"].setChecked(True)
        self.window.open_workspace("exercise")
        page: Any = self.window.pages.made["exercise"]
        if not page.prepare.model.rows:
            scenario = self.session.organisation.find("scenario", "S24")
            page.make.choose(scenario.id if scenario else self._record("scenario", 0))
            page.make.begin()
            self._until(lambda: not page.make.busy)
        page.tabs.setCurrentIndex(0)
        self.window.desk.select(origin="window")
        self.window.toast.hide()

    def _play(self) -> None:
        """The exercise some hours on: what was due is given, the players' screen is open."""
        self._exercise()
        page: Any = self.window.pages.made["exercise"]
        stage = page.stage
        page.tabs.setCurrentIndex(1)
        if stage.play is None:
            folder = Path(tempfile.mkdtemp(dir=os.environ["XDG_DATA_HOME"]))
            stage.begin(page.prepare.exercise.id, folder / "ÖVNING.uthallig-play")
            self._until(lambda: stage.play is not None and not stage.busy)
            lines = stage.play.lines()
            for line in lines[:7]:
                page.run.clock.jump(line.minute)
                page.run.injects.choose(line.inject.id)
                page.run.injects.act("deliver")
            page.run.show_players()

    def _tables(self) -> None:
        self.window.open_workspace("tables", self._record("stream", 4))
        self.window.inspector.tabs.setCurrentIndex(1)

    def _situation(self) -> None:
        """A data hall is lost: the log lies in the temporary home, so that none is left behind."""
        self.window.to_the_desk()
        held = self.window.pages.made["situation"].held  # type: ignore[attr-defined]
        self._until(lambda: held.situation is not None)
        now, organisation = held.now, self.session.organisation
        hour = dt.timedelta(hours=1)
        for code, state, ago in (("R-DH1", "down", 5), ("R-DNS", "down", 4), ("R-GRID-NORR", "reduced", 2)):
            element = organisation.find("resource", code)
            if element is not None:
                more = {"happened": now - ago * hour, "trust": "confirmed"}
                held.note(
                    lambda desk, id_=element.id, state=state, more=more: desk.report(
                        state, element=id_, **more
                    )
                )
        held.note(lambda desk: desk.rhythm(briefing=now + hour, handover=now + 3 * hour))
        self._until(lambda: held.ahead is not None and not held.busy and not held.stale)
        self.window.pages.made["situation"].tabs.setCurrentIndex(1)  # type: ignore[attr-defined]

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


def save(image: QImage, path: Path) -> None:
    """Write ``image`` with its 256 most used colours: enough for a window, and a fifth of the size."""
    import numpy as np
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage

    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32)
    colours, counts = np.unique(pixels | 0xFF000000, return_counts=True)
    used: dict[int, tuple[int, int]] = {}
    for colour, count in zip(colours.tolist(), counts.tolist(), strict=True):
        family = colour & 0xF8F8F8  # near enough to be told as one
        used[family] = max(used.get(family, (0, 0)), (count, colour))
    table = [colour for _count, colour in sorted(used.values(), reverse=True)[:256]]
    nearest = Qt.ImageConversionFlag.AvoidDither | Qt.ImageConversionFlag.ThresholdDither
    image.convertToFormat(QImage.Format.Format_Indexed8, table, nearest).save(str(path), "PNG", 0)


if __name__ == "__main__":
    sys.exit(main())
