"""The form of one entry: labels, keys and what is wrong, beside the field; nothing typed is lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from continuity import messages
from continuity.exercise import said
from continuity.model.kinds import ELEMENTS
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused
from continuity.words import _, current
from ui.forms.editors import say_faulty, sentence_of
from ui.panels.situation.held import Held
from ui.theme import theme

_WIDTH, _TOLD = 640, 170


class MomentLine(QLineEdit):
    """A date and hour as people write them; what is understood stands beside."""

    understood = Signal(str)

    def __init__(self, held: Held, *, ahead: bool = False, text: str = "") -> None:
        super().__init__(text)
        self.held, self.ahead = held, ahead
        self.setPlaceholderText(_("08:15, 23/2 08:15, +2 h"))
        self.textChanged.connect(self._tell)

    def value(self) -> dt.datetime | None:
        """Return the moment, None where nothing is written; raise :class:`Refused` where it is none."""
        text = self.text().strip()
        return self.held.situation.moment(text, ahead=self.ahead) if text else None

    def show_value(self, moment: dt.datetime | None) -> None:
        """Show a moment so that it is read back the same."""
        self.setText("" if moment is None else said.hour_typed(moment))

    def _tell(self) -> None:
        try:
            moment = self.value()
        except Refused as refused:
            self.understood.emit(sentence_of(refused))
            return
        words, now = current(), self.held.now
        told = ""
        if moment is not None:
            told = f"{said.hour(words, moment, now)}, {said.countdown(words, moment, now)}"
        say_faulty(self, False)
        self.understood.emit(told)


class ElementLine(QLineEdit):
    """Something of the model by search, or free words; which of them it is stands below."""

    understood = Signal(str)

    def __init__(self, held: Held, organisation: Organisation) -> None:
        super().__init__()
        self.held = held
        self.textChanged.connect(self._tell)
        self.known: dict[str, str] = {}
        for kind in ELEMENTS:
            for record in organisation.of_kind(kind):
                self.known[f"{getattr(record, 'name', '')} ({record.code})"] = record.id
        names = sorted(self.known, key=current().sort_key)
        completer = QCompleter(QStringListModel(names, self), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(8)
        self.setCompleter(completer)
        self.setPlaceholderText(_("Name, code or your own words"))

    def element(self) -> str:
        """Return the id of what is written, or an empty text for free words; a name of two is refused."""
        text = self.text().strip()
        if not text:
            return ""
        if text in self.known:
            return self.known[text]
        try:
            return str(self.held.situation.element(text))
        except Refused as refused:
            if refused.problems[0].code == "ambiguous-element":
                raise
            return ""

    def _tell(self) -> None:
        try:
            id_ = self.element()
        except Refused as refused:
            self.understood.emit(sentence_of(refused))
            return
        if id_:
            name = said.name_of(self.held.organisation, id_)
            self.understood.emit(_("In the model: {name}", name=name))
        else:
            free = _("Not in the model: kept in your words, not in the forecast.")
            self.understood.emit(free if self.text().strip() else "")

    def show_element(self, id_: str) -> None:
        """Show an element of the model."""
        self.setText(next((text for text, one in self.known.items() if one == id_), ""))


class EntryForm(QDialog):
    """Fields in two columns; Ctrl+Enter saves, Esc leaves. Subclasses fill ``build`` and ``save``."""

    def __init__(self, held: Held, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self.held = held
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fields: dict[str, QWidget] = {}
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(theme.grid(2))
        self.grid.setVerticalSpacing(theme.grid(0.75))
        self.grid.setColumnStretch(1, 1)
        self.problem = QLabel()
        self.problem.setProperty("role", "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(*4 * [theme.grid(1.5)])
        column.addLayout(self.grid)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self.build()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, theme.grid(1))
        outer.addWidget(area, 1)
        for part in (self.problem, self._buttons()):
            part.setContentsMargins(theme.grid(1.5), 0, theme.grid(1.5), 0)
            outer.addWidget(part)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.take)
        room = self.screen().availableGeometry()
        height = inside.sizeHint().height() + theme.px(110)
        self.resize(min(theme.px(_WIDTH), room.width() - 24), min(height, room.height() - 48))

    def build(self) -> None:
        """Add the fields."""
        raise NotImplementedError

    def save(self) -> None:
        """Note what the fields say; :class:`Refused` is shown and leaves the form open."""
        raise NotImplementedError

    def take(self) -> None:
        """Save and go; on refusal say why and stay."""
        try:
            self.save()
        except Refused as refused:
            self.problem.setText("\n".join(messages.full(p) for p in refused.problems))
            self.problem.show()
            return
        self.accept()

    # --- fields ----------------------------------------------------------------------------------

    def add(self, name: str, label: str, field: Any, help_: str = "") -> Any:
        """Add a field with its label; the label's mnemonic leads to it."""
        words = QLabel(label)
        words.setBuddy(field)
        words.setWordWrap(True)
        field.setAccessibleName(label.replace("&", ""))
        row = self.grid.rowCount()
        self.grid.addWidget(words, row, 0, Qt.AlignmentFlag.AlignTop)
        self.grid.addWidget(field, row, 1)
        tells = isinstance(field, MomentLine | ElementLine)
        if help_ or tells:
            told = QLabel(help_)
            told.setProperty("role", "small")
            told.setWordWrap(True)
            if isinstance(field, MomentLine):
                self.grid.addWidget(told, row, 2)
                told.setFixedWidth(theme.px(_TOLD))
            else:
                self.grid.addWidget(told, row + 1, 1)
            told.setVisible(bool(help_) or isinstance(field, MomentLine))
            if tells:
                shy = isinstance(field, ElementLine)
                field.understood.connect(
                    lambda text: (told.setText(text), told.setVisible(bool(text) or not shy))
                )
                field._tell()
        self.fields[name] = field
        return field

    def line(self, name: str, label: str, text: str = "", help_: str = "") -> QLineEdit:
        """Add a line of text."""
        made: QLineEdit = self.add(name, label, QLineEdit(text), help_)
        return made

    def text(self, name: str, label: str, lines: int = 3) -> QPlainTextEdit:
        """Add a text of several lines."""
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        field.setFixedHeight(field.fontMetrics().lineSpacing() * lines + theme.px(18))
        made: QPlainTextEdit = self.add(name, label, field)
        return made

    def choice(self, name: str, label: str, options: dict[str, str], value: str = "") -> QComboBox:
        """Add a choice among codes with their words."""
        field = QComboBox()
        for code, word in options.items():
            field.addItem(_(word), code)
        field.setCurrentIndex(max(0, field.findData(value)))
        made: QComboBox = self.add(name, label, field)
        return made

    def moment(self, name: str, label: str, *, ahead: bool = False, text: str = "") -> MomentLine:
        """Add a date and hour."""
        made: MomentLine = self.add(name, label, MomentLine(self.held, ahead=ahead, text=text))
        return made

    def value(self, name: str) -> Any:
        """Return what a field holds; a moment that is none is refused and marked."""
        field = self.fields[name]
        if isinstance(field, MomentLine):
            try:
                return field.value()
            except Refused:
                say_faulty(field, True)
                field.setFocus()
                raise
        if isinstance(field, QComboBox):
            return field.currentData()
        if isinstance(field, QPlainTextEdit):
            return field.toPlainText().strip()
        assert isinstance(field, QLineEdit)
        return field.text().strip()

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        save = buttons.addButton(_("Note it"), QDialogButtonBox.ButtonRole.AcceptRole)
        save.setProperty("role", "primary")
        save.setToolTip("Ctrl+Enter")
        save.setDefault(True)
        save.clicked.connect(self.take)
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        return buttons
