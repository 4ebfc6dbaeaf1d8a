"""What stands in the way of a scenario, or makes it say less than it seems: said before it is run."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from continuity import messages
from continuity.messages import mends
from continuity.model.edits import Edit
from continuity.model.kinds import Event, Scenario
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem
from continuity.model.rules.scenarios import events_too_late, events_without_effect
from continuity.words import _
from ui.runs.fit import yielding
from ui.theme import theme
from ui.theme.icons import icon

if TYPE_CHECKING:
    from continuity.session import Session

_MOST = 4


def troubles(organisation: Organisation, scenario: Scenario) -> Iterator[Problem]:
    """Yield what is to be known of ``scenario`` before a run."""
    if scenario.start is None:
        yield Problem("no-start", "error", "scenario", scenario.id, scenario.code, "start")
    if not organisation.parts(scenario.id, Event):
        yield Problem("no-events", "error", "scenario", scenario.id, scenario.code)
    yield from events_too_late(organisation, scenario)
    yield from events_without_effect(organisation, scenario)


class Trouble(QWidget):
    """A line per problem, with its mend where one click does it. ``mended`` gives the edit."""

    mended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.grid(0.25))
        self.sentences: tuple[str, ...] = ()
        self.mends: list[QPushButton] = []

    def show_scenario(self, session: Session, scenario: Scenario) -> None:
        """Show what is wrong with ``scenario``; hidden where nothing is."""
        while (held := self.column.takeAt(0)) is not None:
            if widget := held.widget():
                widget.hide()
                widget.deleteLater()
        self.mends = []
        found = list(troubles(session.organisation, scenario))
        self.sentences = tuple(messages.full(problem) for problem in found)
        for problem in found[:_MOST]:
            mend = session.mend_of(problem)
            words = mends.action(mend) if mend is not None else ""
            self.column.addWidget(self._line(problem, words, mend.edit if mend is not None else None))
        if len(found) > _MOST:
            self.column.addWidget(QLabel(_("… and {count} more.", count=len(found) - _MOST)))
        self.setVisible(bool(found))

    def _line(self, problem: Problem, words: str, edit: Edit | None) -> QWidget:
        line, sign = QWidget(), QLabel()
        size = theme.px(16)
        sign.setPixmap(icon("error" if problem.severity == "error" else "warning", "warn").pixmap(size, size))
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.grid(0.75))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(yielding(QLabel(messages.full(problem))), 1)
        if edit is not None:
            button = QPushButton(words)
            button.setProperty("role", "link")
            button.clicked.connect(partial(self.mended.emit, edit))
            self.mends.append(button)
            row.addWidget(button)
        return line
