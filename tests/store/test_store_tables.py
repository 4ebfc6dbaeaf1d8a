"""Tables: every kind has one, every field a column, and the migrations lead to the same."""

import sqlite3
import warnings

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from continuity import places
from continuity.model.kinds import KINDS
from continuity.store.document import connect, lay_out
from continuity.store.migrate import run_steps, steps
from continuity.store.rows import from_row, to_row
from continuity.store.tables import APPEND_ONLY, METADATA, RECORDS, SCHEMA
from tests.strategies import filled_organisation


@pytest.fixture(scope="module")
def laid_out():
    """A connection to an empty document as this program makes it."""
    with connect(None).connect() as connection:
        lay_out(connection)
        yield connection


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_that_each_field_of_each_kind_has_a_column(kind):
    assert list(RECORDS[kind.name].columns.keys()) == ["id", "code", *kind.specs]


def test_that_records_survive_their_rows(laid_out):
    organisation = filled_organisation()
    with laid_out.begin() as transaction:
        for kind in KINDS.values():
            table = RECORDS[kind.name]
            records = organisation.of_kind(kind.name)
            laid_out.execute(sa.insert(table), [to_row(record) for record in records])
            rows = laid_out.execute(sa.select(table)).mappings()
            assert {row["id"]: from_row(kind, row) for row in rows} == {one.id: one for one in records}
        transaction.rollback()


def _differences(connection):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sa.exc.SAWarning)  # tables that refer to one another
        return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA)


def test_that_the_migrations_lead_to_the_tables_of_the_kinds():
    with connect(None).connect() as connection:
        with connection.begin():
            run_steps(connection, 0, SCHEMA)
        assert _differences(connection) == [], (
            "a kind has changed: add a step to continuity/store/migrations/versions and raise SCHEMA"
        )


def test_that_a_new_document_is_what_the_migrations_make(laid_out):
    def described(connection):
        names = connection.exec_driver_sql("SELECT type, name, tbl_name FROM sqlite_master ORDER BY 1, 2")
        rows = [tuple(row) for row in names]
        for name in METADATA.tables:
            for pragma in ("table_info", "foreign_key_list"):
                found = connection.exec_driver_sql(f"PRAGMA {pragma}({name})")
                rows.append((name, pragma, *sorted(str(tuple(row)[1:]) for row in found)))
        connection.rollback()
        return rows

    with connect(None).connect() as migrated:
        with migrated.begin():
            run_steps(migrated, 0, SCHEMA)
        assert described(migrated) == described(laid_out)


def test_that_there_is_a_step_for_each_schema():
    assert [number for number, _ in steps()] == list(range(1, SCHEMA + 1))
    assert all(module.__doc__ for _, module in steps())
    assert len(list((places.migrations() / "versions").glob("*.py"))) == SCHEMA


def test_that_single_references_are_kept_by_the_database_too(laid_out):
    targets = {
        (column.table.name, column.name): key.column.table.name
        for table in RECORDS.values()
        for column in table.columns
        for key in column.foreign_keys
    }
    assert targets["supply", "need"] == "need"
    assert targets["site", "leave_decider"] == "role"
    assert ("need", "dependent") not in targets  # one of several kinds


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_that_sqlite_itself_refuses_to_change_what_may_only_grow(tmp_path, table):
    path = tmp_path / "d.uthallig"
    path.touch()
    with connect(path).connect() as connection:
        lay_out(connection)
    raw = sqlite3.connect(path)
    columns = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
    raw.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(columns))})", [1] * len(columns))
    for statement in (f"UPDATE {table} SET id = 2", f"DELETE FROM {table}"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            raw.execute(statement)
    raw.close()
