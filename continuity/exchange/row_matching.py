"""Which record each row of a sheet is about, and where a fault of it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from continuity.exchange.cell_words import CellReader, plain_text, shortened
from continuity.exchange.columns import Column, Say, mappable
from continuity.exchange.known import Known, free_codes
from continuity.exchange.mapping import Mapping, Target
from continuity.exchange.sheets import Cell, Sheet, Watch, Workbook, is_blank
from continuity.model.fields import Spec
from continuity.model.ids import derived_id, is_id, new_id
from continuity.model.kinds import KINDS, Kind, Record
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused

_STEP = 500
_LONGEST_CODE = 200


@dataclass(slots=True)
class Entry:
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


@dataclass(slots=True)
class Matching:
    """The rows of an import, each with the record that it changes or the id of the one that it makes."""

    organisation: Organisation
    workbook: Workbook
    says: tuple[Say, ...]
    watch: Watch
    known: Known = field(init=False)
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    extra: dict[str, Record] = field(default_factory=dict)  # made because a cell names or implies them
    done: int = 0
    total: int = 0
    next_code: Callable[[str], str] = field(init=False)
    by_id: dict[str, Entry] = field(default_factory=dict)
    siblings: dict[tuple[str, str], list[Record]] = field(default_factory=dict)
    readers: dict[bool, CellReader] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.known = Known.of(self.organisation)
        self.next_code = free_codes(self.organisation, self.known.codes)

    # --- rows ----------------------------------------------------------------------------------

    def _sheet(self, mapping: Mapping) -> Sheet:
        sheet = self.workbook.sheet(mapping.sheet)
        if sheet is None:
            raise Refused([Problem("no-such-sheet", facts={"value": mapping.sheet})], self.workbook.file)
        return sheet

    def _tick(self) -> None:
        self.done += 1
        if self.done % _STEP == 0:
            self.watch(min(self.done, self.total), self.total)

    def _gather(self, mapping: Mapping) -> None:
        columns = mappable(mapping.kind)
        seen: dict[tuple[str, str], int] = {}
        for sheet, row, cells in self._rows(mapping, columns):
            entry = Entry(mapping, sheet, row, KINDS[mapping.kind], cells)
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

    # --- who each row is -----------------------------------------------------------------------

    def _identify(self, entry: Entry, seen: dict[tuple[str, str], int]) -> None:
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

    def _present(self, entry: Entry, id_: str, code: str, name: str) -> Record | None:
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

    def _word(self, entry: Entry, path: str) -> str:
        held = entry.cells.get(path)
        if held is None:
            return ""
        text = plain_text(held[0])
        if path != "name":
            return text.strip()
        return text if entry.mapping.exact else " ".join(text.split())

    # --- faults --------------------------------------------------------------------------------

    def _fault(self, entry: Entry, path: str, code: str, spec: Spec | None = None, **facts: object) -> None:
        held = entry.cells.get(path)
        at = held[1] if held else next((a for a, t in entry.mapping.columns.items() if t.path == path), None)
        self._fault_at(entry, at, code, spec, **facts)

    def _fault_at(self, entry: Entry, at: int | None, code: str, spec: Spec | None, **facts: object) -> None:
        entry.faulty = True
        if spec is not None:
            facts.setdefault("field", self.says[0](spec.label))
        place = entry.sheet.place(entry.row, at)
        self.problems.append(Problem(code, path=place, facts={"sheet": entry.sheet.name, **facts}))
