"""Import, export and merge on the command line: clear words, nothing half done."""

import shutil
from pathlib import Path

import pytest

from continuity.cli.app import run
from continuity.session import Session

SHEETS = Path(__file__).parent.parent / "data" / "sheets"


@pytest.fixture
def said(capsys):
    def command(*arguments, code=0):
        assert run([str(one) for one in arguments]) == code
        return "".join(capsys.readouterr())

    return command


def counts(path):
    with Session.open(path, read_only=True) as session:
        return {kind: session.organisation.count(kind) for kind in ("resource", "function", "site", "need")}


def test_that_faults_stop_an_import_unless_the_rest_is_wanted(said, tmp_path):
    file, sheet = tmp_path / "a.uthallig", SHEETS / "systemforteckning.xlsx"
    text = said("import", file, sheet, code=1)
    assert "Systemförteckning!E8: ”snarast” är ingen tidslängd." in text
    assert "inget importerades" in text
    assert not file.exists()
    said("import", file, sheet, "--partly", code=1)
    assert counts(file) == {"resource": 3, "function": 1, "site": 2, "need": 2}


def test_that_a_trial_changes_nothing(said, tmp_path):
    file = tmp_path / "a.uthallig"
    assert "Ett prov, inget ändrades: 3 tillagda" in said("import", file, SHEETS / "kontor.csv", "--dry-run")
    assert not file.exists()
    said("import", file, SHEETS / "kontor.csv")
    before = file.read_bytes()
    said("import", file, SHEETS / "arkitektur.xml", "--dry-run")
    assert file.read_bytes() == before


@pytest.mark.parametrize("target", ["ut.xlsx", "ut.json", "mapp"])
def test_that_what_is_exported_can_be_imported_and_changes_nothing(said, tmp_path, target):
    file = tmp_path / "a.uthallig"
    said("new", file, "--from", "reference")
    said("export", file, tmp_path / target)
    assert "0 tillagda, 0 ändrade, 0 borttagna." in said("import", file, tmp_path / target)
    said("import", tmp_path / "b.uthallig", tmp_path / target)
    assert counts(tmp_path / "b.uthallig") == counts(file)


def test_that_a_graph_of_the_reference_agency_comes_back_unchanged(said, tmp_path):
    file = tmp_path / "a.uthallig"
    said("new", file, "--from", "reference")
    said("export", file, tmp_path / "g.graphml")
    assert "0 tillagda, 0 ändrade, 0 borttagna." in said("import", file, tmp_path / "g.graphml")


def test_that_an_empty_form_is_a_workbook_in_the_language_asked_for(said, tmp_path):
    import openpyxl

    said("new", tmp_path / "a.uthallig")
    said("export", tmp_path / "a.uthallig", tmp_path / "form.xlsx", "--form", "--lang", "en")
    assert "Resources" in openpyxl.load_workbook(tmp_path / "form.xlsx").sheetnames
    said("export", tmp_path / "a.uthallig", tmp_path / "form.json", "--form", code=2)


def test_that_files_of_no_use_are_refused_in_words(said, tmp_path):
    file = tmp_path / "a.uthallig"
    assert "är ingen textfil" in said("import", file, SHEETS / "skrap.csv", code=1)
    assert "Det finns ingen fil" in said("import", file, tmp_path / "none.xlsx", code=1)
    assert "Det finns inget slag" in said("import", file, SHEETS / "kontor.csv", "--as", "planet", code=2)
    said("new", file)
    assert "inget format som kan skrivas" in said("export", file, tmp_path / "a.docx", code=2)


def test_that_the_kind_of_rows_can_be_named(said, tmp_path):
    (tmp_path / "x.csv").write_text("Namn;Kod\nFiber;L1\n", encoding="utf-8")
    said("import", tmp_path / "a.uthallig", tmp_path / "x.csv", "--as", "resource")
    assert counts(tmp_path / "a.uthallig")["resource"] == 1


def test_that_documents_are_merged_when_each_conflict_has_a_side(said, tmp_path):
    from continuity.model.edits import amend

    ours, theirs = tmp_path / "a.uthallig", tmp_path / "b.uthallig"
    said("import", ours, SHEETS / "kontor.csv")
    shutil.copy(ours, theirs)
    said("import", theirs, SHEETS / "arkitektur.xml")
    for path, name in ((ours, "Här"), (theirs, "Där")):
        with Session.open(path) as session:
            session.edit(amend(session.organisation.find("site", "S1"), name=name))
    text = said("merge", ours, theirs, code=1)
    assert "Konflikt: Plats S1 · Namn: här “Här”, där “Där”" in text
    assert counts(ours)["function"] == 0
    said("merge", ours, theirs, "--take", "theirs", "--dry-run")
    assert counts(ours)["function"] == 0
    said("merge", ours, theirs, "--take", "theirs")
    with Session.open(ours, read_only=True) as session:
        assert session.organisation.find("site", "S1").name == "Där"
        assert session.organisation.count("function") == 1
