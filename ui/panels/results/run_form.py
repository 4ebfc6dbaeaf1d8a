"""What to run: scenario, measures, first day, how many times."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from continuity.model.kinds import Scenario
from continuity.model.local_time import local_time, resolve_start
from continuity.model.problems import Refused
from continuity.simulation.request import RunRequest
from continuity.words import N_, _
from ui.picker import Item
from ui.runs.bar import RunBar
from ui.runs.board import RunBoard
from ui.runs.choosers import DateButton, MeasuresButton, PickButton, ReplicationsBox, scenario_items
from ui.runs.flow import FlowLayout
from ui.runs.outcome import Outcome, meta_of
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon


class RunForm(QFrame):
    """The line above the results. ``asked`` gives the request."""

    asked = Signal(object)

    def __init__(self, board: RunBoard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.board, self.texts = board, Texts()
        self.scenario = PickButton(self._items, N_("Scenario"))
        self.scenario.picked.connect(self.show_scenario)
        self.measures = MeasuresButton(board.desk)
        self.from_, self.date = QLabel(), DateButton()
        self.date.edited.connect(self.date.show_value)
        self.times = ReplicationsBox()
        self.go = QPushButton()
        self.go.setProperty("role", "primary")
        self.go.setIcon(icon("play", "on_accent"))
        self.go.clicked.connect(self.ask)
        self.progress = RunBar(board)
        line = QWidget()
        flow = FlowLayout(line, theme.grid(1))
        for widget in (self.scenario, self.from_, self.date, self.measures, self.times, self.go):
            flow.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(2), theme.grid(1), theme.grid(2), theme.grid(1))
        column.setSpacing(theme.grid(1))
        column.addWidget(line)
        column.addWidget(self.progress)
        self.texts(self._say)
        board.busy_changed.connect(lambda busy: self.go.setEnabled(bool(self.scenario.key) and not busy))
        self.show_scenario("")

    def show_scenario(self, scenario_id: str) -> None:
        """Show a scenario and the day on which it begins."""
        session = self.board.desk.session
        scenario = session.organisation.of(Scenario, scenario_id) if session else None
        self.go.setEnabled(scenario is not None and not self.board.busy)
        if scenario is None:
            self.scenario.show_key("", _("Choose a scenario"), "scenario")
            self.date.show_value(None)
            return
        self.scenario.show_key(scenario.id, f"{scenario.code} {scenario.name}", "scenario")
        try:
            self.date.show_value(local_time(resolve_start(scenario.start), 0).date())
        except Refused:
            self.date.show_value(None)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what was run, so that it can be run again or a little differently."""
        meta = meta_of(outcome)
        self.show_scenario(meta.scenario)
        self.date.show_value(local_time(meta.start, 0).date())
        self.measures.show_chosen(meta.measures)
        self.times.show_number(meta.replications)

    def request(self) -> RunRequest | None:
        """Return what is asked for, or None while no scenario is chosen."""
        if not self.scenario.key:
            return None
        measures = self.measures.chosen
        return RunRequest(
            scenario=self.scenario.key,
            measures=measures,
            compare=bool(measures),
            start=self.date.date,
            replications=self.times.replications,
            precision=self.times.precision,
        )

    def ask(self) -> None:
        """Ask for a run."""
        self.date.take()
        request = self.request()
        if request is not None:
            self.asked.emit(request)

    def retranslate(self) -> None:
        """Say everything in the language spoken now."""
        self.texts.refresh()
        self.progress.texts.refresh()
        self.times.say()
        self.measures.show_chosen(self.measures.chosen)
        if not self.scenario.key:
            self.show_scenario("")

    def _items(self) -> Iterable[Item]:
        session = self.board.desk.session
        return scenario_items(session.organisation) if session else []

    def _say(self) -> None:
        self.from_.setText(_("from"))
        self.go.setText(_("Run"))
        self.go.setToolTip(_("Run the scenario (Ctrl+R)"))
        self.date.say()
