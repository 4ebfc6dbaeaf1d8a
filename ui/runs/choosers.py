"""Buttons with which a run is asked for: which scenario, which measures, from which day, how many times."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from continuity.model.fields import FieldType, Spec
from continuity.model.kinds import Measure, Scenario
from continuity.model.kinds.actions import FAMILIES
from continuity.model.kinds.scenarios import STRAIN
from continuity.model.organisation import Organisation
from continuity.simulation.request import MOST_FOR_PRECISION
from continuity.words import N_, _, current, ngettext
from ui.desk import Desk
from ui.forms.dates import DateLine
from ui.picker import Item, Picker
from ui.theme import theme
from ui.theme.icons import icon

_KEY = Qt.ItemDataRole.UserRole
_LIST_WIDTH = 460  # pixels of the drawing
REPLICATIONS = (100, 300, 1000, 3000, 10000)
PRECISIONS = (0.02, 0.01, 0.005)
_DATE = Spec(type=FieldType.DATE, label=N_("Start"), optional=True)


def scenario_items(organisation: Organisation) -> list[Item]:
    """Return the scenarios to choose among, by strain level and code."""
    levels = list(STRAIN)
    found = sorted(organisation.all(Scenario), key=lambda s: levels.index(s.strain))
    return [Item(s.id, f"{s.code} {s.name}", _(STRAIN[s.strain]), "scenario") for s in found]


def can_be_on(measure: Measure) -> bool:
    """Tell whether a measure changes anything that is not in place already."""
    return bool(measure.changes) and measure.status != "existing"


def measure_items(organisation: Organisation) -> list[Item]:
    """Return the measures that can be switched on, decided ones first; ideas say that they are."""
    found = [m for m in organisation.all(Measure) if can_be_on(m)]
    found.sort(key=lambda m: (m.status != "decided", current().sort_key(m.name)))
    return [
        Item(
            m.id, m.name if m.status == "decided" else _("{name} (idea)", name=m.name), _(FAMILIES[m.family])
        )
        for m in found
    ]


class PickButton(QPushButton):
    """A button that says what is chosen and opens the list of what could be."""

    picked = Signal(str)

    def __init__(self, items: Callable[[], Iterable[Item]], name: str) -> None:
        super().__init__()
        self._items, self._name = items, name
        self.key = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setStyleSheet("text-align: left;")
        self.clicked.connect(self.open)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(260), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), super().minimumSizeHint().height())

    def show_key(self, key: str, text: str, sign: str = "") -> None:
        """Show what is chosen."""
        self.key = key
        self.setText(text)
        self.setToolTip(text)
        self.setAccessibleName(f"{_(self._name)}: {text}")
        self.setIcon(icon(sign or "down", "muted"))

    def open(self) -> None:
        """Open the list, wide enough for names."""
        picker = Picker(self._items(), self, prompt=_(self._name))
        picker.chosen.connect(self.picked)
        place = self.mapToGlobal(self.rect().bottomLeft())
        picker.open_at(place, max(self.width(), theme.px(_LIST_WIDTH)))


class DateButton(DateLine):
    """A date that can be typed or chosen; ``edited`` when it is another."""

    def __init__(self) -> None:
        super().__init__(_DATE)
        self.setFixedWidth(theme.px(132))

    def fit(self) -> None:
        """The width for the zoom in force."""
        self.setFixedWidth(theme.px(132))

    def say(self) -> None:
        """Say its words in the language spoken now."""
        self.setPlaceholderText(_("yyyy-mm-dd"))
        self.setAccessibleName(_("From what day"))
        for action in self.actions():
            action.setText(_("Choose in a calendar"))
            action.setToolTip(_("Choose in a calendar"))

    @property
    def date(self) -> dt.date | None:
        """The date that is shown, where it is one."""
        try:
            return dt.date.fromisoformat(self.text().strip())
        except ValueError:
            return None


class CheckList(QFrame):
    """A small list that opens under a button; Space or a click ticks, Esc leaves."""

    ticked = Signal(tuple)

    def __init__(self, parent: QWidget, rows: Iterable[Item], on: Iterable[str]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Measures"))
        chosen = set(on)
        for row in rows:
            item = QListWidgetItem(row.text)
            item.setData(_KEY, row.key)
            item.setToolTip(f"{row.text}\n{row.detail}")
            item.setSizeHint(QSize(0, theme.px(26)))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if row.key in chosen else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.itemChanged.connect(lambda _item: self.ticked.emit(self.chosen()))
        self.list.itemClicked.connect(self._on_clicked)
        self._before = {self.list.item(i).data(_KEY): self._is_on(i) for i in range(self.list.count())}
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.grid(0.5)])
        column.addWidget(self.list)
        hint = QLabel(_("What is ticked is compared with no measures, on the same draws."))
        hint.setWordWrap(True)
        hint.setProperty("role", "small")
        hint.setContentsMargins(*4 * [theme.grid(0.5)])
        column.addWidget(hint)

    def chosen(self) -> tuple[str, ...]:
        """Return the keys that are ticked."""
        return tuple(self.list.item(i).data(_KEY) for i in range(self.list.count()) if self._is_on(i))

    def open_under(self, widget: QWidget) -> None:
        """Open below ``widget``, as high as its rows ask for, within the screen."""
        rows = self.list.sizeHintForRow(0) * max(1, self.list.count()) + theme.px(64)
        self.resize(max(widget.width(), theme.px(380)), min(rows, theme.px(420)))
        area = widget.screen().availableGeometry()
        place = widget.mapToGlobal(QPoint(0, widget.height()))
        x = min(max(area.left(), place.x()), area.right() - self.width())
        y = min(max(area.top(), place.y()), area.bottom() - self.height())
        self.move(x, y)
        self.show()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)
        self.list.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)

    def _is_on(self, row: int) -> bool:
        return self.list.item(row).checkState() == Qt.CheckState.Checked

    def _on_clicked(self, item: QListWidgetItem) -> None:
        # A click on the text ticks too; one on the box has done so already.
        key, on = item.data(_KEY), item.checkState() == Qt.CheckState.Checked
        if self._before[key] == on:
            item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
        self._before[key] = item.checkState() == Qt.CheckState.Checked


class MeasuresButton(QPushButton):
    """Which measures are on; opens a list to tick."""

    ticked = Signal(tuple)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.chosen: tuple[str, ...] = ()
        self.setIcon(icon("measure", "muted"))
        self.clicked.connect(self.open)

    def show_chosen(self, chosen: tuple[str, ...]) -> None:
        """Show that ``chosen`` are on (those that still exist)."""
        session = self.desk.session
        measures = session.organisation.all(Measure) if session else ()
        known = {m.id for m in measures if can_be_on(m)}
        self.chosen = tuple(id_ for id_ in chosen if id_ in known)
        count = len(self.chosen)
        self.setText(ngettext("{n} measure", "{n} measures", count) if count else _("No measures"))
        self.setEnabled(bool(known))
        self.setToolTip(_("Which measures are on") if known else _("The document has no measures yet"))

    def open(self) -> None:
        """Open the list."""
        session = self.desk.session
        if session is None:
            return
        popup = CheckList(self, measure_items(session.organisation), self.chosen)
        popup.ticked.connect(self._on_ticked)
        popup.open_under(self)

    def _on_ticked(self, chosen: tuple[str, ...]) -> None:
        self.show_chosen(chosen)
        self.ticked.emit(self.chosen)


class ReplicationsBox(QComboBox):
    """How many times the scenario is drawn, or how sure the run is to be when it stops by itself."""

    def __init__(self, replications: int = 1000) -> None:
        super().__init__()
        for choice in (*REPLICATIONS, *PRECISIONS):
            self.addItem("", choice)
        self.insertSeparator(len(REPLICATIONS))
        self.setCurrentIndex(self.findData(replications))
        self.say()

    @property
    def replications(self) -> int:
        """The number chosen; with a precision the most that may be drawn."""
        return MOST_FOR_PRECISION if self.precision else int(self.currentData())

    @property
    def precision(self) -> float | None:
        """How closely every share is to be known, where that is what was chosen."""
        chosen = self.currentData()
        return chosen if chosen in PRECISIONS else None

    def say(self) -> None:
        """Say the choices in the language spoken now."""
        words = current()
        for number in REPLICATIONS:
            self.setItemText(self.findData(number), _("{n} times", n=words.number(number)))
        for precision in PRECISIONS:
            points = words.number(100 * precision, 0 if precision >= 0.01 else 1)
            self.setItemText(self.findData(precision), _("until ± {points} points", points=points))
        self.setAccessibleName(_("Replications"))
        self.setToolTip(
            _(
                "How many times chance is drawn: more gives narrower intervals and takes longer. "
                "Or until every share is known to ± so many percentage points."
            )
        )

    def show_number(self, replications: int) -> None:
        """Show ``replications`` or the nearest choice; a precision stays chosen."""
        if self.precision is not None:
            return
        nearest = min(REPLICATIONS, key=lambda n: abs(n - replications))
        self.setCurrentIndex(self.findData(nearest))
