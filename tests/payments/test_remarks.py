"""What never works is named before the run, with its record and how to mend it."""

import pytest
from builders import Builder, fixed
from pay_cases import agency, stage

from continuity import messages
from continuity.model.problems import Refused
from continuity.model.values import Crew, PayDay, WorkSpan
from continuity.simulation.request import RunRequest
from continuity.simulation.run import remarks


def told(builder: Builder) -> dict[str, str]:
    """The codes of the remarks on a run of the only scenario, with their fields."""
    builder.event("X", elements=["SYS"], duration=fixed(10))
    given = remarks(builder.build(), RunRequest(builder.scenario_id()))
    found = [problem for problem in given if problem.code != "bank-days-computed"]
    for problem in found:
        assert problem.record and messages.sentence(problem) and messages.mend(problem), problem
    return {problem.code: problem.field for problem in found}


def test_that_nothing_is_said_of_what_works() -> None:
    assert told(agency()) == {}


def test_that_a_stage_whose_hours_have_no_minute_is_named() -> None:
    builder = agency()
    stage(builder, 1, "LINE", "sent", hours=(WorkSpan(weekday=0, opens=600, closes=600),))
    with pytest.raises(Refused) as refused:
        told(builder)
    (problem,) = refused.value.problems
    assert (problem.code, problem.kind, problem.field) == ("stage-never-open", "stage", "hours")
    assert messages.mend(problem)


def test_that_a_stage_that_takes_longer_than_the_run_is_named() -> None:
    builder = agency()
    stage(builder, 0, "SYS", "made", opens_days=1, opens_at=480, work=30 * 1440)
    assert told(builder) == {"stage-never-done": "work"}


def test_that_a_stream_whose_stages_are_all_out_of_use_is_named() -> None:
    builder = agency()
    builder.resource("GONE", in_use=False)
    builder.add("stream", "B2", pay_days=(PayDay(day=5),), payees=10, amount=1)
    builder.add("stage", "T9", stream="B2", position=0, element="GONE", reaches="usable")
    assert told(builder) == {"stream-without-chain": ""}


@pytest.mark.parametrize(("capacity", "grows"), [(168_000, False), (167_999, True)])
def test_that_a_queue_that_only_grows_is_named(capacity: int, grows: bool) -> None:
    builder = agency()
    # Seven days of 24 hours arrive; one day of 24 hours is worked.
    hours = (WorkSpan(weekday=2, opens=0, closes=1440),)
    builder.function("F", arrivals=24_000, capacity=capacity, hours=hours)
    assert ("queue-grows-at-rest" in told(builder)) == grows


def test_that_crews_that_nothing_asks_for_are_named() -> None:
    builder = agency(scenario={"crews": (Crew(kind="pwoer", crews=2), Crew(kind=" POWER ", crews=2))})
    builder.resource("GRID", crew_kind="power")
    found = remarks(_with_event(builder).build(), RunRequest(builder.scenario_id()))
    assert [p.facts["crew"] for p in found if p.code == "crew-without-work"] == ["pwoer"]


def _with_event(builder: Builder) -> Builder:
    builder.event("X", elements=["SYS"], duration=fixed(10))
    return builder
