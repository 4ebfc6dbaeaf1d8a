"""The start-date sweep gives, for each day, what a run that starts on it gives."""

import datetime as dt
import threading

import pytest

from continuity.analysis.start_days import days_of
from continuity.analysis.sweep import sweep
from continuity.exchange.library import load_reference
from continuity.model.problems import Refused
from continuity.simulation.cancel import RunCancelled
from continuity.simulation.kept import Kept
from continuity.simulation.request import RunRequest
from continuity.simulation.run import run

FEBRUARY = dt.date(2027, 2, 1)


@pytest.fixture(scope="module")
def reference():
    return load_reference("sv")


@pytest.fixture(scope="module")
def request_(reference):
    return RunRequest(reference.find("scenario", "S05").id, replications=300)


@pytest.fixture(scope="module")
def swept(reference, request_):
    return sweep(reference, request_, FEBRUARY)


@pytest.mark.parametrize("day", [1, 16, 28])
def test_that_each_day_is_the_run_that_starts_on_it_to_the_bit(reference, request_, swept, day):
    date = FEBRUARY.replace(day=day)
    alone = run(reference, RunRequest(request_.scenario, replications=300, start=date))
    found = swept.days[day - 1]
    assert found.date == date
    assert found.fingerprint == alone.meta.fingerprint
    assert found.in_need_unpaid == alone.headline.in_need_unpaid
    assert found.in_need_person_days == alone.headline.in_need_person_days
    assert found.payees_on_time == alone.headline.both.payees_on_time
    assert found.sek_on_time == alone.headline.both.sek_on_time


def test_that_the_worst_and_the_mildest_day_are_told_by_people_in_need(swept):
    unpaid = [day.in_need_unpaid.mean for day in swept.days]
    assert swept.worst.in_need_unpaid.mean == max(unpaid) > min(unpaid)
    assert swept.mildest.in_need_unpaid.mean == min(unpaid)
    assert len(swept.days) == 28


def test_that_what_earlier_runs_left_changes_nothing(reference, request_, swept):
    kept = Kept()
    run(reference, request_, kept=kept)
    assert sweep(reference, request_, FEBRUARY, kept=kept).days == swept.days


def test_that_it_reports_and_can_be_cancelled(reference, request_):
    cancel, told = threading.Event(), []

    def report(done: int, total: int) -> None:
        told.append((done, total))
        if done == 5:
            cancel.set()

    with pytest.raises(RunCancelled):
        sweep(reference, request_, FEBRUARY, cancel, report)
    assert [done for done, _total in told] == [1, 2, 3, 4, 5]


def test_that_nonsense_is_refused_before_anything_is_played(reference):
    with pytest.raises(Refused):
        sweep(reference, RunRequest("gone"), FEBRUARY)
    with pytest.raises(Refused):
        sweep(reference, RunRequest(reference.find("scenario", "S05").id), dt.date(1900, 1, 1))


def test_that_a_month_has_its_days():
    assert len(list(days_of(dt.date(2028, 2, 17)))) == 29
    assert next(days_of(dt.date(2027, 12, 31))) == dt.date(2027, 12, 1)
