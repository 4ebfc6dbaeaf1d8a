"""What an edit, or one state against another, says record by record; and how to have the old back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from continuity.exchange.merge import difference
from continuity.model.edits import Add, Edit, Group, Remove, Replace, amend, flat
from continuity.model.kinds import KINDS, Record, kind_of
from continuity.model.organisation import Organisation
from continuity.store.payload import Hidden, restorable

Action = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after; what was personal is not known any more."""

    name: str
    old: Any
    new: Any

    @property
    def is_hidden(self) -> bool:
        """Whether a value was personal and is known by its hash only."""
        return isinstance(self.old, Hidden) or isinstance(self.new, Hidden)


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record that came, went or changed. ``record`` is whole where it came or went."""

    action: Action
    kind: str
    id: str
    code: str
    name: str
    fields: tuple[FieldChange, ...] = ()
    record: Record | None = None


def changes_of(edit: Edit, *states: Organisation) -> tuple[RecordChange, ...]:
    """Return what ``edit`` says; what it only changes is called as in the first state that has it."""
    found: dict[str, RecordChange] = {}
    for one in flat(edit):
        if isinstance(one, Replace):
            held = found.get(one.id)
            if held is None or held.action == "changed":
                found[one.id] = _changed(one, held, states)
        else:
            found[one.record.id] = _whole(one)
    return tuple(sorted(found.values(), key=_order))


def compared(old: Organisation, new: Organisation) -> tuple[RecordChange, ...]:
    """Return what was added, removed and changed from ``old`` to ``new``."""
    return changes_of(difference(old, new, "compare"), new, old)


def _whole(edit: Add | Remove) -> RecordChange:
    record = edit.record
    action: Action = "added" if isinstance(edit, Add) else "removed"
    return RecordChange(action, kind_of(record).name, record.id, record.code, _name(record), (), record)


def _changed(edit: Replace, held: RecordChange | None, states: Iterable[Organisation]) -> RecordChange:
    known = next((found for state in states if (found := state.get(edit.id))), None)
    before = {change.name: change for change in held.fields} if held else {}
    for name, (old, new) in edit.changes.items():
        before[name] = FieldChange(name, before[name].old if name in before else old, new)
    code = known.code if known else ""
    return RecordChange("changed", edit.kind, edit.id, code, _name(known), tuple(before.values()))


def _name(record: Record | None) -> str:
    name = getattr(record, "name", "") or getattr(record, "what", "")
    return "" if isinstance(name, Hidden) else str(name)


_ACTIONS = {"added": 0, "removed": 1, "changed": 2}


def _order(change: RecordChange) -> tuple[int, int, str]:
    return list(KINDS).index(change.kind), _ACTIONS[change.action], change.code


# --- having it back ----------------------------------------------------------------------------


def put_back(
    changes: Iterable[RecordChange], present: Organisation, fields: Collection[str] | None = None
) -> tuple[Edit, tuple[str, ...]]:
    """Return the edit that undoes ``changes`` in the document of today, and what cannot be had back.

    What came is removed, what went comes back, what changed takes its old value, of ``fields`` only where
    they are given. What cannot be had back are the personal values of the records with these codes.
    """
    gone = [change.id for change in changes if change.action == "added" and change.id in present]
    edits: list[Edit] = [present.removal(gone)] if gone else []
    for change in changes:
        edits += _old(change, present, fields)
    found, lost = restorable(Group("put_back", tuple(edits)), present)
    return found or Group("put_back", ()), lost


def _old(change: RecordChange, present: Organisation, fields: Collection[str] | None) -> list[Edit]:
    today = present.get(change.id)
    if change.action == "removed" and change.record is not None:
        if today is None:
            return [Add(change.record)]
        values = {name: getattr(change.record, name) for name in ("code", *kind_of(today).specs)}
        return [amend(today, **{n: v for n, v in values.items() if not isinstance(v, Hidden)})]
    if change.action == "changed" and today is not None:
        wanted = (one for one in change.fields if fields is None or one.name in fields)
        return [amend(today, **{one.name: one.old for one in wanted if not one.is_hidden})]
    return []


def with_parts(chosen: Collection[str], changes: Iterable[RecordChange]) -> list[RecordChange]:
    """Return the changes of the records ``chosen``, and of the parts that came and went with them."""
    found = []
    for change in changes:
        parent = KINDS[change.kind].parent
        if change.id in chosen or (
            parent and change.record is not None and getattr(change.record, parent) in chosen
        ):
            found.append(change)
    return found
