"""An exercise is made from a run, played, changed by decisions, and survives a crash."""

import json

import pytest

from continuity.exchange.library import load_reference
from continuity.exchange.organisation_json import read_organisation
from continuity.exchange.writing import write_plain
from continuity.exercise.happenings import happenings
from continuity.exercise.making import ExerciseRequest, make_exercise
from continuity.exercise.play import Play
from continuity.exercise.templates import read_texts
from continuity.exercise.world import World
from continuity.model.kinds import Exercise, Fallback, Inject, Measure, Objective, Stream
from continuity.model.problems import Refused
from continuity.simulation.request import RunRequest
from continuity.simulation.run import run
from continuity.store.play_file import PlayFile
from continuity.words import words_in

WORDS = words_in("sv")


@pytest.fixture(scope="module")
def made():
    """The reference agency with an exercise of S24 on it."""
    organisation = load_reference("sv")
    scenario = organisation.find("scenario", "S24")
    result = run(organisation, RunRequest(scenario.id, replications=64))
    exercise, edit = make_exercise(organisation, ExerciseRequest(scenario.id, "bad"), result, WORDS)
    organisation.apply(edit)
    return organisation, exercise


@pytest.fixture
def play(made, tmp_path):
    """A play of it into a file."""
    organisation, exercise = made
    log = PlayFile.create(tmp_path / "övning.uthallig-play", "exercise", {}, "{}", "Eva")
    yield Play(log, organisation, exercise.id, WORDS)
    log.close()


def reopened(play: Play) -> Play:
    play.log.close()
    log = PlayFile.open(play.log.path, "Eva")
    return Play(log, play.organisation, play.exercise.id, WORDS)


def test_that_an_exercise_has_injects_in_order_within_its_frame(made):
    organisation, exercise = made
    injects = organisation.parts(exercise.id, Inject)
    assert len(injects) >= 15
    assert [i.at for i in injects] == sorted(i.at for i in injects)
    assert all(exercise.begins <= i.at <= exercise.ends for i in injects)
    assert all(i.name and i.message and i.expected for i in injects)
    assert len(organisation.parts(exercise.id, Objective)) == 5
    assert not [i for i in injects if "{" in i.message or i.sender == "–"]


def test_that_the_exercise_is_kept_whole_in_json(made):
    organisation, _ = made
    assert read_organisation(json.loads(json.dumps(write_plain(organisation)))) == organisation


def test_that_injects_come_due_as_the_clock_runs(play):
    play.set_speed(3600, 100.0)
    play.start(100.0)
    due = []
    for second in range(101, 140):
        tick = play.tick(float(second))
        for line in tick.due:
            play.deliver(line.inject.id)
            due.append(line.minute)
    assert due
    assert due == sorted(due)
    assert all(line.state == "delivered" for line in play.lines() if line.minute <= play.clock.minute)


def test_that_a_machine_that_slept_stops_the_clock_where_it_was(play):
    play.start(0.0)
    play.tick(5.0)
    stood = play.clock.at
    tick = play.tick(3605.0)
    assert tick.away == 3600.0
    assert play.clock.at == stood
    assert not play.clock.running


def test_that_a_play_goes_on_at_the_same_second_after_a_crash(play):
    play.start(0.0)
    for second in range(1, 8):
        play.tick(float(second))
    line = play.lines()[0]
    play.deliver(line.inject.id)
    play.decide("Betalchef", "Vänta", why="Läget är oklart")
    play.log.flush()
    again = reopened(play)
    assert again.clock.at == pytest.approx(play.clock.at)
    assert again.line(line.inject.id).state == "delivered"
    assert [d.decision for d in again.played.decisions] == ["Vänta"]
    assert again.log.broken_link() is None


def test_that_following_injects_move_along(play):
    first = play.lines()[2]
    before = {line.inject.id: line.minute for line in play.lines()}
    play.retime(first.inject.id, first.minute + 30, following=True)
    for line in play.lines():
        late = before[line.inject.id] >= first.minute
        assert line.minute == before[line.inject.id] + (30 if late else 0)


def test_that_a_measure_switched_on_changes_what_follows_and_only_that(play):
    play.clock = play.clock.jumped(play.exercise.begins * 60.0, 0.0)
    measure = next(m for m in play.organisation.all(Measure) if m.code == "M-BANK2")
    minute = play.clock.minute
    before = happenings(World(play.organisation, play.exercise).course)
    play.decide("Betalchef", "Byt bank", effects=[{"effect": "measure", "measure": measure.id}])
    after = happenings(play.world.course)
    assert [h for h in before if h.minute < minute] == [h for h in after if h.minute < minute]
    again = reopened(play)
    assert happenings(again.world.course) == after


def test_that_a_fallback_without_its_law_is_refused_and_nothing_is_noted(play):
    certificate = next(f for f in play.organisation.all(Fallback) if f.kind == "certificate")
    stream = next(s for s in play.organisation.all(Stream) if certificate.id in s.fallbacks)
    effect = {
        "effect": "fallback",
        "fallback": certificate.id,
        "stream": stream.id,
        "nominal": "2027-02-25",
    }
    play.clock = play.clock.jumped(play.exercise.begins * 60.0 + 60, 0.0)
    entries = len(play.log.entries)
    with pytest.raises(Refused):
        play.decide("Betalchef", "Betala mot bevis", effects=[effect])
    assert len(play.log.entries) == entries


def test_that_a_decided_fallback_pays_its_payees(made):
    organisation, exercise = made
    world = World(organisation, exercise)
    late = [h for h in happenings(world.course) if h.code == "late"]
    for happening in late:
        stream = organisation.of(Stream, happening.about)
        for id_ in stream.fallbacks:
            minute = happening.minute - 3 * 1440
            effect = {
                "effect": "fallback",
                "fallback": id_,
                "stream": stream.id,
                "nominal": happening.nominal,
            }
            if minute > 0 and not world.faults(minute, effect):
                world.decide(minute, [effect])
                leg = world.course.legs[-1]
                number = next(
                    n
                    for n, d in enumerate(leg.plan.days)
                    if d.stream.id == stream.id and d.pay.nominal.isoformat() == happening.nominal
                )
                assert leg.block.used[number, 0] >= 0
                assert leg.block.covered[number, 0] > 0
                return
    pytest.fail("no fallback could be decided")


def test_that_what_is_real_freezes_the_play(play):
    play.start(0.0)
    play.real_event(3.0)
    with pytest.raises(Refused):
        play.start(4.0)
    play.real_event(5.0, on=False)
    play.start(6.0)
    assert play.clock.running


def test_that_the_log_only_grows(play):
    play.note("Första")
    play.correct(1, "Rättad")
    play.log.flush()
    assert [r.kind for r in play.played.remarks] == ["note", "correction"]
    assert play.as_of(1).remarks[0].text == "Första"
    assert len(play.as_of(1).remarks) == 1


def test_that_faults_of_a_template_file_are_named_with_their_line(tmp_path):
    path = tmp_path / "sv.toml"
    path.write_text('[outage]\nname = "{what} nere"\nmessage = "{nobody} vet"\nchanel = "phone"\n')
    with pytest.raises(Refused) as refused:
        read_texts(path)
    found = {p.code: p.facts["line"] for p in refused.value.problems}
    assert found == {"unknown-placeholder": 3, "unknown-template-field": 4}


def test_that_an_exercise_without_scenario_is_refused(made):
    organisation, _ = made
    with pytest.raises(Refused):
        World(organisation, Exercise(id="x", code="W-9", name="Tom"))
