"""Analyses through the door: at once, or in a thread with progress, cancel and refusals."""

import json

import pytest
from builders import Builder, fixed

from continuity.model.values import PayDay
from continuity.session import RunRequest, Session
from continuity.session_analysis import Done, Ended, Step


@pytest.fixture
def session(tmp_path):
    b = Builder()
    b.resource("R", mttf=900, repair=fixed(100))
    b.function("F")
    b.need("F", "R")
    b.scenario("X", horizon_days=10)
    b.event("X", elements=["R"], offset=4 * 1440, duration=fixed(3 * 1440))
    b.add("stream", "B", payees=10, livelihood="sole", pay_days=(PayDay(day=5),))
    b.add("stage", "T", stream="B", element="F", reaches="usable")
    with Session._begin(b.build(), "en", "tester") as made:
        made.scenario = b.scenario_id()
        yield made


def events_of(handle):
    handle.join(60)
    found = []
    while not handle.events.empty():
        found.append(handle.events.get())
    return found


def test_that_an_analysis_in_a_thread_tells_steps_and_then_its_answer(session):
    *steps, last = events_of(session.start_exact())
    assert steps
    assert all(isinstance(step, Step) for step in steps)
    assert isinstance(last, Done)
    assert last.answer == session.exact()


def test_that_what_cannot_be_run_ends_with_its_reasons(session):
    (last,) = events_of(session.start_criticality(RunRequest("nothing")))
    assert isinstance(last, Ended)
    assert last.problems


def test_that_all_analyses_are_plain_data_with_names(session):
    request = RunRequest(session.scenario, replications=20, workers=1)
    plain = session.analysis_as_plain(
        exact=session.exact(session.scenario),
        criticality=session.criticality(request),
        tornado=session.tornado(request),
    )
    assert json.loads(json.dumps(plain)) == plain
    assert plain["criticality"]["meta"]["seed"] == 1
    assert plain["criticality"]["drivers"][0]["element"] in plain["records"]
