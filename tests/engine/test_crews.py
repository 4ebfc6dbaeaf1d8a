"""Queues for repair crews: known cases, and a plain loop over minutes on generated requests."""

import random

import pytest

from continuity.model.values import Crew
from continuity.simulation.compile import compile_model
from continuity.simulation.compiled import FAILURE, FOREVER, Compiled
from continuity.simulation.sample import Disruption, disruptions, sample_block
from tests.builders import Builder, exponential, fixed, uniform


def crew(kind: str, crews: int) -> Crew:
    return Crew(kind=kind, crews=crews)


def halls(*codes: str, crews: int = 1, **fields) -> Builder:
    b = Builder()
    for code in codes:
        b.resource(code, crew_kind="it", **fields)
    b.scenario(horizon_days=3, crews=(crew("it", crews),))
    return b


def back(b: Builder, replication: int = 0) -> dict[str, list[int]]:
    """Per element the minutes at which it is whole again."""
    organisation = b.build()
    c = compile_model(organisation, b.scenario_id())
    found: dict[str, list[int]] = {}
    for row in disruptions(c, sample_block(c, replication, 1), 0):
        code = organisation.get(c.element_ids[row.element]).code
        found.setdefault(code, []).append(row.begin + row.duration)
    return found


def test_that_one_crew_repairs_one_after_the_other() -> None:
    b = halls("A", "B", "C")
    b.event(elements=["A", "B", "C"], duration=fixed(240))
    assert sorted(m for ends in back(b).values() for m in ends) == [240, 480, 720]


def test_that_priority_comes_before_arrival_and_nobody_is_interrupted() -> None:
    b = halls("A", "B")
    b.resource("C", crew_kind="it", crew_priority=1)
    b.event(elements=["A"], duration=fixed(100))
    b.event(elements=["B"], duration=fixed(100), offset=10)
    b.event(elements=["C"], duration=fixed(100), offset=20)
    assert back(b) == {"A": [100], "C": [200], "B": [300]}


def test_that_two_crews_work_side_by_side_and_other_kinds_have_no_end() -> None:
    b = halls("A", "B", "C", crews=2)
    b.resource("D", crew_kind="power")
    b.event(elements=["A", "B", "C", "D"], duration=fixed(60))
    ends = back(b)
    assert ends.pop("D") == [60]
    assert sorted(m for one in ends.values() for m in one) == [60, 60, 120]


def test_that_without_any_crew_nothing_is_repaired() -> None:
    b = halls("A", crews=0)
    b.event(elements=["A"])
    assert back(b)["A"][0] > FOREVER


def test_that_what_follows_an_end_waits_for_the_crew_too() -> None:
    b = halls("A", "B")
    b.resource("C")
    b.event(elements=["A"], duration=fixed(100))
    b.event(elements=["B"], duration=fixed(100))
    b.event(elements=["C"], after="X/2", offset=7, duration=fixed(10))
    ends = back(b)
    assert max(ends["A"][0], ends["B"][0]) == 200
    assert ends["C"] == [ends["B"][0] + 7 + 10]


def plain_queue(c: Compiled, rows: list[Disruption]) -> list[int | None]:
    """When each repair begins, minute by minute; None for a failure that is dropped."""
    exposed, free = c.hazards.exposed, {k: int(n) for k, n in enumerate(c.hazards.crews)}
    begins: dict[int, int | None] = {}
    waiting: list[int] = []
    busy: list[tuple[int, int]] = []
    last_end: dict[int, int] = {}
    coming = sorted(range(len(rows)), key=lambda i: rows[i].start)
    for minute in range(c.horizon):
        for end, kind in [b for b in busy if b[0] == minute]:
            free[kind] += 1
            busy.remove((end, kind))
        while coming and rows[coming[0]].start == minute:
            i = coming.pop(0)
            row = rows[i]
            if exposed[row.element]["crew"] < 0:
                begins[i] = row.start
            elif row.kind == FAILURE and last_end.get(row.element, 0) > minute:
                begins[i] = None
            else:
                waiting.append(i)
                if row.kind == FAILURE:
                    last_end[row.element] = FOREVER
        waiting.sort(
            key=lambda i: (
                exposed[rows[i].element]["priority"],
                rows[i].start,
                exposed[rows[i].element]["rank"],
                rows[i].ordinal,
            )
        )
        for i in list(waiting):
            kind = int(exposed[rows[i].element]["crew"])
            if free[kind]:
                free[kind] -= 1
                waiting.remove(i)
                begins[i] = minute
                busy.append((minute + rows[i].duration, kind))
                if rows[i].kind == FAILURE:
                    last_end[rows[i].element] = minute + rows[i].duration
    return [begins.get(i, FOREVER) for i in range(len(rows))]


@pytest.mark.parametrize("seed", range(25))
def test_that_queues_agree_with_a_plain_loop(seed: int) -> None:
    r = random.Random(seed)
    organisation = [Builder(), Builder()]  # with crews, and the same without any end of them
    for b in organisation:
        r.seed(seed)
        codes = [f"R{i}" for i in range(8)]
        for code in codes:
            failing = r.random() < 0.6
            b.resource(
                code,
                crew_kind=r.choice(["it", "it", "power", ""]),
                crew_priority=r.choice([1, 100, 100]),
                mttf=r.randint(50, 900) if failing else None,
                repair=exponential(r.randint(20, 300)),
            )
        crews = (crew("it", r.randint(1, 2)), crew("power", r.randint(0, 1)))
        b.scenario(horizon_days=1, crews=crews if b is organisation[0] else ())
        for _ in range(r.randint(1, 4)):
            b.event(
                elements=r.sample(codes, r.randint(1, 8)),
                offset=r.choice([0, 60, r.randint(0, 900)]),
                duration=r.choice([fixed(60), uniform(1, 400)]),
                draw=r.choice(["common", "each"]),
                repeat_every=r.randint(30, 300),
                repeat_times=r.randint(1, 3),
            )
    limited, free = (compile_model(b.build(), b.scenario_id(), seed=seed) for b in organisation)
    for replication in range(5):
        requests = disruptions(free, sample_block(free, replication, 1), 0)
        expected = plain_queue(limited, requests)
        kept = [row._replace(begin=b) for row, b in zip(requests, expected, strict=True) if b is not None]
        found = disruptions(limited, sample_block(limited, replication, 1), 0)
        assert sorted(found) == sorted(kept)
