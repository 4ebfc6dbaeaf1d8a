"""Generated organisations with every feature of the engine, the same bits from the same size.

Utilities feed sites, sites feed systems and staff, systems feed one another and the functions; what is near
is needed most, a few hubs are needed by everyone.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from continuity.model.organisation import Organisation
from continuity.model.values import Crew, Law, PayDay, ShapePoint
from tests.builders import Builder, Supplier, by, exponential, pert, standby, uniform

SIZES = {"S": 100, "M": 1_000, "L": 10_000}
DAYS = 90
DAY = 1440
PER_AREA = 100
_STEPS = tuple(ShapePoint(part=p, regained=g) for p, g in ((400, 300), (800, 700), (1000, 1000)))
_TYPICAL_REPAIR = Law(law="lognormal", median=360, p90=2160)


@dataclass
class _Area:
    """What stands in one area, by code."""

    number: int
    grid: str = ""
    fuel: str = ""
    lines: list[str] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    systems: list[str] = field(default_factory=list)
    staff: list[str] = field(default_factory=list)


class Generator:
    """Makes an organisation of about ``elements`` elements; ``plain`` leaves levels between out of it."""

    def __init__(self, elements: int, *, plain: bool = False) -> None:
        self.random = random.Random(elements)
        self.plain, self.builder = plain, Builder()
        self.areas = [_Area(number) for number in range(max(1, elements // PER_AREA))]
        self._needs = self._events = 0

    def organisation(self) -> Organisation:
        """Return the organisation, with the scenario ``WAR`` and two payment streams."""
        for area in self.areas:
            self._utilities(area)
            self._sites(area)
            self._systems(area)
            self._staff(area)
            self._functions(area)
        self._scenario()
        self._stream("FIX", 25)
        self._stream("DAY", 18)
        return self.builder.build()

    def _resource(self, code: str, mttf_days: int, **fields: object) -> str:
        given = {"mttf": mttf_days * DAY, "repair": _TYPICAL_REPAIR, **fields}
        self.builder.resource(code, **given)
        return code

    def _need(self, dependent: str, *suppliers: str | Supplier, **fields: object) -> None:
        self._needs += 1
        if self.plain:
            fields = {name: v for name, v in fields.items() if name in ("rule", "k", "autonomy")}
            suppliers = tuple(s for s in suppliers if isinstance(s, str))
        self.builder.need(dependent, *suppliers, code=f"N{self._needs}", **fields)

    def _near(self, kind: str, area: _Area, count: int) -> list[str]:
        """Return some of ``kind``: mostly of the area, sometimes of an earlier one, or a hub of the first."""
        found: list[str] = []
        while len(found) < count:
            drawn = self.random.random()
            earlier = self.areas[self.random.randint(0, area.number)]
            source = area if drawn < 0.9 else self.areas[0] if drawn < 0.95 else earlier
            known = getattr(source, kind) or getattr(area, kind)
            code = self.random.choice(known[:5] if source is not area else known)
            if code not in found:
                found.append(code)
        return found

    def _utilities(self, area: _Area) -> None:
        n = area.number
        area.grid = self._resource(f"GRID{n}", 400, category="utility", tags=[f"area{n}"])
        area.fuel = self._resource(f"FUEL{n}", 600, category="transport")
        area.lines = [
            self._resource(f"LINE{n}-{i}", 400, category="utility", tags=["lines"]) for i in range(4)
        ]
        for line in area.lines:
            self._need(line, area.grid, autonomy=480, refill=500)

    def _sites(self, area: _Area) -> None:
        for i in range(8):
            code, diesel = f"SITE{area.number}-{i}", f"DIESEL{area.number}-{i}"
            self._resource(diesel, 180, category="equipment", crew_kind="", repair=pert(60, 240, 1440))
            self._resource(code, 3000, category="premises", repair=uniform(DAY, 5 * DAY))
            spare = standby(
                diesel, activation_delay=5, endurance=72 * 60, refill=1500, refiller=area.fuel, capacity=800
            )
            self._need(code, area.grid, spare, autonomy=15)
            area.sites.append(code)

    def _systems(self, area: _Area) -> None:
        for i in range(40):
            code = f"SYS{area.number}-{i}"
            crew = {"crew_kind": "it", "crew_priority": 1 + i % 3} if i % 2 else {}
            self._resource(code, 720, category="ict", tags=[f"sys{area.number}"], **crew)
            self._need(code, *self._near("sites", area, 1), restart_lag=self.random.choice((0, 30, 120)))
            self._need(code, *self._near("lines", area, 2), rule="k_of_n", k=1)
            if i >= 4:
                others = self._near("systems", area, self.random.randint(1, 3))
                self._need(code, *others, **self._bridged())
            area.systems.append(code)
        self._cycle(area)

    def _bridged(self) -> dict[str, object]:
        """Return the buffer, floor and lag of a need of one system by another."""
        return self.random.choice(
            (
                {},
                {"autonomy": 240},
                {"autonomy": 1440, "refill": 2000, "restart_lag": 60},
                {"floor": 400, "restart_lag": 45},
            )
        )

    def _cycle(self, area: _Area) -> None:
        """Let directory and name service need one another: a cycle with its black start."""
        if self.plain:
            return
        first, second = area.systems[0], area.systems[1]
        self._need(first, second, autonomy=60)
        self._need(second, first)
        self.builder.cycle(first, second, delay=180, code=f"C{area.number}")

    def _staff(self, area: _Area) -> None:
        for i in range(10):
            code = f"STAFF{area.number}-{i}"
            crew: dict[str, object] = {} if self.plain else {
                "minimum_crew": 3, "endurance": 10 * DAY, "tired_below": 5, "fatigue": 800,
            }  # fmt: skip
            self.builder.staff(code, 12, tags=["staff"], **crew)
            self._need(code, *self._near("sites", area, 2), rule="k_of_n", k=1, restart_lag=60)
            area.staff.append(code)

    def _functions(self, area: _Area) -> None:
        for i in range(24):
            code = f"FUN{area.number}-{i}"
            self.builder.function(code, mbco=600, rto=DAY, mtpd=3 * DAY, priority=1 + i % 4)
            self._need(code, *self._near("systems", area, 3))
            self._need(code, *self._near("systems", area, 3), rule="k_of_n", k=2, autonomy=120)
            if self.plain:
                self._need(code, area.staff[i % 10])
                continue
            # two or three functions draw on each group: a pool
            group = by(area.staff[i % 10])
            self._need(code, group, rule="share", required=4, priority=1 + i % 4, autonomy=480)
            trucks = [by(code, capacity=10) for code in self._near("sites", area, 3)]
            self._need(code, *trucks, rule="share", required=25)

    def _event(self, code: str, **fields: object) -> None:
        if self.plain:
            fields = {name: v for name, v in fields.items() if name not in ("depth", "shape")}
            if fields.get("type") == "staff":
                return
        self._events += 1
        self.builder.add("event", code, scenario="WAR", position=self._events, **fields)

    def _scenario(self) -> None:
        crews = () if self.plain else (Crew(kind="it", crews=2 * len(self.areas)),)
        self.builder.scenario("WAR", horizon_days=DAYS, crews=crews, detection=15, declaration=60)
        for area in self.areas:
            n = area.number
            self._event(
                f"CUT{n}", tags=[f"area{n}"], offset=DAY * (1 + n % 60), duration=exponential(600),
                probability=0.4, shape=_STEPS, depth=200,
            )  # fmt: skip
            self._event(
                f"TURNS{n}", tags=[f"area{n}"], after=f"CUT{n}", duration=uniform(90, 150),
                repeat_every=720, repeat_times=4, probability=0.3,
            )  # fmt: skip
            self._event(
                f"BREACH{n}", tags=[f"sys{n}"], offset=DAY * 20, probability=0.3, hit_probability=0.4,
                draw="each", depth=300, duration=Law(law="weibull", scale=2000, shape=0.9),
            )  # fmt: skip
        self._event("FLU", type="staff", cause="flu", tags=["staff"], offset=30 * DAY, depth=700,
                    duration=uniform(10 * DAY, 20 * DAY), draw="each", hit_probability=0.5)  # fmt: skip
        self._event("CALLED", type="staff", cause="war", tags=["staff"], offset=40 * DAY, depth=500,
                    duration=uniform(20 * DAY, 40 * DAY), draw="each", hit_probability=0.3)  # fmt: skip

    def _stream(self, code: str, day: int) -> None:
        add, area = self.builder.add, self.areas[-1]
        add(
            "stream",
            code,
            pay_days=(PayDay(day=day),),
            payees=100_000,
            amount=5_000,
            due=720,
            livelihood="sole",
        )
        stages = (("FUN", "made", 2, 480, 120), ("LINE", "sent", 1, 540, 30), ("SYS", "usable", 0, 300, 180))
        for place, (kind, reaches, days, hour, work) in enumerate(stages):
            element = f"{kind}{area.number}-{place + 1}"
            add(
                "stage", f"{code}/{place}", stream=code, position=place, element=element, reaches=reaches,
                opens_days=days, opens_at=hour, work=work, least_level=500,
            )  # fmt: skip


def organisation(elements: int, *, plain: bool = False) -> Organisation:
    """Return the organisation of about so many elements."""
    return Generator(elements, plain=plain).organisation()
