"""One row of a form: label, editor, help and what is wrong. Accessible by construction."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from continuity.model.fields import FieldType, Spec
from continuity.model.organisation import Organisation
from continuity.words import _
from ui.forms.dates import DateLine
from ui.forms.editors import ChoiceBox, FlagBox, LongText, TypedLine
from ui.forms.nested import ValueEditor, ValuesEditor
from ui.forms.references import ListEditor, RefButton
from ui.theme import theme

#: Fields whose editor stands beside the label; the others stand below it.
_BESIDE = {
    FieldType.MINUTES,
    FieldType.PERMILLE,
    FieldType.COUNT,
    FieldType.MILLI,
    FieldType.NUMBER,
    FieldType.CLOCK,
    FieldType.DATE,
}
_EDITOR_WIDTH = 112


def editor_for(spec: Spec, organisation: Organisation) -> Any:
    """Return the editor of a field of this type."""
    match spec.type:
        case FieldType.LONG_TEXT:
            return LongText(spec)
        case FieldType.FLAG:
            return FlagBox(spec)
        case FieldType.CHOICE:
            return ChoiceBox(spec)
        case FieldType.DATE:
            return DateLine(spec, organisation)
        case FieldType.REF:
            return RefButton(spec, organisation)
        case FieldType.REFS | FieldType.CHOICES:
            return ListEditor(spec, organisation)
        case FieldType.VALUE:
            return ValueEditor(spec, organisation)
        case FieldType.VALUES:
            return ValuesEditor(spec, organisation)
        case FieldType.PLAIN:
            return PlainShown(spec, organisation)
        case _:
            return TypedLine(spec, organisation)


class PlainShown(QLabel):
    """A plain object: shown, and changed elsewhere."""

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, spec: Spec, organisation: Organisation) -> None:
        super().__init__()
        self.spec, self.organisation = spec, organisation
        self.setWordWrap(True)

    def show_value(self, value: Any) -> None:
        """Show ``value`` as a list of names and values."""
        self.setText("\n".join(f"{name}: {one}" for name, one in (value or {}).items()))


class FieldRow(QWidget):
    """Label and editor of one field. ``edited(name, value)`` when a good value has been given."""

    edited = Signal(str, object)
    go_to = Signal(str)

    def __init__(self, name: str, spec: Spec, organisation: Organisation) -> None:
        super().__init__()
        self.name, self.spec = name, spec
        self.editor = editor_for(spec, organisation)
        self.editor.edited.connect(lambda value: self.edited.emit(self.name, value))
        self.editor.refused.connect(self.say_problem)
        if hasattr(self.editor, "go_to"):
            self.editor.go_to.connect(self.go_to)
        self.label, self.help, self.problem = QLabel(), QLabel(), QLabel()
        self._lay_out()
        self._name_everything()

    def show_value(self, value: Any) -> None:
        """Show ``value`` in the editor."""
        self.editor.show_value(value)

    def say_problem(self, sentence: str) -> None:
        """Show what is wrong under the field; an empty text: nothing."""
        if sentence or self.problem.text():
            self.problem.setText(sentence)
            self.problem.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.25))
        self.label.setWordWrap(True)
        if self.spec.type is FieldType.FLAG:
            column.addWidget(self.editor)
        elif self.spec.type in _BESIDE:
            self.editor.setFixedWidth(theme.px(_EDITOR_WIDTH))
            line = QHBoxLayout()
            line.setSpacing(theme.grid(1))
            self.label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
            line.addWidget(self.label, 1)
            line.addWidget(self.editor, 0, Qt.AlignmentFlag.AlignTop)
            column.addLayout(line)
        else:
            column.addWidget(self.label)
            column.addWidget(self.editor)
        for extra, role in ((self.help, "small"), (self.problem, "problem")):
            extra.setProperty("role", role)
            extra.setWordWrap(True)
            extra.hide()
            column.addWidget(extra)

    def _name_everything(self) -> None:
        label, help_ = _(self.spec.label), _(self.spec.help) if self.spec.help else ""
        must = self.spec.required and self.spec.type in (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.DATE)
        self.label.setText(f"{label} *" if must else label)
        self.label.setBuddy(self.editor)
        self.editor.setAccessibleName(label)
        self.editor.setAccessibleDescription(help_)
        proxy = self.editor.focusProxy()
        if proxy is not None:
            proxy.setAccessibleName(label)
            proxy.setAccessibleDescription(help_)
        if help_:
            self.help.setText(help_)
            self.help.show()
