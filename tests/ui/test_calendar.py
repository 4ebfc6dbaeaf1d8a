"""The pay calendar: pay days as leaves, the question above, the answers day by day."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from continuity.model.edits import amend
from continuity.model.kinds import Measure, Scenario, Stream
from tests.ui.testing_window import board, opened, ran
from ui.charts.numbers import NumbersTable
from ui.panels.calendar.month import MonthModel
from ui.runs.choosers import CheckList
from ui.runs.said import LOSS

FEBRUARY, THE_25TH = dt.date(2027, 2, 1), dt.date(2027, 2, 25)


@pytest.fixture
def page(window, reference):
    return opened(window, reference, "calendar")


def labels(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def click_day(page, date: dt.date) -> None:
    index = page.month.grid.days.index_of(date)
    QTest.mouseClick(
        page.month.grid.viewport(), Qt.MouseButton.LeftButton, pos=page.month.grid.visualRect(index).center()
    )


def set_date(page, date: dt.date) -> None:
    field = page.what_if.date
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, date.isoformat())
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_that_it_opens_on_the_month_of_the_example_with_its_start_marked(page):
    assert page.month.month == FEBRUARY
    assert page.what_if.choose.text() == "S05 Egen datahall förlorad"
    assert page.what_if.date.date == dt.date(2027, 2, 23)
    start = page.month.grid.days.data(
        page.month.grid.days.index_of(dt.date(2027, 2, 23)), Qt.ItemDataRole.AccessibleTextRole
    )
    assert "Avbrottet börjar 08:00" in start


def test_that_a_day_says_who_is_paid_how_many_and_how_much(page, reference):
    told = page.month.grid.days.data(
        page.month.grid.days.index_of(THE_25TH), Qt.ItemDataRole.AccessibleTextRole
    )
    assert told.startswith("torsdag 25 februari 2027")
    names = {reference.get(p.stream).name for p in page.calendar.day(THE_25TH).pay}
    assert all(name in told for name in names)
    assert "Underhållsstöd" in names
    assert f"{sum(p.payees for p in page.calendar.day(THE_25TH).pay):,}".replace(",", "\u00a0") in told


def test_that_a_click_on_a_day_lists_its_streams_with_hours_and_fallbacks(page):
    click_day(page, THE_25TH)
    assert page.month.date == THE_25TH
    assert {card.stream.code for card in page.day.cards} >= {"B-MAINT", "B-SICK", "B-PARENT"}
    card = next(card for card in page.day.cards if card.stream.code == "B-MAINT")
    QTest.mouseClick(card.arrow, Qt.MouseButton.LeftButton)
    said = labels(card)
    assert "Reservrutiner, i angiven ordning" in said
    assert "beslut senast" in said
    assert "✗ Vardag" in said
    assert "✓ Krig" in said
    stages = card.more.findChild(NumbersTable).numbers.numbers
    sent = next(row for row in range(len(stages.rows)) if stages.text(row, 0) == "Sänd filen till banken")
    assert any(text.startswith("tis 23") and text.endswith("15:00") for text in cells(stages, sent))


def cells(numbers, row: int) -> list[str]:
    return [numbers.text(row, column) for column in range(len(numbers.titles))]


def test_that_a_fallback_says_why_it_is_refused(page):
    click_day(page, THE_25TH)
    card = next(card for card in page.day.cards if card.stream.code == "B-SICK")
    card.open(True)
    said = labels(card)
    assert "✗" in said
    assert "ett sådant läge" in said or "krig" in said.lower()


def test_that_keys_move_by_day_week_and_month(page):
    page.month.grid.setFocus()
    page.choose(THE_25TH)
    QTest.keyClick(page.month.grid, Qt.Key.Key_Left)
    assert page.month.date == dt.date(2027, 2, 24)
    QTest.keyClick(page.month.grid, Qt.Key.Key_Down)
    assert page.month.date == dt.date(2027, 3, 3)
    assert page.month.month == dt.date(2027, 3, 1)
    QTest.keyClick(page.month.grid, Qt.Key.Key_PageUp)
    assert page.month.month == FEBRUARY
    for _ in range(14):
        QTest.keyClick(page.month.grid, Qt.Key.Key_PageDown)
    assert page.month.month == dt.date(2028, 4, 1)
    assert page.month.strip.months[-1][0] == dt.date(2028, 4, 1)


def test_that_a_run_shows_who_is_unpaid_and_why(page, window, qtbot):
    ran(qtbot, board(window), lambda: QTest.mouseClick(page.what_if.go, Qt.MouseButton.LeftButton))
    day = page.calendar.day(THE_25TH)
    assert day.share < 1
    assert page.month.date == THE_25TH
    assert "människor i behov väntar" in page.what_if.answer.text()
    assert "får inte betalt den här dagen" in labels(page.day)
    assert "Datahall 1 (norr) är utslagen" in labels(page.day)
    told = page.month.grid.days.data(
        page.month.grid.days.index_of(THE_25TH), Qt.ItemDataRole.AccessibleTextRole
    )
    assert "får betalt i tid" in told


def test_that_another_day_runs_it_again_and_keeps_both_answers(page, window, qtbot):
    runs = board(window)
    ran(qtbot, runs, page.run)
    ran(qtbot, runs, lambda: set_date(page, dt.date(2027, 2, 28)))
    assert len(runs.outcomes) == 2
    assert page.calendar.day(THE_25TH).share is None  # before the start
    assert len(page.what_if.chips) == 2
    first = next(chip for chip in page.what_if.chips if "23" in chip.text())
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert page.calendar.day(THE_25TH).share < 1
    assert page.what_if.date.date == dt.date(2027, 2, 23)


def test_that_measures_are_compared_on_the_calendar(page, window, qtbot, reference):
    measure = reference.find("measure", "M-MIRROR")
    assert isinstance(measure, Measure)
    page.what_if.measures.open()
    popup = page.what_if.measures.findChild(CheckList)
    row = next(i for i in range(popup.list.count()) if popup.list.item(i).text() == measure.name)
    popup.list.setCurrentRow(row)
    QTest.keyClick(popup.list, Qt.Key.Key_Space)
    popup.close()
    assert page.what_if.measures.chosen == (measure.id,)
    ran(qtbot, board(window), page.run)
    with_ = page.calendar.day(THE_25TH).share
    QTest.mouseClick(page.what_if.side.without, Qt.MouseButton.LeftButton)
    assert page.calendar.day(THE_25TH).share < with_


def test_that_the_loss_of_one_element_becomes_a_scenario_that_can_be_undone(page, window, qtbot):
    session = window.desk.session
    lost = session.organisation.find("resource", "R-PAYSYS")
    page.what_if._on_picked(lost.id)
    assert page.what_if.duration.isVisible()
    ran(qtbot, board(window), page.run)
    scenario = session.organisation.find("scenario", f"{LOSS}R-PAYSYS")
    assert isinstance(scenario, Scenario)
    assert scenario.start.on_or_after == dt.date(2027, 2, 23)
    assert session.handles[-1].request.scenario == scenario.id
    ran(qtbot, board(window), lambda: set_date(page, dt.date(2027, 2, 28)))
    assert len([s for s in session.organisation.all(Scenario) if s.code.startswith(LOSS)]) == 1
    session.undo()
    session.undo()
    assert session.organisation.find("scenario", f"{LOSS}R-PAYSYS") is None


def test_that_an_edit_of_a_stream_is_seen_at_once(page, window, reference):
    stream = next(s for s in reference.all(Stream) if s.code == "B-MAINT")
    window.desk.edit(amend(stream, name="Underhåll åt barn"))
    told = page.month.grid.days.data(
        page.month.grid.days.index_of(THE_25TH), Qt.ItemDataRole.AccessibleTextRole
    )
    assert "Underhåll åt barn" in told


def test_that_an_empty_document_shows_a_month_without_leaves(window):
    from continuity.model.organisation import Organisation

    page = opened(window, Organisation("00000000-0000-4000-8000-000000000000"), "calendar")
    assert page.month.grid.days.rowCount() >= 4
    assert not page.what_if.go.isEnabled()
    assert not page.day.cards


def test_that_the_decision_sheet_of_a_late_pay_day_is_asked_for(page, window, qtbot):
    click_day(page, THE_25TH)
    with qtbot.waitSignal(window.desk.wanted) as asked:
        card = next(card for card in page.day.cards if card.stream.code == "B-MAINT")
        card.sheet_wanted.emit("sheet/B-MAINT/2027-02-25")
    assert asked.args == ["plans", "sheet/B-MAINT/2027-02-25"]


def test_that_the_month_model_keeps_the_rules_of_item_models(qtmodeltester, page):
    model = MonthModel(page)
    model.show(page.calendar, FEBRUARY)
    qtmodeltester.check(model)


def test_that_enter_leads_from_a_day_into_its_cards(page):
    page.choose(THE_25TH)
    page.month.grid.setFocus()
    QTest.keyClick(page.month.grid, Qt.Key.Key_Return)
    assert page.day.cards[0].arrow.hasFocus()
