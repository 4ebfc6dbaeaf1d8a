"""The situation desk: entries count at once, the engine goes on from what is reported."""

import datetime as dt
import signal
import subprocess
import sys

import pytest

from continuity.exchange.library import load_reference
from continuity.exercise.desk import Desk
from continuity.exercise.moments import read_moment
from continuity.exercise.outages import lasting
from continuity.model.edits import amend
from continuity.model.kinds import Resource
from continuity.model.organisation import Organisation
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
    assert id_of(agency, "function", "F-PAY") in {b.element for b in found.already}
    assert [n.when.p50 for n in found.next] == sorted(n.when.p50 for n in found.next)
    assert all(n.when.p50 > 0 for n in found.next)
    at_risk = [p for p in found.pay_days if p.late > 0.5]
    assert at_risk
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
    [back] = desk.forecast(NOW, replications=64).back
    assert (back.element, back.basis) == (hall, "stated")
    assert 60 <= back.when.p10 <= back.when.p50 <= back.when.p90 <= 120


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
        ("unknown-state", 3),
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


# --- what people write, and what the night of changed clocks does to it ---------------------------------

HERE = dt.datetime(2026, 2, 23, 9, 0, tzinfo=dt.UTC)  # 10:00 in Stockholm


@pytest.mark.parametrize(
    ("text", "ahead", "meant"),
    [
        ("08:15", False, "2026-02-23T07:15"),
        ("0815", False, "2026-02-23T07:15"),
        ("23:50", False, "2026-02-22T22:50"),  # last night
        ("23:50", True, "2026-02-23T22:50"),
        ("08.15", True, "2026-02-24T07:15"),
        ("22/2 06:00", False, "2026-02-22T05:00"),
        ("31/12 06:00", False, "2025-12-31T05:00"),
        ("2026-02-23 08:15", False, "2026-02-23T07:15"),
        ("+2 h", True, "2026-02-23T11:00"),
        ("-40 min", False, "2026-02-23T08:20"),
        ("nu", False, "2026-02-23T09:00"),
    ],
)
def test_that_moments_are_read_as_they_are_meant(text, ahead, meant):
    assert read_moment(text, HERE, ahead=ahead).isoformat()[:16] == meant


@pytest.mark.parametrize("text", ["", "strax", "25:00", "08:75", "30/2 08:00", "+många"])
def test_that_what_is_no_moment_is_refused(text):
    with pytest.raises(Refused) as refused:
        read_moment(text, HERE)
    assert [p.code for p in refused.value.problems] == ["bad-moment"]


@pytest.mark.parametrize(("now", "meant"), [("00:45", "00:30"), ("01:45", "01:30")])
def test_that_the_hour_that_comes_twice_is_the_latest_that_has_been(now, meant):
    night = dt.datetime.fromisoformat(f"2026-10-25T{now}+00:00")
    assert read_moment("02:30", night).isoformat()[11:16] == meant


def test_that_a_forecast_stands_in_the_night_of_changed_clocks(desk, agency):
    hall = id_of(agency, "resource", "R-DH1")
    second = dt.datetime(2025, 10, 26, 1, 30, tzinfo=dt.UTC)  # 02:30, the second time
    desk.report("down", element=hall, happened=second)
    [below] = [
        b
        for b in desk.forecast(second + dt.timedelta(hours=3), replications=8).already
        if b.element == id_of(agency, "function", "F-PAY")
    ]
    assert below.since <= 180


# --- pay days -------------------------------------------------------------------------------------------


def risk_of(found, agency, code):
    return min((p for p in found.pay_days if p.stream == id_of(agency, "stream", code)), key=lambda p: p.due)


def test_that_a_file_made_before_the_outage_is_made(desk, agency):
    """The run of the 25th began before the hall fell on the 24th in the evening."""
    now = dt.datetime(2026, 2, 25, 4, 0, tzinfo=dt.UTC)
    printer = id_of(agency, "resource", "R-DH2")
    desk.report("down", element=printer, happened=now - dt.timedelta(hours=1))
    found = desk.forecast(now, replications=16)
    assert found.pay_days
    assert min(p.late for p in found.pay_days) == 0


def test_that_an_unknown_receipt_blocks_every_fallback_and_names_whom_to_ring(desk, agency):
    hall = id_of(agency, "resource", "R-DH1")
    desk.report("down", element=hall, happened=NOW - dt.timedelta(hours=3))
    before = next(p for p in desk.forecast(NOW, replications=16).pay_days if p.choices and p.latest)
    desk.file(before.stream, before.nominal, "receipt_unknown")
    after = next(
        p
        for p in desk.forecast(NOW, replications=16).pay_days
        if (p.stream, p.nominal) == (before.stream, before.nominal)
    )
    assert (after.file, after.reported, after.latest) == ("receipt_unknown", True, None)
    assert all(c.refusals[0].code.startswith("receipt_unknown") for c in after.choices)
    assert after.ring or after.choices[0].refusals[0].code == "receipt_unknown_nobody"


def test_that_an_executed_file_is_no_longer_at_risk(desk, agency):
    desk.report("down", element=id_of(agency, "resource", "R-DH1"), happened=NOW - dt.timedelta(hours=3))
    first = next(p for p in desk.forecast(NOW, replications=16).pay_days if p.late > 0.5)
    desk.file(first.stream, first.nominal, "executed")
    again = {(p.stream, p.nominal): p.late for p in desk.forecast(NOW, replications=16).pay_days}
    assert again[first.stream, first.nominal] == 0


def test_that_decrees_in_force_change_what_is_refused(desk, agency):
    desk.report("down", element=id_of(agency, "resource", "R-DH1"), happened=NOW - dt.timedelta(hours=3))

    def refused():
        found = desk.forecast(NOW, replications=8).pay_days
        return {p.code for risk in found for c in risk.choices for p in c.refusals}

    assert "certificate_in_peace" in refused()
    desk.posture("war", ["benefit_regulation"])
    assert "certificate_in_peace" not in refused()


def test_that_a_measure_in_use_is_counted(desk, agency):
    """What a measure changes of a fallback counts for what may be decided."""
    desk.report("down", element=id_of(agency, "resource", "R-DH1"), happened=NOW - dt.timedelta(hours=3))
    without = desk.forecast(NOW, replications=16)
    for measure in agency.of_kind("measure"):
        desk.measure(measure.id)
    assert desk.forecast(NOW, replications=16) != without
    assert len(desk.picture.measures) == len(agency.of_kind("measure"))


# --- what is known, and by whom -------------------------------------------------------------------------


def test_that_a_rumour_takes_the_place_of_nothing_better_known(desk, agency):
    hall = id_of(agency, "resource", "R-DH1")
    desk.report("down", element=hall, happened=NOW, trust="confirmed")
    rumour = desk.report("up", element=hall, happened=NOW + dt.timedelta(minutes=20), trust="rumour")
    assert [r.state for r in desk.picture.status()] == ["down"]
    assert [r.entry for r in desk.picture.rumours().values()] == [rumour]


def test_that_reports_count_by_when_it_happened_not_by_when_they_came(desk, agency):
    hall = id_of(agency, "resource", "R-DH1")
    desk.report("up", element=hall, happened=NOW)
    desk.report("down", element=hall, happened=NOW - dt.timedelta(hours=2))  # came late
    assert desk.picture.down() == []


def test_that_a_withdrawn_report_counts_no_more_and_still_stands(desk, agency):
    entry = desk.report("down", element=id_of(agency, "resource", "R-DH1"), happened=NOW)
    desk.correct(entry, "Fel hall", withdrawn=True)
    assert desk.picture.down() == []
    assert [row.kind for row in desk.log.entries] == ["report", "correction"]
    assert desk.picture.corrections == {entry: (entry + 1,)}


def test_that_half_is_taken_of_what_is_reduced_by_an_unknown_part(desk, agency):
    hall = id_of(agency, "resource", "R-DH1")
    desk.report("reduced", element=hall, happened=NOW - dt.timedelta(hours=1))
    assert desk.forecast(NOW, replications=8).half == (hall,)


def test_that_times_that_cannot_be_are_refused(desk):
    with pytest.raises(Refused) as refused:
        desk.report(
            "down",
            words="Porten",
            happened=NOW,
            known=NOW - dt.timedelta(hours=1),
            back_earliest=NOW + dt.timedelta(hours=2),
            back_latest=NOW + dt.timedelta(hours=1),
        )
    assert {p.code for p in refused.value.problems} == {"known-before-it-happened", "return-out-of-order"}
    with pytest.raises(Refused):
        desk.correct(99, "Finns inte")


def test_that_a_name_of_two_things_is_not_guessed(agency, tmp_path):
    twin = agency.copy()
    first, second = twin.all(Resource)[:2]
    twin.apply(amend(second, name=first.name))
    log = PlayFile.create(tmp_path / "läge.uthallig-situation", "situation", {}, "{}", "Eva")
    with pytest.raises(Refused) as refused:
        Desk(log, twin).element(first.name)
    log.close()
    assert [p.code for p in refused.value.problems] == ["ambiguous-element"]
    assert first.code in str(refused.value.problems[0].facts["near"])


def test_that_a_shift_short_of_people_is_said(desk, agency):
    function = id_of(agency, "function", "F-PAY")
    one = next(s for s in desk.shifts([function]) if not s.short)
    desk.report("down", element=one.group, happened=NOW)
    found = next(s for s in desk.shifts([function]) if s.group == one.group)
    assert (found.present, found.short, found.reported) == (0, True, True)


# --- kept -----------------------------------------------------------------------------------------------


def test_that_thousands_of_entries_are_read_in_order(desk):
    for number in range(3000):
        desk.report("down", words=f"Sak {number % 500}", happened=NOW)
    assert len(desk.picture.reports) == 3000
    assert len(desk.picture.status()) == 500


def test_that_what_the_disk_would_not_take_is_written_when_it_can_be(desk, monkeypatch):
    told = []
    desk.log.on_failure = told.append
    monkeypatch.setattr(desk.log, "_within", lambda _work: (_ for _ in ()).throw(OSError("full disk")))
    desk.note("Ett")
    desk.note("Två")
    assert desk.log.retry() == 2
    assert told[0] == "full disk"
    monkeypatch.undo()
    assert desk.log.retry() == 0
    desk.log.flush()
    again = PlayFile.open(desk.log.path, read_only=True)
    assert [row.payload["text"] for row in again.entries] == ["Ett", "Två"]
    assert again.broken_link() is None
    again.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_that_a_killed_program_loses_no_entry(tmp_path):
    """Killed without a word after the third entry: all three are there, and the log goes on."""
    path = tmp_path / "läge.uthallig-situation"
    work = (
        "import os, signal, sys; from pathlib import Path\n"
        "from continuity.exercise.desk import Desk; from continuity.model.organisation import Organisation\n"
        "from continuity.store.play_file import PlayFile\n"
        "log = PlayFile.create(Path(sys.argv[1]), 'situation', {}, '{}')\n"
        "desk = Desk(log, Organisation(''))\n"
        "[desk.note(str(n)) for n in range(3)]; log.flush(); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", work, str(path)], check=False)
    assert ended.returncode == -signal.SIGKILL
    log = PlayFile.open(path)
    desk = Desk(log, Organisation(""))
    desk.note("Fortsätter")
    assert [row.payload["text"] for row in log.entries] == ["0", "1", "2", "Fortsätter"]
    assert log.broken_link() is None
    log.close()


def test_that_a_thing_still_down_has_been_down_since_the_first_report(desk, agency):
    hall = id_of(agency, "resource", "R-DH1")
    first = NOW - dt.timedelta(hours=6)
    back = NOW + dt.timedelta(hours=5)
    desk.report("down", element=hall, happened=first, trust="confirmed", back_likely=back)
    desk.report("down", element=hall, happened=NOW - dt.timedelta(hours=1), trust="confirmed")
    [status] = desk.picture.status()
    assert (status.since, status.back_likely) == (first, back)
    found = desk.forecast(NOW, replications=16)
    assert found.back[0].basis == "stated"
    assert max(b.since for b in found.already) == 360
