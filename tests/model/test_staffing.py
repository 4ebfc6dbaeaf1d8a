"""Staff in numbers: promises, people counted twice, placements as ranges."""

import datetime as dt

from continuity.analysis.strain import remaining
from continuity.model.kinds import StaffGroup
from continuity.model.rules import check
from continuity.model.staffing import (
    counted_twice,
    needed_in_war,
    placement,
    promised,
    promises,
    stands_in_for,
)
from tests.builders import Builder, by, standby

TODAY = dt.date(2026, 11, 26)


def crew() -> Builder:
    b = Builder()
    b.staff("P", 20, minimum_crew=3, shifts=2)
    b.staff("Q", 10, stand_ins=["P"])
    b.function("F", vital=True, mbco=500)
    b.function("G", mbco=500)
    b.need("F", "P", rule="share", required=14)
    b.need("G", by("P", capacity=10), by("Q", capacity=10), rule="share", required=15)
    return b


def group(organisation, code: str) -> StaffGroup:
    return organisation.find("staff_group", code)


def codes(problems) -> dict[str, dict]:
    return {p.code: p.facts for p in problems}


def test_that_a_share_of_several_groups_is_promised_in_parts():
    b = crew()
    held = promises(b.build())
    assert [(p.persons, p.standby) for p in held] == [(14, False), (8, False), (8, False)]
    assert promised(held, b.id("P")) == 22


def test_that_a_group_promised_to_more_than_it_has_is_found_and_told():
    organisation = crew().build()
    assert list(counted_twice(organisation)) == [group(organisation, "P").id]
    facts = codes(check(organisation))["staff-promised-twice"]
    assert (facts["promised"], facts["headcount"], facts["functions"]) == (22, 20, "F, G")


def test_that_one_function_alone_may_ask_for_too_much_without_being_counted_twice():
    b = Builder()
    b.staff("P", 5)
    b.function("F")
    b.need("F", "P", rule="share", required=9)
    assert counted_twice(b.build()) == {}


def test_that_standbys_and_what_is_not_in_use_are_not_promised():
    b = Builder()
    b.staff("P", 5)
    b.resource("R")
    b.function("F")
    b.function("OLD", in_use=False)
    b.need("F", "R", standby("P"))
    b.need("OLD", "P", rule="share", required=5)
    held = promises(b.build())
    assert [p.standby for p in held] == [True]
    assert promised(held, b.id("P")) == 0


def test_that_deputies_are_seen_from_both_sides():
    b = crew()
    found = stands_in_for(b.build())
    assert [g.code for g in found[b.id("P")]] == ["Q"]


def test_that_placements_are_a_range_of_those_who_stay():
    b = Builder()
    b.staff("P", 100, placed_here=20, placed_elsewhere=10, checked_free=30, not_checked=40)
    b.staff("Q", 50, placed_elsewhere=5)
    b.staff("N", 8)
    organisation = b.build()
    known = placement(group(organisation, "P"))
    assert (known.least, known.most, known.unchecked) == (50, 90, 40)
    # nobody said how many are not checked: it is all the rest
    assert (placement(group(organisation, "Q")).least, placement(group(organisation, "Q")).most) == (0, 45)
    assert not placement(group(organisation, "N")).known


def test_that_war_asks_for_crews_round_the_clock_or_the_least_level_of_vital_functions():
    organisation = crew().build()
    held = promises(organisation)
    assert needed_in_war(organisation, group(organisation, "P"), held) == 7  # half of 14, more than 3 × 2
    assert needed_in_war(organisation, group(organisation, "Q"), held) == 0


def test_that_too_few_staying_and_old_checks_are_problems():
    b = Builder()
    b.staff(
        "P", 10, minimum_crew=4, shifts=2, placed_elsewhere=1, checked_free=3, not_checked=6,
        placement_checked=dt.date(2025, 11, 25),
    )  # fmt: skip
    found = codes(check(b.build(), TODAY))
    assert found["placement-short"] == {"needed": 8, "least": 3, "most": 9}
    assert found["placement-old"] == {"date": "2025-11-25"}
    assert "placement-old" not in codes(check(b.build(), dt.date(2026, 11, 25)))


def test_that_the_hardest_scenario_of_each_level_says_what_remains():
    b = Builder()
    b.staff("P", 1000)
    b.scenario("X1", strain="war")
    b.event("X1", type="staff", cause="called", elements=["P"], depth=800)
    b.event("X1", type="staff", cause="called", elements=["P"], depth=900)
    b.event("X1", type="staff", cause="travel", elements=["P"], depth=500)
    b.scenario("X2", strain="war")
    b.event("X2", type="staff", cause="called", elements=["P"], depth=700)
    found = {r.strain: r for r in remaining(b.build())}
    assert found["war"].persons == 400  # 0.8 × 0.5: one cause does not count twice
    assert found["war"].scenario == b.id("X1", "scenario")
    assert found["war"].causes == ("called", "travel")
    assert (found["everyday"].persons, found["everyday"].scenario) == (1000, None)
