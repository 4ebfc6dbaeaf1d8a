"""Records as rows of their tables and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from continuity.model.fields import FieldType, Spec
from continuity.model.kinds import KINDS, Kind, Record, kind_of
from continuity.model.payload import Reader, write_value
from continuity.store.tables import RECORDS, is_json

Row = dict[str, Any]
_TUPLES = (FieldType.REFS, FieldType.TAGS, FieldType.CHOICES)


def to_row(record: Record) -> Row:
    """Return the row of ``record``."""
    specs = kind_of(record).specs
    row = {name: to_column(spec, getattr(record, name)) for name, spec in specs.items()}
    return {"id": record.id, "code": record.code, **row}


def to_column(spec: Spec, value: Any) -> Any:
    """Return what stands in the column of field ``spec`` for ``value``."""
    return write_value(spec, value) if is_json(spec) else value


def from_row(kind: Kind, row: Mapping[Any, Any]) -> Record:
    """Return the record of ``row``; raise ValueError where a value is not one of its field."""
    values = {name: _from_column(spec, name, row[name]) for name, spec in kind.specs.items()}
    return kind.of(id=row["id"], code=row["code"], **values)


def _from_column(spec: Spec, name: str, value: Any) -> Any:
    if value is None or not is_json(spec):
        return value
    if spec.type in _TUPLES:
        return tuple(value)
    reader = Reader()
    read = reader.value(spec, value, name)
    if reader.problems:
        raise ValueError(f"not a value of {name}: {reader.problems}")
    return read


def read_records(connection: sa.Connection) -> Iterator[Record]:
    """Yield every record of the document, in the order in which they were stored."""
    for kind in KINDS.values():
        for row in connection.execute(sa.select(RECORDS[kind.name])).mappings():
            yield from_row(kind, row)
