"""Older documents are brought to the present form step by step, after a back-up.

The steps lie as files in ``migrations/versions``; the number of the last one done is the document's
user version, so that the header alone tells its form. All steps of a document are one transaction.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from types import ModuleType

import sqlalchemy as sa

from continuity import places
from continuity.store.backup import back_up
from continuity.store.document import connect, refusal
from continuity.store.driver import Connection, DatabaseFault, open_database
from continuity.store.tables import SCHEMA


def migrate(path: Path, schema: int, passphrase: str = "", *, target: int = SCHEMA) -> None:
    """Bring the document at ``path`` from ``schema`` to ``target``; on failure it is as it was."""
    with contextlib.closing(open_database(path, passphrase)) as source:
        back_up(source, _file_of(source, path), passphrase)
    engine = connect(path, passphrase)
    try:
        with engine.connect() as connection:
            # Tables are rebuilt by copying: references would be seen as broken meanwhile.
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
            with connection.begin():
                run_steps(connection, schema, target)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise LookupError("references are broken after the migration")
    except (sa.exc.SQLAlchemyError, LookupError) as error:
        raise refusal("cannot-migrate", path, reason=str(error)) from error
    finally:
        engine.dispose()


def _file_of(source: Connection, path: Path) -> str:
    try:
        [found] = source.execute("SELECT file FROM document").fetchone()
    except (DatabaseFault, TypeError):
        raise refusal("damaged-document", path) from None
    return str(found)


def run_steps(connection: sa.Connection, schema: int, target: int) -> None:
    """Carry out the steps after ``schema`` up to ``target`` within the present transaction."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    context = MigrationContext.configure(connection, opts={"render_as_batch": True})
    with Operations.context(context):
        for number, step in steps():
            if schema < number <= target:
                step.upgrade()
    connection.exec_driver_sql(f"PRAGMA user_version={target}")


def steps() -> list[tuple[int, ModuleType]]:
    """Return the migration steps with their numbers, in order."""
    from alembic.script import ScriptDirectory

    directory = ScriptDirectory(str(places.migrations()))
    return [(int(script.revision), script.module) for script in reversed(list(directory.walk_revisions()))]
