"""The file of what is played or of what really happens: a log that only grows, and where its clock stands.

Exercises and real events have files of their own, apart from the document and from each other. A file is
one SQLite database: its head says what it is and carries the organisation as it stood; entries are added
and never changed; each is on disk before the next begins.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import logging
import zlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import sqlalchemy as sa

from continuity.store.document import connect, refusal
from continuity.store.lock import Lock

#: "UTHP": marks a SQLite file as a log of ours.
PLAY_ID: Final = 0x55544850
FORMAT: Final = 1
KINDS: Final = ("exercise", "situation")
_MAGIC = b"SQLite format 3\0"
_METADATA: Final = sa.MetaData()
_HEAD = sa.Table(
    "head",
    _METADATA,
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("facts", sa.Text, nullable=False),
    sa.Column("organisation", sa.LargeBinary, nullable=False),
)
_ENTRY = sa.Table(
    "entry",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("previous", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
)
_ATTACHMENT = sa.Table(
    "attachment",
    _METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("media", sa.Text, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)
#: Where the clock stood when it was last looked at: one row, overwritten.
_PULSE = sa.Table("pulse", _METADATA, sa.Column("state", sa.Text, nullable=False))
_APPEND_ONLY = ("entry", "attachment", "head")
_log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LogRow:
    """One entry as it is kept; ``at`` is UTC, ``payload`` plain JSON values."""

    id: int
    at: dt.datetime
    kind: str
    payload: dict[str, Any]


class PlayFile:
    """An open log. Belongs to one thread; the disk is written in another, in order."""

    def __init__(self, path: Path, lock: Lock | None, engine: sa.Engine) -> None:
        self.path = path
        self.on_failure: Callable[[str], None] = lambda _: None
        self._lock, self._engine = lock, engine
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="log")
        self._connection: sa.Connection | None = None
        self._latest: dict[str, Any] | None = None
        self._unwritten: list[dict[str, Any]] = []  # entries on their way to disk, in order
        self._unkept: list[dict[str, Any]] = []  # attachments on their way
        self._closed = False
        self.kind, self.facts, self.organisation = self._now(_read_head)
        rows = self._now(_read_entries)
        self.entries: list[LogRow] = [row for row, _ in rows]
        self._last_hash = rows[-1][1] if rows else ""

    # --- opening ----------------------------------------------------------------------------------

    @classmethod
    def create(
        cls, path: Path, kind: str, facts: dict[str, Any], organisation: str, author: str = ""
    ) -> PlayFile:
        """Make a new log of ``kind`` with the organisation as JSON text; refuse to write over anything."""
        if path.exists():
            raise refusal("file-exists", path)
        lock = Lock.take(path, author)
        made = False
        try:
            path.touch(exist_ok=False)
            made = True
            _lay_out(path, kind, facts, organisation)
            return cls(path, lock, connect(path))
        except BaseException as error:
            if made:
                with contextlib.suppress(OSError):
                    path.unlink()  # half a file is none
            lock.release()
            if isinstance(error, OSError | sa.exc.SQLAlchemyError):
                reason = getattr(error, "strerror", None) or str(getattr(error, "orig", None) or error)
                raise refusal("cannot-write", path, reason=reason) from None
            raise

    @classmethod
    def open(cls, path: Path, author: str = "", *, read_only: bool = False) -> PlayFile:
        """Open a log; raise :class:`Refused` where it is none, is damaged or newer, or held by another."""
        _inspect(path)
        lock = None if read_only else Lock.take(path, author)
        try:
            return cls(path, lock, connect(path, read_only=read_only))
        except sa.exc.DatabaseError:
            if lock:
                lock.release()
            raise refusal("damaged-document", path) from None

    def close(self) -> None:
        """Write what waits and give the file free."""
        if self._closed:
            return
        self._closed = True
        self._disk.submit(self._shut).result()
        self._disk.shutdown()
        if self._lock:
            self._lock.release()

    # --- writing ----------------------------------------------------------------------------------

    def append(self, kind: str, payload: dict[str, Any], at: dt.datetime | None = None) -> LogRow:
        """Add an entry; it is on its way to disk at once and never changed again."""
        moment = at or dt.datetime.now(dt.UTC)
        row = LogRow(len(self.entries) + 1, moment, kind, payload)
        text = json.dumps(payload, ensure_ascii=False, sort_keys=True)
        values = {"id": row.id, "previous": self._last_hash, "at": moment.isoformat(), "kind": kind}
        values |= {"payload": text}
        values["hash"] = _digest(values)
        self._unwritten.append(values)
        self._safely(self._write_entries)
        self._last_hash = str(values["hash"])
        self.entries.append(row)
        return row

    @property
    def unwritten(self) -> int:
        """How many entries and attachments are not on disk: on their way, or the disk would not take them."""
        return len(self._unwritten) + len(self._unkept)

    def copy_to(self, path: Path) -> None:
        """Write all that was noted into a new log at ``path``: the disk of this one takes nothing more."""
        twin = PlayFile.create(path, self.kind, self.facts, self.organisation)
        for row in self.entries:
            twin.append(row.kind, row.payload, row.at)
        twin.close()

    def retry(self) -> int:
        """Write again what the disk would not take, and return how many entries are still not there."""
        self._safely(self._write_entries).result()
        self._safely(self._write_attachments).result()
        return self.unwritten

    def _write_entries(self) -> None:
        """Write every entry that waits, those first that could not be written before."""
        if waiting := list(self._unwritten):
            self._within(lambda c: c.execute(sa.insert(_ENTRY), waiting))
            del self._unwritten[: len(waiting)]

    def _write_attachments(self) -> None:
        if waiting := list(self._unkept):
            self._within(lambda c: c.execute(sa.insert(_ATTACHMENT), waiting))
            del self._unkept[: len(waiting)]

    def attach(self, id_: str, name: str, media: str, content: bytes) -> None:
        """Keep a file, such as a photo of the whiteboard."""
        self._unkept.append({"id": id_, "name": name, "media": media, "content": content})
        self._safely(self._write_attachments)

    def attachment(self, id_: str) -> tuple[str, str, bytes] | None:
        """Return name, media type and content of what was attached."""
        asked = sa.select(_ATTACHMENT.c.name, _ATTACHMENT.c.media, _ATTACHMENT.c.content)
        for row in list(self._unkept):
            if row["id"] == id_:
                return row["name"], row["media"], row["content"]
        found = self._now(lambda c: c.execute(asked.where(_ATTACHMENT.c.id == id_)).first())
        return None if found is None else (found[0], found[1], found[2])

    def pulse(self, state: dict[str, Any]) -> None:
        """Note where the clock stands, so that a crash loses no second; the latest wins."""
        waits, self._latest = self._latest is not None, state
        if not waits:
            self._later(self._write_pulse)

    def _write_pulse(self, connection: sa.Connection) -> None:
        state, self._latest = self._latest, None
        connection.execute(sa.delete(_PULSE))
        connection.execute(sa.insert(_PULSE).values(state=json.dumps(state)))

    def last_pulse(self) -> dict[str, Any] | None:
        """Return what :meth:`pulse` noted last."""
        found = self._now(lambda c: c.execute(sa.select(_PULSE.c.state)).first())
        return None if found is None else dict(json.loads(found[0]))

    def flush(self) -> None:
        """Wait until all is on disk."""
        self._disk.submit(lambda: None).result()

    def broken_link(self) -> int | None:
        """Return the first entry whose hash does not fit, or None where the chain is whole."""
        previous = ""
        for row in self._now(lambda c: c.execute(sa.select(_ENTRY).order_by(_ENTRY.c.id)).mappings().all()):
            values = {name: row[name] for name in ("id", "previous", "at", "kind", "payload")}
            if row["previous"] != previous or _digest(values) != row["hash"]:
                return int(row["id"])
            previous = row["hash"]
        return None

    # --- in the thread of the disk ----------------------------------------------------------------

    def _within(self, work: Callable[[sa.Connection], T]) -> T:
        if self._connection is None:
            self._connection = self._engine.connect()
        with self._connection.begin():
            return work(self._connection)

    def _now(self, work: Callable[[sa.Connection], T]) -> T:
        return self._disk.submit(self._within, work).result()

    def _later(self, work: Callable[[sa.Connection], Any]) -> Future[Any]:
        return self._safely(lambda: self._within(work))

    def _safely(self, work: Callable[[], Any]) -> Future[Any]:
        def safely() -> None:
            try:
                work()
            except (sa.exc.SQLAlchemyError, OSError) as error:
                _log.exception("the log could not be written")
                self.on_failure(str(getattr(error, "orig", None) or error))

        return self._disk.submit(safely)

    def _shut(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._engine.dispose()


def _digest(values: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _lay_out(path: Path, kind: str, facts: dict[str, Any], organisation: str) -> None:
    engine = connect(path)
    packed = zlib.compress(organisation.encode("utf-8", "surrogatepass"))
    with engine.connect() as connection, connection.begin():
        _METADATA.create_all(connection)
        for table in _APPEND_ONLY:
            for verb in ("UPDATE", "DELETE"):
                connection.exec_driver_sql(
                    f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        head = {"kind": kind, "facts": json.dumps(facts, ensure_ascii=False), "organisation": packed}
        connection.execute(sa.insert(_HEAD).values(**head))
        connection.exec_driver_sql(f"PRAGMA application_id={PLAY_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={FORMAT}")
    engine.dispose()


def _read_head(connection: sa.Connection) -> tuple[str, dict[str, Any], str]:
    [row] = connection.execute(sa.select(_HEAD)).all()
    return row[0], dict(json.loads(row[1])), zlib.decompress(row[2]).decode("utf-8", "surrogatepass")


def _read_entries(connection: sa.Connection) -> list[tuple[LogRow, str]]:
    rows = connection.execute(sa.select(_ENTRY).order_by(_ENTRY.c.id)).mappings()
    return [
        (LogRow(r["id"], dt.datetime.fromisoformat(r["at"]), r["kind"], json.loads(r["payload"])), r["hash"])
        for r in rows
    ]


def _inspect(path: Path) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise refusal("no-such-file", path) from None
    except OSError as error:
        raise refusal("cannot-read", path, reason=error.strerror or str(error)) from None
    if not header.startswith(_MAGIC) or int.from_bytes(header[68:72], "big") != PLAY_ID:
        raise refusal("not-a-log", path)
    if int.from_bytes(header[60:64], "big") > FORMAT:
        raise refusal("newer-document", path, schema=int.from_bytes(header[60:64], "big"), known=FORMAT)
