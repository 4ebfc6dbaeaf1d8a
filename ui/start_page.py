"""The first page: what do you want to do?"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from continuity.words import N_, _
from ui.settings import Settings
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon

DOORS: tuple[tuple[str, str, str, str], ...] = (
    (
        "reference",
        "calendar",
        N_("Look around in the reference agency"),
        N_("A complete, invented agency opens on its pay calendar: break something and see who goes unpaid."),
    ),
    (
        "new",
        "new",
        N_("Build your own agency"),
        N_("Choose one benefit and walk backwards from pay day in fourteen questions, or begin empty."),
    ),
    (
        "open",
        "open",
        N_("Open a document"),
        N_("Go on with a model from a file, or read an organisation from JSON."),
    ),
    (
        "exercise",
        "exercise",
        N_("Hold an exercise"),
        N_("Make it from a run of the open document, or of the reference agency; play it and report it."),
    ),
    (
        "now",
        "situation",
        N_("It is happening now"),
        N_("A log by hand at once, what fails next, until when to decide; the model is only read."),
    ),
)


class Door(QPushButton):
    """A large button with an icon, what it does, and what that means."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("role", "door")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.sign, self.title, self.detail = QLabel(), QLabel(), QLabel()
        self.sign.setPixmap(icon(name, "accent").pixmap(QSize(theme.px(28), theme.px(28))))
        self.title.setProperty("role", "heading")
        self.detail.setProperty("role", "muted")
        for label in (self.sign, self.title, self.detail):
            label.setWordWrap(label is not self.sign)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        words = QVBoxLayout()
        words.setSpacing(theme.grid(0.25))
        words.addWidget(self.title)
        words.addWidget(self.detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.grid(2), theme.grid(1.5), theme.grid(2), theme.grid(1.5))
        row.setSpacing(theme.grid(2))
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def say(self, title: str, detail: str) -> None:
        """Set the words, and the same for screen readers."""
        self.title.setText(title)
        self.detail.setText(detail)
        self.setAccessibleName(title)
        self.setAccessibleDescription(detail)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.layout().heightForWidth(width)

    def sizeHint(self) -> QSize:
        width = theme.px(440)
        return QSize(width, self.layout().heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        width = max(self.width(), theme.px(240))
        return QSize(theme.px(240), self.layout().heightForWidth(width))


class StartPage(QScrollArea):
    """Doors at the left, recent documents at the right."""

    wanted = Signal(str)  # key of a door
    file_wanted = Signal(object)  # Path

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.texts = Texts()
        self.doors: dict[str, Door] = {}
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._build()

    def rebuild(self) -> None:
        """Build anew, for another zoom or theme."""
        self.texts.clear()
        self.doors.clear()
        self._build()

    def refresh(self) -> None:
        """Bring words and recent documents up to date."""
        self.texts.refresh()
        self._fill_recent()

    def _build(self) -> None:
        page = QWidget()
        page.setObjectName("page")
        row = QHBoxLayout(page)
        row.setContentsMargins(*4 * [theme.grid(4)])
        row.setSpacing(theme.grid(6))
        row.addStretch(1)
        row.addLayout(self._left(), 5)
        row.addLayout(self._right(), 3)
        row.addStretch(1)
        self.setWidget(page)
        self._fill_recent()

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.grid(1.5))
        column.addStretch(1)
        title = QLabel()
        title.setProperty("role", "title")
        title.setWordWrap(True)
        self.texts(lambda: title.setText(_("What do you want to do?")))
        column.addWidget(title)
        for key, sign, heading, detail in DOORS:
            column.addWidget(self._door(key, sign, heading, detail))
        column.addSpacing(theme.grid(1))
        for text in (
            N_(
                "A document can be encrypted with a passphrase; nothing here is approved for "
                "security-classified information."
            ),
        ):
            column.addWidget(self._note(text))
        column.addStretch(2)
        return column

    def _door(self, key: str, sign: str, heading: str, detail: str) -> Door:
        door = Door(sign)
        self.texts(lambda: door.say(_(heading), _(detail)))
        door.clicked.connect(lambda: self.wanted.emit(key))
        self.doors[key] = door
        return door

    def _note(self, text: str) -> QLabel:
        note = QLabel()
        note.setWordWrap(True)
        note.setProperty("role", "small")
        self.texts(lambda: note.setText(_(text)))
        return note

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.grid(0.5))
        column.addStretch(1)
        heading = QLabel()
        heading.setProperty("role", "caption")
        self.texts(lambda: heading.setText(_("Recent documents")))
        column.addWidget(heading)
        rule = QFrame()
        rule.setProperty("role", "rule")
        column.addWidget(rule)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(theme.grid(0.25))
        column.addLayout(self._recent)
        column.addStretch(3)
        return column

    def _fill_recent(self) -> None:
        while (held := self._recent.takeAt(0)) is not None:
            held.widget().deleteLater()
        paths = self.settings.recent
        for path in paths:
            self._recent.addWidget(self._recent_button(path))
        if not paths:
            empty = QLabel(_("Documents that you open or save are listed here."))
            empty.setWordWrap(True)
            empty.setProperty("role", "muted")
            self._recent.addWidget(empty)

    def _recent_button(self, path: Path) -> QPushButton:
        button = QPushButton(path.stem)
        button.setProperty("role", "link")
        button.setIcon(icon("document", "accent"))
        button.setToolTip(str(path))
        button.setAccessibleDescription(str(path))
        button.clicked.connect(lambda: self.file_wanted.emit(path))
        return button
