"""Reading and writing whole text files: a plain refusal for each fault, never half a file."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from continuity.model.problems import Problem, Refused

#: Larger files are refused unread: a real organisation has a few megabytes at most.
LARGEST_FILE = 64 * 1024 * 1024


def refusal(code: str, path: Path, **facts: object) -> Refused:
    """Return the refusal of a whole file, naming it."""
    return Refused([Problem(code, facts={"file": str(path), **facts})])


def read_text(path: Path, limit: int = LARGEST_FILE) -> str:
    """Return the UTF-8 text of ``path``; raise :class:`Refused` where it cannot be had."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise refusal("is-a-folder", path)
        if size > limit:
            raise refusal("file-too-large", path, size=size, limit=limit)
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise refusal("no-such-file", path) from None
    except UnicodeDecodeError as error:
        raise refusal("not-utf8", path, byte=error.start) from None
    except PermissionError:
        raise refusal("no-permission", path) from None
    except (OSError, ValueError) as error:
        raise refusal("cannot-read", path, reason=_reason(error)) from None


def write_text(path: Path, text: str) -> None:
    """Put ``text`` in ``path`` whole and on disk, or leave what was there and raise :class:`Refused`."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        if path.is_dir():
            raise refusal("is-a-folder", path)
        with fresh.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        _sync_folder(path.parent)
    except (OSError, ValueError) as error:
        raise refusal("cannot-write", path, reason=_reason(error)) from None
    finally:
        with contextlib.suppress(OSError, ValueError):
            fresh.unlink()


def _sync_folder(folder: Path) -> None:
    # Windows cannot open a folder, and needs it not.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
