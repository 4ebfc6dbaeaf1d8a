"""New records with sensible contents: what is added by the map, the tables and the inspector."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any

from continuity.model.edits import Add, Group
from continuity.model.fields import FieldType
from continuity.model.ids import new_id
from continuity.model.kinds import ELEMENTS, KINDS, Kind, Need, Record, Supply, kind_of
from continuity.model.organisation import Organisation
from continuity.words import _


def made(organisation: Organisation, kind: Kind, **values: Any) -> Record | None:
    """Return a new record of ``kind``; None if it must refer to something that is not there yet."""
    filled = dict(values)
    for name, spec in kind.specs.items():
        if name in filled or not spec.required:
            continue
        match spec.type:
            case FieldType.TEXT | FieldType.LONG_TEXT:
                filled[name] = _new_name(kind)
            case FieldType.DATE:
                filled[name] = dt.date.today()  # noqa: DTZ011 - a proposal that the user sees
            case FieldType.REF | FieldType.REFS:
                target = _first(organisation, spec.kinds)
                if target is None:
                    return None
                filled[name] = target if spec.type is FieldType.REF else (target,)
    filled.setdefault("code", organisation.free_code(kind))
    return kind.of(id=new_id(), **filled)


def made_part(organisation: Organisation, kind: Kind, parent: Record) -> Add | None:
    """Return the edit that adds a part at the end of ``parent``; None as in :func:`made`."""
    assert kind.parent is not None
    parts = organisation.parts(parent.id, kind.of)
    position = max((p.position for p in parts), default=-1) + 1  # type: ignore[attr-defined]
    code = part_code(organisation, kind, parent)
    record = made(organisation, kind, code=code, position=position, **{kind.parent: parent.id})
    return Add(record) if record is not None else None


def part_code(organisation: Organisation, kind: Kind, parent: Record) -> str:
    """Return a free code for a part: the parent's with a number."""
    number = len(organisation.parts(parent.id, kind.of)) + 1
    while organisation.resolve((kind.name,), f"{parent.code}/{number}"):
        number += 1
    return f"{parent.code}/{number}"


def duplicated(organisation: Organisation, records: Iterable[Record]) -> tuple[Group, tuple[str, ...]]:
    """Return the edit that adds a copy of each record with its parts, and the ids of the copies."""
    edits: list[Add] = []
    copies: list[str] = []
    taken: set[tuple[str, str]] = set()
    for record in records:
        kind = kind_of(record)
        code = _next_code(organisation, kind, taken)
        values: dict[str, Any] = {"id": new_id(), "code": code}
        if "name" in kind.specs:
            values["name"] = _("{name} (copy)", name=getattr(record, "name", ""))
        copy = dataclasses.replace(record, **values)
        edits.append(Add(copy))
        copies.append(copy.id)
        for part_kind in KINDS.values():
            if part_kind.parent and part_kind.specs[part_kind.parent].kinds == (kind.name,):
                for number, part in enumerate(organisation.parts(record.id, part_kind.of), 1):
                    own = {"id": new_id(), "code": f"{code}/{number}", part_kind.parent: copy.id}
                    edits.append(Add(dataclasses.replace(part, **own)))
    return Group("duplicate", tuple(edits)), tuple(copies)


def _next_code(organisation: Organisation, kind: Kind, taken: set[tuple[str, str]]) -> str:
    code = organisation.free_code(kind)
    while (kind.name, code) in taken:
        number = int("".join(c for c in code[len(kind.prefix) :] if c.isdigit()) or 0)
        code = f"{kind.prefix}{number + 1}"
        if organisation.resolve((kind.name,), code):
            taken.add((kind.name, code))
    taken.add((kind.name, code))
    return code


def connection(organisation: Organisation, supplier: Record, dependent: Record) -> Group:
    """Return the edit that makes ``dependent`` need ``supplier``: a need of its own, all of it."""
    kind = KINDS["need"]
    need = Need(
        id=new_id(),
        code=organisation.free_code(kind),
        dependent=dependent.id,
        name=getattr(supplier, "name", supplier.code),
    )
    return Group("connect", (Add(need), Add(_supply(need, f"{need.code}/1", 0, supplier))))


def further_supply(
    organisation: Organisation, need: Need, supplier: Record, *, standby: bool = False
) -> Group:
    """Return the edit that adds ``supplier`` to an existing need."""
    supplies = organisation.parts(need.id, Supply)
    position = max((s.position for s in supplies), default=-1) + 1
    code = part_code(organisation, KINDS["supply"], need)
    supply = dataclasses.replace(_supply(need, code, position, supplier), standby=standby)
    return Group("connect", (Add(supply),))


def _supply(need: Need, code: str, position: int, supplier: Record) -> Supply:
    return Supply(id=new_id(), code=code, need=need.id, position=position, element=supplier.id)


def _first(organisation: Organisation, kinds: tuple[str, ...]) -> str | None:
    return next((r.id for kind in kinds for r in organisation.of_kind(kind)), None)


def _new_name(kind: Kind) -> str:
    if kind.name in ELEMENTS:
        return {
            "function": _("New function"),
            "resource": _("New resource"),
            "staff_group": _("New staff group"),
        }[kind.name]
    return _("New: {kind}", kind=as_inside(_(kind.label)))


def as_inside(label: str) -> str:
    """Return ``label`` as it is written inside a sentence: what is said in capitals stays so."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
