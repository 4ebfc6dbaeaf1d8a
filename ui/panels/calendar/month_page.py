"""The month in view: its name, arrows, the strip of thirteen months, and the grid of days."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from continuity.words import _, current
from ui.charts.box import quiet_button
from ui.panels.calendar.days import MONTHS, PayCalendar, months_between, months_from, shifted
from ui.panels.calendar.month import MonthView
from ui.panels.calendar.strip import MonthStrip
from ui.texts import Texts
from ui.theme import theme


class MonthPage(QWidget):
    """Holds where one is in time. ``chosen`` when a day is chosen, ``moved`` when the month changes."""

    chosen = Signal(object)  # dt.date
    moved = Signal()
    entered_day = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.texts = Texts()
        self.calendar: PayCalendar | None = None
        self.month = self.first = dt.date(2024, 1, 1)  # the first of the thirteen
        self.date: dt.date | None = None
        self.name, self.strip, self.grid = QLabel(), MonthStrip(), MonthView()
        self.name.setProperty("role", "heading")
        self.back, self.forth = quiet_button("left"), quiet_button("right")
        head = QHBoxLayout()
        head.setContentsMargins(theme.grid(1.5), theme.grid(0.5), theme.grid(1.5), theme.grid(0.5))
        head.setSpacing(theme.grid(1))
        for widget in (self.back, self.forth, self.name):
            head.addWidget(widget)
        head.addWidget(self.strip, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.grid, 1)
        self.back.clicked.connect(lambda: self.page(-1))
        self.forth.clicked.connect(lambda: self.page(1))
        self.strip.chosen.connect(lambda key: self.show_month(dt.date.fromisoformat(key)))
        self.grid.chosen.connect(self.choose)
        self.grid.paged.connect(self.page)
        self.grid.entered_day.connect(lambda _date: self.entered_day.emit())
        self.texts(self._say)

    def show_calendar(self, calendar: PayCalendar | None) -> None:
        """Show another calendar, or the same with other results."""
        self.calendar = calendar
        self.refresh()

    def begin(self, month: dt.date, date: dt.date | None) -> None:
        """Show ``month`` as the first of the thirteen, with ``date`` chosen."""
        self.first = self.month = month.replace(day=1)
        self.date = date
        self.refresh()

    def look_at(self, date: dt.date) -> None:
        """Show the month of ``date`` and choose it, without telling anybody."""
        self.date, self.month = date, date.replace(day=1)
        self._shift_strip()
        self.refresh()

    def choose(self, date: dt.date) -> None:
        """Choose ``date``; its month comes into view."""
        self.look_at(date)
        self.chosen.emit(date)

    def page(self, months: int) -> None:
        """Show the month so many months on."""
        self.show_month(shifted(self.month, months))

    def show_month(self, month: dt.date) -> None:
        """Show ``month``; the strip follows where it must."""
        self.month = month.replace(day=1)
        self._shift_strip()
        self.refresh()
        self.moved.emit()

    def refresh(self) -> None:
        """Bring name, strip and grid up to date."""
        name = " ".join(current().date(self.month, "long").split()[1:])
        self.name.setText(name[:1].upper() + name[1:])
        self.name.setMinimumWidth(theme.px(132))
        share = self.calendar.month_share if self.calendar else lambda _month: None
        self.strip.show_months([(m, share(m)) for m in months_from(self.first)], self.month)
        self.grid.show_month(self.calendar, self.month, self.date)

    def fit(self) -> None:
        """Sizes for the zoom in force."""
        for button in (self.back, self.forth):
            button.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.grid.fit()
        self.refresh()

    def _shift_strip(self) -> None:
        ahead = months_between(self.first, self.month)
        if not 0 <= ahead < MONTHS:
            self.first = shifted(self.month, 1 - MONTHS if ahead > 0 else 0)

    def _say(self) -> None:
        self.grid.setAccessibleName(_("Pay days of the month"))
        self._name_arrow(self.back, _("Previous month (Page Up)"))
        self._name_arrow(self.forth, _("Next month (Page Down)"))

    def _name_arrow(self, button: QToolButton, name: str) -> None:
        button.setToolTip(name)
        button.setAccessibleName(name)
