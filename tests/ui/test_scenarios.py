"""Scenarios: the ladder, the time line, what is hit, adding, copying, deleting, running."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from continuity.model.edits import amend
from continuity.model.kinds import Event, Scenario
from continuity.model.values import Law
from tests.ui.testing_window import board, opened
from ui.panels.scenarios.happening import begins, how_long, spread
from ui.panels.scenarios.targets import targets


@pytest.fixture
def page(window, reference):
    return opened(window, reference, "scenarios")


def scenario(page, code: str) -> Scenario:
    return page.session.organisation.find("scenario", code)


def show(page, code: str) -> Scenario:
    found = scenario(page, code)
    page.show_scenario(found.id)
    return found


def press(page, action: str) -> None:
    QTest.mouseClick(page.sheet.buttons[action], Qt.MouseButton.LeftButton)


def test_that_scenarios_stand_on_the_ladder_of_strain(page, reference):
    rungs = [page.ladder.topLevelItem(i) for i in range(4)]
    assert [rung.text(0) for rung in rungs] == [
        "Vardag", "Svår fredstida kris", "Höjd beredskap", "Högsta beredskap eller krig",
    ]  # fmt: skip
    assert sum(rung.childCount() for rung in rungs) == len(reference.all(Scenario))
    assert "S17" in rungs[3].child(0).text(0)


def test_that_a_scenario_shows_its_start_decrees_source_and_events(page, reference):
    found = show(page, "S17")
    assert page.sheet.name.text() == "S17 Krig, egen ort trygg"
    facts = "\n".join(
        page.sheet.facts.itemAt(i).widget().findChildren(type(page.sheet.name))[1].text()
        for i in range(page.sheet.facts.count())
    )
    assert "måndag 15 februari 2027 04:00" in facts
    assert "Regeringens föreskrifter" in facts or "117" in facts
    assert len(page.sheet.chart.happenings) == len(reference.parts(found.id, Event))


def test_that_a_click_on_an_event_shows_what_it_hits_and_selects_it(page, window):
    show(page, "S05")
    mark = page.sheet.chart.marks[0]
    QTest.mouseClick(page.sheet.chart, Qt.MouseButton.LeftButton, pos=mark.rect.center().toPoint())
    assert page.event_id == mark.key
    assert window.desk.selection == (mark.key,)
    assert "träffar 1 element" in page.sheet.hit_title.text()


def test_that_the_keyboard_walks_through_the_events(page):
    show(page, "S17")
    page.sheet.chart.setFocus()
    QTest.keyClick(page.sheet.chart, Qt.Key.Key_Down)
    QTest.keyClick(page.sheet.chart, Qt.Key.Key_Down)
    QTest.keyClick(page.sheet.chart, Qt.Key.Key_Return)
    assert page.event_id == page.sheet.chart.happenings[1].key


def test_that_targets_follow_the_selectors(page, reference):
    events = reference.parts(scenario(page, "S17").id, Event)
    north = next(e for e in events if e.tags == ("grid",) and e.power_areas == ("EL-NORR",))
    assert [e.code for e in targets(reference, north)] == ["R-GRID-NORR"]
    everywhere = next(e for e in events if e.tags == ("grid",) and not e.power_areas)
    assert {e.code for e in targets(reference, everywhere)} == {"R-GRID-NORR", "R-GRID-MITT", "R-GRID-SYD"}


def test_that_an_edit_elsewhere_moves_the_bar(page, window):
    found = show(page, "S05")
    event = page.session.organisation.parts(found.id, Event)[0]
    window.desk.edit(amend(event, offset=600))
    assert page.sheet.chart.happenings[0].start == 600


def test_that_a_copy_has_its_own_events_that_wait_for_one_another(page):
    show(page, "S01")
    press(page, "duplicate")
    organisation = page.session.organisation
    copy = organisation.of(Scenario, page.scenario)
    assert copy.code != "S01"
    events = organisation.parts(copy.id, Event)
    assert len(events) == len(organisation.parts(scenario(page, "S01").id, Event))
    assert events[1].after == events[0].id


def test_that_a_scenario_and_an_event_are_added_and_deleted_again(page, window):
    before = len(page.session.organisation)
    QTest.mouseClick(page.add, Qt.MouseButton.LeftButton)
    assert page.sheet.name.text().endswith("Nytt scenario")
    press(page, "event")
    assert page.event_id
    assert window.desk.selection == (page.event_id,)
    press(page, "remove")
    assert not page.event_id
    assert page.session.organisation.parts(page.scenario, Event) == ()
    press(page, "remove")
    assert len(page.session.organisation) == before


def test_that_run_this_runs_it_and_shows_the_results(page, window, qtbot):
    found = show(page, "S08")
    press(page, "run")
    assert window.pages.current == "results"
    qtbot.waitUntil(lambda: board(window).outcome is not None)
    assert board(window).result.meta.scenario == found.id


def test_that_it_can_be_asked_on_the_pay_calendar(page, window):
    show(page, "S08")
    press(page, "calendar")
    assert window.pages.current == "calendar"
    assert window.pages.made["calendar"].what_if.choose.text().startswith("S08")


def test_that_an_empty_document_says_what_to_do(window):
    from continuity.model.organisation import Organisation

    page = opened(window, Organisation("00000000-0000-4000-8000-000000000000"), "scenarios")
    assert page.empty.isVisible()
    assert not page.sheet.isVisible()


@pytest.mark.parametrize(
    ("law", "ends"),
    [
        (Law(law="fixed", likely=240), (240, 240, 240)),
        (Law(law="uniform", low=60, high=180), (60, 120, 180)),
        (Law(law="pert", low=60, likely=90, high=600), (60, 90, 600)),
        (Law(law="exponential", mean=1000), (105, 693, 2303)),
        (Law(law="lognormal", median=100, p90=400), (25, 100, 400)),
        (Law(law="weibull", scale=1000, shape=1.0), (105, 693, 2303)),
    ],
)
def test_that_a_law_is_shown_by_its_ends_or_its_quantiles(law, ends):
    assert spread(law) == ends


def test_that_an_event_after_another_begins_when_that_one_is_over(page):
    found = scenario(page, "S05")
    organisation = page.session.organisation
    first, second = organisation.parts(found.id, Event)[:2]
    page.desk.edit(amend(first, duration=Law(law="fixed", likely=300), offset=60))
    page.desk.edit(amend(second, after=first.id, after_point="end", offset=30))
    assert begins(organisation, organisation.get(second.id)) == 390


def test_that_a_blank_law_says_that_the_repair_decides():
    event = Event(id="e", code="E", scenario="s", name="x")
    assert how_long(event) == "varar så länge som det träffade tar att reparera"
