"""Putting a package in its place whole: folder and zip, or nothing at all."""

from __future__ import annotations

import datetime as dt
import errno
import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from continuity.model.problems import Problem, Refused
from continuity.planning.manifest import NAME, read_manifest
from continuity.planning.verify import verify_package
from continuity.words import local

_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def zip_of(folder: Path) -> Path:
    """Return where the zip of a package in ``folder`` lies."""
    return folder.with_name(folder.name + ".zip")


def check_place(folder: Path) -> None:
    """Raise :class:`Refused` where writing to ``folder`` or its zip would destroy what is not ours."""
    with refusing(folder):
        near = next(p for p in folder.absolute().parents if p.exists())
        if not near.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        if not os.access(near, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        with tempfile.TemporaryFile(dir=near):
            pass  # rights alone do not tell: some file systems take nothing
        if folder.exists() and not folder.is_dir():
            raise Refused([Problem("package-is-a-file", path=str(folder))])
        if folder.is_dir() and any(folder.iterdir()):
            problems = verify_package(folder)
            if any(p.code in ("package-no-manifest", "package-bad-manifest") for p in problems):
                raise Refused([Problem("package-folder-not-ours", path=str(folder))])
            if changed := [
                p.path for p in problems if p.code in ("package-file-extra", "package-file-changed")
            ]:
                facts: dict[str, object] = {"files": ", ".join(changed[:5]), "count": len(changed)}
                raise Refused([Problem("package-folder-changed", path=str(folder), facts=facts)])
        if zip_of(folder).exists() and not _is_ours(zip_of(folder)):
            raise Refused([Problem("package-zip-not-ours", path=str(zip_of(folder)))])


def _is_ours(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return not isinstance(read_manifest(archive.read(NAME)), Problem)
    except (OSError, KeyError, zipfile.BadZipFile):
        return False


def put(files: Mapping[str, bytes], folder: Path, generated: dt.datetime) -> None:
    """Write ``files`` to ``folder`` and its zip; on any failure leave what was there before."""
    with refusing(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as scratch:
            fresh, packed = Path(scratch) / "new", Path(scratch) / "new.zip"
            for name, data in sorted(files.items()):
                target = fresh / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            _pack(files, packed, generated)
            _exchange(fresh, folder, Path(scratch) / "old")
            packed.replace(zip_of(folder))


def _pack(files: Mapping[str, bytes], target: Path, generated: dt.datetime) -> None:
    when = local(generated)
    stamp = (max(when.year, 1980), when.month, when.day, when.hour, when.minute, 0)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path, data in sorted(files.items()):
            entry = zipfile.ZipInfo(path, stamp)
            entry.compress_type = zipfile.ZIP_STORED if path.endswith(".pdf") else zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)


def _exchange(fresh: Path, folder: Path, old: Path) -> None:
    """Move ``fresh`` to ``folder``; what stood there goes to ``old`` and comes back if that fails."""
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise


@contextmanager
def refusing(folder: Path) -> Iterator[None]:
    """Turn what the disk refuses into a sentence for the user."""
    try:
        yield
    except OSError as error:
        code = "package-disk-full" if error.errno in _FULL else "package-not-writable"
        facts: dict[str, object] = {"reason": error.strerror or str(error)}
        raise Refused([Problem(code, path=str(folder), facts=facts)]) from error
