"""Item models behave as Qt demands, and tables are edited, pasted, duplicated and emptied as one step."""

import datetime as dt

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from continuity.model.edits import amend
from continuity.model.kinds import KINDS, Stage, Stream
from continuity.model.problems import Problem, Refused
from continuity.model.values import PayDay
from ui.grid.arrange import Condition
from ui.grid.model import VALUE_ROLE, RecordsModel, ValuesModel, record_columns
from ui.grid.sheet import SheetModel
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
    return model.index(row, model.names.index(column))


def editor(page):
    """The line that is open, in the table or in its frozen columns."""
    lines = [view.viewport().findChild(QLineEdit) for view in (page.table.frozen, page.table)]
    return next(line for line in lines if line is not None)


def choose(page, first, last, *columns):
    """Select cells: rows ``first`` to ``last`` of the columns."""
    table = page.table
    names = table.sheet.names
    table.clearSelection()
    for column in columns:
        place = names.index(column)
        top, bottom = table.sheet.index(first, place), table.sheet.index(last, place)
        block = QItemSelection(top, bottom)
        table.selectionModel().select(block, QItemSelectionModel.SelectionFlag.Select)
    table.selectionModel().setCurrentIndex(
        table.sheet.index(first, names.index(columns[0])), QItemSelectionModel.SelectionFlag.NoUpdate
    )


def shown_names(page):
    return [record.name for record in page.table.sheet.rows]


def type_into(page, index, text):
    page.table.setCurrentIndex(index)
    page.table.edit(index)
    line = editor(page)
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
    assert tables.table.row_count() == 2
    tables.filter.clear()
    tables.table.sheet.sort_by("name", descending=True)
    shown = shown_names(tables)
    assert len(shown) == 5
    assert shown == sorted(shown, key=str.casefold, reverse=True)


def test_that_a_row_is_added_and_its_name_opened_for_typing(tables):
    before = tables.session.organisation.count("resource")
    tables.verbs.do("add")
    assert tables.session.organisation.count("resource") == before + 1
    assert editor(tables).text() == "Ny resurs"


def test_that_many_rows_are_deleted_as_one_step_with_all_that_falls_with_them(tables):
    organisation = tables.session.organisation
    before = len(organisation)
    tables.table.selectAll()
    tables.verbs.do("delete")
    assert organisation.count("resource") == 0
    assert organisation.count("supply") == 1  # the staff group is left
    tables.desk.undo()
    assert len(organisation) == before


def test_that_a_stream_is_duplicated_with_its_stages(tables):
    tables._use("stream")
    organisation = tables.session.organisation
    tables.table.selectRow(0)
    tables.verbs.do("duplicate")
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
    tables.table.setCurrentIndex(tables.table.sheet.index(0, 0))
    tables.verbs.do("paste")
    assert tables.session.undo_step == steps, "pasting the same again changes nothing"


def test_that_pasting_changes_known_codes_and_adds_new_ones_in_one_step(tables):
    organisation = tables.session.organisation
    QGuiApplication.clipboard().setText("GRID\tRegionnät\nNY1\tKyla\nNY2\tVatten\n")
    tables.table.setCurrentIndex(tables.table.sheet.index(tables.table.row_count() - 1, 0))
    tables.verbs.do("paste")
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
    tables.table.setCurrentIndex(tables.table.sheet.index(0, column))
    QGuiApplication.clipboard().setText("4 h\nsnart\n")
    tables.verbs.do("paste")
    assert all(r.achievable_rto is None for r in organisation.of_kind("resource"))
    assert "Rad 2" in at_work.toast.text
    assert "snart" in at_work.toast.text


def test_that_cells_with_line_breaks_and_tabs_survive_the_clipboard():
    block = [["a\tb", 'sade "hej"'], ["två\nrader", ""]]
    assert read_block(write_block(block)) == block


def test_that_tables_follow_the_document(tables):
    organisation = tables.session.organisation
    site = organisation.find("site", "S1")
    index = cell(tables, "Datahall", "site")
    assert index.data() == "Norra hallen"
    tables.session.edit(amend(site, name="Södra hallen"))
    assert cell(tables, "Datahall", "site").data() == "Södra hallen"


def test_that_rows_are_sorted_by_several_columns_blanks_last(tables):
    sheet = tables.table.sheet
    heading = tables.table.horizontalHeader()
    heading.sectionClicked.emit(sheet.names.index("category"))
    sheet.sort_by("name", descending=True, further=True)
    told = [(r.category, r.name) for r in sheet.rows]
    order = [code for code, _ in sheet.columns["category"].choices]
    assert told == sorted(sorted(told, key=lambda t: t[1], reverse=True), key=lambda t: order.index(t[0]))
    assert sheet.headerData(sheet.names.index("name"), Qt.Orientation.Horizontal) == "Namn ▼2"
    sheet.sort_by("owner", descending=True)
    assert [bool(r.owner) for r in sheet.rows] == [True, False, False, False, False]
    sheet.flip(sheet.names.index("owner"))
    assert sheet.rows[0].owner
    assert sheet.arrangement.order == (("owner", False),)


@pytest.mark.parametrize(
    ("kind", "name", "how", "text", "codes"),
    [
        ("resource", "category", "is", "el", ["GEN", "GRID"]),
        ("resource", "site", "blank", "", ["GRID", "LINE1", "LINE2"]),
        ("resource", "name", "lacks", "fiber", ["GEN", "GRID", "HALL"]),
        ("need", "autonomy", "least", "1 h", ["PAY-LINE1", "HALL-GRID"]),
        ("need", "autonomy", "most", "30 min", None),
    ],
)
def test_that_rows_are_narrowed_by_column(tables, kind, name, how, text, codes):
    tables._use(kind)
    sheet = tables.table.sheet
    sheet.condition(name, Condition(how, text))
    found = sorted(record.code for record in sheet.rows)
    if codes is None or kind == "need":
        test = {"least": lambda m: m >= 60, "most": lambda m: m <= 30}[how]
        assert found == sorted(r.code for r in tables.session.organisation.of_kind(kind) if test(r.autonomy))
        assert 0 < len(found) < 4
    else:
        assert found == codes
    assert str(sheet.rowCount()) in tables.note.text()
    sheet.clear()
    assert sheet.rowCount() == sheet.total


def test_that_a_condition_that_makes_no_sense_is_refused(tables):
    tables._use("need")
    with pytest.raises(Refused):
        tables.table.sheet.condition("autonomy", Condition("least", "länge"))
    assert tables.table.sheet.rowCount() == tables.table.sheet.total


def test_that_a_row_keeps_its_place_while_it_is_edited(tables):
    sheet = tables.table.sheet
    sheet.sort_by("name")
    first = sheet.rows[0]
    index = sheet.index(0, sheet.names.index("name"))
    assert sheet.setData(index, "Ö sist", VALUE_ROLE)
    assert sheet.rows[0].id == first.id
    sheet.arrange()
    assert sheet.rows[-1].id == first.id


def test_that_cells_are_filled_down_as_one_step(tables):
    choose(tables, 0, 4, "supplier", "achievable_rto")
    sheet = tables.table.sheet
    sheet.setData(sheet.index(0, sheet.names.index("supplier")), "Leverantör A", VALUE_ROLE)
    sheet.setData(sheet.index(0, sheet.names.index("achievable_rto")), 240, VALUE_ROLE)
    tables.verbs.do("fill_down")
    assert {(r.supplier, r.achievable_rto) for r in sheet.rows} == {("Leverantör A", 240)}
    tables.desk.undo()
    assert [r.supplier for r in sheet.rows] == ["Leverantör A", "", "", "", ""]


def test_that_a_single_row_takes_what_stands_above_it(tables):
    sheet = tables.table.sheet
    sheet.setData(sheet.index(0, sheet.names.index("supplier")), "A", VALUE_ROLE)
    choose(tables, 1, 1, "supplier")
    tables.verbs.do("fill_down")
    assert sheet.rows[1].supplier == "A"


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("restart_order", (1,), [1, 2, 3, 4, 5]),
        ("restart_order", (10, 20), [10, 20, 30, 40, 50]),
        ("achievable_rto", (60, 120), [60, 120, 180, 240, 300]),
        ("achievable_rto", (60,), [60] * 5),
        ("contract", ("AVT-09",), ["AVT-09", "AVT-10", "AVT-11", "AVT-12", "AVT-13"]),
        ("as_of", (dt.date(2027, 1, 30),), [dt.date(2027, 1, 30) + dt.timedelta(n) for n in range(5)]),
        ("country", ("Sverige",), ["Sverige"] * 5),
    ],
)
def test_that_a_series_goes_on(tables, name, given, expected):
    sheet = tables.table.sheet
    for row, value in enumerate(given):
        sheet.setData(sheet.index(row, sheet.names.index(name)), value, VALUE_ROLE)
    choose(tables, 0, 4, name)
    tables.verbs.do("fill_on")
    assert [getattr(record, name) for record in sheet.rows] == expected


def test_that_a_series_that_leads_too_far_changes_nothing_and_lists_the_cells(tables):
    sheet = tables.table.sheet
    for row, value in enumerate((3, 5)):
        sheet.setData(sheet.index(row, sheet.names.index("styrel_class")), value, VALUE_ROLE)
    choose(tables, 0, 4, "styrel_class")
    tables.verbs.do("fill_on")
    assert [r.styrel_class for r in sheet.rows] == [3, 5, None, None, None]


def test_that_one_text_is_typed_into_all_selected_cells(tables):
    choose(tables, 1, 3, "achievable_rto")
    sheet = tables.table.sheet
    index = sheet.index(1, sheet.names.index("achievable_rto"))
    tables.table.edit(index)
    line = editor(tables)
    QTest.keyClicks(line, "2 h")
    QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [r.achievable_rto for r in sheet.rows] == [None, 120, 120, 120, None]
    tables.desk.undo()
    assert [r.achievable_rto for r in sheet.rows] == [None] * 5


def test_that_delete_empties_cells_and_keeps_what_must_be_there(tables, at_work):
    choose(tables, 0, 4, "name", "owner")
    tables.table.setFocus()
    QTest.keyClick(tables.table, Qt.Key.Key_Delete)
    organisation = tables.session.organisation
    assert all(r.name and r.owner is None for r in organisation.of_kind("resource"))
    choose(tables, 0, 0, "name")
    QTest.keyClick(tables.table, Qt.Key.Key_Delete)
    assert "Ctrl+Delete" in at_work.toast.text
    QTest.keyClick(tables.table, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert organisation.count("resource") == 4


def test_that_a_single_text_is_pasted_into_the_whole_selection(tables):
    choose(tables, 0, 4, "country", "contract")
    QGuiApplication.clipboard().setText("Sverige")
    tables.verbs.do("paste")
    assert {(r.country, r.contract) for r in tables.table.sheet.rows} == {("Sverige", "Sverige")}


def test_that_a_first_row_of_headings_says_which_column_is_which(tables):
    QGuiApplication.clipboard().setText("Leverantör\tKod\nA\tGRID\nB\tNY\n")
    tables.table.setCurrentIndex(tables.table.sheet.index(0, 0))
    tables.verbs.do("paste")
    organisation = tables.session.organisation
    assert organisation.find("resource", "GRID").supplier == "A"
    assert organisation.find("resource", "NY").supplier == "B"


def test_that_a_block_that_is_too_wide_is_refused_whole(tables, at_work):
    choose(tables, 0, 0, tables.table.sheet.names[-1])
    QGuiApplication.clipboard().setText("a\tb\tc")
    before = list(tables.table.sheet.rows)
    tables.verbs.do("paste")
    assert tables.table.sheet.rows == before
    assert "3" in at_work.toast.text


def test_that_many_faults_are_listed_cell_by_cell(tables, qtbot):
    choose(tables, 0, 0, "achievable_rto")
    QGuiApplication.clipboard().setText("snart\nstrax\nsen\n4 h")
    tables.verbs.do("paste")
    faults = tables.verbs.faults
    assert [(line[0], line[2]) for line in faults.lines] == [("1", "snart"), ("2", "strax"), ("3", "sen")]
    assert faults.table.rowCount() == 3
    faults.reject()
    assert all(r.achievable_rto is None for r in tables.table.sheet.rows)


def test_that_a_code_given_twice_is_named_with_its_row(tables, at_work):
    choose(tables, 0, 0, "code")
    QGuiApplication.clipboard().setText("NY\tA\nNY\tB")
    tables.verbs.do("paste")
    assert tables.session.organisation.find("resource", "NY") is None
    assert "Rad 2" in at_work.toast.text


def test_that_texts_are_found_and_replaced_as_one_step(tables):
    choose(tables, 0, 0, "name")
    tables.verbs.do("replace")
    window = tables.verbs.replacing
    window.text.setText("fiber")
    window.instead.setText("Kabel")
    window.look()
    assert [hit.after for hit in window.hits] == ["Kabel A", "Kabel B"]
    window.replace()
    assert {"Kabel A", "Kabel B"} <= set(shown_names(tables))
    tables.desk.undo()
    assert {"Fiber A", "Fiber B"} <= set(shown_names(tables))
    window.reject()


def test_that_columns_are_hidden_and_remembered_for_each_kind(tables):
    place = tables.table.sheet.names.index("tags")
    tables.verbs.do("columns")
    chooser = tables.verbs.choosing
    item = next(i for i in map(chooser.list.item, range(chooser.list.count())) if i.text() == "Etiketter")
    item.setCheckState(Qt.CheckState.Unchecked)
    chooser.close()
    assert tables.table.isColumnHidden(place)
    tables._use("site")
    assert not tables.table.isColumnHidden(0)
    tables._use("resource")
    assert tables.table.isColumnHidden(place)


def test_that_code_and_name_stay_while_the_rest_is_scrolled(tables):
    frozen = tables.table.frozen
    assert frozen.isVisible()
    assert [tables.table.sheet.names[c] for c in frozen.columns] == ["code", "name"]
    tables.table.setCurrentIndex(tables.table.sheet.index(0, tables.table.sheet.names.index("exit_time")))
    assert frozen.geometry().left() == tables.table.frameWidth()
    assert not frozen.isColumnHidden(0)
    assert frozen.isColumnHidden(2)


def test_that_the_sheet_is_a_proper_model_and_follows_only_what_changes_name(at_work, qtmodeltester):
    organisation = at_work.desk.session.organisation
    sheet = SheetModel(KINDS["resource"], at_work.desk, "test")
    sheet.show_records(organisation, organisation.of_kind("resource"))
    qtmodeltester.check(sheet, force_py=True)
    told = []
    sheet.dataChanged.connect(lambda top, bottom: told.append((top.row(), bottom.row())))
    sheet.modelReset.connect(lambda: told.append("reset"))
    at_work.desk.changed.connect(sheet.follow_changes)
    hall = organisation.find("resource", "HALL")
    at_work.desk.edit(amend(hall, note="x"))
    assert told == [(sheet.row_of(hall.id),) * 2]
    at_work.desk.remove((hall.id,))
    assert sheet.rowCount() == 4
    at_work.desk.undo()
    assert sheet.rowCount() == 5


def test_that_rows_with_codes_of_their_own_never_fall_upon_others(tables):
    before = tables.session.organisation.count("resource")
    QGuiApplication.clipboard().setText("NY1\tKyla\nNY2\tVatten")
    choose(tables, 0, 0, "code")
    tables.verbs.do("paste")
    assert tables.session.organisation.count("resource") == before + 2
    QGuiApplication.clipboard().setText("X1\nX2")
    choose(tables, 0, 0, "code")
    tables.verbs.do("paste")
    assert tables.session.organisation.count("resource") == before + 2
    assert {"X1", "X2"} <= {record.code for record in tables.table.sheet.rows}


def test_that_a_block_pasted_with_no_cell_chosen_becomes_new_rows(tables):
    before = tables.session.organisation.count(tables.kind.name)
    tables.table.clearSelection()
    tables.table.selectionModel().clear()
    QGuiApplication.clipboard().setText("Kod\tNamn\nQ1\tEn\nQ2\tTvå\n")
    tables.verbs.do("paste")
    assert tables.session.organisation.count(tables.kind.name) == before + 2
