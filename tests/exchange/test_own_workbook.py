"""Our own workbook and folder: whatever stands in an organisation goes out and comes back unchanged."""

import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings

from continuity.exchange.csv_folder import read_folder, write_folder
from continuity.exchange.own_tables import own_mappings
from continuity.exchange.table_import import draft_import
from continuity.exchange.workbook_out import write_workbook
from continuity.exchange.workbooks import read_workbook
from continuity.model.fields import specs
from continuity.model.kinds import KINDS, Resource, Role, Site, kind_of
from continuity.model.organisation import Organisation
from continuity.model.payload import default_of
from continuity.model.problems import Refused
from continuity.words import words_in
from tests.strategies import DOCUMENT, filled_organisation, organisations

SV, EN = words_in("sv")._, words_in("en")._


def imported(book, mappings, into=None):
    draft = draft_import(into or Organisation(DOCUMENT), book, mappings, (SV, EN))
    assert draft.problems == []
    if into is None:
        return Organisation(DOCUMENT, [one.record for one in draft.edit.edits]), draft
    into.apply(draft.edit)
    return into, draft


def through_workbook(organisation, path, say=SV, into=None):
    write_workbook(organisation, path, say)
    book = read_workbook(path)
    return imported(book, own_mappings(book), into)


def through_folder(organisation, folder, into=None):
    write_folder(organisation, folder, SV)
    return imported(*read_folder(folder), into)


def resource(code, name, **values):
    return Resource(id=f"00000000-0000-4000-8000-{hash(code) % 10**12:012d}", code=code, name=name, **values)


@pytest.mark.parametrize("say", [SV, EN])
def test_that_every_field_of_every_kind_survives_the_workbook(tmp_path, say):
    organisation = filled_organisation()
    again, _ = through_workbook(organisation, tmp_path / "ut.xlsx", say)
    assert again == organisation
    for record in again:
        for name in specs(type(record)):
            assert getattr(record, name) != default_of(type(record), name), (kind_of(record).name, name)


def test_that_every_field_of_every_kind_survives_the_folder(tmp_path):
    organisation = filled_organisation()
    assert through_folder(organisation, tmp_path / "ut")[0] == organisation


@settings(max_examples=8)
@given(organisations())
def test_that_generated_organisations_survive_the_workbook(tmp_path_factory, organisation):
    path = tmp_path_factory.mktemp("book") / "ut.xlsx"
    assert through_workbook(organisation, path)[0] == organisation


@settings(max_examples=8)
@given(organisations())
def test_that_generated_organisations_survive_the_folder(tmp_path_factory, organisation):
    folder = tmp_path_factory.mktemp("folder") / "ut"
    assert through_folder(organisation, folder)[0] == organisation


def test_that_importing_what_was_exported_changes_nothing(tmp_path):
    organisation = filled_organisation()
    _, draft = through_workbook(organisation, tmp_path / "ut.xlsx", into=organisation.copy())
    assert draft.edit.edits == ()


TEXTS = [
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "'=quoted", "\t=tab", "_x0041_", "emoji 👩‍🚒",
    "עברית من اليمين", "x" * 5000, "bell \x07 and null \x00", "line\r\nline\rline\n", "#DIV/0!", "1 234,5", "TRUE",  # noqa: E501
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_that_awkward_texts_come_out_as_text_and_come_back_unchanged(tmp_path, text):
    organisation = Organisation(DOCUMENT, [resource("R1", f"N {text}", note=text, supplier=text)])
    assert through_folder(organisation, tmp_path / "ut")[0] == organisation
    if text != "#DIV/0!":  # by its letters alone a text is not told from a failed formula
        assert through_workbook(organisation, tmp_path / "ut.xlsx")[0] == organisation


def test_that_no_cell_of_the_workbook_is_a_formula(tmp_path):
    import openpyxl

    organisation = Organisation(DOCUMENT, [resource("R1", "=1+1", supplier='=HYPERLINK("x")')])
    write_workbook(organisation, tmp_path / "ut.xlsx", SV)
    for sheet in openpyxl.load_workbook(tmp_path / "ut.xlsx"):
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    with zipfile.ZipFile(tmp_path / "ut.xlsx") as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_that_no_line_of_the_folder_begins_a_formula(tmp_path):
    organisation = Organisation(DOCUMENT, [resource("R1", "=1+1", note="@x", supplier="+4")])
    write_folder(organisation, tmp_path / "ut", SV)
    text = (tmp_path / "ut" / "resource.csv").read_text(encoding="utf-8-sig")
    assert ";'=1+1;" in text
    assert ";'@x;" in text
    assert ";'+4;" in text


def test_that_the_form_is_empty_and_offers_choices_and_records(tmp_path):
    import openpyxl

    site = Site(id="00000000-0000-4000-8000-000000000001", code="S1", name="Norr")
    organisation = Organisation(DOCUMENT, [site, resource("R1", "System")])
    write_workbook(organisation, tmp_path / "form.xlsx", SV, rows=False)
    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    sheet = book["Resurser"]
    assert sheet.max_row == 2
    assert sheet.row_dimensions[1].hidden
    heading = next(cell for cell in sheet[2] if cell.value == "Plats")
    assert heading.comment is not None
    rules = sheet.data_validations.dataValidation
    rule = next(r for r in rules if f"{heading.column_letter}3" in str(r.sqref).split(":"))
    column = rule.formula1.split("!$")[1].split("$")[0]
    assert book["uthallig-lists"][f"{column}1"].value == "S1 · Norr"
    choices = {cell.value for column in book["uthallig-lists"].iter_cols() for cell in column}
    assert {"Ja", "Nej", "El"} <= choices
    assert book["uthallig-lists"].sheet_state == "hidden"
    assert {"Läs mig", "Kolumner"} <= set(book.sheetnames)


def test_that_a_filled_in_form_brings_its_rows_and_only_those(tmp_path):
    import openpyxl

    site = Site(id="00000000-0000-4000-8000-000000000001", code="S1", name="Norr")
    organisation = Organisation(DOCUMENT, [site, resource("R1", "System")])
    write_workbook(organisation, tmp_path / "form.xlsx", SV, rows=False)
    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    sheet = book["Resurser"]
    places = {cell.value: cell.column for cell in sheet[1]}
    for place, (name, where, time) in enumerate((("Fiber", "S1 · Norr", "72 h"), ("Växel", "S9", "2 dygn"))):
        sheet.cell(3 + place, places["name"]).value = name
        sheet.cell(3 + place, places["site"]).value = where
        sheet.cell(3 + place, places["achievable_rto"]).value = time
    sites = book["Platser"]
    keys = {cell.value: cell.column for cell in sites[1]}
    sites.cell(3, keys["code"]).value, sites.cell(3, keys["name"]).value = "S9", "Söder"
    book.save(tmp_path / "filled.xlsx")
    read = read_workbook(tmp_path / "filled.xlsx")
    imported(read, own_mappings(read), organisation)
    again, draft = imported(read, own_mappings(read), organisation)
    assert {r.name: (again.get(r.site).name, r.achievable_rto) for r in again.all(Resource) if r.site} == {
        "Fiber": ("Norr", 4320), "Växel": ("Söder", 2880),
    }  # fmt: skip
    assert draft.count("same") == 3
    assert again.count("resource") == 3


def test_that_a_text_longer_than_a_cell_is_refused_by_name(tmp_path):
    organisation = Organisation(DOCUMENT, [resource("R1", "System", note="x" * 40_000)])
    with pytest.raises(Refused) as refused:
        write_workbook(organisation, tmp_path / "ut.xlsx", SV)
    [problem] = refused.value.problems
    assert (problem.code, problem.record, problem.field) == ("text-too-long-for-sheet", "R1", "note")
    assert not (tmp_path / "ut.xlsx").exists()


def test_that_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Refused, match="folder-not-empty"):
        write_folder(Organisation(DOCUMENT), tmp_path, SV)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_that_references_to_records_of_the_same_name_are_kept_apart(tmp_path):
    roles = [Role(id=f"00000000-0000-4000-8000-00000000000{n}", code=f"O{n}", name="Chef") for n in (1, 2)]
    twins = [resource(f"R{n}", "System", owner=role.id) for n, role in enumerate(roles)]
    organisation = Organisation(DOCUMENT, [*roles, *twins])
    assert through_workbook(organisation, tmp_path / "ut.xlsx")[0] == organisation
    renamed = Organisation(DOCUMENT, [*(replace(r, name=f"{r.name}, bit. ") for r in roles), *twins])
    assert through_workbook(renamed, tmp_path / "ut.xlsx")[0] == renamed


def test_that_every_kind_has_a_sheet(tmp_path):
    write_workbook(Organisation(DOCUMENT), tmp_path / "ut.xlsx", EN)
    held = {m.kind for m in own_mappings(read_workbook(tmp_path / "ut.xlsx"))}
    assert held == set(KINDS)
