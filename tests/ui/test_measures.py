"""Measures: tick, sum up, compare, what each changes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from continuity.model.edits import amend
from continuity.model.kinds import Measure
from tests.ui.testing_window import board, opened, ran
from ui.panels.measures.changes import changes_said
from ui.panels.measures.table import MeasureModel
from ui.runs.choosers import can_be_on


@pytest.fixture
def page(window, reference):
    return opened(window, reference, "measures")


def measure(page, code: str) -> Measure:
    return page.session.organisation.find("measure", code)


def tick(page, code: str) -> None:
    page.table.setFocus()
    assert page.table.choose(measure(page, code).id)
    QTest.keyClick(page.table, Qt.Key.Key_Space)


def test_that_decided_measures_come_first_and_what_is_in_place_cannot_be_ticked(page):
    statuses = [m.status for m in page.table.measures.measures]
    order = ["decided", "idea", "existing"]
    assert statuses == sorted(statuses, key=order.index)
    in_place = next(m for m in page.table.measures.measures if m.status == "existing")
    first = page.table.measures.index(page.table.measures.row_of(in_place.id), 0)
    assert not first.flags() & Qt.ItemFlag.ItemIsUserCheckable
    assert first.data(Qt.ItemDataRole.AccessibleTextRole).endswith("finns redan på plats")


def test_that_ticking_sums_up_what_it_costs(page):
    assert not page.go.isEnabled()
    tick(page, "M-MIRROR")
    tick(page, "M-BANK2")
    assert page.table.measures.chosen
    assert page.sum.text() == "2 åtgärder på: 67\u00a0mn\u00a0kr en gång, 23\u00a0mn\u00a0kr per år"
    assert page.go.isEnabled()
    tick(page, "M-BANK2")
    assert page.sum.text().startswith("1 åtgärd på")


def test_that_comparing_shows_differences_with_intervals(page, window, qtbot):
    tick(page, "M-MIRROR")
    page.show_scenario(page.session.organisation.find("scenario", "S05").id)
    ran(qtbot, board(window), lambda: QTest.mouseClick(page.go, Qt.MouseButton.LeftButton))
    request = window.desk.session.handles[-1].request
    assert request.compare
    assert request.measures == (measure(page, "M-MIRROR").id,)
    differences = page.gain.chart.differences
    assert [d.verdict for d in differences] == ["better"] * 4
    assert "färre" in differences[0].text
    assert "95 %" in differences[0].interval
    assert "bättre" in page.gain.chart.accessibleDescription()


def test_that_the_comparison_on_the_board_ticks_its_measures(page, window, qtbot):
    from continuity.simulation.request import RunRequest

    chosen = tuple(m.id for m in page.table.measures.measures if can_be_on(m))[:2]
    scenario = page.session.organisation.find("scenario", "S08").id
    ran(qtbot, board(window), lambda: board(window).start(RunRequest(scenario, chosen, compare=True)))
    assert set(page.table.measures.chosen) == set(chosen)
    assert page.scenario.text().startswith("S08")


def test_that_changes_are_told_from_what_to_what(page):
    said = changes_said(page.session.organisation, measure(page, "M-MIRROR"))
    assert (
        "Datahall 2 (syd) för ”Hall 1, återuppbyggnad i hall 2” hos Betalsystem: "
        "aktivering tar från 3\u00a0d till 2\u00a0h" in said
    )
    added = changes_said(page.session.organisation, measure(page, "M-GEN2"))
    assert added[0] == "Andra reservaggregatet, datahall 1 (planerat): i bruk från Nej till Ja"
    assert added[1].startswith("Nytt: Andra reservaggregatet, datahall 1 (planerat) försörjer")


def test_that_every_change_of_the_reference_agency_can_be_told(page):
    for one in page.session.organisation.all(Measure):
        for line in changes_said(page.session.organisation, one):
            assert line.strip()
            assert "{" not in line


def test_that_a_measure_taken_off_the_model_is_no_longer_on(page, window):
    tick(page, "M-BANK2")
    organisation = page.session.organisation
    window.desk.edit(organisation.removal([measure(page, "M-BANK2").id]))
    assert page.table.measures.chosen == ()
    assert not page.go.isEnabled()


def test_that_an_edit_is_seen_and_a_new_measure_chosen(page, window):
    window.desk.edit(amend(measure(page, "M-BANK2"), name="Bank nummer två"))
    names = [page.table.measures.index(r, 1).data() for r in range(page.table.measures.rowCount())]
    assert "Bank nummer två" in names
    QTest.mouseClick(page.add, Qt.MouseButton.LeftButton)
    assert page.name.text() == "Ny åtgärd"


def test_that_the_measure_model_keeps_the_rules_of_item_models(qtmodeltester, page):
    model = MeasureModel(page)
    model.show(page.session.organisation)
    qtmodeltester.check(model)
