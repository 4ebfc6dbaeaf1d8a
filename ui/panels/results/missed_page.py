"""Who is missed: payees not paid on time, stream by stream, and why."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from continuity.model.organisation import Organisation
from continuity.simulation.result import Estimate, RunResult, StreamResult
from continuity.words import N_, _, current, ngettext
from ui.charts.bars import Bar, BarDelegate
from ui.charts.box import TableBox
from ui.charts.numbers import Cell, Numbers, Title
from ui.panels.results.page import Page
from ui.runs import because, said
from ui.runs.board import RunBoard
from ui.runs.fit import yielding
from ui.runs.outcome import streams_in_need
from ui.shown import name_of
from ui.theme import theme

_BAR, _HALF = 3, 0.5


class MissedPage(Page):
    """A row per stream and reason, people in need first."""

    title = N_("Who is missed")

    def __init__(self, board: RunBoard) -> None:
        super().__init__(board)
        self.box = TableBox(
            lambda: _("Payees not paid on time, people in need first"),
            lambda: _(
                "Payees over all pay days of the run, in the mean. "
                "The whisker shows where eight runs of ten lie."
            ),
        )
        self.waits = TableBox(lambda: _("How late, over all runs"))
        self.box.table.paint_column(_BAR, BarDelegate(84))
        for box in (self.box, self.waits):
            box.table.opened.connect(lambda key: self.go_to.emit(key.partition("|")[0]))
        self.box.table.chosen.connect(lambda key: board.desk.select(key.partition("|")[0], origin="results"))
        self.none = yielding(QLabel())
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.grid(2), theme.grid(1), theme.grid(2), theme.grid(1))
        column.setSpacing(theme.grid(1))
        for part in (self.none, self.box, self.waits):
            column.addWidget(part)
        self.lay_in(inside)

    def fill(self, organisation: Organisation, result: RunResult) -> None:
        numbers = missed_numbers(organisation, result)
        found = bool(numbers.rows)
        self.none.setVisible(not found)
        self.none.setText(
            _("Everybody is paid on time.")
            if result.streams
            else _("An earlier version made this run and did not tell who is missed. Run it again.")
        )
        for box, shown in ((self.box, numbers), (self.waits, wait_numbers(organisation, result))):
            box.setVisible(found)
            box.show_numbers(shown)
            box.fit_rows(16)

    def retranslate(self) -> None:
        for box in (self.box, self.waits):
            box.texts.refresh()
        super().retranslate()

    def retheme(self) -> None:
        for box in (self.box, self.waits):
            box.retheme()
        self.refresh()


def _ordered(organisation: Organisation, result: RunResult) -> list[StreamResult]:
    need = streams_in_need(organisation)
    late = [s for s in result.streams if any(m.payees.mean >= _HALF for m in s.missed)]
    return sorted(late, key=lambda s: (s.stream not in need, -sum(m.payees.mean for m in s.missed)))


def missed_numbers(organisation: Organisation, result: RunResult) -> Numbers:
    """Return a row per stream and reason."""
    titles = (
        Title(_("Stream"), wide=True, width=220), Title(_("Livelihood"), width=90, drop=1),
        Title(_("Why"), width=330), Title(_("Payees"), width=210),
    )  # fmt: skip
    need, rows, keys = streams_in_need(organisation), [], []
    most = max((m.payees.mean for s in result.streams for m in s.missed), default=0.0)
    for stream in _ordered(organisation, result):
        name = name_of(organisation.get(stream.stream))
        for missed in stream.missed:
            if missed.payees.mean >= _HALF:
                why = _(because.REASONS[missed.reason]) if missed.reason in because.REASONS else missed.reason
                group = _("in need") if stream.stream in need else _("other")
                rows.append((name, group, why[:1].upper() + why[1:], _people(missed.payees, most)))
                keys.append(f"{stream.stream}|{missed.reason}")
    return Numbers(titles, tuple(rows), tuple(keys))


def _people(payees: Estimate, most: float) -> Cell:
    low, high = said.about(payees.p10), said.about(payees.p90)
    tip = _("Eight of ten between {low} and {high}", low=low, high=high)
    ends = (payees.p10 / most, payees.p90 / most) if most else (None, None)
    bar = Bar(payees.mean / most if most else 0.0, *ends, token="lost")
    return Cell(said.about(payees.mean), payees.mean, picture=bar, tip=tip)


def wait_numbers(organisation: Organisation, result: RunResult) -> Numbers:
    """Return per stream which share of its payees is how late."""
    steps = ((0, 0), (1, 1), (2, 3), (4, 7), (8, 10_000))
    titles = [Title(_("Stream"), wide=True, width=220)]
    for low, high in steps:
        if low == 0:
            text = _("On time or same day")
        elif low == high:
            text = ngettext("{n} day", "{n} days", low)
        elif high > 1000:
            text = _("More than {n} days", n=low - 1)
        else:
            text = _("{low} to {high} days", low=low, high=high)
        titles.append(Title(text, True, 150 if low == 0 else 104))
    titles.append(Title(_("Not in the run"), True, 110))
    rows, keys = [], []
    for stream in _ordered(organisation, result):
        held = dict(stream.lateness)
        shares = [sum(v for d, v in held.items() if low <= d <= high) for low, high in steps]
        cells = [Cell(current().percent(v) if v else "–", v) for v in (*shares, held.get(-1, 0.0))]
        rows.append((name_of(organisation.get(stream.stream)), *cells))
        keys.append(stream.stream)
    return Numbers(tuple(titles), tuple(rows), tuple(keys))
