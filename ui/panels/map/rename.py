"""A name typed where the element stands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QGraphicsView, QLineEdit

from continuity.words import _
from ui.panels.map.nodes import NodeItem
from ui.theme import theme


class NameField(QLineEdit):
    """Enter or leaving takes the name, Esc leaves it as it was."""

    def __init__(self, view: QGraphicsView, node: NodeItem, name: str, done: Callable[[str], None]) -> None:
        super().__init__(view.viewport())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setText(name)
        self.setAccessibleName(_("Name"))
        self._view, self._done, self._over = view, done, False
        rect = view.mapFromScene(node.sceneBoundingRect()).boundingRect()
        width = max(rect.width(), theme.px(220))
        height = max(self.sizeHint().height(), min(rect.height(), theme.px(40)))
        self.setGeometry(QRect(rect.left(), rect.center().y() - height // 2, width, height))
        self.show()
        self.selectAll()
        self.setFocus()
        self.returnPressed.connect(self._take)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        super().keyPressEvent(event)
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._take()

    def _take(self) -> None:
        if not self._over:
            name = self.text()
            self._leave()
            self._done(name)

    def _leave(self) -> None:
        self._over = True
        self.close()
        self._view.setFocus()
