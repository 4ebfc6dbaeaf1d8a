"""The list of problems: filtered, mended with one click, accepted with a reason, opened again."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest

from continuity.model.edits import amend
from continuity.model.kinds import Gap, Waiver
from ui.problems.model import MEND


@pytest.fixture
def panel(at_work, qtbot):
    """The list over the small agency, checked."""
    at_work.commands["problems"].setChecked(True)
    qtbot.waitUntil(lambda: bool(at_work.problems.model.rows), timeout=20000)
    return at_work.problems


def row_of(panel, code):
    return next(n for n, found in enumerate(panel.model.rows) if found.problem.code == code)


def is_gone(panel, code):
    return all(found.problem.code != code for found in panel.model.rows)


def test_that_a_mend_is_said_before_it_is_done_and_one_click_does_it(panel, qtbot):
    row = row_of(panel, "never-reviewed")
    panel.view.selectRow(row)
    said = panel.model.index(row, MEND).data()
    assert said.startswith("Anteckna att den gicks igenom i dag")
    assert panel.mend_button.text() == said
    panel.view.clicked.emit(panel.model.index(row, MEND))
    organisation = panel.desk.session.organisation
    assert organisation.find("function", "PAY").last_review is not None
    qtbot.waitUntil(lambda: is_gone(panel, "never-reviewed"), timeout=20000)
    panel.desk.undo()
    assert organisation.find("function", "PAY").last_review is None


def test_that_several_are_mended_as_one_step(panel):
    organisation = panel.desk.session.organisation
    chief = organisation.find("role", "O1")
    panel.desk.edit(
        amend(organisation.find("stream", "B1"), function=organisation.find("function", "PAY").id)
    )
    panel.desk.edit(amend(organisation.find("function", "PAY"), owner=chief.id))
    before = panel.desk.session.undo_step
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for code in ("never-reviewed", "no-fallback"):
        panel.view.selectionModel().select(panel.model.index(row_of(panel, code), 0), flags)
    assert "2" in panel.mend_button.text()
    panel.view.setFocus()
    QTest.keyClick(panel.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    [gap] = panel.desk.session.organisation.all(Gap)
    assert gap.owner == chief.id
    assert gap.due is not None
    panel.desk.undo()
    assert panel.desk.session.organisation.count("gap") == 0
    assert panel.desk.session.undo_step == before


def test_that_a_problem_is_accepted_with_a_reason_and_opened_again(panel, at_work, qtbot):
    panel.view.selectRow(row_of(panel, "no-deputy"))
    panel.accept_button.click()
    panel.asking.accept()
    assert panel.asking.isVisible(), "a reason must be given"
    panel.asking.rows["reason"].editor.setPlainText("Ersättare utses i vår")
    panel.asking.accept()
    [waiver] = panel.desk.session.organisation.all(Waiver)
    assert (waiver.rule, waiver.reason) == ("no-deputy", "Ersättare utses i vår")
    qtbot.waitUntil(lambda: is_gone(panel, "no-deputy"), timeout=20000)
    panel.filters.accepted.click()
    assert panel.model.index(0, MEND).data() == "Ersättare utses i vår"
    panel.view.selectRow(0)
    panel.accept_button.click()
    assert panel.desk.session.organisation.all(Waiver) == ()


def test_that_the_list_is_narrowed_by_severity_kind_owner_and_words(panel):
    everything = len(panel.model.rows)
    panel.filters.severities["warning"].click()
    assert all(problem.severity != "warning" for problem in panel.model.problems)
    panel.filters.severities["warning"].click()
    assert len(panel.model.rows) == everything
    panel.filters.kinds.setCurrentIndex(panel.filters.kinds.findData("function"))
    panel.filters.kinds.activated.emit(0)
    assert {problem.kind for problem in panel.model.problems} == {"function"}
    panel.filters.kinds.setCurrentIndex(0)
    QTest.keyClicks(panel.filters.text, "barnbidrag")
    assert 0 < len(panel.model.rows) < everything
    panel.filters.text.clear()
    panel.filters.mendable.click()
    assert {"never-reviewed", "no-fallback"} <= {problem.code for problem in panel.model.problems}


def test_that_enter_leads_to_the_record(panel, at_work):
    row = row_of(panel, "no-deputy")
    panel.view.selectRow(row)
    panel.view.setCurrentIndex(panel.model.index(row, 0))
    panel.view.setFocus()
    QTest.keyClick(panel.view, Qt.Key.Key_Return)
    assert at_work.inspector.record.id == panel.model.problems[row].id
