"""Item models behave as Qt demands, and tables are edited, pasted, duplicated and emptied as one step."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from continuity.model.kinds import KINDS, Stage, Stream
from continuity.model.problems import Problem
from continuity.model.values import PayDay
from ui.grid.model import VALUE_ROLE, RecordsModel, ValuesModel, record_columns
from ui.panels.tables.paste import read_block, write_block
from ui.picker import Item, ItemList
from ui.problems_panel import ProblemList


@pytest.mark.parametrize("name", KINDS)
def test_that_the_table_of_each_kind_is_a_proper_model(at_work, qtmodeltester, name):
    organisation = at_work.desk.session.organisation
    model = RecordsModel(KINDS[name], at_work.desk, "test")
    model.show_records(organisation, organisation.of_kind(name))
    qtmodeltester.check(model, force_py=True)
    headings = [model.headerData(c, Qt.Orientation.Horizontal) for c in range(model.columnCount())]
    assert all(headings)
    assert len(set(headings)) == len(headings), "two columns have the same heading"


def test_that_the_other_models_are_proper_too(at_work, qtmodeltester):
    values = ValuesModel(PayDay, None)
    values.show((PayDay(day=18), PayDay(day=19)))
    problems = ProblemList()
    problems.show([Problem("empty", "warning"), Problem("bad-date", facts={"value": "x"})])
    items = ItemList([Item("a", "Elnät", "R1"), Item("b", "Fiber", "R2")])
    for model in (values, problems, items, at_work.problems.model):
        qtmodeltester.check(model, force_py=True)
    assert problems.problems[0].severity == "error"


def test_that_code_and_name_come_first_and_evidence_last():
    names = list(record_columns(KINDS["function"]))
    assert names[:2] == ["code", "name"]
    assert names.index("source") > names.index("mtpd")


@pytest.fixture
def tables(at_work):
    """The Tables workspace on resources."""
    at_work.open_workspace("tables")
    page = at_work.pages.made["tables"]
    page._use("resource")
    return page


def names(page):
    organisation = page.session.organisation
    return [record.name for record in organisation.of_kind(page.kind.name)]


def cell(page, row_name, column):
    model = page.models[page.kind.name]
    row = next(n for n, record in enumerate(model.rows) if record.name == row_name)
    return page.table.sieve.mapFromSource(model.index(row, model.names.index(column)))


def type_into(page, index, text):
    page.table.setCurrentIndex(index)
    page.table.edit(index)
    line = page.table.viewport().findChild(QLineEdit)
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)
    return line


def test_that_a_cell_is_edited_in_place_and_undone(tables, qtbot):
    type_into(tables, cell(tables, "Elnät", "name"), "Region")
    qtbot.waitUntil(lambda: "Region" in names(tables))
    tables.desk.undo()
    assert "Elnät" in names(tables)


def test_that_what_cannot_be_read_keeps_the_editor_open(tables):
    line = type_into(tables, cell(tables, "Elnät", "achievable_rto"), "snart")
    assert line.property("faulty")
    assert "ingen tidslängd" in line.accessibleDescription()
    assert tables.session.organisation.find("resource", "GRID").achievable_rto is None


def test_that_a_choice_takes_its_code(tables):
    index = cell(tables, "Elnät", "category")
    assert index.model().setData(index, "telecom", VALUE_ROLE)
    assert tables.session.organisation.find("resource", "GRID").category == "telecom"


def test_that_a_flag_is_ticked_with_a_click(tables):
    index = cell(tables, "Elnät", "in_use")
    tables.table.scrollTo(index)
    assert index.model().setData(index, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert tables.session.organisation.find("resource", "GRID").in_use is False


def test_that_rows_are_filtered_and_sorted_as_people_read_them(tables):
    QTest.keyClicks(tables.filter, "fiber")
    assert tables.table.sieve.rowCount() == 2
    tables.filter.clear()
    tables.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    shown = [tables.table.record(row).name for row in range(tables.table.sieve.rowCount())]
    assert shown == sorted(shown, key=str.casefold, reverse=True)


def test_that_a_row_is_added_and_its_name_opened_for_typing(tables):
    before = tables.session.organisation.count("resource")
    tables.add()
    assert tables.session.organisation.count("resource") == before + 1
    line = tables.table.viewport().findChild(QLineEdit)
    assert line.text() == "Ny resurs"


def test_that_many_rows_are_deleted_as_one_step_with_all_that_falls_with_them(tables):
    organisation = tables.session.organisation
    before = len(organisation)
    tables.table.selectAll()
    tables.delete()
    assert organisation.count("resource") == 0
    assert organisation.count("supply") == 1  # the staff group is left
    tables.desk.undo()
    assert len(organisation) == before


def test_that_a_stream_is_duplicated_with_its_stages(tables):
    tables._use("stream")
    organisation = tables.session.organisation
    tables.table.selectRow(0)
    tables.duplicate()
    copy = next(s for s in organisation.all(Stream) if s.name == "Barnbidrag (kopia)")
    assert [s.name for s in organisation.parts(copy.id, Stage)] == ["Skapa fil", "Sänd fil"]
    tables.desk.undo()
    assert organisation.count("stream") == 1


def test_that_a_block_is_copied_and_pasted_back_unchanged(tables):
    tables.table.selectAll()
    tables.table.copy()
    text = QGuiApplication.clipboard().text()
    assert "Elnät" in text
    steps = tables.session.undo_step
    tables.table.setCurrentIndex(tables.table.sieve.index(0, 0))
    tables.paste()
    assert tables.session.undo_step == steps, "pasting the same again changes nothing"


def test_that_pasting_changes_known_codes_and_adds_new_ones_in_one_step(tables):
    organisation = tables.session.organisation
    QGuiApplication.clipboard().setText("GRID\tRegionnät\nNY1\tKyla\nNY2\tVatten\n")
    tables.table.setCurrentIndex(tables.table.sieve.index(tables.table.sieve.rowCount() - 1, 0))
    tables.paste()
    assert organisation.find("resource", "GRID").name == "Regionnät"
    assert organisation.find("resource", "NY1").name == "Kyla"
    assert organisation.count("resource") == 7
    tables.desk.undo()
    assert organisation.count("resource") == 5
    assert organisation.find("resource", "GRID").name == "Elnät"


def test_that_pasting_rows_with_errors_changes_nothing_and_names_the_cells(tables, at_work):
    organisation = tables.session.organisation
    model = tables.models["resource"]
    column = model.names.index("achievable_rto")
    tables.table.setCurrentIndex(tables.table.sieve.index(0, column))
    QGuiApplication.clipboard().setText("4 h\nsnart\n")
    tables.paste()
    assert all(r.achievable_rto is None for r in organisation.of_kind("resource"))
    assert "Rad 2" in at_work.toast.text
    assert "snart" in at_work.toast.text


def test_that_cells_with_line_breaks_and_tabs_survive_the_clipboard():
    block = [["a\tb", 'sade "hej"'], ["två\nrader", ""]]
    assert read_block(write_block(block)) == block


def test_that_tables_follow_the_document(tables):
    from continuity.model.edits import amend

    organisation = tables.session.organisation
    site = organisation.find("site", "S1")
    index = cell(tables, "Datahall", "site")
    assert index.data() == "Norra hallen"
    tables.session.edit(amend(site, name="Södra hallen"))
    assert cell(tables, "Datahall", "site").data() == "Södra hallen"
