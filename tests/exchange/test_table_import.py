"""Sheets of other make taken in: rows find their records, faults keep their cells, nothing doubles."""

import datetime as dt
from pathlib import Path

import pytest

from continuity.exchange.cell_words import Unreadable, joined, parse_date, parse_number, parts_of
from continuity.exchange.mapping import Mapping, Target
from continuity.exchange.sheets import Sheet, Workbook
from continuity.exchange.table_import import draft_import
from continuity.model.kinds import Function, Need, Resource, Site, StaffGroup
from continuity.session import Session
from continuity.words import words_in

SAYS = (words_in("sv")._, words_in("en")._)
DAY = dt.datetime(2026, 3, 1)  # noqa: DTZ001 - as cells hold it
SHEETS = Path(__file__).parent.parent / "data" / "sheets"


@pytest.fixture
def session():
    with Session.create(None) as made:
        yield made


def draft(organisation, headings, *rows, kind="resource", **columns):
    book = Workbook("x", [Sheet("Blad", [headings, *rows])])
    targets = {place: columns.get(path, Target(path)) for place, path in enumerate(headings)}
    return draft_import(organisation, book, [Mapping("Blad", kind, 0, targets)], SAYS)


def tried(session, name):
    book, mappings = session.read_sheets(SHEETS / name)
    return session.drafting(book, mappings)()


def codes(found):
    return [(p.path, p.code) for p in found.problems]


# --- the agency's own sheets -------------------------------------------------------------------


def test_that_an_inventory_is_understood_by_its_headings(session):
    _, mappings = session.read_sheets(SHEETS / "systemforteckning.xlsx")
    assert [(m.sheet, m.kind, m.header) for m in mappings] == [
        ("Systemförteckning", "resource", 3), ("Kritiska processer", "function", 0),
    ]  # fmt: skip
    assert {t.path for t in mappings[0].columns.values()} == {
        "code", "name", "owner", "site", "achievable_rto", "supplier", "in_use", "note",
    }  # fmt: skip
    assert next(t.unit for t in mappings[0].columns.values() if t.path == "achievable_rto") == "h"


def test_that_faults_name_their_cells_and_good_rows_are_taken_as_one_step(session):
    found = tried(session, "systemforteckning.xlsx")
    assert codes(found.draft) == [
        ("Systemförteckning!E8", "cell-duration"), ("Systemförteckning!G9", "cell-flag"),
        ("Systemförteckning!H10", "cell-formula"), ("Kritiska processer!D4", "cell-no-unit"),
        ("Kritiska processer!3", "row-refers-to-faulty"),
    ]  # fmt: skip
    session.take(found)
    pay = session.organisation.find("function", "Betala ut förmåner")
    needed = {n.name for n in session.organisation.all(Need) if n.dependent == pay.id}
    assert needed == {"Utbetalningssystemet", "Ärendesystemet"}
    assert pay.mtpd == 3 * 1440
    session.undo()
    assert len(session.organisation) == 0
    assert not session.can_undo


def test_that_what_is_imported_again_doubles_nothing(session):
    session.take(tried(session, "systemforteckning.xlsx"))
    before = {record.id: record for record in session.organisation}
    again = tried(session, "systemforteckning.xlsx")
    assert again.draft.edit.edits == ()
    assert (again.draft.count("same"), again.draft.count("faulty")) == (4, 5)
    session.take(again)
    assert {record.id: record for record in session.organisation} == before


def test_that_merged_cells_unclear_dates_and_other_scripts_are_handled(session):
    found = tried(session, "bemanning.xlsx")
    assert codes(found.draft) == [("Bemanning!E4", "cell-date-unclear")]
    assert [r.code for r in found.draft.remarks] == ["sheet-merged"]
    session.take(found)
    groups = {g.name: g for g in session.organisation.all(StaffGroup)}
    assert set(groups) == {"Handläggare sjukpenning", "Kundtjänst", "שלום handläggare"}
    assert session.organisation.get(groups["Kundtjänst"].site).name == "Kontor Öst"
    assert groups["Kundtjänst"].placement_checked == dt.date(2026, 3, 1)


def test_that_swedish_text_files_are_read(session):
    session.take(tried(session, "kontor.csv"))
    session.take(tried(session, "leverantorer.csv"))
    sites = {s.name: (s.region, s.protected, s.seats) for s in session.organisation.all(Site)}
    assert sites["Kontor Väst"] == ("Västra Götaland", True, 1250)
    grid = session.organisation.find("resource", "L1")
    assert (grid.name, grid.category, grid.contract) == ("Elnät, norra", "power", "A-12 förlängt")


def test_that_an_ods_is_read_and_its_failed_formula_told(session):
    found = tried(session, "roller.ods")
    assert codes(found.draft) == [("Roller!C4", "cell-formula")]
    assert found.draft.count("added") == 2


# --- two hundred rows --------------------------------------------------------------------------


def rows(faulty):
    return [
        [f"IT-{n}", f"System {n}", "snart" if n in faulty else f"{n % 90} h", f"Ort {n % 7}"]
        for n in range(200)
    ]


def test_that_two_hundred_rows_with_faults_can_be_mended_and_imported_again(session):
    heads = ["code", "name", "achievable_rto", "site"]
    make = {"site": Target("site", make=True)}
    faulty = set(range(0, 200, 9))
    first = draft(session.organisation, heads, *rows(faulty), **make)
    assert len(first.problems) == len(faulty)
    assert {p.path for p in first.problems} == {f"Blad!C{n + 2}" for n in faulty}
    session.edit(first.edit)
    second = draft(session.organisation, heads, *rows(set()), **make)
    assert (second.count("added"), second.count("same"), second.problems) == (
        len(faulty),
        200 - len(faulty),
        [],
    )
    session.edit(second.edit)
    third = draft(session.organisation, heads, *rows(set()), **make)
    assert third.edit.edits == ()
    assert (session.organisation.count("resource"), session.organisation.count("site")) == (200, 7)


def test_that_rows_without_codes_are_known_again_by_their_names(session):
    session.edit(draft(session.organisation, ["name", "supplier"], ["A", "x"], ["B", "y"]).edit)
    again = draft(session.organisation, ["name", "supplier"], ["b", "z"], ["A", "x"])
    assert [outcome.status for outcome in again.outcomes] == ["changed", "same"]
    session.edit(again.edit)
    assert sorted(r.code for r in session.organisation.all(Resource)) == ["R1", "R2"]


def test_that_names_and_codes_that_stand_twice_are_refused(session):
    found = draft(session.organisation, ["code", "name"], ["", "A"], ["", "a "], ["X", "B"], ["X", "C"])
    assert codes(found) == [("Blad!B3", "row-same-name"), ("Blad!A5", "row-doubled")]
    session.edit(draft(session.organisation, ["code", "name"], ["R8", "Twin"], ["R9", "Twin"]).edit)
    unclear = draft(session.organisation, ["name", "supplier"], ["Twin", "x"])
    assert codes(unclear) == [("Blad!A2", "row-name-not-unique")]


def test_that_codes_may_change_hands_by_id_only(session):
    session.edit(draft(session.organisation, ["code", "name"], ["R1", "A"]).edit)
    [record] = session.organisation.all(Resource)
    session.edit(draft(session.organisation, ["id", "code", "name"], [record.id, "R7", "A"]).edit)
    assert session.organisation.get(record.id).code == "R7"


def test_that_blank_cells_keep_or_empty_as_is_chosen(session):
    session.edit(draft(session.organisation, ["code", "name", "supplier"], ["R1", "A", "x"]).edit)
    assert draft(session.organisation, ["code", "name", "supplier"], ["R1", "A", None]).edit.edits == ()
    book = Workbook("x", [Sheet("Blad", [["", "", ""], ["R1", "A", None]])])
    targets = {0: Target("code"), 1: Target("name"), 2: Target("supplier")}
    found = draft_import(
        session.organisation, book, [Mapping("Blad", "resource", 0, targets, blanks=True)], SAYS
    )
    session.edit(found.edit)
    assert session.organisation.all(Resource)[0].supplier == ""


def test_that_references_to_nothing_are_faults_or_make_the_record(session):
    assert codes(draft(session.organisation, ["name", "site"], ["A", "Norr"])) == [("Blad!B2", "dangling")]
    found = draft(session.organisation, ["name", "site"], ["A", "Norr"], ["B", "norr"],
                  site=Target("site", make=True))  # fmt: skip
    session.edit(found.edit)
    [site] = session.organisation.all(Site)
    assert {r.site for r in session.organisation.all(Resource)} == {site.id}


def test_that_what_only_a_faulty_row_names_is_not_made(session):
    found = draft(
        session.organisation, ["name", "site", "achievable_rto"], ["A", "Norr", "snart"], site=Target("site", make=True)  # noqa: E501
    )  # fmt: skip
    assert found.edit.edits == ()


def test_that_an_organisation_may_hold_long_names_and_find_them_again(session):
    name = "n" * 5000
    session.edit(draft(session.organisation, ["name"], [name]).edit)
    assert draft(session.organisation, ["name"], [name]).count("same") == 1


@pytest.mark.parametrize(
    ("path", "cell", "unit", "value"),
    [
        ("mtpd", 72.0, "h", 4320), ("mtpd", 3.0, "d", 4320), ("mtpd", "3 dygn", "", 4320), ("mtpd", "48:30", "", 2910),  # noqa: E501
        ("mtpd", dt.timedelta(hours=30), "", 1800), ("mtpd", "1,5", "h", 90),
        ("mbco", 0.5, "share", 500), ("mbco", 50.0, "%", 500), ("mbco", "50 %", "", 500), ("mbco", 0.25, "", 250),  # noqa: E501
        ("priority", "3", "", 3), ("vital", "x", "", True), ("vital", False, "", False),
        ("last_review", DAY, "", dt.date(2026, 3, 1)), ("last_review", 46082.0, "", dt.date(2026, 3, 1)),
        ("arrivals", "12,5", "", 12500), ("tags", "a; b, c", "", ("a", "b, c")), ("unit", 2025.0, "", "2025"),
    ],
)  # fmt: skip
def test_that_cells_mean_what_people_mean(session, path, cell, unit, value):
    found = draft(
        session.organisation, ["name", path], ["F", cell], kind="function", **{path: Target(path, unit)}
    )
    assert found.problems == []
    session.edit(found.edit)
    assert getattr(session.organisation.all(Function)[0], path) == value


@pytest.mark.parametrize(
    ("path", "cell", "code"),
    [
        ("mtpd", 72.0, "cell-no-unit"), ("mtpd", "snart", "cell-duration"), ("mbco", 120.0, "cell-bounds"),
        ("priority", 2.5, "cell-whole"), ("priority", "tre", "cell-number"), ("priority", 9.0, "cell-bounds"),
        ("vital", "kanske", "cell-flag"), ("last_review", "3/4/2026", "cell-date-unclear"),
        ("last_review", "2026-02-30", "cell-date"), ("achievable_known", "gissat lite", "cell-choice"),
        ("arrivals", dt.date(2026, 1, 1), "cell-number"),
    ],
)  # fmt: skip
def test_that_cells_that_mean_nothing_are_told_with_their_place(session, path, cell, code):
    found = draft(session.organisation, ["name", path], ["F", cell], kind="function")
    assert codes(found) == [("Blad!B2", code)]


def test_that_dates_and_numbers_are_read_as_they_are_written():
    assert {
        parse_date(t) for t in ("2026-03-01", "20260301", "1.3.2026", "1 mars 2026", "2026-03-01 00:00:00")
    } == {dt.date(2026, 3, 1)}
    assert parse_date("25/12/2026") == dt.date(2026, 12, 25)
    with pytest.raises(Unreadable):
        parse_date("igår")
    assert [parse_number(t) for t in ("1 234,5", "1.234,5", "1,234.5", "−3", "1e3")] == [
        1234.5,
        1234.5,
        1234.5,
        -3,
        1000,
    ]


@pytest.mark.parametrize(
    "parts", [("a",), ("a", "b"), ("a, b",), ('"',), ("",), (" x ", "y;z"), ("a\nb", '""')]
)
def test_that_several_in_one_cell_are_taken_apart_again(parts):
    assert parts_of(joined(parts)) == parts


# --- habit -------------------------------------------------------------------------------------


def test_that_a_mapping_is_remembered_whatever_the_order_of_the_columns(session, tmp_path):
    (tmp_path / "a.csv").write_text("Grej;Vad;Var\nX;1;Norr\n", encoding="utf-8")
    book, [guess] = session.read_sheets(tmp_path / "a.csv")
    chosen = Mapping(guess.sheet, "site", guess.header, {0: Target("name"), 2: Target("municipality")})
    session.remember_mapping(book, chosen)
    (tmp_path / "b.csv").write_text("Var;Grej;Vad\nSöder;Y;2\n", encoding="utf-8")
    _, [again] = session.read_sheets(tmp_path / "b.csv")
    assert again.kind == "site"
    assert again.columns == {0: Target("municipality"), 1: Target("name")}


def test_that_an_import_is_made_although_the_document_has_changed_meanwhile(session):
    book, mappings = session.read_sheets(SHEETS / "kontor.csv")
    found = session.drafting(book, mappings)()
    session.edit(draft(session.organisation, ["name"], ["Meanwhile"]).edit)
    session.take(found)
    assert (session.organisation.count("site"), session.organisation.count("resource")) == (3, 1)
    session.undo()
    assert (session.organisation.count("site"), session.organisation.count("resource")) == (0, 1)


def test_that_a_large_import_survives_a_restart_and_can_be_taken_back(tmp_path):
    text = "Kod;Systemnamn\n" + "".join(f"X{n};System {n}\n" for n in range(1000))
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    with Session.create(tmp_path / "a.uthallig") as session:
        book, mappings = session.read_sheets(tmp_path / "a.csv")
        session.take(session.drafting(book, mappings)())
        session.flush()
    with Session.open(tmp_path / "a.uthallig") as session:
        assert session.organisation.count("resource") == 1000
        session.undo()
        assert session.organisation.count("resource") == 0
