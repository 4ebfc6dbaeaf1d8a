"""The item model of the list, and what of it the filters let through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from continuity import messages
from continuity.messages.mends import action
from continuity.model.problems import Problem
from continuity.model.rules import Mend, mendable
from continuity.words import N_, _
from ui.problems.found import ORDER, Found, told
from ui.theme import theme
from ui.theme.icons import icon

_Index = QModelIndex | QPersistentModelIndex
_COLUMNS = (N_("What"), N_("Where"), N_("How to mend it"))
WHAT, WHERE, MEND = range(3)
_COLOURS = {"error": "warn", "warning": "reduced", "hint": "muted"}  # red is kept for a breach

Mender = Callable[[Problem], Mend | None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which problems are to be seen; an empty text lets all through."""

    severities: frozenset[str] = frozenset(ORDER)
    kind: str = ""
    owner: str = ""
    text: str = ""
    mendable: bool = False
    accepted: bool = False  # show what was accepted, instead of what is open

    def lets(self, found: Found) -> bool:
        """Tell whether ``found`` is to be seen."""
        problem = found.problem
        return (
            (found.waiver is not None) == self.accepted
            and problem.severity in self.severities
            and (not self.kind or problem.kind == self.kind)
            and (not self.owner or found.owner == self.owner)
            and (not self.mendable or problem.code in mendable())
            and (not self.text or self._holds(found))
        )

    def _holds(self, found: Found) -> bool:
        text = f"{found.sentence} {found.place} {found.owner_name}".casefold()
        return all(word in text for word in self.text.casefold().split())


class ProblemList(QAbstractTableModel):
    """Problems, the worst first; those that are wanted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.all: list[Found] = []
        self.rows: list[Found] = []
        self.wanted = Wanted()
        self.mender: Mender = lambda _problem: None
        self._mends: dict[tuple[str, ...], Mend | None] = {}

    @property
    def problems(self) -> list[Problem]:
        """The problems shown, in order."""
        return [found.problem for found in self.rows]

    def show(self, found: Iterable[Problem | Found]) -> None:
        """Show ``found`` in place of the old ones; a list that is the same stays as it is."""
        lines = [one if isinstance(one, Found) else told(one) for one in found]
        self.all = sorted(lines, key=lambda one: ORDER.index(one.problem.severity))
        self._mends.clear()
        self._choose()

    def narrow(self, wanted: Wanted) -> None:
        """Show what is wanted."""
        self.wanted = wanted
        self._choose()

    def count(self, severity: str) -> int:
        """Return how many open problems there are of ``severity``, seen or not."""
        return sum(one.problem.severity == severity for one in self.all if one.waiver is None)

    def mend(self, row: int) -> Mend | None:
        """Return what one click would do about a row."""
        found = self.rows[row]
        if found.waiver is not None or found.problem.code not in mendable():
            return None
        if found.key not in self._mends:
            self._mends[found.key] = self.mender(found.problem)
        return self._mends[found.key]

    def row_of(self, key: tuple[str, ...]) -> int:
        """Return the row of a problem by its key, or -1."""
        return next((n for n, found in enumerate(self.rows) if found.key == key), -1)

    def _choose(self) -> None:
        rows = [found for found in self.all if self.wanted.lets(found)]
        if [r.key for r in rows] == [r.key for r in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(_COLUMNS) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    # --- Qt ------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _("Reason") if section == MEND and self.wanted.accepted else _(_COLUMNS[section])
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        column = index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(index.row(), column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(self.rows[index.row()], column)
            case Qt.ItemDataRole.DecorationRole:
                return self._sign(index.row(), column)
            case Qt.ItemDataRole.ForegroundRole if column == MEND:
                return theme.colour("accent" if self.mend(index.row()) else "muted")
            case Qt.ItemDataRole.FontRole if column == MEND and self.mend(index.row()):
                font = QFont()
                font.setUnderline(True)
                return font
            case Qt.ItemDataRole.AccessibleTextRole if column == WHAT:
                severity = _(messages.SEVERITIES[self.rows[index.row()].problem.severity])
                return f"{severity}: {self._text(index.row(), WHAT)}"
        return None

    def _text(self, row: int, column: int) -> str:
        found = self.rows[row]
        if column == WHAT:
            return found.sentence
        if column == WHERE:
            return found.place
        if found.waiver is not None:
            return found.waiver.reason
        mend = self.mend(row)
        return action(mend) if mend else found.advice

    def _tip(self, found: Found, column: int) -> str:
        if column == WHERE and found.owner_name:
            return _("{place}\nOwner: {owner}", place=found.place, owner=found.owner_name)
        return (found.sentence, found.place, found.advice)[column]

    def _sign(self, row: int, column: int) -> object:
        if column == WHAT:
            severity = self.rows[row].problem.severity
            return icon(severity, _COLOURS[severity])
        if column == MEND and self.mend(row):
            return icon("equipment", "accent")
        return None


def menders(rows: Sequence[Found]) -> list[Problem]:
    """Return the problems of ``rows`` for which there may be a mend."""
    return [one.problem for one in rows if one.waiver is None and one.problem.code in mendable()]
