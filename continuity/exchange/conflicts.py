"""Two documents made one: what each side changed since they parted, and where they disagree."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from continuity.exchange.known import free_codes
from continuity.exchange.merge import difference, led_into
from continuity.model.edits import Group
from continuity.model.kinds import KINDS, Record, kind_of
from continuity.model.organisation import Organisation
from continuity.model.references import references

OURS, THEIRS = "ours", "theirs"
#: What the two sides disagree about.
VALUE, REMOVED_HERE, REMOVED_THERE = "value", "removed-here", "removed-there"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One disagreement: a field with two new values, or a record that one side changed and one removed.

    ``base`` is the value when the documents parted, where that is known.
    """

    what: str
    kind: str
    id: str
    code: str
    name: str
    field: str = ""
    ours: Any = None
    theirs: Any = None
    base: Any = None
    has_base: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """By what a choice names it."""
        return self.id, self.field


@dataclass(slots=True)
class Merge:
    """A merge before it is made."""

    ours: Organisation
    theirs: Organisation  # under the ids of ours
    base: Organisation | None
    conflicts: list[Conflict] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    removed: int = 0

    def edit(self, choices: Mapping[tuple[str, str], str], default: str = OURS) -> Group:
        """Return the one step that takes their side in; each conflict as chosen, else ``default``."""
        chosen = {c.key: choices.get(c.key, default) for c in self.conflicts}
        records = {record.id: record for record in self.ours}
        for id_, record in _merged(self, chosen):
            if record is None:
                records.pop(id_, None)
            else:
                records[id_] = record
        self._keep_needed(records)
        self._free_codes(records)
        return difference(self.ours, Organisation(self.ours.document, records.values()), "merge")

    def _keep_needed(self, records: dict[str, Record]) -> None:
        """Bring back what would be removed while something still refers to it."""
        queue = list(records.values())
        while queue:
            for target in references(queue.pop()):
                if target not in records and (held := self.ours.get(target) or self.theirs.get(target)):
                    records[target] = held
                    queue.append(held)

    def _free_codes(self, records: dict[str, Record]) -> None:
        """Give a record of theirs another code where two would have the same."""
        taken: dict[tuple[str, str], str] = {}
        own_first = sorted(records.values(), key=lambda record: record.id not in self.ours)
        next_code = free_codes(self.ours, taken)
        taken.update({(kind_of(r).name, r.code): r.id for r in reversed(own_first)})
        for record in own_first:
            kind = kind_of(record).name
            if taken[kind, record.code] != record.id:
                code = next_code(kind)
                taken[kind, code] = record.id
                records[record.id] = dataclasses.replace(record, code=code)


def prepare_merge(ours: Organisation, incoming: Organisation, base: Organisation | None) -> Merge:
    """Return the merge of ``incoming`` into ``ours``: three-way where ``base`` is known, else two-way."""
    theirs = led_into(ours, incoming)
    merge = Merge(ours, theirs, base)
    for id_ in dict.fromkeys((*(r.id for r in ours), *(r.id for r in theirs))):
        merge.conflicts += _conflicts(merge, id_)
    chosen = {conflict.key: OURS for conflict in merge.conflicts}
    for id_, record in _merged(merge, chosen):
        if record is None:
            merge.removed += 1
        elif id_ not in ours:
            merge.added += 1
        else:
            merge.changed += 1
    return merge


def _conflicts(merge: Merge, id_: str) -> Iterator[Conflict]:
    mine, their, was = merge.ours.get(id_), merge.theirs.get(id_), _base(merge, id_)
    if mine is not None and their is not None:
        for name in _fields(mine):
            ours, theirs = getattr(mine, name), getattr(their, name)
            before = getattr(was, name) if was is not None else None
            if ours != theirs and (was is None or (before not in (ours, theirs))):
                yield _conflict(VALUE, mine, name, ours, theirs, before, was is not None)
    elif was is not None:
        if mine is not None and mine != was:
            yield _conflict(REMOVED_THERE, mine, "", mine, None, was, True)
        elif their is not None and their != was:
            yield _conflict(REMOVED_HERE, their, "", None, their, was, True)


def _conflict(
    what: str, record: Record, name: str, ours: Any, theirs: Any, base: Any, has_base: bool
) -> Conflict:
    shown = str(getattr(record, "name", "") or record.code)
    kind = kind_of(record).name
    return Conflict(what, kind, record.id, record.code, shown, name, ours, theirs, base, has_base)


def _merged(merge: Merge, chosen: Mapping[tuple[str, str], str]) -> Iterator[tuple[str, Record | None]]:
    """Yield what becomes of each record that does not stay as it is here."""
    for id_ in dict.fromkeys((*(r.id for r in merge.ours), *(r.id for r in merge.theirs))):
        mine, their, was = merge.ours.get(id_), merge.theirs.get(id_), _base(merge, id_)
        if mine is not None and their is not None:
            values = dict(_taken(mine, their, was, chosen))
            if values:
                yield id_, dataclasses.replace(mine, **values)
        elif their is not None and (was is None or chosen.get((id_, "")) == THEIRS):
            yield id_, their
        elif mine is not None and was is not None and (mine == was or chosen.get((id_, "")) == THEIRS):
            yield id_, None


def _taken(
    mine: Record, their: Record, was: Record | None, chosen: Mapping[tuple[str, str], str]
) -> Iterator[tuple[str, Any]]:
    for name in _fields(mine):
        ours, theirs = getattr(mine, name), getattr(their, name)
        if ours == theirs:
            continue
        before = getattr(was, name) if was is not None else None
        if (mine.id, name) in chosen:
            if chosen[mine.id, name] == THEIRS:
                yield name, theirs
        elif was is not None and ours == before:
            yield name, theirs


def _base(merge: Merge, id_: str) -> Record | None:
    found = merge.base.get(id_) if merge.base is not None else None
    held = merge.ours.get(id_) or merge.theirs.get(id_)
    return found if found is not None and type(found) is type(held) else None


def _fields(record: Record) -> tuple[str, ...]:
    return ("code", *KINDS[kind_of(record).name].specs)
