"""Measures laid over the organisation: a new organisation, the old one untouched.

All additions come first, then changed fields, then removals, so the order of the measures does not
matter. Two measures that give one field different values are refused, and so is one that changes what
another removes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from continuity.model.edits import Add, Edit, Group, amend
from continuity.model.ids import derived_id, is_id
from continuity.model.kinds import KINDS, Kind, Measure, Record
from continuity.model.organisation import Organisation
from continuity.model.payload import Reader
from continuity.model.problems import Problem, Refused
from continuity.model.values import Change


def overlay(organisation: Organisation, measures: Iterable[str]) -> Organisation:
    """Return ``organisation`` with the measures (ids) switched on; raise Refused with every reason."""
    wanted = sorted(set(measures))
    if not wanted:
        return organisation
    layers = _Layers(organisation)
    for id_ in wanted:
        measure = organisation.of(Measure, id_)
        if measure is None:
            layers.problems.append(Problem("no-such-record", kind="measure", id=id_, record=id_))
        else:
            layers.note(measure)
    return layers.laid()


@dataclass
class _Wish:
    """What the measures want of one record: typed values, and for each field which measure said it first."""

    kind: Kind
    values: dict[str, Any] = field(default_factory=dict)
    said_by: dict[str, Measure] = field(default_factory=dict)
    added_by: Measure | None = None
    removed_by: Measure | None = None


class _Layers:
    """Collects the changes of all measures, then carries them out on a copy."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.problems: list[Problem] = []
        self.changes: list[tuple[Measure, int, Change]] = []
        self.wishes: dict[str, _Wish] = {}
        self.added: dict[tuple[str, str], str] = {}  # (kind, code or id) → id

    def note(self, measure: Measure) -> None:
        """Take in the changes of ``measure``; what it adds may be named by any other change."""
        for place, change in enumerate(measure.changes):
            if change.kind not in KINDS:
                self._report("unknown-kind", measure, place, value=change.kind, known=", ".join(KINDS))
                continue
            self.changes.append((measure, place, change))
            if change.action == "add":
                id_ = self._new_id(change)
                self.added[change.kind, id_] = self.added[change.kind, self._new_code(change)] = id_

    def laid(self) -> Organisation:
        """Return the organisation with all changes, or raise Refused."""
        for measure, place, change in self.changes:
            self._wish(measure, place, change)
        self._conflicts_of_removal()
        if self.problems:
            raise Refused(self.problems)
        twin = self.organisation.copy()
        twin.apply(Group("overlay", tuple(self._edits(twin))))
        twin.apply(twin.removal([id_ for id_, wish in self.wishes.items() if wish.removed_by]))
        return twin

    def _edits(self, twin: Organisation) -> Iterator[Edit]:
        for id_, wish in sorted(self.wishes.items()):
            if wish.added_by is not None:
                yield Add(wish.kind.of(id=id_, **wish.values))
            elif wish.removed_by is None and (record := twin.get(id_)):
                yield amend(record, **wish.values)

    def _wish(self, measure: Measure, place: int, change: Change) -> None:
        kind = KINDS[change.kind]
        id_ = self._target(change)
        if id_ is None:
            self._report("dangling", measure, place, value=change.target, kinds=change.kind)
            return
        wish = self.wishes.setdefault(id_, _Wish(kind))
        if change.action == "remove":
            wish.removed_by = wish.removed_by or measure
            return
        values = self._read(measure, place, change)
        if change.action == "add":
            wish.added_by = wish.added_by or measure
            values["code"] = self._new_code(change)
        for name, value in values.items():
            self._say(measure, id_, wish, name, value)

    def _say(self, measure: Measure, id_: str, wish: _Wish, name: str, value: Any) -> None:
        if name in wish.values and wish.values[name] != value:
            facts: dict[str, object] = {"measure": wish.said_by[name].name, "other": measure.name}
            shown = self._shown(id_)
            self.problems.append(
                Problem("measure-conflict", "error", wish.kind.name, id_, shown, name, facts=facts)
            )
        wish.values[name] = value
        wish.said_by.setdefault(name, measure)

    def _read(self, measure: Measure, place: int, change: Change) -> dict[str, Any]:
        reader = Reader(self._resolve)
        given = {name: value for name, value in change.values.items() if name not in ("id", "code", "kind")}
        path = f"{measure.code}.changes[{place}].values"
        whole = change.action == "add"
        values = reader.fields(KINDS[change.kind].of, given, path, partial=not whole)
        if not whole and isinstance(change.values.get("code"), str):
            values["code"] = change.values["code"]
        self.problems += reader.problems
        return values

    def _resolve(self, kinds: tuple[str, ...], text: str) -> str | None:
        for kind in kinds:
            if found := self.added.get((kind, text)):
                return found
        return self.organisation.resolve(kinds, text)

    def _target(self, change: Change) -> str | None:
        if change.action == "add":
            return self._new_id(change)
        return self._resolve((change.kind,), change.target)

    def _new_id(self, change: Change) -> str:
        if is_id(change.target):
            return change.target
        return derived_id(self.organisation.document, change.kind, change.target)

    def _new_code(self, change: Change) -> str:
        code = change.values.get("code")
        if isinstance(code, str) and code:
            return code
        return change.target

    def _conflicts_of_removal(self) -> None:
        for id_, wish in self.wishes.items():
            others = [m for m in wish.said_by.values() if m is not wish.removed_by]
            if wish.removed_by is not None and (others or wish.added_by is not None):
                other = others[0] if others else wish.added_by
                assert other is not None
                facts: dict[str, object] = {"measure": wish.removed_by.name, "other": other.name}
                shown = self._shown(id_)
                self.problems.append(
                    Problem("measure-conflict-removed", "error", wish.kind.name, id_, shown, facts=facts)
                )

    def _shown(self, id_: str) -> str:
        record: Record | None = self.organisation.get(id_)
        return record.code if record else id_

    def _report(self, code: str, measure: Measure, place: int, **facts: object) -> None:
        facts = {"measure": measure.name, **facts}
        path = f"{measure.code}.changes[{place}]"
        self.problems.append(
            Problem(code, "error", "measure", measure.id, measure.code, path=path, facts=facts)
        )
