"""Results beyond figures: survival, who is missed, staff, chains, export, one run on the map, versions."""

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from continuity.model.kinds import Resource, StaffGroup
from continuity.simulation.request import RunRequest
from tests.ui.testing_window import board
from ui.charts.exporting import file_name, rows_of, write
from ui.charts.numbers import Cell, Numbers, Title
from ui.charts.survival import Demand, SurvivalChart
from ui.panels.results.breaches_page import BreachesPage
from ui.panels.results.causes_page import CausesPage
from ui.panels.results.missed_page import MissedPage
from ui.panels.results.runs_page import RunsPage
from ui.panels.results.staff_page import StaffPage
from ui.panels.results.summary import SummaryPage
from ui.runs.moments import MOMENTS
from ui.runs.outcome import side_names


@pytest.fixture
def page(window, reference_session, qtbot):
    """A real run of war, small."""
    window.documents.take(reference_session)
    window.open_workspace("results")
    made = window.pages.made["results"]
    scenario = reference_session.organisation.find("scenario", "S17")
    held = board(window)
    assert held.start(RunRequest(scenario.id, replications=64))
    qtbot.waitUntil(lambda: held.outcome is not None and not held.busy, timeout=90_000)
    return made


def tab(page, kind):
    found = next(one for one in page.pages if isinstance(one, kind))
    page.tabs.setCurrentWidget(found)
    return found


def test_that_pages_tell_survival_staff_missed_and_chains(page):
    too_long = tab(page, BreachesPage)
    curve = too_long.curve
    assert curve.points[0][1] == 1.0
    assert {d.name for d in curve.demands} == {"MTPD", "RTO"}
    mtpd = next(d for d in curve.demands if d.name == "MTPD")
    function = next(f for f in page.board.result.functions if f.element == too_long.chosen)
    assert curve.share_beyond(mtpd.minutes) == pytest.approx(function.mtpd_breach.share, abs=0.05)
    staff = tab(page, StaffPage)
    groups = {g.id for g in page.session.organisation.all(StaffGroup)}
    assert staff.rows.courses
    assert {c.key for c in staff.rows.courses} <= groups
    missed = tab(page, MissedPage)
    assert missed.box.table.numbers.numbers.rows
    chains = tab(page, CausesPage).chains.table.numbers.numbers
    assert chains.rows
    assert "eftersom" in " ".join(chains.text(row, 2) for row in range(len(chains.rows)))


def test_that_the_survival_curve_reads_its_steps(qtbot):
    chart = SurvivalChart()
    qtbot.addWidget(chart)
    chart.show_curve(((60, 0.8), (600, 0.25), (1440, 0.0)), (Demand("MTPD", 720, "x"),))
    assert [chart.share_beyond(m) for m in (0, 60, 599, 720, 2000)] == [1.0, 0.8, 0.8, 0.25, 0.0]
    assert len(chart.numbers().rows) == 5


def test_that_charts_and_tables_are_written_to_files(page, tmp_path):
    too_long = tab(page, BreachesPage)
    chart = too_long.curve
    for ending in ("svg", "png", "xlsx", "csv"):
        write(tmp_path / f"c.{ending}", "Kurva", chart.numbers(), chart)
    assert b"<svg" in (tmp_path / "c.svg").read_bytes()
    assert QImage(str(tmp_path / "c.png")).width() == 2 * chart.width()
    sheet = load_workbook(tmp_path / "c.xlsx").active
    assert sheet.max_row == 1 + len(chart.numbers().rows)
    menu = too_long.curve_box.export.menu()
    assert len(menu.actions()) == 4
    assert len(too_long.box.export.menu().actions()) == 2


def test_that_figures_of_a_table_stay_figures():
    numbers = Numbers(
        (Title("a"), Title("b")), ((Cell("1 250", 1250), Cell("3 d", 4320)), ("x", Cell("−2,5", -2.5)))
    )
    assert rows_of(numbers) == [[1250, "3 d"], ["x", -2.5]]
    assert file_name("Nivå över tid: <S17>/x") == "Nivå över tid S17x"


def test_that_one_run_is_stepped_through_on_the_map_with_the_clock(page, window, qtbot):
    page.follow("worst")
    qtbot.waitUntil(lambda: page.reel.film is not None, timeout=30_000)
    work = window.pages.made["map"]
    elements = len(page.session.organisation.elements)
    qtbot.waitUntil(lambda: len(work.map.nodes) == elements and not work.map.is_filling, timeout=30_000)
    film, bar = page.reel.film, work.film
    assert not bar.isHidden()
    down = next(m for m in film.moments if m.code in ("outage", "failure"))
    page.reel.go(down.minute)
    assert work.map.nodes[down.about].level == film.level(down.about, down.minute) < 1000
    assert bar.slider.value() == down.minute
    assert bar.lines[0].text()
    assert work.map.nodes[down.about].remarks()[-1].count("%")
    bar.setFocus()
    QTest.keyClick(bar, Qt.Key.Key_Right)
    assert page.reel.minute == next(t for t in film.turns if t > down.minute)
    QTest.keyClick(bar, Qt.Key.Key_Space)
    assert page.reel.runs
    before = page.reel.minute
    qtbot.waitUntil(lambda: page.reel.minute > before)
    QTest.keyClick(bar, Qt.Key.Key_Space)
    assert not page.reel.runs
    QTest.keyClick(bar, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert all(node.level is None for node in work.map.nodes.values())


def test_that_every_moment_of_a_run_has_words(page):
    film = page.session.film(page.board.result, page.board.result.single.bad)
    assert {m.code for m in film.moments} <= set(MOMENTS)


def test_that_the_run_is_compared_with_a_named_version(page, qtbot):
    session = page.session
    version = session.make_version("Före diesel")
    resource = next(iter(session.organisation.all(Resource)))
    assert resource
    runs = tab(page, RunsPage)
    runs.compare_with(version.id)
    qtbot.waitUntil(lambda: not page.board.busy, timeout=90_000)
    assert side_names(page.board.outcome) == ("Version ”Före diesel”", "Som det är nu")
    short = tab(page, SummaryPage)
    assert "Före diesel" in short.sentence.text()
    assert page.side.without.text() == "Version ”Före diesel”"
    assert "Före diesel" in runs.box.table.numbers.numbers.text(0, 4) or "Före diesel" in " ".join(
        cell.text for cell in runs.box.table.numbers.numbers.rows[0] if isinstance(cell, Cell)
    )


def test_that_without_versions_nothing_is_compared_and_it_is_said(page, window):
    told = []
    window.desk.said.connect(lambda text, _tone: told.append(text))
    tab(page, RunsPage)._ask_version()
    assert told
    assert not page.board.busy
