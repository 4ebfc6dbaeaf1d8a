"""Edits through the door: stored in order, taken back and done again, also after a restart."""

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from continuity import session_edits
from continuity.model.edits import Add, Changes, Group, Replace, amend
from continuity.model.ids import new_id
from continuity.model.kinds import Contact, Need, Resource, Site
from continuity.model.problems import Refused
from continuity.session import Session


@pytest.fixture
def session(tmp_path):
    """A session of a new document in a file."""
    with Session.create(tmp_path / "dokument.uthallig", author="Eva") as session:
        yield session


def resource(code, **fields):
    return Resource(id=new_id(), code=code, name=fields.pop("name", code), **fields)


def reopened(session):
    path = session.path
    session.close()
    return Session.open(path, author="Eva")


# --- edits -------------------------------------------------------------------------------------


def test_that_an_edit_is_there_after_a_restart(session):
    record = resource("EL")
    session.edit(Add(record))
    with reopened(session) as again:
        assert again.organisation.get(record.id) == record


def test_that_a_refused_edit_changes_nothing(session):
    with pytest.raises(Refused):
        session.edit(Group("some", (Add(resource("EL")), Add(resource("EL")))))
    assert len(session.organisation) == 0
    assert not session.can_undo
    assert session.history() == []


@pytest.mark.parametrize("text", ["\ud800", "a\udfff"])
def test_that_half_a_character_is_refused_wherever_it_stands(session, text):
    for record in (resource("A", name=text), resource("B", tags=(text,))):
        with pytest.raises(Refused) as refused:
            session.edit(Add(record))
        assert refused.value.problems[0].code == "bad-text"
    assert session.history() == []


def test_that_an_empty_edit_is_no_step(session):
    record = resource("EL")
    session.edit(Add(record))
    assert session.edit(amend(record, name="EL")) == Changes()
    assert len(session.history()) == 1


def test_that_each_edit_is_announced_once_with_its_origin(session):
    heard = []
    leave = session.subscribe(heard.append)
    record = resource("EL")
    session.edit(Add(record), origin="map")
    session.undo()
    session.redo()
    leave()
    session.edit(amend(record, name="Kraft"))
    assert [(len(c.added), len(c.removed), c.origin) for c in heard] == [
        (1, 0, "map"),
        (0, 1, "undo"),
        (1, 0, "redo"),
    ]


def test_that_a_broken_listener_does_not_break_an_edit(session, caplog):
    heard = []
    session.subscribe(lambda _: 1 / 0)
    session.subscribe(heard.append)
    session.on_saved(lambda _: 1 / 0)
    session.edit(Add(resource("EL")))
    session.flush()
    assert len(heard) == 1
    assert session.saved
    assert "ZeroDivisionError" in caplog.text


def test_that_each_edit_is_one_transaction_with_one_journal_row(session):
    committed = []
    engine = session._store._thread._engine
    sa.event.listen(engine, "commit", lambda _: committed.append("commit"))
    record, site = resource("EL"), Site(id=new_id(), code="S", name="Norr")
    group = Group("some", (Add(record), Add(site), amend(record, site=site.id)))
    for edit in (group, amend(record, name="Kraft"), amend(site, name="Syd")):
        before = len(committed)
        session.edit(edit)
        session.flush()
        # The first edit also reads where the journal ended.
        assert len(committed) - before == (2 if edit is group else 1)
    assert [entry.step.verb for entry in session.history()] == ["replace", "replace", "some"]


def test_that_the_store_says_when_an_edit_is_saved(session):
    said = []
    leave = session.on_saved(said.append)
    session.edit(Add(resource("EL")))
    session.flush()
    assert said == [True]
    assert session.saved
    leave()
    session.edit(Add(resource("GAS")))
    session.flush()
    assert said == [True]


def test_that_a_reader_may_not_edit(session):
    session.edit(Add(resource("EL")))
    session.flush()
    with Session.open(session.path, read_only=True) as reader:
        for wish in (
            lambda: reader.edit(Add(resource("GAS"))),
            reader.undo,
            lambda: reader.make_version("v"),
        ):
            with pytest.raises(Refused) as refused:
                wish()
            assert refused.value.problems[0].code == "read-only"
        assert len(reader.organisation) == 1


# --- undo and redo -----------------------------------------------------------------------------

STEPS = st.lists(st.tuples(st.sampled_from("aaarrmmmxuuuyyo"), st.integers(0, 30)), max_size=25)


def one_edit(session, verb, number):
    """An edit by a letter, or None where it is not possible now."""
    records = sorted(session.organisation.all(Resource), key=lambda r: r.id)
    if verb == "a" or not records:
        record = resource(session.organisation.free_code(_kind("resource")))
        need = Need(id=new_id(), code=f"N {record.code} {record.id}", name="El", dependent=record.id)
        return Group("add", (Add(record), Add(need)))
    record = records[number % len(records)]
    if verb == "r":
        return amend(record, name=f"namn {number} {record.name}"[:40], tags=(str(number),))
    if verb == "m":
        return amend(record, x=number + 1, y=(record.y or 0) + 1)
    return session.organisation.removal([record.id])


def _kind(name):
    from continuity.model.kinds import KINDS

    return KINDS[name]


@settings(max_examples=25)
@given(STEPS)
def test_that_undo_and_redo_lead_along_the_same_states_also_after_restarts(steps):
    with tempfile.TemporaryDirectory() as folder:
        session = Session.create(Path(folder) / "d.uthallig")
        states, at, dragging = [session.organisation.copy()], 0, False
        for verb, number in steps:
            merges = dragging and verb == "m" and session.organisation.count("resource") > 0
            if verb == "o":
                session = reopened(session)
            elif verb == "u":
                assert (session.undo() is not None) == (at > 0)
                at = max(0, at - 1)
            elif verb == "y":
                assert (session.redo() is not None) == (at < len(states) - 1)
                at = min(len(states) - 1, at + 1)
            else:
                edit = one_edit(session, verb, number)
                session.edit(edit, merge="drag" if verb == "m" and isinstance(edit, Replace) else None)
                at += not merges
                states = [*states[:at], session.organisation.copy()]
            dragging = verb == "m" and isinstance(edit, Replace)
            assert session.organisation == states[at]
            assert (session.can_undo, session.can_redo) == (at > 0, at < len(states) - 1)
        session.flush()
        assert session._store.broken_link() is None
        with reopened(session) as again:
            assert again.organisation == states[at]


def test_that_a_drag_is_one_step(session):
    record = resource("EL")
    session.edit(Add(record))
    for x in range(5):
        session.edit(amend(session.organisation.get(record.id), x=x), merge="move EL")
    assert session.undo_step.verb == "replace"
    session.undo()
    assert session.organisation.get(record.id) == record
    session.redo()
    assert session.organisation.get(record.id).x == 4
    session.undo()
    with reopened(session) as again:
        assert again.organisation.get(record.id) == record
        again.redo()
        assert again.organisation.get(record.id).x == 4
        again.undo()
        again.undo()
        assert len(again.organisation) == 0


def test_that_a_drag_can_be_undone_after_a_restart(session):
    record = resource("EL")
    session.edit(Add(record))
    for x in range(3):
        session.edit(amend(session.organisation.get(record.id), x=x, y=x), merge="move EL")
    with reopened(session) as again:
        again.undo()
        assert again.organisation.get(record.id) == record


@pytest.mark.parametrize("between", ["time", "another", "undo"])
def test_that_steps_apart_do_not_merge(session, monkeypatch, between):
    record = resource("EL")
    session.edit(Add(record))
    session.edit(amend(record, name="a"), merge="name")
    if between == "time":
        now = session_edits.time.monotonic()
        monkeypatch.setattr(session_edits.time, "monotonic", lambda: now + 60)
    elif between == "another":
        session.edit(amend(session.organisation.get(record.id), note="n"))
    else:
        session.undo()
        session.redo()
    session.edit(amend(session.organisation.get(record.id), name="b"), merge="name")
    session.undo()
    assert session.organisation.get(record.id).name == "a"


def test_that_steps_say_what_they_did(session):
    records = tuple(resource(f"R{n}", name=f"Resurs {n}") for n in range(4))
    session.edit(Group("paste", tuple(map(Add, records))))
    step = session.undo_step
    assert (step.verb, step.count, step.kinds) == ("paste", 4, ("resource",))
    assert step.names == ("Resurs 0", "Resurs 1", "Resurs 2")
    session.undo()
    assert session.undo_step is None
    assert session.redo_step.verb == "paste"
    assert [(e.step.verb, e.undoes, e.author) for e in session.history()] == [
        ("paste", 1, "Eva"),
        ("paste", None, "Eva"),
    ]


# --- people ------------------------------------------------------------------------------------


def person(**fields):
    return Contact(id=new_id(), code="K1", name="Astrid Berg", phone="08-123 45", purpose="Ström", **fields)


def test_that_a_removed_person_comes_back_whole_while_the_session_lasts(session):
    contact = person()
    session.edit(Add(contact))
    session.edit(session.organisation.removal([contact.id]))
    session.undo()
    assert session.organisation.get(contact.id) == contact
    with reopened(session) as again:
        assert again.organisation.get(contact.id) == contact


def test_that_after_a_restart_a_removed_person_comes_back_without_personal_values(session):
    contact = person()
    session.edit(Add(contact))
    session.edit(session.organisation.removal([contact.id]))
    with reopened(session) as again:
        assert again.undo_step.lost == ("K1",)
        again.undo()
        found = again.organisation.get(contact.id)
        assert (found.name, found.phone, found.purpose) == ("–", "", "Ström")


def test_that_after_a_restart_a_change_of_personal_values_alone_is_no_step(session):
    contact = person()
    session.edit(Add(contact))
    session.edit(amend(contact, phone="08-999"))
    with reopened(session) as again:
        assert again.undo_step.verb == "add"
        again.undo()
        assert len(again.organisation) == 0


def test_that_no_personal_value_stands_in_the_journal_or_a_version(session):
    contact = person()
    session.edit(Add(contact))
    session.edit(amend(contact, phone="08-999 99"))
    session.make_version("v")
    session.edit(session.organisation.removal([contact.id]))
    session.flush()
    path = session.path
    session.close()
    content = path.read_bytes()
    for text in ("Astrid", "08-123 45", "08-999 99"):
        assert text.encode() not in content


# --- failures ----------------------------------------------------------------------------------


def fill_disk(session):
    def limit(connection):
        [pages] = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages}")

    session._store._thread.raw(limit)


def make_room(session):
    session._store._thread.raw(
        lambda connection: connection.execute("PRAGMA max_page_count=1000000").fetchone()
    )


def test_that_what_does_not_fit_on_the_disk_is_taken_back_and_told(session):
    kept = resource("EL")
    session.edit(Add(kept))
    session.edit(amend(kept, name="Kraft"))
    session.undo()
    session.flush()
    fill_disk(session)
    said, heard, gate = [], [], threading.Event()
    session.on_saved(said.append)
    session.subscribe(heard.append)
    session._store._thread.submit(lambda _: gate.wait(10))  # both edits wait in the queue
    session.edit(Add(resource("GAS", note="x" * 90_000)))
    session.edit(amend(kept, note="efter"))
    assert not session.saved
    gate.set()
    with pytest.raises(Refused) as refused:
        session.flush()
    assert refused.value.problems[0].code == "not-saved"
    assert refused.value.problems[0].facts["edits"] == 2
    assert "full" in refused.value.problems[0].facts["reason"]
    assert said == [False]
    assert heard[-1].origin == "unsaved"
    assert list(session.organisation) == [kept]
    assert session.saved
    assert session.can_redo
    make_room(session)
    session.redo()
    session.edit(Add(resource("VATTEN")))
    with reopened(session) as again:
        assert {r.code for r in again.organisation} == {"EL", "VATTEN"}
        assert again._store.broken_link() is None


def test_that_after_a_failure_the_next_wish_says_so_before_anything_else(session):
    fill_disk(session)
    session.edit(Add(resource("GAS", note="x" * 90_000)))
    session._store.flush()
    for wish in (session.undo, lambda: session.make_version("v")):
        with pytest.raises(Refused) as refused:
            wish()
        assert refused.value.problems[0].code == "not-saved"
        make_room(session)
        session.edit(Add(resource("EL")))
        session.undo()
        session.flush()
        fill_disk(session)
        session.edit(Add(resource("GAS", note="x" * 90_000)))
        session._store.flush()
    assert session.settle()[0].code == "not-saved"
    assert session.settle() == []


def test_that_the_store_outlives_a_fault_of_its_own(session, monkeypatch):
    from continuity.store import journal

    with monkeypatch.context() as patch:
        patch.setattr(journal, "to_row", lambda _: {}["nothing"] + 1)
        session.edit(Add(resource("EL")))
        with pytest.raises(Refused) as refused:
            session.flush()
    assert refused.value.problems[0].code == "not-saved"
    session.edit(Add(resource("GAS")))
    session.flush()
    assert [r.code for r in session.organisation] == ["GAS"]


def test_that_an_acknowledged_edit_survives_a_killed_program(tmp_path):
    path = tmp_path / "dokument.uthallig"
    program = """
        import sys
        from continuity.model.edits import Add, amend
        from continuity.model.kinds import Resource
        from continuity.session import Session
        session = Session.create(sys.argv[1])
        record = Resource(id="11111111-1111-4111-8111-111111111111", code="EL", name="El")
        session.on_saved(lambda saved: print("saved" if saved else "failed", flush=True))
        session.edit(Add(record))
        session.edit(amend(record, name="Kraft"))
        sys.stdin.read()
    """
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with child:
        assert [child.stdout.readline().strip() for _ in range(2)] == ["saved", "saved"]
        child.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
    with Session.open(path) as session:  # the lock of the dead is taken over
        assert [record.name for record in session.organisation] == ["Kraft"]
        session.undo()
        assert [record.name for record in session.organisation] == ["El"]


def test_that_a_program_killed_at_any_moment_leaves_a_whole_document(tmp_path):
    path = tmp_path / "dokument.uthallig"
    program = """
        import itertools, sys
        from continuity.model.edits import Add
        from continuity.model.ids import new_id
        from continuity.model.kinds import Resource
        from continuity.session import Session
        session = Session.create(sys.argv[1])
        session.on_saved(lambda saved: print("saved", flush=True))
        for number in itertools.count():
            session.edit(Add(Resource(id=new_id(), code=f"R{number}", name="x" * 3000)))
            if number % 50 == 49:
                session.flush()
    """
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), str(path)], stdout=subprocess.PIPE, text=True
    )
    with child:
        acknowledged = [child.stdout.readline() for _ in range(60)]
        child.kill()
        acknowledged += child.stdout.readlines()
    with Session.open(path) as session:
        assert session.organisation.count("resource") >= len(acknowledged)
        assert len(session.history(limit=None)) == session.organisation.count("resource")
        assert session._store.broken_link() is None


def test_that_a_journal_that_was_tampered_with_is_found(session):
    import sqlite3

    session.edit(Add(resource("EL")))
    session.edit(Add(resource("GAS")))
    session.flush()
    path = session.path
    session.close()
    with sqlite3.connect(path) as raw:
        raw.execute("DROP TRIGGER journal_update")
        raw.execute("UPDATE journal SET author = 'Bo' WHERE id = 1")
    raw.close()
    with Session.open(path) as again:
        assert again._store.broken_link() == 1
