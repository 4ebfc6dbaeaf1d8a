"""Which three guesses would change the headline most: asked for here, found in the background."""

from __future__ import annotations

import queue
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from continuity import messages
from continuity.model.evidence import WEAK
from continuity.model.kinds import Scenario, kind_of
from continuity.model.organisation import Organisation
from continuity.session import RunRequest
from continuity.session_analysis import Done, Ended, Step
from continuity.words import _, current
from ui.described import plain_label
from ui.desk import Desk
from ui.shown import name_of
from ui.texts import Texts
from ui.theme import theme

if TYPE_CHECKING:
    from continuity.analysis.results import Swing, Tornado

_MOST, _TICK, _REPLICATIONS = 3, 150, 256


class Weightiest(QWidget):
    """A button that begins and stops, and beside it how far it is and then the three."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.texts = desk, Texts()
        self.handle: Any = None
        self.go, self.told = QPushButton(), plain_label()
        self.go.clicked.connect(self.turn)
        self._timer = QTimer(self, interval=_TICK)
        self._timer.timeout.connect(self._listen)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.grid(1))
        row.addWidget(self.go)
        row.addWidget(self.told, 1)
        self.desk.session_changed.connect(self.stop)
        self.texts(self._say)

    def turn(self) -> None:
        """Begin, or stop what is under way."""
        if self.handle is not None:
            self.stop()
            return
        session = self.desk.session
        scenario = self._scenario()
        if session is None or scenario is None:
            self.told.setText(_("There is no scenario to run."))
            return
        self.handle = session.start_tornado(RunRequest(scenario, replications=_REPLICATIONS))
        self.told.setText(_("Working it out …"))
        self._timer.start()
        self._say()

    def stop(self) -> None:
        """Stop what is under way and forget it."""
        if self.handle is not None:
            self.handle.cancel()
        self._end("")

    def _scenario(self) -> str | None:
        """Return the scenario of the run that was kept last, else the first there is."""
        session = self.desk.session
        if session is None:
            return None
        latest = session.latest_run()
        meta = getattr(getattr(latest, "with_", latest), "meta", None)
        if meta is not None and session.organisation.of(Scenario, meta.scenario):
            return str(meta.scenario)
        return next((scenario.id for scenario in session.organisation.all(Scenario)), None)

    def _listen(self) -> None:
        while self.handle is not None:
            try:
                event = self.handle.events.get_nowait()
            except queue.Empty:
                return
            match event:
                case Step(done, total):
                    self.told.setText(_("{done} of {total} figures tried", done=done, total=total))
                case Done(answer):
                    self._end(self._answered(answer))
                case Ended(problems):
                    self._end("\n".join(messages.full(problem) for problem in problems))

    def _end(self, text: str) -> None:
        self.handle = None
        self._timer.stop()
        self.told.setText(text)
        self._say()

    def _answered(self, found: Tornado) -> str:
        session = self.desk.session
        if session is None:
            return ""
        moving = [swing for swing in found.swings if swing.confidence in WEAK and swing.span[0] >= 1]
        scenario = name_of(session.organisation.get(found.meta.scenario))
        if not moving:
            return _("No guess changes the headline of “{scenario}”.", scenario=scenario)
        lines = [_line(session.organisation, swing) for swing in moving[:_MOST]]
        return "\n".join([_("Would change “{scenario}” most:", scenario=scenario), *lines])

    def _say(self) -> None:
        running = self.handle is not None
        self.go.setText(_("Stop") if running else _("Which three guesses matter most?"))
        self.go.setToolTip(
            _("Tries every guess at half and double, on the same draws; may take a quarter of an hour. "
              "The scenario is that of the run that was kept last.")
        )  # fmt: skip


def _line(organisation: Organisation, swing: Swing) -> str:
    record = organisation.get(swing.record)
    spec = kind_of(record).specs.get(swing.field) if record else None
    return _(
        "{record}, {field}: {people} more or fewer people in need unpaid",
        record=name_of(record),
        field=_(spec.label).lower() if spec else swing.field,
        people=current().number(round(swing.span[0])),
    )
