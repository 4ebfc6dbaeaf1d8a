"""Simple editors of one field. Each has ``edited(value)``, ``refused(sentence)`` and ``show_value``."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from continuity import messages
from continuity.model.fields import FieldType, Spec
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused
from continuity.words import _
from ui.shown import FIGURES, shown, typed
from ui.theme import theme

_TYPING = 700  # milliseconds after the last key until a long text is taken over


def say_faulty(widget: QWidget, faulty: bool) -> None:
    """Give ``widget`` the look of a field with something to mend, or take it away."""
    if widget.property("faulty") != faulty:
        widget.setProperty("faulty", faulty)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def sentence_of(refused: Refused) -> str:
    """Return what is wrong and how to mend it, without the place."""
    problem = refused.problems[0]
    return " ".join(part for part in (messages.sentence(problem), messages.mend(problem)) if part)


def leaves_undo(event: QEvent, can_undo: bool, can_redo: bool) -> bool:
    """Tell whether a field has nothing of its own to undo, and leaves Ctrl+Z to the document."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
        return False
    undo = event.matches(QKeySequence.StandardKey.Undo) and not can_undo
    redo = event.matches(QKeySequence.StandardKey.Redo) and not can_redo
    if undo or redo:
        event.ignore()
    return undo or redo


class TypedLine(QLineEdit):
    """Any value that is written in one line: text, figures with units, clock times, words."""

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, spec: Spec, organisation: Organisation | None = None) -> None:
        super().__init__()
        self.spec, self.organisation = spec, organisation
        self._shown = ""
        if spec.type in FIGURES:
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setPlaceholderText(_placeholder(spec))
        self.editingFinished.connect(self.take)
        self.textEdited.connect(self._mend)

    def show_value(self, value: Any) -> None:
        """Show ``value``; what is being typed is left alone."""
        self._shown = shown(self.spec, value, self.organisation)
        if not (self.hasFocus() and self.isModified()):
            self.setText(self._shown)
            self.setCursorPosition(0)
            self._mend()

    def take(self) -> None:
        """Take over what is typed, or say why not."""
        if self.text() == self._shown:
            return
        try:
            value = typed(self.spec, self.text(), self.organisation)
        except Refused as refused:
            say_faulty(self, True)
            self.refused.emit(sentence_of(refused))
            return
        self._mend()
        self.setModified(False)
        self._shown = shown(self.spec, value, self.organisation)
        self.setText(self._shown)
        self.edited.emit(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
            self.setText(self._shown)
            self._mend()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if leaves_undo(event, self.isUndoAvailable(), self.isRedoAvailable()):
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setPlaceholderText(_placeholder(self.spec))

    def _mend(self, _text: str = "") -> None:
        say_faulty(self, False)
        self.refused.emit("")


def _placeholder(spec: Spec) -> str:
    match spec.type:
        case FieldType.MINUTES:
            return _("e.g. 4 h")
        case FieldType.PERMILLE:
            return "%"
        case FieldType.SEK:
            return "kr"
        case FieldType.DATE:
            return _("yyyy-mm-dd")
        case FieldType.CLOCK:
            return "08:00"
        case FieldType.TAGS:
            return _("words, with commas between")
        case _:
            return ""


class LongText(QPlainTextEdit):
    """Text of several lines, as high as what stands in it."""

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, spec: Spec) -> None:
        super().__init__()
        self.spec = spec
        self._held = ""
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pause = QTimer(self, singleShot=True, interval=_TYPING)
        self._pause.timeout.connect(self.take)
        self.textChanged.connect(self._on_text)

    def show_value(self, value: Any) -> None:
        """Show ``value``; what is being typed is left alone."""
        if value != self._held or not self.hasFocus():
            self._held = value or ""
            if self.toPlainText().rstrip() != self._held:
                self.setPlainText(self._held)
            self._pause.stop()
        self._fit()

    def take(self) -> None:
        """Take over what is written."""
        self._pause.stop()
        try:
            value = typed(self.spec, self.toPlainText())
        except Refused as refused:
            say_faulty(self, True)
            self.refused.emit(sentence_of(refused))
            return
        say_faulty(self, False)
        self.refused.emit("")
        if value != self._held:
            self._held = value
            self.edited.emit(value)

    def event(self, event: QEvent) -> bool:
        document = self.document()
        if leaves_undo(event, document.isUndoAvailable(), document.isRedoAvailable()):
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.take()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(160), self.height())

    def _on_text(self) -> None:
        self._fit()
        if self.hasFocus():
            self._pause.start()

    def _fit(self) -> None:
        lines = int(self.document().size().height())
        height = self.fontMetrics().lineSpacing() * min(10, max(2, lines)) + theme.px(18)
        if height != self.height():
            self.setFixedHeight(height)


class FlagBox(QWidget):
    """Yes or no; the label of the field stands beside the box and wraps."""

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, spec: Spec) -> None:
        super().__init__()
        self.box = QCheckBox()
        self.words = QLabel(_(spec.label))
        self.words.setWordWrap(True)
        self.words.installEventFilter(self)
        self.box.clicked.connect(lambda on: self.edited.emit(bool(on)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.grid(1))
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        self.setFocusProxy(self.box)

    def show_value(self, value: Any) -> None:
        """Show ``value``."""
        self.box.setChecked(bool(value))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease and self.isEnabled():
            self.box.click()
            return True
        return False


class ChoiceBox(QComboBox):
    """One of a fixed set. The wheel scrolls the page and never the choice."""

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, spec: Spec) -> None:
        super().__init__()
        if spec.optional:
            self.addItem("–", None)
        for code, label in spec.choices:
            self.addItem(_(label), code)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.activated.connect(lambda place: self.edited.emit(self.itemData(place)))

    def show_value(self, value: Any) -> None:
        """Show ``value``."""
        self.setCurrentIndex(self.findData(value))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self.currentText())
        return super().event(event)
