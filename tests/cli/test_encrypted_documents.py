"""Encrypted documents on the command line: by the environment, never a traceback."""

import pytest

from continuity.cli.app import run
from continuity.session import Session

PASSPHRASE = "fyra ord räcker långt"


@pytest.fixture
def encrypted(tmp_path, monkeypatch):
    """A small encrypted document, written by the command."""
    plain, path = tmp_path / "öppen.uthallig", tmp_path / "hemlig.uthallig"
    with Session.create(None, reference="reference") as session:
        session.save_as(plain)
    monkeypatch.setenv("UTHALLIG_PASSPHRASE", PASSPHRASE)
    assert run(["encrypt", str(plain), str(path)]) == 0
    return path


def test_that_a_command_opens_it_with_the_passphrase_laid_out(encrypted, capsys):
    assert b"SQLite" not in encrypted.read_bytes()
    assert run(["check", str(encrypted)]) == 0
    assert capsys.readouterr().out


def test_that_a_wrong_passphrase_is_told_in_a_line(encrypted, monkeypatch, capsys):
    monkeypatch.setenv("UTHALLIG_PASSPHRASE", "något helt annat")
    assert run(["check", str(encrypted), "--lang", "en"]) == 1
    assert "This is not the passphrase" in capsys.readouterr().err


def test_that_without_anybody_to_ask_it_says_where_the_passphrase_goes(encrypted, monkeypatch, capsys):
    monkeypatch.delenv("UTHALLIG_PASSPHRASE")
    monkeypatch.setattr("sys.stdin", None)
    assert run(["check", str(encrypted), "--lang", "en"]) == 2
    assert "UTHALLIG_PASSPHRASE" in capsys.readouterr().err


def test_that_it_is_opened_up_again(encrypted, tmp_path):
    target = tmp_path / "åter.uthallig"
    assert run(["encrypt", str(encrypted), str(target), "--plain"]) == 0
    with Session.open(target) as session:
        assert session.organisation.of_kind("function")
