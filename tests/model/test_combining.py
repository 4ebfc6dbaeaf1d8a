"""Scenarios combined: one time line, the harshest conditions, and every source kept."""

import datetime as dt

import pytest

from continuity.exchange.library import load_reference
from continuity.model.combining import Part, combined
from continuity.model.kinds import Event, Scenario
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused
from continuity.model.rules.scenarios import events_too_late, events_without_effect
from continuity.model.values import StartRule
from tests.builders import Builder

DAY = 1440


@pytest.fixture
def reference() -> Organisation:
    return load_reference("sv")


def both(organisation: Organisation, *codes: str) -> list[Scenario]:
    found = [organisation.find("scenario", code) for code in codes]
    assert all(isinstance(s, Scenario) for s in found)
    return found


def made(organisation: Organisation, delay: int = 3 * DAY, start: StartRule | None = None) -> Scenario:
    first, second = both(organisation, "S16", "S06")
    edit, id_ = combined(organisation, [Part(first.id), Part(second.id, delay)], "Båda", start)
    organisation.apply(edit)
    return organisation.get(id_)


def test_that_events_of_later_parts_begin_after_their_delay(reference):
    first, second = both(reference, "S16", "S06")
    whole = made(reference)
    events = reference.parts(whole.id, Event)
    old = [*reference.parts(first.id, Event), *reference.parts(second.id, Event)]
    assert [e.name for e in events] == [e.name for e in old]
    count = len(reference.parts(first.id, Event))
    assert [e.offset for e in events[:count]] == [e.offset for e in old[:count]]
    for new, before in zip(events[count:], old[count:], strict=True):
        assert new.offset == before.offset + (0 if before.after else 3 * DAY)
    assert len({e.id for e in events} & {e.id for e in old}) == 0


def test_that_an_event_follows_the_copy_of_what_it_followed():
    build = Builder()
    build.resource("A")
    for code in ("X", "Y"):
        build.scenario(code)
        build.event(code, elements=["A"], name=f"{code} first", offset=10)
        build.event(code, elements=["A"], name=f"{code} second", offset=5)
    organisation = build.build()
    x, y = both(organisation, "X", "Y")
    earlier, later = organisation.parts(y.id, Event)
    from continuity.model.edits import amend

    organisation.apply(amend(later, after=earlier.id))
    edit, id_ = combined(organisation, [Part(x.id), Part(y.id, 60)], "Both")
    organisation.apply(edit)
    *_, first, second = organisation.parts(id_, Event)
    assert (first.offset, second.offset, second.after) == (70, 5, first.id)


def test_that_the_harshest_conditions_hold_and_sources_are_kept(reference):
    first, second = both(reference, "S16", "S06")
    whole = made(reference)
    assert whole.strain == "heightened"
    assert whole.horizon_days == max(first.horizon_days, 3 + second.horizon_days)
    assert whole.demand == max(first.demand, second.demand)
    assert set(whole.decrees) == {*first.decrees, *second.decrees}
    for scenario in (first, second):
        assert scenario.source in whole.source
        assert scenario.code in whole.source
    assert all(e.source for e in reference.parts(whole.id, Event) if first.source and second.source)


def test_that_the_whole_can_begin_on_another_day(reference):
    start = StartRule(on_or_after=dt.date(2027, 3, 1), day_of_month=23, at=60)
    assert made(reference, start=start).start == start
    assert both(reference, "S16")[0].start != start


def test_that_one_scenario_or_one_without_events_or_far_too_late_is_refused(reference):
    first, second = both(reference, "S16", "S06")
    with pytest.raises(Refused) as refused:
        combined(reference, [Part(first.id)], "One")
    assert [p.code for p in refused.value.problems] == ["combine-too-few"]
    with pytest.raises(Refused) as refused:
        combined(reference, [Part(first.id), Part(second.id, 365 * DAY), Part("gone")], "Late")
    assert [p.code for p in refused.value.problems] == ["combine-too-late", "no-such-record"]


def test_that_what_an_event_names_and_does_not_hit_is_said():
    build = Builder()
    build.resource("A")
    build.resource("B", in_use=False, name="Gammal server")
    build.scenario("X", horizon_days=2)
    build.event("X", elements=["A", "B"], name="Both")
    build.event("X", elements=["B"], name="Nothing", offset=3 * DAY)
    organisation = build.build()
    scenario = organisation.find("scenario", "X")
    found = {p.code: p for p in events_without_effect(organisation, scenario)}
    assert set(found) == {"hits-out-of-use", "hits-nothing"}
    assert found["hits-out-of-use"].facts["names"] == "Gammal server"
    assert [p.facts["days"] for p in events_too_late(organisation, scenario)] == [2]
