"""A table that is shown, as a sheet of a workbook or a CSV file that any spreadsheet opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from continuity.exchange.csv_folder import written
from continuity.exchange.files import refusal, write_text
from continuity.exchange.workbook_out import write_bytes
from continuity.exchange.xml_text import escaped

_BOM = "\ufeff"  # by it Excel knows that the text is UTF-8
_WIDEST = 60


def write_table(path: str | Path, titles: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write a table to ``path``, by its ending .xlsx or .csv; figures stay figures in a workbook."""
    path = Path(path)
    match path.suffix.lower():
        case ".xlsx":
            write_bytes(path, _workbook(titles, rows))
        case ".csv":
            write_text(path, _BOM + _text(titles, rows))
        case _:
            raise refusal("cannot-write", path, reason=path.suffix or path.name)


def _text(titles: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([[written(cell) for cell in row] for row in (titles, *rows)])
    return out.getvalue()


def _workbook(titles: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.append([escaped(title) for title in titles])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([escaped(cell) if isinstance(cell, str) else cell for cell in row])
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # text that begins with = is no formula
    sheet.freeze_panes = "A2"
    for place, title in enumerate(titles):
        lengths = [len(title), *(len(str(row[place])) for row in rows)]
        sheet.column_dimensions[get_column_letter(place + 1)].width = min(_WIDEST, max(lengths) + 3)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
