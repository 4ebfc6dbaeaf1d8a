"""The Impact workspace: digits judge, proposals are taken, the roll-up says from where, owners sign."""

import datetime as dt
import queue
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from continuity.model.impact import cells_of, proposed_mtpd, verdict
from continuity.model.kinds import Function, ImpactScale, Scenario
from continuity.model.signing import signed
from continuity.session_analysis import Done, Step
from ui.panels.impact.copy_dialog import CopyDialog
from ui.panels.impact.evidence_page import EvidencePage
from ui.panels.impact.matrix_page import MatrixPage
from ui.panels.impact.matrix_view import MatrixView
from ui.panels.impact.quick_page import QuickModel, QuickPage
from ui.panels.impact.rollup_page import RollUpPage

DAY = 1440


def opened(window, session, page):
    window.documents.take(session)
    window.open_workspace("impact")
    workspace = window.pages.made["impact"]
    found = workspace.page(page)
    workspace.tabs.setCurrentWidget(found)
    return found


@pytest.fixture
def matrix(window, session):
    """The matrix of the small agency, which has no scale yet."""
    return opened(window, session, MatrixPage)


def function(session) -> Function:
    return session.organisation.all(Function)[0]


def press(view: MatrixView, keys: str) -> None:
    view.setFocus()
    for key in keys:
        QTest.keyClick(view, key)


def test_that_digits_judge_and_go_on_and_the_usual_scale_comes_with_the_first(matrix, session):
    assert session.organisation.all(ImpactScale) == ()
    press(matrix.view, "0012")
    assert len(session.organisation.all(ImpactScale)) == 1
    held = cells_of(function(session))
    assert [held["persons", after].grade for after in (60, 240, DAY, 3 * DAY)] == [0, 0, 1, 2]
    assert matrix.view.currentIndex().column() == 4
    press(matrix.view, "3440")
    assert (matrix.view.currentIndex().row(), matrix.view.currentIndex().column()) == (1, 1)


def test_that_each_digit_is_one_step_back(matrix, session):
    press(matrix.view, "12")
    session.undo()
    assert [cell.grade for cell in function(session).impact] == [1]
    session.undo()
    assert function(session).impact == ()
    assert session.organisation.all(ImpactScale) == ()


def test_that_delete_takes_a_cell_away_and_other_keys_do_nothing(matrix, session):
    press(matrix.view, "1")
    QTest.keyClick(matrix.view, Qt.Key.Key_Left)
    press(matrix.view, "9x")
    assert len(function(session).impact) == 1
    QTest.keyClick(matrix.view, Qt.Key.Key_Delete)
    assert function(session).impact == ()


def test_that_words_are_kept_with_their_cell(matrix, session):
    press(matrix.view, "2")
    QTest.keyClick(matrix.view, Qt.Key.Key_Left)
    QTest.keyClick(matrix.view, Qt.Key.Key_Return)
    QTest.keyClicks(matrix.words, "Ingen hyra")
    QTest.keyClick(matrix.words, Qt.Key.Key_Return)
    assert function(session).impact[0].words == "Ingen hyra"
    assert function(session).impact[0].grade == 2


def test_that_the_proposal_is_said_and_taken(matrix, session):
    press(matrix.view, "0013444")
    assert "3" in matrix.card.proposal.text()
    assert "människor och försörjning" in matrix.card.proposal.text()
    assert matrix.card.accept.isVisible()
    QTest.mouseClick(matrix.card.accept, Qt.MouseButton.LeftButton)
    assert function(session).mtpd == 3 * DAY == proposed_mtpd(function(session), session.scale()).minutes
    assert not matrix.card.accept.isVisible()
    assert "inom tre dygn" in matrix.class_.text()


def test_that_another_mtpd_keeps_its_reason(matrix, session):
    press(matrix.view, "0013444")
    for name, typed in (("mtpd", "1 d"), ("mtpd_reason", "Betaldag")):
        editor = matrix.card.rows[name].editor
        editor.setText(typed)
        editor.setModified(True)
        editor.take()
    assert (function(session).mtpd, function(session).mtpd_reason) == (DAY, "Betaldag")
    assert not [p for p in session.check() if p.code.startswith("mtpd-")]


def test_that_rto_and_catching_up_are_added_up(matrix, session):
    for name, typed in (("mtpd", "8 h"), ("rto", "6 h"), ("wrt", "3 h")):
        matrix.card.rows[name].editor.setText(typed)
        matrix.card.rows[name].editor.take()
    assert "längre än MTPD" in matrix.card.sum.text()
    assert matrix.card.sum.property("role") == "problem"


def test_that_a_row_is_copied_to_other_functions_as_one_step(window, reference_session):
    page = opened(window, reference_session, MatrixPage)
    organisation = reference_session.organisation
    source, target = organisation.find("function", "F-PAY"), organisation.find("function", "F-COMM")
    page.reveal(source.id)
    page.copy_row(["persons"], [target.id])
    grades = [c.grade for c in organisation.get(target.id).impact if c.impact == "persons"]
    assert grades == [c.grade for c in source.impact if c.impact == "persons"]
    reference_session.undo()
    assert organisation.get(target.id).impact == target.impact


def test_that_the_dialog_tells_which_functions_are_ticked(qtbot, qapp, reference):
    functions = reference.all(Function)
    dialog = CopyDialog("Förtroende", functions)
    qtbot.addWidget(dialog)
    dialog.list.item(1).setCheckState(Qt.CheckState.Checked)
    assert dialog.chosen() == [functions[1].id]


def test_that_cells_are_read_aloud_with_their_words(window, reference_session):
    page = opened(window, reference_session, MatrixPage)
    page.reveal(reference_session.organisation.find("function", "F-PAY").id)
    model = page.view.matrix
    aloud = model.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole).replace("\u00a0", " ")
    assert aloud.startswith("Människor och försörjning efter 1 d: 2 Märkbar. Missas en betaldag")


def test_that_keys_answer_the_pre_analysis(window, session):
    page = opened(window, session, QuickPage)
    page.table.setFocus()
    for _question in session.scale().questions:
        QTest.keyClick(page.table, "n")
    assert verdict(function(session), session.scale()) == "spared"
    page.table.setCurrentIndex(page.table.quick.index(0, 1))
    QTest.keyClick(page.table, "j")
    assert verdict(function(session), session.scale()) == "full"
    assert page.sum.text() == "1 behöver full analys, 0 gör det inte, 0 är öppna."
    page.table.setCurrentIndex(page.table.quick.index(0, 1))
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert verdict(function(session), session.scale()) == "open"


def test_that_the_roll_up_is_shown_with_where_each_figure_comes_from(window, reference_session, qtbot):
    page = opened(window, reference_session, RollUpPage)
    qtbot.waitUntil(lambda: page.table.numbers.rowCount() > 100, timeout=10_000)
    paying = reference_session.organisation.find("resource", "R-PAYSYS")
    assert page.reveal(paying.id)
    said = page.why.text()
    assert "Verkställa egna utbetalningar → Betalsystem" in said
    assert "Betalsystem → Beslutsregister → Stordator (äldsta kärnan) → Datahall 1 (norr)" in said
    page.gaps.click()
    gaps = page.table.numbers.rowCount()
    page.functions.click()
    assert 0 < page.table.numbers.rowCount() < gaps < 100


def test_that_an_edit_is_rolled_up_anew(window, reference_session, qtbot):
    page = opened(window, reference_session, RollUpPage)
    qtbot.waitUntil(lambda: page.rolled is not None, timeout=10_000)
    before = page.rolled
    from continuity.model.edits import amend

    one = reference_session.organisation.find("function", "F-PAY")
    window.desk.edit(amend(one, rto=60))
    qtbot.waitUntil(lambda: page.rolled is not before, timeout=10_000)
    assert page.rolled.of(one.id).needed.minutes == 60


def test_that_an_owner_signs_and_the_sign_off_falls_stale(window, reference_session, qtbot):
    page = opened(window, reference_session, EvidencePage)
    qtbot.waitUntil(lambda: page.table.numbers.rowCount() > 0, timeout=10_000)
    one = reference_session.organisation.find("function", "F-CONSCRIPT")
    page.table.setCurrentIndex(page.table.numbers.index(page.table.numbers.row_of(one.id), 0))
    assert "ändrad sedan dess" in page.state.text()
    page.sign_off(today=dt.date(2026, 11, 26))
    one = reference_session.organisation.get(one.id)
    assert signed(reference_session.organisation, one) == "signed"
    assert one.signed_on == dt.date(2026, 11, 26)


def test_that_a_figure_is_given_a_source_of_its_own(window, reference_session, qtbot):
    page = opened(window, reference_session, EvidencePage)
    qtbot.waitUntil(lambda: page.table.numbers.rowCount() > 0, timeout=10_000)
    card = page.card
    figure, record = card.figure, card.record
    editor = card._rows["source"].editor
    editor.setText("Mätning i november")
    editor.take()
    kept = {one.field: one.source for one in reference_session.organisation.get(record.id).estimates}
    assert kept[figure.field] == "Mätning i november"


@pytest.mark.parametrize("ending", ["pdf", "html"])
def test_that_the_interview_form_of_an_owner_is_written(window, reference_session, qtbot, tmp_path, ending):
    page = opened(window, reference_session, EvidencePage)
    qtbot.waitUntil(lambda: page.owners.count() > 1, timeout=10_000)
    role = reference_session.organisation.find("role", "O-PAYCHIEF")
    page.owners.setCurrentIndex(page.owners.findData(role.id))
    page._show_questions()
    assert page.form.isEnabled()
    target = tmp_path / f"betalchef.{ending}"
    page.write_form(target)
    qtbot.waitUntil(lambda: target.exists() and target.stat().st_size > 10_000, timeout=30_000)
    if ending == "html":
        text = target.read_text()
        assert "Verkställa egna utbetalningar" in text
        assert "Ägaren, står för det som sägs här" in text


def test_that_the_models_keep_the_rules_of_item_models(qtmodeltester, window, reference_session):
    page = opened(window, reference_session, MatrixPage)
    qtmodeltester.check(page.view.matrix)
    quick = QuickModel(page)
    quick.show(reference_session.organisation.all(Function), reference_session.scale())
    qtmodeltester.check(quick)


_FIVE = ("R-PAYSYS", "R-DB", "R-SIGN", "R-DNS", "R-PKI")


def swing(record: str, confidence: str, people: float):
    """A figure whose two ends lie so many people apart."""
    return SimpleNamespace(record=record, field="mttf", confidence=confidence, span=(people, 0.0, 0.0))


def test_that_the_three_guesses_that_matter_most_are_named(window, reference_session, qtbot, monkeypatch):
    page = opened(window, reference_session, EvidencePage)
    organisation = reference_session.organisation
    ids = [
        organisation.find("resource", code).id for code in ("R-PAYSYS", "R-DB", "R-SIGN", "R-DNS", "R-PKI")
    ]
    known = ("guess", "measured", "", "invented", "guess")
    swings = [swing(one, how, 500 - 100 * n) for n, (one, how) in enumerate(zip(ids, known, strict=True))]
    scenario = organisation.all(Scenario)[0].id
    answer = SimpleNamespace(swings=swings, meta=SimpleNamespace(scenario=scenario))
    asked = []

    def start(request):
        asked.append(request.scenario)
        events = queue.SimpleQueue()
        for event in (Step(1, 2), Done(answer)):
            events.put(event)
        return SimpleNamespace(events=events, cancel=lambda: None)

    monkeypatch.setattr(reference_session, "start_tornado", start)
    QTest.mouseClick(page.weightiest.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.weightiest.handle is None, timeout=5000)
    lines = page.weightiest.told.text().splitlines()
    assert asked == [scenario]
    assert len(lines) == 4
    assert lines[1].startswith("Betalsystem, medeltid mellan egna fel: 500")
    assert not any("Databas" in line for line in lines)  # measured, not guessed


def test_that_the_search_for_them_can_be_stopped(window, reference_session, monkeypatch):
    page = opened(window, reference_session, EvidencePage)
    stopped = []
    handle = SimpleNamespace(events=queue.SimpleQueue(), cancel=lambda: stopped.append(True))
    monkeypatch.setattr(reference_session, "start_tornado", lambda request: handle)
    page.weightiest.turn()
    assert page.weightiest.handle is handle
    page.weightiest.turn()
    assert stopped == [True]
    assert page.weightiest.told.text() == ""
