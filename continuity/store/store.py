"""The store of one document: opened, read, added to, copied; all its work is done in one thread."""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib.metadata
import logging
import sqlite3
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from continuity.model.ids import new_id
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused
from continuity.store.backup import back_up, copy_database, forget, is_due
from continuity.store.document import connect, inspect, journal_of, lay_out, refusal, soundness
from continuity.store.journal import Entry, Row, broken_link, erased, read_rows
from continuity.store.lock import Lock
from continuity.store.migrate import migrate
from continuity.store.rows import read_records
from continuity.store.tables import DOCUMENT, JOURNAL, RECORDS, RUN, SCHEMA, VERSION
from continuity.store.thread import Failure, StoreThread

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Version:
    """A named version; ``at`` is UTC, ``journal`` the last edit it holds."""

    id: str
    name: str
    at: str
    author: str
    journal: int


@dataclass(frozen=True, slots=True)
class KeptRun:
    """One kept run as JSON text with the number of its form; ``made`` is UTC."""

    id: str
    made: str
    scenario: str
    format: int
    content: str


@dataclass(frozen=True, slots=True)
class Link:
    """What a journal row has to do with others, for the stacks of undo and redo."""

    id: int
    schema: int
    origin: str
    undoes: int | None
    joins: int | None


class Store:
    """One document in a file, or in memory where ``path`` is None."""

    def __init__(self, path: Path | None, engine: sa.Engine, lock: Lock | None, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self.document = ""
        self.file = ""
        self.language = ""
        self._lock = lock
        self._thread = StoreThread(engine, self._prepare)

    # --- opening -------------------------------------------------------------------------------

    @classmethod
    def open(
        cls, path: Path, author: str = "", *, read_only: bool = False, by_force: bool = False
    ) -> tuple[Store, Organisation]:
        """Open the document at ``path``; raise :class:`Refused` and leave the file as it was."""
        schema = inspect(path)
        lock = None if read_only else Lock.take(path, author, by_force=by_force)
        try:
            soundness(path)
            if schema < SCHEMA:
                if read_only:
                    raise refusal("older-document", path, schema=schema, known=SCHEMA)
                migrate(path, schema)
            store = cls(path, connect(path, read_only=read_only), lock, read_only)
            return store, store._load(path)
        except BaseException:
            if lock:
                lock.release()
            raise

    @classmethod
    def in_memory(cls, document: str, language: str) -> Store:
        """Make an empty document in memory."""
        store = cls(None, connect(None), None, read_only=False)
        store.document, store.file, store.language = document, new_id(), language
        made = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        row = {"id": document, "file": store.file, "language": language, "made": made, "program": _program()}
        store._thread.alone(lay_out)
        store._thread.call(lambda c: c.execute(sa.insert(DOCUMENT), [row]))
        return store

    def _load(self, path: Path) -> Organisation:
        def work(connection: sa.Connection) -> Organisation:
            head = connection.execute(sa.select(DOCUMENT)).one()
            self.document, self.file, self.language = head.id, head.file, head.language
            return Organisation(head.id, read_records(connection))

        try:
            return self._thread.call(work)
        except (sa.exc.SQLAlchemyError, ValueError, TypeError, KeyError) as error:
            self._thread.close()
            _log.warning("document %s cannot be read: %s", path, error)
            unfinished = self.read_only and journal_of(path).exists()
            raise refusal("unfinished-document" if unfinished else "damaged-document", path) from None

    # --- edits ---------------------------------------------------------------------------------

    @property
    def saved(self) -> bool:
        """Whether every edit is stored."""
        return self._thread.saved

    @property
    def failed(self) -> bool:
        """Whether an edit could not be stored and :meth:`take_failure` has not been asked since."""
        return self._thread.failed

    def on_saved(self, listener: Callable[[bool], None]) -> None:
        """Call ``listener`` from the store's thread after each edit: stored, or not."""
        self._thread.on_saved = listener

    def append(self, entry: Entry) -> None:
        """Queue one edit to be stored."""
        self._thread.append(entry)
        gone = erased(entry.edit)
        if gone and self.path is not None:
            self._thread.submit(lambda connection: self._forget(connection, gone))

    def flush(self) -> None:
        """Wait until everything queued is stored, or has failed."""
        self._thread.flush()

    def take_failure(self) -> Failure | None:
        """Return what could not be stored, if anything; edits may follow again."""
        return self._thread.take_failure()

    def close(self) -> None:
        """Store what is queued, end the thread, give the document free."""
        self._thread.close()
        if self._lock:
            self._lock.release()
            self._lock = None

    def _prepare(self, connection: sa.Connection) -> None:
        """Back the document up before the first edit, if the newest back-up is old."""
        if self.path is None or not is_due(self.file, dt.datetime.now(dt.UTC)):
            return
        try:
            back_up(_raw(connection), self.file)
        except (Refused, OSError, sqlite3.Error) as error:
            # A document can be worked with where no back-up can be made; the log says so.
            _log.warning("no back-up of %s: %s", self.path, error)

    def _forget(self, connection: sa.Connection, records: dict[str, str]) -> None:
        for id_, kind in records.items():
            table = RECORDS[kind]
            if connection.execute(sa.select(table.c.id).where(table.c.id == id_)).first() is None:
                with contextlib.suppress(OSError, sqlite3.Error):
                    forget(self.file, id_, kind)

    # --- history -------------------------------------------------------------------------------

    def links(self) -> list[Link]:
        """Return what every journal row has to do with others, oldest first."""
        columns = (JOURNAL.c.id, JOURNAL.c.schema, JOURNAL.c.origin, JOURNAL.c.undoes, JOURNAL.c.joins)
        query = sa.select(*columns).order_by(JOURNAL.c.id)
        return self._thread.call(lambda c: [Link(*row) for row in c.execute(query)])

    def rows(self, *, before: int | None = None, limit: int | None = None) -> list[Row]:
        """Return journal rows, newest first."""
        return self._thread.call(lambda c: read_rows(c, before=before, limit=limit))

    def payloads(self, ids: tuple[int, ...]) -> list[str]:
        """Return the payloads of the rows ``ids``, oldest first."""
        query = sa.select(JOURNAL.c.payload).where(JOURNAL.c.id.in_(ids)).order_by(JOURNAL.c.id)
        return self._thread.call(lambda c: [str(text) for text in c.execute(query).scalars()])

    def broken_link(self) -> int | None:
        """Return the first journal row that was tampered with, or None."""
        return self._thread.call(broken_link)

    def add_version(self, version: Version, content: str) -> None:
        """Keep a named version."""
        row = {
            "id": version.id,
            "name": version.name,
            "at": version.at,
            "author": version.author,
            "journal": version.journal,
            "content": zlib.compress(content.encode()),
        }
        self._write(lambda c: c.execute(sa.insert(VERSION), [row]))

    def versions(self) -> list[Version]:
        """Return the named versions, newest first."""
        columns = (VERSION.c.id, VERSION.c.name, VERSION.c.at, VERSION.c.author, VERSION.c.journal)
        query = sa.select(*columns).order_by(VERSION.c.at.desc())
        return self._thread.call(lambda c: [Version(*row) for row in c.execute(query)])

    def version_content(self, id_: str) -> str | None:
        """Return what was kept of the version ``id_``, or None where there is none."""
        query = sa.select(VERSION.c.content).where(VERSION.c.id == id_)
        found = self._thread.call(lambda c: c.execute(query).scalar())
        return zlib.decompress(found).decode() if found is not None else None

    # --- runs ----------------------------------------------------------------------------------

    def add_run(self, run: KeptRun) -> None:
        """Keep a run; one that is kept already stays as it is."""

        def work(connection: sa.Connection) -> None:
            if connection.execute(sa.select(RUN.c.id).where(RUN.c.id == run.id)).first():
                return
            last = connection.execute(sa.select(sa.func.max(RUN.c.position))).scalar() or 0
            row = {
                "id": run.id,
                "position": last + 1,
                "made": run.made,
                "scenario": run.scenario,
                "format": run.format,
                "content": zlib.compress(run.content.encode()),
            }
            connection.execute(sa.insert(RUN), [row])

        self._write(work)

    def run_ids(self) -> list[str]:
        """Return the ids of the kept runs, oldest first."""
        query = sa.select(RUN.c.id).order_by(RUN.c.position)
        return self._thread.call(lambda c: list(c.execute(query).scalars()))

    def run(self, id_: str) -> KeptRun:
        """Return one kept run."""
        query = sa.select(RUN).where(RUN.c.id == id_)
        row = self._thread.call(lambda c: c.execute(query).one())
        content = zlib.decompress(row.content).decode()
        return KeptRun(row.id, row.made, row.scenario, row.format, content)

    def _write(self, work: Callable[[sa.Connection], Any]) -> None:
        try:
            self._thread.call(work)
        except (sa.exc.SQLAlchemyError, OSError) as error:
            reason = str(getattr(error, "orig", None) or error)
            raise refusal("not-saved", self.path or Path(), reason=reason, edits=0) from None

    # --- copies --------------------------------------------------------------------------------

    def copy_to(self, path: Path) -> None:
        """Put a verified copy of the document at ``path``; raise :class:`Refused` where that fails."""
        self._thread.raw(lambda connection: copy_database(connection, path))

    def move_to(self, path: Path, author: str = "") -> None:
        """Write the whole document to ``path`` and go on there."""
        lock = Lock.take(path, author)
        try:
            self.copy_to(path)
            successor = StoreThread(connect(path), self._prepare)
        except BaseException:
            lock.release()
            raise
        successor.on_saved = self._thread.on_saved
        self.close()
        self.path, self.read_only, self._lock, self._thread = path, False, lock, successor
        self.file = new_id()
        self._write(lambda c: c.execute(sa.update(DOCUMENT).values(file=self.file)))


def _raw(connection: sa.Connection) -> sqlite3.Connection:
    found = connection.connection.driver_connection
    assert isinstance(found, sqlite3.Connection)
    return found


def _program() -> str:
    try:
        return importlib.metadata.version("uthallig")
    except importlib.metadata.PackageNotFoundError:
        return ""
