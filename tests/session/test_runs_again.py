"""Runs that go on from earlier ones, stop by themselves, tell what they say so far, and run elsewhere."""

import dataclasses
import datetime as dt
import subprocess
import sys

import pytest

from continuity.model.edits import Add, Group, amend
from continuity.model.ids import new_id
from continuity.model.kinds import Event, Function, Measure, Need, Resource, Scenario, Stage, Stream, Supply
from continuity.model.problems import Refused
from continuity.model.values import Change, Law, PayDay, StartRule
from continuity.session import RunRequest, Session
from continuity.simulation import events
from continuity.simulation.compiled import BLOCK
from continuity.simulation.result import Comparison

UNIFORM = Law(law="uniform", low=60, high=3000)


@pytest.fixture
def session(tmp_path):
    """An agency that pays on the 5th with a system that needs power, which fails and is lost."""
    power = Resource(id=new_id(), code="EL", name="El", mttf=9000, repair=UNIFORM)
    system = Resource(id=new_id(), code="IT", name="It")
    pay = Function(id=new_id(), code="F", name="Betala", mtpd=600, rto=120)
    needs = [
        Need(id=new_id(), code="N", name="El", dependent=system.id, autonomy=60),
        Need(id=new_id(), code="O", name="It", dependent=pay.id),
    ]
    supplies = [
        Supply(id=new_id(), code="N/1", need=needs[0].id, element=power.id),
        Supply(id=new_id(), code="O/1", need=needs[1].id, element=system.id),
    ]
    start = StartRule(on_or_after=dt.date(2027, 3, 1))
    scenario = Scenario(id=new_id(), code="X", name="Vardag", start=start, horizon_days=14)
    event = Event(
        id=new_id(), code="X/1", name="Avbrott", scenario=scenario.id, elements=(power.id,), offset=5000,
        duration=UNIFORM, probability=0.6,
    )  # fmt: skip
    stream = Stream(
        id=new_id(),
        code="B",
        name="Bidrag",
        payees=900,
        amount=7,
        pay_days=(PayDay(day=5),),
        livelihood="sole",
    )
    stage = Stage(
        id=new_id(), code="B/1", name="Betala", stream=stream.id, element=pay.id, opens_at=480, work=60,
        least_level=1, reaches="usable",
    )  # fmt: skip
    change = Change(kind="need", target=needs[0].id, values={"autonomy": 2000})
    measure = Measure(id=new_id(), code="M", name="Batteri", changes=(change,))
    records = (power, system, pay, *needs, *supplies, scenario, event, stream, stage, measure)
    with Session.create(tmp_path / "d.uthallig") as session:
        session.edit(Group("some", tuple(map(Add, records))))
        yield session


def request(session, **fields):
    return RunRequest(session.organisation.find("scenario", "X").id, **{"replications": 700, **fields})


def compared(session, **fields):
    return request(session, measures=(session.organisation.find("measure", "M").id,), compare=True, **fields)


def plain(result):
    """A result without what names and dates it."""
    if isinstance(result, Comparison):
        sides = {side: plain(getattr(result, side)) for side in ("without", "with_")}
        return dataclasses.replace(result, **sides)
    blank = dataclasses.replace(result.meta, id="", made=dt.datetime(2027, 1, 1, tzinfo=dt.UTC))
    return dataclasses.replace(result, meta=blank)


def fresh(session, asked):
    """The result of the same request where nothing was left behind."""
    left = session._left
    session._left = type(left)()
    try:
        return plain(session.simulate(asked))
    finally:
        session._left = left


def played(session, asked):
    """Run it; return the result, and of each block played the first replication and how many."""
    from continuity.simulation.variant import Variant

    blocks = []
    original = Variant.play
    try:
        Variant.play = lambda self, first, count: (
            blocks.append((first, count)) or original(self, first, count)
        )
        return plain(session.simulate(asked)), blocks
    finally:
        Variant.play = original


@pytest.mark.parametrize("make", [request, compared])
def test_that_more_replications_go_on_from_those_that_were_made(session, make):
    sides = 2 if make is compared else 1
    session.simulate(make(session))
    result, blocks = played(session, make(session, replications=1100))
    assert result == fresh(session, make(session, replications=1100))
    assert sum(count for _, count in blocks) == sides * (1100 - 2 * BLOCK)
    result, blocks = played(session, make(session, replications=1100))
    assert sum(count for _, count in blocks) == sides * (1100 - 4 * BLOCK)
    assert result == fresh(session, make(session, replications=1100))


def test_that_fewer_replications_are_those_of_a_fresh_run(session):
    session.simulate(request(session, replications=1500))
    assert played(session, request(session, replications=300))[0] == fresh(
        session, request(session, replications=300)
    )


def test_that_a_comparison_takes_up_the_run_without_measures(session):
    session.simulate(request(session, replications=1024))
    result, blocks = played(session, compared(session, replications=1024))
    assert sum(count for _, count in blocks) == 1024
    assert result == fresh(session, compared(session, replications=1024))


def test_that_a_run_after_an_edit_is_that_of_a_fresh_run(session):
    asked = compared(session)
    session.simulate(asked)
    for fields in ({"autonomy": 90}, {"restart_lag": 45}, {"floor": 300}):
        session.edit(amend(session.organisation.find("need", "N"), **fields))
        assert plain(session.simulate(asked)) == fresh(session, asked)
    session.edit(amend(session.organisation.find("event", "X/1"), probability=0.3))
    assert plain(session.simulate(asked)) == fresh(session, asked)


def test_that_a_change_of_what_is_asked_for_is_no_earlier_run(session):
    session.simulate(request(session))
    for fields in ({"seed": 2}, {"horizon_days": 7}, {"start": dt.date(2027, 3, 3)}):
        assert plain(session.simulate(request(session, **fields))) == fresh(
            session, request(session, **fields)
        )


def test_that_a_finer_precision_goes_on_and_a_coarser_one_stops_where_it_would_have(session):
    asked = [compared(session, replications=9000, precision=p) for p in (0.05, 0.03, 0.04)]
    results = [played(session, one) for one in asked]
    assert [result for result, _ in results] == [fresh(session, one) for one in asked]
    taken = [result.with_.meta.replications for result, _ in results]
    assert taken[0] < taken[2] < taken[1]
    assert min(results[1][1]) == (taken[0], BLOCK)  # went on
    assert min(results[2][1]) == (0, BLOCK)  # an earlier run has come too far


# --- what a run says so far --------------------------------------------------------------------


@pytest.fixture
def patient(monkeypatch):
    """Tell what a run says so far however soon it is done."""
    from continuity.simulation import run

    monkeypatch.setattr(run, "WORTH_A_LOOK", 0)


def told(session, asked):
    said = []
    session.simulate(asked, report=said.append)
    return said


def test_that_a_first_picture_comes_after_the_first_block(session, patient):
    said = told(session, compared(session, replications=2000))
    partial = [event for event in said if isinstance(event, events.Partial)]
    assert [event.result.meta.replications for event in partial] == [BLOCK, 4 * BLOCK]
    assert all(event.comparison.with_ is event.result for event in partial)
    final = said[-1]
    assert isinstance(final, events.Finished)
    assert {event.result.meta.id for event in partial} == {final.result.meta.id}
    assert {e.comparison.without.meta.id for e in partial} == {final.comparison.without.meta.id}
    assert partial[0].result.precision > partial[1].result.precision > final.result.precision
    small = plain(session.simulate(compared(session, replications=BLOCK)))
    assert plain(partial[0].comparison) == small


def test_that_a_run_of_one_block_tells_no_partial(session, patient):
    assert not [e for e in told(session, request(session, replications=256)) if isinstance(e, events.Partial)]


def test_that_a_run_that_is_done_at_once_tells_no_partial(session, monkeypatch):
    from continuity.simulation import run

    monkeypatch.setattr(run, "WORTH_A_LOOK", 3600)
    said = told(session, request(session, replications=2000))
    assert not [event for event in said if isinstance(event, events.Partial)]


def test_that_what_should_be_known_is_told_before_anything_is_drawn(session):
    said = told(session, request(session))
    assert isinstance(said[0], events.Started)
    assert isinstance(said[1], events.Noted)
    assert [problem.code for problem in said[1].problems] == ["bank-days-computed"]
    assert not [e for e in said[2:] if isinstance(e, events.Noted)]


def test_that_the_goal_of_a_precise_run_follows_what_it_takes(session):
    said = told(session, request(session, replications=100_000, precision=0.03))
    goals = [event.replications for event in said if isinstance(event, events.Progress)]
    assert said[0] == events.Started(100_000)
    assert goals[-1] < 5000
    assert goals[-1] == said[-1].result.meta.replications


# --- elsewhere ---------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 2, 7])
def test_that_workers_change_no_bit(session, workers):
    asked = compared(session, replications=1900)
    assert plain(session.simulate(dataclasses.replace(asked, workers=workers))) == fresh(session, asked)


def test_that_processes_give_the_same_bits(session):
    asked = compared(session, replications=1100)
    elsewhere = dataclasses.replace(asked, scheduler="processes", workers=2)
    assert plain(session.simulate(elsewhere)) == fresh(session, asked)


def test_that_a_dask_cluster_gives_the_same_bits(session):
    distributed = pytest.importorskip("distributed")
    asked = compared(session, replications=1100)
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        elsewhere = dataclasses.replace(asked, scheduler=cluster.scheduler_address)
        assert plain(session.simulate(elsewhere)) == fresh(session, asked)


def test_that_a_cluster_that_does_not_answer_is_named(session, monkeypatch):
    pytest.importorskip("distributed")
    from continuity.simulation import cluster

    monkeypatch.setattr(cluster, "_PATIENCE", 0.5)
    with pytest.raises(Refused) as refused:
        session.simulate(request(session, scheduler="tcp://127.0.0.1:9"))
    assert [p.code for p in refused.value.problems] == ["no-cluster"]


def test_that_a_missing_package_for_clusters_is_named(session, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(Refused) as refused:
        session.simulate(request(session, scheduler="tcp://127.0.0.1:9"))
    assert [p.code for p in refused.value.problems] == ["no-dask"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"precision": 0.0}, "bad-precision"),
        ({"precision": -0.01}, "bad-precision"),
        ({"precision": float("nan")}, "bad-precision"),
        ({"precision": 0.9}, "bad-precision"),
        ({"scheduler": "elves"}, "bad-scheduler"),
    ],
)
def test_that_nonsense_is_refused_in_a_sentence(session, fields, code):
    from continuity import messages

    with pytest.raises(Refused) as refused:
        session.simulate(request(session, **fields))
    (problem,) = refused.value.problems
    assert problem.code == code
    assert messages.full(problem).strip()


def test_that_a_session_opens_without_the_engine():
    code = (
        "import sys; from continuity.session import Session; import ui.runs.board\n"
        "print([m for m in ('numba', 'distributed', 'continuity.simulation.run') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
