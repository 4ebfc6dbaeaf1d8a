"""Sheets taken into an organisation: each row finds its record or makes one, each fault keeps its cell.

A row is matched by id, then by code, then by name, so that what is imported again changes and never
doubles. Rows with faults stay out; all others become one step.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from continuity.exchange.cell_words import CellReader, Unreadable
from continuity.exchange.changes import read_changes
from continuity.exchange.columns import LIST_PARENT, Column, Say, columns_of_list
from continuity.exchange.index import Index
from continuity.exchange.mapping import ADDED, CHANGED, FAULTY, SAME, Draft, Mapping, RowOutcome
from continuity.exchange.row_matching import Entry
from continuity.exchange.row_reading import Reading
from continuity.exchange.sheets import Watch, Workbook, is_blank, unwatched
from continuity.model.edits import Add, Edit, Group, amend
from continuity.model.kinds import ELEMENTS, KINDS, Measure, Record, kind_of
from continuity.model.organisation import Organisation
from continuity.model.payload import Reader
from continuity.model.problems import Problem


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
class _Importing(Reading):
    """All sheets of a file together."""

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

    def _read_list(self, mapping: Mapping, whole: list[Mapping]) -> None:
        """Give records the values of a list's own sheet; records of the file without any get none."""
        columns = columns_of_list(mapping.kind, mapping.field)
        reader = self._reader(mapping)
        found: dict[str, list[Any]] = {}
        for sheet, row, cells in self._rows(mapping, columns):
            entry = Entry(mapping, sheet, row, KINDS[mapping.kind], cells)
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

    def _list_values(self, entry: Entry, columns: dict[str, Column], reader: CellReader) -> dict[str, Any]:
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

    def _give(self, mapping: Mapping, id_: str, entry: Entry | None, rows: list[dict[str, Any]]) -> None:
        of = KINDS[mapping.kind].specs[mapping.field].value
        values = tuple(of(**row) for row in rows)
        if entry is not None and entry.record is not None:
            given: dict[str, Any] = {mapping.field: values}
            entry.record = dataclasses.replace(entry.record, **given)
        elif present := self.organisation.get(id_):
            sheet = self._sheet(mapping)
            made = Entry(mapping, sheet, mapping.header, KINDS[mapping.kind], {}, present, id_, present.code)
            changed: dict[str, Any] = {mapping.field: values}
            made.record = dataclasses.replace(present, **changed)
            self.entries.append(made)

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


def _values(record: Record) -> dict[str, Any]:
    return {"code": record.code, **{name: getattr(record, name) for name in kind_of(record).specs}}


def _targets(record: Record) -> Iterator[str]:
    for name in kind_of(record).reference_fields:
        held = getattr(record, name)
        if isinstance(held, tuple):
            yield from held
        elif held:
            yield held
