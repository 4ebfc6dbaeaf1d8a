"""Scenarios shaped by hand: bars, targets, recovery, mends; combined, copied, begun on every day."""

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from continuity.model.edits import amend
from continuity.model.kinds import Event, Resource, Scenario
from continuity.model.laws import mean, quantile_of
from continuity.model.values import Law, ShapePoint
from ui.charts.law import density
from ui.charts.shape import ShapeChart
from ui.panels.scenarios.combine_dialog import CombineDialog
from ui.panels.scenarios.happening import stretched
from ui.panels.scenarios.library_dialog import LibraryDialog
from ui.panels.scenarios.sweep_dialog import SweepDialog

DAY = 1440


@pytest.fixture
def page(window, reference_session):
    window.documents.take(reference_session)
    window.open_workspace("scenarios")
    return window.pages.made["scenarios"]


def show(page, code: str) -> Scenario:
    found = page.session.organisation.find("scenario", code)
    page.show_scenario(found.id)
    return found


def events(page, scenario: Scenario) -> tuple[Event, ...]:
    return page.session.organisation.parts(scenario.id, Event)


def with_law(page, code: str = "S17") -> Event:
    """An event with a duration of its own, chosen."""
    scenario = show(page, code)
    event = next(
        e for e in events(page, scenario) if e.duration and e.duration.law == "pert" and e.after is None
    )
    page.choose_event(event.id)
    return event


def drag(chart, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(chart, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(chart, (start + end) / 2)
    QTest.mouseMove(chart, end)
    QTest.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=end)


def bar_of(chart, key: str):
    row = next(n for n, h in enumerate(chart.happenings) if h.key == key)
    happening = chart.happenings[row]
    y = chart.marks[row].rect.center().y()
    first, last = chart._x(happening.start), chart._x(happening.start + happening.likely)
    return happening, round(first), round(last), round(y)


def test_that_dragging_a_bar_begins_the_event_later_as_one_step(page, window):
    event = with_law(page)
    chart = page.sheet.chart
    _happening, first, last, y = bar_of(chart, event.id)
    by = round((chart._x(chart.end) - chart._x(0)) / chart.end * 7 * DAY)
    middle = (first + last) // 2 if last - first < 2 * by else first + by // 2
    grip = min(middle, last - 12) if last - first > 30 else first + 2
    drag(chart, QPoint(grip, y), QPoint(grip + by, y))
    moved = page.session.organisation.of(Event, event.id)
    assert moved.offset > event.offset
    assert abs(moved.offset - event.offset - 7 * DAY) <= chart.snap * 2
    assert moved.duration == event.duration
    window.desk.undo()
    assert page.session.organisation.of(Event, event.id) == event


def test_that_pulling_at_the_end_makes_it_longer(page):
    event = with_law(page)
    chart = page.sheet.chart
    _happening, _first, last, y = bar_of(chart, event.id)
    drag(chart, QPoint(last, y), QPoint(last + 60, y))
    longer = page.session.organisation.of(Event, event.id)
    assert longer.offset == event.offset
    assert mean(longer.duration) > mean(event.duration)
    assert longer.duration.low <= longer.duration.likely <= longer.duration.high


def test_that_alt_and_arrows_move_and_stretch_by_key_as_one_step(page, window):
    event = with_law(page)
    chart = page.sheet.chart
    chart.choose(next(n for n, h in enumerate(chart.happenings) if h.key == event.id))
    for _n in range(3):
        QTest.keyClick(chart, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert page.session.organisation.of(Event, event.id).offset == event.offset + 3 * chart.snap
    window.desk.undo()
    assert page.session.organisation.of(Event, event.id).offset == event.offset
    keys = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(chart, Qt.Key.Key_Right, keys)
    assert mean(page.session.organisation.of(Event, event.id).duration) > mean(event.duration)


def test_that_an_event_never_begins_before_the_start(page):
    event = with_law(page)
    page.shaping.move(event.id, -400 * DAY)
    assert page.session.organisation.of(Event, event.id).offset == 0


def test_that_a_law_is_stretched_in_all_its_parts():
    law = Law(law="pert", low=60, likely=120, high=240)
    assert stretched(law, 2.0) == Law(law="pert", low=120, likely=240, high=480)
    assert stretched(Law(law="weibull", scale=100, shape=1.5), 0.5) == Law(law="weibull", scale=50, shape=1.5)


def test_that_targets_are_added_and_taken_away_with_the_hit_list_at_once(page):
    scenario = show(page, "S05")
    event = events(page, scenario)[0]
    page.choose_event(event.id)
    card, organisation = page.sheet.card, page.session.organisation
    before = page.sheet.hit_title.text()
    extra = next(r for r in organisation.all(Resource) if r.in_use and r.id not in event.elements)
    assert any(item.key == f"elements|{extra.id}" for item in card.candidates())
    card.take(f"elements|{extra.id}")
    assert extra.id in organisation.of(Event, event.id).elements
    assert page.sheet.hit_title.text() != before
    assert ("elements", extra.id) in [(f, v) for f, v, _text in card.chosen()]
    card._drop("elements", extra.id)
    assert organisation.of(Event, event.id).elements == event.elements
    kinds = {item.key.partition("|")[0] for item in card.candidates()}
    assert kinds >= {"elements", "tags", "sites", "categories", "power_areas", "styrel_classes"}


def test_that_a_form_of_recovery_is_chosen_and_its_point_moved(page):
    event = with_law(page)
    card = page.sheet.card
    QTest.mouseClick(card.form_buttons["quick_first"], Qt.MouseButton.LeftButton)
    shape = page.session.organisation.of(Event, event.id).shape
    assert [(p.part, p.regained) for p in shape] == [(250, 600), (1000, 1000)]
    chart = card.shape
    chart.setFocus()
    chart.choose(0)
    QTest.keyClick(chart, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    shape = page.session.organisation.of(Event, event.id).shape
    assert shape[0] == ShapePoint(part=300, regained=600)
    start = chart._at(300, 600).toPoint()
    end = chart._at(500, 600).toPoint()
    drag(chart, start, end)
    assert page.session.organisation.of(Event, event.id).shape[0].part == 500
    chart.choose(0)
    QTest.keyClick(chart, Qt.Key.Key_Delete)
    assert len(page.session.organisation.of(Event, event.id).shape) == 1


def test_that_points_of_a_shape_keep_their_order_and_are_added_on_the_curve(qtbot):
    chart = ShapeChart()
    qtbot.addWidget(chart)
    chart.resize(400, 132)
    chart.show_shape(0, (ShapePoint(part=400, regained=500), ShapePoint(part=1000, regained=1000)))
    chart._put(0, 5000, -50)
    assert chart.points[0] == ShapePoint(part=1000, regained=0)
    found = []
    chart.shaped.connect(lambda points, _several: found.append(points))
    chart.show_shape(0, (ShapePoint(part=400, regained=500), ShapePoint(part=1000, regained=1000)))
    chart.add_point()
    assert [p.part for p in found[-1]] == [400, 700, 1000]


@pytest.mark.parametrize(
    "law",
    [
        Law(law="fixed", likely=600),
        Law(law="pert", low=60, likely=240, high=1440),
        Law(law="lognormal", median=300, p90=2000),
        Law(law="weibull", scale=600, shape=0.7),
    ],
)
def test_that_the_picture_of_a_law_holds_its_draws(law):
    columns, (low, high) = density(law)
    assert 0.97 <= sum(columns) <= 1.0001
    assert low <= quantile_of(law, 0.5) <= high


def test_that_what_is_wrong_is_said_before_the_run_and_mended(page, window):
    scenario = show(page, "S05")
    event = events(page, scenario)[0]
    assert page.sheet.trouble.isHidden()
    page.session.edit(amend(event, offset=(scenario.horizon_days + 3) * DAY))
    trouble = page.sheet.trouble
    assert not trouble.isHidden()
    assert "efter" in trouble.sentences[0]
    QTest.mouseClick(trouble.mends[0], Qt.MouseButton.LeftButton)
    assert page.session.organisation.of(Scenario, scenario.id).horizon_days == scenario.horizon_days + 4
    assert trouble.isHidden()
    page.session.edit(page.session.organisation.removal([e.id for e in events(page, scenario)]))
    assert len(trouble.sentences) == 1


def test_that_scenarios_are_combined_and_shown(page, window):
    first, second = (page.session.organisation.find("scenario", c) for c in ("S16", "S06"))
    show(page, "S16")
    page.combine()
    dialog = page.findChild(CombineDialog)
    dialog.combine()
    assert not dialog.problem.isHidden()  # one part only
    dialog.rows[1].show_scenario(second.id)
    dialog.rows[1].delay.setText("3 d")
    dialog.date.setText("2027-03-23")
    dialog.name.setText("Utpressning i mobiliseringens första vecka")
    dialog.combine()
    made = page.session.organisation.of(Scenario, dialog.made)
    assert made.name.startswith("Utpressning")
    assert made.start.on_or_after == dt.date(2027, 3, 23)
    assert page.scenario == made.id
    total = len(events(page, first)) + len(events(page, second))
    assert len(events(page, made)) == total
    assert events(page, made)[-1].offset >= 3 * DAY or events(page, made)[-1].after
    window.desk.undo()
    assert page.session.organisation.get(dialog.made) is None


def test_that_a_scenario_is_copied_from_the_library_with_its_source(page):
    gone = page.session.organisation.find("scenario", "S03")
    page.session.edit(page.session.organisation.removal([gone.id]))
    page.from_library()
    dialog = page.findChild(LibraryDialog)
    items = {
        dialog.list.item(n).data(Qt.ItemDataRole.UserRole): dialog.list.item(n)
        for n in range(dialog.list.count())
    }
    assert dialog.go.isEnabled() is False
    there = page.session.organisation.find("scenario", "S05")
    assert not items[there.id].flags() & Qt.ItemFlag.ItemIsUserCheckable
    items[gone.id].setCheckState(Qt.CheckState.Checked)
    dialog.copy()
    back = page.session.organisation.of(Scenario, gone.id)
    assert back.source == gone.source
    assert page.scenario == gone.id


def test_that_every_day_of_the_month_is_run_and_the_worst_told(page, qtbot):
    show(page, "S05")
    page.sweep()
    dialog = page.findChild(SweepDialog)
    dialog.month = dt.date(2027, 2, 1)
    dialog.run()
    assert not dialog.running.isHidden()
    qtbot.waitUntil(lambda: dialog.found is not None, timeout=60_000)
    assert len(dialog.chart.days) == 28
    assert dialog.chart.worst == dialog.found.worst.date.isoformat()
    assert dialog.running.isHidden()
    assert len(dialog.chart.numbers().rows) == 28
    assert any(day.pay for day in dialog.chart.days)
    dialog.chart.chosen.emit("2027-02-16")
    assert not dialog.one.isHidden()
    dialog.turn(1)
    assert dialog.month == dt.date(2027, 3, 1)
    dialog.reject()


def test_that_a_sweep_is_stopped(page, qtbot):
    show(page, "S17")
    page.sweep()
    dialog = page.findChild(SweepDialog)
    dialog.run()
    dialog.cancel()
    qtbot.waitUntil(lambda: not dialog.busy, timeout=60_000)
    assert dialog.found is None
    dialog.reject()


def test_that_a_scenario_climbs_the_ladder_by_key_and_stays_chosen(page, window):
    scenario = show(page, "S05")
    page.ladder.setFocus()
    for _n in range(3):
        QTest.keyClick(page.ladder, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert page.session.organisation.of(Scenario, scenario.id).strain == "war"
    assert page.ladder.scenario == scenario.id == page.scenario
    window.desk.undo()
    assert page.session.organisation.of(Scenario, scenario.id).strain == "heightened"
