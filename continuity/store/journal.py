"""The journal: every edit in order, each row holding the hash of the one before."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from continuity.model.edits import Add, Edit, Remove, Replace, flat
from continuity.model.kinds import KINDS, Record, kind_of
from continuity.store.payload import personal_fields, write_payload
from continuity.store.rows import to_column, to_row
from continuity.store.tables import JOURNAL, RECORDS, SALT, SCHEMA


@dataclass(frozen=True, slots=True)
class Entry:
    """One edit to be stored, made ``at`` (UTC); it may undo an earlier step or join (continue) one."""

    id: int
    edit: Edit
    author: str
    at: str
    origin: str = ""
    undoes: int | None = None
    joins: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the journal as it stands on disk."""

    id: int
    previous: str
    hash: str
    schema: int
    author: str
    at: str
    origin: str
    payload: str
    undoes: int | None
    joins: int | None


class Journal:
    """Appends edits to the document behind ``connection``, each in one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        with connection.begin():
            self._last = connection.execute(
                sa.select(JOURNAL.c.hash).order_by(JOURNAL.c.id.desc()).limit(1)
            ).scalar()
            self._salts = {r.record: r.salt for r in connection.execute(sa.select(SALT))}

    def append(self, entry: Entry) -> None:
        """Store the rows of the edit and its journal row, or nothing."""
        made: dict[str, str] = {}
        gone = set(erased(entry.edit))
        with self._connection.begin():
            payload = _text(write_payload(entry.edit, lambda id_: self._salt(id_, made)))
            row = _row(entry, self._last or "", payload)
            self._connection.execute(sa.insert(JOURNAL), [row])
            store_edit(self._connection, entry.edit)
            self._keep_salts({id_: salt for id_, salt in made.items() if id_ not in gone})
            self._forget_salts(gone)
        self._last = row["hash"]
        self._salts = {id_: salt for id_, salt in (self._salts | made).items() if id_ not in gone}

    def _salt(self, id_: str, made: dict[str, str]) -> str:
        return self._salts.get(id_) or made.setdefault(id_, secrets.token_hex(16))

    def _keep_salts(self, made: dict[str, str]) -> None:
        if made:
            rows = [{"record": id_, "salt": salt} for id_, salt in made.items()]
            self._connection.execute(sa.insert(SALT), rows)

    def _forget_salts(self, gone: set[str]) -> None:
        if gone:
            self._connection.execute(sa.delete(SALT).where(SALT.c.record.in_(gone)))


def erased(edit: Edit) -> dict[str, str]:
    """Return the ids, with their kinds, of records with personal values that are no more after ``edit``."""
    gone: dict[str, str] = {}
    for one in flat(edit):
        match one:
            case Remove(record) if personal_fields(kind_of(record)):
                gone[record.id] = kind_of(record).name
            case Add(record):
                gone.pop(record.id, None)
    return gone


def _text(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _row(entry: Entry, previous: str, payload: str) -> dict[str, object]:
    row: dict[str, object] = {
        "id": entry.id,
        "previous": previous,
        "schema": SCHEMA,
        "author": entry.author,
        "at": entry.at,
        "origin": entry.origin,
        "payload": payload,
        "undoes": entry.undoes,
        "joins": entry.joins,
    }
    return {**row, "hash": chain_hash(row)}


def chain_hash(row: dict[str, object]) -> str:
    """Return the SHA-256 of a journal row, its own hash left out, that of the row before it included."""
    held = {name: value for name, value in row.items() if name != "hash"}
    return hashlib.sha256(json.dumps(held, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def store_edit(connection: sa.Connection, edit: Edit) -> None:
    """Change the rows of the records that ``edit`` touches, in its order."""
    waiting: list[Record] = []
    for one in flat(edit):
        if isinstance(one, Add) and (not waiting or type(one.record) is type(waiting[0])):
            waiting.append(one.record)
            continue
        insert_records(connection, waiting)
        waiting = [one.record] if isinstance(one, Add) else []
        if isinstance(one, Remove):
            _delete(connection, one.record)
        elif isinstance(one, Replace) and one.changes:
            _update(connection, one)
    insert_records(connection, waiting)


def insert_records(connection: sa.Connection, records: list[Record]) -> None:
    """Insert records of one kind."""
    if records:
        connection.execute(sa.insert(RECORDS[kind_of(records[0]).name]), [to_row(one) for one in records])


def _delete(connection: sa.Connection, record: Record) -> None:
    table = RECORDS[kind_of(record).name]
    _exactly_one(connection.execute(sa.delete(table).where(table.c.id == record.id)), record.id)


def _update(connection: sa.Connection, edit: Replace) -> None:
    table, specs = RECORDS[edit.kind], KINDS[edit.kind].specs
    values = {
        name: new if name == "code" else to_column(specs[name], new)
        for name, (_, new) in edit.changes.items()
    }
    _exactly_one(connection.execute(sa.update(table).where(table.c.id == edit.id).values(values)), edit.id)


def _exactly_one(result: sa.CursorResult[tuple[object, ...]], id_: str) -> None:
    if result.rowcount != 1:
        raise LookupError(f"the document has no record {id_}")


def read_rows(connection: sa.Connection, *, before: int | None = None, limit: int | None = None) -> list[Row]:
    """Return rows of the journal, newest first."""
    query = sa.select(JOURNAL).order_by(JOURNAL.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(JOURNAL.c.id < before)
    return [Row(**row) for row in connection.execute(query).mappings()]


def broken_link(connection: sa.Connection) -> int | None:
    """Return the id of the first row whose hash or chain is not right, or None where all is well."""
    previous = ""
    for row in _in_order(connection):
        if row["previous"] != previous or row["hash"] != chain_hash(row):
            return int(str(row["id"]))
        previous = str(row["hash"])
    return None


def _in_order(connection: sa.Connection) -> Iterator[dict[str, object]]:
    for row in connection.execute(sa.select(JOURNAL).order_by(JOURNAL.c.id)).mappings():
        yield {str(name): value for name, value in row.items()}
