"""A note beside the pointer while a line is drawn: where it may end, and why not there."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ui.theme import theme
from ui.theme.icons import icon

_AWAY = 18  # pixels from the pointer
_WIDEST = 320


class Hint(QFrame):
    """Shown only during a gesture."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._sign, self._words = QLabel(), QLabel()
        self._words.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.grid(1), theme.grid(0.75), theme.grid(1), theme.grid(0.75))
        row.setSpacing(theme.grid(1))
        row.addWidget(self._sign)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What is said now; empty while nothing is."""
        return self._words.text() if not self.isHidden() else ""

    def say(self, text: str, sign: str, at: QPoint) -> None:
        """Say ``text`` beside ``at`` (in the parent), kept inside the parent."""
        if text != self._words.text():
            self._words.setText(text)
            token = {"warning": "warn", "done": "full"}.get(sign, "muted")
            self._sign.setPixmap(icon(sign, token).pixmap(theme.px(16), theme.px(16)))
            wide = min(theme.px(_WIDEST), self._words.fontMetrics().horizontalAdvance(text) + theme.px(64))
            self.resize(wide, max(self.sizeHint().height(), self.layout().heightForWidth(wide)))
        room = self.parentWidget().rect()
        x = min(at.x() + _AWAY, room.right() - self.width())
        y = at.y() + _AWAY
        if y + self.height() > room.bottom():
            y = at.y() - _AWAY - self.height()
        self.move(max(0, x), max(0, y))
        self.show()
        self.raise_()
