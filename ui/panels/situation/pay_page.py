"""Pay days at risk: what can still be decided and until when, where the file is, whom to ring."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget

from continuity.exercise import said
from continuity.words import N_, _
from ui.charts.numbers import Numbers, NumbersTable
from ui.panels.situation import pay_tables
from ui.panels.situation.held import Held
from ui.panels.situation.pages import ForecastPage, Sides
from ui.runs.fit import scrolled, yielding
from ui.runs.flow import FlowLayout
from ui.theme import theme


class PayPage(ForecastPage):
    """A table, and what is to be known and done of the day chosen."""

    title = N_("Pay days")

    def __init__(self, held: Held) -> None:
        super().__init__(held)
        self.table, self.all = NumbersTable(), QCheckBox()
        self.name, self.about = yielding(QLabel()), yielding(QLabel())
        self.name.setProperty("role", "heading")
        self.file, self.choice = QComboBox(), QComboBox()
        self.say_file, self.decide = QPushButton(), QPushButton()
        self.decide.setProperty("role", "primary")
        self.chosen = ""
        side = self.part(N_("Pay days within fourteen days"), self.table, self.all)
        self.column.addWidget(Sides(side, scrolled(self._detail()), (3, 2)), 1)
        self.setFocusProxy(self.table)
        self.table.chosen.connect(self._on_chosen)
        self.all.toggled.connect(lambda _on: self.refresh())
        self.file.currentIndexChanged.connect(lambda index: self.say_file.setEnabled(index >= 0))
        self.say_file.clicked.connect(self._on_file)
        self.decide.clicked.connect(self._on_decide)
        self.texts(self._say)

    def _detail(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(*4 * [theme.grid(1.5)])
        column.setSpacing(theme.grid(1))
        column.addWidget(self.name)
        column.addWidget(self.about)
        for parts in ((self.file, self.say_file), (self.choice, self.decide)):
            line = QWidget()
            flow = FlowLayout(line, theme.grid(0.5))
            for part in parts:
                flow.addWidget(part)
            column.addWidget(line)
        column.addStretch(1)
        for box in (self.file, self.choice):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(18)
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return inside

    def _say(self) -> None:
        self.all.setText(_("Show those on time too"))
        self.say_file.setText(_("Note where the file is"))
        self.decide.setText(_("Decide this fallback"))
        self.file.setAccessibleName(_("Where the file is"))
        self.choice.setAccessibleName(_("Fallback"))
        held = self.file.currentData()
        self.file.clear()
        for code, word in said.FILE_WORDS.items():
            if code:
                self.file.addItem(_(word), code)
        self.file.setPlaceholderText(_("Nobody has said"))
        self.file.setCurrentIndex(self.file.findData(held) if held else -1)

    def fill(self) -> None:
        super().fill()
        ahead = self.held.ahead
        every = self.all.isChecked()
        self.table.show_numbers(pay_tables.pay_days(self.held, every=every) if ahead else Numbers())
        if self.table.numbers.rowCount() and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.numbers.index(0, 0))
        self._on_chosen(self.table.numbers.key(self.table.currentIndex().row()))

    def day(self) -> Any:
        """Return the pay day that is chosen, or None."""
        days = self.held.ahead.pay_days if self.held.ahead else ()
        return next((p for p in days if pay_tables.pay_key(p) == self.chosen), None)

    def _on_chosen(self, key: str) -> None:
        self.chosen = key
        day = self.day()
        for part in (self.name, self.file, self.say_file, self.choice, self.decide):
            part.setVisible(day is not None)
        if day is None:
            risk = self.held.ahead and self.held.ahead.replications
            nothing = _("No pay day within fourteen days is at risk.") if risk else ""
            self.about.setText(nothing)
            return
        self.name.setText(said.name_of(self.held.organisation, day.stream))
        self.about.setText("\n\n".join(pay_tables.about_pay_day(self.held, day)))
        self.file.setCurrentIndex(self.file.findData(day.file) if day.file else -1)
        self.say_file.setEnabled(self.file.currentIndex() >= 0)
        self._show_choices(day)

    def _show_choices(self, day: Any) -> None:
        self.choice.clear()
        for one in day.choices:
            if not one.refusals:
                self.choice.addItem(said.name_of(self.held.organisation, one.fallback), one.fallback)
        can = not self.held.read_only
        self.choice.setVisible(can and self.choice.count() > 0 and not day.decided)
        self.decide.setVisible(can and (self.choice.count() > 0 or bool(day.decided)))
        self.decide.setText(_("No longer decided") if day.decided else _("Decide this fallback"))
        self.say_file.setEnabled(not self.held.read_only and self.file.currentIndex() >= 0)

    def _on_file(self) -> None:
        day, state = self.day(), self.file.currentData()
        if day is not None:
            self.held.note(lambda desk: desk.file(day.stream, day.nominal, state))

    def _on_decide(self) -> None:
        day = self.day()
        if day is None:
            return
        fallback = day.decided or self.choice.currentData()
        on = not day.decided
        self.held.note(lambda desk: desk.fallback(day.stream, day.nominal, fallback, on=on))
