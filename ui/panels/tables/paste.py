"""A block of cells from the clipboard as one edit, or everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from continuity.model.edits import Add, Edit, Group, amend
from continuity.model.fields import FieldType, Spec
from continuity.model.kinds import Kind, Record
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.words import _
from ui.forms.editors import sentence_of
from ui.making import made
from ui.shown import typed


def read_block(text: str) -> list[list[str]]:
    """Return the cells of tab-separated ``text``; quoted cells may hold line breaks and tabs."""
    import csv
    import io

    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return rows


def write_block(rows: list[list[str]]) -> str:
    """Return ``rows`` as tab-separated text that spreadsheets understand."""
    import csv
    import io

    out = io.StringIO(newline="")
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return out.getvalue()


@dataclass(slots=True)
class Paste:
    """Where a block goes: ``targets`` are the records from the current cell down, in table order.

    A row whose code is that of a record changes that record; rows beyond the end become new records.
    """

    organisation: Organisation
    kind: Kind
    columns: dict[str, Spec]
    targets: list[Record]
    problems: list[Problem] = field(default_factory=list)

    def edit(self, block: list[list[str]]) -> Edit:
        """Return the edit, or raise :class:`Refused` with every cell that cannot be read."""
        names = list(self.columns)
        if not block:
            raise Refused([Problem("paste-empty")])
        if max(map(len, block)) > len(names):
            raise Refused([Problem("paste-wide")])
        edits: list[Edit] = []
        for place, cells in enumerate(block):
            values = self._values(place, dict(zip(names, cells, strict=False)))
            if one := self._row(place, values):
                edits.append(one)
        if self.problems:
            raise Refused(self.problems)
        return Group("paste", tuple(edits))

    def _values(self, place: int, cells: dict[str, str]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, text in cells.items():
            spec = self.columns[name]
            if spec.type in (FieldType.VALUE, FieldType.VALUES, FieldType.PLAIN):
                continue  # said in words, for people: such a cell keeps what it holds
            try:
                values[name] = typed(spec, text, self.organisation)
            except Refused as refused:
                facts = {"row": place + 1, "column": _(spec.label), "reason": sentence_of(refused)}
                self.problems.append(Problem("paste-row", facts=facts))
        return values

    def _row(self, place: int, values: dict[str, Any]) -> Edit | None:
        known = self.organisation.find(self.kind.name, values["code"]) if values.get("code") else None
        if known is not None and known.code == values["code"]:
            return amend(known, **values)
        if place < len(self.targets):
            return amend(self.targets[place], **values)
        return self._new(place, values)

    def _new(self, place: int, values: dict[str, Any]) -> Edit | None:
        specs = self.kind.specs
        missing = [
            _(spec.label)
            for name, spec in specs.items()
            if spec.required
            and spec.type in (FieldType.REF, FieldType.REFS, FieldType.DATE)
            and not values.get(name)
        ]
        if missing:
            facts = {"row": place + 1, "missing": ", ".join(missing)}
            self.problems.append(Problem("paste-unnamed", facts=facts))
            return None
        given = {name: value for name, value in values.items() if name != "code" or value}
        if "code" not in given:
            given["code"] = self._free_code(place)
        record = made(self.organisation, self.kind, **given)
        return Add(record) if record is not None else None

    def _free_code(self, place: int) -> str:
        number = self.organisation.count(self.kind.name) + 1 + place
        while self.organisation.resolve((self.kind.name,), f"{self.kind.prefix}{number}"):
            number += 1
        return f"{self.kind.prefix}{number}"
