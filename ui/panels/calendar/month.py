"""One month of pay days as a grid: a leaf of the calendar for each day on which money is paid."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from continuity.model.local_time import DAY
from continuity.words import DateForm, _, current, ngettext
from ui.panels.calendar.days import Day, PayCalendar
from ui.panels.calendar.leaf import DAY_ROLE, LeafDelegate
from ui.runs import said
from ui.shown import name_of
from ui.theme import theme

_Index = QModelIndex | QPersistentModelIndex
_MONDAY = dt.date(2024, 1, 1)
_SATURDAY = 5
_LEAST_HEIGHT = 56  # of a week, pixels of the drawing
_WEEKEND = 0.46  # width of a Saturday or Sunday, of that of a weekday: banks settle neither


class MonthModel(QAbstractTableModel):
    """The days of one month, a week per row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.calendar: PayCalendar | None = None
        self.month = _MONDAY
        self.weeks: list[list[Day]] = []
        self.start: dt.datetime | None = None  # local start of the run that is shown or asked for

    def show(self, calendar: PayCalendar | None, month: dt.date) -> None:
        """Show ``month`` of ``calendar``."""
        self.beginResetModel()
        self.calendar, self.month = calendar, month.replace(day=1)
        self.weeks = calendar.weeks(month) if calendar else []
        self.endResetModel()

    def day_at(self, index: _Index) -> Day | None:
        """Return the day of a cell."""
        return self.weeks[index.row()][index.column()] if index.isValid() else None

    def index_of(self, date: dt.date) -> QModelIndex:
        """Return the cell of ``date``; an invalid one where it is not shown."""
        for row, week in enumerate(self.weeks):
            for column, day in enumerate(week):
                if day.date == date:
                    return self.index(row, column)
        return QModelIndex()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.weeks)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 7

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            # Narrow columns have short names.
            form: DateForm = "full" if section < _SATURDAY else "short"
            return current().date(_MONDAY + section * DAY, form).split()[0].removesuffix(",")
        return str(self.weeks[section][0].date.isocalendar().week) if section < len(self.weeks) else ""

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        day = self.day_at(index)
        if day is None:
            return None
        match role:
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return self.told(day)
            case Qt.ItemDataRole.DisplayRole:
                return str(day.date.day)
            case _ if role == DAY_ROLE:
                return day
        return None

    def told(self, day: Day) -> str:
        """Return the day in words."""
        words = current()
        lines = [words.date(day.date, "full")]
        if day.closed:
            lines.append(_("Banks are closed: {name}", name=day.closed))
        if self.start is not None and day.date == self.start.date():
            lines.append(_("The outage begins {time}", time=words.time(self.start)))
        if day.pay:
            lines.append(
                ngettext("{n} payment", "{n} payments", len(day.pay))
                + f", {ngettext('{n} payee', '{n} payees', day.payees)}, {said.amount(day.sek, day.payees)}"
            )
            assert self.calendar is not None
            lines += [f"· {name_of(self.calendar.organisation.get(p.stream))}" for p in day.pay]
        if day.share is not None:
            lines.append(_("{share} of the payees paid on time", share=words.percent(day.share)))
            if day.unpaid >= 1:
                lines.append(_("{people} payees unpaid that day", people=said.about(day.unpaid)))
        if day.computed:
            lines.append(_("Worked out by rule; no published table covers it yet"))
        return "\n".join(lines)


class MonthView(QTableView):
    """The grid. Arrows move by days and weeks, Page Up and Page Down by months."""

    chosen = Signal(object)  # dt.date
    paged = Signal(int)  # months on or back
    entered_day = Signal(object)  # dt.date, by Enter or a double click

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.days = MonthModel(self)
        self.setModel(self.days)
        self.setItemDelegate(LeafDelegate(self))
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCornerButtonEnabled(False)
        header, weeks = self.horizontalHeader(), self.verticalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        weeks.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        weeks.setHighlightSections(False)
        weeks.setSectionsClickable(False)
        weeks.setDefaultAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.activated.connect(self._on_activated)
        self._quiet = False

    def show_month(self, calendar: PayCalendar | None, month: dt.date, chosen: dt.date | None) -> None:
        """Show ``month`` with the date ``chosen``."""
        self._quiet = True
        self.days.show(calendar, month)
        self.fit()
        index = self.days.index_of(chosen) if chosen else QModelIndex()
        self.setCurrentIndex(index)
        self._quiet = False

    def show_start(self, start: dt.datetime | None) -> None:
        """Mark the day on which the outage begins (local time)."""
        self.days.start = start
        self.viewport().update()

    def fit(self) -> None:
        """Fill the room: weekdays wide, weekends narrow, weeks as high as there is height for."""
        self.verticalHeader().setFixedWidth(theme.px(30))
        self.verticalHeader().setMinimumSectionSize(theme.px(20))
        width = self.viewport().width() / (5 + 2 * _WEEKEND)
        for column in range(7):
            share = 1 if column < _SATURDAY else _WEEKEND
            self.horizontalHeader().resizeSection(column, round(width * share))
        rows = max(1, self.days.rowCount())
        least = theme.px(_LEAST_HEIGHT)
        self.setMinimumHeight(self.horizontalHeader().height() + rows * least + theme.px(2))
        height = max(least, self.viewport().height() // rows)
        for row in range(rows):
            self.verticalHeader().resizeSection(row, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        day = self.days.day_at(self.currentIndex())
        if event.key() in pages:
            self.paged.emit(pages[event.key()])
        elif event.key() in steps and day is not None:
            self.chosen.emit(day.date + steps[event.key()] * DAY)
        else:
            super().keyPressEvent(event)

    def _on_current(self, index: QModelIndex) -> None:
        day = self.days.day_at(index)
        if day is not None and not self._quiet:
            self.chosen.emit(day.date)

    def _on_activated(self, index: QModelIndex) -> None:
        day = self.days.day_at(index)
        if day is not None:
            self.entered_day.emit(day.date)
