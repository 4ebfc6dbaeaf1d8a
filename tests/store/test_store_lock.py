"""The lock: one writer, named to the second; what a crash left is taken over."""

import json
import os
import platform
import subprocess
import sys

import pytest

from continuity.model.ids import new_id
from continuity.model.problems import Refused
from continuity.store.lock import Lock, lock_path, read_lock
from continuity.store.store import Store


@pytest.fixture
def document(tmp_path):
    """A closed document."""
    path = tmp_path / "dokument.uthallig"
    store = Store.in_memory(new_id(), "sv")
    store.move_to(path)
    store.close()
    return path


def leave_lock(document, **changed):
    held = {
        "person": "Eva",
        "machine": platform.node(),
        "pid": os.getpid(),
        "since": "2027-01-25T08:00:00+00:00",
    }
    lock_path(document).write_text(json.dumps({**held, "token": new_id(), **changed}), encoding="utf-8")


def ended_pid():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_that_a_second_opener_is_told_who_has_it(document):
    store, _ = Store.open(document, "Eva Ek")
    with pytest.raises(Refused) as refused:
        Store.open(document)
    [problem] = refused.value.problems
    assert problem.code == "document-locked"
    assert problem.facts["person"] == "Eva Ek"
    assert problem.facts["machine"] == platform.node()
    assert str(problem.facts["time"]).endswith("+00:00")
    reader, _ = Store.open(document, read_only=True)
    reader.close()
    store.close()
    assert not lock_path(document).exists()
    Store.open(document)[0].close()


def test_that_a_lock_of_an_ended_program_of_this_machine_is_taken_over(document):
    leave_lock(document, pid=ended_pid())
    store, _ = Store.open(document, "Bo")
    assert read_lock(document).person == "Bo"
    store.close()


@pytest.mark.parametrize("machine", [platform.node(), "another"])
def test_that_a_lock_of_another_machine_or_a_running_program_holds(document, machine):
    # On another machine nobody here can tell whether the program still runs.
    leave_lock(document, machine=machine, pid=os.getpid() if machine == platform.node() else ended_pid())
    with pytest.raises(Refused):
        Store.open(document)
    assert read_lock(document).person == "Eva"
    store, _ = Store.open(document, by_force=True)
    store.close()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"person": "Eva"}'])
def test_that_an_unreadable_lock_is_a_leftover(document, content):
    lock_path(document).write_text(content, encoding="utf-8")
    Store.open(document)[0].close()
    assert not lock_path(document).exists()


def test_that_a_lock_taken_over_meanwhile_is_not_released_by_its_first_holder(document):
    first = Lock.take(document, "Eva")
    Lock.take(document, "Bo", by_force=True)
    first.release()
    assert read_lock(document).person == "Bo"


def test_that_a_refused_document_is_not_left_locked(document):
    document.write_bytes(document.read_bytes()[:-5000])
    with pytest.raises(Refused):
        Store.open(document)
    assert not lock_path(document).exists()
