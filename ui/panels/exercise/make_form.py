"""What an exercise is made of: scenario, severity, playing time, language; made in the background."""

from __future__ import annotations

import threading
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from continuity.model.kinds import Scenario
from continuity.model.kinds.exercise import SEVERITIES
from continuity.model.problems import Refused
from continuity.session import RunCancelled
from continuity.simulation.events import Progress
from continuity.words import N_, _, current
from ui.desk import Desk
from ui.panels.exercise.fields import minutes_line, modest
from ui.runs.choosers import PickButton, scenario_items
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon

_LANGUAGES = {"sv": "Svenska", "en": "English"}
_LENGTH, _SHORTEST, _LONGEST = 120, 30, 1440  # minutes


class MakeForm(QFrame):
    """``made`` with the exercise and the edit that adds it."""

    made = Signal(object, object)
    left = Signal()
    progressed = Signal(int, int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.texts = desk, Texts()
        self._cancel = threading.Event()
        self.busy = False
        self.setProperty("role", "card")
        self.title, self.about = QLabel(), QLabel()
        self.title.setProperty("role", "heading")
        self.about.setProperty("role", "muted")
        self.about.setWordWrap(True)
        self.scenario = PickButton(self._scenarios, N_("Scenario"))
        self.scenario.picked.connect(self.choose)
        self.severity, self.language = modest(QComboBox()), modest(QComboBox())
        self.length = minutes_line(_LENGTH)
        for code in SEVERITIES:
            self.severity.addItem("", code)
        self.severity.setCurrentIndex(1)
        for code, name in _LANGUAGES.items():
            self.language.addItem(name, code)
        self.make, self.leave, self.stop = QPushButton(), QPushButton(), QPushButton()
        self.make.setProperty("role", "primary")
        self.make.setIcon(icon("exercise", "on_accent"))
        self.bar, self.told = QProgressBar(), QLabel()
        self.bar.setTextVisible(False)
        self._lay_out()
        self.make.clicked.connect(self.begin)
        self.leave.clicked.connect(self.left)
        self.stop.clicked.connect(self.cancel)
        self.progressed.connect(self._on_progress)
        self.texts(self._say)
        self._show_busy(False)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.grid(2)])
        column.setSpacing(theme.grid(1))
        self.form = QFormLayout()
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.form.setSpacing(theme.grid(1))
        self.labels = [QLabel() for _n in range(4)]
        editors = (self.scenario, self.severity, self.length, self.language)
        for label, editor in zip(self.labels, editors, strict=True):
            label.setBuddy(editor)
            self.form.addRow(label, editor)
        buttons = QHBoxLayout()
        for button in (self.make, self.leave, self.stop):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for part in (self.title, self.about):
            column.addWidget(part)
        column.addLayout(self.form)
        column.addWidget(self.bar)
        column.addWidget(self.told)
        column.addLayout(buttons)

    def _say(self) -> None:
        self.title.setText(_("New exercise"))
        self.about.setText(
            _(
                "The program runs the scenario, takes one of its runs, and writes the event list from what "
                "happens in it: who calls when, what is asked, and what is a good answer. "
                "Everything can be changed afterwards."
            )
        )
        names = (
            _("Scenario"),
            _("Severity"),
            _("Time in the room, with briefing and review"),
            _("Language of the messages"),
        )
        editors = (self.scenario, self.severity, self.length, self.language)
        for label, editor, name in zip(self.labels, editors, names, strict=True):
            label.setText(name)
            if editor is not self.scenario:
                editor.setAccessibleName(name)
        for place, label in enumerate(SEVERITIES.values()):
            self.severity.setItemText(place, _(label))
        self.language.setCurrentIndex(self.language.findData(current().language))
        self.make.setText(_("Make the exercise"))
        self.leave.setText(_("Not now"))
        self.stop.setText(_("Stop"))
        self.bar.setAccessibleName(_("Progress of the run"))

    # --- choosing ------------------------------------------------------------------------------

    def _scenarios(self) -> list[Any]:
        session = self.desk.session
        return scenario_items(session.organisation) if session else []

    def show_document(self) -> None:
        """Propose the first scenario of the document, unless one of its own is chosen."""
        session = self.desk.session
        known = session.organisation.of(Scenario, self.scenario.key) if session else None
        items = self._scenarios()
        self.choose(known.id if known else items[0].key if items else "")

    def choose(self, scenario: str) -> None:
        """Choose a scenario (id)."""
        session = self.desk.session
        record = session.organisation.of(Scenario, scenario) if session else None
        words = f"{record.code} {record.name}" if record else _("Choose a scenario")
        self.scenario.show_key(record.id if record else "", words, "scenario")
        self.make.setEnabled(record is not None and not self.busy)

    # --- making --------------------------------------------------------------------------------

    def begin(self) -> None:
        """Make the exercise, in the background."""
        session = self.desk.session
        if session is None or self.busy or not self.scenario.key:
            return
        request = session.exercise_request(
            self.scenario.key,
            severity=str(self.severity.currentData()),
            length=min(_LONGEST, max(_SHORTEST, self.length.taken() or _LENGTH)),
            lang=str(self.language.currentData()),
        )
        self._cancel = cancel = threading.Event()
        self._show_busy(True)
        self._asked = session
        self.desk.work(
            lambda: session.made_exercise(request, cancel=cancel, report=self._report),
            self._done,
            self._failed,
        )

    def cancel(self) -> None:
        """Ask the run to stop; nothing is made then."""
        self._cancel.set()

    def _report(self, event: Any) -> None:
        if isinstance(event, Progress):
            self.progressed.emit(event.done, event.replications)

    def _on_progress(self, done: int, goal: int) -> None:
        if self.busy:
            self.bar.setRange(0, goal)
            self.bar.setValue(done)
            self.told.setText(_("{done} of {goal} runs", done=done, goal=goal))

    def _done(self, found: Any) -> None:
        self._show_busy(False)
        if self._asked is self.desk.session:
            self.made.emit(*found)

    def _failed(self, error: Exception) -> None:
        self._show_busy(False)
        if isinstance(error, RunCancelled):
            self.desk.say(_("Stopped; no exercise was made."))
        elif isinstance(error, Refused):
            self.desk.refuse(error)
        else:
            self.desk.say(_("This did not work: {error}", error=str(error)), "warn")

    def _show_busy(self, busy: bool) -> None:
        self.busy = busy
        self.bar.setRange(0, 0)
        self.told.setText(_("Running the scenario …"))
        for part in (self.bar, self.told, self.stop):
            part.setVisible(busy)
        for part in (self.make, self.leave):
            part.setVisible(not busy)
        for part in (self.scenario, self.severity, self.length, self.language):
            part.setEnabled(not busy)
        self.make.setEnabled(not busy and bool(self.scenario.key))
