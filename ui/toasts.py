"""Passing notes inside the window: they tell, they never ask and never stop the work."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from continuity.words import _
from ui.theme import theme
from ui.theme.icons import icon

_ICONS = {"info": "hint", "done": "done", "warn": "warning"}
_SHOWN_FOR = {"info": 5000, "done": 4000, "warn": 12000}  # milliseconds


class Toast(QFrame):
    """The note at the foot of ``over``, a part of its parent; a new one takes the place of the old."""

    def __init__(self, parent: QWidget, over: QWidget | None = None) -> None:
        super().__init__(parent)
        self._over = over or parent
        self.setObjectName("toast")
        self._sign, self._text = QLabel(), QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = QPushButton()
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.grid(2), theme.grid(1), theme.grid(1), theme.grid(1))
        row.setSpacing(theme.grid(1))
        for part, stretch in ((self._sign, 0), (self._text, 1), (self._close, 0)):
            row.addWidget(part, stretch)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What is said now; empty when nothing is."""
        return self._text.text() if self.isVisible() else ""

    def say(self, text: str, tone: str = "info") -> None:
        """Show ``text`` for as long as its ``tone`` deserves."""
        self._sign.setPixmap(icon(_ICONS[tone], "raised").pixmap(QSize(theme.px(18), theme.px(18))))
        self._text.setText(text)
        self._close.setText(_("Close"))
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(_SHOWN_FOR[tone])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        parent = self.parentWidget()
        width = min(parent.width() - theme.grid(4), theme.px(560))
        self.setFixedWidth(max(width, theme.px(200)))
        words = self.width() - self._sign.sizeHint().width() - self._close.sizeHint().width() - theme.grid(5)
        height = max(self._text.heightForWidth(words), self._close.sizeHint().height())
        self.setFixedHeight(height + theme.grid(2))
        shown = self._over if self._over.isVisible() else parent
        foot = shown.mapTo(parent, shown.rect().bottomLeft()).y() + 1
        self.move((parent.width() - self.width()) // 2, max(0, foot - self.height() - theme.grid(3)))
