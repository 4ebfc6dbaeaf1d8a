"""What can be done in a table: each verb is one step that can be undone, or changes nothing and says why."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from continuity.model.edits import Add, Changes, Edit, Group, is_empty
from continuity.model.fields import FieldType
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused
from continuity.words import _, ngettext
from ui.grid.delegate import CellDialog
from ui.making import duplicated, made
from ui.panels.tables.cells import Cell, emptied, typed_in, written
from ui.panels.tables.columns import Chooser, keep
from ui.panels.tables.conditions import Asking
from ui.panels.tables.faults import FEW, Faults
from ui.panels.tables.fill import filled_down, filled_on
from ui.panels.tables.paste import Paste, read_block, tiled
from ui.panels.tables.replace import Hit
from ui.panels.tables.replacing import Replacing
from ui.panels.tables.table import RecordTable
from ui.shown import shown

if TYPE_CHECKING:
    from ui.panels.tables.workspace import TablesWorkspace


class Verbs:
    """The verbs of the Tables workspace."""

    def __init__(self, page: TablesWorkspace) -> None:
        self.page = page

    @property
    def table(self) -> RecordTable:
        """The table in which one stands."""
        return self.page.table

    @property
    def organisation(self) -> Organisation:
        """The records of the document."""
        assert self.page.session is not None
        return self.page.session.organisation

    def do(self, verb: str) -> None:
        """Carry out the verb of a key or a button."""
        if self.page.session is not None and self.table.sheet is not None:
            getattr(self, verb)()

    # --- rows ----------------------------------------------------------------------------------

    def add(self) -> None:
        """Add a record of the kind shown and begin to name it."""
        record = made(self.organisation, self.page.kind)
        if record is None:
            self.page.desk.say(_("There is nothing yet that it could refer to."), "warn")
            return
        if self.page.desk.edit(Add(record), origin=self.page.code) is not None:
            self.table.show_row(record.id, 1)
            self.table.edit(self.table.currentIndex())

    def duplicate(self) -> None:
        """Copy the chosen rows with their parts."""
        records = [r for id_ in self.table.chosen_ids() if (r := self.organisation.get(id_))]
        if records:
            edit, copies = duplicated(self.organisation, records)
            if self.page.desk.edit(edit, origin=self.page.code) is not None:
                self.table.show_row(copies[0], 1)

    def delete(self) -> None:
        """Delete the chosen rows with all that falls with them, as one step."""
        row = self.table.currentIndex().row()
        if self.page.desk.remove(self.table.chosen_ids(), origin=self.page.code) is not None:
            assert self.table.sheet is not None
            self.table.setCurrentIndex(self.table.sheet.index(min(row, self.table.row_count() - 1), 0))

    # --- cells ---------------------------------------------------------------------------------

    def clear(self) -> None:
        """Empty the chosen cells; those that must hold something keep it."""
        cells = [cell for column in self.table.blocks() for cell in column]
        edit, kept = emptied(cells, self._columns)
        self._carry_out(lambda: edit)
        if kept and is_empty(edit):
            self.page.desk.say(_("This must hold something. Ctrl+Delete deletes the whole row."), "warn")

    def fill_down(self) -> None:
        """Copy the uppermost cells of the selection down; of a single row, those of the row above."""
        blocks = self.table.blocks()
        first = min(self.table.chosen_rows(), default=0)
        if blocks and len(blocks[0]) == 1 and first > 0:
            above = self.table.record(first - 1)
            blocks = [[Cell(above, column[0].name), *column] for column in blocks]
        self._carry_out(lambda: filled_down(blocks, self._columns))

    def fill_on(self) -> None:
        """Go on with what the first cells of the selection begin: 1, 2, 3 or 4 h, 8 h, 12 h."""
        self._carry_out(lambda: filled_on(self.table.blocks(), self._columns))

    def type_for_all(self, text: str) -> None:
        """Type ``text`` into every selected cell of the current column."""
        current = self.table.current()
        if current is not None:
            cells = self._of_column(current.name) or [current]
            pairs = [(cell, text) for cell in cells]
            self._carry_out(lambda: typed_in(pairs, self._columns, self.organisation, "replace"))

    def change_all(self) -> None:
        """Ask for one value and give it to every selected cell of the current column."""
        current = self.table.current()
        if current is None or self._columns[current.name].type is FieldType.PLAIN or current.name == "code":
            return
        cells = self._of_column(current.name)

        def take(value: Any) -> None:
            self._carry_out(lambda: written([(cell, value) for cell in cells], "replace"))

        CellDialog(self.table, self._columns[current.name], current.value, take).open()

    # --- blocks --------------------------------------------------------------------------------

    def paste(self) -> None:
        """Paste a block at the upper left of the selection, as one step; nothing if a cell is wrong."""
        rows, names = self.table.chosen_rows(), self.table.chosen_columns()
        block = read_block(QGuiApplication.clipboard().text())
        block = tiled(block, len(rows), len(names))
        targets = self.table.records_from(rows[0]) if rows else []
        columns = self.table.columns_from(names[0] if names else "")
        if (len(block), max(map(len, block), default=0)) == (len(rows), len(names)):
            targets, columns = [self.table.record(row) for row in rows], names
        job = Paste(self.organisation, self.page.kind, {n: self._columns[n] for n in columns}, targets)
        changes = self._carry_out(lambda: job.edit(block))
        if changes is not None:
            facts = {"changed": len(changes.replaced), "added": len(changes.added)}
            self.page.desk.say(_("Pasted: {changed} changed, {added} new.", **facts), "done")

    def replace(self) -> None:
        """Open the window of find and replace."""
        current, sheet = self.table.current(), self.table.sheet
        assert sheet is not None
        column = current.name if current is not None and len(self.table.chosen_columns()) == 1 else ""

        def done(found: list[Hit]) -> bool:
            pairs = [(hit.cell, hit.after) for hit in found]
            changes = self._carry_out(
                lambda: typed_in(pairs, self._columns, self.organisation, "replace_all")
            )
            if changes is None:
                return False
            count = len(found)
            self.page.desk.say(ngettext("{n} cell replaced.", "{n} cells replaced.", count), "done")
            return True

        self.replacing = Replacing(self.page.window(), sheet, column, done, self._go_to)
        self.replacing.open()

    # --- columns -------------------------------------------------------------------------------

    def condition(self, name: str = "") -> None:
        """Ask under the current column (or ``name``) by what the rows are to be narrowed and sorted."""
        sheet, current = self.table.sheet, self.table.current()
        assert sheet is not None
        name = name or (current.name if current is not None else sheet.names[0])
        column = sheet.names.index(name)
        text = ""
        if current is not None and current.name == name:
            text = shown(sheet.columns[name], current.value, sheet.organisation)

        def sort(descending: bool) -> None:
            further = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
            sheet.sort_by(name, descending=descending, further=further)

        view = self.table.frozen if column in self.table.frozen.columns else self.table
        self.asking = Asking(sheet, name, view, sort, text)
        header = view.horizontalHeader()
        place = QPoint(header.sectionViewportPosition(column), header.height())
        self.asking.open_at(header.mapToGlobal(place))

    def show_all(self) -> None:
        """Take away every filter."""
        self.page.filter.clear()
        assert self.table.sheet is not None
        self.table.sheet.clear()

    def columns(self) -> None:
        """Choose which columns are shown."""
        self.choosing = Chooser(self.table, lambda: keep(self.table))
        button = self.page.columns_button
        self.choosing.open_at(button.mapToGlobal(QPoint(button.width(), button.height())))

    # --- inside --------------------------------------------------------------------------------

    @property
    def _columns(self) -> dict[str, Any]:
        assert self.table.sheet is not None
        return self.table.sheet.columns

    def _of_column(self, name: str) -> list[Cell]:
        return [Cell(self.table.record(row), name) for row in self.table.chosen_rows()]

    def _go_to(self, cell: Cell) -> None:
        sheet = self.table.sheet
        if sheet is not None and cell.name in sheet.names:
            self.table.show_row(cell.record.id, sheet.names.index(cell.name))

    def _carry_out(self, make: Callable[[], Edit]) -> Changes | None:
        """Carry out the edit that ``make`` returns; list every cell that is wrong with it."""
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            edit = make()
            if isinstance(edit, Group) and len(edit.edits) == 1 and edit.verb == "replace":
                edit = edit.edits[0]
            return self.page.desk.attempt(edit, origin=self.page.code)
        except Refused as refused:
            if len(refused.problems) <= FEW:
                self.page.desk.refuse(refused)
            else:
                self.faults = Faults(self.page.window(), refused.problems, self.table.show_row)
                self.faults.open()
        finally:
            QGuiApplication.restoreOverrideCursor()
        return None
