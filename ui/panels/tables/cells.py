"""Many cells written at once: one edit, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from continuity.model.edits import Edit, Group, amend, is_empty
from continuity.model.fields import FieldType, Spec
from continuity.model.kinds import Record
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.words import _
from ui.forms.editors import sentence_of
from ui.shown import shown, typed


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: the record of its row and the name of its column."""

    record: Record
    name: str

    @property
    def value(self) -> Any:
        """What the cell holds."""
        return getattr(self.record, self.name)


def written(values: Iterable[tuple[Cell, Any]], verb: str) -> Group:
    """Return the edit that gives cells new values, record by record."""
    by_record: dict[str, tuple[Record, dict[str, Any]]] = {}
    for cell, value in values:
        by_record.setdefault(cell.record.id, (cell.record, {}))[1][cell.name] = value
    edits: list[Edit] = [amend(record, **new) for record, new in by_record.values()]
    return Group(verb, tuple(edit for edit in edits if not is_empty(edit)))


def typed_in(
    texts: Iterable[tuple[Cell, str]], columns: Mapping[str, Spec], organisation: Organisation, verb: str
) -> Group:
    """Return the edit that types texts into cells; raise :class:`Refused` with every cell that cannot be."""
    values, problems = [], []
    for cell, text in texts:
        try:
            values.append((cell, typed(columns[cell.name], text, organisation)))
        except Refused as refused:
            problems.append(fault(cell, columns[cell.name], text, sentence_of(refused)))
    if problems:
        raise Refused(problems)
    return written(values, verb)


def fault(cell: Cell, spec: Spec, text: str, reason: str) -> Problem:
    """Return the problem of a cell that cannot hold ``text``."""
    facts: dict[str, object] = {"row": cell.record.code, "column": _(spec.label), "value": text}
    return Problem("cell-refused", id=cell.record.id, field=cell.name, facts={**facts, "reason": reason})


def emptied(cells: Iterable[Cell], columns: Mapping[str, Spec]) -> tuple[Group, int]:
    """Return the edit that empties cells, and how many must hold something and stay as they are."""
    values: list[tuple[Cell, Any]] = []
    kept = 0
    for cell in cells:
        try:
            values.append((cell, blank_of(columns[cell.name])))
        except Refused:
            kept += 1
    return written(values, "clear"), kept


def blank_of(spec: Spec) -> Any:
    """Return what an empty cell of a field holds; raise :class:`Refused` where it must hold something."""
    match spec.type:
        case FieldType.VALUES:
            return ()
        case FieldType.VALUE:
            return None
        case FieldType.PLAIN:
            return {}
        case FieldType.REFS if spec.required:
            raise Refused([Problem("empty")])
    return typed(spec, "")


def text_of(cell: Cell, columns: Mapping[str, Spec], organisation: Organisation) -> str:
    """Return what the cell shows."""
    return shown(columns[cell.name], cell.value, organisation)
