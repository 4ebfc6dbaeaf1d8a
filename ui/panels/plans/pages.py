"""A plan as its pages on paper, one below the other, at the width of the window or larger."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from continuity.words import _
from ui.theme import theme

#: Pixels per inch at which the pages are drawn; shown smaller or as they are.
PIXELS_PER_INCH = 150
_INCH = 96  # pixels of the screen per inch at 100 %
STEPS = (0.0, 0.75, 1.0, 1.25, 1.5, 2.0)  # 0: as wide as there is room


class Sheet(QWidget):
    """One page: white paper with a hair line around it."""

    def __init__(self, image: QImage, title: str) -> None:
        super().__init__()
        self.image = image
        self.setAccessibleName(title)
        self.setToolTip("")

    def fit(self, width: int) -> None:
        """Be ``width`` pixels wide."""
        height = round(width * self.image.height() / max(1, self.image.width()))
        self.setFixedSize(width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(self.rect()), self.image)
        painter.setPen(theme.colour("border"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class PageView(QScrollArea):
    """The pages of one plan. Ctrl+wheel changes the size."""

    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sheets: list[Sheet] = []
        self.step = 0
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.note = QLabel()
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWidget(self._inside)
        self._column.addWidget(self.note)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.retheme()

    def say(self, text: str) -> None:
        """Show a sentence in place of the pages."""
        self._clear()
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def show_pages(self, pages: list[bytes], title: str) -> None:
        """Show ``pages`` (PNG)."""
        self.say("")
        for number, data in enumerate(pages, 1):
            image = QImage.fromData(data)
            name = _("{title}, page {page} of {pages}", title=title, page=number, pages=len(pages))
            sheet = Sheet(image, name)
            self.sheets.append(sheet)
            self._column.addWidget(sheet)
        self._fit()
        self.verticalScrollBar().setValue(0)

    def zoom(self, steps: int) -> None:
        """Show the pages larger or smaller by so many steps."""
        self.step = max(0, min(len(STEPS) - 1, self.step + steps))
        self._fit()
        self.zoomed.emit()

    @property
    def factor(self) -> float:
        """The size of the pages: 0 for the width of the window."""
        return STEPS[self.step]

    def retheme(self) -> None:
        """Distances for the zoom in force."""
        self._column.setContentsMargins(*4 * [theme.grid(2)])
        self._column.setSpacing(theme.grid(2))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(520), theme.px(600))

    def _fit(self) -> None:
        room = self.viewport().width() - theme.grid(4)
        for sheet in self.sheets:
            inches = sheet.image.width() / PIXELS_PER_INCH
            natural = theme.px(inches * _INCH)
            width = min(room, round(natural * 1.25)) if not self.factor else round(natural * self.factor)
            sheet.fit(max(theme.px(120), width))

    def _clear(self) -> None:
        for sheet in self.sheets:
            sheet.hide()
            sheet.deleteLater()
        self.sheets.clear()
