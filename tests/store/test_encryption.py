"""Encrypted documents: nothing readable on disk, the same document inside, refused without the passphrase."""

import sqlite3

import pytest

from continuity.model.edits import amend
from continuity.model.kinds import Contact
from continuity.model.problems import Refused
from continuity.session import Session
from continuity.store.backup import backups
from continuity.store.document import inspect

PASSPHRASE = "fyra 'ord' räcker långt"


@pytest.fixture
def encrypted(tmp_path):
    """The reference agency in an encrypted file."""
    path = tmp_path / "hemlig.uthallig"
    with Session.create(None, reference="reference") as session:
        session.save_as(path, PASSPHRASE)
        assert session.encrypted
    return path


def codes(refused) -> list[str]:
    return [p.code for p in refused.value.problems]


def test_that_nothing_readable_lies_on_disk(encrypted):
    data = encrypted.read_bytes()
    assert b"SQLite" not in data
    assert b"Datahall" not in data
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(encrypted).execute("SELECT count(*) FROM sqlite_master")


def test_that_the_same_document_is_inside(encrypted):
    with (
        Session.create(None, reference="reference") as plain,
        Session.open(encrypted, passphrase=PASSPHRASE) as session,
    ):
        assert session.organisation == plain.organisation
        assert session._store.broken_link() is None


def test_that_edits_are_kept_encrypted_and_undone_after_a_restart(encrypted):
    with Session.open(encrypted, passphrase=PASSPHRASE) as session:
        resource = session.organisation.of_kind("resource")[0]
        session.edit(amend(resource, note="En ny anteckning som ingen annan ser"))
    assert b"En ny anteckning" not in encrypted.read_bytes()
    with Session.open(encrypted, passphrase=PASSPHRASE) as session:
        assert session.organisation.get(resource.id).note.startswith("En ny")
        session.undo()
        assert session.organisation.get(resource.id) == resource


def test_that_it_is_locked_without_the_passphrase_and_left_as_it_was(encrypted):
    before = encrypted.read_bytes()
    with pytest.raises(Refused) as refused:
        Session.open(encrypted)
    assert codes(refused) == ["locked-document"]
    with pytest.raises(Refused) as refused:
        Session.open(encrypted, passphrase="fel lösenord")
    assert codes(refused) == ["wrong-passphrase"]
    assert encrypted.read_bytes() == before


def test_that_back_ups_are_encrypted_too(encrypted):
    with Session.open(encrypted, passphrase=PASSPHRASE) as session:
        resource = session.organisation.of_kind("resource")[0]
        session.edit(amend(resource, note="Ändrad"))
        session.flush()
        file = session._store.file
    [kept] = backups(file)
    assert b"SQLite" not in kept.read_bytes()
    assert inspect(kept, PASSPHRASE) > 0


def test_that_an_erased_person_is_erased_from_encrypted_back_ups(encrypted):
    with Session.open(encrypted, passphrase=PASSPHRASE) as session:
        contact = session.organisation.all(Contact)[0]
        session.edit(amend(session.organisation.of_kind("resource")[0], note="Ändrad"))
        session.edit(session.organisation.removal([contact.id]))
        session.flush()
        file = session._store.file
    from continuity.store.driver import open_database

    [kept] = backups(file)
    copy = open_database(kept, PASSPHRASE)
    assert copy.execute("SELECT count(*) FROM contact WHERE id = ?", [contact.id]).fetchone() == (0,)
    copy.close()


def test_that_it_can_be_made_plain_again(encrypted, tmp_path):
    with Session.open(encrypted, passphrase=PASSPHRASE) as session:
        session.save_as(tmp_path / "öppen.uthallig", "")
        assert not session.encrypted
        whole = session.organisation
    with Session.open(tmp_path / "öppen.uthallig") as session:
        assert session.organisation == whole


def test_that_a_short_passphrase_is_refused_and_nothing_is_written(tmp_path):
    with Session.create(None, reference="reference") as session, pytest.raises(Refused) as refused:
        session.save_as(tmp_path / "x.uthallig", "kort")
    assert codes(refused) == ["short-passphrase"]
    assert not list(tmp_path.iterdir())


def test_that_a_file_is_not_recoded_in_place(encrypted):
    with Session.open(encrypted, passphrase=PASSPHRASE) as session, pytest.raises(Refused) as refused:
        session.save_as(encrypted, "")
    assert codes(refused) == ["recode-in-place"]


def test_that_a_passphrase_for_a_plain_file_is_told(tmp_path):
    path = tmp_path / "öppen.uthallig"
    with Session.create(None, reference="reference") as session:
        session.save_as(path)
    with pytest.raises(Refused) as refused:
        Session.open(path, passphrase=PASSPHRASE)
    assert codes(refused) == ["document-not-locked"]


def test_that_noise_of_other_sizes_is_no_document(tmp_path):
    path = tmp_path / "brus.uthallig"
    path.write_bytes(bytes(range(256)) * 21)
    with pytest.raises(Refused) as refused:
        Session.open(path)
    assert codes(refused) == ["not-a-document"]  # no whole pages
    path.write_bytes(b"text " * 1000)
    with pytest.raises(Refused) as refused:
        Session.open(path)
    assert codes(refused) == ["not-a-document"]
