"""The application object: name, look, language, and what happens when something goes wrong."""

from __future__ import annotations

import logging
import sys
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication, QMainWindow

from continuity import places, words
from continuity.words import _
from ui.collector import Collector
from ui.settings import Settings
from ui.theme.theme import load_fonts, theme

_log = logging.getLogger(__name__)
_translators: list[QTranslator] = []


def make_app(settings: Settings | None = None) -> QApplication:
    """Return the application, made if there is none, with look and language of ``settings``."""
    settings = settings or Settings()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("uthallig")
    app.setApplicationDisplayName("Uthållig")
    app.setStyle("Fusion")
    load_fonts()
    words.set_language(settings.language)
    speak_qt(settings.language)
    theme.use(settings.theme, settings.zoom)
    if app.findChild(Collector) is None:
        Collector(app)
    return app


def speak_qt(language: str) -> None:
    """Let Qt's own dialogs and menus speak ``language``."""
    app = QApplication.instance()
    assert app is not None
    for old in _translators:
        app.removeTranslator(old)
    _translators.clear()
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if language != words.SOURCE_LANGUAGE and translator.load(f"qtbase_{language}", folder):
        app.installTranslator(translator)
        _translators.append(translator)


def catch_faults(window: QMainWindow) -> None:
    """Write a fault of the program to its log and tell it in a note; the document is on disk already."""
    log = places.data_dir() / "faults.log"
    logging.basicConfig(filename=log, level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("A fault of the program", exc_info=(kind, error, trace))
        window.desk.say(  # type: ignore[attr-defined]
            _(
                "Something in the program went wrong; it is noted in {file}. Your work is kept.",
                file=str(log),
            ),
            "warn",
        )

    sys.excepthook = caught
