"""When recurring duties are due, and that one which has passed is told of."""

import datetime as dt

import pytest

from continuity.model.duties import due_of, months_on
from continuity.model.edits import Add
from continuity.model.ids import new_id
from continuity.model.kinds import Duty
from continuity.model.organisation import Organisation
from continuity.model.rules.dated import promises_are_kept

TODAY = dt.date(2026, 11, 26)


def duty(**fields: object) -> Duty:
    return Duty(id=new_id(), code="RD1", name="Larmövning", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({}, None),
        ({"first_due": dt.date(2027, 4, 20)}, dt.date(2027, 4, 20)),
        ({"last_done": dt.date(2026, 8, 31), "every": 6}, dt.date(2027, 2, 28)),
        (
            {"last_done": dt.date(2026, 9, 28), "first_due": dt.date(2028, 9, 30), "every": 24},
            dt.date(2028, 9, 30),
        ),
        (
            {"last_done": dt.date(2028, 9, 29), "first_due": dt.date(2028, 9, 1), "every": 24},
            dt.date(2030, 9, 29),
        ),
        ({"each": "contacts", "last_done": dt.date(2026, 1, 1)}, None),
    ],
)
def test_that_a_duty_is_due_by_its_stated_day_or_its_rule(fields, due):
    assert due_of(duty(**fields)) == due


def test_that_months_are_counted_to_the_last_day_where_there_is_none():
    assert months_on(dt.date(2026, 12, 31), 2) == dt.date(2027, 2, 28)
    assert months_on(dt.date(2027, 1, 15), -1) == dt.date(2026, 12, 15)


def test_that_a_duty_that_has_passed_is_told_of():
    organisation = Organisation(new_id())
    organisation.apply(Add(duty(last_done=dt.date(2026, 5, 19), every=6)))
    [problem] = promises_are_kept(organisation, TODAY)
    assert (problem.code, problem.facts["date"]) == ("overdue", "2026-11-19")
    assert not list(promises_are_kept(organisation, dt.date(2026, 11, 19)))
