"""The store of one document: opened, read, added to, copied; all its work is done in one thread."""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib.metadata
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from continuity.model.ids import new_id
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused
from continuity.store import kept
from continuity.store.backup import back_up, copy_database, forget, is_due
from continuity.store.document import connect, inspect, journal_of, lay_out, refusal, soundness
from continuity.store.driver import Connection, DatabaseFault
from continuity.store.journal import Entry, Row, broken_link, erased, read_rows
from continuity.store.kept import KeptRun, SignOff, Version
from continuity.store.lock import Lock
from continuity.store.migrate import migrate
from continuity.store.rows import read_records
from continuity.store.tables import DOCUMENT, JOURNAL, RECORDS, SCHEMA
from continuity.store.thread import Failure, StoreThread

T = TypeVar("T")
_log = logging.getLogger(__name__)


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

    def __init__(
        self, path: Path | None, engine: sa.Engine, lock: Lock | None, read_only: bool, passphrase: str = ""
    ) -> None:
        self.path = path
        self._passphrase = passphrase
        self.read_only = read_only
        self.document = ""
        self.file = ""
        self.language = ""
        self._lock = lock
        self._moving = threading.RLock()  # what is queued goes to the old file or to the new one
        self._thread = StoreThread(engine, self._prepare)

    # --- opening -------------------------------------------------------------------------------

    @classmethod
    def open(
        cls,
        path: Path,
        author: str = "",
        *,
        read_only: bool = False,
        by_force: bool = False,
        passphrase: str = "",
    ) -> tuple[Store, Organisation]:
        """Open the document at ``path``; raise :class:`Refused` and leave the file as it was."""
        schema = inspect(path, passphrase)
        lock = None if read_only else Lock.take(path, author, by_force=by_force)
        try:
            soundness(path, passphrase)
            if schema < SCHEMA:
                if read_only:
                    raise refusal("older-document", path, schema=schema, known=SCHEMA)
                migrate(path, schema, passphrase)
            store = cls(path, connect(path, passphrase, read_only=read_only), lock, read_only, passphrase)
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
        gone = erased(entry.edit)
        with self._moving:
            self._thread.append(entry)
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
            back_up(_raw(connection), self.file, self._passphrase)
        except (Refused, OSError, DatabaseFault) as error:
            # A document can be worked with where no back-up can be made; the log says so.
            _log.warning("no back-up of %s: %s", self.path, error)

    def _forget(self, connection: sa.Connection, records: dict[str, str]) -> None:
        for id_, kind in records.items():
            table = RECORDS[kind]
            if connection.execute(sa.select(table.c.id).where(table.c.id == id_)).first() is None:
                with contextlib.suppress(OSError, DatabaseFault):
                    forget(self.file, id_, kind, self._passphrase)

    # --- history -------------------------------------------------------------------------------

    def links(self) -> list[Link]:
        """Return what every journal row has to do with others, oldest first."""
        columns = (JOURNAL.c.id, JOURNAL.c.schema, JOURNAL.c.origin, JOURNAL.c.undoes, JOURNAL.c.joins)
        query = sa.select(*columns).order_by(JOURNAL.c.id)
        return self._call(lambda c: [Link(*row) for row in c.execute(query)])

    def rows(self, *, before: int | None = None, limit: int | None = None) -> list[Row]:
        """Return journal rows, newest first."""
        return self._call(lambda c: read_rows(c, before=before, limit=limit))

    def payloads(self, ids: tuple[int, ...]) -> list[str]:
        """Return the payloads of the rows ``ids``, oldest first."""
        query = sa.select(JOURNAL.c.payload).where(JOURNAL.c.id.in_(ids)).order_by(JOURNAL.c.id)
        return self._call(lambda c: [str(text) for text in c.execute(query).scalars()])

    def broken_link(self) -> int | None:
        """Return the first journal row that was tampered with, or None."""
        return self._call(broken_link)

    # --- versions and runs ---------------------------------------------------------------------

    def add_version(self, version: Version, content: str) -> None:
        """Keep a named version."""
        self._write(lambda c: kept.add_version(c, version, content))

    def versions(self) -> list[Version]:
        """Return the named versions, newest first."""
        return self._call(kept.versions)

    def version_content(self, id_: str) -> str | None:
        """Return what was kept of the version ``id_``, or None where there is none."""
        return self._call(lambda c: kept.version_content(c, id_))

    def add_signoff(self, signoff: SignOff) -> SignOff:
        """Keep a sign-off of a version; return it with the fingerprint of what was signed."""
        return self._write(lambda c: kept.add_signoff(c, signoff))

    def signoffs(self) -> list[SignOff]:
        """Return all sign-offs, newest first."""
        return self._call(kept.signoffs)

    def add_run(self, run: KeptRun) -> None:
        """Keep a run; one that is kept already stays as it is."""
        self._write(lambda c: kept.add_run(c, run))

    def run_ids(self) -> list[str]:
        """Return the ids of the kept runs, oldest first."""
        return self._call(kept.run_ids)

    def run(self, id_: str) -> KeptRun:
        """Return one kept run."""
        return self._call(lambda c: kept.run(c, id_))

    def _call(self, work: Callable[[sa.Connection], T]) -> T:
        with self._moving:
            future = self._thread.submit(work)
        return future.result()

    def _write(self, work: Callable[[sa.Connection], T]) -> T:
        try:
            return self._call(work)
        except (sa.exc.SQLAlchemyError, OSError) as error:
            reason = str(getattr(error, "orig", None) or error)
            raise refusal("not-kept", self.path or Path(), reason=reason) from None

    # --- copies --------------------------------------------------------------------------------

    @property
    def encrypted(self) -> bool:
        """Whether the document's file is encrypted."""
        return bool(self._passphrase)

    def copy_to(self, path: Path, passphrase: str | None = None) -> None:
        """Put a verified copy of the document at ``path``; raise :class:`Refused` where that fails.

        None keeps the passphrase, an empty one makes the copy plain.
        """
        wanted = self._passphrase if passphrase is None else passphrase
        recoded = wanted != self._passphrase
        self._thread.raw(lambda connection: copy_database(connection, path, wanted, recoded=recoded))

    def move_to(self, path: Path, author: str = "", passphrase: str | None = None) -> None:
        """Write the whole document to ``path`` and go on there, under another passphrase if one is given."""
        wanted = self._passphrase if passphrase is None else passphrase
        lock = self._lock_for(path, author)
        try:
            self.copy_to(path, wanted)
            successor = StoreThread(connect(path, wanted), self._prepare)
        except BaseException:
            lock.release()
            raise
        with self._moving:
            successor.on_saved = self._thread.on_saved
            self.close()
            self.path, self.read_only, self._lock, self._thread = path, False, lock, successor
            self._passphrase = wanted
        self.file = new_id()
        self._write(lambda c: c.execute(sa.update(DOCUMENT).values(file=self.file)))

    @staticmethod
    def _lock_for(path: Path, author: str) -> Lock:
        try:
            return Lock.take(path, author)
        except Refused as refused:
            [problem] = refused.problems
            if problem.code == "cannot-lock":
                raise refusal("cannot-write", path, reason=problem.facts["reason"]) from None
            raise


def _raw(connection: sa.Connection) -> Connection:
    return connection.connection.driver_connection


def _program() -> str:
    try:
        return importlib.metadata.version("uthallig")
    except importlib.metadata.PackageNotFoundError:
        return ""
