"""The manifest of a plan package: what belongs to it, with a SHA-256 of each file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from continuity.model.problems import Problem

NAME: Final = "manifest.json"
KIND: Final = "uthallig-plans"
FORMAT: Final = 1


def manifest(files: Mapping[str, bytes], facts: Mapping[str, Any]) -> bytes:
    """Return the manifest of ``files`` (path with slashes → content) with ``facts`` in front."""
    rows = {
        path: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        for path, data in sorted(files.items())
    }
    plain = {"kind": KIND, "format": FORMAT, **facts, "files": rows}
    return (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode()


def read_manifest(data: bytes) -> dict[str, dict[str, Any]] | Problem:
    """Return path → sha256 and bytes, or what is wrong with the manifest."""
    try:
        plain = json.loads(data)
    except ValueError:
        return Problem("package-bad-manifest", path=NAME)
    if not isinstance(plain, dict) or plain.get("kind") != KIND or not isinstance(plain.get("files"), dict):
        return Problem("package-bad-manifest", path=NAME)
    if plain.get("format") != FORMAT:
        return Problem("package-newer", path=NAME, facts={"format": plain.get("format")})
    rows: dict[str, dict[str, Any]] = plain["files"]
    if not all(isinstance(row, dict) and isinstance(row.get("sha256"), str) for row in rows.values()):
        return Problem("package-bad-manifest", path=NAME)
    return rows
