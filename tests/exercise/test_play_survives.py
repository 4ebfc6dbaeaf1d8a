"""What is played is on disk: a killed process, a full disk, a place that takes nothing, no picture."""

import signal
import subprocess
import sys
import textwrap

import pytest
import sqlalchemy as sa

from continuity.exercise.making import ExerciseRequest
from continuity.model.problems import Refused
from continuity.session import Session
from continuity.store import play_file
from continuity.store.play_file import PlayFile

CHILD = """
import sys
from continuity.session import Session

play = Session.open_play(sys.argv[1])
play.start(0.0)
play.set_speed(600, 0.0)
now = 0.0
while True:
    now += 0.25
    for line in play.tick(now).due:
        play.deliver(line.inject.id)
        play.note("Givet: " + line.inject.name)
    play.log.flush()
    print(play.clock.at, len(play.log.entries), flush=True)
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A document with an exercise of S08."""
    path = tmp_path_factory.mktemp("survives") / "myndighet.uthallig"
    with Session.create(path, reference="reference", lang="sv") as session:
        scenario = session.organisation.find("scenario", "S08")
        exercise, edit = session.made_exercise(ExerciseRequest(scenario.id))
        session.edit(edit)
        yield session, exercise.id


@pytest.fixture
def play(house, tmp_path):
    session, exercise = house
    made = session.start_play(exercise, tmp_path / "OVNING.uthallig-play")
    yield made
    made.log.close()


def test_that_a_killed_play_goes_on_at_the_same_second_with_every_entry(house, tmp_path):
    session, exercise = house
    path = tmp_path / "OVNING.uthallig-play"
    session.start_play(exercise, path).log.close()
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(CHILD), str(path)], stdout=subprocess.PIPE, text=True
    )
    said = [child.stdout.readline() for _ in range(60)]
    child.send_signal(signal.SIGKILL)
    rest = child.stdout.read().splitlines()
    child.wait()
    second, entries = (*said, *rest)[-1].split() if rest and len(rest[-1].split()) == 2 else said[-1].split()
    again = session.open_play(path)
    # Between the last word of the child and its end there may be one tick more.
    assert 0 <= again.clock.at - float(second) <= 0.25 * 600 + 1
    assert len(again.log.entries) >= int(entries)
    assert again.log.broken_link() is None
    assert not again.clock.running
    given = [line for line in again.lines() if line.delivered is not None]
    assert given
    assert len(given) == sum(r.text.startswith("Givet: ") for r in again.played.remarks)
    again.start(0.0)
    again.log.close()


def test_that_a_full_disk_is_said_and_nothing_is_lost(play):
    told = []
    play.log.on_failure = told.append
    play.log.flush()

    def limit(pages):
        play.log._now(lambda c: c.exec_driver_sql(f"PRAGMA max_page_count={pages}"))

    limit(1)  # as full as it is now
    for number in range(200):
        play.note(f"Anteckning {number} " + "x" * 200)
    play.log.flush()
    assert told
    assert "full" in told[0]
    assert play.log.unwritten > 0
    assert len(play.played.remarks) == 200  # it goes on in memory
    limit(1_000_000)
    assert play.log.retry() == 0
    play.log.close()
    again = PlayFile.open(play.log.path, read_only=True)
    assert len(again.entries) == 200
    assert again.broken_link() is None
    again.close()


def test_that_a_play_cannot_begin_where_nothing_can_be_written(house, tmp_path):
    session, exercise = house
    for path in (tmp_path / "ingen mapp" / "x.uthallig-play", "/proc/x.uthallig-play"):
        with pytest.raises(Refused):
            session.start_play(exercise, path)


def test_that_half_a_file_is_not_left_where_the_disk_was_full(house, tmp_path, monkeypatch):
    session, exercise = house

    def full(*_):
        raise sa.exc.OperationalError("INSERT", {}, OSError("database or disk is full"))

    path = tmp_path / "OVNING.uthallig-play"
    with monkeypatch.context() as patched:
        patched.setattr(play_file, "_lay_out", full)
        with pytest.raises(Refused) as refused:
            session.start_play(exercise, path)
    assert "full" in str(refused.value.problems[0].facts["reason"])
    assert not path.exists()
    session.start_play(exercise, path).log.close()


def test_that_two_do_not_play_into_one_file(house, play):
    session, _ = house
    with pytest.raises(Refused):
        session.open_play(play.log.path)
    session.open_play(play.log.path, read_only=True).log.close()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("tavla.jpg", b"inte en bild", "not-a-photo"),
        ("tavla.svg", b"<svg/>", "not-a-photo"),
        ("plan.pdf", b"%PDF-1.7", "not-a-photo"),
        ("tom.png", b"", "not-a-photo"),
        ("stor.png", b"\x89PNG" + b"\0" * 20_000_000, "photo-too-large"),
    ],
)
def test_that_what_is_no_photo_or_too_large_is_refused(play, tmp_path, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        Session.attach_photo(play, path)
    assert refused.value.problems[0].code == code
    assert not play.log.entries


def test_that_a_photo_is_kept_with_the_play(house, play, tmp_path):
    session, _ = house
    path = tmp_path / "tavla.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0 en tavla")
    id_ = Session.attach_photo(play, path, "Läget kl. 10")
    assert play.log.attachment(id_) == ("tavla.jpg", "image/jpeg", path.read_bytes())
    play.log.close()
    again = session.open_play(play.log.path, read_only=True)
    assert again.log.attachment(id_)[2] == path.read_bytes()
    assert again.played.remarks[0].text == "Läget kl. 10"
    again.log.close()
