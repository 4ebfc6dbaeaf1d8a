"""A list made from a run can be played: spread over the time, told to who sits there, decisions in time."""

import datetime as dt
from itertools import pairwise

import pytest

from continuity.exchange.library import load_reference
from continuity.exercise.drafts import drafts
from continuity.exercise.happenings import happenings
from continuity.exercise.making import ExerciseRequest, make_exercise
from continuity.exercise.papers import exercise_papers, write_documents
from continuity.exercise.seating import AtTable
from continuity.exercise.templates import read_texts, texts
from continuity.exercise.timetable import pace, play_minutes, timetable
from continuity.exercise.world import World
from continuity.model.edits import Add, Group
from continuity.model.ids import new_id
from continuity.model.kinds import Event, Exercise, Inject, Objective, Resource, Role, Scenario
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused
from continuity.model.values import Law, StartRule
from continuity.simulation.request import RunRequest
from continuity.simulation.run import run
from continuity.words import words_in


@pytest.fixture(scope="module")
def agency():
    """The reference agency."""
    return load_reference("sv")


def made(organisation, code, severity="typical"):
    scenario = organisation.find("scenario", code)
    result = run(organisation, RunRequest(scenario.id, replications=64))
    exercise, edit = make_exercise(
        organisation, ExerciseRequest(scenario.id, severity), result, words_in("sv")
    )
    twin = organisation.copy()
    twin.apply(edit)
    return twin, exercise


@pytest.fixture(scope="module", params=["S03", "S05", "S08", "S13", "S15", "S17", "S20", "S24"])
def prepared(agency, request):
    """An exercise of each of these scenarios."""
    return made(agency, request.param)


def test_that_injects_are_spread_over_the_playing_time(prepared):
    organisation, exercise = prepared
    injects = sorted(organisation.parts(exercise.id, Inject), key=lambda i: i.at)
    rooms = [(i.at - exercise.begins) / pace(exercise) for i in injects]
    assert 10 <= len(injects) <= exercise.length // 5
    assert max(b - a for a, b in pairwise([0, *rooms, exercise.length])) <= 20
    for minute in range(exercise.length):
        assert sum(minute <= at < minute + 5 for at in rooms) <= 5


def test_that_every_inject_is_for_somebody_at_the_table_and_from_somebody_else(prepared):
    organisation, exercise = prepared
    seated = {s.name for s in exercise.seats if s.part == "player"}
    for inject in organisation.parts(exercise.id, Inject):
        names = [organisation.of(Role, id_).name for id_ in inject.to]
        assert names
        assert set(names) <= seated
        assert inject.sender not in names
        assert inject.sender not in ("", "–")


def test_that_nothing_is_left_unfilled_in_an_inject(prepared):
    organisation, exercise = prepared
    for inject in organisation.parts(exercise.id, Inject):
        for text in (inject.name, inject.message, inject.expected, inject.hint, inject.evaluation):
            assert "{" not in text
            assert ".." not in text
            assert " – ." not in text


def test_that_decisions_are_asked_for_before_their_latest_hour_and_after_the_blow(agency):
    organisation, exercise = made(agency, "S24")
    told = happenings(World(organisation, exercise).course)
    latest = {h.key: h.minute for h in told if h.code == "decide"}
    asked = [i for i in organisation.parts(exercise.id, Inject) if i.happening in latest]
    blow = min(h.minute for h in told if h.code == "outage" and len(h.hit) > 5)
    assert len(asked) >= 2
    for inject in asked:
        assert blow < inject.at < latest[inject.happening]
        assert inject.at + inject.hint_after <= latest[inject.happening]


def test_that_the_table_has_players_control_evaluators_and_an_observer(agency):
    organisation, exercise = made(agency, "S08")
    parts = [s.part for s in exercise.seats]
    assert set(parts) == {"player", "control", "evaluator", "observer"}
    names = {s.name for s in exercise.seats}
    assert {"Betalchef", "Krisledningschef (stabschef)", "Generaldirektör", "It-chef"} <= names
    assert not [n for n in names if n.startswith("Biträdande")]
    evaluators = {s.name for s in exercise.seats if s.part == "evaluator"}
    assert {o.evaluator for o in organisation.parts(exercise.id, Objective)} == evaluators


def test_that_an_owner_away_from_the_table_is_answered_for_at_it(agency):
    organisation, exercise = made(agency, "S08")
    table = AtTable(organisation, exercise)
    deputy = organisation.find("role", "O-PAYDEP")
    grid = organisation.find("role", "O-GRID")
    assert table.in_charge(deputy.id) == (organisation.find("role", "O-PAYCHIEF").id,)
    assert table.in_charge(grid.id) == table.leaders()
    assert table.voice(organisation.find("role", "O-PAYCHIEF").id) == deputy.name


def test_that_news_at_one_minute_is_told_one_after_the_other_cause_first(agency):
    organisation, exercise = made(agency, "S05")
    found = drafts(World(organisation, exercise).course, exercise, 15)
    assert found[0].code == "outage"
    assert len({d.minute for d in found}) == len(found)


def test_that_messages_go_by_runner_where_networks_are_down(agency):
    organisation, exercise = made(agency, "S13")
    injects = organisation.parts(exercise.id, Inject)
    early = [i for i in injects if exercise.begins + 60 < i.at < exercise.begins + 1000]
    assert early
    assert not [i for i in early if i.channel in ("phone", "email", "social")]


def test_that_two_hours_hold_briefing_play_and_wash_up():
    assert play_minutes(120) == 90
    held = Exercise(id="x", code="W-1", name="x", length=90)
    assert [(p.code, p.begins, p.ends) for p in timetable(held)] == [
        ("briefing", 0, 10),
        ("play", 10, 100),
        ("wash_up", 100, 120),
    ]


def test_that_both_languages_have_the_same_texts():
    swedish, english = texts("sv"), texts("en")
    assert swedish.of.keys() == english.of.keys()
    assert len(swedish.background) == len(english.background)
    for one, other in zip(swedish.background, english.background, strict=True):
        assert (one.after_share, one.after, one.objective) == (
            other.after_share,
            other.after,
            other.objective,
        )
    assert {p: len(n) for p, n in swedish.seats.items()} == {p: len(n) for p, n in english.seats.items()}


def test_that_a_scenario_on_another_day_moves_the_hours(agency):
    scenario = agency.find("scenario", "S08")
    result = run(agency, RunRequest(scenario.id, replications=64, start=dt.date(2027, 3, 23)))
    request = ExerciseRequest(scenario.id, start=dt.date(2027, 3, 23))
    exercise, _ = make_exercise(agency, request, result, words_in("sv"))
    assert exercise.start == dt.date(2027, 3, 23)


def test_that_a_template_for_nobody_known_is_refused(tmp_path):
    path = tmp_path / "sv.toml"
    path.write_text('[seats]\ncontrol = ["X"]\n[outage]\nname = "{vem}"\n', "utf-8")
    with pytest.raises(Refused):
        read_texts(path)


def test_that_a_model_with_next_to_nothing_in_it_can_be_exercised(tmp_path):
    organisation = Organisation("d", [])
    hall = Resource(id=new_id(), code="R-1", name="Hallen")
    start = StartRule(on_or_after=dt.date(2027, 2, 1))
    scenario = Scenario(id=new_id(), code="S-1", name="Litet", start=start, horizon_days=4)
    blow = Event(
        id=new_id(),
        code="S-1/1",
        scenario=scenario.id,
        name="Det brinner",
        elements=(hall.id,),
        duration=Law(likely=600),
    )
    organisation.apply(Group("x", (Add(hall), Add(scenario), Add(blow))))
    twin, exercise = made(organisation, "S-1")
    injects = twin.parts(exercise.id, Inject)
    assert len(injects) >= 5
    assert [i.name for i in injects if i.about == hall.id] == ["Nere – Hallen"]
    assert {s.part for s in exercise.seats} == {"control", "evaluator", "observer"}
    documents = exercise_papers(twin, exercise, "sv")
    files = write_documents(documents, tmp_path / "papper", "sv", ["txt", "html"])
    assert len(files) == 8
