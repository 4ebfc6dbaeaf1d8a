"""Back-ups: made before the first change, sound, rotated, and rid of who was erased."""

import datetime as dt

import pytest

from continuity.model.edits import Add, Remove
from continuity.model.ids import new_id
from continuity.model.kinds import Contact, Site
from continuity.model.problems import Refused
from continuity.store import backup
from continuity.store.backup import back_up, backups, copy_database, is_due
from continuity.store.driver import open_database
from continuity.store.journal import Entry
from continuity.store.store import Store


@pytest.fixture
def store(tmp_path):
    """An open document."""
    store = Store.in_memory(new_id(), "sv")
    store.move_to(tmp_path / "dokument.uthallig")
    yield store
    store.close()


def entry(number, edit):
    return Entry(number, edit, "Eva", "2027-01-25T08:00:00+00:00")


def test_that_the_state_before_the_first_change_is_backed_up(store):
    store.append(entry(1, Add(Site(id=new_id(), code="S1", name="Norr"))))
    store.append(entry(2, Add(Site(id=new_id(), code="S2", name="Syd"))))
    store.flush()
    [path] = backups(store.file)
    copy, organisation = Store.open(path, read_only=True)
    assert len(organisation) == 0
    copy.close()


def test_that_old_backups_give_way(store):
    def work(raw):
        return [back_up(raw, store.file, kept=3) for _ in range(5)]

    made = store._thread.raw(work)
    assert backups(store.file) == sorted(made)[-3:]


def test_that_a_backup_is_due_after_an_hour(store):
    now = dt.datetime.now(dt.UTC)
    assert is_due(store.file, now)
    store._thread.raw(lambda raw: back_up(raw, store.file))
    assert not is_due(store.file, now + dt.timedelta(minutes=50))
    assert is_due(store.file, now + dt.timedelta(minutes=70))


def test_that_a_copy_that_does_not_open_is_thrown_away(store, tmp_path, monkeypatch):
    def damaged(path, _passphrase=""):
        raise backup.refusal("damaged-document", path)

    monkeypatch.setattr(backup, "soundness", damaged)
    with pytest.raises(Refused):
        store.copy_to(tmp_path / "kopia.uthallig")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dokument.uthallig", "dokument.uthallig.lock"]


def test_that_a_copy_never_harms_what_lies_there(tmp_path, monkeypatch):
    target = tmp_path / "gammal.uthallig"
    target.write_text("viktigt", encoding="utf-8")
    source = open_database(":memory:")  # not a document: the copy fails its test
    with pytest.raises(Refused):
        copy_database(source, target)
    assert target.read_text(encoding="utf-8") == "viktigt"
    assert list(tmp_path.iterdir()) == [target]
    source.close()


def test_that_an_erased_person_is_erased_from_the_backups_and_the_file(store):
    person = Contact(id=new_id(), code="K1", name="Astrid Berg", phone="08-123 45 67")
    store.append(entry(1, Add(person)))
    store._thread.raw(lambda raw: back_up(raw, store.file))
    held = backups(store.file)[-1]
    assert b"Astrid Berg" in held.read_bytes()
    store.append(entry(2, Remove(person)))
    store.flush()
    store._thread.call(lambda _: None)
    for path in (*backups(store.file), store.path):
        content = path.read_bytes()
        assert b"Astrid Berg" not in content
        assert b"08-123 45 67" not in content
        copy, _ = Store.open(path, read_only=True)
        copy.close()
    assert store.broken_link() is None
