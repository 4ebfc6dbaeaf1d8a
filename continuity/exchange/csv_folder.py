"""A folder of CSV files, one for each table, that any program can read and that comes back unchanged."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

from continuity.exchange.columns import Say
from continuity.exchange.files import read_text, refusal, write_text
from continuity.exchange.mapping import Mapping
from continuity.exchange.own_tables import FORM, Table, TableWriter, mapping_of
from continuity.exchange.sheets import Cell, Sheet, Watch, Workbook, unwatched
from continuity.exchange.text_sheets import LARGEST_TEXT
from continuity.exchange.xml_text import escaped, unescaped
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused

HEAD = "uthallig.json"
_KIND = "uthallig-tables"
_SEPARATOR = ";"
_BOM = "\ufeff"  # by it Excel knows that the text is UTF-8
#: What spreadsheets would take for a formula when they open a text file.
_FORMULA = ("=", "+", "-", "@", "\t", "'")


def is_own_folder(path: Path) -> bool:
    """Tell whether ``path`` is a folder that :func:`write_folder` made."""
    return path.is_dir() and (path / HEAD).is_file()


def write_folder(organisation: Organisation, folder: Path, say: Say, watch: Watch = unwatched) -> list[str]:
    """Write every table of ``organisation`` to ``folder``, which is new, empty or ours; return the files."""
    if folder.exists() and not folder.is_dir():
        raise refusal("not-a-folder", folder)
    if folder.is_dir() and not is_own_folder(folder) and any(folder.iterdir()):
        raise refusal("folder-not-empty", folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refusal("cannot-write", folder, reason=error.strerror or str(error)) from None
    tables = list(TableWriter(organisation, say, coded=True).tables())
    written = []
    for done, table in enumerate(tables):
        watch(done, len(tables))
        target = folder / f"{table.key}.csv"
        if table.rows:
            write_text(target, _BOM + _text(table))
            written.append(target.name)
        else:
            target.unlink(missing_ok=True)
    head = {"kind": _KIND, "format": FORM, "document": organisation.document, "tables": written}
    write_text(folder / HEAD, json.dumps(head, indent=2) + "\n")
    return written


def _text(table: Table) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=_SEPARATOR, lineterminator="\n")
    writer.writerow([column.path for column in table.columns])
    writer.writerows([[written(cell) for cell in row] for row in table.rows])
    return out.getvalue()


def written(cell: Any) -> str:
    """Return a cell as it stands in a text file; nothing in it is taken for a formula."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = escaped(cell)
        return f"'{text}" if text.startswith(_FORMULA) else text
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return repr(cell)


def read_folder(folder: Path, watch: Watch = unwatched) -> tuple[Workbook, list[Mapping]]:
    """Return the tables of a folder of ours as sheets, and what their columns mean."""
    names = _tables(folder)
    book = Workbook(str(folder), [], "utf-8", _SEPARATOR, form="folder")
    mappings = []
    for done, name in enumerate(names):
        watch(done, len(names))
        path = folder / name
        rows = _rows(path)
        sheet = Sheet(name, rows)
        keys = [cell if isinstance(cell, str) else "" for cell in rows[0]] if rows else []
        mapping = mapping_of(name, name.removesuffix(".csv"), keys, header=0)
        if mapping is None:
            raise refusal("unknown-table", path)
        book.sheets.append(sheet)
        mappings.append(mapping)
    return book, mappings


def _tables(folder: Path) -> list[str]:
    head = folder / HEAD
    try:
        plain = json.loads(read_text(head))
    except ValueError:
        plain = None
    if not isinstance(plain, dict) or plain.get("kind") != _KIND or not isinstance(plain.get("tables"), list):
        raise refusal("not-our-folder", folder, head=HEAD)
    if plain.get("format") != FORM:
        raise refusal("newer-form", folder)
    # A name that leads out of the folder is none of ours.
    return [name for name in map(str, plain["tables"]) if Path(name).name == name and name.endswith(".csv")]


def _rows(path: Path) -> list[list[Cell]]:
    text = read_text(path, LARGEST_TEXT)
    csv.field_size_limit(2**31 - 1)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        return [[_read(cell) for cell in row] for row in reader]
    except csv.Error:
        raise Refused(refusal("bad-quoting", path, line=max(1, reader.line_num)).problems, path) from None


def _separator(text: str) -> str:
    """Return the separator, which a spreadsheet that saved the file may have changed."""
    first = text.partition("\n")[0]
    return max((_SEPARATOR, ",", "\t"), key=first.count)


def _read(cell: str) -> Cell:
    if not cell:
        return None
    if cell[0] == "'" and cell[1:].startswith(_FORMULA):
        cell = cell[1:]
    return unescaped(cell)
