"""Help to build streams and fallbacks in tests, and to pay them under levels given by hand."""

import datetime as dt
from dataclasses import replace

import numpy as np
from builders import Builder

from continuity.model.calendar import local_minute, resolve_start
from continuity.model.kinds import Scenario
from continuity.model.values import PayDay, StartRule, VerifiedCopy
from continuity.simulation.pay import pay
from continuity.simulation.pay_outcome import DayFacts, outcome
from continuity.simulation.pay_plan import pay_plan

#: Monday 1 March 2027, 00:00: the tests' minute 0. The pay day is Friday 5 March, due 12:00.
START = StartRule(on_or_after=dt.date(2027, 3, 1), at=0)
HORIZON = 14 * 1440


def fallback(builder: Builder, code: str, kind: str = "execute", **fields) -> str:
    """Add a fallback of ``kind`` (a name that the builder keeps for itself)."""
    made = builder.add("fallback", code, **{"copy": VerifiedCopy(), **fields})
    builder.records[made] = replace(builder.records[made], kind=kind)
    return made


def agency(**stream) -> Builder:
    """Paid on the 5th, due 12:00: made and sent on the 4th by 16:00, paid out from 7:00 on the 5th."""
    builder = Builder()
    for code in ("SYS", "LINE", "BANK", "VAULT"):
        builder.resource(code)
    builder.scenario("X", start=START, horizon_days=14, **stream.pop("scenario", {}))
    given = {
        "payees": 1000,
        "amount": 100,
        "due": 720,
        "restart_allowance": 60,
        "livelihood": "sole",
        **stream,
    }
    builder.add("stream", "B", pay_days=(PayDay(day=5),), **given)
    stage(builder, 0, "SYS", "made", opens_days=1, opens_at=480, work=60)
    stage(builder, 1, "LINE", "sent", opens_days=1, opens_at=540, work=30, cutoff_days=1, cutoff_at=960)
    stage(builder, 2, "BANK", "received", opens_days=1, opens_at=600, work=30)
    stage(builder, 3, "BANK", "usable", opens_days=0, opens_at=420, work=180)
    return builder


def stage(builder: Builder, position: int, element: str, reaches: str, **fields) -> None:
    """Add a stage of the stream B."""
    given = {"least_level": 500, **fields}
    builder.add(
        "stage", f"T{position}", stream="B", position=position, element=element, reaches=reaches, **given
    )


def with_fallbacks(builder: Builder, *codes: str, **stream) -> Builder:
    """State the order of the stream's fallbacks."""
    made = next(r for r in builder.records.values() if r.code == "B")
    order = tuple(builder.id(code, "fallback") for code in codes)
    builder.records[made.id] = replace(made, fallbacks=order, **stream)
    return builder


def at(day: int, clock: str) -> int:
    """The minute of a local hour of a day of March 2027."""
    hours, minutes = map(int, clock.split(":"))
    return local_minute(resolve_start(START), dt.date(2027, 3, day), hours * 60 + minutes)


class Paid:
    """One replication paid under ``outages`` {element: [(from, to), ...]} (level 0, or a third number)."""

    def __init__(self, builder: Builder, outages=None, horizon: int = HORIZON) -> None:
        organisation = builder.build()
        scenario = organisation.all(Scenario)[0]
        self.plan = pay_plan(organisation, scenario, resolve_start(scenario.start), horizon)
        minutes, levels, offsets = [], [], []
        for id_ in self.plan.elements:
            begin = len(minutes)
            pieces = {0: 1000}
            for first, last, *level in sorted((outages or {}).get(organisation.get(id_).code, ())):
                pieces[first] = level[0] if level else 0
                pieces[last] = 1000
            minutes += sorted(pieces)
            levels += [pieces[m] for m in sorted(pieces)]
            offsets.append([begin, len(minutes)])
        flat = (np.array(minutes, np.int32), np.array(levels, np.int16), np.array(offsets, np.int64))
        self.pieces = flat
        self.block = pay(self.plan, flat, list(range(len(self.plan.elements))))
        self.out = outcome(self.plan, DayFacts.of(self.plan), self.block, hardship_days=1)

    def done(self, stage: int) -> int:
        return int(self.block.done[stage, 0])

    def __getattr__(self, name: str) -> int:
        of = self.out if hasattr(self.out, name) else self.block
        return int(getattr(of, name)[0, 0])
