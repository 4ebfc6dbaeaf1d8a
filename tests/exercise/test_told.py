"""What the players know: only what was delivered, and the calendar."""

import pytest

from continuity.exchange.library import load_reference
from continuity.exercise.making import ExerciseRequest, make_exercise
from continuity.exercise.play import Play
from continuity.exercise.told import messages_told, pay_days_ahead, status_board
from continuity.model.problems import Refused
from continuity.session import Session
from continuity.simulation.request import RunRequest
from continuity.simulation.run import run
from continuity.store.play_file import PlayFile
from continuity.words import words_in


@pytest.fixture(scope="module")
def made():
    organisation = load_reference("sv")
    scenario = organisation.find("scenario", "S24")
    result = run(organisation, RunRequest(scenario.id, replications=64))
    exercise, edit = make_exercise(organisation, ExerciseRequest(scenario.id, "bad"), result, words_in("sv"))
    organisation.apply(edit)
    return organisation, exercise


@pytest.fixture
def play(made, tmp_path):
    organisation, exercise = made
    log = PlayFile.create(tmp_path / "ÖVNING.uthallig-play", "exercise", {}, "{}", "Eva")
    yield Play(log, organisation, exercise.id, words_in("sv"))
    log.close()


def test_that_nothing_is_known_before_anything_was_told(play):
    assert messages_told(play) == []
    assert status_board(play) == []


def test_that_the_board_names_only_what_messages_named(play):
    for line in play.lines()[:6]:
        play.deliver(line.inject.id)
        about = {one.record for one in status_board(play)}
        told = "\n".join(f"{m.inject.name} {m.inject.message}" for m in messages_told(play))
        names = {play.organisation.get(id_).name for id_ in about}
        assert all(name in told for name in names)


def test_that_the_latest_word_on_a_thing_counts(play):
    lines = {line.inject.happening.split("/")[0]: line for line in play.lines()}
    down, up = lines.get("function_down"), lines.get("function_up")
    first = down or next(iter(lines.values()))
    play.deliver(first.inject.id)
    before = status_board(play)
    if up is not None:
        play.deliver(up.inject.id)
        assert {k.record: k.state for k in status_board(play)}[up.inject.about] == "up"
    records = [k.record for k in before]
    assert len(records) == len(set(records))


def test_that_pay_days_are_those_of_the_calendar_and_none_twice(play):
    days = pay_days_ahead(play)
    assert days
    assert len({(d.stream, d.due) for d in days}) == len(days)
    assert [d.due for d in days] == sorted(d.due for d in days)
    assert all(d.due >= play.local_time(play.clock.at) for d in days)


def test_that_a_photo_of_no_picture_and_one_too_large_are_refused(play, tmp_path, monkeypatch):
    text, large = tmp_path / "a.txt", tmp_path / "b.png"
    text.write_text("x")
    large.write_bytes(b"x" * 100)
    monkeypatch.setattr("continuity.session_play.LARGEST_PHOTO", 50)
    for path, code in (
        (text, "not-a-photo"),
        (large, "photo-too-large"),
        (tmp_path / "c.png", "cannot-read"),
    ):
        with pytest.raises(Refused) as refused:
            Session.attach_photo(play, path)
        assert refused.value.problems[0].code == code
    assert not play.played.remarks


def test_that_times_are_read_by_the_clock_of_the_scenario(play):
    start = play.local_time(0)
    minute = Session.minute_of("D+1 08:00", start)
    assert play.words.time(play.local_time(minute * 60)) == "08:00"
    assert Session.minute_of("+90", start) == 90
    with pytest.raises(Refused):
        Session.minute_of("igår", start)
