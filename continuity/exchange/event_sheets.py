"""Sheets with drop-downs in one workbook, or one of them as CSV: lists that people fill in and send back."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Protocol

from continuity.exchange.csv_folder import written
from continuity.exchange.files import refusal, write_text
from continuity.exchange.sheets import letters
from continuity.exchange.workbook_out import write_bytes
from continuity.exchange.xml_text import escaped
from continuity.model.problems import Problem, Refused

_BOM: Final = "\ufeff"  # by it Excel knows that the text is UTF-8
_LISTS: Final = "uthallig-lists"
_HEAD_ROW, _ROOM = 2, 500
_LONGEST: Final = 32_000  # characters that a cell can hold
_INK, _HEAD, _MARK = "FF1E2A33", "FFDCE6EC", "FF8A1C1C"
_FORBIDDEN: Final = str.maketrans("[]:*?/\\'", "        ")


class ColumnOut(Protocol):
    """A column: heading, width in characters, what may be chosen and how strictly, a note."""

    @property
    def title(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def choices(self) -> tuple[str, ...]: ...
    @property
    def strict(self) -> bool: ...
    @property
    def wrap(self) -> bool: ...
    @property
    def note(self) -> str: ...


class SheetOut(Protocol):
    """A sheet: its name, the line above the headings, columns and rows."""

    @property
    def name(self) -> str: ...
    @property
    def top(self) -> str: ...
    @property
    def columns(self) -> Sequence[ColumnOut]: ...
    @property
    def rows(self) -> Sequence[Sequence[str | int | float]]: ...


def write_event_sheets(sheets: Sequence[SheetOut], path: Path) -> None:
    """Write ``sheets`` to ``path``, by its ending .xlsx, or .csv for a single one."""
    match path.suffix.lower():
        case ".xlsx":
            write_bytes(path, event_workbook(sheets))
        case ".csv" if len(sheets) == 1:
            write_text(path, _BOM + _text(sheets[0]))
        case _:
            raise refusal("cannot-write", path, reason=path.suffix or path.name)


def _text(sheet: SheetOut) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([sheet.top])
    writer.writerow([column.title for column in sheet.columns])
    writer.writerows([[written(cell) for cell in row] for row in sheet.rows])
    return out.getvalue()


def event_workbook(sheets: Sequence[SheetOut]) -> bytes:
    """Return ``sheets`` as a workbook, each with its marking on screen and on every printed page.

    Raises :class:`Refused` where a text is longer than a cell can hold.
    """
    from openpyxl import Workbook

    for sheet in sheets:
        _check_lengths(sheet)
    book = Workbook()
    book.remove(book.active)
    lists = dict[tuple[str, ...], str]()
    for sheet in sheets:
        _sheet(book.create_sheet(sheet.name.translate(_FORBIDDEN)[:31]), sheet, lists)
    if lists:
        hidden = book.create_sheet(_LISTS)
        hidden.sheet_state = "hidden"
        for choices, letter in lists.items():
            for row, text in enumerate(choices, 1):
                hidden[f"{letter}{row}"] = escaped(text)
                hidden[f"{letter}{row}"].data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _check_lengths(sheet: SheetOut) -> None:
    problems = [
        Problem(
            "text-too-long-for-sheet",
            path=f"{sheet.name}!{letters(place)}{number}",
            facts={"length": len(value), "limit": _LONGEST},
        )
        for number, row in enumerate(sheet.rows, _HEAD_ROW + 1)
        for place, value in enumerate(row)
        if isinstance(value, str) and len(escaped(value)) > _LONGEST
    ]
    if problems:
        raise Refused(problems)


def _sheet(target: Any, sheet: SheetOut, lists: dict[tuple[str, ...], str]) -> None:
    from openpyxl.styles import Alignment, Font

    target.append([escaped(sheet.top)])
    target["A1"].font = Font(bold=True, color=_MARK)
    _headings(target, sheet)
    wraps = [Alignment(wrap_text=column.wrap, vertical="top") for column in sheet.columns]
    for number, row in enumerate(sheet.rows, _HEAD_ROW + 1):
        for place, value in enumerate(row):
            shown = escaped(value) if isinstance(value, str) else value
            cell = target.cell(number, place + 1, None if shown == "" else shown)
            cell.alignment = wraps[place]
            if isinstance(value, str) and value:
                cell.data_type = "s"  # text that begins with = is no formula
    last = len(sheet.rows) + _HEAD_ROW
    target.freeze_panes = f"A{_HEAD_ROW + 1}"
    target.auto_filter.ref = f"A{_HEAD_ROW}:{letters(len(sheet.columns) - 1)}{last}"
    for place, column in enumerate(sheet.columns):
        target.column_dimensions[letters(place)].width = column.width
        if column.choices:
            _offer(target, column, f"{letters(place)}{_HEAD_ROW + 1}:{letters(place)}{last + _ROOM}", lists)
    _on_paper(target, sheet.top)


def _headings(target: Any, sheet: SheetOut) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill

    for place, column in enumerate(sheet.columns, 1):
        cell = target.cell(_HEAD_ROW, place, escaped(column.title))
        cell.font, cell.fill = Font(bold=True, color=_INK), PatternFill("solid", fgColor=_HEAD)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if column.note:
            cell.comment = Comment(column.note, "Uthållig", width=280, height=90)


def _offer(target: Any, column: ColumnOut, cells: str, lists: dict[tuple[str, ...], str]) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = lists.setdefault(column.choices, letters(len(lists)))
    rule = DataValidation(
        type="list",
        formula1=f"'{_LISTS}'!${letter}$1:${letter}${len(column.choices)}",
        allow_blank=True,
        showErrorMessage=column.strict,
    )
    rule.add(cells)
    target.add_data_validation(rule)


def _on_paper(target: Any, top: str) -> None:
    """Lying, as wide as the paper, headings and marking on each page."""
    target.page_setup.orientation = "landscape"
    target.page_setup.paperSize = target.PAPERSIZE_A4
    target.page_setup.fitToWidth, target.page_setup.fitToHeight = 1, 0
    target.sheet_properties.pageSetUpPr.fitToPage = True
    target.print_title_rows = f"1:{_HEAD_ROW}"
    marking = top.replace("&", "&&")[:120]
    target.oddHeader.center.text = marking
    target.oddFooter.center.text = marking
    target.oddFooter.right.text = "&P/&N"
