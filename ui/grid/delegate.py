"""Editing in place: a line for what is typed, a list for choices, a search list for records."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from continuity.model.fields import FieldType, Spec
from continuity.model.problems import Refused
from continuity.words import _
from ui.forms.editors import say_faulty, sentence_of
from ui.grid.model import SPEC_ROLE, VALUE_ROLE
from ui.picker import Item, pick
from ui.shown import FIGURES, typed
from ui.theme import theme

_Index = QModelIndex | QPersistentModelIndex
_IN_PLACE = FIGURES | {FieldType.TEXT, FieldType.DATE, FieldType.TAGS}


class CellDelegate(QStyledItemDelegate):
    """The right editor for each cell. What cannot be read keeps the editor open and says why."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget | None:
        spec: Spec = index.data(SPEC_ROLE)
        if spec.type is FieldType.CHOICE:
            return self._choice(parent, spec)
        if spec.type in _IN_PLACE:
            line = QLineEdit(parent)
            if spec.type in FIGURES:
                line.setAlignment(Qt.AlignmentFlag.AlignRight)
            line.setAccessibleName(_(spec.label))
            return line
        open_cell(self._view(parent), index)
        return None

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(VALUE_ROLE)))
        elif isinstance(editor, QLineEdit):
            editor.setText(index.data(Qt.ItemDataRole.EditRole) or "")

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData(), VALUE_ROLE)
        elif isinstance(editor, QLineEdit) and editor.text() != (index.data(Qt.ItemDataRole.EditRole) or ""):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        rect = option.rect
        width = max(rect.width(), theme.px(140) if isinstance(editor, QComboBox) else rect.width())
        editor.setGeometry(rect.x(), rect.y(), width, rect.height())

    #: A text that is to stand in every selected cell of the column.
    all_asked = Signal(str)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QLineEdit) and _is_ctrl_enter(event):
            if self._readable(watched):
                self.all_asked.emit(watched.text())
                self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.NoHint)
            return True
        if (
            isinstance(watched, QLineEdit)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
            and not self._readable(watched)
        ):
            return True
        return super().eventFilter(watched, event)

    def _readable(self, line: QLineEdit) -> bool:
        view = self._view(line.parentWidget())
        spec = view.currentIndex().data(SPEC_ROLE)
        organisation = getattr(view, "organisation", None)
        try:
            typed(spec, line.text(), organisation() if organisation else None)
        except Refused as refused:
            say_faulty(line, True)
            sentence = sentence_of(refused)
            line.setAccessibleDescription(sentence)
            QToolTip.showText(line.mapToGlobal(line.rect().bottomLeft()), sentence, line)
            return False
        return True

    def _choice(self, parent: QWidget, spec: Spec) -> QComboBox:
        box = QComboBox(parent)
        if spec.optional:
            box.addItem("–", None)
        for code, label in spec.choices:
            box.addItem(_(label), code)
        box.setAccessibleName(_(spec.label))
        box.activated.connect(lambda _place: (self.commitData.emit(box), self.closeEditor.emit(box)))
        return box

    @staticmethod
    def _view(inside: QWidget) -> QAbstractItemView:
        widget: QWidget | None = inside
        while widget is not None and not isinstance(widget, QAbstractItemView):
            widget = widget.parentWidget()
        assert widget is not None
        return widget


def _is_ctrl_enter(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent)
        and event.type() == QEvent.Type.KeyPress
        and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    )


def open_cell(view: QAbstractItemView, index: _Index) -> None:
    """Open the editor of a cell that needs more room than the cell has."""
    from ui.forms.references import candidates

    spec: Spec = index.data(SPEC_ROLE)
    organisation = view.organisation()  # type: ignore[attr-defined]
    kept = QPersistentModelIndex(index)

    def take(value: Any) -> None:
        if kept.isValid():
            kept.model().setData(kept, value, VALUE_ROLE)

    if spec.type is FieldType.REF:
        items = candidates(spec, organisation)
        if not spec.required:
            items.insert(0, Item("", _("None"), "", "close"))
        picker = pick(items, view, lambda key: take(key or None))
        rect = view.visualRect(QModelIndex(index))
        picker.open_at(view.viewport().mapToGlobal(rect.bottomLeft()), rect.width())
    elif spec.type is not FieldType.PLAIN:
        CellDialog(view, spec, index.data(VALUE_ROLE), take).open()


class CellDialog(QDialog):
    """The form row of one field in a small window of its own."""

    def __init__(self, view: QAbstractItemView, spec: Spec, value: Any, take: Any) -> None:
        from ui.forms.row import FieldRow

        super().__init__(QApplication.activeWindow() or view.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_(spec.label))
        self.value, self._take = value, take
        self.row = FieldRow("value", spec, view.organisation())  # type: ignore[attr-defined]
        self.row.edited.connect(self._on_edited)
        self.row.show_value(value)
        buttons = QDialogButtonBox()
        done = buttons.addButton(_("Done"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        done.setProperty("role", "primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.grid(2)])
        column.setSpacing(theme.grid(2))
        column.addWidget(self.row)
        column.addStretch(1)
        column.addWidget(buttons)
        self.resize(theme.px(480), self.sizeHint().height())

    def accept(self) -> None:
        if hasattr(self.row.editor, "take"):
            self.row.editor.take()
        self._take(self.value)
        super().accept()

    def _on_edited(self, _name: str, value: Any) -> None:
        self.value = value
        self.row.show_value(value)
