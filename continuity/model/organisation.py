"""The organisation: all records of one document in memory. Only an edit changes it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, TypeVar

from continuity.model.edits import Add, Changes, Edit, Group, Remove, Replace, amended, flat
from continuity.model.fields import FieldType
from continuity.model.kinds import KINDS, Agency, Element, Kind, Record, kind_of
from continuity.model.marking import too_high
from continuity.model.payload import check_record
from continuity.model.problems import Problem, Refused
from continuity.model.references import code_order, forget, references

R = TypeVar("R", bound=Record)


class Organisation:
    """Records by id, with their codes and who refers to whom kept at hand."""

    def __init__(self, document: str, records: Iterable[Record] = ()) -> None:
        self.document = document
        self._by_id: dict[str, Record] = {}
        self._by_kind: dict[str, dict[str, Record]] = {name: {} for name in KINDS}
        self._codes: dict[tuple[str, str], str] = {}
        self._referrers: dict[str, set[str]] = {}
        for record in records:
            self._put(record)

    # --- reading -------------------------------------------------------------------------------

    def __contains__(self, id_: object) -> bool:
        return id_ in self._by_id

    def __iter__(self) -> Iterator[Record]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Organisation):
            return NotImplemented
        return self.document == other.document and self._by_id == other._by_id

    __hash__ = None  # type: ignore[assignment]

    def get(self, id_: str | None) -> Record | None:
        """Return the record with ``id_``, or None."""
        return self._by_id.get(id_) if id_ else None

    def of(self, kind: type[R], id_: str | None) -> R | None:
        """Return the record with ``id_`` if it is of ``kind``, else None."""
        record = self.get(id_)
        return record if isinstance(record, kind) else None

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """Return all records of ``kind``, sorted by their codes as people count."""
        found = [
            r for name, k in KINDS.items() if issubclass(k.of, kind) for r in self._by_kind[name].values()
        ]
        return tuple(sorted(found, key=code_order))  # type: ignore[arg-type]

    def of_kind(self, name: str) -> tuple[Record, ...]:
        """Return all records of the kind called ``name``, sorted by their codes."""
        return tuple(sorted(self._by_kind[name].values(), key=code_order))

    def count(self, kind: str) -> int:
        """Return how many records of ``kind`` there are."""
        return len(self._by_kind[kind])

    @property
    def agency(self) -> Agency | None:
        """The agency's own record, where there is one."""
        return next(iter(self.all(Agency)), None)

    @property
    def elements(self) -> tuple[Element, ...]:
        """All nodes of the graph."""
        return self.all(Element)

    def parts(self, parent: str, kind: type[R]) -> tuple[R, ...]:
        """Return the parts of kind ``kind`` (supplies, stages, events, steps) of ``parent``, in order."""
        own = next(k for k in KINDS.values() if k.of is kind)
        assert own.parent is not None
        found = [
            record
            for id_ in self._referrers.get(parent, ())
            if isinstance(record := self._by_id[id_], kind) and getattr(record, own.parent) == parent
        ]
        return tuple(sorted(found, key=lambda r: (r.position, code_order(r))))  # type: ignore[attr-defined]

    def referrers(self, id_: str) -> tuple[Record, ...]:
        """Return the records that refer to ``id_``."""
        return tuple(sorted((self._by_id[r] for r in self._referrers.get(id_, ())), key=code_order))

    def find(self, kind: str, text: str) -> Record | None:
        """Return the record of ``kind`` whose id, code or unique name is ``text``."""
        if text in self._by_kind[kind]:
            return self._by_kind[kind][text]
        if id_ := self._codes.get((kind, text)):
            return self._by_id[id_]
        wanted = text.casefold()
        named = [
            r
            for r in self._by_kind[kind].values()
            if wanted in (getattr(r, "name", "").casefold(), r.code.casefold())
        ]
        return named[0] if len(named) == 1 else None

    def resolve(self, kinds: tuple[str, ...], text: str) -> str | None:
        """Return the id that ``text`` (an id or a code) means among ``kinds``; None if none or several."""
        record = self._by_id.get(text)
        if record is not None and kind_of(record).name in kinds:
            return text
        found = [id_ for kind in kinds if (id_ := self._codes.get((kind, text)))]
        return found[0] if len(found) == 1 else None

    def free_code(self, kind: Kind) -> str:
        """Return a code of ``kind`` that nobody has."""
        number = self.count(kind.name) + 1
        while (kind.name, f"{kind.prefix}{number}") in self._codes:
            number += 1
        return f"{kind.prefix}{number}"

    def copy(self) -> Organisation:
        """Return an independent organisation with the same (immutable) records."""
        twin = Organisation(self.document)
        twin._by_id = dict(self._by_id)
        twin._by_kind = {name: dict(records) for name, records in self._by_kind.items()}
        twin._codes = dict(self._codes)
        twin._referrers = {id_: set(refs) for id_, refs in self._referrers.items()}
        return twin

    # --- changing ------------------------------------------------------------------------------

    def adopt(self, twin: Organisation) -> None:
        """Become what ``twin``, a copy that has been edited since, is now; it is not to be used any more."""
        self._by_id, self._by_kind = twin._by_id, twin._by_kind
        self._codes, self._referrers = twin._codes, twin._referrers

    def apply(self, edit: Edit, origin: str = "") -> Changes:
        """Carry out ``edit`` whole, or raise :class:`Refused` with every reason and change nothing."""
        done: list[Add | Remove | Replace] = []
        problems: list[Problem] = []
        for one in flat(edit):
            problem = self._try(one)
            if problem:
                problems.append(problem)
                break
            done.append(one)
        if not problems:
            problems = self._faults_after(done)
        if problems:
            for one in reversed(done):
                self._try(one.inverse)
            raise Refused(problems)
        return self._changes(done, origin)

    def removal(self, ids: Iterable[str]) -> Group:
        """Return the edit that removes the records ``ids``, their parts and every mention of them."""
        gone: dict[str, Record] = {}
        queue = [r for id_ in ids if (r := self.get(id_))]
        while queue:
            record = queue.pop()
            if record.id in gone:
                continue
            gone[record.id] = record
            queue += [r for r in self.referrers(record.id) if self._falls_with(r, record.id)]
        holders = {r.id: r for id_ in gone for r in self.referrers(id_) if r.id not in gone}
        forgotten = (forget(r, set(gone)) for r in holders.values())
        return Group("remove", (*forgotten, *(Remove(r) for r in gone.values())))

    def _falls_with(self, record: Record, id_: str) -> bool:
        for name in kind_of(record).reference_fields:
            spec = kind_of(record).specs[name]
            held = getattr(record, name)
            if spec.required and (held == id_ or (spec.type is FieldType.REFS and set(held) == {id_})):
                return True
        return False

    def _try(self, edit: Edit) -> Problem | None:
        match edit:
            case Add(record):
                if record.id in self._by_id:
                    return _fault("duplicate-id", record)
                if (kind_of(record).name, record.code) in self._codes:
                    return _fault("duplicate-code", record, value=record.code)
                self._put(record)
            case Remove(record):
                if self._by_id.get(record.id) != record:
                    return _fault("changed-meanwhile", record)
                self._drop(record)
            case Replace(kind, id_, changes):
                return self._replace(kind, id_, changes)
        return None

    def _replace(self, kind: str, id_: str, changes: dict[str, tuple[Any, Any]]) -> Problem | None:
        record = self._by_kind[kind].get(id_)
        if record is None:
            return Problem("no-such-record", kind=kind, id=id_)
        for name, (old, _) in changes.items():
            if getattr(record, name) != old:
                return _fault("changed-meanwhile", record, field=name)
        new = amended(record, Replace(kind, id_, changes))
        if new.code != record.code and (kind, new.code) in self._codes:
            return _fault("duplicate-code", record, value=new.code)
        self._drop(record)
        self._put(new)
        return None

    def _put(self, record: Record) -> None:
        kind = kind_of(record)
        self._by_id[record.id] = record
        self._by_kind[kind.name][record.id] = record
        self._codes[kind.name, record.code] = record.id
        for target in references(record):
            self._referrers.setdefault(target, set()).add(record.id)

    def _drop(self, record: Record) -> None:
        kind = kind_of(record)
        del self._by_id[record.id], self._by_kind[kind.name][record.id], self._codes[kind.name, record.code]
        for target in references(record):
            holders = self._referrers[target]
            holders.discard(record.id)
            if not holders:
                del self._referrers[target]

    def _faults_after(self, done: Iterable[Edit]) -> list[Problem]:
        touched: dict[str, set[str] | None] = {}  # the fields that changed; None: all of them
        removed: set[str] = set()
        for one in done:
            match one:
                case Add(record):
                    touched[record.id] = None
                case Replace(_, id_, changes):
                    names = touched.setdefault(id_, set())
                    if names is not None:
                        names.update(changes)
                case Remove(record):
                    removed.add(record.id)
        problems: list[Problem] = []
        present = [(found, names) for id_, names in touched.items() if (found := self._by_id.get(id_))]
        for found, names in present:
            problems += check_record(found, names) + self.dangling(found, names)
        for id_ in removed - self._by_id.keys():
            problems += [p for r in self.referrers(id_) for p in self.dangling(r)]
        if not problems:  # a marking that is none is told above
            problems += too_high(self, (found for found, _ in present))
        return problems

    def dangling(self, record: Record, names: Collection[str] | None = None) -> list[Problem]:
        """Return a problem for each reference of ``record`` that leads nowhere or to a wrong kind.

        Of the fields ``names`` only, where they are given.
        """
        problems = []
        kind = kind_of(record)
        for name in kind.reference_fields:
            if names is not None and name not in names:
                continue
            spec, held = kind.specs[name], getattr(record, name)
            for target in held if spec.type is FieldType.REFS else (held,) if held else ():
                found = self._by_id.get(target)
                if found is None or kind_of(found).name not in spec.kinds:
                    shown = ", ".join(spec.kinds)
                    problems.append(_fault("dangling", record, field=name, value=target, kinds=shown))
        return problems

    def _changes(self, done: Iterable[Edit], origin: str) -> Changes:
        added: dict[str, Record] = {}
        removed: dict[str, Record] = {}
        replaced: dict[str, Record] = {}
        fields: set[str] = set()
        for one in done:
            match one:
                case Add(record):
                    added[record.id] = record
                case Remove(record):
                    if added.pop(record.id, None) is None:
                        removed[record.id] = record
                    replaced.pop(record.id, None)
                case Replace(_, id_, changes):
                    fields.update(changes)
                    if id_ in added:
                        added[id_] = self._by_id.get(id_, added[id_])
                    elif id_ in self._by_id:
                        replaced[id_] = self._by_id[id_]
        kept = frozenset(fields)
        return Changes(tuple(added.values()), tuple(removed.values()), tuple(replaced.values()), kept, origin)


def _fault(code: str, record: Record, field: str = "", **facts: object) -> Problem:
    kind = kind_of(record)
    return Problem(code, "error", kind.name, record.id, record.code, field, facts=dict(facts))
