"""An exercise is made on the command line: its papers are whole and marked, its faults are said."""

import json

import openpyxl
import pytest

from continuity.cli.app import run
from continuity.model.kinds import Exercise
from continuity.session import Session


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    path = tmp_path_factory.mktemp("exercise") / "myndighet.uthallig"
    Session.create(path, reference="reference", lang="sv").close()
    return path


@pytest.fixture
def said(capsys):
    def command(*arguments, code=0):
        assert run([str(one) for one in arguments]) == code
        return "".join(capsys.readouterr())

    return command


def exercises(path):
    with Session.open(path, read_only=True) as session:
        return session.organisation.count("exercise")


def test_that_an_exercise_is_written_in_every_format_and_each_file_says_so(said, document, tmp_path):
    out = tmp_path / "papper"
    wanted = ("--formats", "pdf,html,txt,docx,xlsx")
    text = said("exercise", document, "--scenario", "S08", "--out", out, *wanted)
    assert "17 filer" in text
    names = {p.name for p in out.iterdir()} - {"manifest.json"}
    assert len(names) == 17
    assert all(name.startswith("OVNING-") and name.isascii() for name in names)
    for path in out.glob("*.txt"):
        assert "ÖVNING ÖVNING ÖVNING" in path.read_text("utf-8").splitlines()[0]
    assert json.loads((out / "manifest.json").read_text("utf-8"))
    assert exercises(document) == 0


def test_that_the_list_beside_the_papers_can_be_read_in_again(said, document, tmp_path):
    file, out = tmp_path / "egen.uthallig", tmp_path / "papper"
    file.write_bytes(document.read_bytes())
    said("exercise", file, "--scenario", "S08", "--out", out, "--formats", "xlsx", "--keep", "--length", "60")
    [path] = out.glob("*.xlsx")
    assert openpyxl.load_workbook(path).active["A1"].value.startswith("ÖVNING ÖVNING ÖVNING")
    with Session.open(file, read_only=True) as session:
        [exercise] = session.organisation.all(Exercise)
        assert exercise.length == 45
        found = session.read_event_list(exercise.id, path)
        assert {row.status for row in found.rows} == {"same"}


@pytest.mark.parametrize(
    ("option", "value", "part"),
    [
        ("--severity", "hemsk", "typical, bad, worst"),
        ("--length", "5", "30 till 600"),
        ("--formats", "pdf,doc", "”doc”"),
        ("--scenario", "S99", "S24"),
    ],
)
def test_that_a_wish_that_cannot_be_is_said_and_nothing_is_written(
    said, document, tmp_path, option, value, part
):
    out = tmp_path / "inget"
    wishes = {"--scenario": "S08", option: value}
    arguments = [word for pair in wishes.items() for word in pair]
    assert part in said("exercise", document, "--out", out, *arguments, code=2)
    assert not out.exists()


def test_that_an_exercise_speaks_english(said, document, tmp_path):
    out = tmp_path / "papers"
    said("exercise", document, "--scenario", "S08", "--out", out, "--formats", "txt", "--lang", "en")
    handouts = (out / "EXERCISE-players-handouts.txt").read_text("utf-8")
    assert "EXERCISE EXERCISE EXERCISE" in handouts
    assert "ÖVNING" not in handouts
