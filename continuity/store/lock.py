"""The lock beside an open document: who has it open, on which machine, since when."""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import json
import os
import platform
import sys
import time
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path

from continuity.store.document import refusal

_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a document; ``since`` is UTC, ``token`` tells one opening from another."""

    person: str
    machine: str
    pid: int
    since: str
    token: str


def person() -> str:
    """Return the name of the user at this machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "?"


class Lock:
    """Holds a document for this program until it is released."""

    def __init__(self, path: Path, holder: Holder) -> None:
        self.path = path
        self.holder = holder

    @classmethod
    def take(cls, document: Path, author: str = "", *, by_force: bool = False) -> Lock:
        """Take the lock of ``document``; raise :class:`Refused` naming who has it.

        A lock left by a program that no longer runs on this machine is taken over; with ``by_force``
        any is.
        """
        path = lock_path(document)
        since = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        holder = Holder(author or person(), platform.node(), os.getpid(), since, str(uuid.uuid4()))
        for _ in range(3):
            if _write(path, holder, document):
                return cls(path, holder)
            other = _patient(path)
            if other and not by_force and not _is_left_over(other):
                raise refusal(
                    "document-locked", document, person=other.person, machine=other.machine, time=other.since
                )
            if _read(path) == other:
                with contextlib.suppress(FileNotFoundError):
                    path.unlink()
        raise refusal("cannot-lock", document, reason=str(path))

    def release(self) -> None:
        """Give the document free, unless somebody has taken the lock over meanwhile."""
        found = _read(self.path)
        if found == self.holder:
            with contextlib.suppress(OSError):
                self.path.unlink()


def lock_path(document: Path) -> Path:
    """Return where the lock of ``document`` lies."""
    return document.with_name(document.name + ".lock")


def read_lock(document: Path) -> Holder | None:
    """Return who holds ``document``, or None."""
    return _read(lock_path(document))


def _read(path: Path) -> Holder | None:
    try:
        with path.open("rb") as file:
            plain = json.loads(file.read(_LONGEST))
        texts = (str(plain[name]) for name in ("person", "machine", "since", "token"))
        return Holder(next(texts), next(texts), int(plain["pid"]), *texts)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _patient(path: Path) -> Holder | None:
    """Read a lock that may be in the making; what stays unreadable was left by a crash."""
    for _ in range(5):
        found = _read(path)
        if found or not path.exists():
            return found
        time.sleep(0.05)
    return None


def _write(path: Path, holder: Holder, document: Path) -> bool:
    """Write the lock file; return False where there is one already."""
    try:
        with path.open("x", encoding="utf-8") as file:
            json.dump(asdict(holder), file, ensure_ascii=False)
    except FileExistsError:
        return False
    except OSError as error:
        raise refusal("cannot-lock", document, reason=error.strerror or str(error)) from None
    return True


def _is_left_over(holder: Holder) -> bool:
    return holder.machine == platform.node() and not _runs(holder.pid)


if sys.platform == "win32":

    def _runs(pid: int) -> bool:
        import ctypes

        # Sending a signal, as elsewhere, would end the other program here.
        query, still_active = 0x1000, 259
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(query, False, pid)
        if not handle:
            return False
        code = ctypes.c_ulong()
        kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return code.value == still_active

else:

    def _runs(pid: int) -> bool:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except (PermissionError, OverflowError):
            return True
        return True
