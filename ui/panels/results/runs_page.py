"""The last page: the runs that were made; a double click shows one again."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from continuity.model.local_time import local_time
from continuity.model.organisation import Organisation
from continuity.simulation.result import Comparison, RunResult
from continuity.words import N_, _, current
from ui.charts.box import TableBox
from ui.charts.numbers import Cell, Numbers, Title
from ui.panels.results.page import Page
from ui.picker import Item, pick
from ui.runs import said
from ui.runs.board import RunBoard
from ui.runs.outcome import Outcome, main_result, meta_of, request_of, results
from ui.theme import theme
from ui.theme.icons import icon


class RunsPage(Page):
    """Runs are kept with the document and never changed."""

    title = N_("Earlier runs")

    def __init__(self, board: RunBoard) -> None:
        super().__init__(board)
        self.box = TableBox(
            lambda: _("Runs kept with the document, the latest first"),
            lambda: _("Double-click or Enter shows a run again. A run is never changed afterwards."),
        )
        self.box.table.opened.connect(self._show)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.grid(2), theme.grid(1), theme.grid(2), theme.grid(1))
        self.versions = QPushButton()
        self.versions.setIcon(icon("compare"))
        self.versions.clicked.connect(self._ask_version)
        foot = QHBoxLayout()
        foot.addWidget(self.versions)
        foot.addStretch(1)
        column.addWidget(self.box, 1)
        column.addLayout(foot)
        self.texts(self._say)
        self.lay_in(inside)

    def fill(self, organisation: Organisation, result: RunResult) -> None:
        self.box.show_numbers(run_numbers(organisation, self.board))

    def retranslate(self) -> None:
        self.box.texts.refresh()
        super().retranslate()

    def retheme(self) -> None:
        self.box.retheme()
        self.refresh()

    def _say(self) -> None:
        self.versions.setText(_("Compare with an earlier version of the model"))
        self.versions.setToolTip(
            _("The scenario of the run that is shown, on a named version and on the model as it is now")
        )

    def _ask_version(self) -> None:
        session = self.board.desk.session
        if session is None or self.board.outcome is None:
            return
        found = session.versions()
        if not found:
            self.board.desk.say(_("No version has been named yet. Ctrl+S names the model as it is now."))
            return
        items = [Item(v.id, v.name, _made(v.at), "save") for v in found]
        pick(items, self.versions, self.compare_with, prompt=_("Version to compare with"), width=380)

    def compare_with(self, version_id: str) -> None:
        """Run the scenario that is shown on the version and on now, on the same draws."""
        session, outcome = self.board.desk.session, self.board.outcome
        found = next((v for v in session.versions() if v.id == version_id), None) if session else None
        if found is not None and outcome is not None:
            self.board.start_between(found, request_of(outcome))

    def _show(self, key: str) -> None:
        for outcome in self.board.outcomes:
            if meta_of(outcome).id == key:
                self.board.show(outcome)


def run_numbers(organisation: Organisation, board: RunBoard) -> Numbers:
    """Return the runs of the document as a table."""
    words = current()
    titles = (
        Title("", width=28), Title(_("Made"), width=140), Title(_("Scenario"), wide=True),
        Title(_("Starts"), width=110), Title(_("Measures"), width=110),
        Title(_("Replications"), True, 96, drop=2), Title(_("In need unpaid"), True, 150),
        Title(_("Run"), width=80, drop=1),
    )  # fmt: skip
    rows = []
    for outcome in board.outcomes:
        meta = meta_of(outcome)
        shown = board.outcome is not None and meta_of(board.outcome).id == meta.id
        rows.append(
            (
                Cell("▶" if shown else "", tip=_("Shown now") if shown else ""),
                Cell(words.datetime(meta.made), meta.made.timestamp()),
                said.scenario_name(organisation, meta),
                Cell(words.date(local_time(meta.start, 0)), meta.start.timestamp()),
                Cell(_compared(organisation, outcome), len(meta.measures)),
                Cell(words.number(meta.replications), meta.replications),
                _unpaid(outcome),
                meta.id[:8],
            )
        )  # fmt: skip
    return Numbers(titles, tuple(rows), tuple(meta_of(o).id for o in board.outcomes))


def _made(at: str) -> str:
    return current().datetime(dt.datetime.fromisoformat(at))


def _compared(organisation: Organisation, outcome: Outcome) -> str:
    if isinstance(outcome, Comparison) and outcome.between:
        return _("now and “{name}”", name=outcome.between[0])
    return said.measures_said(organisation, meta_of(outcome).measures)


def _unpaid(outcome: Outcome) -> Cell:
    value = main_result(outcome).headline.in_need_unpaid.mean
    if isinstance(outcome, Comparison):
        both = [said.people(r.headline.in_need_unpaid.mean) for r in results(outcome)]
        return Cell(" → ".join(both), value)
    return Cell(said.people(value), value)
