"""All records of one kind as rows: sorted, narrowed, and followed change by change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from continuity.model.edits import Changes
from continuity.model.kinds import Kind, Record
from continuity.model.organisation import Organisation
from continuity.model.references import code_order
from continuity.words import _
from ui.background import Slices
from ui.desk import Desk
from ui.grid.arrange import Arrangement, Condition
from ui.grid.model import RecordsModel
from ui.theme.icons import icon

_FEW = 64  # rows that come or go one by one; more of them are shown anew
_ARROWS = {False: "▲", True: "▼"}


class SheetModel(RecordsModel):
    """The rows are those that the arrangement lets through, in its order.

    A row that is edited keeps its place until somebody sorts or narrows anew, as in a spreadsheet.
    """

    about_to_arrange = Signal()
    arranged = Signal()

    def __init__(self, kind: Kind, desk: Desk, origin: str, parent: QObject | None = None) -> None:
        super().__init__(kind, desk, origin, parent)
        self.arrangement = Arrangement(self.columns, order=(("code", False),))
        self._everything: dict[str, Record] = {}
        self._places: dict[str, int] | None = None
        self._work: Slices | None = None

    # --- what is there -------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """How many records there are, seen or not."""
        return len(self._everything)

    def show_records(self, organisation: Organisation | None, records: Sequence[Record]) -> None:
        """Show ``records`` (sorted by code) of ``organisation``."""
        self.organisation = self.arrangement.organisation = organisation
        self._everything = {record.id: record for record in records}
        self.arrangement.forget()
        self._put(list(records))
        self.arrange()

    @property
    def is_arranging(self) -> bool:
        """Whether rows are still being chosen and sorted."""
        return self._work is not None

    def row_of(self, id_: str) -> int:
        """Return the row of the record ``id_``, or -1."""
        if self._places is None:
            self._places = {record.id: row for row, record in enumerate(self.rows)}
        return self._places.get(id_, -1)

    # --- arranging -----------------------------------------------------------------------------

    def sort_by(self, name: str, *, descending: bool = False, further: bool = False) -> None:
        """Sort by a column, or by it too after those before."""
        self.arrangement.sorted_by(name, descending, further=further)
        self.arrange()

    def flip(self, column: int, *, further: bool = False) -> None:
        """Sort by a column, the other way round if it is sorted by already: a click on a heading."""
        name = self.names[column]
        ways = dict(self.arrangement.order)
        known = name in ways and (further or len(ways) == 1)
        self.sort_by(name, descending=known and not ways[name], further=further)

    def narrow(self, words: str) -> None:
        """Keep the rows that hold every word of ``words``."""
        self.arrangement.words = words
        self.arrange()

    def condition(self, name: str, condition: Condition | None) -> None:
        """Keep the rows whose column ``name`` is as ``condition`` says; None: whatever it is.

        Raises :class:`Refused`, and changes nothing, where the condition makes no sense.
        """
        if condition is None:
            self.arrangement.conditions.pop(name, None)
        else:
            condition.test(self.columns[name], self.organisation)
            self.arrangement.conditions[name] = condition
        self.arrange()

    def clear(self) -> None:
        """Show every row again."""
        self.arrangement.conditions.clear()
        self.arrangement.words = ""
        self.arrange()

    def arrange(self) -> None:
        """Choose and sort the rows anew, in slices: the window stays alive meanwhile."""
        if self._work is not None:
            self._work.stop()
            self._work.deleteLater()
        work = Slices(self.arrangement.steps(list(self._everything.values()), self._take), self)
        work.done.connect(self._on_done)
        self._work = work
        work.start()

    def say_anew(self) -> None:
        """Another language: headings, words and their order."""
        self.arrangement.forget()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.names) - 1)
        self.arrange()

    def _on_done(self) -> None:
        if self._work is not None:
            self._work.deleteLater()
            self._work = None

    def _take(self, rows: list[Record]) -> None:
        # Meanwhile records may have changed or gone; those that came are at the end already.
        found = [now for record in rows if (now := self._everything.get(record.id))]
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.names) - 1)
        if len(found) == len(self.rows) and all(a is b for a, b in zip(found, self.rows, strict=True)):
            return
        self.about_to_arrange.emit()
        self._put(found)
        self.arranged.emit()

    def _put(self, rows: list[Record]) -> None:
        self.beginResetModel()
        self.rows, self._places = rows, None
        self.endResetModel()

    # --- following -----------------------------------------------------------------------------

    def follow_changes(self, changes: Changes) -> None:
        """Show what ``changes`` names and nothing else."""
        mine = self.kind.of
        added = [record for record in changes.added if type(record) is mine]
        removed = [record for record in changes.removed if type(record) is mine]
        for record in removed:
            self._everything.pop(record.id, None)
        for record in added:
            self._everything[record.id] = record
        if self._names_changed(changes):
            self.arrangement.forget()
        if len(added) + len(removed) > _FEW or (added and changes.origin in ("undo", "redo")):
            self._everything = {r.id: r for r in sorted(self._everything.values(), key=code_order)}
            self.arrange()
        else:
            self._drop(removed)
            self._append(added)
        self._replace(record for record in changes.replaced if type(record) is mine)
        if self.rows and self._names_changed(changes):
            self._announce(0, len(self.rows) - 1)

    def _drop(self, removed: Iterable[Record]) -> None:
        places = sorted((self.row_of(record.id) for record in removed), reverse=True)
        for place in places:
            if place >= 0:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self.rows[place]
                self._places = None
                self.endRemoveRows()

    def _append(self, added: list[Record]) -> None:
        if added:
            first = len(self.rows)
            self.beginInsertRows(QModelIndex(), first, first + len(added) - 1)
            self.rows += added
            self._places = None
            self.endInsertRows()

    def _replace(self, replaced: Iterable[Record]) -> None:
        places = []
        for record in replaced:
            self._everything[record.id] = record
            place = self.row_of(record.id)
            if place >= 0:
                self.rows[place] = record
                places.append(place)
        if places:
            self._announce(min(places), max(places))

    # --- headings ------------------------------------------------------------------------------

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(self.names):
            name = self.names[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return self._heading(name)
            if role == Qt.ItemDataRole.DecorationRole and name in self.arrangement.conditions:
                return icon("filter", "accent")
        return super().headerData(section, orientation, role)

    def _heading(self, name: str) -> str:
        order = self.arrangement.order
        label = _(self.columns[name].label)
        place = next((n for n, (one, _way) in enumerate(order) if one == name), -1)
        if place < 0:
            return label
        arrow = _ARROWS[order[place][1]]
        return f"{label} {arrow}" if len(order) == 1 else f"{label} {arrow}{place + 1}"
