"""Back-ups of a document: copied by SQLite's own interface, verified by opening, rotated."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from pathlib import Path

from continuity import places
from continuity.store.document import inspect, refusal, soundness
from continuity.store.driver import Connection, DatabaseFault, copy_encrypted, open_database

#: How many back-ups of one document are kept.
KEPT = 20
#: A new one is made when the newest is older than this.
INTERVAL = dt.timedelta(hours=1)
_STAMP = "%Y%m%dT%H%M%S.%f"


def folder_of(file: str) -> Path:
    """Return where the back-ups of the document file with this id lie."""
    return places.data_dir() / "backups" / file


def copy_database(source: Connection, target: Path, passphrase: str = "", *, recoded: bool = False) -> None:
    """Put a verified copy of an open database at ``target``, whole or not at all.

    The copy has the ``passphrase`` of the source; ``recoded``: it is to have this one instead.

    Raises :class:`Refused` where it cannot be written or does not open afterwards.
    """
    fresh = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        if recoded:
            copy_encrypted(source, fresh, passphrase)
        else:
            with contextlib.closing(open_database(fresh, passphrase)) as copy:
                source.backup(copy)
        inspect(fresh, passphrase)
        soundness(fresh, passphrase)
        _sync(fresh)
        fresh.replace(target)
        _sync(target.parent)
    except (DatabaseFault, OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise refusal("cannot-write", target, reason=reason) from None
    finally:
        for left in (fresh, fresh.with_name(fresh.name + "-journal")):
            with contextlib.suppress(OSError):
                left.unlink()


def _sync(path: Path) -> None:
    # Windows can neither open a folder nor sync a file that is open for reading; it needs the former not.
    flags = os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR
    with contextlib.suppress(OSError):
        handle = os.open(path, flags)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def backups(file: str) -> list[Path]:
    """Return the back-ups of a document file, oldest first."""
    return sorted(folder_of(file).glob("*.uthallig"))


def back_up(source: Connection, file: str, passphrase: str = "", *, kept: int = KEPT) -> Path:
    """Make a back-up of an open document and remove the oldest beyond ``kept``; return its path."""
    folder = folder_of(file)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _name()
    while path.exists():
        path = folder / _name()
    copy_database(source, path, passphrase)
    for old in backups(file)[:-kept]:
        with contextlib.suppress(OSError):
            old.unlink()
    return path


def _name() -> str:
    return f"{dt.datetime.now(dt.UTC).strftime(_STAMP)}.uthallig"


def is_due(file: str, now: dt.datetime) -> bool:
    """Tell whether the newest back-up is older than :data:`INTERVAL`, or there is none."""
    found = backups(file)
    if not found:
        return True
    made = dt.datetime.strptime(found[-1].stem, _STAMP).replace(tzinfo=dt.UTC)
    return now - made >= INTERVAL


def forget(file: str, record: str, table: str, passphrase: str = "") -> None:
    """Remove the row ``record`` of ``table`` from every back-up of a document, without a trace."""
    for path in backups(file):
        with contextlib.closing(open_database(path, passphrase)) as connection:
            connection.execute("PRAGMA secure_delete=ON")
            for name, column in ((table, "id"), ("salt", "record")):
                with contextlib.suppress(DatabaseFault), connection:
                    connection.execute(f'DELETE FROM "{name}" WHERE "{column}" = ?', [record])
