"""The door to trials: one replication as a film, two versions of the model, tables to files."""

import csv

import pytest
from openpyxl import load_workbook

from continuity.exchange.library import load_reference
from continuity.model.edits import Add, Group, amend
from continuity.model.kinds import Event, Function
from continuity.model.problems import Refused
from continuity.session import RunRequest, Session
from continuity.simulation.events import Finished
from continuity.simulation.result import Comparison


@pytest.fixture
def session():
    with Session.create(None) as made:
        made.edit(Group("import", tuple(Add(record) for record in load_reference("sv"))))
        yield made


@pytest.fixture
def result(session):
    return session.simulate(RunRequest(session.organisation.find("scenario", "S05").id, replications=64))


def test_that_a_film_tells_levels_and_what_happens_in_order(session, result):
    film = session.film(result, result.single.bad)
    assert film.horizon == result.meta.horizon_days * 1440
    assert set(film.levels) == {e.element for e in result.elements}
    minutes = [m.minute for m in film.moments]
    assert minutes == sorted(minutes)
    fallen = {m.about for m in film.moments if m.code == "function_down"}
    functions = {f.id: f for f in session.organisation.all(Function)}
    low = {
        id_
        for id_, function in functions.items()
        if any(level < function.mbco for _minute, level in film.levels.get(id_, ()))
    }
    assert fallen == low != set()


def test_that_a_film_stands_at_a_level_until_the_next_piece(session, result):
    film = session.film(result, result.single.worst)
    element, pieces = max(film.levels.items(), key=lambda pair: len(pair[1]))
    (first, before), (second, after) = pieces[0], pieces[1]
    assert film.level(element, first) == before
    assert film.level(element, second - 1) == before
    assert film.level(element, second) == film.at(second)[element] == after
    assert film.turns[0] == 0
    assert second in film.turns


def test_that_two_versions_are_compared_on_the_same_draws(session, result):
    version = session.make_version("Före")
    scenario = session.organisation.find("scenario", "S05")
    for event in session.organisation.parts(scenario.id, Event):
        session.edit(amend(event, probability=0.0))
    handle = session.start_run_between(version, RunRequest(scenario.id, replications=64))
    handle.join(60)
    events = []
    while not events or not isinstance(events[-1], Finished):
        events.append(handle.events.get(timeout=1))
    found = events[-1].comparison
    assert isinstance(found, Comparison)
    assert found.between == ("Före", "")
    assert found.without.headline == result.headline
    assert found.in_need_unpaid.mean < 0
    session.keep_run(found)
    session._kept.clear()
    assert session.latest_run() == found
    assert not session.is_stale(found)


def test_that_outages_are_told_as_shares_that_fall(result):
    for function in result.functions:
        shares = [share for _minutes, share in function.outlasting]
        assert shares == sorted(shares, reverse=True)
        assert not shares or shares[-1] == 0
        mtpd = function.mtpd_breach
        if mtpd is not None and function.outlasting:
            longest = function.longest_down
            assert function.outlasting[-1][0] >= longest.p90


def test_that_tables_are_written_as_workbook_and_text(tmp_path):
    rows = [["=1+1", 2.5, 3], ["å;ä", None, 4]]
    Session.write_table(str(tmp_path / "t.xlsx"), ["A", "B", "C"], rows)
    sheet = load_workbook(tmp_path / "t.xlsx").active
    assert [[c.value for c in row] for row in sheet] == [["A", "B", "C"], *rows]
    assert sheet["A2"].data_type == "s"
    Session.write_table(str(tmp_path / "t.csv"), ["A", "B", "C"], rows)
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file, delimiter=";")) == [
            ["A", "B", "C"], ["'=1+1", "2.5", "3"], ["å;ä", "", "4"],
        ]  # fmt: skip
    with pytest.raises(Refused):
        Session.write_table(str(tmp_path / "gone" / "t.csv"), ["A"], [])
    with pytest.raises(Refused):
        Session.write_table(str(tmp_path / "t.doc"), ["A"], [])
