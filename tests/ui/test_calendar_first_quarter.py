"""The newcomer's first quarter of an hour, with the engine: who is unpaid, why, and what helps."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from continuity.model.kinds import Measure
from tests.ui.testing_window import board

THE_25TH = dt.date(2027, 2, 25)
_LONG = 180_000  # milliseconds: the engine may have to be compiled first


@pytest.fixture
def page(window, reference_session):
    window.documents.take(reference_session)
    window.open_workspace("calendar")
    return window.pages.made["calendar"]


def run(page, qtbot) -> None:
    runs = page.board
    before = len(runs.outcomes)
    QTest.mouseClick(page.what_if.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(runs.outcomes) > before and not runs.busy, timeout=_LONG)


def said(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_that_the_first_quarter_of_an_hour_works_in_a_few_clicks(page, window, qtbot):
    # The data hall is lost on the 23rd: who is unpaid on the 25th, and why?
    run(page, qtbot)
    assert page.month.date == THE_25TH
    lost_on_the_23rd = page.calendar.day(THE_25TH)
    assert lost_on_the_23rd.share < 0.9
    assert "Datahall 1 (norr) är utslagen" in said(page.day)
    # The same on the 28th, compare.
    page.what_if.date.setFocus()
    page.what_if.date.selectAll()
    QTest.keyClicks(page.what_if.date, "2027-02-28")
    QTest.keyClick(page.what_if.date, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.board.outcomes) == 2 and not page.board.busy, timeout=_LONG)
    assert page.calendar.day(THE_25TH).share is None
    first, second = (o.headline.in_need_unpaid.mean for o in reversed(page.board.outcomes))
    assert second < first / 5
    assert [("23" in c.text(), "28" in c.text()) for c in page.what_if.chips] == [
        (True, False),
        (False, True),
    ]
    # Back to the 23rd with one measure on.
    QTest.mouseClick(page.what_if.chips[0], Qt.MouseButton.LeftButton)
    mirror = window.desk.session.organisation.find("measure", "M-MIRROR")
    assert isinstance(mirror, Measure)
    page.what_if.measures.show_chosen((mirror.id,))
    run(page, qtbot)
    assert board(window).other is not None
    assert "Utan åtgärder väntar" in page.what_if.answer.text()
    with_measure = page.calendar.day(THE_25TH).share
    QTest.mouseClick(page.what_if.side.without, Qt.MouseButton.LeftButton)
    assert page.calendar.day(THE_25TH).share < with_measure
    # The decision sheet for the 25th, ready to be printed.
    card = next(card for card in page.day.cards if card.stream.code == "B-SICK")
    QTest.mouseClick(card.sheet, Qt.MouseButton.LeftButton)
    plans = window.pages.made["plans"]
    qtbot.waitUntil(lambda: plans.names.code == "sheet/B-SICK/2027-02-25", timeout=_LONG)
    qtbot.waitUntil(lambda: bool(plans.pages.sheets), timeout=_LONG)


def test_that_the_loss_of_one_element_is_run_by_the_engine(page, qtbot, window):
    page.what_if._on_picked(window.desk.session.organisation.find("resource", "R-PAYSYS").id)
    run(page, qtbot)
    assert "Betalsystem förloras" in page.what_if.answer.text()
    assert page.calendar.day(THE_25TH).share < 1
