"""Editors of fields that name other records or several of a set."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from continuity.model.fields import FieldType, Spec
from continuity.model.organisation import Organisation
from continuity.words import _
from ui.elided import ElidedButton
from ui.picker import Item, icon_of, items_of, pick
from ui.shown import name_of
from ui.theme import theme
from ui.theme.icons import icon

_NONE = ""
_KEY = Qt.ItemDataRole.UserRole
_MOST_ROWS = 6


def candidates(spec: Spec, organisation: Organisation, *, but: tuple[str, ...] = ()) -> list[Item]:
    """Return what a field may name, without the keys in ``but``."""
    if spec.type in (FieldType.CHOICES, FieldType.CHOICE):
        return [Item(code, _(label)) for code, label in spec.choices if code not in but]
    records = [r for kind in spec.kinds for r in organisation.of_kind(kind) if r.id not in but]
    return items_of(records)


class RefButton(QWidget):
    """One record: a button that opens the search list, and one that goes to the record."""

    edited = Signal(object)
    refused = Signal(str)
    go_to = Signal(str)

    def __init__(self, spec: Spec, organisation: Organisation) -> None:
        super().__init__()
        self.spec, self.organisation = spec, organisation
        self._held: str | None = None
        self.button = ElidedButton()
        self.button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.button.setProperty("role", "field")
        self.button.clicked.connect(self.open)
        self.leave = QToolButton()
        self.leave.setProperty("role", "quiet")
        self.leave.setIcon(icon("link", "muted"))
        self.leave.setToolTip(_("Go to the record"))
        self.leave.setAccessibleName(_("Go to the record"))
        self.leave.clicked.connect(lambda: self.go_to.emit(self._held or ""))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.grid(0.25))
        row.addWidget(self.button, 1)
        row.addWidget(self.leave)
        self.setFocusProxy(self.button)

    def show_value(self, value: Any) -> None:
        """Show the record with the id ``value``."""
        self._held = value or None
        record = self.organisation.get(self._held)
        self.button.setIcon(icon(icon_of(record), "muted") if record else QIcon())
        self.button.say(name_of(record) if record else _("Choose …"))
        self.button.setProperty("blank", record is None)
        self.button.style().polish(self.button)
        self.button.setToolTip(f"{name_of(record)} ({record.code})" if record else "")
        self.leave.setVisible(record is not None)

    def open(self) -> None:
        """Open the search list."""
        items = candidates(self.spec, self.organisation)
        if not self.spec.required:
            items.insert(0, Item(_NONE, _("None"), "", "close"))
        pick(items, self.button, lambda key: self.edited.emit(key or None))


class _Rows(QListWidget):
    moved = Signal(int)
    removed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


class ListEditor(QWidget):
    """Several records or choices in order: add by search, Delete takes away, Alt+arrow moves."""

    edited = Signal(object)
    refused = Signal(str)
    go_to = Signal(str)

    def __init__(self, spec: Spec, organisation: Organisation) -> None:
        super().__init__()
        self.spec, self.organisation = spec, organisation
        self._held: tuple[str, ...] = ()
        self.rows = _Rows()
        self.rows.setProperty("role", "boxed")
        self.rows.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.rows.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setToolTip(_("Delete takes away, Alt+Up and Alt+Down move"))
        self.rows.removed.connect(self._remove)
        self.rows.moved.connect(self._move)
        self.rows.itemActivated.connect(self._leave)
        self.add = QPushButton(_("Add"))
        self.add.setProperty("role", "link")
        self.add.setIcon(icon("add", "accent"))
        self.add.clicked.connect(self.open)
        self.take_away = QPushButton(_("Take away"))
        self.take_away.setProperty("role", "link")
        self.take_away.clicked.connect(self._remove)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addWidget(self.take_away)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.rows)
        column.addLayout(buttons)
        self.setFocusProxy(self.add)
        self.rows.currentRowChanged.connect(lambda row: self.take_away.setEnabled(row >= 0))
        self.show_value(())

    def show_value(self, value: Any) -> None:
        """Show the ids or codes of ``value``."""
        chosen = self.rows.currentRow()
        self._held = tuple(value or ())
        self.rows.clear()
        for key in self._held:
            self.rows.addItem(self._row(key))
        self.rows.setVisible(bool(self._held))
        self.take_away.setVisible(bool(self._held))
        self.take_away.setEnabled(False)
        height = theme.px(26) * min(_MOST_ROWS, len(self._held)) + theme.px(4)
        self.rows.setFixedHeight(height)
        self.rows.setCurrentRow(min(chosen, len(self._held) - 1))

    def open(self) -> None:
        """Open the search list of what can be added."""
        items = candidates(self.spec, self.organisation, but=self._held)
        pick(items, self.add, lambda key: self.edited.emit((*self._held, key)))

    def _row(self, key: str) -> QListWidgetItem:
        if self.spec.type is FieldType.CHOICES:
            item = QListWidgetItem(_(self.spec.choice_label(key)))
        else:
            record = self.organisation.get(key)
            item = QListWidgetItem(name_of(record))
            if record:
                item.setIcon(icon(icon_of(record), "muted"))
                item.setToolTip(f"{name_of(record)} ({record.code})")
        item.setData(_KEY, key)
        return item

    def _remove(self) -> None:
        row = self.rows.currentRow()
        if row >= 0:
            self.edited.emit(self._held[:row] + self._held[row + 1 :])

    def _move(self, step: int) -> None:
        row = self.rows.currentRow()
        if 0 <= row + step < len(self._held):
            order = list(self._held)
            order[row], order[row + step] = order[row + step], order[row]
            self.rows.setCurrentRow(row + step)
            self.edited.emit(tuple(order))

    def _leave(self, item: QListWidgetItem) -> None:
        if self.spec.type is FieldType.REFS:
            self.go_to.emit(item.data(_KEY))
