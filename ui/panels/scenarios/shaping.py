"""What is done with an event by hand: each drag, key and click is one step that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from continuity.model.edits import Edit, amend
from continuity.model.kinds import Event
from continuity.model.laws import faults
from continuity.words import _
from ui.panels.scenarios.happening import stretched

if TYPE_CHECKING:
    from ui.panels.scenarios.workspace import ScenariosWorkspace


class Shaping(QObject):
    """Turns what the sheet emits into edits. Steps by key that follow at once are one step."""

    def __init__(self, workspace: ScenariosWorkspace) -> None:
        super().__init__(workspace)
        self.workspace = workspace
        sheet = workspace.sheet
        sheet.chart.moved.connect(self.move)
        sheet.chart.stretched.connect(self.stretch)
        sheet.card.changed.connect(self.change)
        sheet.trouble.mended.connect(self.mend)

    def move(self, key: str, minutes: int, several: bool = False) -> None:
        """Begin an event so many minutes later."""
        event = self._event(key)
        if event is not None:
            self._amend(event, {"offset": max(0, event.offset + minutes)}, several=several)

    def stretch(self, key: str, ratio: float, several: bool = False) -> None:
        """Let an event last so many times as long."""
        event = self._event(key)
        if event is None:
            return
        if event.duration is None:
            text = _(
                "It lasts as long as the repair of what is hit. Give it a duration of its own to change it."
            )
            self.workspace.desk.say(text)
        elif next(faults(event.duration), None) is None:
            self._amend(event, {"duration": stretched(event.duration, ratio)}, several=several)

    def change(self, values: dict[str, Any], several: bool = False) -> None:
        """Give fields of the event that is chosen new values."""
        event = self._event(self.workspace.event_id)
        if event is not None:
            self._amend(event, values, several=several)

    def mend(self, edit: Edit) -> None:
        """Mend with one click."""
        self.workspace.desk.edit(edit, origin=self.workspace.code)

    def _event(self, key: str) -> Event | None:
        session = self.workspace.session
        return session.organisation.of(Event, key) if session is not None else None

    def _amend(self, event: Event, values: dict[str, Any], *, several: bool) -> None:
        merge = f"{event.id}.{'.'.join(values)}" if several else None
        self.workspace.desk.edit(amend(event, **values), origin=self.workspace.code, merge=merge)
