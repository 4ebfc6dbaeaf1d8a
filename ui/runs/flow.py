"""A row of widgets that goes on in the next line where it has no room: for large text and narrow windows."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class FlowLayout(QLayout):
    """Widgets beside one another, each as wide as it asks; one that may grow takes what is left."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Lay the lines out in ``rect``; return the height of all of them."""
        y = rect.top()
        for line in self._lines(rect.width()):
            height = max(item.sizeHint().height() for item in line)
            if move:
                self._place_line(line, QRect(rect.left(), y, rect.width(), height))
            y += height + self.spacing()
        return max(0, y - self.spacing() - rect.top())

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = width + 1
        for item in self._items:
            if item.isEmpty():
                continue
            wanted = self._width(item)
            if used + self.spacing() + wanted > width or not lines:
                lines.append([])
                used = -self.spacing()
            lines[-1].append(item)
            used += self.spacing() + wanted
        return lines

    def _place_line(self, line: list[QLayoutItem], rect: QRect) -> None:
        spare = rect.width() - sum(map(self._width, line)) - self.spacing() * (len(line) - 1)
        growing = [item for item in line if _grows(item)]
        x = rect.left()
        for item in line:
            width = min(self._width(item), rect.width())
            if item in growing:
                width += max(0, spare) // len(growing)
            height = min(rect.height(), item.sizeHint().height())
            top = rect.top() + (rect.height() - height) // 2
            item.setGeometry(QRect(QPoint(x, top), QSize(width, height)))
            x += width + self.spacing()

    def _width(self, item: QLayoutItem) -> int:
        widget = item.widget()  # asked itself: its item knows no hint where its policy ignores it
        hint = item.sizeHint() if widget is None else widget.sizeHint()
        wanted = max(hint.width(), item.minimumSize().width())
        return min(wanted, widget.maximumWidth()) if widget is not None else wanted


def _grows(item: QLayoutItem) -> bool:
    widget = item.widget()
    return widget is not None and widget.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Expanding
