"""Results: running with progress, stopping, what a run says, earlier runs, staleness."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from continuity.model.edits import amend
from continuity.model.kinds import Function, Measure, Stream
from continuity.simulation.events import Failed, Progress
from continuity.simulation.request import RunRequest
from tests.ui.testing_window import board, opened, ran
from ui.panels.results.breaches_page import BreachesPage
from ui.panels.results.causes_page import CausesPage
from ui.panels.results.functions_page import FunctionsPage
from ui.panels.results.payments_page import PaymentsPage
from ui.panels.results.runs_page import RunsPage
from ui.panels.results.summary import SummaryPage


@pytest.fixture
def page(window, reference):
    made = opened(window, reference, "results")
    made.form.show_scenario(reference.find("scenario", "S05").id)
    return made


@pytest.fixture
def compared(page, window, qtbot, reference):
    """The page with a comparison of a lost data hall without and with three measures."""
    page.form.measures.show_chosen(tuple(m.id for m in reference.all(Measure) if m.changes)[:3])
    ran(qtbot, board(window), page.form.ask)
    return page


def tab(page, kind):
    found = next(one for one in page.pages if isinstance(one, kind))
    page.tabs.setCurrentWidget(found)
    return found


def column(numbers, title: str) -> list[str]:
    place = [t.text for t in numbers.titles].index(title)
    return [numbers.text(row, place) for row in range(len(numbers.rows))]


# --- running --------------------------------------------------------------------------------------


def test_that_nothing_is_claimed_before_a_run(page):
    assert page.empty.isVisible()
    assert not page.tabs.isVisible()


def test_that_a_run_shows_progress_can_be_stopped_and_leaves_earlier_results(page, window, qtbot):
    session, runs = window.desk.session, board(window)
    ran(qtbot, runs, page.form.ask)
    earlier = runs.outcome
    session.instant = False
    QTest.mouseClick(page.form.go, Qt.MouseButton.LeftButton)
    assert page.form.progress.isVisible()
    assert not page.form.go.isEnabled()
    session.handles[-1].events.put(Progress(400, 1000))
    qtbot.waitUntil(lambda: page.form.progress.bar.value() == 400)
    assert "400 av 1\u00a0000" in page.form.progress.count.text()
    QTest.mouseClick(page.form.progress.stop, Qt.MouseButton.LeftButton)
    assert session.handles[-1].cancelled
    qtbot.waitUntil(lambda: not runs.busy)
    assert not page.form.progress.isVisible()
    assert runs.outcome is earlier
    assert "stoppades" in window.toast.text


def test_that_escape_stops_a_run(page, window, qtbot):
    window.desk.session.instant = False
    page.form.ask()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.form.scenario.setFocus()
    QTest.keyClick(page.form.scenario, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not board(window).busy)


def test_that_a_refused_run_says_why(page, window, qtbot):
    from continuity.model.problems import Problem

    window.desk.session.instant = False
    page.form.ask()
    window.desk.session.handles[-1].events.put(Failed((Problem("no-start", kind="scenario"),)))
    qtbot.waitUntil(lambda: not board(window).busy)
    assert window.toast.text


def test_that_the_request_says_what_was_chosen(page, window, qtbot, reference):
    page.form.date.show_value(dt.date(2027, 2, 28))
    page.form.times.show_number(300)
    ran(qtbot, board(window), page.form.ask)
    request = window.desk.session.handles[-1].request
    assert request == RunRequest(
        reference.find("scenario", "S05").id, start=dt.date(2027, 2, 28), replications=300
    )


def test_that_only_one_run_goes_on_at_a_time(page, window):
    window.desk.session.instant = False
    page.form.ask()
    assert not board(window).start(RunRequest(page.form.scenario.key))
    assert len(window.desk.session.handles) == 1


# --- what it says ---------------------------------------------------------------------------------


def test_that_people_in_need_come_first_in_plain_words(compared):
    summary = tab(compared, SummaryPage)
    assert summary.sentence.text().startswith("Utan åtgärder väntar 559\u00a0000 människor i behov")
    assert summary.second.text().startswith("Egna förmåner i tid:")
    numbers = summary.figures.table.numbers.numbers
    assert column(numbers, "Mått")[0] == "Människor i behov"
    assert len(numbers.titles) == 5
    assert summary.differences.isVisible()
    assert len(summary.last.table.numbers.numbers.rows) > 0


def test_that_the_level_of_every_function_is_drawn_the_worst_first(compared, reference):
    functions = tab(compared, FunctionsPage)
    courses = functions.rows.courses
    assert len(courses) == len(reference.all(Function))
    breaches = [course.breach for course in courses]
    assert breaches == sorted(breaches, reverse=True)
    assert functions.course.other  # the side without measures, thin
    described = functions.rows.accessibleDescription()
    assert all(course.name in described for course in courses)


def test_that_a_function_is_chosen_by_click_and_read_by_keyboard(compared, window):
    functions = tab(compared, FunctionsPage)
    mark = functions.rows.marks[1]
    QTest.mouseClick(functions.rows, Qt.MouseButton.LeftButton, pos=mark.rect.center().toPoint())
    assert functions.chosen == mark.key
    assert window.desk.selection == (mark.key,)
    functions.course.setFocus()
    QTest.keyClick(functions.course, Qt.Key.Key_Right)
    assert "typiskt" in functions.course.reading()


def test_that_every_picture_has_its_table_and_can_be_copied(compared):
    functions = tab(compared, FunctionsPage)
    box = functions.rows_box
    QTest.mouseClick(box.switch, Qt.MouseButton.LeftButton)
    assert box.table.isVisible()
    assert not box.picture.isVisible()
    assert box.table.numbers.rowCount() == len(functions.rows.courses)
    QTest.mouseClick(box.copy, Qt.MouseButton.LeftButton)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == len(functions.rows.courses) + 1
    assert lines[0].split("\t")[0] == "Funktion"


def test_that_payments_show_the_share_with_its_fallback_part(compared):
    payments = tab(compared, PaymentsPage)
    numbers = payments.box.table.numbers.numbers
    late = len(numbers.rows)
    assert 0 < late < len(compared.board.result.pay_days)
    bars = [numbers.cell(row, 3).picture for row in range(late)]
    assert any(bar.extra > 0 for bar in bars)
    assert all(bar.low is not None for bar in bars)
    payments.only_late.setFocus()
    QTest.keyClick(payments.only_late, Qt.Key.Key_Space)
    assert payments.box.table.numbers.rowCount() == len(compared.board.result.pay_days)


def test_that_a_late_payment_says_why(compared):
    compared.board.show_side(False)
    payments = tab(compared, PaymentsPage)
    payments.box.table.setCurrentIndex(payments.box.table.numbers.index(0, 0))
    assert "är sen därför att: Datahall 1 (norr) är utslagen" in payments.why.text()


def test_that_breaches_have_probability_interval_and_time(compared):
    breaches = tab(compared, BreachesPage)
    numbers = breaches.box.table.numbers.numbers
    cell = numbers.cell(0, 2)
    assert cell.picture.low < cell.picture.value < cell.picture.high
    assert "95 %-intervall" in cell.tip
    assert numbers.text(0, 3).startswith("T + ")
    shares = [numbers.cell(row, 2).value for row in range(len(numbers.rows))]
    assert shares == sorted(shares, reverse=True)


def test_that_causes_are_gathered_over_all_that_they_stop(compared):
    causes = tab(compared, CausesPage)
    numbers = causes.box.table.numbers.numbers
    first = column(numbers, "Vad som hände")
    assert len(first) == len(set(first))
    assert any("Datahall 1 (norr) är utslagen" in text for text in first)
    assert any("funktioner" in text for text in column(numbers, "Stoppar"))


def test_that_the_side_switch_changes_every_page(compared, window):
    payments = tab(compared, PaymentsPage)
    numbers = payments.box.table.numbers.numbers
    with_ = [numbers.cell(row, 3).value for row in range(len(numbers.rows))]
    QTest.mouseClick(compared.side.without, Qt.MouseButton.LeftButton)
    numbers = payments.box.table.numbers.numbers
    without = [numbers.cell(row, 3).value for row in range(len(numbers.rows))]
    assert sum(without) < sum(with_)


# --- kept runs ------------------------------------------------------------------------------------


def test_that_runs_are_kept_and_shown_again(compared, window, qtbot):
    first = board(window).outcome
    compared.form.measures.show_chosen(())
    ran(qtbot, board(window), compared.form.ask)
    qtbot.waitUntil(lambda: len(window.desk.session.kept_runs) == 2)
    earlier = tab(compared, RunsPage)
    table = earlier.box.table
    assert table.numbers.rowCount() == 2
    table.setCurrentIndex(table.numbers.index(1, 1))
    table.activated.emit(table.numbers.index(1, 1))
    assert board(window).outcome is first


def test_that_kept_runs_come_back_with_the_document(window, reference, qtbot):
    from tests.ui.results_builder import built

    page = opened(window, reference, "results")
    session = window.desk.session
    session.keep_run(built(session.organisation, RunRequest(reference.find("scenario", "S05").id)))
    window.desk.take(None)
    window.documents.take(session)
    window.open_workspace("results")
    qtbot.waitUntil(lambda: board(window).outcome is not None)
    assert page.tabs.isVisible()
    assert page.form.scenario.text().startswith("S05")


def test_that_a_stale_result_says_so_until_it_is_run_again(compared, window, qtbot, reference):
    runs = board(window)
    session = window.desk.session
    session.stale.add(runs.result.meta.id)
    stream = reference.all(Stream)[0]
    window.desk.edit(amend(stream, payees=stream.payees + 1))
    qtbot.waitUntil(compared.stale.isVisible, timeout=4000)
    ran(qtbot, runs, lambda: QTest.mouseClick(compared.stale.again, Qt.MouseButton.LeftButton))
    qtbot.waitUntil(lambda: not compared.stale.isVisible())


def test_that_a_run_of_another_document_is_forgotten(compared, window, reference):
    opened(window, reference, "results")
    assert board(window).outcome is None
    assert compared.empty.isVisible()
