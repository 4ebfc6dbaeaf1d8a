"""Event lists come from spreadsheets with a mapping, every fault is named by its cell, and go out again."""

import datetime as dt

import openpyxl
import pytest

from continuity.exercise.making import ExerciseRequest
from continuity.model.edits import amend
from continuity.model.kinds import Exercise, Inject, Objective, Scenario
from continuity.model.problems import Refused
from continuity.session import Session


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A document with an exercise of S08."""
    path = tmp_path_factory.mktemp("lists") / "myndighet.uthallig"
    with Session.create(path, reference="reference", lang="sv") as session:
        scenario = session.organisation.find("scenario", "S08")
        exercise, edit = session.made_exercise(ExerciseRequest(scenario.id))
        session.edit(edit)
        yield session, exercise.id


def workbook(path, rows, sheet="Inspel"):
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


HEADINGS = ["Nr", "Tid", "Rubrik", "Kanal", "Från", "Till", "Text", "Lokal"]


def injects(session, exercise):
    return {i.code: i for i in session.organisation.parts(exercise, Inject)}


def test_that_a_list_of_other_make_becomes_injects_in_one_step(house, tmp_path):
    session, exercise = house
    before = injects(session, exercise)
    rows = [
        ["Övningens inspel"],
        HEADINGS,
        [1, "H+1", "Banken ringer", "Telefon", "Banken", "Betalchef", "Vi ligger nere.", "Rum 3"],
        [
            2,
            dt.time(9, 30),
            "Mejl från pressen",
            "mejl",
            "Pressen",
            "Kommunikationschef; Betalchef",
            "Hur?",
            "",
        ],
        [3, "D+1 H+2", "Nästa dag", "Tfn", "", "Jourhavande driftledare, syd", "", ""],
    ]
    found = session.read_event_list(exercise, workbook(tmp_path / "lista.xlsx", rows))
    assert not found.problems
    assert [row.status for row in found.rows] == ["added"] * 3
    assert found.columns == ("Lokal",)
    session.edit(session.event_list_edit(found))
    fresh = {c: i for c, i in injects(session, exercise).items() if c not in before}
    first, second, third = (fresh[c] for c in sorted(fresh))
    assert (first.at, first.channel, first.extra[0].value) == (60, "phone", "Rum 3")
    assert second.channel == "email"
    assert len(second.to) == 2
    assert third.at == 1440 + 120
    assert len(third.to) == 1
    assert session.organisation.of(Exercise, exercise).columns == ("Lokal",)
    session.undo()
    assert injects(session, exercise) == before


def test_that_the_same_list_read_again_changes_nothing_and_a_changed_one_updates(house, tmp_path):
    session, exercise = house
    rows = [
        HEADINGS,
        ["A1", "H+1", "Ett", "Telefon", "", "", "", ""],
        ["", "H+2", "Två", "Telefon", "", "", "", ""],
    ]
    path = workbook(tmp_path / "lista.xlsx", rows)
    session.edit(session.event_list_edit(session.read_event_list(exercise, path)))
    count = len(injects(session, exercise))
    again = session.read_event_list(exercise, path)
    assert [row.status for row in again.rows] == ["same", "same"]
    rows[1][1], rows[2][3] = "H+3", "Radio"
    changed = session.read_event_list(exercise, workbook(path, rows))
    assert [row.status for row in changed.rows] == ["changed", "changed"]
    session.edit(session.event_list_edit(changed))
    assert len(injects(session, exercise)) == count
    session.undo()
    session.undo()


def test_that_every_fault_is_named_by_its_cell_and_nothing_is_half_done(house, tmp_path):
    session, exercise = house
    before = injects(session, exercise)
    rows = [
        HEADINGS,
        [1, "25:00", "Ett", "Telefon", "", "", "", ""],
        [2, "H+1", "Två", "Brevduva", "", "Betalchefen", "", ""],
        [2, "H+2", "", "Telefon", "", "", "", ""],
        [4, "2027-02-30 10:00", "Fyra", "Telefon", "", "", "", ""],
        [5, "", "Fem", "Telefon", "", "", "", ""],
        [6, "D+9999", "Sex", "Telefon", "", "", "", ""],
        [7, "H+3", "Sju", "Telefon", "", "", "", ""],
    ]
    found = session.read_event_list(exercise, workbook(tmp_path / "fel.xlsx", rows))
    assert {(p.path, p.code) for p in found.problems} == {
        ("Inspel!B2", "bad-time"),
        ("Inspel!D3", "list-unknown-channel"),
        ("Inspel!F3", "list-unknown-role"),
        ("Inspel!C4", "list-nothing-there"),
        ("Inspel!A4", "list-twice"),
        ("Inspel!B5", "bad-time"),
        ("Inspel!B6", "list-nothing-there"),
        ("Inspel!B7", "time-too-far"),
    }
    assert "Betalchef" in next(p for p in found.problems if p.code == "list-unknown-role").facts["near"]
    with pytest.raises(Refused) as refused:
        session.event_list_edit(found)
    assert len(refused.value.problems) == 8
    assert injects(session, exercise) == before


def test_that_columns_may_be_given_another_meaning(house, tmp_path):
    session, exercise = house
    rows = [["A", "B", "C"], ["Första", "H+1", "Hemligt"]]
    found = session.read_event_list(exercise, workbook(tmp_path / "utan.xlsx", rows))
    assert {p.code for p in found.problems} == {"list-without-column"}
    mapping = found.mapping.with_column(0, "name").with_column(1, "at").with_column(2, "")
    again = session.map_event_list(exercise, found.sheet, mapping)
    assert not again.problems
    assert again.rows[0].inject.at == 60
    assert not again.columns


def test_that_a_list_is_read_back_as_it_was_written(house, tmp_path):
    session, exercise = house
    for ending in ("xlsx", "csv"):
        path = tmp_path / f"OVNING-lista.{ending}"
        session.write_event_list(exercise, path, "sv")
        found = session.read_event_list(exercise, path)
        assert not found.problems, found.problems
        assert {row.status for row in found.rows} == {"same"}
        assert len(found.rows) == len(injects(session, exercise))


def test_that_a_written_list_is_marked_and_offers_what_may_be_chosen(house, tmp_path):
    session, exercise = house
    path = tmp_path / "OVNING-lista.xlsx"
    session.write_event_list(exercise, path, "sv")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    assert sheet["A1"].value.startswith("ÖVNING ÖVNING ÖVNING")
    assert sheet.oddHeader.center.text.startswith("ÖVNING ÖVNING ÖVNING")
    offered = {str(rule.sqref)[0] for rule in sheet.data_validations.dataValidation}
    assert offered == {"D", "F", "I", "J"}
    assert [one.title for one in book.worksheets if one.sheet_state == "visible"] == [sheet.title]


def test_that_two_thousand_injects_are_read_taken_and_written(house, tmp_path):
    session, exercise = house
    rows = [
        HEADINGS,
        *([n, f"M+{n}", f"Inspel {n}", "Telefon", "", "Betalchef", "x", ""] for n in range(1, 2001)),
    ]
    found = session.read_event_list(exercise, workbook(tmp_path / "stor.xlsx", rows))
    assert not found.problems
    session.edit(session.event_list_edit(found, only=True))
    assert len(injects(session, exercise)) == 2000
    session.write_event_list(exercise, tmp_path / "ut.xlsx", "sv")
    session.undo()


def test_that_a_list_with_too_many_rows_is_refused(house, tmp_path):
    session, exercise = house
    path = tmp_path / "lista.csv"
    path.write_text("Tid;Rubrik\n" + "".join(f"M+{n};Inspel\n" for n in range(5001)), "utf-8")
    found = session.read_event_list(exercise, path)
    assert [p.code for p in found.problems] == ["list-too-long"]


def test_that_clock_times_are_right_across_the_night_on_which_clocks_change(house, tmp_path):
    session, exercise = house
    held = session.organisation.of(Exercise, exercise)
    scenario = session.organisation.of(Scenario, held.scenario)
    assert scenario.start.at == 10 * 60 + 15
    session.edit(amend(held, start=dt.date(2027, 3, 27)))  # clocks go forward in the night to the 28th
    path = tmp_path / "natt.csv"
    path.write_text("Tid;Rubrik\n23:00;Kväll\n2027-03-28 04:00;Morgon\n08:00;Frukost\n", "utf-8")
    found = session.read_event_list(exercise, path)
    assert [row.minute for row in found.rows] == [12 * 60 + 45, 16 * 60 + 45, 20 * 60 + 45]
    session.undo()


def test_that_an_objective_is_told_by_its_number_or_words(house, tmp_path):
    session, exercise = house
    objectives = session.organisation.parts(exercise, Objective)
    path = tmp_path / "mål.csv"
    path.write_text(f"Tid;Rubrik;Mål\nH+1;Ett;2\nH+2;Två;{objectives[0].name}\nH+3;Tre;99\n", "utf-8")
    found = session.read_event_list(exercise, path)
    assert [row.inject.objective for row in found.rows[:2]] == [objectives[1].id, objectives[0].id]
    assert [(p.path, p.code) for p in found.problems] == [("mål!C4", "list-unknown-objective")]


def test_that_a_text_longer_than_a_cell_is_refused_with_its_place(house, tmp_path):
    session, exercise = house
    first = session.organisation.parts(exercise, Inject)[0]
    session.edit(amend(first, message="x" * 40_000))
    path = tmp_path / "OVNING.xlsx"
    with pytest.raises(Refused) as refused:
        session.write_event_list(exercise, path, "sv")
    assert [p.code for p in refused.value.problems] == ["text-too-long-for-sheet"]
    assert refused.value.problems[0].path.endswith("!G3")
    assert not path.exists()
    session.undo()


def test_that_a_text_that_looks_like_a_formula_stays_a_text(house, tmp_path):
    session, exercise = house
    first = session.organisation.parts(exercise, Inject)[0]
    session.edit(amend(first, message="=1+1", hint="", evaluation=""))
    path = tmp_path / "OVNING.xlsx"
    session.write_event_list(exercise, path, "sv")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert (sheet["G3"].value, sheet["G3"].data_type) == ("=1+1", "s")
    assert sheet["L3"].value is None
    found = session.read_event_list(exercise, path)
    assert {row.status for row in found.rows} == {"same"}
    session.undo()
