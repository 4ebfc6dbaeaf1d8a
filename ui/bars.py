"""A bar of buttons that gives up its words, not its buttons, where room is short."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from continuity.words import _
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon


class Bar(QFrame):
    """Buttons and other widgets in one line with a hair line below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.texts = Texts()
        self._buttons: list[QToolButton] = []
        self._wordless: set[QToolButton] = set()
        self._room = self._least = 0  # what it needs with and without its words
        self._words: list[int] = []  # how much more each button needs with its words
        self.row = QHBoxLayout()
        self.row.setContentsMargins(theme.grid(1), theme.grid(0.75), theme.grid(1), theme.grid(0.75))
        self.row.setSpacing(theme.grid(0.5))
        rule = QFrame()
        rule.setProperty("role", "rule")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.row)
        column.addWidget(rule)

    def button(
        self,
        sign: str,
        text: str,
        handler: Callable[[], object],
        key: str = "",
        *,
        bare: bool = False,
        toggles: bool = False,
    ) -> QToolButton:
        """Add a button; ``text`` is an English source word, ``bare`` ones show it as a tool tip only."""
        button = QToolButton()
        button.setProperty("role", "quiet")
        button.setIcon(icon(sign))
        button.setCheckable(toggles)
        button.clicked.connect(lambda _on=False: handler())
        if bare:
            self._wordless.add(button)

        def say() -> None:
            button.setText(_(text))
            button.setAccessibleName(_(text))
            button.setToolTip(f"{_(text)} ({key})" if key else _(text))
            self._room = 0

        self.texts(say)
        self._buttons.append(button)
        self.row.addWidget(button)
        self.fit()
        return button

    def gap(self) -> None:
        """Leave room between groups of buttons."""
        self.row.addSpacing(theme.grid(1.5))

    def fit(self) -> None:
        """Fit icons to the zoom and words to the width."""
        for button in self._buttons:
            button.setIconSize(QSize(theme.px(16), theme.px(16)))
        self._room = 0
        self._share()

    def retranslate(self) -> None:
        """Say every word anew."""
        self.texts.refresh()
        self._share()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        if not self._room:
            self._show_words(len(self._buttons))
            self._room = self._measured()
            worded = [button.sizeHint().width() for button in self._buttons]
            self._show_words(0)
            self._least = self._measured()
            bare = [button.sizeHint().width() for button in self._buttons]
            self._words = [with_words - without for with_words, without in zip(worded, bare, strict=True)]
            self.updateGeometry()
        spare, worded_ones = self.width() - self._least, 0
        for width in self._words:  # the first buttons keep their words longest
            spare -= width
            worded_ones += spare >= 0
            if spare < 0:
                break
        self._show_words(len(self._buttons) if self._room <= self.width() else worded_ones)

    def _measured(self) -> int:
        self.row.invalidate()
        return self.row.minimumSize().width()

    def _show_words(self, count: int) -> None:
        """Show the words of the first ``count`` buttons, and the icons of all."""
        style = Qt.ToolButtonStyle
        for place, button in enumerate(self._buttons):
            bare = button in self._wordless or place >= count
            wanted = style.ToolButtonIconOnly if bare else style.ToolButtonTextBesideIcon
            if button.toolButtonStyle() != wanted:
                button.setToolButtonStyle(wanted)
