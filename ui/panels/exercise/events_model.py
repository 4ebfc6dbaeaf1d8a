"""The event list as a table: every line of it, its time by the clock and by the scenario, and own columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt

from continuity.model.edits import Changes, amend
from continuity.model.fields import FieldType, Spec
from continuity.model.kinds import KINDS, Exercise, Inject
from continuity.model.local_time import local_time
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused
from continuity.model.values import Extra
from continuity.words import N_, _, current
from ui.desk import Desk
from ui.forms.editors import sentence_of
from ui.grid.model import Index, RecordsModel, Role
from ui.panels.exercise.stage import start_of

_FIRST = ("at", "name", "channel", "sender", "to", "difficulty", "objective", "hint_after")
_LAST = ("message", "expected", "evaluation", "hint")
_CLOCK = "clock"
_OWN = "own/"  # before the name of a column of one's own


class EventsModel(RecordsModel):
    """Injects of one exercise in order of time. Times are typed as ``D+1 H+4`` or ``14:05``."""

    def __init__(self, desk: Desk, origin: str, parent: QObject | None = None) -> None:
        super().__init__(KINDS["inject"], desk, origin, parent)
        self.exercise: Exercise | None = None
        self._specs = self.columns
        self._fill_columns(())

    def show_exercise(self, organisation: Organisation | None, exercise: Exercise | None) -> None:
        """Show the event list of an exercise."""
        self.organisation, self.exercise = organisation, exercise
        parts = organisation.parts(exercise.id, Inject) if organisation and exercise else []
        own = exercise.columns if exercise else ()
        wanted = in_order(parts)
        if self._own != own:
            self.beginResetModel()
            self._fill_columns(own)
            self.endResetModel()
        if [r.id for r in wanted] == [r.id for r in self.rows]:
            self.follow_parts(wanted)
        else:
            self.show(wanted)

    def follow(self, _changes: Changes) -> None:
        """Show the list as it is now."""
        if self.exercise is not None and self.organisation is not None:
            self.show_exercise(self.organisation, self.organisation.of(Exercise, self.exercise.id))

    def _fill_columns(self, own: Sequence[str]) -> None:
        clock = Spec(type=FieldType.TEXT, label=N_("Clock"))
        columns = {"at": self._specs["at"], _CLOCK: clock}
        columns |= {name: self._specs[name] for name in _FIRST[1:]}
        columns |= {f"{_OWN}{name}": Spec(type=FieldType.TEXT, label=name) for name in own}
        columns |= {name: self._specs[name] for name in _LAST}
        self.columns, self.names, self._own = columns, tuple(columns), tuple(own)

    # --- Qt ------------------------------------------------------------------------------------

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(self.names):
            name = self.names[section]
            if role == Role.DisplayRole and name.startswith(_OWN):
                return name.removeprefix(_OWN)
            if name == "at" and role in (Role.DisplayRole, Role.TextAlignmentRole):
                left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
                return _("Time") if role == Role.DisplayRole else left
        return super().headerData(section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self.names[index.column()] == _CLOCK:
            return flags & ~Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if index.isValid() and self.names[index.column()] == "at":
            if role in (Role.DisplayRole, Role.EditRole):
                session = self.desk.session
                return session.relative_time(self.rows[index.row()].at) if session else ""
            if role == Role.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if index.isValid() and self.names[index.column()] == "at" and role == Role.EditRole:
            try:
                return self.store(index.row(), "at", self._minute(str(value)))
            except Refused as refused:
                self.refused.emit(sentence_of(refused))
                return False
        return super().setData(index, value, role)

    def store(self, row: int, name: str, value: Any) -> bool:
        """Carry out the change."""
        if not name.startswith(_OWN):
            return super().store(row, name, value)
        inject, column = self.rows[row], name.removeprefix(_OWN)
        others = tuple(one for one in inject.extra if one.column != column)
        mine = (Extra(column=column, value=value),) if value else ()
        edit = amend(inject, extra=(*others, *mine))
        return self.desk.attempt(edit, origin=self.origin) is not None

    def value(self, index: Index) -> Any:
        """Return the value of the cell."""
        name, inject = self.names[index.column()], self.rows[index.row()]
        if name == _CLOCK:
            return self.clock(inject.at)
        if name.startswith(_OWN):
            column = name.removeprefix(_OWN)
            return next((one.value for one in inject.extra if one.column == column), "")
        return super().value(index)

    def clock(self, minute: int) -> str:
        """Return the local day and hour of a minute of the scenario."""
        if self.organisation is None or self.exercise is None:
            return ""
        start = start_of(self.organisation, self.exercise)
        return hour_of(start, minute) if start else ""

    def _minute(self, text: str) -> int:
        session, start = self.desk.session, start_of(self.organisation, self.exercise)
        assert session is not None
        instant = start or dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
        found: int = session.minute_of(text, instant)
        return found


def hour_of(start: Any, minute: int) -> str:
    """Return the local day and hour of a minute after ``start`` (UTC)."""
    return current().datetime(local_time(start, minute), "short")


def in_order(injects: Sequence[Inject]) -> list[Inject]:
    """Return injects by time."""
    return sorted(injects, key=lambda i: (i.at, i.position, i.code))
