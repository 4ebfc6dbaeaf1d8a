"""Our own workbook: every record with drop-downs to choose from, or an empty form to send around."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from continuity.exchange.columns import Column, Say
from continuity.exchange.files import refusal
from continuity.exchange.known import label_of
from continuity.exchange.own_tables import NO, YES, Table, TableWriter, mark
from continuity.exchange.sheets import Watch, letters, unwatched
from continuity.exchange.xml_text import escaped
from continuity.model.fields import N_, FieldType, Spec
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused

_LONGEST = 32_000  # characters that a cell can hold
_LISTS, _FIRST_ROW = "uthallig-lists", 3
_ROOM = 1_000  # rows at least that offer their drop-downs
_MOST_CHOICES = 2_000
_INK, _HEAD, _NEEDED, _MUTED = "FF1E2A33", "FFDCE6EC", "FFF3DFC1", "FF5B6B76"
_FORMATS = {
    FieldType.PERMILLE: "0.0##%", FieldType.SEK: "#,##0", FieldType.DATE: "yyyy-mm-dd", FieldType.COUNT: "0",
}  # fmt: skip
_WIDTHS = {"code": 12, "name": 34}

TITLE = N_("Workbook of {name}")
INTRO = (
    N_("Each sheet holds one kind of record, one row for each. Fill in what you know; leave the rest blank."),
    N_("Headings with a darker colour must be filled in. Point at a heading to read what belongs there."),
    N_("Where a cell offers a list, choose from it. Several in one cell are separated by semicolons."),
    N_("Durations are written with their unit: 45 min, 72 h, 3 d, 1 d 6 h. Dates as 2027-01-25."),
    N_("Rows may be added, sorted and changed. Hidden columns hold ids: they let changes find their record."),
    N_("Send the file back; it is read in with “Import”, and nothing is doubled."),
)
#: What belongs in a column, by type.
HOW: dict[FieldType, str] = {
    FieldType.MINUTES: N_("A duration with its unit: 45 min, 72 h, 3 d."),
    FieldType.PERMILLE: N_("Per cent."),
    FieldType.SEK: N_("Whole kronor."),
    FieldType.COUNT: N_("A whole number."),
    FieldType.MILLI: N_("A number."),
    FieldType.NUMBER: N_("A number."),
    FieldType.CLOCK: N_("A time of day, as 08:00."),
    FieldType.DATE: N_("A date, as 2027-01-25."),
    FieldType.FLAG: N_("Yes or no."),
    FieldType.CHOICE: N_("One of the list."),
    FieldType.CHOICES: N_("One or several of the list, separated by semicolons."),
    FieldType.TAGS: N_("Words separated by semicolons."),
    FieldType.REF: N_("The code of a record; the list offers those there are."),
    FieldType.REFS: N_("Codes of records, separated by semicolons."),
    FieldType.VALUES: N_("Values in JSON, for programs."),
    FieldType.PLAIN: N_("Values in JSON, for programs."),
}
REQUIRED = N_("Must be filled in.")


def write_workbook(
    organisation: Organisation,
    path: Path,
    say: Say,
    *,
    rows: bool = True,
    kinds: tuple[str, ...] | None = None,
    watch: Watch = unwatched,
) -> None:
    """Write the workbook of ``organisation`` to ``path``; without ``rows`` an empty form of ``kinds``."""
    writer = TableWriter(organisation, say)
    tables = [t for t in writer.tables(rows=rows) if kinds is None or t.kind.name in kinds]
    _check_lengths(tables, path)
    content = _Book(writer, say, tables, watch).content()
    write_bytes(path, content)


def write_bytes(path: Path, content: bytes) -> None:
    """Put ``content`` in ``path`` whole, or leave what was there."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        if path.is_dir():
            raise refusal("is-a-folder", path)
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError as error:
        raise refusal("cannot-write", path, reason=error.strerror or str(error)) from None
    finally:
        with contextlib.suppress(OSError):  # where nothing could be written, nothing is left
            fresh.unlink(missing_ok=True)


def _check_lengths(tables: list[Table], path: Path) -> None:
    problems = [
        Problem("text-too-long-for-sheet", kind=table.kind.name, record=str(row[1]), field=column.path,
                facts={"length": len(cell), "limit": _LONGEST})
        for table in tables
        for row in table.rows
        for column, cell in zip(table.columns, row, strict=True)
        if isinstance(cell, str) and len(escaped(cell)) > _LONGEST
    ]  # fmt: skip
    if problems:
        raise Refused(problems, path)


class _Book:
    """One workbook being written."""

    def __init__(self, writer: TableWriter, say: Say, tables: list[Table], watch: Watch) -> None:
        from openpyxl import Workbook
        from openpyxl.styles import Alignment, Font, PatternFill

        self.writer, self.say, self.tables, self.watch = writer, say, tables, watch
        self.book = Workbook(write_only=True)
        self.bold = Font(bold=True, color=_INK)
        self.muted = Font(italic=True, color=_MUTED)
        self.title_font = Font(bold=True, size=16, color=_INK)
        self.head = PatternFill("solid", fgColor=_HEAD)
        self.needed = PatternFill("solid", fgColor=_NEEDED)
        self.wrap = Alignment(wrap_text=True, vertical="top")
        self.lists: dict[tuple[str, ...], tuple[str, list[str]]] = {}
        self.names = _sheet_names(tables, say)

    def content(self) -> bytes:
        self._intro()
        for done, table in enumerate(self.tables):
            self.watch(done, len(self.tables))
            self._table(table)
        self._columns()
        self._lists()
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()

    def _cell(self, sheet: Any, value: Any, **look: Any) -> Any:
        from openpyxl.cell import WriteOnlyCell

        text = isinstance(value, str)
        cell = WriteOnlyCell(sheet, escaped(value) if text else value)
        if text:
            # Whatever it begins with, it is text and never a formula.
            cell.data_type = "s"
            cell.quotePrefix = value[:1] in ("=", "+", "-", "@")
        for name, one in look.items():
            setattr(cell, name, one)
        return cell

    def _intro(self) -> None:
        sheet = self.book.create_sheet(self.say(N_("Read me")))
        sheet.column_dimensions["A"].width = 100
        agency = self.writer.organisation.agency
        title = self.say(TITLE).replace("{name}", agency.name if agency else "Uthållig")
        sheet.append([self._cell(sheet, title, font=self.title_font)])
        for line in INTRO:
            sheet.append([self._cell(sheet, self.say(line), alignment=self.wrap)])
        sheet.append([])
        for table in self.tables:
            text = f"{self.names[table.key]}: {len(table.rows)}"
            sheet.append([self._cell(sheet, text, hyperlink=f"#'{self.names[table.key]}'!A{_FIRST_ROW}")])

    def _table(self, table: Table) -> None:
        sheet = self.book.create_sheet(self.names[table.key])
        sheet.freeze_panes = f"{letters(3 if not table.field else 1)}{_FIRST_ROW}"
        sheet.row_dimensions[1].hidden = True
        last = max(_ROOM, len(table.rows) + _ROOM // 2)
        for place, column in enumerate(table.columns):
            dimension = sheet.column_dimensions[letters(place)]
            dimension.width = _WIDTHS.get(column.path, min(30, max(14, len(column.label(self.say)) * 0.9)))
            dimension.hidden = column.spec.hidden and column.path != table.kind.parent
            self._offer(sheet, column.spec, f"{letters(place)}{_FIRST_ROW}:{letters(place)}{last}")
        sheet.append(
            [self._cell(sheet, mark(table)), *(self._cell(sheet, c.path) for c in table.columns[1:])]
        )
        sheet.append([self._heading(sheet, column) for column in table.columns])
        for row in table.rows:
            sheet.append([
                None if value is None else self._value(sheet, column, value)
                for column, value in zip(table.columns, row, strict=True)
            ])  # fmt: skip
        if table.rows:
            sheet.auto_filter.ref = f"A2:{letters(len(table.columns) - 1)}{len(table.rows) + 2}"

    def _value(self, sheet: Any, column: Column, value: Any) -> Any:
        if isinstance(value, str) and column.spec.type is not FieldType.LONG_TEXT:
            return self._cell(sheet, value)
        if isinstance(value, str):
            return self._cell(sheet, value, alignment=self.wrap)
        return self._cell(sheet, value, number_format=_FORMATS.get(column.spec.type, "General"))

    def _heading(self, sheet: Any, column: Column) -> Any:
        from openpyxl.comments import Comment

        cell = self._cell(
            sheet, column.label(self.say), font=self.bold, alignment=self.wrap,
            fill=self.needed if column.spec.required else self.head,
        )  # fmt: skip
        note = Comment(self._how(column.spec), "Uthållig")
        note.width, note.height = 260, 120
        cell.comment = note
        return cell

    def _how(self, spec: Spec) -> str:
        parts = [spec.help, REQUIRED if spec.required else "", HOW.get(spec.type, "")]
        return " ".join(self.say(part) for part in parts if part) or self.say(N_("Text."))

    # --- lists to choose from ------------------------------------------------------------------

    def _offer(self, sheet: Any, spec: Spec, cells: str) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        choices = self._choices(spec)
        if not choices:
            return
        column, shown = self.lists.setdefault(tuple(choices), (letters(len(self.lists)), choices))
        rule = DataValidation(
            type="list",
            formula1=f"'{_LISTS}'!${column}$1:${column}${len(shown)}",
            allow_blank=True,
            # Rows that the file itself adds may be named too, and several at once.
            showErrorMessage=spec.type in (FieldType.CHOICE, FieldType.FLAG),
        )
        rule.add(cells)
        sheet.data_validations.append(rule)

    def _choices(self, spec: Spec) -> list[str]:
        match spec.type:
            case FieldType.FLAG:
                return [self.say(YES), self.say(NO)]
            case FieldType.CHOICE | FieldType.CHOICES:
                one = dataclasses.replace(spec, type=FieldType.CHOICE)
                return [self.writer.cell(one, code) for code, _ in spec.choices if code]
            case FieldType.REF | FieldType.REFS:
                records = [r for kind in spec.kinds for r in self.writer.organisation.of_kind(kind)]
                names = [label_of(r.code, str(getattr(r, "name", ""))) for r in records[:_MOST_CHOICES]]
                return list(dict.fromkeys(names))
        return []

    def _lists(self) -> None:
        sheet = self.book.create_sheet(_LISTS)
        sheet.sheet_state = "hidden"
        columns = [shown for _, shown in self.lists.values()]
        for place in range(max(map(len, columns), default=0)):
            sheet.append([
                self._cell(sheet, shown[place]) if place < len(shown) else None for shown in columns
            ])  # fmt: skip

    def _columns(self) -> None:
        sheet = self.book.create_sheet(self.say(N_("Columns")))
        for letter, width in zip("ABCD", (30, 34, 14, 90), strict=True):
            sheet.column_dimensions[letter].width = width
        heads = (N_("Sheet"), N_("Column"), N_("Required"), N_("What belongs there"))
        sheet.append([self._cell(sheet, self.say(head), font=self.bold, fill=self.head) for head in heads])
        for table in self.tables:
            for column in table.columns:
                if not column.spec.hidden:
                    sheet.append([self._cell(sheet, text) for text in self._said(table, column)])

    def _said(self, table: Table, column: Column) -> Iterator[str]:
        yield self.names[table.key]
        yield column.label(self.say)
        yield self.say(YES) if column.spec.required else ""
        choices = self._choices(column.spec) if column.spec.choices else []
        yield " ".join((self._how(column.spec), "; ".join(choices))).strip()


def _sheet_names(tables: list[Table], say: Say) -> dict[str, str]:
    names: dict[str, str] = {}
    for table in tables:
        plain = "".join(" " if letter in "[]:*?/\\'" else letter for letter in table.title(say))
        name, number = plain[:31], 2
        while name.casefold() in {held.casefold() for held in names.values()}:
            name, number = f"{plain[:28]} {number}", number + 1
        names[table.key] = name
    return names
