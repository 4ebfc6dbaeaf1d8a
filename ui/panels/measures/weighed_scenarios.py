"""Which scenarios count when measures are chosen, and how much each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from continuity.model.fields import FieldType, Spec
from continuity.model.kinds import Scenario
from continuity.words import N_, _
from ui.charts.box import quiet_button
from ui.desk import Desk
from ui.runs.choosers import PickButton, scenario_items
from ui.shown import typed
from ui.texts import Texts
from ui.theme import theme

_WEIGHT = Spec(type=FieldType.NUMBER, label=N_("Weight of the scenario"))


class WeighedScenarios(QWidget):
    """A row per scenario; the weights say how much each counts beside the others."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.texts = desk, Texts()
        self.rows: list[_Row] = []
        self.add = QPushButton()
        self.add.clicked.connect(self._add_next)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.grid(0.5))
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        self.column.addLayout(foot)
        self.texts(lambda: self.add.setText(_("Add a scenario")))

    @property
    def chosen(self) -> tuple[tuple[str, float], ...]:
        """Scenarios with their weights; what is named twice counts once, with both weights.

        Raises Refused where a weight is no number.
        """
        sums: dict[str, float] = {}
        for row in self.rows:
            if row.scenario.key:
                sums[row.scenario.key] = sums.get(row.scenario.key, 0.0) + typed(
                    _WEIGHT, row.weight.text() or "0"
                )
        return tuple(sums.items())

    def show_scenario(self, scenario_id: str) -> None:
        """Begin anew with one scenario."""
        for row in list(self.rows):
            self._remove(row)
        self._add(scenario_id)

    def retheme(self) -> None:
        """Sizes for the zoom in force."""
        for row in self.rows:
            row.weight.setFixedWidth(theme.px(64))

    def refresh(self) -> None:
        """Say the names as they are now."""
        for row in self.rows:
            row.show_scenario(row.scenario.key)
            row.say()

    def _add_next(self) -> None:
        session = self.desk.session
        taken = {row.scenario.key for row in self.rows}
        left = [s.id for s in session.organisation.all(Scenario) if s.id not in taken] if session else []
        self._add(left[0] if left else "")

    def _add(self, scenario_id: str) -> None:
        row = _Row(self.desk, self._remove)
        row.show_scenario(scenario_id)
        self.rows.append(row)
        self.column.insertWidget(self.column.count() - 1, row)
        self._count()

    def _remove(self, row: _Row) -> None:
        self.rows.remove(row)
        self.column.removeWidget(row)
        row.hide()  # it goes when the window next has time
        row.deleteLater()
        self._count()

    def _count(self) -> None:
        for row in self.rows:
            row.away.setEnabled(len(self.rows) > 1)


class _Row(QWidget):
    def __init__(self, desk: Desk, remove: Callable[[_Row], None]) -> None:
        super().__init__()
        self.desk = desk
        self.scenario = PickButton(self._items, N_("Scenario"))
        self.scenario.picked.connect(self.show_scenario)
        self.label, self.weight, self.away = QLabel(), QLineEdit("1"), quiet_button("remove")
        self.weight.setFixedWidth(theme.px(64))
        self.away.clicked.connect(lambda: remove(self))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.grid(1))
        row.addWidget(self.scenario, 1)
        for widget in (self.label, self.weight, self.away):
            row.addWidget(widget)
        self.say()

    def say(self) -> None:
        """Say its words in the language spoken now."""
        self.label.setText(_("weight"))
        self.weight.setAccessibleName(_("Weight of the scenario"))
        self.away.setToolTip(_("Leave this scenario out"))
        self.away.setAccessibleName(_("Leave this scenario out"))

    def show_scenario(self, scenario_id: str) -> None:
        """Show a scenario."""
        session = self.desk.session
        scenario = session.organisation.of(Scenario, scenario_id) if session else None
        if scenario is None:
            self.scenario.show_key("", _("Choose a scenario"), "scenario")
        else:
            self.scenario.show_key(scenario.id, f"{scenario.code} {scenario.name}", "scenario")

    def _items(self) -> list:
        return scenario_items(self.desk.session.organisation) if self.desk.session else []
