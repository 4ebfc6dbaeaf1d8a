"""The document file: what it is before it is opened, and how it is connected to.

A document is one SQLite database. Its header says whose it is (application id) and of which form
(user version, the number of the last migration step), so that what is not ours, newer or cut off
is refused from its first hundred bytes, untouched.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from continuity.model.problems import Problem, Refused
from continuity.store.tables import APPLICATION_ID, METADATA, SCHEMA, guards

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_BUSY_SECONDS = 5.0


def refusal(code: str, path: Path, **facts: object) -> Refused:
    """Return the refusal of a whole document, naming its file."""
    return Refused([Problem(code, facts={"file": str(path), **facts})])


def inspect(path: Path) -> int:
    """Return the schema of the document at ``path``; raise :class:`Refused` if it is none. Only reads."""
    try:
        if path.is_dir():
            raise refusal("is-a-folder", path)
        size = path.stat().st_size
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except FileNotFoundError:
        raise refusal("no-such-file", path) from None
    except PermissionError:
        raise refusal("no-permission", path) from None
    except (OSError, ValueError) as error:
        raise refusal("cannot-read", path, reason=_reason(error)) from None
    if not header:
        raise refusal("empty-document", path)
    if not _is_ours(header):
        raise refusal("not-a-document", path)
    schema = _number(header, 60)
    if schema > SCHEMA:
        raise refusal("newer-document", path, schema=schema, known=SCHEMA)
    if schema < 1 or (size < _stated_size(header) and not journal_of(path).exists()):
        raise refusal("damaged-document", path)
    return schema


def _is_ours(header: bytes) -> bool:
    return header.startswith(_MAGIC) and len(header) == _HEADER and _number(header, 68) == APPLICATION_ID


def _number(header: bytes, place: int) -> int:
    return int.from_bytes(header[place : place + 4], "big")


def _stated_size(header: bytes) -> int:
    page = int.from_bytes(header[16:18], "big")
    # The count of pages is true only where it was written with the latest change.
    known = header[24:28] == header[92:96]
    return (65536 if page == 1 else page) * _number(header, 28) if known else 0


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def journal_of(path: Path) -> Path:
    """Return where SQLite keeps the pages that an unfinished transaction replaced."""
    return path.with_name(path.name + "-journal")


def soundness(path: Path) -> None:
    """Raise :class:`Refused` if the database at ``path`` is damaged inside. Only reads."""
    if journal_of(path).exists():
        return  # a crash is being recovered from, which must write: SQLite does it on opening
    connection = None
    try:
        connection = sqlite3.connect(read_only_address(path), uri=True, timeout=_BUSY_SECONDS)
        [found] = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        if _is_refusal(error):
            raise refusal("cannot-read", path, reason=str(error)) from None
        raise refusal("damaged-document", path) from None
    finally:
        if connection:
            connection.close()
    if found != "ok":
        raise refusal("damaged-document", path)


def _is_refusal(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_BUSY)


def read_only_address(path: Path) -> str:
    """Return the address by which SQLite opens ``path`` without ever writing."""
    address = path.absolute().as_uri()
    if not address.startswith("file:///"):  # a Windows share
        address = "file:////" + address.removeprefix("file://")
    return address + "?mode=ro"


def connect(path: Path | None, *, read_only: bool = False) -> sa.Engine:
    """Return an engine with one connection to ``path``, or to a database in memory where None.

    The file must exist. The connection belongs to the thread that first uses it.
    """

    def creator() -> sqlite3.Connection:
        if path is None:
            return sqlite3.connect(":memory:")
        if read_only:
            return sqlite3.connect(read_only_address(path), uri=True, timeout=_BUSY_SECONDS)
        return sqlite3.connect(path, timeout=_BUSY_SECONDS)

    engine = sa.create_engine("sqlite://", creator=creator, poolclass=StaticPool)
    sa.event.listen(engine, "connect", _set_up)
    sa.event.listen(engine, "begin", _begin_read if read_only else _begin_write)
    return engine


def _set_up(connection: Any, _record: object) -> None:
    # Transactions are begun by us, so that tables too are made and changed within one.
    connection.isolation_level = None
    for pragma in ("foreign_keys=ON", "synchronous=FULL", "secure_delete=ON", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_write(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_read(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def lay_out(connection: sa.Connection) -> None:
    """Make the tables of an empty database in their present form."""
    with connection.begin():
        METADATA.create_all(connection)
        for statement in guards():
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")
