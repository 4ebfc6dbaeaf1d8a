"""`uthallig check` says the same as the window: what is open, what is accepted, what one click would do."""

import json

import pytest

from continuity import messages
from continuity.cli.app import run
from continuity.model.rules import Reason, acceptance
from continuity.session import Session


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "a.uthallig"
    with Session.create(path, reference="reference", lang="sv") as session:
        problem = next(p for p in session.check() if p.code == "single-supplier")
        pairs = [(problem, messages.sentence(problem))]
        session.edit(acceptance(pairs, Reason("Avtal på väg", by="Eva"), session.organisation))
        session.flush()
    return path


def test_that_accepted_problems_are_told_apart_with_their_reason(document, capsys):
    assert run(["check", str(document), "--lang", "en"]) == 0
    told = capsys.readouterr()
    assert "Accepted: " in told.out
    assert "Avtal på väg (Eva)" in told.out
    assert "1 accepted" in told.err


def test_that_json_says_owner_and_what_one_click_would_do(document, capsys):
    run(["check", str(document), "--json", "-", "--lang", "sv"])
    told = json.loads(capsys.readouterr().out)
    assert [one["accepted"]["by"] for one in told["accepted"]] == ["Eva"]
    assert told["accepted"][0]["id"] not in {
        p["id"] for p in told["problems"] if p["code"] == "single-supplier"
    }
    assert any(problem["owner"] for problem in told["problems"])
    assert any(problem["one_click"] for problem in told["problems"])
    assert all(problem["sentence"] for problem in told["problems"])
