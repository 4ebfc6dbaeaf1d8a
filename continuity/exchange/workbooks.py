"""Spreadsheets of any make read into sheets: XLSX, ODS and text; failed formulas are kept in sight."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape

from continuity.exchange.archives import checked_parts, kind_of_file
from continuity.exchange.files import refusal
from continuity.exchange.sheets import (
    CellFault,
    Row,
    Sheet,
    Watch,
    Workbook,
    column_of,
    is_error,
    unwatched,
)
from continuity.exchange.text_sheets import read_text_sheet

_MOST_ROWS, _MOST_COLUMNS = 200_000, 2_000
_MOST_CELLS = 20_000_000
_NO_VALUE = "="
_FAULTY = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d+)"([^>]*)>((?:(?!</c>).)*?)</c>', re.DOTALL)
_SHEET = re.compile(rb"<sheet\b[^>]*>")
_NAME = re.compile(rb'\bname="([^"]*)"')
_LINK = re.compile(rb'\br:id="([^"]*)"')
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_ID, _TARGET = re.compile(rb'\bId="([^"]*)"'), re.compile(rb'\bTarget="([^"]*)"')
_VALUE = re.compile(rb"<v>([^<]*)</v>")
_LOCKED_ODS = b"encryption-data"


def read_workbook(path: Path, watch: Watch = unwatched) -> Workbook:
    """Return the sheets of ``path``, told by its content; raise :class:`Refused` where it has none."""
    match kind_of_file(path):
        case "zip":
            return _unpacked(path, watch)
        case "locked":
            raise refusal("locked-file", path)
        case "old-office":
            raise refusal("old-spreadsheet", path)
        case "empty":
            raise refusal("empty-file", path)
    if path.suffix.lower() in (".xlsx", ".ods", ".xlsm"):
        raise refusal("damaged-file", path)
    return read_text_sheet(path, watch)


def _unpacked(path: Path, watch: Watch) -> Workbook:
    parts = checked_parts(path, watch)
    if "xl/workbook.xml" in parts:
        faults, form = _xlsx_faults(path, parts), "xlsx"
    elif "content.xml" in parts:
        faults, form = {}, "ods"
        if _LOCKED_ODS in _part(path, "META-INF/manifest.xml", parts):
            raise refusal("locked-file", path)
    else:
        raise refusal("not-a-spreadsheet", path)
    return Workbook(str(path), list(_sheets(path, faults, watch)), form=form)


def _part(path: Path, name: str, parts: dict[str, int]) -> bytes:
    if name not in parts:
        return b""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def _sheets(path: Path, faults: dict[str, list[tuple[int, int, str]]], watch: Watch) -> Iterator[Sheet]:
    import python_calamine as calamine

    try:
        with calamine.CalamineWorkbook.from_path(str(path)) as book:
            plain = [one for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
            for done, one in enumerate(plain):
                watch(done, len(plain))
                sheet = _sheet(path, one.name, book.get_sheet_by_name(one.name), faults.get(one.name, []))
                sheet.hidden = one.visible != calamine.SheetVisibleEnum.Visible
                yield sheet
    except calamine.PasswordError:
        raise refusal("locked-file", path) from None
    except (calamine.CalamineError, ValueError, OverflowError, OSError):
        raise refusal("damaged-file", path) from None


def _sheet(path: Path, name: str, found: Any, faults: list[tuple[int, int, str]]) -> Sheet:
    height, width = found.total_height, found.total_width
    if height > _MOST_ROWS or width > _MOST_COLUMNS or height * width > _MOST_CELLS:
        facts = {"sheet": name, "rows": height, "columns": width}
        raise refusal("too-many-rows", path, **facts, most=_MOST_ROWS, widest=_MOST_COLUMNS)
    # Row by row: whoever waits in another thread gets a turn in between.
    margin: Row = [None] * (found.start or (0, 0))[1]
    rows: list[Row] = [margin + [_plain(cell) for cell in row] for row in found.iter_rows()]
    sheet = Sheet(name, rows)
    for row, column, text in faults:
        _put(rows, row, column, CellFault(text))
    for (top, left), (bottom, right) in found.merged_cell_ranges or ():
        _spread(sheet, top, left, min(bottom, len(rows) - 1), right)
    sheet.faults = sum(isinstance(cell, CellFault) for row in rows for cell in row)
    return sheet


def _plain(cell: Any) -> Any:
    if isinstance(cell, str):
        if not cell:
            return None
        return CellFault(cell.strip()) if cell[0] in "#E" and is_error(cell) else cell
    return cell


def _put(rows: list[Row], row: int, column: int, value: CellFault) -> None:
    rows.extend([] for _ in range(row + 1 - len(rows)))
    rows[row].extend([None] * (column + 1 - len(rows[row])))
    rows[row][column] = value


def _spread(sheet: Sheet, top: int, left: int, bottom: int, right: int) -> None:
    """Give the value of cells merged downwards to each of their rows; beside it the cells stay blank."""
    if top >= len(sheet.rows) or left >= len(sheet.rows[top]):
        return
    value = sheet.rows[top][left]
    if value is not None and bottom > top:
        sheet.merged += 1
        for row in range(top + 1, bottom + 1):
            if left < len(sheet.rows[row]):
                sheet.rows[row][left] = value


def _xlsx_faults(path: Path, parts: dict[str, int]) -> dict[str, list[tuple[int, int, str]]]:
    """Return, by sheet, the cells with a formula that failed or was never worked out."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    for name, part in _sheet_parts(path, parts):
        content = _part(path, part, parts)
        if b't="e"' in content or b"<f" in content:
            found[name] = list(_faulty_cells(content))
    return found


def _faulty_cells(content: bytes) -> Iterator[tuple[int, int, str]]:
    for column, row, attributes, inside in _FAULTY.findall(content):
        value = _VALUE.search(inside)
        if b't="e"' in attributes:
            yield int(row) - 1, column_of(column.decode()), _text(value[1] if value else b"#ERROR")
        elif b"<f" in inside and (value is None or not value[1]) and b't="str"' not in attributes:
            yield int(row) - 1, column_of(column.decode()), _NO_VALUE


def _sheet_parts(path: Path, parts: dict[str, int]) -> Iterator[tuple[str, str]]:
    targets = {}
    for tag in _RELATION.findall(_part(path, "xl/_rels/workbook.xml.rels", parts)):
        id_, link_target = _ID.search(tag), _TARGET.search(tag)
        if id_ and link_target:
            targets[id_[1]] = link_target[1].decode()
    for tag in _SHEET.findall(_part(path, "xl/workbook.xml", parts)):
        name, link = _NAME.search(tag), _LINK.search(tag)
        if name and link and (target := targets.get(link[1])):
            yield _text(name[1]), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _text(content: bytes) -> str:
    plain = unescape(content.decode("utf-8", "replace"), {"&quot;": '"', "&apos;": "'"})
    return re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), plain)
