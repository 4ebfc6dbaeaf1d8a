"""Elements and needs out of models of other programs, with a tally of what has no place here."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from continuity.exchange.known import Known, free_codes
from continuity.model.ids import derived_id
from continuity.model.kinds import KINDS, Need, Record, Supply
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem

_CODES = {"loose-end": "loose-ends", "double": "ids-doubled", "nameless": "ids-missing"}


@dataclass(slots=True)
class Foreign:
    """Collects elements by the other program's ids, from which ours follow: a second import doubles nothing.

    What ``present`` holds already, by such an id or by a name of its own, keeps all that the other
    program does not know of.
    """

    present: Organisation
    file: str
    records: dict[str, Record] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)
    known: Known = field(init=False)
    next_code: Callable[[str], str] = field(init=False)

    def __post_init__(self) -> None:
        self.known = Known.of(self.present)
        self.next_code = free_codes(self.present, self.known.codes)

    def element(self, foreign: str, kind: str, name: str, note: str = "", **values: Any) -> None:
        """Take one element; ``foreign`` is its id in the other program."""
        if foreign in self.ids or not foreign:
            self.skipped["double" if foreign else "nameless"] += 1
            return
        name = " ".join(name.split()) or foreign
        held = self._held(kind, foreign, name)
        if held is not None:
            given = {"name": name, **({"note": note} if note else {})}
            record = dataclasses.replace(held, **given)
        else:
            id_ = derived_id(self.present.document, kind, f"foreign\x1f{foreign}")
            record = self._made(kind, id_, name=name, note=note, **values)
        self.ids[foreign] = record.id
        self.records[record.id] = record

    def _held(self, kind: str, foreign: str, name: str) -> Record | None:
        id_ = derived_id(self.present.document, kind, f"foreign\x1f{foreign}")
        called = [one for one in self.known.named(kind, name) if one in self.present]
        return self.present.get(id_) or (self.present.get(called[0]) if len(called) == 1 else None)

    def _made(self, kind: str, id_: str, **values: Any) -> Record:
        code = self.next_code(kind)
        self.known.codes[kind, code] = id_
        return KINDS[kind].of(id=id_, code=code, **values)

    def need(self, dependent: str, supplier: str, name: str = "") -> None:
        """Take one need between elements already taken."""
        one, other = self.ids.get(dependent), self.ids.get(supplier)
        if one is None or other is None or one == other:
            self.skipped["loose-end"] += 1
            return
        key = f"{one}\x1f{other}"
        id_ = derived_id(self.present.document, "need", key)
        if id_ in self.records or id_ in self.present or self._stands(one, other):
            return
        called = " ".join(name.split()) or str(getattr(self.records[other], "name", ""))
        need = self._made("need", id_, dependent=one, name=called)
        supply_id = derived_id(self.present.document, "supply", key)
        supply = Supply(id=supply_id, code=f"{need.code}/1", need=id_, element=other)
        self.records |= {need.id: need, supply.id: supply}

    def _stands(self, dependent: str, supplier: str) -> bool:
        needs = [
            r for r in self.present.referrers(dependent) if isinstance(r, Need) and r.dependent == dependent
        ]
        return any(s.element == supplier for need in needs for s in self.present.parts(need.id, Supply))

    def skip(self, what: str) -> None:
        """Note something that has no place here."""
        self.skipped[what] += 1

    def organisation(self) -> Organisation:
        """Return what was taken."""
        return Organisation(self.present.document, self.records.values())

    def remarks(self) -> list[Problem]:
        """Return one remark for each kind of thing that was left out."""
        return [
            Problem(_CODES.get(what, "not-understood"), "hint", facts={"what": what, "n": count})
            for what, count in self.skipped.most_common()
        ]
