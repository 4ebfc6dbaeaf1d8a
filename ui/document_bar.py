"""The bar above the page: which document, whether it is saved, undo, redo, find, panels."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from continuity.words import _
from ui.commands import Commands
from ui.desk import Desk
from ui.elided import ElidedLabel
from ui.steps import step_text
from ui.theme import theme
from ui.theme.icons import icon


class DocumentBar(QFrame):
    """One line of the window that is always there."""

    def __init__(self, desk: Desk, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("document")
        self.desk, self.commands = desk, commands
        self.title, self._sign, self.state = ElidedLabel(), QLabel(), ElidedLabel()
        self.title.setProperty("role", "heading")
        self.state.setProperty("role", "muted")
        self.state.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._busy = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.grid(1.5), theme.grid(0.5), theme.grid(1), theme.grid(0.5))
        row.setSpacing(theme.grid(0.5))
        row.addWidget(self.title, 1)
        row.addWidget(self._sign)
        row.addWidget(self.state)
        row.addSpacing(theme.grid(2))
        for code in ("undo", "redo"):
            row.addWidget(self._button(code))
        row.addSpacing(theme.grid(1))
        self.find = self._button("find", with_text=True)
        row.addWidget(self.find)
        row.addSpacing(theme.grid(1))
        for code, sign in (("problems", "panel-bottom"), ("inspector", "panel-right")):
            self.commands[code].setIcon(icon(sign))
            row.addWidget(self._button(code))
        self.refresh()

    def set_busy(self, text: str) -> None:
        """Say what is under way; an empty text: nothing."""
        self._busy = text
        self.refresh()

    def refresh(self) -> None:
        """Bring title, state and step texts up to date."""
        session = self.desk.session
        self.title.setText((session.title or _("Untitled")) if session else "Uthållig")
        state, sign = self._state()
        self.state.setText(state)
        self._sign.setPixmap(icon(sign, "muted").pixmap(QSize(theme.px(16), theme.px(16))))
        self._sign.setVisible(bool(state))
        self._say_steps()
        self.find.setText(_("Find"))

    def _state(self) -> tuple[str, str]:
        session = self.desk.session
        if self._busy:
            return self._busy, "clock"
        if session is None:
            return "", "document"
        if session.read_only:
            return _("Read only"), "document"
        if session.path is None:
            return _("In memory, not in a file yet"), "document"
        if not session.saved:
            return _("Saving …"), "clock"
        saved = _("Saved in {name}", name=session.path.name)
        if (signed := session.signed) is None:
            return saved, "check"
        version, signoff, is_same = signed
        if is_same:
            told = _("“{version}” signed off by {role}", version=version.name, role=signoff.role)
        else:
            told = _("changed since “{version}” was signed off", version=version.name)
        return f"{saved}  ·  {told}", "signature" if is_same else "check"

    def _say_steps(self) -> None:
        session = self.desk.session
        for code, word, step in (
            ("undo", _("&Undo"), session.undo_step if session else None),
            ("redo", _("&Redo"), session.redo_step if session else None),
        ):
            action = self.commands[code]
            action.setEnabled(step is not None)
            action.setText(f"{word}: {step_text(step)}" if step else word)
            key = action.shortcut().toString()
            action.setToolTip(f"{action.text().replace('&', '')} ({key})")

    def _button(self, code: str, *, with_text: bool = False) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "quiet")
        if not with_text:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setDefaultAction(self.commands[code])
        else:
            action = self.commands[code]
            button.setIcon(action.icon())
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.clicked.connect(action.trigger)
        button.setIconSize(QSize(theme.px(18), theme.px(18)))
        return button
