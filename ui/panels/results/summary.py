"""The first page: one sentence, the figures side by side, who is last."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from continuity.model.organisation import Organisation
from continuity.simulation.result import Comparison, PayDayResult, RunResult
from continuity.words import N_, _, current
from ui.charts.box import ChartBox, TableBox
from ui.charts.differences import DifferenceChart
from ui.charts.numbers import Cell, Numbers, Title
from ui.panels.results.figures import side_by_side
from ui.panels.results.page import Page
from ui.runs import said
from ui.runs.board import RunBoard
from ui.runs.outcome import state_of_share, streams_in_need, unpaid
from ui.runs.paired import differences
from ui.shown import name_of
from ui.theme import theme

_LAST = 8


class SummaryPage(Page):
    """What a director reads."""

    title = N_("In short")

    def __init__(self, board: RunBoard) -> None:
        super().__init__(board)
        self.sentence, self.second = QLabel(), QLabel()
        self.sentence.setProperty("role", "title")
        for label in (self.sentence, self.second):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.figures = TableBox(lambda: _("Figures, people in need first"))
        self.figures.table.setSortingEnabled(False)
        self.figures.table.setAlternatingRowColors(False)
        self.chart = DifferenceChart()
        self.differences = ChartBox(self.chart, self._what_changes)
        self.last = TableBox(
            lambda: _("Who is last"),
            lambda: _("Pay days of people in need come first, then the longest wait."),
        )
        self.last.table.opened.connect(self.go_to)
        self.last.table.chosen.connect(lambda _key: None)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.grid(2), theme.grid(1.5), theme.grid(2), theme.grid(2))
        column.setSpacing(theme.grid(2))
        for part in (self.sentence, self.second, self.figures, self.differences, self.last):
            column.addWidget(part)
        column.addStretch(1)
        self.lay_in(inside)

    def fill(self, organisation: Organisation, result: RunResult) -> None:
        outcome = self.board.outcome
        assert outcome is not None
        self.sentence.setText(said.headline(outcome))
        self.second.setText(said.on_time(result))
        self.figures.show_numbers(side_by_side(outcome))
        self.figures.fit_rows(20)
        self.differences.setVisible(isinstance(outcome, Comparison))
        if isinstance(outcome, Comparison):
            self.differences.texts.refresh()
            self.chart.show_differences(differences(outcome))
            self.differences.refresh()
        numbers = who_is_last(organisation, result)
        self.last.setVisible(bool(numbers.rows))
        self.last.show_numbers(numbers)
        self.last.fit_rows()

    def _what_changes(self) -> str:
        outcome = self.board.outcome
        if isinstance(outcome, Comparison) and outcome.between:
            return _("What has changed since the version, on the same draws")
        return _("What the measures change, on the same draws")

    def retranslate(self) -> None:
        for box in (self.figures, self.last):
            box.texts.refresh()
        self.differences.retranslate()
        super().retranslate()

    def retheme(self) -> None:
        for box in (self.figures, self.last, self.differences):
            box.retheme()
        self.refresh()


def who_is_last(organisation: Organisation, result: RunResult) -> Numbers:
    """Return the pay days that wait longest, those of people in need first."""
    need = streams_in_need(organisation)

    def rank(day: PayDayResult) -> tuple[bool, float, float]:
        return day.stream not in need, -day.late_days.mean, -unpaid(day)

    late = [day for day in result.pay_days if state_of_share(day.on_time.mean) != "full"]
    late = sorted(late, key=rank)[:_LAST]
    titles = (
        Title(_("Stream"), wide=True), Title(_("Pay day"), width=120), Title(_("Not on time"), True, 110),
        Title(_("Mean wait"), True, 100), Title(_("Livelihood"), width=110),
    )  # fmt: skip
    words = current()
    rows = tuple(
        (
            name_of(organisation.get(day.stream)),
            Cell(words.date(day.date, "short"), day.date.toordinal()),
            Cell(said.about(unpaid(day)), unpaid(day)),
            Cell(said.days(day.late_days.mean), day.late_days.mean),
            _("in need") if day.stream in need else _("other"),
        )
        for day in late
    )
    return Numbers(titles, rows, tuple(day.stream for day in late))
