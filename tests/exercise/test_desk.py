"""The situation desk: entries count at once, the engine goes on from what is reported."""

import datetime as dt

import pytest

from continuity.exchange.library import load_reference
from continuity.exercise.desk import Desk
from continuity.exercise.forecast import lasting
from continuity.model.problems import Refused
from continuity.model.values import Law
from continuity.session import Session
from continuity.simulation.laws import mean, quantile
from continuity.store.play_file import PlayFile

NOW = dt.datetime(2026, 2, 23, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def agency():
    """The reference agency."""
    return load_reference("sv")


@pytest.fixture
def desk(agency, tmp_path):
    """A situation that has just begun."""
    log = PlayFile.create(tmp_path / "läge.uthallig-play", "situation", {}, "{}", "Eva")
    yield Desk(log, agency)
    log.close()


def id_of(agency, kind, code):
    return agency.find(kind, code).id


def test_that_what_is_down_fells_what_needs_it_and_threatens_pay_days(desk, agency):
    hall = id_of(agency, "resource", "R-DH1")
    desk.report("down", element=hall, happened=NOW - dt.timedelta(hours=3), trust="confirmed")
    found = desk.forecast(NOW, replications=64)
    assert found.down == (hall,)
    assert id_of(agency, "function", "F-PAY") in found.already
    assert [n.when.p50 for n in found.next] == sorted(n.when.p50 for n in found.next)
    assert all(n.when.p50 > 0 for n in found.next)
    at_risk = [p for p in found.pay_days if p.late > 0.5]
    assert at_risk
    assert all(p.due > NOW for p in found.pay_days)
    assert any(not c.refusals and c.decide_by > NOW for p in at_risk for c in p.choices)


def test_that_a_stated_return_is_believed(desk, agency):
    hall = id_of(agency, "resource", "R-DH1")
    desk.report(
        "down",
        element=hall,
        happened=NOW - dt.timedelta(hours=3),
        back_earliest=NOW + dt.timedelta(hours=1),
        back_latest=NOW + dt.timedelta(hours=2),
    )
    [(element, span)] = desk.forecast(NOW, replications=64).back
    assert element == hall
    assert 60 <= span.p10 <= span.p50 <= span.p90 <= 120


def test_that_a_rumour_counts_only_when_asked_for(desk, agency):
    grid = id_of(agency, "resource", "R-GRID-NORR")
    desk.report("down", element=grid, happened=NOW - dt.timedelta(hours=1), trust="rumour")
    assert desk.forecast(NOW, replications=16).down == ()
    assert desk.forecast(NOW, replications=16, rumours=True).down == (grid,)


def test_that_nothing_reported_means_nothing_ahead(desk):
    found = desk.forecast(NOW)
    assert (found.next, found.pay_days, found.replications) == ((), (), 0)


def test_that_words_without_an_element_count_at_once_and_are_left_out_of_the_forecast(desk):
    desk.report("down", words="Porten till garaget", happened=NOW)
    assert [r.words for r in desk.picture.down()] == ["Porten till garaget"]
    assert desk.forecast(NOW).left_out == ("Porten till garaget",)


def test_that_a_correction_takes_the_place_of_what_it_corrects(desk, agency):
    hall = id_of(agency, "resource", "R-DH1")
    first = desk.report("down", element=hall, happened=NOW)
    desk.report("reduced", element=hall, level=500, happened=NOW, corrects=first)
    [status] = desk.picture.status()
    assert (status.state, status.level) == ("reduced", 500)
    assert len(desk.picture.reports) == 2


def test_that_what_is_up_again_is_no_longer_down(desk, agency):
    hall = id_of(agency, "resource", "R-DH1")
    desk.report("down", element=hall, happened=NOW - dt.timedelta(hours=5))
    desk.report("up", element=hall, happened=NOW - dt.timedelta(hours=2))
    assert desk.picture.down() == []
    assert hall not in desk.forecast(NOW, replications=16).down


def test_that_tasks_are_ordered_by_when_they_are_due(desk):
    late = desk.task("Senare", due=NOW + dt.timedelta(hours=4))
    soon = desk.task("Snart", due=NOW + dt.timedelta(hours=1))
    never = desk.task("Någon gång")
    assert [t.entry for t in desk.picture.open_tasks()] == [soon, late, never]
    desk.task_done(soon)
    assert [t.entry for t in desk.picture.open_tasks()] == [late, never]


def test_that_first_steps_follow_the_order_of_restart(desk, agency):
    for code in ("R-PAYSYS", "R-DH1", "R-DNS"):
        desk.report("down", element=id_of(agency, "resource", code), happened=NOW)
    codes = [agency.get(s.step.element).code for s in desk.first_steps()]
    assert codes.index("R-DH1") < codes.index("R-DNS")


def test_that_a_status_list_is_read_whole_or_refused_whole(desk):
    good = "kod;läge;sedan;nivå\nR-DH1;nere;2026-02-23 07:00;\nR-PAYSYS;nedsatt;2026-02-23 07:10;40 %\n"
    reports = desk.read_status_list(good)
    assert [(r["state"], r.get("level")) for r in reports] == [("down", None), ("reduced", 400)]
    with pytest.raises(Refused) as refused:
        desk.read_status_list("kod,läge\nR-FINNSEJ,nere\nR-DH1,kanske\n")
    assert [(p.code, p.facts["row"]) for p in refused.value.problems] == [
        ("no-such-element", 2),
        ("unknown-word", 3),
    ]
    assert desk.picture.reports == ()


def test_that_a_report_from_the_future_or_of_nothing_is_refused(desk):
    ahead = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    with pytest.raises(Refused) as refused:
        desk.report("broken", happened=ahead)
    codes = {p.code for p in refused.value.problems}
    assert codes == {"unknown-word", "report-of-nothing", "report-from-the-future"}
    assert not desk.log.entries


@pytest.mark.parametrize(
    "law",
    [
        Law(law="exponential", mean=600),
        Law(law="lognormal", median=300, p90=2000),
        Law(law="uniform", low=100, high=900),
    ],
    ids=lambda law: law.law,
)
def test_that_what_has_lasted_lasts_longer(law):
    left = lasting(law, 400)
    assert min(o.minutes for o in left.outcomes) > 400
    assert mean(left) > mean(law)
    if law.law == "exponential":  # which has no memory
        assert mean(left) - 400 == pytest.approx(600, rel=0.05)


def test_that_an_outage_longer_than_its_law_allows_goes_on():
    left = lasting(Law(law="fixed", likely=60), 400)
    assert quantile(left, 0.5) > 400


def test_that_a_real_log_and_a_play_are_never_mistaken(tmp_path):
    with Session.create(None, reference="reference") as session:
        session.start_situation(tmp_path / "läge.uthallig-play").log.close()
    with pytest.raises(Refused) as refused:
        Session.open_play(tmp_path / "läge.uthallig-play")
    assert [p.code for p in refused.value.problems] == ["not-a-play"]
    desk = Session.open_situation(tmp_path / "läge.uthallig-play")
    assert not desk.organisation.of_kind("contact")
    desk.log.close()
