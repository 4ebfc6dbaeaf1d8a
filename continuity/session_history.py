"""Steps of the history: what was done, what can be taken back, and what of it is on disk."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import Any

from continuity.model.edits import Add, Edit, Group, Remove, Replace, flat
from continuity.model.kinds import Record, kind_of
from continuity.model.organisation import Organisation
from continuity.store.payload import personal_fields, read_payload
from continuity.store.store import Link
from continuity.store.tables import SCHEMA

#: Origin of the edit with which a document begins; it is not taken back.
CREATE = "create"
#: So many steps can be taken back.
DEEPEST = 1000
_NAMES = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One step in facts: verb of its sentence, how many records of which kinds, the first names.

    ``lost``: codes of records whose personal values do not come back when it is taken back. ``fields`` are
    those that changed, where only one record did.
    """

    verb: str
    count: int
    kinds: tuple[str, ...]
    names: tuple[str, ...]
    lost: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One row of the journal; ``undoes`` is the id of the row that it took back, if any."""

    id: int
    at: dt.datetime  # UTC
    author: str
    origin: str
    step: Step
    undoes: int | None
    records: frozenset[str] = frozenset()  # ids of the records it touched


@dataclass(frozen=True, slots=True)
class Done:
    """One step on a stack: its journal rows, and its edit where it is in memory."""

    ids: tuple[int, ...]
    edit: Edit | None = None
    key: str | None = None
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Stacks:
    """What can be undone and what redone, newest last."""

    undo: tuple[Done, ...] = ()
    redo: tuple[Done, ...] = ()

    def done(self, step: Done) -> Stacks:
        """Return the stacks after a new step."""
        return Stacks((*self.undo, step)[-DEEPEST:])

    def joined(self, step: Done) -> Stacks:
        """Return the stacks after a step that continues the newest one."""
        before = self.undo[-1]
        whole = None if before.edit is None or step.edit is None else joined_edit(before.edit, step.edit)
        return Stacks((*self.undo[:-1], Done(before.ids + step.ids, whole, step.key, step.at)))

    def undone(self, step: Done) -> Stacks:
        """Return the stacks after the newest step was taken back by ``step``."""
        return Stacks(self.undo[:-1], (*self.redo, step))

    def redone(self, step: Done) -> Stacks:
        """Return the stacks after the step taken back last was done again by ``step``."""
        return Stacks((*self.undo, step), self.redo[:-1])


def joined_edit(first: Edit, second: Edit) -> Edit:
    """Return one edit for two that follow one another; changes of the same fields become one."""
    edits = [*flat(first), *flat(second)]
    replaces = [one for one in edits if isinstance(one, Replace) and "code" not in one.changes]
    verb = _verb(second)
    if len(replaces) < len(edits):
        return Group(verb, (first, second))
    found: dict[tuple[str, str], dict[str, tuple[Any, Any]]] = {}
    for one in replaces:
        held = found.setdefault((one.kind, one.id), {})
        for name, (old, new) in one.changes.items():
            held[name] = (held[name][0] if name in held else old, new)
    folded = tuple(Replace(kind, id_, changes) for (kind, id_), changes in found.items())
    return folded[0] if len(folded) == 1 and not isinstance(second, Group) else Group(verb, folded)


def stacks_of(links: list[Link]) -> Stacks:
    """Return the stacks that the journal of a document leaves; what is older than a migration stays done."""
    undo: list[Done] = []
    redo: list[Done] = []
    for link in links:
        step = Done((link.id,))
        if link.schema != SCHEMA or link.origin == CREATE:
            undo, redo = [], []
        elif link.joins is not None and undo and link.joins in undo[-1].ids:
            undo[-1] = Done((*undo[-1].ids, link.id))
        elif link.undoes is None:
            undo, redo = [*undo, step] if len(undo) < DEEPEST else [*undo[1:], step], []
        elif undo and link.undoes in undo[-1].ids:
            undo.pop()
            redo.append(step)
        elif redo and link.undoes in redo[-1].ids:
            redo.pop()
            undo.append(step)
    return Stacks(tuple(undo), tuple(redo))


def edit_of(payloads: list[str]) -> Edit:
    """Return the one edit of the journal rows of a step; hidden values stand where persons' were."""
    edits = [read_payload(json.loads(text)) for text in payloads]
    whole = edits[0]
    for one in edits[1:]:
        whole = joined_edit(whole, one)
    return whole


def _verb(edit: Edit) -> str:
    match edit:
        case Add():
            return "add"
        case Remove():
            return "remove"
        case Replace():
            return "replace"
        case Group(verb, _):
            return verb


def step_of(edit: Edit, organisation: Organisation, lost: tuple[str, ...] = ()) -> Step:
    """Return ``edit`` in facts; names of what was only changed are those of today."""
    found: dict[str, tuple[str, str]] = {}
    for one in flat(edit):
        if isinstance(one, Replace):
            present = organisation.get(one.id)
            found.setdefault(one.id, (one.kind, shown_name(present) if present else ""))
        else:
            found.setdefault(one.record.id, (kind_of(one.record).name, shown_name(one.record)))
    kinds = tuple(dict.fromkeys(kind for kind, _ in found.values()))
    names = tuple(name for _, name in found.values() if name)[:_NAMES]
    return Step(_verb(edit), len(found), kinds, names, lost, _fields(edit) if len(found) == 1 else ())


def _fields(edit: Edit) -> tuple[str, ...]:
    changed = (one.changes for one in flat(edit) if isinstance(one, Replace))
    return tuple(dict.fromkeys(name for changes in changed for name in changes))


def touched(edit: Edit) -> frozenset[str]:
    """Return the ids of the records that ``edit`` touches."""
    return frozenset(one.id if isinstance(one, Replace) else one.record.id for one in flat(edit))


def shown_name(record: Record) -> str:
    """Return the name of ``record``, or its code where it has none or the name is personal."""
    name = "" if personal_fields(kind_of(record)) else getattr(record, "name", "")
    return str(name or record.code)


@dataclass(slots=True)
class Pending:
    """An edit that may not be stored yet, with the stacks before it."""

    id: int
    edit: Edit
    before: Stacks


@dataclass(slots=True)
class Unsaved:
    """Edits that the store has not acknowledged, oldest first."""

    edits: list[Pending] = field(default_factory=list)

    def since(self, entry: int) -> list[Pending]:
        """Take out and return the edits from journal row ``entry`` on; those before it are stored."""
        found = [one for one in self.edits if one.id >= entry]
        self.edits = []
        return found
