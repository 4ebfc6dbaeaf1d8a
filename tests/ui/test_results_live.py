"""A run that is watched: first pictures, a stated precision, and what should be known of it."""

import dataclasses

import pytest

from continuity.model.problems import Problem
from continuity.simulation.events import Noted, Partial, Progress
from tests.ui.results_builder import built
from tests.ui.testing_window import board, opened, ran


@pytest.fixture
def page(window, reference):
    made = opened(window, reference, "results")
    made.form.show_scenario(reference.find("scenario", "S05").id)
    return made


def so_far(window, session, replications):
    """What the run under way says after so many replications."""
    handle = session.handles[-1]
    request = dataclasses.replace(handle.request, replications=replications)
    result = dataclasses.replace(built(session.organisation, request), precision=0.031)
    handle.events.put(Partial(result))
    return result


def test_that_a_first_picture_is_shown_as_coarse_and_replaced_by_the_result(page, window, qtbot):
    session, runs = window.desk.session, board(window)
    session.instant = False
    page.form.ask()
    first = so_far(window, session, 256)
    qtbot.waitUntil(lambda: runs.outcome is first)
    assert runs.coarse and runs.settled is None
    assert page.tabs.isVisible()
    assert page.form.progress.coarse.isVisible()
    assert "256" in page.form.progress.coarse.text() and "3,1" in page.form.progress.coarse.text()
    assert session.kept_runs == []
    session.finish(session.handles[-1])
    qtbot.waitUntil(lambda: not runs.busy)
    assert not runs.coarse and runs.outcome is not first and runs.settled is runs.outcome
    assert not page.form.progress.coarse.isVisible()
    qtbot.waitUntil(lambda: session.kept_runs == [runs.outcome])


def test_that_a_stopped_run_takes_its_picture_away(page, window, qtbot):
    session, runs = window.desk.session, board(window)
    ran(qtbot, runs, page.form.ask)
    earlier = runs.outcome
    session.instant = False
    page.form.ask()
    first = so_far(window, session, 256)
    qtbot.waitUntil(lambda: runs.outcome is first)
    assert runs.settled is earlier
    runs.cancel()
    qtbot.waitUntil(lambda: not runs.busy)
    assert runs.outcome is earlier and not runs.coarse


def test_that_who_looks_at_an_earlier_run_is_left_alone(page, window, qtbot):
    session, runs = window.desk.session, board(window)
    ran(qtbot, runs, page.form.ask)
    earlier = runs.outcome
    session.instant = False
    page.form.ask()
    runs.show(earlier)
    so_far(window, session, 256)
    session.handles[-1].events.put(Progress(300, 1000))
    qtbot.waitUntil(lambda: runs.done == 300)
    assert runs.outcome is earlier and not runs.coarse


def test_that_a_precision_can_be_asked_for(page, window, qtbot):
    page.form.times.setCurrentIndex(page.form.times.findData(0.01))
    ran(qtbot, board(window), page.form.ask)
    request = window.desk.session.handles[-1].request
    assert (request.precision, request.replications) == (0.01, 100_000)
    assert page.form.times.precision == 0.01  # stays for the next run


def test_that_what_should_be_known_is_shown_beside_the_result(page, window, qtbot):
    session, runs = window.desk.session, board(window)
    assert not page.remarks.isVisible()
    session.instant = False
    page.form.ask()
    facts = {"year": 2031}
    session.handles[-1].events.put(Noted((Problem("bank-days-computed", "warning", facts=facts),)))
    qtbot.waitUntil(page.remarks.isVisible)
    assert "2031" in page.remarks.text.text()
    session.finish(session.handles[-1])
    qtbot.waitUntil(lambda: not runs.busy)
    assert page.remarks.isVisible()
    session.instant = True
    ran(qtbot, runs, page.form.ask)
    assert not page.remarks.isVisible()
