"""Conditions on columns: asked for under the column, shown as chips that are taken away with a click."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from continuity.model.fields import FieldType, Spec
from continuity.model.problems import Refused
from continuity.words import _
from ui.forms.editors import sentence_of
from ui.grid.arrange import ALONE, HOWS, Condition, hows_of
from ui.grid.sheet import SheetModel
from ui.runs.flow import FlowLayout
from ui.shown import shown
from ui.theme import theme
from ui.theme.icons import icon

_MOST_PROPOSED = 500


class Asking(QFrame):
    """A small window under a column: how, and which text. It goes when something else is clicked."""

    def __init__(
        self, model: SheetModel, name: str, parent: QWidget, sort: Callable[[bool], object], text: str = ""
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self.model, self.name, self.spec = model, name, model.columns[name]
        self.how, self.field, self.problem = QComboBox(), QLineEdit(), QLabel()
        self._fill(text)
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.grid(1.5)])
        column.setSpacing(theme.grid(1))
        heading = QLabel(_(self.spec.label))
        heading.setProperty("role", "heading")
        column.addWidget(heading)
        column.addLayout(self._sorting(sort))
        for part in (self.how, self.field, self.problem):
            column.addWidget(part)
        column.addLayout(self._buttons())
        self.setMinimumWidth(theme.px(280))

    def open_at(self, place: QPoint) -> None:
        """Open with the upper left corner at ``place`` (global), kept on the screen."""
        self.adjustSize()
        area = self.screen().availableGeometry()
        x = min(max(area.left(), place.x()), area.right() - self.width())
        y = min(max(area.top(), place.y()), area.bottom() - self.height())
        self.move(x, y)
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self.field.selectAll()

    def take(self) -> None:
        """Narrow the table, or say why that cannot be."""
        how = self.how.currentData()
        text = self.field.text().strip()
        if not text and how not in ALONE:
            self.drop()
            return
        try:
            self.model.condition(self.name, Condition(how, "" if how in ALONE else text))
        except Refused as refused:
            self.problem.setText(sentence_of(refused))
            self.problem.show()
            return
        self.close()

    def drop(self) -> None:
        """Narrow by this column no more."""
        self.model.condition(self.name, None)
        self.close()

    def _fill(self, text: str) -> None:
        held = self.model.arrangement.conditions.get(self.name)
        for how in hows_of(self.spec):
            self.how.addItem(_(HOWS[how]), how)
        if held is not None:
            self.how.setCurrentIndex(self.how.findData(held.how))
        self.how.setAccessibleName(_("Condition"))
        self.how.currentIndexChanged.connect(lambda _n: self._fit())
        self.field.setText(held.text if held is not None else text)
        self.field.setAccessibleName(_(self.spec.label))
        self.field.returnPressed.connect(self.take)
        completer = QCompleter(self._proposed(), self.field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.field.setCompleter(completer)
        self.problem.setProperty("role", "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._fit()

    def _fit(self) -> None:
        self.field.setVisible(self.how.currentData() not in ALONE)

    def _proposed(self) -> list[str]:
        """Return the words that occur in the column."""
        if self.spec.type is FieldType.CHOICE:
            return [_(label) for _code, label in self.spec.choices]
        if self.spec.type is FieldType.FLAG:
            return [_("Yes"), _("No")]
        found: dict[str, None] = {}
        for record in self.model.rows:
            found[shown(self.spec, getattr(record, self.name), self.model.organisation)] = None
            if len(found) > _MOST_PROPOSED:
                break
        return [text for text in found if text]

    def _sorting(self, sort: Callable[[bool], object]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.grid(0.5))
        for text, descending, sign in ((_("Sort upwards"), False, "up"), (_("Sort downwards"), True, "down")):
            button = QPushButton(text)
            button.setIcon(icon(sign))
            button.clicked.connect(lambda _on=False, way=descending: (self.close(), sort(way)))
            row.addWidget(button)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.grid(0.5))
        take, drop = QPushButton(_("Filter")), QPushButton(_("No filter"))
        take.setProperty("role", "primary")
        take.clicked.connect(self.take)
        drop.clicked.connect(self.drop)
        row.addStretch(1)
        row.addWidget(drop)
        row.addWidget(take)
        return row


class Chips(QWidget):
    """One chip for each condition and further sort key in force."""

    asked = Signal(str)  # the column whose condition is to be changed

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = FlowLayout(self, theme.grid(0.5))
        self.setContentsMargins(theme.grid(1), theme.grid(0.5), theme.grid(1), theme.grid(0.5))

    def show_of(self, model: SheetModel) -> None:
        """Show what narrows and sorts ``model``."""
        while item := self._row.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for name, condition in model.arrangement.conditions.items():
            self._add(self._said(model.columns[name], condition), model, name)
        keys = model.arrangement.order
        if len(keys) > 1:
            names = [f"{_(model.columns[n].label)} {'▼' if down else '▲'}" for n, down in keys]
            label = QLabel(_("Sorted by {columns}", columns=", ".join(names)))
            label.setProperty("role", "muted")
            self._row.addWidget(label)
        self.setVisible(self._row.count() > 0)

    def _add(self, text: str, model: SheetModel, name: str) -> None:
        chip, drop = QPushButton(text), QPushButton()
        chip.setProperty("role", "link")
        chip.setIcon(icon("filter", "accent"))
        chip.clicked.connect(lambda _on=False: self.asked.emit(name))
        drop.setProperty("role", "link")
        drop.setIcon(icon("close", "muted"))
        drop.setAccessibleName(_("Take away the filter {text}", text=text))
        drop.setToolTip(drop.accessibleName())
        drop.clicked.connect(lambda _on=False: model.condition(name, None))
        self._row.addWidget(chip)
        self._row.addWidget(drop)

    @staticmethod
    def _said(spec: Spec, condition: Condition) -> str:
        how = _(HOWS[condition.how])
        if condition.how in ALONE:
            return _("{column} {how}", column=_(spec.label), how=how)
        return _("{column} {how} “{text}”", column=_(spec.label), how=how, text=condition.text)
