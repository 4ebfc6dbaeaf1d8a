"""Older documents: brought to the present form after a back-up, or left as they were."""

import dataclasses
import gzip
import sqlite3
import types
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import op

from continuity.model.edits import amend
from continuity.model.kinds import KINDS, kind_of
from continuity.model.organisation import Organisation
from continuity.model.payload import default_of
from continuity.model.problems import Refused
from continuity.session import Session
from continuity.store import migrate as migrating
from continuity.store.backup import backups
from continuity.store.document import inspect
from continuity.store.migrate import migrate
from continuity.store.store import Store
from continuity.store.tables import SCHEMA
from tests.strategies import filled_organisation

SAMPLES = Path(__file__).parent.parent / "data" / "old"


@pytest.fixture
def old(tmp_path):
    """A copy of the sample of the first schema."""
    path = tmp_path / "gammal.uthallig"
    path.write_bytes(gzip.decompress((SAMPLES / "schema-1.uthallig.gz").read_bytes()))
    return path


#: Schemas of programs that somebody may have worked with; those between were never handed out.
RELEASED = (1,)


def test_that_there_is_a_sample_of_each_schema_that_was_handed_out_and_of_the_present_one():
    there = {path.name for path in SAMPLES.glob("*.gz")}
    assert {f"schema-{number}.uthallig.gz" for number in (*RELEASED, SCHEMA)} <= there


def as_of(sample: Path) -> Organisation:
    """What the sample holds: the filled organisation without kinds and fields that came later."""
    raw = sqlite3.connect(sample)
    known = {name: [row[1] for row in raw.execute(f"PRAGMA table_info({name})")] for name in KINDS}
    [schema] = raw.execute("PRAGMA user_version").fetchone()
    raw.close()
    records = []
    for record in filled_organisation():
        kind = kind_of(record)
        later = {name: default_of(kind.of, name) for name in kind.specs if name not in known[kind.name]}
        if kind.name == "agency" and schema == 1:
            later["highest_marking"] = "none"  # as it was filled then
        if kind.name == "function" and schema < 3:  # types of impact were a fixed choice
            later["impact"] = tuple(dataclasses.replace(cell, impact="legal") for cell in record.impact)
        if known[kind.name]:
            records.append(dataclasses.replace(record, **later))
    return Organisation(filled_organisation().document, records)


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.gz")), ids=lambda path: path.name)
def test_that_documents_of_each_schema_open_whole(sample, tmp_path):
    path = tmp_path / "gammal.uthallig"
    path.write_bytes(gzip.decompress(sample.read_bytes()))
    expected, as_of_version = as_of(path), as_of(path)
    with Session.open(path) as session:
        if session.can_undo:  # undo stops at a migration
            session.undo()
        else:
            expected.apply(amend(expected.of_kind("resource")[0], note="Ändrad efteråt"))
        counts = {kind: session.organisation.count(kind) for kind in KINDS}
        assert counts == {kind: expected.count(kind) for kind in KINDS}
        assert session.organisation == expected
        [version] = session.versions()
        assert session.organisation_at(version) == as_of_version
        assert session._store.broken_link() is None


def step(upgrade):
    return [(1, types.SimpleNamespace(upgrade=None)), (2, types.SimpleNamespace(upgrade=upgrade))]


def add_column():
    with op.batch_alter_table("site", recreate="always") as site:
        site.add_column(sa.Column("height", sa.BigInteger, nullable=False, server_default="7"))


def test_that_a_step_changes_the_tables_after_a_backup(old, monkeypatch):
    before = old.read_bytes()
    monkeypatch.setattr(migrating, "steps", lambda: step(add_column))
    migrate(old, 1, target=2)
    raw = sqlite3.connect(old)
    assert raw.execute("PRAGMA user_version").fetchone() == (2,)
    assert raw.execute("SELECT DISTINCT height FROM site").fetchall() == [(7,)]
    assert raw.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone() == (4,)
    [file] = raw.execute("SELECT file FROM document").fetchone()
    raw.close()
    [kept] = backups(file)
    copy = sqlite3.connect(kept)
    assert copy.execute("SELECT count(*) FROM site").fetchone() == (2,)
    copy.close()
    assert inspect(kept) == 1
    assert len(kept.read_bytes()) == len(before)


def break_halfway():
    add_column()
    op.execute("INSERT INTO nowhere VALUES (1)")


def orphan():
    op.execute("UPDATE supply SET need = 'nobody'")


@pytest.mark.parametrize("upgrade", [break_halfway, orphan])
def test_that_a_step_that_fails_leaves_the_document_as_it_was(old, monkeypatch, upgrade):
    expected = len(as_of(old))
    with monkeypatch.context() as context:
        context.setattr(migrating, "steps", lambda: step(upgrade))
        with pytest.raises(Refused) as refused:
            migrate(old, 1, target=2)
    assert refused.value.problems[0].code == "cannot-migrate"
    assert inspect(old) == 1
    store, organisation = Store.open(old)
    assert len(organisation) == expected
    store.close()


def test_that_undo_stops_at_a_migration(old, monkeypatch):
    raw = sqlite3.connect(old)
    raw.execute("DROP TRIGGER journal_update")
    raw.execute("UPDATE journal SET schema = 0")
    raw.commit()
    raw.close()
    with Session.open(old) as session:
        assert not session.can_undo
