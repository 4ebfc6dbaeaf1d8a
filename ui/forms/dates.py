"""A date, typed or chosen in a calendar."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, QEvent, QLocale, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit

from continuity.model.fields import Spec
from continuity.model.organisation import Organisation
from continuity.words import _, current
from ui.forms.editors import TypedLine
from ui.theme import theme
from ui.theme.icons import icon


class DateLine(TypedLine):
    """A date, typed or chosen in a calendar (Alt+Down)."""

    def __init__(self, spec: Spec, organisation: Organisation | None = None) -> None:
        super().__init__(spec, organisation)
        place = QLineEdit.ActionPosition.TrailingPosition
        self._choose = self.addAction(icon("calendar", "muted"), place)
        self._choose.setText(_("Choose in a calendar"))
        self._choose.triggered.connect(self.open_calendar)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._choose.setText(_("Choose in a calendar"))

    def open_calendar(self) -> None:
        """Open the calendar under the field."""
        calendar = QCalendarWidget(self)
        calendar.setWindowFlag(Qt.WindowType.Popup)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        calendar.setMinimumWidth(theme.px(340))  # the names of the days in full
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setLocale(_qt_locale())
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        held = QDate.fromString(self.text(), Qt.DateFormat.ISODate)
        if held.isValid():
            calendar.setSelectedDate(held)

        def choose(day: QDate) -> None:
            calendar.close()
            self.setText(dt.date(day.year(), day.month(), day.day()).isoformat())
            self.take()

        calendar.activated.connect(choose)
        calendar.clicked.connect(choose)
        calendar.move(self.mapToGlobal(self.rect().bottomLeft()))
        calendar.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
            return
        super().keyPressEvent(event)


def _qt_locale() -> QLocale:
    return QLocale("sv_SE" if current().language == "sv" else "en_GB")
