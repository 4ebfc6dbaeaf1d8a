"""The mark that keeps an exercise from being taken for something real: frame, words, title of the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMainWindow, QPushButton, QWidget

from continuity.words import _
from ui.theme import theme
from ui.theme.icons import icon

_WIDTH = 5  # pixels of the drawing


def mark() -> str:
    """Return the words that stand first and last in all that belongs to an exercise."""
    return _("EXERCISE EXERCISE EXERCISE")


def file_mark() -> str:
    """Return the word with which the names of files begin."""
    return _("EXERCISE")


def marked(text: str) -> str:
    """Return a text between two lines that say that it is an exercise."""
    return f"{mark()}\n{text}\n{mark()}"


class Border(QWidget):
    """A coloured frame over a window; the mouse goes through it. It cannot be closed."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        window.installEventFilter(self)
        self._fit()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.ChildAdded):
            self._fit()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        width = theme.px(_WIDTH)
        painter.setPen(QPen(theme.colour("exercise"), 2 * width, j=Qt.PenJoinStyle.MiterJoin))
        painter.drawRect(self.rect())
        painter.end()

    def _fit(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
            self.raise_()


class Band(QFrame):
    """The words beside the menus: what this is, the stop word, and the way out."""

    def __init__(self, real: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("role", "exercise")
        self.words = QLabel()
        self.real = QPushButton()
        self.real.setProperty("role", "real")
        self.real.setIcon(icon("real", "breach"))
        # Focus that leaves a button which cannot be pressed any more must not come to rest here: one space
        # would break off the play. The key is for it alone.
        self.real.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.real.clicked.connect(lambda _on=False: real())
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.grid(1.5), 0, theme.grid(1), 0)
        row.setSpacing(theme.grid(1.5))
        row.addWidget(self.words)
        row.addWidget(self.real)
        self.stop_word = ""

    def say(self) -> None:
        """Say everything in the language spoken now."""
        text = mark()
        if self.stop_word:
            text += "  ·  " + _("Stop word: {word}", word=self.stop_word)
        self.real.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.words.setText(text)
        self.words.setAccessibleName(text)
        self.real.setText(_("Real event"))
        self.real.setShortcut("F12")  # setting the text takes it away
        self.real.setToolTip(
            _("One press: the exercise is frozen and saved, and the situation opens on the real model.")
        )


class ExerciseMark(QObject):
    """Marks a main window for as long as a play is open in it."""

    def __init__(self, real: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._real = real
        self.window: QMainWindow | None = None
        self.border: Border | None = None
        self.band: Band | None = None

    def show_on(self, window: QWidget, stop_word: str) -> None:
        """Mark ``window``."""
        self.hide()
        if not isinstance(window, QMainWindow):
            return
        self.window, self.border, self.band = window, Border(window), Band(self._real)
        self.band.stop_word = stop_word
        self.band.say()
        window.menuBar().setCornerWidget(self.band)
        self.band.show()
        window.menuBar().adjustSize()
        self.fit()
        window.windowTitleChanged.connect(self._mark_title)
        self._mark_title(window.windowTitle())
        self.border.raise_()

    def hide(self) -> None:
        """The exercise is over or frozen: what is shown now may be real."""
        window, self.window = self.window, None
        if window is None or self.border is None or self.band is None:
            return
        window.windowTitleChanged.disconnect(self._mark_title)
        window.setContentsMargins(0, 0, 0, 0)
        window.menuBar().setCornerWidget(None)  # type: ignore[arg-type]
        for part in (self.border, self.band):
            part.hide()
            part.deleteLater()
        self.border = self.band = None
        window.setWindowTitle(_without(window.windowTitle()))

    def fit(self) -> None:
        """Leave room for the frame, at the zoom in force."""
        if self.window is not None and self.band is not None:
            self.band.say()
            self.window.setContentsMargins(*4 * [theme.px(_WIDTH)])

    def say(self) -> None:
        """Say everything in the language spoken now."""
        if self.band is not None and self.window is not None:
            self.band.say()
            self._mark_title(self.window.windowTitle())

    def _mark_title(self, title: str) -> None:
        if self.window is not None and not title.startswith(mark()):
            self.window.setWindowTitle(f"{mark()} – {_without(title)}")


def _without(title: str) -> str:
    first, dash, rest = title.partition(" – ")
    return rest if dash and first.isupper() and len(set(first.split())) == 1 else title
