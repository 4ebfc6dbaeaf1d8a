"""The document file: what it is before it is opened, and how it is connected to.

A document is one SQLite database. Its header says whose it is (application id) and of which form
(user version, the number of the last migration step), so that what is not ours, newer or cut off
is refused from its first hundred bytes, untouched.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from continuity.model.problems import Problem, Refused
from continuity.store.driver import (
    MODULE,
    Connection,
    DatabaseFault,
    is_not_now,
    may_be_encrypted,
    open_database,
)
from continuity.store.tables import APPLICATION_ID, METADATA, SCHEMA, guards

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_BUSY_SECONDS = 5.0


def refusal(code: str, path: Path, **facts: object) -> Refused:
    """Return the refusal of a whole document, naming its file."""
    return Refused([Problem(code, facts={"file": str(path), **facts})])


def inspect(path: Path, passphrase: str = "") -> int:
    """Return the schema of the document at ``path``; raise :class:`Refused` if it is none. Only reads.

    Without a passphrase an encrypted document is refused as locked.
    """
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
    if passphrase or not header.startswith(_MAGIC):
        return _inspect_locked(path, size, header, passphrase)
    if not _is_ours(header):
        raise refusal("not-a-document", path)
    schema = _known(_number(header, 60), path)
    if schema < 1 or (size < _stated_size(header) and not journal_of(path).exists()):
        raise refusal("damaged-document", path)
    return schema


def _inspect_locked(path: Path, size: int, header: bytes, passphrase: str) -> int:
    if header.startswith(_MAGIC):
        raise refusal("document-not-locked", path)
    if not may_be_encrypted(size, header) and not journal_of(path).exists():
        raise refusal("not-a-document", path)
    if not passphrase:
        raise refusal("locked-document", path)
    connection = None
    try:
        # After a crash the file is made whole on opening, which must write.
        address = path.absolute().as_uri() if journal_of(path).exists() else read_only_address(path)
        connection = open_database(address, passphrase, uri=True, timeout=_BUSY_SECONDS)
        [ours] = connection.execute("PRAGMA application_id").fetchone()
        [schema] = connection.execute("PRAGMA user_version").fetchone()
    except DatabaseFault as error:
        if is_not_now(error):
            raise refusal("cannot-read", path, reason=str(error)) from None
        raise refusal("wrong-passphrase", path) from None
    finally:
        if connection:
            connection.close()
    if ours != APPLICATION_ID:
        raise refusal("not-a-document", path)
    return _known(int(schema), path)


def _known(schema: int, path: Path) -> int:
    if schema > SCHEMA:
        raise refusal("newer-document", path, schema=schema, known=SCHEMA)
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


def soundness(path: Path, passphrase: str = "") -> None:
    """Raise :class:`Refused` if the database at ``path`` is damaged inside. Only reads."""
    if journal_of(path).exists():
        return  # a crash is being recovered from, which must write: SQLite does it on opening
    connection = None
    try:
        connection = open_database(read_only_address(path), passphrase, uri=True, timeout=_BUSY_SECONDS)
        [found] = connection.execute("PRAGMA quick_check(1)").fetchone()
    except DatabaseFault as error:
        if is_not_now(error):
            raise refusal("cannot-read", path, reason=str(error)) from None
        raise refusal("damaged-document", path) from None
    finally:
        if connection:
            connection.close()
    if found != "ok":
        raise refusal("damaged-document", path)


def read_only_address(path: Path) -> str:
    """Return the address by which SQLite opens ``path`` without ever writing."""
    address = path.absolute().as_uri()
    if not address.startswith("file:///"):  # a Windows share
        address = "file:////" + address.removeprefix("file://")
    return address + "?mode=ro"


def connect(path: Path | None, passphrase: str = "", *, read_only: bool = False) -> sa.Engine:
    """Return an engine with one connection to ``path``, or to a database in memory where None.

    The file must exist. The connection belongs to the thread that first uses it.
    """

    def creator() -> Connection:
        if path is None:
            return open_database(":memory:")
        if read_only:
            address = read_only_address(path)
            return open_database(address, passphrase, uri=True, timeout=_BUSY_SECONDS)
        return open_database(path, passphrase, timeout=_BUSY_SECONDS)

    engine = sa.create_engine("sqlite://", creator=creator, poolclass=StaticPool, module=MODULE)
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
