"""Times of event lists are read and written."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from continuity.exercise.relative_time import Frame, read_time, write_time
from continuity.model.problems import Problem

START = dt.datetime(2027, 2, 23, 8, 0)  # noqa: DTZ001 - local wall time
FRAME = Frame(START)


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("D+1", 1440), ("J+1", 1440), ("d + 1", 1440), ("D-2 H+4", -2640), ("H+4", 240), ("T+4", 240),
        ("H+4:30", 270), ("M+30", 30), ("J+1 T+2 M+30", 1590), ("D−1", -1440), ("+90", 90), ("-15", -15),
        ("H+0", 0), ("08:00", 0), ("14:05", 365), ("07:00", -60), ("kl. 14.05", 365), ("D+2 08:00", 2880),
        ("2027-02-25 14:05", 3245), ("2027-02-25T14:05", 3245),
    ],
)  # fmt: skip
def test_that_each_way_of_writing_a_time_is_read(text, minute):
    assert read_time(text, FRAME) == minute


def test_that_a_clock_time_falls_on_the_day_of_the_line_before():
    assert read_time("09:00", Frame(START, before=1440 + 600)) == 1440 + 60


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "tomorrow",
        "D+",
        "H+4 H+5",
        "25:00",
        "2027-02-30 10:00",
        "D+1:30",
        "H+1 14:00",
        "D+1 2027-02-25 08:00",
    ],
)
def test_that_what_is_no_time_is_named(text):
    found = read_time(text, FRAME)
    assert isinstance(found, Problem)
    assert found.code == "bad-time"


def test_that_a_time_years_away_is_named():
    found = read_time("D+9999", FRAME)
    assert isinstance(found, Problem)
    assert found.code == "time-too-far"


@given(st.integers(-365 * 1440, 365 * 1440))
def test_that_what_is_written_is_read_back(minute):
    assert read_time(write_time(minute), FRAME) == minute
