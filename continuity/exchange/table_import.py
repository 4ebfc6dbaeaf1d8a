"""Sheets taken into an organisation: each row finds its record or makes one, each fault keeps its cell.

A row is matched by id, then by code, then by name, so that what is imported again changes and never
doubles. Rows with faults stay out; all others become one step.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from continuity.exchange.cell_words import CellReader, Unreadable, plain_text, shortened
from continuity.exchange.changes import read_changes
from continuity.exchange.columns import LIST_PARENT, Column, Say, columns_of_list, mappable
from continuity.exchange.index import Index
from continuity.exchange.known import Known, free_codes
from continuity.exchange.mapping import ADDED, CHANGED, FAULTY, SAME, Draft, Mapping, RowOutcome, Target
from continuity.exchange.sheets import Cell, Sheet, Watch, Workbook, is_blank, unwatched
from continuity.model.edits import Add, Edit, Group, amend
from continuity.model.fields import FieldType, Spec, specs
from continuity.model.ids import derived_id, is_id, new_id
from continuity.model.kinds import ELEMENTS, KINDS, Kind, Measure, Need, Record, Supply, kind_of
from continuity.model.organisation import Organisation
from continuity.model.payload import Reader
from continuity.model.problems import Problem, Refused

_STEP = 500
_LONGEST_CODE = 200
#: Kinds that a name alone can bring into being.
_NAMEABLE = ("site", "role", "resource", "function", "staff_group")


@dataclass(slots=True)
class _Entry:
    """One row on its way to a record."""

    mapping: Mapping
    sheet: Sheet
    row: int
    kind: Kind
    cells: dict[str, tuple[Cell, int, Target]]  # by path: cell, its column, its target
    present: Record | None = None
    id: str = ""
    code: str = ""
    record: Record | None = None
    faulty: bool = False
    suppliers: tuple[str, ...] = ()  # of needs that a cell names


def draft_import(
    organisation: Organisation,
    workbook: Workbook,
    mappings: list[Mapping],
    says: tuple[Say, ...],
    watch: Watch = unwatched,
) -> Draft:
    """Return the import of ``workbook`` as ``mappings`` say, without making it."""
    return _Importing(organisation, workbook, says, watch).draft(mappings)


@dataclass(slots=True)
class _Importing:
    organisation: Organisation
    workbook: Workbook
    says: tuple[Say, ...]
    watch: Watch
    known: Known = field(init=False)
    entries: list[_Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    extra: dict[str, Record] = field(default_factory=dict)  # made because a cell names or implies them
    done: int = 0
    total: int = 0
    next_code: Any = None
    by_id: dict[str, _Entry] = field(default_factory=dict)
    siblings: dict[tuple[str, str], list[Record]] = field(default_factory=dict)
    readers: dict[bool, CellReader] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.known = Known.of(self.organisation)
        self.next_code = free_codes(self.organisation, self.known.codes)

    def draft(self, mappings: list[Mapping]) -> Draft:
        whole = [m for m in mappings if not m.field]
        lists = [m for m in mappings if m.field]
        self.total = 2 * sum(len(self._sheet(m).rows) for m in mappings) or 1
        for mapping in sorted(whole, key=lambda m: bool(KINDS[m.kind].parent)):
            self._gather(mapping)
        for entry in self.entries:
            self._tick()
            if not entry.faulty:
                self._read(entry)
        for mapping in lists:
            self._read_list(mapping, whole)
        self._drop_dependents()
        self._finish_extra()
        return self._result()

    def _sheet(self, mapping: Mapping) -> Sheet:
        sheet = self.workbook.sheet(mapping.sheet)
        if sheet is None:
            raise Refused([Problem("no-such-sheet", facts={"value": mapping.sheet})], self.workbook.file)
        return sheet

    def _tick(self) -> None:
        self.done += 1
        if self.done % _STEP == 0:
            self.watch(min(self.done, self.total), self.total)

    # --- who each row is -----------------------------------------------------------------------

    def _gather(self, mapping: Mapping) -> None:
        columns = mappable(mapping.kind)
        seen: dict[tuple[str, str], int] = {}
        for sheet, row, cells in self._rows(mapping, columns):
            entry = _Entry(mapping, sheet, row, KINDS[mapping.kind], cells)
            self.entries.append(entry)
            self._identify(entry, seen)
            self.by_id.setdefault(entry.id, entry)

    def _rows(
        self, mapping: Mapping, columns: dict[str, Column]
    ) -> Iterator[tuple[Sheet, int, dict[str, tuple[Cell, int, Target]]]]:
        sheet = self._sheet(mapping)
        chosen = [(at, target) for at, target in mapping.columns.items() if target.path in columns]
        for row in range(mapping.header + 1, len(sheet.rows)):
            self._tick()
            held = sheet.rows[row]
            cells = {
                target.path: (held[at], at, target)
                for at, target in chosen
                if at < len(held) and held[at] is not None
                and (mapping.exact or not is_blank(held[at]))
            }  # fmt: skip
            if any(not is_blank(cell) for cell, _, _ in cells.values()):
                yield sheet, row, cells

    def _identify(self, entry: _Entry, seen: dict[tuple[str, str], int]) -> None:
        """Find the record of a row, or give it an id and a code of its own."""
        kind = entry.kind.name
        code, name = self._word(entry, "code"), self._word(entry, "name")
        id_ = self._word(entry, "id")
        entry.present = self._present(entry, id_, code, name)
        if code and (code != code.strip() or len(code) > _LONGEST_CODE):
            self._fault(entry, "code", "bad-code", value=shortened(repr(code)))
        key = ("code", code) if code else ("name", " ".join(name.casefold().split()))
        if entry.present and not id_:
            key = ("id", entry.present.id)
        if key[1] and key in seen:
            path = "code" if code else "name"
            twice = "row-doubled" if code else "row-same-name"
            self._fault(entry, path, twice, value=shortened(code or name), row=seen[key] + 1)
        elif key[1]:
            seen[key] = entry.row
        if entry.kind.name == "agency" and entry.present is None and self.organisation.agency:
            entry.present = self.organisation.agency
        if entry.present is not None:
            entry.id, entry.code = entry.present.id, code or entry.present.code
        else:
            # The parent's code is not known yet: parts get theirs when they are read.
            entry.code = code or ("" if entry.kind.parent else self.next_code(kind))
            derived = derived_id(self.organisation.document, kind, code) if code else new_id()
            entry.id = id_ if is_id(id_) else derived if derived not in self.known.kinds else new_id()
        if entry.code and not entry.faulty:
            self.known.put(kind, entry.id, entry.code, name or str(getattr(entry.present, "name", "")))

    def _present(self, entry: _Entry, id_: str, code: str, name: str) -> Record | None:
        of = entry.kind.of
        if id_ and (found := self.organisation.of(of, id_)):
            return found
        if code:
            return self.organisation.get(self.organisation.resolve((entry.kind.name,), code))
        if entry.kind.parent or not name or (id_ and entry.mapping.exact):
            return None
        called = [i for i in self.known.named(entry.kind.name, name) if i in self.organisation]
        if len(called) > 1:
            self._fault(entry, "name", "row-name-not-unique", value=shortened(name))
        return self.organisation.get(called[0]) if called else None

    def _word(self, entry: _Entry, path: str) -> str:
        held = entry.cells.get(path)
        if held is None:
            return ""
        text = plain_text(held[0])
        if path != "name":
            return text.strip()
        return text if entry.mapping.exact else " ".join(text.split())

    # --- what each row says --------------------------------------------------------------------

    def _read(self, entry: _Entry) -> None:
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

    def _is_meant(self, spec: Spec, cell: Cell, entry: _Entry) -> bool:
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
        from continuity.exchange.cell_words import parts_of

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
        self, entry: _Entry, columns: dict[str, Column], values: dict[str, Any], nested: dict[str, Any]
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

    def _nest(self, entry: _Entry, values: dict[str, Any], nested: dict[str, dict[str, Any]]) -> None:
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

    def _build(self, entry: _Entry, values: dict[str, Any]) -> None:
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

    def _place(self, entry: _Entry, parent: str, values: dict[str, Any]) -> None:
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

    def _needs(self, entry: _Entry, reader: CellReader) -> None:
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

    # --- lists of nested values ----------------------------------------------------------------

    def _read_list(self, mapping: Mapping, whole: list[Mapping]) -> None:
        """Give records the values of a list's own sheet; records of the file without any get none."""
        columns = columns_of_list(mapping.kind, mapping.field)
        reader = self._reader(mapping)
        found: dict[str, list[Any]] = {}
        for sheet, row, cells in self._rows(mapping, columns):
            entry = _Entry(mapping, sheet, row, KINDS[mapping.kind], cells)
            values = self._list_values(entry, columns, reader)
            if not entry.faulty:
                owner = values.pop(LIST_PARENT)
                found.setdefault(owner, []).append(values)
            else:
                self.entries.append(entry)
        by_id = {e.id: e for e in self.entries if e.record is not None and e.kind.name == mapping.kind}
        if any(m.kind == mapping.kind for m in whole):
            for id_ in by_id:
                found.setdefault(id_, [])
        for id_, rows in found.items():
            self._give(mapping, id_, by_id.get(id_), rows)

    def _list_values(self, entry: _Entry, columns: dict[str, Column], reader: CellReader) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for path, (cell, at, target) in entry.cells.items():
            spec = columns[path].spec
            if is_blank(cell) and not self._is_meant(spec, cell, entry):
                continue
            try:
                values[path] = reader.read(spec, cell, target.unit)
            except Unreadable as fault:
                self._fault_at(entry, at, fault.code, spec, **fault.facts)
        for path, column in columns.items():
            if column.spec.required and path not in values and not entry.faulty:
                self._fault(entry, path, "cell-missing", spec=column.spec)
        return values

    def _give(self, mapping: Mapping, id_: str, entry: _Entry | None, rows: list[dict[str, Any]]) -> None:
        of = KINDS[mapping.kind].specs[mapping.field].value
        values = tuple(of(**row) for row in rows)
        if entry is not None and entry.record is not None:
            given: dict[str, Any] = {mapping.field: values}
            entry.record = dataclasses.replace(entry.record, **given)
        elif present := self.organisation.get(id_):
            sheet = self._sheet(mapping)
            made = _Entry(mapping, sheet, mapping.header, KINDS[mapping.kind], {}, present, id_, present.code)
            changed: dict[str, Any] = {mapping.field: values}
            made.record = dataclasses.replace(present, **changed)
            self.entries.append(made)

    # --- what comes of it ----------------------------------------------------------------------

    def _drop_dependents(self) -> None:
        """Leave out rows that refer to rows left out, until none does; read the changes of measures."""
        self._read_measures()
        bad = {e.id for e in self.entries if e.faulty and e.present is None and e.id}
        while bad:
            fresh: set[str] = set()
            for entry in self.entries:
                if entry.record is None or entry.faulty:
                    continue
                if hit := next((t for t in (*_targets(entry.record), *entry.suppliers) if t in bad), None):
                    self._fault(entry, "", "row-refers-to-faulty", value=self._label_of(hit))
                    if entry.present is None:
                        fresh.add(entry.id)
            bad = fresh

    def _finish_extra(self) -> None:
        """Keep of what cells name that which a good row names, and make the needs of good rows."""
        good = [entry for entry in self.entries if entry.record is not None and not entry.faulty]
        used = {
            target for e in good if e.record is not None for target in (*_targets(e.record), *e.suppliers)
        }
        self.extra = {id_: record for id_, record in self.extra.items() if id_ in used}
        for entry in good:
            for supplier in entry.suppliers:
                self._need(entry.id, supplier)

    def _label_of(self, id_: str) -> str:
        found = self.by_id.get(id_)
        return found.code if found else id_

    def _read_measures(self) -> None:
        measures = [e for e in self.entries if isinstance(e.record, Measure) and e.record.changes]
        measures = [
            e for e in measures if getattr(e.present, "changes", None) != getattr(e.record, "changes", None)
        ]
        if not measures:
            return
        index = Index.of(self.organisation.document, self.organisation)
        for entry in self.entries:
            if entry.record is not None:
                index.put(entry.kind.name, entry.id, entry.code)
        for entry in measures:
            assert isinstance(entry.record, Measure)
            reader = Reader(index.resolve)
            entry.record = read_changes(entry.record, index, reader, entry.code)
            for problem in reader.problems:
                self._fault_at(entry, None, problem.code, None, **problem.facts)

    def _result(self) -> Draft:
        added: list[Edit] = [Add(record) for record in self.extra.values()]
        changed: list[Edit] = []
        outcomes: list[RowOutcome] = []
        for entry in self.entries:
            status = FAULTY
            if not entry.faulty and entry.record is not None:
                if entry.present is None:
                    status = ADDED
                    added.append(Add(entry.record))
                elif entry.record == entry.present:
                    status = SAME
                else:
                    status = CHANGED
                    changed.append(amend(entry.present, **_values(entry.record)))
            name = str(getattr(entry.record, "name", "")) or self._word(entry, "name")
            outcomes.append(
                RowOutcome(entry.sheet.name, entry.row, status, entry.kind.name, entry.id, entry.code, name)
            )
        made = sum(kind_of(record).name in (*ELEMENTS, "site", "role") for record in self.extra.values())
        return Draft(Group("import", (*changed, *added)), outcomes, self.problems, self._remarks(), made)

    def _remarks(self) -> list[Problem]:
        return [
            Problem("sheet-merged", "hint", path=sheet.name, facts={"n": sheet.merged})
            for sheet in self.workbook.sheets
            if sheet.merged and any(entry.sheet is sheet for entry in self.entries)
        ]

    def _fault(self, entry: _Entry, path: str, code: str, spec: Spec | None = None, **facts: object) -> None:
        held = entry.cells.get(path)
        at = held[1] if held else next((a for a, t in entry.mapping.columns.items() if t.path == path), None)
        self._fault_at(entry, at, code, spec, **facts)

    def _fault_at(self, entry: _Entry, at: int | None, code: str, spec: Spec | None, **facts: object) -> None:
        entry.faulty = True
        if spec is not None:
            facts.setdefault("field", self.says[0](spec.label))
        place = entry.sheet.place(entry.row, at)
        self.problems.append(Problem(code, path=place, facts={"sheet": entry.sheet.name, **facts}))


_EMPTIED: dict[FieldType, Any] = {
    FieldType.TEXT: "", FieldType.LONG_TEXT: "", FieldType.TAGS: (), FieldType.REFS: (),
    FieldType.CHOICES: (),
}  # fmt: skip


def _values(record: Record) -> dict[str, Any]:
    return {"code": record.code, **{name: getattr(record, name) for name in kind_of(record).specs}}


def _targets(record: Record) -> Iterator[str]:
    for name in kind_of(record).reference_fields:
        held = getattr(record, name)
        if isinstance(held, tuple):
            yield from held
        elif held:
            yield held
