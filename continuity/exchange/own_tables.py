"""An organisation as tables of our own form: one for each kind and each list of nested values."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from continuity.exchange.cell_words import EMPTY, CellReader, Unreadable, joined
from continuity.exchange.changes import write_changes
from continuity.exchange.columns import LIST_PARENT, Column, Say, columns_of, columns_of_list, list_fields
from continuity.exchange.index import Index
from continuity.exchange.known import Known
from continuity.exchange.mapping import Mapping, Target
from continuity.exchange.sheets import Sheet, Workbook
from continuity.model.durations import format_clock, format_duration
from continuity.model.fields import N_, FieldType, Spec
from continuity.model.kinds import KINDS, Kind, Measure, Record
from continuity.model.organisation import Organisation
from continuity.model.payload import default_of, write_value

FORM = 1
_MARK = "uthallig"
YES, NO = N_("Yes"), N_("No")
_FIRST_DATE = dt.date(1905, 1, 1)  # older ones are days of other numbers in old spreadsheets


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns, and the cells of its rows."""

    kind: Kind
    field: str
    columns: tuple[Column, ...]
    rows: list[list[Any]]

    @property
    def key(self) -> str:
        """How it is known in a file, whatever it is called there."""
        return f"{self.kind.name}.{self.field}" if self.field else self.kind.name

    def title(self, say: Say) -> str:
        """Return what people call it."""
        plural = say(self.kind.plural)
        return f"{plural} – {say(self.kind.specs[self.field].label)}" if self.field else plural


@dataclass(slots=True)
class TableWriter:
    """Makes the cells of an organisation's tables in the words of ``say``; codes where ``coded``."""

    organisation: Organisation
    say: Say
    coded: bool = False
    known: Known = field(init=False)
    reader: CellReader = field(init=False)
    _cells: dict[tuple[tuple[str, ...], str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.known = Known.of(self.organisation)
        self.reader = CellReader((self.say,), self.known.resolve, exact=True)

    def tables(self, *, rows: bool = True) -> Iterator[Table]:
        """Yield every table; without ``rows`` they are empty forms."""
        for kind in KINDS.values():
            columns = tuple(columns_of(kind.name).values())
            records = self.organisation.of_kind(kind.name) if rows else ()
            yield Table(kind, "", columns, [self._row(record, columns) for record in records])
            for name in list_fields(kind):
                inner = tuple(columns_of_list(kind.name, name).values())
                yield Table(kind, name, inner, [r for one in records for r in self._list(one, name, inner)])

    def _row(self, record: Record, columns: tuple[Column, ...]) -> list[Any]:
        row = []
        for column in columns:
            outer, _, inner = column.path.partition(".")
            holder = getattr(record, outer) if inner else record
            row.append(None if holder is None else self._held(column.spec, holder, inner or outer))
        return row

    def _list(self, record: Record, name: str, columns: tuple[Column, ...]) -> Iterator[list[Any]]:
        owner = self.cell(columns[0].spec, record.id)
        if isinstance(record, Measure) and name == "changes":
            yield from self._changes(record, owner)
            return
        for value in getattr(record, name):
            yield [owner, *(self._held(column.spec, value, column.path) for column in columns[1:])]

    def _held(self, spec: Spec, holder: Any, name: str) -> Any:
        value = getattr(holder, name)
        if value == "" and spec.type is FieldType.TEXT and not spec.required and name not in ("id", "code"):
            return EMPTY if default_of(type(holder), name) else None
        return self.cell(spec, value)

    def _changes(self, measure: Measure, owner: str) -> Iterator[list[Any]]:
        index = Index.of(self.organisation.document, self.organisation)
        codes = {record.id: record.code for record in self.organisation}
        for plain in write_changes(measure, index, codes):
            values = plain.get("values")
            yield [owner, self._choice_of_change(plain["action"]), plain["kind"], plain["target"],
                   _json(values) if values else None]  # fmt: skip

    def _choice_of_change(self, action: str) -> str:
        return self._choice(columns_of_list("measure", "changes")["action"].spec, action)

    def cell(self, spec: Spec, value: Any) -> Any:  # noqa: C901 - one case for each type
        """Return ``value`` as it stands in a cell: text, number, date, or None for blank."""
        if value is None or value in ("", ()):
            return None
        match spec.type:
            case FieldType.MINUTES:
                return format_duration(value).replace("\u00a0", " ").replace("\u2212", "-")
            case FieldType.PERMILLE:
                return f"{value / 10:g} %" if self.coded and abs(value) < 10**6 else value / 1000
            case FieldType.MILLI:
                return value / 1000
            case FieldType.NUMBER:
                # Spreadsheets keep sixteen digits; what has more goes as text.
                return value if float(f"{value:.16g}") == value else repr(value)
            case FieldType.TEXT:
                return f"{EMPTY}{value}" if _is_quotes(value) else value
            case FieldType.CLOCK:
                return format_clock(value)
            case FieldType.DATE:
                return value if value >= _FIRST_DATE and not self.coded else value.isoformat()
            case FieldType.FLAG:
                return ("yes" if value else "no") if self.coded else self.say(YES if value else NO)
            case FieldType.CHOICE:
                return self._choice(spec, value)
            case FieldType.CHOICES:
                return joined(tuple(self._choice(spec, one) for one in value))
            case FieldType.TAGS:
                return joined(value)
            case FieldType.REF:
                return self._reference(spec, value)
            case FieldType.REFS:
                return self._references(spec, value)
            case FieldType.VALUES | FieldType.PLAIN:
                return _json(write_value(spec, value))
            case _:
                return value

    def _choice(self, spec: Spec, code: str) -> str:
        label = self.say(spec.choice_label(code))
        if self.coded:
            return code
        try:
            return label if self.reader.read(spec, label) == code else code
        except Unreadable:
            return code

    def _reference(self, spec: Spec, id_: str) -> str:
        key = (spec.kinds, id_)
        if key not in self._cells:
            self._cells[key] = self.known.text(spec, id_, self.organisation)
        return self._cells[key]

    def _references(self, spec: Spec, ids: tuple[str, ...]) -> str:
        text = joined(tuple(self._reference(spec, one) for one in ids))
        try:
            if self.reader.read(spec, text) == ids:
                return text
        except Unreadable:
            pass
        return joined(ids)


def _is_quotes(text: str) -> bool:
    return len(text) >= len(EMPTY) and not text.strip('"')


def _json(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False)


# --- reading ------------------------------------------------------------------------------------


def mark(table: Table) -> str:
    """Return what stands in the first cell of a sheet of ours, and says what it holds."""
    return f"{_MARK}:{FORM}:{table.key}:{table.columns[0].path}"


def own_mappings(workbook: Workbook) -> list[Mapping]:
    """Return the mappings of the sheets of our own form in ``workbook``; none where it is of other make."""
    return [found for sheet in workbook.sheets if (found := _own(sheet))]


def _own(sheet: Sheet) -> Mapping | None:
    first = sheet.rows[0] if sheet.rows else []
    parts = first[0].split(":") if first and isinstance(first[0], str) else []
    if len(parts) != 4 or parts[0] != _MARK:
        return None
    keys = [parts[3], *(cell if isinstance(cell, str) else "" for cell in first[1:])]
    return mapping_of(sheet.name, parts[2], keys, header=1)


def mapping_of(sheet: str, key: str, keys: list[str], header: int) -> Mapping | None:
    """Return the mapping of a table of ours by its key and those of its columns."""
    name, _, list_field = key.partition(".")
    kind = KINDS.get(name)
    if kind is None or (list_field and list_field not in list_fields(kind)):
        return None
    known = columns_of_list(name, list_field) if list_field else columns_of(name)
    columns = {
        place: Target(path, unit="share" if known[path].spec.type is FieldType.PERMILLE else "")
        for place, path in enumerate(keys)
        if path in known and (path != LIST_PARENT or list_field)
    }
    return Mapping(sheet, name, header, columns, list_field, blanks=True, exact=True)
