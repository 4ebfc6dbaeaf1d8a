"""Bank days, pay days against the published tables, local time, and the calendar of thirteen months."""

import datetime as dt
import json

import pytest

from continuity import places
from continuity.model.calendar import (
    BankCalendar,
    calendar_13_months,
    local_instant,
    local_minute,
    pay_days,
    resolve_start,
    uncovered_years,
)
from continuity.model.ids import derived_id
from continuity.model.kinds import ClosedDay, Fallback, Resource, Stage, Stream
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused
from continuity.model.values import PayDay, PublishedDay, PublishedYear, StartRule

D = dt.date


def new(kind, code, **fields):
    return kind(id=derived_id("test", kind.__name__, code), code=code, **fields)


def stream(days, weekend="previous", holiday="previous", **fields):
    pay = tuple(PayDay(day=d, share=1000 // len(days)) for d in days)
    return new(
        Stream, "B1", name="B", pay_days=pay, weekend_rule=weekend, holiday_rule=holiday, payees=100, **fields
    )


def paid(of, nominal):
    first, last = nominal - dt.timedelta(days=20), nominal + dt.timedelta(days=20)
    return next(p.paid for p in pay_days(of, BankCalendar([]), first, last) if p.nominal == nominal)


CHILD = stream((20,))
HOUSING = stream((27,))
PARENTAL = stream((25,), weekend="nearest", holiday="next")
TABLE = {
    D(2024, 12, 25): D(2024, 12, 23),
    D(2024, 12, 26): D(2024, 12, 23),
    D(2024, 12, 27): D(2024, 12, 23),
    D(2017, 12, 24): D(2017, 12, 22),
    D(2017, 12, 25): D(2017, 12, 22),
    D(2017, 12, 26): D(2017, 12, 22),
}
CHRISTMAS = stream(
    (24, 25, 26, 27),
    weekend="nearest",
    holiday="next",
    published=tuple(PublishedDay(nominal=n, paid=p) for n, p in TABLE.items()),
)


@pytest.mark.parametrize(
    ("of", "nominal", "expected"),
    [
        (CHILD, D(2015, 6, 20), D(2015, 6, 18)),
        (CHILD, D(2015, 9, 20), D(2015, 9, 18)),
        (CHILD, D(2015, 12, 20), D(2015, 12, 18)),
        (CHILD, D(2025, 9, 20), D(2025, 9, 19)),
        (HOUSING, D(2015, 9, 27), D(2015, 9, 25)),
        (PARENTAL, D(2025, 1, 25), D(2025, 1, 24)),
        (PARENTAL, D(2025, 5, 25), D(2025, 5, 26)),
        *[(CHRISTMAS, nominal, date) for nominal, date in TABLE.items()],
    ],
)
def test_that_pay_days_are_those_of_the_published_pages(of, nominal, expected):
    assert paid(of, nominal) == expected


def test_that_only_a_day_without_table_is_marked_computed():
    of = stream(
        (20,),
        published=(PublishedDay(nominal=D(2026, 6, 20), paid=D(2026, 6, 17)),),
        published_years=(PublishedYear(year=2027),),
    )
    marks = {p.nominal: p.computed for p in pay_days(of, BankCalendar([]), D(2026, 5, 1), D(2027, 2, 28))}
    assert not marks[D(2026, 6, 20)]
    assert not marks[D(2027, 1, 20)]
    assert marks[D(2026, 7, 20)]


def test_that_the_31st_of_a_short_month_is_its_last_day():
    assert paid(stream((31,), weekend="next"), D(2026, 4, 30)) == D(2026, 4, 30)


def test_that_nearest_on_a_weekday_holiday_takes_the_closer_bank_day():
    first_of_may = stream((1,), holiday="nearest")  # 2025: a Thursday; Wednesday and Friday are as close
    assert paid(first_of_may, D(2025, 5, 1)) == D(2025, 4, 30)


def test_that_eves_are_no_bank_days_in_a_year_without_stated_days():
    banks = BankCalendar([])
    for eve in (D(2026, 6, 19), D(2026, 12, 24), D(2026, 12, 31)):
        assert not banks.is_bank_day(eve)
    assert banks.is_bank_day(D(2026, 12, 23))


def test_that_stated_days_of_a_year_replace_the_computed_ones():
    banks = BankCalendar([D(2026, 3, 3)])
    assert not banks.is_bank_day(D(2026, 3, 3))
    assert banks.is_bank_day(D(2026, 6, 19))
    assert [p.facts["year"] for p in uncovered_years(banks, D(2026, 1, 1), D(2027, 2, 1))] == [2027]


def test_that_bank_days_are_counted_over_weekends_and_closed_days():
    banks = BankCalendar([D(2026, 4, 3), D(2026, 4, 6)])  # Good Friday, Easter Monday
    assert banks.shift(D(2026, 4, 7), -1) == D(2026, 4, 2)
    assert banks.shift(D(2026, 4, 2), 2) == D(2026, 4, 8)
    assert banks.shift(D(2026, 4, 4), 0) == D(2026, 4, 4)


def test_that_a_missing_hour_moves_forward_and_a_double_hour_is_the_first():
    midnight = local_instant(D(2027, 3, 28), 0)
    assert local_minute(midnight, D(2027, 3, 28), 150) == local_minute(midnight, D(2027, 3, 28), 210) == 150
    assert local_minute(midnight, D(2027, 3, 29), 0) == 23 * 60
    autumn = local_instant(D(2027, 10, 31), 0)
    assert local_minute(autumn, D(2027, 10, 31), 150) == 150
    assert local_minute(autumn, D(2027, 11, 1), 0) == 25 * 60


def test_that_a_run_starts_on_the_first_such_day():
    rule = StartRule(on_or_after=D(2027, 1, 24), day_of_month=23, at=480)
    assert resolve_start(rule) == dt.datetime(2027, 2, 23, 7, tzinfo=dt.UTC)
    assert resolve_start(rule, D(2027, 7, 28)) == dt.datetime(2027, 7, 28, 6, tzinfo=dt.UTC)
    late = StartRule(on_or_after=D(2027, 2, 1), day_of_month=31, at=0)
    assert resolve_start(late) == dt.datetime(2027, 3, 30, 22, tzinfo=dt.UTC)
    with pytest.raises(Refused):
        resolve_start(None)


def test_that_the_plan_calendar_works_out_every_hour():
    bank = new(Resource, "R1", name="Bank")
    gone = new(Resource, "R2", name="Variant", in_use=False)
    fall = new(Fallback, "L1", name="Copy", set_up=240, decision_time=60)
    of = stream((25,), due=720, amount=10, fallbacks=(fall.id,))
    send = new(
        Stage, "T1", stream=of.id, name="Send", element=bank.id,
        opens_days=2, opens_at=480, cutoff_days=1, cutoff_at=900,
    )  # fmt: skip
    skipped = new(Stage, "T2", stream=of.id, name="Skipped", element=gone.id, position=1)
    days = calendar_13_months(Organisation("d", [bank, gone, fall, of, send, skipped]), dt.date(2026, 12, 14))
    assert len(days) == 13
    first = days[0]
    assert (first.nominal, first.date, first.payees, first.sek) == (
        D(2026, 12, 25),
        D(2026, 12, 23),
        100,
        1000,
    )
    assert [s.stage for s in first.stages] == [send.id]
    assert first.stages[0].opens.isoformat() == "2026-12-21T08:00:00+01:00"
    assert first.stages[0].cutoff.isoformat() == "2026-12-22T15:00:00+01:00"
    assert first.fallbacks[0].decide_by.isoformat() == "2026-12-23T07:00:00+01:00"


def test_that_the_frozen_closed_days_are_those_of_the_library():
    raw = json.loads((places.resources() / "reference" / "closed_days.json").read_text(encoding="utf-8"))
    stated = [D.fromisoformat(day["date"]) for day in raw["records"]["closed_day"]]
    banks, computed = BankCalendar(stated), BankCalendar([])
    for year in banks.years:
        day = D(year, 1, 1)
        while day.year == year:
            assert banks.is_bank_day(day) == computed.is_bank_day(day), day
            day += dt.timedelta(days=1)


def test_that_closed_days_come_from_the_organisation():
    closed = new(ClosedDay, "D1", name="Own", date=D(2026, 3, 3))
    assert BankCalendar.of(Organisation("d", [closed])).shift(D(2026, 3, 4), -1) == D(2026, 3, 2)
