"""Decisions change the world as they should; what is played can be looked at again, step by step."""

import datetime as dt

import pytest

from continuity.exchange.library import load_reference
from continuity.exercise.happenings import happenings
from continuity.exercise.making import ExerciseRequest, make_exercise
from continuity.exercise.play import Play
from continuity.exercise.world import World
from continuity.model.edits import Add, Group, amend
from continuity.model.ids import new_id
from continuity.model.kinds import Exercise, Fallback, Inject, Resource, Scenario, StaffGroup, Stream
from continuity.model.problems import Refused
from continuity.simulation.request import RunRequest
from continuity.simulation.run import run
from continuity.store.play_file import PlayFile
from continuity.words import local, words_in

WORDS = words_in("sv")


@pytest.fixture(scope="module")
def agency():
    return load_reference("sv")


@pytest.fixture(scope="module")
def made(agency):
    """The reference agency with an exercise of S24 on it."""
    organisation = agency.copy()
    scenario = organisation.find("scenario", "S24")
    result = run(organisation, RunRequest(scenario.id, replications=64))
    exercise, edit = make_exercise(organisation, ExerciseRequest(scenario.id, "bad"), result, WORDS)
    organisation.apply(edit)
    return organisation, exercise


@pytest.fixture
def play(made, tmp_path):
    organisation, exercise = made
    log = PlayFile.create(tmp_path / "övning.uthallig-play", "exercise", {}, "{}", "Eva")
    yield Play(log, organisation, exercise.id, WORDS)
    log.close()


def bare(agency, code, **more):
    """An exercise of a scenario, played from its beginning."""
    scenario = agency.find("scenario", code)
    return Exercise(
        id=new_id(), code="W-1", name="x", scenario=scenario.id, replication=0, ends=4 * 1440, **more
    )


def at(play, minute):
    play.clock = play.clock.jumped(minute * 60.0, 0.0)


# --- staff and crews ----------------------------------------------------------------------------------


def test_that_moved_staff_are_here_and_not_there(agency):
    world = World(agency, bare(agency, "S15"))
    giver, taker = [g for g in agency.all(StaffGroup) if g.headcount > 20][:2]
    world.decide(600, [{"effect": "staff", "from": giver.id, "to": taker.id, "count": 10}])
    after = world.course.legs[-1].organisation
    assert after.of(StaffGroup, giver.id).headcount == giver.headcount - 10
    assert after.of(StaffGroup, taker.id).headcount == taker.headcount + 10
    world.decide(700, [{"effect": "staff", "from": taker.id, "to": giver.id, "count": 10}])
    back = world.course.legs[-1].organisation
    assert back.of(StaffGroup, giver.id).headcount == giver.headcount


def test_that_nobody_is_moved_twice(agency):
    world = World(agency, bare(agency, "S15"))
    giver, taker = [g for g in agency.all(StaffGroup) if g.headcount > 20][:2]
    effect = {"effect": "staff", "from": giver.id, "to": taker.id, "count": giver.headcount // 2 + 1}
    world.decide(600, [effect])
    with pytest.raises(Refused) as refused:
        world.decide(700, [effect])
    assert refused.value.problems[0].code == "too-few-to-move"


def test_that_a_crew_goes_first_where_it_is_told_to(agency):
    plain, told = World(agency, bare(agency, "S24")), World(agency, bare(agency, "S24"))
    minute = 3 * 1440 + 3 * 60
    down = {
        h
        for one in happenings(plain.course)
        if one.code == "outage" and one.minute < minute < (one.until or 0)
        for h in one.hit
    }
    waiting = [r for r in agency.all(Resource) if r.id in down and r.crew_priority]
    assert waiting
    last = max(waiting, key=lambda r: (r.crew_priority, r.code))
    plain.decide(minute, [{"effect": "crew", "element": waiting[0].id}])
    told.decide(minute, [{"effect": "crew", "element": last.id}])
    assert told.course.legs[-1].organisation.of(Resource, last.id).crew_priority == 0

    def back(world):
        horizon = world.course.horizon
        return next(
            (m for m in range(minute, horizon, 60) if world.course.level(last.id, m) == 1000), horizon
        )

    assert back(told) <= back(plain)


def test_that_what_is_struck_falls_and_what_is_healed_rises(agency):
    world = World(agency, bare(agency, "S01"))
    bank = agency.find("resource", "R-BANK1")
    assert world.course.level(bank.id, 700) == 1000
    world.decide(700, [{"effect": "strike", "element": bank.id, "minutes": 600}])
    assert world.course.level(bank.id, 710) == 0
    world.decide(800, [{"effect": "heal", "element": bank.id}])
    assert world.course.level(bank.id, 810) > 0


# --- fallbacks ----------------------------------------------------------------------------------------


def test_that_no_fallback_goes_out_while_the_receipt_of_the_file_is_unknown(agency):
    world = World(agency, bare(agency, "S01"))
    leg = world.course.legs[0]
    for number, day in enumerate(leg.plan.days):
        first = int(leg.plan.arrays.days["slot"][number])
        done = leg.block.done[first : first + len(day.stages), 0].tolist()
        reaches = [stage.reaches for stage in day.stages]
        if "sent" not in reaches or "received" not in reaches or not day.stream.own:
            continue
        sent, received = done[reaches.index("sent")], done[reaches.index("received")]
        fallback = next(
            (f for f in day.stream.fallbacks if agency.of(Fallback, f).code == "L-EXEC-FIX"), None
        )
        if fallback and 60 < sent < received - 2 < received < 20_000:
            break
    else:
        pytest.fail("no file is on its way to the bank for long")
    effect = {
        "effect": "fallback",
        "fallback": fallback,
        "stream": day.stream.id,
        "nominal": day.pay.nominal.isoformat(),
    }
    assert not world.faults(sent + 1, effect)
    channel = day.stages[reaches.index("received")].element
    world.decide(sent + 1, [{"effect": "strike", "element": channel, "minutes": 600}])
    assert world.file_state(sent + 3, day.stream.id, effect["nominal"]) == "receipt_unknown"
    with pytest.raises(Refused) as refused:
        world.decide(sent + 3, [effect])
    assert [p.code for p in refused.value.problems] == ["play-receipt-unknown"]


def test_that_a_fallback_decided_on_its_inject_changes_what_is_still_to_come(play):
    late = {h.key: h.payees for h in happenings(play.world.course) if h.code == "late"}
    fallback = play.organisation.find("fallback", "L-EXEC-FIX")
    asked = next(h for h in happenings(play.world.course) if h.code == "decide" and h.part == fallback.id)
    at(play, asked.minute - 60)
    stream = play.organisation.of(Stream, asked.about)
    effect = {"effect": "fallback", "fallback": fallback.id, "stream": stream.id, "nominal": asked.nominal}
    adapted = play.decide("Betalchef", "Verkställ ur valvet", why="Lagstöd finns", effects=[effect])
    after = {h.key: h.payees for h in happenings(play.world.course) if h.code == "late"}
    key = f"late/{stream.id}/{asked.nominal}"
    assert after.get(key, 0) < late[key]
    assert any(h.code == "fallback_used" and h.about == stream.id for h in happenings(play.world.course))
    names = [play.line(id_).inject.name for id_ in adapted.added]
    assert f"I gång: {fallback.name}" in names
    told = [play.line(id_).inject for id_ in adapted.reworded]
    assert any(i.happening.startswith("late/") for i in told)
    play.log.flush()
    log = PlayFile.open(play.log.path, read_only=True)
    again = Play(log, play.organisation, play.exercise.id, WORDS)
    log.close()
    assert again.lines() == play.lines()


def test_that_words_that_people_wrote_are_left_as_they_are(made, tmp_path):
    organisation, exercise = made
    twin = organisation.copy()
    late = next(i for i in twin.parts(exercise.id, Inject) if i.happening.startswith("late/"))
    twin.apply(Group("own", (amend(late, message="Mina egna ord"),)))
    log = PlayFile.create(tmp_path / "egen.uthallig-play", "exercise", {}, "{}", "")
    play = Play(log, twin, exercise.id, WORDS)
    fallback = twin.find("fallback", "L-EXEC-FIX")
    asked = next(h for h in happenings(play.world.course) if h.code == "decide" and h.part == fallback.id)
    at(play, asked.minute - 60)
    effect = {"effect": "fallback", "fallback": fallback.id, "stream": asked.about, "nominal": asked.nominal}
    assert late.id not in play.decide("Betalchef", "Ja", effects=[effect]).reworded
    assert play.line(late.id).inject.message == "Mina egna ord"
    log.close()


def test_that_an_inject_of_what_no_longer_happens_is_withdrawn_and_comes_back(play):
    gateway = play.organisation.find("resource", "R-BANK1")
    lines = [line for line in play.lines() if line.inject.happening.startswith(("outage/", "buffer_empty/"))]
    assert lines
    at(play, play.exercise.begins + 1)
    adapted = play.decide("Övningsledaren", "", effects=[{"effect": "strike", "element": gateway.id}])
    struck = [line for line in play.lines() if line.inject.id in adapted.added]
    assert struck
    assert all(line.minute >= play.clock.minute and line.fresh for line in struck)
    assert all(play.organisation.get(line.inject.about) for line in struck if line.inject.about)


# --- the whole, again ---------------------------------------------------------------------------------


def played_through(play):
    """Play to the end by script: everything is given, every decision is taken, every objective is rated."""
    play.start(0.0)
    play.set_speed(3600, 0.0)
    now = 0.0
    while True:
        now += 0.5
        tick = play.tick(now)
        for line in tick.due:
            play.deliver(line.inject.id)
            if line.inject.happening.startswith("decide/"):
                play.decide("Betalchef", "Avvakta", why=line.inject.name, inject=line.inject.id)
            play.done(line.inject.id)
        if tick.ended:
            break
    for objective in play.objectives:
        play.observe(objective.id, "partly", "Sågs", "Utvärderare 1")
    play.end(now)


def test_that_a_whole_exercise_can_be_replayed_entry_by_entry(play):
    played_through(play)
    assert {line.state for line in play.lines()} == {"done"}
    before, given = -1.0, 0
    for row in play.log.entries:
        then = play.as_of(row.id)
        count = sum(state.delivered is not None for state in then.injects.values())
        assert then.second >= before
        assert count >= given
        assert len(play.lines(then)) == len(play.lines())
        before, given = then.second, count
    assert play.as_of(len(play.log.entries)) == play.played
    assert play.as_of(0).injects == {}
    play.log.flush()
    play.log.close()
    again = Play(PlayFile.open(play.log.path, read_only=True), play.organisation, play.exercise.id, WORDS)
    assert again.played == play.played
    assert happenings(again.world.course) == happenings(play.world.course)
    again.log.close()


def test_that_a_jump_back_is_kept_although_the_clock_had_been_further(play):
    play.start(0.0)
    play.set_speed(600, 0.0)
    for second in range(1, 9):
        play.tick(float(second))
    first = play.exercise.begins
    play.jump(first + 5, 8.0)
    play.log.flush()
    play.log.close()
    again = Play(PlayFile.open(play.log.path), play.organisation, play.exercise.id, WORDS)
    assert again.clock.at == (first + 5) * 60.0
    again.log.close()


# --- time ---------------------------------------------------------------------------------------------


def test_that_a_sleep_that_the_machine_does_not_count_stops_the_clock(play):
    wall = iter([1000.0, 1001.0, 1002.0 + 3600, 1003.0 + 3600])
    play.wall = lambda: next(wall)
    play.start(0.0)
    play.tick(1.0)
    play.tick(2.0)
    stood = play.clock.at
    tick = play.tick(3.0)
    assert tick.away == pytest.approx(3600)
    assert not play.clock.running
    assert play.clock.at - stood <= 1.0
    assert play.log.entries[-1].payload["action"] == "away"


def test_that_a_clock_set_back_changes_nothing(play):
    wall = iter([1000.0, 1001.0, 1002.0 - 3600])
    play.wall = lambda: next(wall)
    play.start(0.0)
    for second in (1.0, 2.0, 3.0):
        assert not play.tick(second).away
    assert play.clock.running


def test_that_entries_stay_in_order_although_the_calendar_went_back(play):
    for hour in (10, 9, 11):
        moment = dt.datetime(2026, 10, 25, hour, tzinfo=dt.UTC)
        play.log.append("note", {"second": 0.0, "text": str(hour)}, moment)
    play.log.flush()
    play.log.close()
    again = PlayFile.open(play.log.path, read_only=True)
    assert [row.payload["text"] for row in again.entries] == ["10", "9", "11"]
    assert again.broken_link() is None
    again.close()


def test_that_hours_are_local_in_the_night_on_which_clocks_change(agency, tmp_path):
    organisation = agency.copy()
    exercise = bare(agency, "S08", start=dt.date(2027, 3, 27))
    organisation.apply(Group("x", (Add(exercise),)))
    log = PlayFile.create(tmp_path / "natt.uthallig-play", "exercise", {}, "{}", "")
    play = Play(log, organisation, exercise.id, WORDS)
    scenario = organisation.of(Scenario, exercise.scenario)
    hours = scenario.start.at // 60
    evening, morning = (23 - hours) * 60, (23 - hours + 5) * 60
    assert local(play.local_time(evening * 60.0)).hour - local(play.local_time(0)).hour == 23 - hours
    assert local(play.local_time(morning * 60.0)).hour == local(play.local_time(evening * 60.0)).hour - 24 + 6
    log.close()


# --- many ---------------------------------------------------------------------------------------------


def test_that_two_thousand_injects_are_looked_at_once_and_not_at_every_tick(made, tmp_path, monkeypatch):
    organisation, exercise = made
    twin = organisation.copy()
    begins = exercise.begins
    many = [
        Inject(id=new_id(), code=f"M/{n}", exercise=exercise.id, name=f"Inspel {n}", at=begins + 10 + n)
        for n in range(2000)
    ]
    twin.apply(Group("many", tuple(Add(one) for one in many)))
    log = PlayFile.create(tmp_path / "många.uthallig-play", "exercise", {}, "{}", "")
    play = Play(log, twin, exercise.id, WORDS)
    listed = []
    whole = play._listed
    monkeypatch.setattr(play, "_listed", lambda played: listed.append(1) or whole(played))
    play.start(0.0)
    for tick in range(1, 200):
        play.tick(tick * 0.25)
    assert len(listed) == 1
    play.retime(many[0].id, begins + 500, following=True)
    assert play.line(many[-1].id).minute == begins + 10 + 1999 + 490
    log.close()
