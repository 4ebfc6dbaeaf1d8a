"""The rail: the workspaces, grouped by the four verbs."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from continuity.words import N_, _
from ui.registry import ENTRIES, Entry
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon
from ui.workspace import Verb, verb_label

START = Entry("start", N_("Start"), N_("What do you want to do?"), "start", Verb.USE, "")


class Rail(QScrollArea):
    """A column of places; :attr:`chosen` names the one pressed."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # wheel and keys scroll it
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.texts = Texts()
        self.buttons: dict[str, QToolButton] = {}
        self._compact = False
        self._headings: list[QLabel] = []
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._on_clicked)
        inside = QFrame(self)
        inside.setObjectName("railInside")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, theme.grid(1), 0, theme.grid(1))
        self._column.setSpacing(0)
        self._add(START)
        for verb in Verb:
            entries = [entry for entry in ENTRIES if entry.verb is verb]
            if entries:
                self._heading(verb)
            for entry in entries:
                self._add(entry)
        self._column.addStretch(1)
        self.setWidget(inside)

    def mark(self, code: str) -> None:
        """Show ``code`` as the place where one is."""
        if button := self.buttons.get(code):
            button.setChecked(True)
            self.ensureWidgetVisible(button)

    def allow(self, open_document: bool) -> None:
        """Workspaces can be chosen only while a document is open."""
        for code, button in self.buttons.items():
            button.setEnabled(open_document or code == START.code)

    def set_compact(self, compact: bool) -> None:
        """Show icons only, where room is short."""
        if compact != self._compact:
            self._compact = compact
            self.fit()

    def fit(self) -> None:
        """Be as wide as the words and the zoom ask for."""
        style = Qt.ToolButtonStyle
        for button in self.buttons.values():
            button.setIconSize(QSize(theme.px(18), theme.px(18)))
        for button in self.buttons.values():
            button.setToolButtonStyle(
                style.ToolButtonIconOnly if self._compact else style.ToolButtonTextBesideIcon
            )
        for heading in self._headings:
            heading.setVisible(not self._compact)
        self.widget().layout().invalidate()
        if self._compact:
            self.setFixedWidth(theme.px(48))
            return
        self.setFixedWidth(max(theme.px(132), self.widget().sizeHint().width() + theme.px(2)))

    def _heading(self, verb: Verb) -> None:
        label = QLabel()
        label.setProperty("role", "caption")
        label.setContentsMargins(theme.grid(1.5), theme.grid(2), theme.grid(1), theme.grid(0.5))
        self.texts(lambda: label.setText(verb_label(verb)))
        self._headings.append(label)
        self._column.addWidget(label)

    def _add(self, entry: Entry) -> None:
        button = QToolButton()
        button.setProperty("role", "rail")
        button.setCheckable(True)
        button.setIcon(icon(entry.icon))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        place = len(self.buttons)
        key = f"Ctrl+{place}" if 0 < place < 10 else ""

        def say() -> None:
            button.setText(_(entry.title))
            button.setToolTip("\n".join(p for p in (_(entry.title), _(entry.hint), key) if p))
            button.setAccessibleName(_(entry.title))
            button.setAccessibleDescription(_(entry.hint))

        self.texts(say)
        self._group.addButton(button, place)
        self.buttons[entry.code] = button
        self._column.addWidget(button)

    def _on_clicked(self, place: int) -> None:
        self.chosen.emit(list(self.buttons)[place])
