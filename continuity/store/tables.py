"""The tables of a document, generated from the declared kinds, and the few that are the store's own."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from continuity.model.fields import FieldType, Spec
from continuity.model.kinds import KINDS, Kind

#: The number of the last migration step: the form of the tables below.
SCHEMA: Final = 7
#: "UTHA": marks a SQLite file as a document of ours.
APPLICATION_ID: Final = 0x55544841

METADATA: Final = sa.MetaData()

_JSON_TYPES = {
    FieldType.REFS,
    FieldType.TAGS,
    FieldType.CHOICES,
    FieldType.VALUE,
    FieldType.VALUES,
    FieldType.PLAIN,
}
_COLUMN_TYPES: dict[FieldType, type[sa.types.TypeEngine[Any]]] = {
    FieldType.NUMBER: sa.Double,
    FieldType.DATE: sa.Date,
    FieldType.FLAG: sa.Boolean,
    FieldType.TEXT: sa.Text,
    FieldType.LONG_TEXT: sa.Text,
    FieldType.CHOICE: sa.Text,
    FieldType.REF: sa.Text,
}


def is_json(spec: Spec) -> bool:
    """Tell whether a field is kept as one JSON value."""
    return spec.type in _JSON_TYPES


def _column(name: str, spec: Spec) -> sa.Column[Any]:
    nullable = spec.optional and not spec.required
    if is_json(spec):
        return sa.Column(name, sa.JSON(none_as_null=True), nullable=nullable)
    column_type = _COLUMN_TYPES.get(spec.type, sa.BigInteger)
    if spec.type is FieldType.REF and len(spec.kinds) == 1:
        # Deferred: the edits of one group may come in any order.
        target = sa.ForeignKey(f"{spec.kinds[0]}.id", deferrable=True, initially="DEFERRED")
        return sa.Column(name, column_type, target, nullable=nullable)
    return sa.Column(name, column_type, nullable=nullable)


def _table(kind: Kind) -> sa.Table:
    columns = [_column(name, spec) for name, spec in kind.specs.items()]
    return sa.Table(
        kind.name,
        METADATA,
        sa.Column("id", sa.Text, primary_key=True, nullable=False),
        sa.Column("code", sa.Text, nullable=False, unique=True),
        *columns,
    )


#: One table for each kind, by its name.
RECORDS: Final[dict[str, sa.Table]] = {kind.name: _table(kind) for kind in KINDS.values()}

#: One row: what the document is; ``file`` tells one file of a document from another.
DOCUMENT: Final = sa.Table(
    "document",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True, nullable=False),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("made", sa.Text, nullable=False),
    sa.Column("program", sa.Text, nullable=False),
)

#: Every edit, in order; rows are added and never changed.
JOURNAL: Final = sa.Table(
    "journal",
    METADATA,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, nullable=False),
    sa.Column("previous", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("schema", sa.BigInteger, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("origin", sa.Text, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("undoes", sa.BigInteger),
    sa.Column("joins", sa.BigInteger),
)

#: What personal values are hashed with; a person's row goes with the person.
SALT: Final = sa.Table(
    "salt",
    METADATA,
    sa.Column("record", sa.Text, primary_key=True, nullable=False),
    sa.Column("salt", sa.Text, nullable=False),
)

#: Named versions: the whole state as compressed JSON, without personal values.
VERSION: Final = sa.Table(
    "version",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("journal", sa.BigInteger, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

#: Who stands by a named version: rows are added and never changed; ``content`` is the SHA-256 of the version.
SIGNOFF: Final = sa.Table(
    "signoff",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True, nullable=False),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
)

#: Runs that were kept: rows are added and never changed.
RUN: Final = sa.Table(
    "run",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True, nullable=False),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("made", sa.Text, nullable=False),
    sa.Column("scenario", sa.Text, nullable=False),
    sa.Column("format", sa.BigInteger, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

#: Tables whose rows may only be added.
APPEND_ONLY: Final = ("journal", "run", "signoff")


def guards() -> list[str]:
    """Return the statements that make SQLite itself refuse changes of what may only grow."""
    return [
        f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table in APPEND_ONLY
        for verb in ("UPDATE", "DELETE")
    ]
