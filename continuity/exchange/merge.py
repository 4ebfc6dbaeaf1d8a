"""One organisation taken into another, and the edit that leads from one to the other."""

from __future__ import annotations

import dataclasses
from typing import Any

from continuity.model.edits import Add, Edit, Group, Remove, amend
from continuity.model.kinds import KINDS, Agency, Kind, Measure, Record, kind_of
from continuity.model.organisation import Organisation
from continuity.model.values import Change


def merged(present: Organisation, incoming: Organisation) -> Organisation:
    """Return ``present`` with the records of ``incoming``, matched by id, then by code.

    What matches takes the incoming values under its present id; references are led along.
    """
    records = {record.id: record for record in (*present, *led_into(present, incoming))}
    return Organisation(present.document, records.values())


def led_into(present: Organisation, incoming: Organisation) -> Organisation:
    """Return ``incoming`` under the ids that its records have in ``present``, where they are matched."""
    ids = _matches(present, incoming)
    return Organisation(present.document, [_led(record, ids) for record in incoming])


def _matches(present: Organisation, incoming: Organisation) -> dict[str, str]:
    """Return the id in the document for each incoming one; nobody is matched twice."""
    ids = {record.id: record.id for record in incoming if present.of(type(record), record.id)}
    taken = set(ids)
    for record in incoming:
        if record.id in ids:
            continue
        match = present.resolve((kind_of(record).name,), record.code)
        if isinstance(record, Agency) and present.agency:
            match = present.agency.id  # there is one per document, whatever its code
        ids[record.id] = match if match and match not in taken else record.id
        taken.add(ids[record.id])
    return ids


def _led(record: Record, ids: dict[str, str]) -> Record:
    """Return ``record`` with each id replaced by the one it has in the document."""
    kind = kind_of(record)
    values: dict[str, Any] = {name: _reference(getattr(record, name), ids) for name in kind.reference_fields}
    if isinstance(record, Measure):
        values["changes"] = tuple(_change(change, ids) for change in record.changes)
    return dataclasses.replace(record, id=ids[record.id], **values)


def _reference(held: Any, ids: dict[str, str]) -> Any:
    if isinstance(held, tuple | list):
        return type(held)(ids.get(one, one) for one in held)
    return ids.get(held, held)


def _change(change: Change, ids: dict[str, str]) -> Change:
    kind: Kind | None = KINDS.get(change.kind)
    values = {
        name: _reference(value, ids) if kind and name in kind.reference_fields else value
        for name, value in change.values.items()
    }
    return dataclasses.replace(change, target=ids.get(change.target, change.target), values=values)


def difference(old: Organisation, new: Organisation, verb: str) -> Group:
    """Return the edit that makes ``old`` into ``new``."""
    removed = [Remove(record) for record in old if record.id not in new or _other_kind(record, new)]
    added = [Add(record) for record in new if record.id not in old or _other_kind(record, old)]
    pairs = [(old.get(record.id), record) for record in new]
    kept = [(a, b) for a, b in pairs if a is not None and type(a) is type(b) and a != b]
    return Group(verb, (*removed, *_replaced(old, kept), *added))


def _other_kind(record: Record, organisation: Organisation) -> bool:
    other = organisation.get(record.id)
    return other is not None and type(other) is not type(record)


def _replaced(old: Organisation, kept: list[tuple[Record, Record]]) -> list[Edit]:
    """Return the changes; codes that change hands are all set free before they are given."""
    freed: list[Edit] = []
    changed: list[Edit] = []
    for before, after in kept:
        if before.code != after.code and old.resolve((kind_of(before).name,), after.code):
            free = f"{before.code} {before.id}"
            freed.append(amend(before, code=free))
            before = dataclasses.replace(before, code=free)
        changed.append(amend(before, **_values(after)))
    return freed + changed


def _values(record: Record) -> dict[str, Any]:
    return {"code": record.code, **{name: getattr(record, name) for name in kind_of(record).specs}}
