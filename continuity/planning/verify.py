"""Is a plan package whole and unchanged? Works on the folder and on the zip."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from continuity.model.problems import Problem
from continuity.planning.manifest import NAME, read_manifest

Read = Callable[[str], bytes]


def verify_package(path: Path) -> list[Problem]:
    """Return every file that is missing, changed or too many, and what is wrong with the manifest."""
    if path.is_dir():
        return _check(
            {f.relative_to(path).as_posix() for f in path.rglob("*") if not f.is_dir()},
            lambda name: (path / name).read_bytes(),
        )
    if not path.exists():
        return [Problem("package-not-found", path=str(path))]
    try:
        with zipfile.ZipFile(path) as archive:
            names = [i.filename for i in archive.infolist() if not i.is_dir()]
            doubles = [
                Problem("package-file-twice", path=n) for n in sorted(set(names)) if names.count(n) > 1
            ]
            return doubles + _check(set(names), archive.read)
    except (zipfile.BadZipFile, OSError):
        return [Problem("package-not-readable", path=str(path))]


def _check(names: set[str], read: Read) -> list[Problem]:
    if NAME not in names:
        return [Problem("package-no-manifest", path=NAME)]
    rows = read_manifest(read(NAME))
    if isinstance(rows, Problem):
        return [rows]
    found = []
    for name, row in sorted(rows.items()):
        if name not in names:
            found.append(Problem("package-file-missing", path=name))
        elif _digest(read, name) != row["sha256"]:
            found.append(Problem("package-file-changed", path=name))
    found += [Problem("package-file-extra", path=name) for name in sorted(names - rows.keys() - {NAME})]
    return found


def _digest(read: Read, name: str) -> str:
    try:
        return hashlib.sha256(read(name)).hexdigest()
    except (OSError, zipfile.BadZipFile, zlib.error):
        return ""
