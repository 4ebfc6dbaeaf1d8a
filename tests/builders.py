"""Small organisations for tests, written as they are thought: codes everywhere, ids derived from them.

>>> b = Builder()
>>> b.resource("GRID"); b.resource("GEN"); b.function("PAY", mbco=500)
>>> b.need("PAY", "GRID", standby("GEN", activation_delay=10, endurance=480), autonomy=60)
>>> b.scenario("X"); b.event("X", elements=["GRID"], offset=100, duration=fixed(600))
>>> organisation = b.build()
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from continuity.model.fields import FieldType
from continuity.model.ids import derived_id
from continuity.model.kinds import KINDS, Record, Scenario
from continuity.model.organisation import Organisation
from continuity.model.values import Change, Law, Outcome, ShapePoint, StartRule

DOCUMENT = "5d0c8a4e-6a1b-4b7e-9d0e-7b1f2a3c4d5e"
START = StartRule(on_or_after=dt.date(2027, 3, 1), at=0)
_ELEMENTS = ("function", "resource", "staff_group")


def fixed(minutes: int) -> Law:
    """Always so many minutes."""
    return Law(law="fixed", likely=minutes)


def uniform(low: int, high: int) -> Law:
    """Between ``low`` and ``high`` minutes."""
    return Law(law="uniform", low=low, high=high)


def exponential(mean: int) -> Law:
    """Exponential with this mean."""
    return Law(law="exponential", mean=mean)


def pert(low: int, likely: int, high: int) -> Law:
    """PERT."""
    return Law(law="pert", low=low, likely=likely, high=high)


def empirical(*outcomes: tuple[int, float]) -> Law:
    """These minutes with these weights."""
    return Law(law="empirical", outcomes=tuple(Outcome(minutes=m, weight=w) for m, w in outcomes))


def shape(*points: tuple[int, int]) -> tuple[ShapePoint, ...]:
    """A recovery shape of (part, regained) pairs."""
    return tuple(ShapePoint(part=part, regained=regained) for part, regained in points)


@dataclass(frozen=True)
class Supplier:
    """A supplier of a need with the fields of its supply."""

    code: str
    fields: dict[str, Any]


def by(code: str, **fields: Any) -> Supplier:
    """An ordinary supplier with fields, such as ``capacity``."""
    return Supplier(code, fields)


def standby(code: str, **fields: Any) -> Supplier:
    """A standby supplier; ``refiller`` by code."""
    return Supplier(code, {"standby": True, **fields})


@dataclass
class Builder:
    """Collects records; references are codes."""

    records: dict[str, Record] = field(default_factory=dict)

    def add(self, kind: str, code: str, **fields: Any) -> str:
        """Add a record of any kind and return its id; references may be codes."""
        made = KINDS[kind].of(
            id=derived_id(DOCUMENT, kind, code), code=code, **self._named(kind, code, fields)
        )
        self.records[made.id] = made
        return made.id

    def _named(self, kind: str, code: str, fields: dict[str, Any]) -> dict[str, Any]:
        declared = KINDS[kind].specs
        given = {"name": code, **fields} if "name" in declared else dict(fields)
        for name, value in given.items():
            spec = declared[name]
            if spec.type is FieldType.REF and value is not None:
                given[name] = self.id(value, *spec.kinds)
            elif spec.type is FieldType.REFS:
                given[name] = tuple(self.id(one, *spec.kinds) for one in value)
            elif isinstance(value, list):
                given[name] = tuple(value)
        return given

    def id(self, code: str, *kinds: str) -> str:
        """Return the id of the record called ``code`` among ``kinds`` (default: elements)."""
        for kind in kinds or _ELEMENTS:
            found = derived_id(DOCUMENT, kind, code)
            if found in self.records:
                return found
        return code

    def function(self, code: str, **fields: Any) -> str:
        """Add a function."""
        return self.add("function", code, **fields)

    def resource(self, code: str, **fields: Any) -> str:
        """Add a resource."""
        return self.add("resource", code, **fields)

    def staff(self, code: str, headcount: int = 10, **fields: Any) -> str:
        """Add a staff group."""
        return self.add("staff_group", code, headcount=headcount, **fields)

    def need(self, dependent: str, *suppliers: str | Supplier, code: str = "", **fields: Any) -> str:
        """Add a need of ``dependent`` with its supplies in order."""
        code = code or f"N{1 + sum(1 for r in self.records.values() if r.code[:1] == 'N')}"
        need = self.add("need", code, dependent=dependent, **fields)
        for place, one in enumerate(suppliers):
            given = one if isinstance(one, Supplier) else Supplier(one, {})
            self.add(
                "supply", f"{code}/{place + 1}", need=code, position=place, element=given.code, **given.fields
            )
        return need

    def cycle(self, *members: str, delay: int = 0, code: str = "") -> str:
        """Add a cycle record."""
        return self.add("cycle", code or "C-" + "-".join(members), members=list(members), delay=delay)

    def scenario(self, code: str = "X", **fields: Any) -> str:
        """Add a scenario that starts on 1 March 2027 at 00:00."""
        return self.add("scenario", code, **{"start": START, **fields})

    def event(self, scenario: str = "X", *, code: str = "", **fields: Any) -> str:
        """Add an event to a scenario; by default it lasts an hour."""
        place = sum(
            1 for r in self.records.values() if getattr(r, "scenario", "") == self.id(scenario, "scenario")
        )
        given = {"duration": fixed(60), **fields}
        return self.add(
            "event", code or f"{scenario}/{place + 1}", scenario=scenario, position=place, **given
        )

    def measure(self, code: str, *changes: Change) -> str:
        """Add a measure."""
        return self.add("measure", code, changes=changes)

    def build(self) -> Organisation:
        """Return the organisation."""
        organisation = Organisation(DOCUMENT, self.records.values())
        wrong = [p for record in organisation for p in organisation.dangling(record)]
        assert not wrong, wrong
        return organisation

    def scenario_id(self) -> str:
        """Return the id of the only scenario."""
        return next(r.id for r in self.records.values() if isinstance(r, Scenario))
