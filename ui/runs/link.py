"""A button that looks like a link and shortens its text where it has no room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.theme import theme


class Link(QPushButton):
    """The whole text is its tip and its accessible name."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setProperty("role", "link")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._whole = ""
        self.say(text)

    def say(self, text: str) -> None:
        """Show ``text``."""
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._shorten()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self._whole) + theme.px(12) + self._sign()
        return QSize(width, super().sizeHint().height())

    def setIcon(self, sign: QIcon) -> None:
        super().setIcon(sign)
        self._shorten()
        self.updateGeometry()

    def _sign(self) -> int:
        return 0 if self.icon().isNull() else self.iconSize().width() + theme.px(6)

    def _shorten(self) -> None:
        room = self.width() - theme.px(10) - self._sign()
        short = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(room, 1))
        self.setText(short)
