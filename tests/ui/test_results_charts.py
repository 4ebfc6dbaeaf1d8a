"""Charts and their tables: what is painted, said, sorted, copied, and fits."""

import datetime as dt
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from ui.charts.bars import Bar, draw_bar
from ui.charts.course import CourseChart
from ui.charts.differences import Difference, DifferenceChart
from ui.charts.happenings import HappeningChart
from ui.charts.levels import Course, LevelRows, Period, pieces
from ui.charts.numbers import Cell, Numbers, NumbersTable, Title
from ui.charts.paint import state_of
from ui.charts.timescale import PayMark, TimeScale
from ui.runs.flow import FlowLayout
from ui.theme import theme

START = dt.datetime(2027, 2, 23, 7, 0, tzinfo=dt.UTC)
GRID = tuple(range(0, 14401, 60))


@pytest.fixture
def period() -> Period:
    return Period(START, GRID, (PayMark(3000, "25"), PayMark(4500, "26")))


@pytest.fixture
def course() -> Course:
    low = tuple(200 if 600 <= minute < 3000 else 1000 for minute in GRID)
    return Course("f", "Betala ut", "nere", 500, low, low, tuple(0 for _ in GRID))


@pytest.fixture(autouse=True)
def usual_look(qapp):
    theme.use("light", 100)
    yield
    theme.use("light", 100)


def test_that_levels_are_joined_to_pieces():
    assert pieces((0, 10, 20, 30), (1000, 1000, 300, 300)) == [(0, 20, 1000), (20, 30, 300)]
    assert pieces((), ()) == []


@pytest.mark.parametrize(
    ("level", "state"), [(1000, "full"), (999, "reduced"), (500, "reduced"), (499, "lost")]
)
def test_that_a_level_below_the_lowest_acceptable_is_lost(level, state):
    assert state_of(level, 500) == state


def test_that_an_axis_goes_by_local_midnights_and_gives_labels_room():
    scale = TimeScale(START, 14400, 0.0, 1000.0)
    ticks = scale.ticks(80)
    assert ticks[0] == (960, dt.date(2027, 2, 24))  # 07:00 UTC is 08:00 here
    assert all(b[0] - a[0] == 1440 for a, b in pairwise(ticks))
    assert len(scale.ticks(400)) < len(ticks)


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_that_pictures_are_painted_in_every_theme(qtbot, period, course, name):
    theme.use(name, 100)
    rows, close = LevelRows(), CourseChart()
    for chart in (rows, close):
        qtbot.addWidget(chart)
        chart.resize(700, 200)
    rows.show_courses(period, (course,), Numbers())
    close.show_course(period, course)
    for chart in (rows, close):
        found = [
            near(chart.grab().toImage(), theme.colour("breach")),
            near(chart.grab().toImage(), theme.colour("ink")),
        ]
        assert all(found)  # the lowest acceptable level, and the typical course


def near(picture, wanted) -> bool:
    """Whether a colour, softened by the edges of thin lines, is in the picture."""
    return any(
        sum(abs(a - b) for a, b in zip(picture.pixelColor(x, y).getRgb(), wanted.getRgb(), strict=True)) < 90
        for y in range(picture.height())
        for x in range(0, picture.width(), 2)
    )


def test_that_a_picture_without_data_is_painted_too(qtbot):
    for chart in (LevelRows(), CourseChart(), DifferenceChart(), HappeningChart()):
        qtbot.addWidget(chart)
        chart.refresh()
        assert chart.grab().height() > 0
        QTest.keyClick(chart, Qt.Key.Key_Right)


def test_that_a_picture_grows_with_the_zoom(qtbot, period, course):
    chart = LevelRows()
    qtbot.addWidget(chart)
    chart.show_courses(period, (course, course), Numbers())
    before = chart.height()
    theme.use("light", 200)
    assert chart.height() == 2 * before


def test_that_the_ruler_reads_values(qtbot, period, course):
    chart = CourseChart()
    qtbot.addWidget(chart)
    chart.resize(700, 224)
    chart.show()
    chart.show_course(period, course)
    for _ in range(12):
        QTest.keyClick(chart, Qt.Key.Key_Right)
    assert (
        chart.reading() == "tis 23 feb. 19:00: typiskt 20\u00a0%, ett utfall av tio 20\u00a0%, lägst 0\u00a0%"
    )
    assert [row[0].text for row in chart.numbers().rows] == [
        "tis 23 feb. 08:00", "tis 23 feb. 18:00", "tors 25 feb. 10:00",
    ]  # fmt: skip


def test_that_a_difference_is_judged_by_its_interval(qtbot):
    def one(mean: float, low: float, high: float, good: int) -> str:
        return Difference("x", mean, low, high, "", "", good).verdict

    assert one(-5, -7, -3, -1) == "better"
    assert one(-5, -7, -3, +1) == "worse"
    assert one(-5, -11, 1, -1) == "unsure"


def test_that_a_bar_shows_ordinary_fallback_and_late_apart(qapp):
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage, QPainter

    image = QImage(300, 20, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    draw_bar(painter, QRectF(0, 0, 300, 20), Bar(0.8, extra=0.3, rest=True))
    painter.end()
    assert image.pixelColor(60, 10) == theme.colour("full")
    assert image.pixelColor(280, 10) == theme.colour("lost")
    hatched = [image.pixelColor(x, 5).name() for x in range(155, 235)]
    assert sum(a != b for a, b in pairwise(hatched)) > 8  # stripes


# --- tables ---------------------------------------------------------------------------------------


@pytest.fixture
def table(qtbot):
    made = NumbersTable()
    qtbot.addWidget(made)
    made.resize(600, 200)
    made.show()
    titles = (Title("Namn", wide=True), Title("Antal", True, 100), Title("Extra", width=100, drop=1))
    rows = (("Å", Cell("9", 9), "a"), ("Ä", Cell("10", 10), "b"), ("Ö", Cell("–", -1), "c"))
    made.show_numbers(Numbers(titles, rows, ("k1", "k2", "k3")))
    return made


def test_that_figures_are_sorted_as_figures(table):
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert [table.numbers.key(row) for row in range(3)] == ["k2", "k1", "k3"]
    table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert [table.numbers.key(row) for row in range(3)] == ["k1", "k2", "k3"]


def test_that_the_chosen_row_stays_chosen_when_the_numbers_change(table):
    table.setCurrentIndex(table.numbers.index(1, 0))
    numbers = table.numbers.numbers
    table.show_numbers(Numbers(numbers.titles, numbers.rows[1:], numbers.keys[1:]))
    assert table.numbers.key(table.currentIndex().row()) == "k2"


def test_that_all_rows_or_the_chosen_ones_are_copied_with_their_headings(table):
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Namn\tAntal\tExtra\nÅ\t9\ta\nÄ\t10\tb\nÖ\t–\tc"
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().count("\n") == 2


def test_that_columns_that_may_go_are_hidden_where_there_is_no_room(table):
    assert not table.isColumnHidden(2)
    table.resize(340, 200)
    assert table.isColumnHidden(2)
    assert "Extra" in table.numbers.numbers.plain()


def test_that_the_numbers_model_keeps_the_rules_of_item_models(table, qtmodeltester):
    qtmodeltester.check(table.numbers)


# --- the flowing row ------------------------------------------------------------------------------


def test_that_a_row_goes_on_in_the_next_line(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, 8)
    parts = [QLabel("Knapp") for _ in range(4)]
    for part in parts:
        part.setFixedSize(100, 30)
        flow.addWidget(part)
    assert flow.heightForWidth(430) == 30
    assert flow.heightForWidth(220) == 68
    holder.resize(220, 100)
    holder.show()
    assert parts[2].mapTo(holder, QPoint(0, 0)).y() == 38
    parts[0].hide()
    assert flow.heightForWidth(330) == 30
