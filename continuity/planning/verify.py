"""Is a plan package whole and unchanged? Works on the folder and on the zip."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from continuity.model.problems import Problem
from continuity.planning.manifest import NAME, read_manifest
from continuity.planning.signature import NAME as SIGNATURE
from continuity.planning.signature import Signature, read_signature

Read = Callable[[str], bytes]


def verify_package(path: Path, signer: str = "") -> list[Problem]:
    """Return every file that is missing, changed or too many, and what is wrong with the manifest.

    With ``signer``, the fingerprint of a public key, a package that this key has not signed is a fault.
    """
    found = _whole(path)
    signature = signature_of(path)
    if signature.state == "broken":
        found.append(Problem("package-signature-broken", path=SIGNATURE))
    elif signer and signature.state == "unsigned":
        found.append(Problem("package-unsigned", path=SIGNATURE, facts={"wanted": signer}))
    elif signer and signature.fingerprint != signer:
        facts: dict[str, object] = {"found": signature.fingerprint, "wanted": signer}
        found.append(Problem("package-signed-by-another", path=SIGNATURE, facts=facts))
    elif signature.state == "unsigned" and (said := _said_signer(path)):
        found.append(Problem("package-signature-missing", path=SIGNATURE, facts={"found": said}))
    return found


def signature_of(path: Path) -> Signature:
    """Return what the signature of a package (folder or zip) says."""
    manifest = _part(path, NAME)
    return read_signature(_part(path, SIGNATURE), manifest) if manifest is not None else Signature("unsigned")


def _said_signer(path: Path) -> str:
    """The fingerprint that a whole manifest names as its signer's."""
    try:
        plain = json.loads(_part(path, NAME) or b"{}")
    except ValueError:
        return ""
    return str(plain.get("signer") or "") if isinstance(plain, dict) else ""


def _part(path: Path, name: str) -> bytes | None:
    try:
        if path.is_dir():
            return (path / name).read_bytes()
        with zipfile.ZipFile(path) as archive:
            return archive.read(name)
    except (OSError, KeyError, zipfile.BadZipFile, zlib.error):
        return None


def _whole(path: Path) -> list[Problem]:
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
    found += [
        Problem("package-file-extra", path=name) for name in sorted(names - rows.keys() - {NAME, SIGNATURE})
    ]
    return found


def _digest(read: Read, name: str) -> str:
    try:
        return hashlib.sha256(read(name)).hexdigest()
    except (OSError, zipfile.BadZipFile, zlib.error):
        return ""
