"""What is kept beside the history: named versions and runs, compressed."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import asdict, dataclass, fields, replace

import sqlalchemy as sa

from continuity.store.tables import RUN, SIGNOFF, VERSION


@dataclass(frozen=True, slots=True)
class Version:
    """A named version; ``at`` is UTC, ``journal`` the last edit it holds."""

    id: str
    name: str
    at: str
    author: str
    journal: int


@dataclass(frozen=True, slots=True)
class SignOff:
    """Somebody stands by a version; ``at`` is UTC, ``content`` the SHA-256 of what was signed."""

    id: str
    version: str
    at: str
    author: str
    name: str
    role: str
    note: str
    content: str = ""


@dataclass(frozen=True, slots=True)
class KeptRun:
    """One kept run as JSON text with the number of its form; ``made`` is UTC."""

    id: str
    made: str
    scenario: str
    format: int
    content: str


def add_version(connection: sa.Connection, version: Version, content: str) -> None:
    """Keep a named version."""
    row = {
        "id": version.id,
        "name": version.name,
        "at": version.at,
        "author": version.author,
        "journal": version.journal,
        "content": zlib.compress(content.encode()),
    }
    connection.execute(sa.insert(VERSION), [row])


def versions(connection: sa.Connection) -> list[Version]:
    """Return the named versions, newest first."""
    columns = (VERSION.c.id, VERSION.c.name, VERSION.c.at, VERSION.c.author, VERSION.c.journal)
    return [Version(*row) for row in connection.execute(sa.select(*columns).order_by(VERSION.c.at.desc()))]


def version_content(connection: sa.Connection, id_: str) -> str | None:
    """Return what was kept of the version ``id_``, or None where there is none."""
    found = connection.execute(sa.select(VERSION.c.content).where(VERSION.c.id == id_)).scalar()
    return zlib.decompress(found).decode() if found is not None else None


def add_signoff(connection: sa.Connection, signoff: SignOff) -> SignOff:
    """Keep a sign-off with the fingerprint of its version; LookupError where there is no such version."""
    content = version_content(connection, signoff.version)
    if content is None:
        raise LookupError(signoff.version)
    signed = replace(signoff, content=fingerprint(content))
    connection.execute(sa.insert(SIGNOFF), [asdict(signed)])
    return signed


def signoffs(connection: sa.Connection) -> list[SignOff]:
    """Return all sign-offs, newest first."""
    columns = [SIGNOFF.c[field.name] for field in fields(SignOff)]
    return [SignOff(*row) for row in connection.execute(sa.select(*columns).order_by(SIGNOFF.c.at.desc()))]


def fingerprint(content: str) -> str:
    """Return the SHA-256 of the content of a version."""
    return hashlib.sha256(content.encode()).hexdigest()


def add_run(connection: sa.Connection, run: KeptRun) -> None:
    """Keep a run; one that is kept already stays as it is."""
    if connection.execute(sa.select(RUN.c.id).where(RUN.c.id == run.id)).first():
        return
    last = connection.execute(sa.select(sa.func.max(RUN.c.position))).scalar() or 0
    row = {
        "id": run.id,
        "position": last + 1,
        "made": run.made,
        "scenario": run.scenario,
        "format": run.format,
        "content": zlib.compress(run.content.encode()),
    }
    connection.execute(sa.insert(RUN), [row])


def run_ids(connection: sa.Connection) -> list[str]:
    """Return the ids of the kept runs, oldest first."""
    return list(connection.execute(sa.select(RUN.c.id).order_by(RUN.c.position)).scalars())


def run(connection: sa.Connection, id_: str) -> KeptRun:
    """Return one kept run."""
    row = connection.execute(sa.select(RUN).where(RUN.c.id == id_)).one()
    content = zlib.decompress(row.content).decode()
    return KeptRun(row.id, row.made, row.scenario, row.format, content)
