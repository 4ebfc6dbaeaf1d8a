"""The thread that owns the document's connection: jobs in order, each edit in one transaction."""

from __future__ import annotations

import atexit
import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa

from continuity.store.journal import Entry, Journal

T = TypeVar("T")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """The first edit that could not be stored, and why; those after it were not tried."""

    entry: int
    reason: str


class StoreThread:
    """Runs everything that touches the connection, one job after the other.

    ``prepare`` runs in the thread before the first edit is stored (a back-up). ``on_saved`` is called
    in the thread with True for each stored edit and False when one could not be stored.
    """

    def __init__(self, engine: sa.Engine, prepare: Callable[[sa.Connection], None]) -> None:
        self.on_saved: Callable[[bool], None] = lambda _: None
        self._engine = engine
        self._prepare: Callable[[sa.Connection], None] | None = prepare
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._guard = threading.Lock()
        self._waiting = 0
        self._closed = False
        self._failure: Failure | None = None
        self._connection: sa.Connection | None = None
        self._journal: Journal | None = None
        self._thread = threading.Thread(target=self._work, name="store", daemon=True)
        self._thread.start()
        atexit.register(self.close)

    # --- from any thread -----------------------------------------------------------------------

    @property
    def saved(self) -> bool:
        """Whether every edit given to :meth:`append` is stored."""
        with self._guard:
            return not self._waiting and self._failure is None

    @property
    def failed(self) -> bool:
        """Whether an edit could not be stored and :meth:`take_failure` has not been asked since."""
        with self._guard:
            return self._failure is not None

    def append(self, entry: Entry) -> None:
        """Queue one edit."""
        with self._guard:
            self._check_open()
            self._waiting += 1
            self._jobs.put(lambda: self._append(entry))

    def call(self, work: Callable[[sa.Connection], T]) -> T:
        """Do ``work`` in a transaction of its own, after all that is queued; return what it returns."""
        return self.submit(work).result()

    def submit(self, work: Callable[[sa.Connection], T]) -> Future[T]:
        """As :meth:`call`, without waiting."""
        return self._queue(lambda connection: self._within(connection, work))

    def alone(self, work: Callable[[sa.Connection], T]) -> T:
        """Do ``work``, which begins and ends its own transactions, after all that is queued."""
        return self._queue(work).result()

    def raw(self, work: Callable[[Any], T]) -> T:
        """Do ``work`` with the driver's own connection, outside any transaction, after all that is queued."""
        return self._queue(lambda connection: work(connection.connection.driver_connection)).result()

    def _queue(self, work: Callable[[sa.Connection], T]) -> Future[T]:
        future: Future[T] = Future()

        def job() -> None:
            try:
                future.set_result(work(self._open()))
            except BaseException as error:
                future.set_exception(error)

        with self._guard:
            self._check_open()
            self._jobs.put(job)
        return future

    def _check_open(self) -> None:
        if self._closed:
            raise RuntimeError("the document is closed")

    @staticmethod
    def _within(connection: sa.Connection, work: Callable[[sa.Connection], T]) -> T:
        with connection.begin():
            return work(connection)

    def flush(self) -> None:
        """Wait until all that was queued before is done; not from the thread itself."""
        assert threading.current_thread() is not self._thread
        self._queue(lambda _: None).result()

    def take_failure(self) -> Failure | None:
        """Return the failure, if any, once all that depends on it is dropped; edits may follow again."""
        self.flush()
        with self._guard:
            found, self._failure = self._failure, None
        return found

    def close(self) -> None:
        """Store what is queued and end the thread."""
        atexit.unregister(self.close)
        with self._guard:
            closed, self._closed = self._closed, True
            if not closed:
                self._jobs.put(None)
        self._thread.join()

    # --- in the thread -------------------------------------------------------------------------

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
        if self._connection is not None:
            self._connection.close()
        self._engine.dispose()

    def _open(self) -> sa.Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def _append(self, entry: Entry) -> None:
        fault = "" if self.failed else self._stored(entry)
        with self._guard:
            self._waiting -= 1
            dropped = self._failure is not None
            if fault:
                self._failure = Failure(entry.id, fault)
        if not dropped:
            self._tell(not fault)

    def _stored(self, entry: Entry) -> str:
        """Store ``entry`` and return an empty text, or the reason why it cannot be."""
        try:
            if self._prepare:
                self._prepare(self._open())
                self._prepare = None
            if self._journal is None:
                self._journal = Journal(self._open())
            self._journal.append(entry)
        except Exception as error:  # whatever it is, the thread must live and the edit be taken back
            _log.exception("edit %s could not be stored", entry.id)
            return str(getattr(error, "orig", None) or error) or type(error).__name__
        return ""

    def _tell(self, saved: bool) -> None:
        try:
            self.on_saved(saved)
        except Exception:
            _log.exception("a listener failed")
