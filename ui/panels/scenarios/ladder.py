"""The list of scenarios on the ladder of strain levels."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from continuity.model.kinds import Event, Scenario
from continuity.model.kinds.scenarios import STRAIN
from continuity.model.organisation import Organisation
from continuity.words import _, ngettext
from ui.theme import theme

_KEY = Qt.ItemDataRole.UserRole


class Ladder(QTreeWidget):
    """Scenarios under their strain levels, the mildest first. ``chosen`` gives an id."""

    chosen = Signal(str)
    removed = Signal()  # Delete was pressed
    lifted = Signal(int)  # so many rungs harder; Alt + arrow up or down

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(theme.px(6))
        self.setExpandsOnDoubleClick(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformRowHeights(True)
        self.currentItemChanged.connect(self._on_current)
        self._quiet = False

    @property
    def scenario(self) -> str:
        """The id of the scenario chosen, or an empty text."""
        item = self.currentItem()
        return item.data(0, _KEY) or "" if item else ""

    def fill(self, organisation: Organisation | None) -> None:
        """Show the scenarios of ``organisation``; what was chosen stays so."""
        before = self.scenario
        self._quiet = True
        self.clear()
        for place, (level, label) in enumerate(STRAIN.items()):
            found = [s for s in organisation.all(Scenario) if s.strain == level] if organisation else []
            self._rung(place, label, found, organisation)
        self.expandAll()
        self.show_chosen(before)
        self._quiet = False

    def show_chosen(self, scenario: str) -> bool:
        """Mark ``scenario`` as chosen; False where it is not here."""
        for item in self._items():
            if item.data(0, _KEY) == scenario and scenario:
                self.setCurrentItem(item)
                return True
        return False

    def first(self) -> str:
        """Return the id of the first scenario, or an empty text."""
        return next((item.data(0, _KEY) for item in self._items()), "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self.lifted.emit(steps[event.key()])
        else:
            super().keyPressEvent(event)

    def _items(self) -> list[QTreeWidgetItem]:
        rungs = [self.topLevelItem(i) for i in range(self.topLevelItemCount())]
        return [rung.child(i) for rung in rungs for i in range(rung.childCount())]

    def _rung(self, place: int, label: str, found: list[Scenario], organisation: Organisation | None) -> None:
        rung = QTreeWidgetItem([_(label)])
        rung.setFlags(Qt.ItemFlag.ItemIsEnabled)
        rung.setFont(0, theme.font(0.86, bold=True))
        rung.setForeground(0, theme.colour("muted"))
        rung.setIcon(0, strain_icon(place))
        self.addTopLevelItem(rung)
        for scenario in found:
            assert organisation is not None
            events = len(organisation.parts(scenario.id, Event))
            item = QTreeWidgetItem([f"{scenario.code}  {scenario.name}"])
            item.setData(0, _KEY, scenario.id)
            tip = f"{scenario.name}\n{ngettext('{n} event', '{n} events', events)}"
            item.setToolTip(0, tip)
            rung.addChild(item)

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        key = item.data(0, _KEY) if item else None
        if key and not self._quiet:
            self.chosen.emit(key)


def strain_icon(place: int) -> QIcon:
    """Return four rungs, as many filled as the level is high: told by form, not by colour."""
    side = theme.px(16)
    pixmap = QPixmap(QSize(side, side) * 2)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    step = side / 4
    for rung in range(4):
        height = step * (rung + 1)
        box = QRectF(rung * step + 0.5, side - height, step - 1.5, height)
        painter.fillRect(box, theme.colour("lost" if rung <= place else "line"))
    painter.end()
    return QIcon(pixmap)
