"""The door to runs: kept for good, the same when read again, stale when the model moves on."""

import dataclasses
import json

import pytest
from hypothesis import HealthCheck, given, settings

from continuity.model.edits import Add, Group, amend
from continuity.model.ids import new_id
from continuity.model.kinds import Event, Function, Measure, Need, Resource, Scenario, Supply
from continuity.model.problems import Refused
from continuity.model.values import Change, Law, StartRule
from continuity.session import RunCancelled, RunRequest, Session
from continuity.simulation import events
from continuity.simulation.codec import read_json, write_json, write_plain
from continuity.simulation.result import Comparison, PayDayResult, RunResult
from tests.strategies import of_type

_slow = settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@_slow
@given(of_type(RunResult))
def test_that_results_survive_json(result):
    assert read_json(RunResult, write_json(result)) == result
    assert json.loads(json.dumps(write_plain(result)))["meta"]["id"] == result.meta.id


@_slow
@given(of_type(PayDayResult))
def test_that_pay_days_survive_json(result):
    assert read_json(PayDayResult, write_json(result)) == result


def test_that_figures_of_arrays_are_written_as_numbers():
    import numpy as np

    assert json.loads(write_json((np.int64(3), np.float64(0.5), np.bool_(True)))) == [3, 0.5, True]


@pytest.mark.parametrize("text", ["", "{}", '{"meta": 3}', "[]"])
def test_that_what_is_no_result_is_an_error(text):
    with pytest.raises(ValueError):
        read_json(RunResult, text)


# --- with the engine ---------------------------------------------------------------------------


@pytest.fixture
def session(tmp_path):
    """A session of a small agency in a file: a function that needs power, a scenario, a measure."""
    import datetime as dt

    repair = Law(law="fixed", likely=300)
    power = Resource(id=new_id(), code="EL", name="El", mttf=20_000, repair=repair)
    pay = Function(id=new_id(), code="F", name="Betala", mtpd=600)
    need = Need(id=new_id(), code="N", name="El", dependent=pay.id)
    supply = Supply(id=new_id(), code="N/1", need=need.id, element=power.id)
    start = StartRule(on_or_after=dt.date(2027, 1, 1))
    scenario = Scenario(id=new_id(), code="X", name="Vardag", start=start, horizon_days=10)
    event = Event(id=new_id(), code="X/1", name="Avbrott", scenario=scenario.id, elements=(power.id,))
    change = Change(kind="need", target=need.id, values={"autonomy": 600})
    measure = Measure(id=new_id(), code="M", name="Batteri", changes=(change,))
    with Session.create(tmp_path / "d.uthallig") as session:
        session.edit(Group("some", tuple(map(Add, (power, pay, need, supply, scenario, event, measure)))))
        yield session


def request(session, **fields):
    return RunRequest(session.organisation.find("scenario", "X").id, replications=50, **fields)


def compared(session):
    return request(session, measures=(session.organisation.find("measure", "M").id,), compare=True)


def test_that_kept_runs_are_the_same_after_a_restart(session):
    single, both = session.simulate(request(session)), session.simulate(compared(session))
    assert isinstance(both, Comparison)
    assert session.latest_run() is None
    session.keep_run(single)
    session.keep_run(both)
    session.keep_run(single)  # is kept already
    path = session.path
    session.close()
    with Session.open(path) as again:
        assert again.kept() == [single, both]
        assert again.runs() == [single, both.without, both.with_]
        assert again.latest_run() == both
        assert not again.is_stale(single)
        assert again.can_undo  # runs stand outside the history


def test_that_a_run_is_stale_only_when_the_model_changes_what_runs_see(session):
    result = session.simulate(request(session))
    power = session.organisation.find("resource", "EL")
    session.edit(amend(power, name="Kraft", x=3))
    assert not session.is_stale(result)
    session.edit(amend(session.organisation.get(power.id), mttf=10_000))
    assert session.is_stale(result)
    session.undo()
    assert not session.is_stale(result)
    session.edit(session.organisation.removal([result.meta.scenario]))
    assert session.is_stale(result)


def test_that_a_run_under_way_does_not_see_later_edits(session):
    power = session.organisation.find("resource", "EL")
    before = session.simulate(request(session))
    handle = session.start_run(request(session))
    session.edit(amend(power, mttf=100))
    handle.join(60)
    *_, last = list(drain(handle))
    assert last.result.headline == before.headline
    assert last.result.functions == before.functions
    assert session.is_stale(last.result)


def drain(handle):
    while not handle.events.empty():
        yield handle.events.get()


def test_that_a_run_in_the_background_ends_in_exactly_one_way(session):
    handle = session.start_run(compared(session))
    handle.join(60)
    said = list(drain(handle))
    assert isinstance(said[0], events.Started)
    assert isinstance(said[-1], events.Finished)
    assert isinstance(said[-1].comparison, Comparison)
    assert all(isinstance(event, events.Progress) for event in said[1:-1])
    assert not handle.running


def test_that_a_run_in_the_background_can_be_cancelled(session):
    handle = session.start_run(dataclasses.replace(request(session), replications=500_000))
    handle.cancel()
    handle.join(60)
    assert [type(event) for event in drain(handle)][-1] is events.Cancelled


def test_that_a_run_that_cannot_be_made_says_why(session):
    handle = session.start_run(RunRequest(new_id()))
    handle.join(60)
    [failed] = drain(handle)
    assert failed.problems[0].code == "no-such-record"
    with pytest.raises(Refused):
        session.simulate(RunRequest(new_id()))


def test_that_a_fault_of_the_engine_ends_the_run_with_a_problem(session, monkeypatch):
    from continuity.simulation import run

    monkeypatch.setattr(run, "run", lambda *_, **__: 1 / 0)
    handle = session.start_run(request(session))
    handle.join(60)
    [failed] = drain(handle)
    assert failed.problems[0].code == "run-failed"


def test_that_a_cancelled_run_is_no_result(session):
    import threading

    cancel = threading.Event()
    cancel.set()
    with pytest.raises(RunCancelled):
        session.simulate(request(session), cancel=cancel)


def test_that_a_result_as_plain_names_what_it_speaks_of(session):
    plain = session.result_as_plain(session.simulate(request(session)))
    assert (plain["format"], plain["kind"]) == (1, "uthallig-run")
    function = plain["functions"][0]["element"]
    assert plain["records"][function] == {"kind": "function", "code": "F", "name": "Betala"}
    assert json.loads(json.dumps(plain)) == plain


def test_that_what_a_run_means_can_be_asked_and_written(session):
    both = session.simulate(compared(session))
    assert session.findings(both).compared
    plain = session.analysis_as_plain(both)
    assert plain["kind"] == "uthallig-analysis"
    assert plain["findings"]["compared"] is True
    power = session.organisation.find("resource", "EL").id
    assert [weight["element"] for weight in plain["structure"]["single_points"]] == [power]
    assert plain["records"][power]["code"] == "EL"
    assert "findings" not in session.analysis_as_plain()


def test_that_the_structure_follows_the_model(session):
    assert session.structure() is session.structure()
    assert session.structure().single_points
    session.edit(session.organisation.removal([session.organisation.find("need", "N").id]))
    assert not session.structure().single_points
