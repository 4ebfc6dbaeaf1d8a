"""Needed versus achievable, on models small enough to be worked out by hand."""

import pytest

from continuity.analysis.rollup import roll_up
from continuity.exchange.library import load_reference
from tests.builders import Builder, by, standby

HOUR = 60


def rows(b: Builder):
    """The rows of the roll-up by code, with paths as codes."""
    organisation = b.build()
    return {organisation.get(row.element).code: row for row in roll_up(organisation).rows}


def path(b: Builder, held) -> list[str]:
    organisation = b.build()
    return [organisation.get(id_).code for id_ in held.path]


def chain() -> Builder:
    """F needs A (buffer 60, lag 30), A needs B."""
    b = Builder()
    b.function("F", rto=8 * HOUR, mtpd=24 * HOUR, wrt=2 * HOUR, achievable_rto=4 * HOUR, mbco=500)
    b.resource("A", achievable_rto=2 * HOUR)
    b.resource("B", achievable_rto=20 * HOUR)
    b.need("F", "A", autonomy=60, restart_lag=30)
    b.need("A", "B")
    return b


def test_that_demands_walk_down_with_buffers_and_lags_and_say_from_where():
    b = chain()
    found = rows(b)
    assert found["F"].needed.minutes == 8 * HOUR
    assert found["A"].needed.minutes == 8 * HOUR + 60 - 30
    assert found["B"].needed.minutes == found["A"].needed.minutes
    assert path(b, found["B"].needed) == ["F", "A", "B"]


def test_that_capabilities_walk_up_and_the_worst_decides():
    b = chain()
    found = rows(b)
    assert found["A"].capability.minutes == 20 * HOUR
    assert found["F"].capability.minutes == 20 * HOUR - 60 + 30
    assert path(b, found["F"].capability) == ["F", "A", "B"]
    assert found["F"].own == 4 * HOUR
    assert found["F"].gap == 20 * HOUR - 30 - 8 * HOUR


def test_that_rto_and_catching_up_must_fit_into_the_tolerable_outage():
    b = Builder()
    b.function("F", rto=20, mtpd=60, wrt=50)
    b.function("G", mtpd=60, wrt=50)
    found = rows(b)
    assert found["F"].needed.minutes == 10  # 60 - 50, stricter than the 20 that is written
    assert found["G"].needed.minutes == 10


def test_that_the_strictest_of_several_functions_is_inherited():
    b = chain()
    b.function("G", rto=HOUR)
    b.need("G", "B", autonomy=15)
    found = rows(b)
    assert found["B"].needed.minutes == HOUR + 15
    assert path(b, found["B"].needed) == ["G", "B"]
    assert path(b, found["A"].needed) == ["F", "A"]


def test_that_a_buffer_that_outlasts_the_loss_hides_it():
    b = Builder()
    b.function("F", rto=10)
    b.resource("A", achievable_rto=60)
    b.need("F", "A", autonomy=60, restart_lag=500)
    assert rows(b)["F"].capability.minutes == 0


@pytest.mark.parametrize(
    ("fields", "needed", "felt"),
    [
        ({"activation_delay": 10, "endurance": 480}, 60 + 30 + 480, 2000 - 30 - 480),
        ({"activation_delay": 30}, None, 0),
        ({"activation_delay": 90}, None, 60),  # stands still for 60 minutes, as long as it may
        ({"activation_delay": 91, "endurance": 480}, 60 + 30, 2000 - 30 - 480),  # begins too late
        ({"activation_delay": 10, "endurance": 480, "capacity": 400}, 60 + 30, 2000 - 30),  # too small
    ],
)
def test_that_standbys_on_the_way_count(fields, needed, felt):
    b = Builder()
    b.function("F", rto=60, mbco=500)
    b.resource("A", achievable_rto=2000)
    b.resource("S")
    b.need("F", "A", standby("S", **fields), autonomy=30)
    found = rows(b)
    assert (found["A"].needed.minutes if found["A"].needed else None) == needed
    assert found["F"].capability.minutes == felt


def test_that_only_what_cannot_be_done_without_is_asked():
    b = Builder()
    b.function("F", rto=60, mbco=500)
    for code, hours in (("A", 1), ("B", 2), ("C", 3)):
        b.resource(code, achievable_rto=hours * HOUR)
    b.need("F", "A", "B", "C", rule="k_of_n", k=2)
    found = rows(b)
    assert [found[c].needed for c in "ABC"] == [None, None, None]
    assert found["F"].capability.minutes == 2 * HOUR  # the second that is back is enough


def test_that_a_share_counts_what_is_left_and_the_least_level():
    b = Builder()
    b.function("F", rto=60, mbco=500)
    b.resource("A", achievable_rto=HOUR)
    b.resource("B", achievable_rto=9 * HOUR)
    b.need("F", by("A", capacity=60), by("B", capacity=40), rule="share", required=100)
    found = rows(b)
    assert found["A"].needed.minutes == 60  # 40 of 100 is less than half
    assert found["B"].needed is None
    assert found["F"].capability.minutes == HOUR


def test_that_a_need_whose_floor_is_enough_asks_nothing():
    b = Builder()
    b.function("F", rto=60, mbco=300)
    b.resource("A", achievable_rto=9 * HOUR)
    b.need("F", "A", floor=300)
    assert rows(b)["A"].needed is None
    assert rows(b)["F"].capability.minutes == 0


def test_that_cycles_come_back_together_after_their_black_start():
    b = Builder()
    b.function("F", rto=10 * HOUR)
    b.resource("GRID", achievable_rto=HOUR)
    b.resource("TELE", achievable_rto=2 * HOUR)
    b.resource("FUEL", achievable_rto=3 * HOUR)
    b.need("F", "GRID")
    b.need("GRID", "TELE", restart_lag=5, autonomy=60)
    b.need("TELE", "GRID", restart_lag=500)
    b.need("TELE", "FUEL")
    b.cycle("GRID", "TELE", delay=4 * HOUR)
    found = rows(b)
    assert found["GRID"].needed.minutes == 6 * HOUR
    assert found["TELE"].needed.minutes == 7 * HOUR  # the grid manages an hour without
    assert found["FUEL"].needed.minutes == 7 * HOUR
    assert found["GRID"].capability.minutes == found["TELE"].capability.minutes == 7 * HOUR
    assert path(b, found["GRID"].capability) == ["GRID", "TELE", "FUEL"]
    assert path(b, found["F"].capability)[:2] == ["F", "GRID"]


def test_that_what_nobody_has_estimated_is_named():
    b = chain()
    b.resource("C")
    b.need("A", "C")
    found = rows(b)
    assert found["F"].capability.unknown == {b.id("C")}
    assert found["C"].own is None
    assert found["C"].needed.minutes == found["A"].needed.minutes


def test_that_a_contract_stands_for_an_estimate_that_is_missing():
    b = Builder()
    b.resource("A", sla_hours=6)
    assert rows(b)["A"].own == 6 * HOUR


def test_that_the_strictest_data_loss_reaches_what_holds_data():
    b = chain()
    b.function("G", rto=HOUR, rpo=HOUR)
    b.resource("DB", category="information", achievable_rpo=24 * HOUR)
    b.resource("HALL", category="premises")
    b.need("G", "A")
    b.need("A", "DB")
    b.need("DB", "HALL")
    found = rows(b)
    assert (found["DB"].data.minutes, found["DB"].data_gap) == (HOUR, 23 * HOUR)
    assert path(b, found["DB"].data) == ["G", "A", "DB"]
    assert found["HALL"].data is None


def test_that_what_is_not_in_use_neither_asks_nor_answers():
    b = chain()
    b.function("OLD", rto=1, in_use=False)
    b.need("OLD", "B")
    assert rows(b)["B"].needed.minutes == 8 * HOUR + 30
    assert "OLD" not in rows(b)


def test_that_every_figure_of_the_reference_agency_has_a_source():
    organisation = load_reference("sv")
    found = roll_up(organisation).rows
    assert len(found) > 100
    for row in found:
        assert row.capability.path[0] == row.element
        if row.needed:
            assert row.needed.path[-1] == row.element
            assert organisation.get(row.needed.function) is not None
    gaps = [row.gap for row in found if row.gap is not None]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[0] > 0
