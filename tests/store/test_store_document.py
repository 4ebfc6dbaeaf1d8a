"""Opening: what is no sound document of ours is refused in plain words and left as it was."""

import errno
import hashlib
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from continuity import messages
from continuity.model.ids import new_id
from continuity.model.problems import Problem, Refused
from continuity.store.document import read_only_address
from continuity.store.driver import DatabaseFault
from continuity.store.lock import lock_path
from continuity.store.store import Store
from continuity.store.tables import APPLICATION_ID, SCHEMA
from continuity.words import speaking


@pytest.fixture
def document(tmp_path):
    """A closed document."""
    store = Store.in_memory(new_id(), "sv")
    path = tmp_path / "dökument å#%.uthallig"
    store.move_to(path)
    store.close()
    return path


def patched(path, place, value):
    """Write `value` over the bytes of `path` from `place` on."""
    content = bytearray(path.read_bytes())
    content[place : place + len(value)] = value
    path.write_bytes(content)


def foreign(path):
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE songs (name)")
    connection.close()


def noise(path):
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\x5a" * (len(content) - 4096))


def tables_gone(path):
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE document")
    connection.close()


SPOILT = {
    "empty": (lambda path: path.write_bytes(b""), "empty-document"),
    "text": (lambda path: path.write_text("Hej!\n" * 100, encoding="utf-8"), "not-a-document"),
    "picture": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500)), "not-a-document"),
    "short": (lambda path: path.write_bytes(path.read_bytes()[:50]), "not-a-document"),
    "other database": (foreign, "not-a-document"),
    "newer": (lambda path: patched(path, 60, (SCHEMA + 1).to_bytes(4, "big")), "newer-document"),
    "no form": (lambda path: patched(path, 60, bytes(4)), "damaged-document"),
    "header only": (lambda path: path.write_bytes(path.read_bytes()[:100]), "damaged-document"),
    "cut off": (lambda path: path.write_bytes(path.read_bytes()[:-5000]), "damaged-document"),
    "noise inside": (noise, "damaged-document"),
    "tables gone": (tables_gone, "damaged-document"),
}


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("name", SPOILT)
def test_that_what_is_no_sound_document_is_refused_and_left_alone(document, name, read_only):
    spoil, code = SPOILT[name]
    spoil(document)
    before = hashlib.sha256(document.read_bytes()).hexdigest()
    with pytest.raises(Refused) as refused:
        Store.open(document, read_only=read_only)
    [problem] = refused.value.problems
    assert problem.code == code
    assert hashlib.sha256(document.read_bytes()).hexdigest() == before
    assert [path.name for path in document.parent.iterdir()] == [document.name]


@pytest.mark.parametrize(
    "code",
    sorted({code for _, code in SPOILT.values()} | {"document-locked", "cannot-lock", "unfinished-document"}),
)
def test_that_each_refusal_is_a_plain_sentence_in_both_languages(code):
    facts = {"file": "a.uthallig", "schema": 2, "known": 1, "person": "Eva", "machine": "m", "time": "t"}
    said = []
    for lang in ("sv", "en"):
        with speaking(lang):
            said.append(messages.full(Problem(code, facts={**facts, "reason": "r"})))
    assert said[0] != said[1]
    for text in said:
        assert "a.uthallig" in text
        assert text.endswith(".")
        assert "{" not in text


def test_that_a_folder_and_a_missing_file_are_refused(tmp_path):
    for path, code in ((tmp_path, "is-a-folder"), (tmp_path / "saknas.uthallig", "no-such-file")):
        with pytest.raises(Refused) as refused:
            Store.open(path)
        assert [problem.code for problem in refused.value.problems] == [code]
    assert list(tmp_path.iterdir()) == []


def test_that_a_file_one_may_not_read_is_refused(document, monkeypatch):
    def denied(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(Refused) as refused:
        Store.open(document)
    assert refused.value.problems[0].code == "no-permission"


def test_that_on_a_read_only_medium_a_document_opens_for_reading(document, monkeypatch):
    real = Path.open

    def no_writing(self, mode="r", *rest, **named):
        if set(mode) & set("wxa+"):
            raise OSError(errno.EROFS, "Read-only file system")
        return real(self, mode, *rest, **named)

    monkeypatch.setattr(Path, "open", no_writing)
    with pytest.raises(Refused) as refused:
        Store.open(document)
    assert refused.value.problems[0].code == "cannot-lock"
    store, organisation = Store.open(document, read_only=True)
    assert len(organisation) == 0
    store.close()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights do not bind this user")
def test_that_rights_are_heeded(document):
    document.chmod(0)
    with pytest.raises(Refused) as refused:
        Store.open(document)
    assert refused.value.problems[0].code == "no-permission"


def test_that_reading_leaves_no_trace(document):
    before = document.read_bytes()
    store, _ = Store.open(document, read_only=True)
    assert not lock_path(document).exists()
    store.close()
    assert document.read_bytes() == before
    assert [path.name for path in document.parent.iterdir()] == [document.name]


def test_that_a_document_says_what_it_is(document):
    header = document.read_bytes()[:100]
    assert int.from_bytes(header[68:72], "big") == APPLICATION_ID
    assert int.from_bytes(header[60:64], "big") == SCHEMA
    assert header[18:20] == b"\x01\x01"  # a rollback journal: the one file is the whole document


@pytest.mark.parametrize("read_only", [False, True])
def test_that_each_connection_is_careful(document, read_only):
    store, _ = Store.open(document, read_only=read_only)
    wanted = {"synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "trusted_schema": 0}
    for pragma, value in wanted.items():
        found = store._thread.raw(lambda raw, name=pragma: raw.execute(f"PRAGMA {name}").fetchone())
        assert found == (value,), pragma
    store.close()


def test_that_a_reader_cannot_write_even_by_mistake(document):
    store, _ = Store.open(document, read_only=True)
    with pytest.raises(DatabaseFault, match="readonly"):
        store._thread.raw(lambda raw: raw.execute("DELETE FROM salt"))
    store.close()


def test_that_a_crash_within_a_transaction_is_rolled_back(document):
    """What a crash leaves is the file with new pages and beside it a journal with the old ones."""
    kept = document.with_name("copy.uthallig")
    connection = sqlite3.connect(document, isolation_level=None)
    connection.execute("PRAGMA cache_size=1")
    connection.execute("BEGIN IMMEDIATE")
    rows = [(f"s{n}", f"code {n}", "x" * 1000) for n in range(200)]
    connection.executemany("INSERT INTO salt VALUES (?, ?)", [(a, c) for a, _, c in rows])
    shutil.copy(document, kept)
    shutil.copy(f"{document}-journal", f"{kept}-journal")
    connection.close()
    with pytest.raises(Refused) as refused:
        Store.open(kept, read_only=True)
    assert refused.value.problems[0].code == "unfinished-document"
    store, organisation = Store.open(kept)
    assert len(organisation) == 0
    store.close()
    with sqlite3.connect(kept) as check:
        assert check.execute("SELECT count(*) FROM salt").fetchone() == (0,)
    check.close()


@pytest.mark.parametrize(
    ("path", "address"),
    [("/mnt/å 1%.uthallig", "file:///mnt/%C3%A5%201%25.uthallig?mode=ro")],
)
@pytest.mark.skipif(os.name == "nt", reason="paths of another system")
def test_that_paths_are_spelt_as_addresses(path, address):
    assert read_only_address(Path(path)) == address
