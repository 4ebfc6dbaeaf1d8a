"""After the play: figures in a workbook, improvements among the gaps, observed times as achievable ones."""

import datetime as dt

import openpyxl
import pytest

from continuity.exercise.making import ExerciseRequest
from continuity.model.kinds import Gap, Resource, Role
from continuity.model.problems import Refused
from continuity.session import Session


@pytest.fixture
def house(tmp_path):
    """A document with an exercise of S08, played in part."""
    with Session.create(tmp_path / "m.uthallig", reference="reference", lang="sv") as session:
        scenario = session.organisation.find("scenario", "S08")
        exercise, edit = session.made_exercise(ExerciseRequest(scenario.id))
        session.edit(edit)
        play = session.start_play(exercise.id, tmp_path / "OVNING.uthallig-play")
        play.start(0.0)
        for line in play.lines()[:4]:
            play.clock = play.clock.jumped(line.minute * 60.0, 0.0)
            play.deliver(line.inject.id)
        first = play.lines()[0].inject.id
        play.hint(first)
        play.clock = play.clock.jumped((play.lines()[3].minute + 30) * 60.0, 0.0)
        play.done(first)
        objectives = play.objectives
        bank = next(r for r in session.organisation.all(Resource) if r.achievable_rto)
        play.decide("Betalchef", "Byt bank", options="Vänta", why="Tiden går")
        play.observe(objectives[0].id, "met", "Larmade genast", "Utvärderare 1")
        play.observe(objectives[1].id, "not_met", "Ingen frågade", "Utvärderare 1")
        slow = bank.achievable_rto + 120
        play.observe(objectives[2].id, "partly", "Sent", "Utvärderare 1", element=bank.id, minutes=slow)
        play.end(0.0)
        yield session, play, bank
        play.log.close()


def cells(path):
    return {
        sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)]
        for sheet in openpyxl.load_workbook(path).worksheets
        if sheet.sheet_state == "visible"
    }


def test_that_figures_of_a_play_are_a_workbook(house, tmp_path):
    session, play, _ = house
    path = tmp_path / "OVNING-statistik.xlsx"
    session.write_statistics(play, path, "sv")
    found = cells(path)
    assert list(found) == ["Sammanfattning", "Inspel", "Beslut", "Övningsmål", "Återställningstider"]
    assert all(rows[0][0].startswith("ÖVNING ÖVNING ÖVNING") for rows in found.values())
    summary = dict(row[:2] for row in found["Sammanfattning"][2:])
    assert summary["Inspel"] == len(play.lines())
    assert summary["Inspel: givna"] == 3
    assert summary["Inspel: utförda"] == 1
    assert summary["Beslut"] == 1
    assert summary["Övningsmål: Uppfyllt"] == 1
    first = next(row for row in found["Inspel"][2:] if row[0] == 1)
    assert first[9] == "Ja"
    assert first[10] > 0
    assert found["Beslut"][2][2:6] == ["Betalchef", "Byt bank", "Tiden går", "Vänta"]
    assert found["Återställningstider"][2][3] == 120


def test_that_the_report_comes_with_its_figures_and_each_file_is_marked(house, tmp_path):
    session, play, _ = house
    files = session.write_report(play, tmp_path / "rapport", "sv", ["pdf", "docx", "txt", "xlsx"])
    assert {p.suffix for p in files} == {".pdf", ".docx", ".txt", ".xlsx"}
    assert all(p.name.startswith("OVNING-") and p.exists() for p in files)
    with pytest.raises(Refused):
        session.write_report(play, tmp_path / "annan", "sv", ["odt"])
    assert not (tmp_path / "annan").exists()


def test_that_improvements_land_among_the_gaps_with_owner_and_due(house):
    session, play, bank = house
    proposed = session.improvements(play)
    assert [one.name for one in proposed[:2]] == [o.name for o in play.objectives[1:3]]
    assert proposed[2].about == bank.id
    owner = session.organisation.all(Role)[0]
    due = dt.date(2027, 6, 30)
    taken = [
        session.improvement(
            one.name, needed=one.needed, achievable=one.achievable, about=one.about, owner=owner.id, due=due
        )
        for one in proposed
    ]
    before = session.organisation.count("gap")
    session.edit(session.improvement_gaps(taken, play.exercise.name))
    gaps = [g for g in session.organisation.all(Gap) if g.code.startswith("G-ÖVN")]
    assert len(gaps) == len(proposed) == session.organisation.count("gap") - before
    assert {(g.owner, g.due, g.confidence) for g in gaps} == {(owner.id, due, "tested")}
    session.edit(session.improvement_gaps(taken, play.exercise.name))
    assert session.organisation.count("gap") == before + 2 * len(proposed)
    session.undo()
    session.undo()
    assert session.organisation.count("gap") == before


def test_that_observed_times_become_achievable_times_with_their_evidence(house):
    session, play, bank = house
    [time] = session.observed_times(play)
    day = dt.date(2026, 11, 26)
    session.edit(session.achievable_times([time], "Övning W-1", day))
    now = session.organisation.of(Resource, bank.id)
    assert now.achievable_rto == time.minutes
    assert (now.achievable_known, now.confidence, now.source, now.as_of) == (
        "tested",
        "tested",
        "Övning W-1",
        day,
    )
    session.undo()
    assert session.organisation.of(Resource, bank.id) == bank


def test_that_a_play_that_never_began_has_figures_too(house, tmp_path):
    session, play, _ = house
    empty = session.start_play(play.exercise.id, tmp_path / "OVNING-tom.uthallig-play")
    session.write_statistics(empty, tmp_path / "OVNING-tom.xlsx", "en")
    summary = dict(row[:2] for row in cells(tmp_path / "OVNING-tom.xlsx")["Summary"][2:])
    assert summary["Injects: not given"] == summary["Injects"]
    assert "Minutes in the room" not in summary
    empty.log.close()
