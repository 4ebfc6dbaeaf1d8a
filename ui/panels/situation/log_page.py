"""The log: every entry, with a filter; corrections add, nothing is changed."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton

from continuity.exercise import said
from continuity.words import N_, _, current
from ui.charts.numbers import NumbersTable
from ui.panels.situation import tables
from ui.panels.situation.held import Held
from ui.panels.situation.pages import DeskPage
from ui.theme import theme
from ui.theme.icons import icon


class LogPage(DeskPage):
    """The latest entry first. Enter on a row corrects it."""

    title = N_("Log")

    def __init__(self, held: Held) -> None:
        super().__init__(held)
        self.words, self.kind, self.correct = QLineEdit(), QComboBox(), QPushButton()
        self.words.setClearButtonEnabled(True)
        self.correct.setIcon(icon("edit"))
        self.table = NumbersTable()
        self._told: dict[int, tuple[str, str]] = {}
        self._told_on: tuple[object, ...] = ()
        row = QHBoxLayout()
        row.setContentsMargins(theme.grid(1.5), 0, theme.grid(1.5), 0)
        for part, stretch in ((self.words, 1), (self.kind, 0), (self.correct, 0)):
            row.addWidget(part, stretch)
        self.column.addLayout(row)
        self.column.addWidget(self.table, 1)
        self.more = self.note()
        self.column.addWidget(self.more)
        self.setFocusProxy(self.table)
        self.words.textChanged.connect(lambda _text: self.refresh())
        self.kind.activated.connect(lambda _place: self.refresh())
        self.correct.clicked.connect(self._on_correct)
        self.table.opened.connect(lambda key: self.wanted.emit("correct", key))
        held.changed.connect(self.refresh)
        self.texts(self._say)

    def _say(self) -> None:
        self.words.setPlaceholderText(_("Filter the log (F)"))
        self.words.setAccessibleName(_("Filter the log"))
        self.kind.setAccessibleName(_("Kind of entry"))
        self.correct.setText(_("Correct …"))
        self.more.setText(_("Older entries are shown when the log is filtered."))
        self.table.setAccessibleName(_("The log"))
        chosen = self.kind.currentData()
        self.kind.clear()
        self.kind.addItem(_("All kinds"), "")
        for code, word in said.KIND_WORDS.items():
            self.kind.addItem(_(word), code)
        self.kind.setCurrentIndex(max(0, self.kind.findData(chosen)))

    def fill(self) -> None:
        kind, words = self.kind.currentData() or "", self.words.text().casefold().split()

        def wanted(code: str, text: str) -> bool:
            folded = text.casefold()
            return (not kind or code == kind) and all(word in folded for word in words)

        today = (id(self.held.situation), current().language, self.held.now.date())
        if today != self._told_on:
            self._told, self._told_on = {}, today
        shown = tables.log(self.held, wanted, self._told)
        self.table.show_numbers(shown)
        self.more.setVisible(len(shown.rows) >= tables.MOST_SHOWN)
        self.correct.setEnabled(not self.held.read_only)

    def _on_correct(self) -> None:
        key = self.table.numbers.key(self.table.currentIndex().row())
        if key:
            self.wanted.emit("correct", key)
