"""Weak points, and sets of measures, in the real window: worked out in the background, told in words."""

import pytest
from builders import Builder, fixed
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from continuity.model.edits import Add, Group
from continuity.model.kinds import Gap
from continuity.model.values import Change, PayDay
from continuity.session import Session
from ui.panels.measures.budget_page import BudgetPage

HOUR, DAY = 60, 1440
_PATIENCE = 120_000  # the engine may have to be compiled


def small() -> Builder:
    """A hall and a network stop two streams; one measure for each, and one that contradicts the first."""
    b = Builder()
    b.add("agency", "AG", name="Agency", priority_decided_by="Head of payments")
    for code in ("HALL", "NET"):
        b.resource(code, name=code.title())
    b.function("PAY", name="Pay", mbco=500, rto=DAY, mtpd=2 * DAY)
    b.need("PAY", "HALL", code="N-HALL", confidence="guess", autonomy=HOUR)
    b.need("PAY", "NET", code="N-NET")
    b.scenario("X", name="Two blows", horizon_days=10)
    for code, chance in (("HALL", 0.6), ("NET", 0.4)):
        b.event("X", elements=[code], probability=chance, offset=4 * DAY, duration=fixed(3 * DAY))
    b.add("stream", "S", name="Support", payees=1000, amount=10, livelihood="sole", pay_days=(PayDay(day=5),))
    b.add("stage", "T", stream="S", element="PAY", opens_at=8 * HOUR, work=60, reaches="usable")
    for code, need, minutes, once in (
        ("M-HALL", "N-HALL", 5 * DAY, 200),
        ("M-NET", "N-NET", 5 * DAY, 100),
        ("M-LESS", "N-HALL", 2 * HOUR, 10),
    ):
        longer = Change(kind="need", target=need, values={"autonomy": minutes})
        b.add("measure", code, name=f"Measure {code}", changes=(longer,), cost_once=once)
    return b


@pytest.fixture
def desk(window):
    """The window with a small agency and the real session."""
    session = Session.create(None, lang="en")
    records = [Add(record) for record in small().records.values()]
    session.edit(Group("create", tuple(records)))
    window.documents.take(session)
    return window


def worked_out(qtbot, job, press=True):
    if press:
        QTest.mouseClick(job.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not job.busy, timeout=_PATIENCE)


def test_that_drivers_are_told_with_a_table_and_lead_to_their_record(desk, qtbot):
    desk.open_workspace("weak")
    page = desk.pages.made["weak"]
    worked_out(qtbot, page.current.job)
    swings = page.current.chart.swings
    assert [swing.name for swing in swings] == ["Hall", "Net"]
    assert "Hall" in page.current.lead.text()
    assert page.current.chart.numbers().keys[0] == swings[0].key
    QTest.keyClick(page.current.chart, Qt.Key.Key_Right)
    QTest.keyClick(page.current.chart, Qt.Key.Key_Return)
    assert desk.desk.selection == (swings[0].key,)


def test_that_every_question_about_weak_points_gets_an_answer_in_words(desk, qtbot):
    desk.open_workspace("weak")
    page = desk.pages.made["weak"]
    for place in range(page.tabs.count()):
        page.tabs.setCurrentIndex(place)
        asked = page.current.lead.text()
        worked_out(qtbot, page.current.job)
        assert page.current.answer is not None, page.current.job.told.text()
        assert page.current.lead.text() not in ("", asked)
    achieved = page.current
    worked_out(qtbot, achieved.date_job)
    (row,) = achieved.begins.rows
    holds = dict(zip(achieved.begins.columns, (cell.state for cell in row.cells), strict=True))
    assert set(holds.values()) <= {"full", "lost"}
    assert len(holds) == 10  # ten days before, its due hour is beyond the run


def test_that_an_analysis_can_be_stopped_and_an_edit_makes_it_stale(desk, qtbot):
    desk.open_workspace("weak")
    page = desk.pages.made["weak"]
    page.turn()
    page.stop()
    assert not page.current.job.busy
    assert page.current.answer is None
    worked_out(qtbot, page.current.job)
    assert page.current.stale.isHidden()
    hall = page.session.organisation.find("resource", "HALL")
    desk.desk.remove((page.session.organisation.find("measure", "M-LESS").id,))
    assert not page.current.stale.isHidden()
    assert hall is not None


def test_that_sets_are_compared_side_by_side(desk, qtbot):
    desk.open_workspace("measures")
    page = desk.pages.made["measures"]
    sets, organisation = page.sets, page.session.organisation
    hall, net = (organisation.find("measure", code).id for code in ("M-HALL", "M-NET"))
    for row in list(sets.rows):
        sets.remove_set(row)
    for chosen in ((hall,), (hall, net)):
        sets.add_set(chosen)
    worked_out(qtbot, sets.job)
    assert len(sets.chart.swings) == 2
    assert sets.lead.text()
    assert sets.table.table.numbers.numbers.text(2, 0).endswith("B")
    assert len(sets.pairs.table.numbers.numbers.rows) == 1


def test_that_measures_that_contradict_each_other_are_refused_in_words_before_the_run(desk, qtbot):
    desk.open_workspace("measures")
    page = desk.pages.made["measures"]
    for row in list(page.sets.rows):
        page.sets.remove_set(row)
    page.sets.add_set(
        tuple(page.session.organisation.find("measure", code).id for code in ("M-HALL", "M-LESS"))
    )
    worked_out(qtbot, page.sets.job)
    assert page.sets.answer is None
    assert "M-LESS" in page.sets.job.told.text()


@pytest.fixture
def budget(desk) -> BudgetPage:
    desk.open_workspace("measures")
    desk.pages.made["measures"].tabs.setCurrentIndex(2)
    return desk.pages.made["measures"].budget


def test_that_the_best_set_is_found_told_and_sent_to_gaps_as_one_step(desk, budget, qtbot):
    budget.budget.setText("250")
    worked_out(qtbot, budget.job)
    assert [swing.name for swing in budget.bought.swings] == ["Measure M-HALL"], budget.job.told.text()
    assert "Head of payments" in budget.order.text()
    assert budget.sure.text()
    assert any(point.best for point in budget.frontier.points)
    assert len(budget.others.table.numbers.numbers.rows) == 4
    session = budget.desk.session
    before = len(session.organisation.all(Gap))
    QTest.mouseClick(budget.send.go, Qt.MouseButton.LeftButton)
    (gap,) = session.organisation.all(Gap)
    assert session.organisation.get(gap.measure).code == "M-HALL"
    assert "Measure M-HALL" in gap.note
    QTest.mouseClick(budget.send.go, Qt.MouseButton.LeftButton)
    assert len(session.organisation.all(Gap)) == 1  # it stands there already
    budget.desk.undo()
    assert len(session.organisation.all(Gap)) == before


def test_that_a_budget_that_fits_nothing_is_said(budget, qtbot):
    budget.budget.setText("5")
    worked_out(qtbot, budget.job)
    assert budget.answer is None
    assert "Measure M-LESS" in budget.job.told.text()
    budget.scenarios.rows[0].weight.setText("much")
    worked_out(qtbot, budget.job)
    assert "much" in budget.job.told.text()
