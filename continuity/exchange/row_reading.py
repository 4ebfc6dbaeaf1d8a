"""What each row says: its cells as values of a record, and the needs and records that cells only name."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from continuity.exchange.cell_words import CellReader, Unreadable, parts_of, plain_text
from continuity.exchange.columns import Column, mappable
from continuity.exchange.mapping import Mapping, Target
from continuity.exchange.row_matching import Entry, Matching
from continuity.exchange.sheets import Cell, is_blank
from continuity.model.fields import FieldType, Spec, specs
from continuity.model.ids import derived_id, new_id
from continuity.model.kinds import KINDS, Need, Supply

#: Kinds that a name alone can bring into being.
_NAMEABLE = ("site", "role", "resource", "function", "staff_group")
_EMPTIED: dict[FieldType, Any] = {
    FieldType.TEXT: "", FieldType.LONG_TEXT: "", FieldType.TAGS: (), FieldType.REFS: (),
    FieldType.CHOICES: (),
}  # fmt: skip


@dataclass(slots=True)
class Reading(Matching):
    """Rows read into records."""

    def _read(self, entry: Entry) -> None:
        values: dict[str, Any] = {}
        nested: dict[str, dict[str, Any]] = {}
        columns = mappable(entry.mapping.kind)
        reader = self._reader(entry.mapping)
        for path, (cell, at, target) in entry.cells.items():
            if path in ("id", "code", "needs") or (
                is_blank(cell) and not self._is_meant(columns[path].spec, cell, entry)
            ):
                continue
            try:
                value = self._value(reader, columns[path].spec, cell, target)
            except Unreadable as fault:
                self._fault_at(entry, at, fault.code, columns[path].spec, **fault.facts)
                continue
            outer, _, inner = path.partition(".")
            if inner:
                nested.setdefault(outer, {})[inner] = value
            else:
                values[outer] = value
        if entry.mapping.blanks:
            self._clear(entry, columns, values, nested)
        self._nest(entry, values, nested)
        if not entry.faulty:
            self._build(entry, values)
        if not entry.faulty and "needs" in entry.cells:
            self._needs(entry, reader)

    def _is_meant(self, spec: Spec, cell: Cell, entry: Entry) -> bool:
        """Tell whether a cell of nothing but spaces is a text of ours."""
        return entry.mapping.exact and bool(cell) and spec.type in (FieldType.TEXT, FieldType.LONG_TEXT)

    def _reader(self, mapping: Mapping) -> CellReader:
        found = self.readers.get(mapping.exact)
        if found is None:
            found = CellReader(self.says, self.known.resolve, exact=mapping.exact)
            self.readers[mapping.exact] = found
        return found

    def _value(self, reader: CellReader, spec: Spec, cell: Cell, target: Target) -> Any:
        try:
            return reader.read(spec, cell, target.unit)
        except Unreadable as fault:
            kinds = [kind for kind in spec.kinds if kind in _NAMEABLE]
            if fault.code != "dangling" or not target.make or not kinds:
                raise
            self._make("resource" if "resource" in kinds else kinds[0], reader, spec, plain_text(cell))
            return reader.read(spec, cell, target.unit)

    def _make(self, kind: str, reader: CellReader, spec: Spec, text: str) -> None:
        """Bring into being each record that ``text`` names and nobody knows."""
        several = spec.type is FieldType.REFS
        for part in parts_of(text) if several else (" ".join(text.split()),):
            try:
                self.known.resolve(spec, part)
            except Unreadable as fault:
                if fault.code != "dangling":
                    raise
                given: dict[str, Any] = {"name": part}
                record = KINDS[kind].of(id=new_id(), code=self.next_code(kind), **given)
                self.extra[record.id] = record
                self.known.put(kind, record.id, record.code, part)

    def _clear(
        self, entry: Entry, columns: dict[str, Column], values: dict[str, Any], nested: dict[str, Any]
    ) -> None:
        """Let blank cells of mapped columns empty their fields, where these may be empty."""
        for target in entry.mapping.columns.values():
            column = columns.get(target.path)
            outer, _, inner = target.path.partition(".")
            if column is None or target.path in ("id", "code", "needs") or target.path in entry.cells:
                continue
            if inner:
                nested.setdefault(outer, {})
            elif column.spec.optional and not column.spec.required:
                values[outer] = None
            elif column.spec.type in _EMPTIED and not column.spec.required:
                values[outer] = _EMPTIED[column.spec.type]

    def _nest(self, entry: Entry, values: dict[str, Any], nested: dict[str, dict[str, Any]]) -> None:
        for name, given in nested.items():
            of = entry.kind.specs[name].value
            held = getattr(entry.present, name, None)
            if not given:
                values[name] = None
                continue
            if held is not None and not entry.mapping.exact:
                values[name] = dataclasses.replace(held, **given)
                continue
            missing = [s for inner, s in specs(of).items() if s.required and given.get(inner) in (None, "")]
            for spec in missing:
                self._fault(entry, "", "cell-missing", field=spec.label, spec=spec)
            if not missing:
                values[name] = of(**given)

    def _build(self, entry: Entry, values: dict[str, Any]) -> None:
        kind = entry.kind
        if entry.present is not None:
            entry.record = dataclasses.replace(entry.present, code=entry.code, **values)
            return
        for name, spec in kind.specs.items():
            if (spec.required and not spec.hidden and values.get(name) in (None, "", ())) or (
                spec.required and spec.hidden and name == kind.parent and not values.get(name)
            ):
                self._fault(entry, name, "cell-missing", spec=spec)
        if entry.faulty:
            return
        if kind.parent:
            self._place(entry, str(values[kind.parent]), values)
        entry.record = kind.of(id=entry.id, code=entry.code, **values)
        if kind.parent:
            self.siblings.setdefault((kind.name, str(values[kind.parent])), []).append(entry.record)

    def _place(self, entry: Entry, parent: str, values: dict[str, Any]) -> None:
        """Give a part its place after those there are, and a code of its parent."""
        siblings = self.siblings.get((entry.kind.name, parent), ())
        held = {r.id: r for r in (*self.organisation.parts(parent, entry.kind.of), *siblings)}
        positions = [r.position for r in held.values()]
        values.setdefault("position", max(positions, default=-1) + 1)
        if not entry.code:
            stem = self._code_of(parent)
            number = len(held) + 1
            while (entry.kind.name, f"{stem}/{number}") in self.known.codes:
                number += 1
            entry.code = f"{stem}/{number}"
            self.known.put(entry.kind.name, entry.id, entry.code, "")

    def _code_of(self, id_: str) -> str:
        record = self.organisation.get(id_) or self.extra.get(id_)
        return record.code if record else self.by_id[id_].code

    # --- needs in a cell -----------------------------------------------------------------------

    def _needs(self, entry: Entry, reader: CellReader) -> None:
        cell, at, target = entry.cells["needs"]
        spec = mappable(entry.kind.name)["needs"].spec
        try:
            suppliers = self._value(reader, spec, cell, target)
        except Unreadable as fault:
            self._fault_at(entry, at, fault.code, spec, **fault.facts)
            return
        held = {
            supply.element
            for record in self.organisation.referrers(entry.id)
            if isinstance(record, Need) and record.dependent == entry.id
            for supply in self.organisation.parts(record.id, Supply)
        }
        entry.suppliers = tuple(one for one in suppliers if one not in held and one != entry.id)

    def _need(self, dependent: str, supplier: str) -> None:
        id_ = derived_id(self.organisation.document, "need", f"{dependent}\x1f{supplier}")
        if id_ in self.organisation or id_ in self.extra:
            return
        code = self.next_code("need")
        need = Need(id=id_, code=code, dependent=dependent, name=self._name_of(supplier))
        supply = Supply(id=new_id(), code=f"{code}/1", need=id_, element=supplier)
        self.known.put("need", id_, code, need.name)
        self.extra |= {need.id: need, supply.id: supply}

    def _name_of(self, id_: str) -> str:
        record = self.organisation.get(id_) or self.extra.get(id_)
        if record is None:
            entry = self.by_id[id_]
            return self._word(entry, "name") or str(getattr(entry.present, "name", "")) or entry.code
        return str(getattr(record, "name", record.code))
