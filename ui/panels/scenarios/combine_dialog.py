"""Two scenarios or more as one: the ransomware in the first week of the mobilisation, on the 23rd."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from continuity.model.combining import Part
from continuity.model.fields import FieldType, Spec
from continuity.model.kinds import Scenario
from continuity.model.local_time import local_time, resolve_start
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused
from continuity.model.values import StartRule
from continuity.words import N_, _
from ui.charts.box import quiet_button
from ui.desk import Desk
from ui.forms.editors import TypedLine
from ui.picker import Item
from ui.runs.choosers import DateButton, PickButton, scenario_items
from ui.runs.fit import scrolled, yielding
from ui.theme import theme
from ui.theme.icons import icon

_DELAY = Spec(type=FieldType.MINUTES, label=N_("Begins after"), low=0, high=364 * 1440)
_AT = Spec(type=FieldType.CLOCK, label=N_("At"), low=0, high=1439)
_MOST, _LEAST = 6, 2


class PartRow(QWidget):
    """One scenario and how long after the start of the whole it begins."""

    def __init__(self, items: Callable[[], list[Item]], number: int) -> None:
        super().__init__()
        self.delay_minutes = 0
        self.choose = PickButton(items, N_("Scenario"))
        self.choose.picked.connect(self.show_scenario)
        self.label = QLabel(_("begins after"))
        self.delay = TypedLine(_DELAY)
        self.delay.setFixedWidth(theme.px(88))
        self.delay.setAccessibleName(_("Scenario {number} begins after", number=number))
        self.delay.edited.connect(self._on_delay)
        self.delay.show_value(0)
        self.away = quiet_button("remove")
        self.away.setToolTip(_("Leave out"))
        self.away.setAccessibleName(_("Leave out scenario {number}", number=number))
        self._items = items
        self.show_scenario("")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.choose, 1)
        for widget in (self.label, self.delay, self.away):
            row.addWidget(widget)

    @property
    def part(self) -> Part:
        """What is chosen."""
        return Part(self.choose.key, self.delay_minutes)

    def show_scenario(self, key: str) -> None:
        """Show the scenario ``key``."""
        text = next((item.text for item in self._items() if item.key == key), "")
        self.choose.show_key(key if text else "", text or _("Choose a scenario"), "scenario")

    def _on_delay(self, minutes: int | None) -> None:
        self.delay_minutes = minutes or 0
        self.delay.show_value(self.delay_minutes)


class CombineDialog(QDialog):
    """Asks for the parts, a name and a start; ``made`` is the id of the scenario that was added."""

    def __init__(self, desk: Desk, first: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.made = desk, ""
        self.rows: list[PartRow] = []
        self.setWindowTitle(_("Combine scenarios"))
        self._build()
        self.add_row(first)
        self.add_row("")
        self._show_start(first)

    def _build(self) -> None:
        intro = QLabel(
            _(
                "The events of all parts on one time line. The highest strain level, the most work, all "
                "decrees and the fewest crews hold; every event keeps its source."
            )
        )
        intro.setProperty("role", "muted")
        self.name, self.date, self.at = QLineEdit(), DateButton(), TypedLine(_AT)
        self.name.setAccessibleName(_("Name"))
        self.name.setPlaceholderText(_("Name of the combined scenario"))
        self.date.say()
        self.date.edited.connect(self.date.show_value)
        self.clock = 480
        self.at.edited.connect(self._on_clock)
        self.at.setFixedWidth(theme.px(72))
        self.at.setAccessibleName(_("From what hour"))
        self.parts = QVBoxLayout()
        self.more = QPushButton()
        self.more.setProperty("role", "link")
        self.more.setIcon(icon("add", "accent"))
        self.more.setText(_("One more scenario"))
        self.more.clicked.connect(lambda: self.add_row(""))
        self.problem = yielding(QLabel())
        self.problem.setProperty("role", "problem")
        self.problem.hide()
        start = QHBoxLayout()
        for widget in (QLabel(_("The whole starts")), self.date, self.at):
            start.addWidget(widget)
        start.addStretch(1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(*4 * [theme.grid(2)])
        column.setSpacing(theme.grid(1.25))
        column.addWidget(yielding(intro))
        column.addWidget(self.name)
        column.addLayout(self.parts)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(start)
        column.addWidget(self.problem)
        column.addStretch(1)
        page = QVBoxLayout(self)
        page.addWidget(scrolled(inside), 1)
        page.addWidget(self._buttons())
        room = self.screen().availableGeometry()
        self.resize(min(theme.px(640), room.width() - 40), min(theme.px(440), room.height() - 40))

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        go = buttons.addButton(_("Combine"), QDialogButtonBox.ButtonRole.ApplyRole)
        go.setProperty("role", "primary")
        go.setAutoDefault(False)
        go.clicked.connect(self.combine)
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        return buttons

    # --- parts ---------------------------------------------------------------------------------

    def add_row(self, key: str) -> None:
        """Add a part."""
        row = PartRow(self._items, len(self.rows) + 1)
        row.show_scenario(key)
        row.away.clicked.connect(lambda: self._drop(row))
        row.choose.picked.connect(self._on_picked)
        self.rows.append(row)
        self.parts.addWidget(row)
        self._fit()

    def _drop(self, row: PartRow) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        self._fit()

    def _fit(self) -> None:
        self.more.setEnabled(len(self.rows) < _MOST)
        for row in self.rows:
            row.away.setEnabled(len(self.rows) > _LEAST)
        self.name.setPlaceholderText(self._proposed() or _("Name of the combined scenario"))

    def _on_picked(self, _key: str) -> None:
        self._show_start(self.rows[0].choose.key)
        self._fit()

    def _proposed(self) -> str:
        organisation = self._organisation
        names = [s.name for row in self.rows if (s := organisation.of(Scenario, row.choose.key))]
        return _("{first} with {others}", first=names[0], others=", ".join(names[1:])) if names[1:] else ""

    @property
    def _organisation(self) -> Organisation:
        return self.desk.session.organisation if self.desk.session else Organisation("")

    def _items(self) -> list[Item]:
        return scenario_items(self._organisation)

    def _show_start(self, key: str) -> None:
        scenario = self._organisation.of(Scenario, key)
        if scenario is None:
            return
        try:
            start = local_time(resolve_start(scenario.start), 0)
        except Refused:
            return
        self.date.show_value(start.date())
        self._on_clock(60 * start.hour + start.minute)

    def _on_clock(self, minute: int | None) -> None:
        self.clock = 0 if minute is None else minute
        self.at.show_value(self.clock)

    # --- doing ---------------------------------------------------------------------------------

    def combine(self) -> None:
        """Add the combined scenario as one step; what stands in the way is said here."""
        session = self.desk.session
        if session is None:
            return
        self.date.take()
        self.at.take()
        for row in self.rows:
            row.delay.take()
        parts = [row.part for row in self.rows if row.choose.key]
        name = self.name.text().strip() or self._proposed() or _("Combined scenario")
        try:
            edit, made = session.combined(parts, name, self._start())
            self.desk.attempt(edit, origin="scenarios")
        except Refused as refused:
            from continuity import messages

            self.problem.setText("\n".join(messages.full(problem) for problem in refused.problems))
            self.problem.show()
            return
        self.made = made
        self.accept()

    def _start(self) -> StartRule | None:
        date = self.date.date
        return None if date is None else dataclasses.replace(StartRule(on_or_after=date), at=self.clock)
