"""A block of cells from the clipboard as one edit, or everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from continuity.model.edits import Add, Edit, Group, amend, is_empty
from continuity.model.fields import FieldType, Spec
from continuity.model.kinds import Kind, Record
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.words import _
from ui.forms.editors import sentence_of
from ui.forms.form import CODE
from ui.grid.model import record_columns
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

    A first row of headings says which column is which. A row that begins with a code changes the record of
    that code, or becomes a new one; a row without changes the record where it falls, or beyond the end
    becomes a new one. Codes alone are given anew.
    """

    organisation: Organisation
    kind: Kind
    columns: dict[str, Spec]
    targets: list[Record]
    problems: list[Problem] = field(default_factory=list)
    _read: dict[tuple[str, str], Any] = field(default_factory=dict)  # what texts mean, by column
    _codes: dict[str, int] = field(default_factory=dict)  # codes given, and in which row

    def edit(self, block: list[list[str]]) -> Edit:
        """Return the edit, or raise :class:`Refused` with every cell that cannot be read."""
        if not block:
            raise Refused([Problem("paste-empty")])
        names, first = self._headed(block[0])
        if max(map(len, block)) > len(names):
            facts: dict[str, object] = {"columns": max(map(len, block)), "room": len(names)}
            raise Refused([Problem("paste-wide", facts=facts)])
        edits: list[Edit] = []
        for place, cells in enumerate(block[first:]):
            values = self._values(place + first, dict(zip(names, cells, strict=False)))
            if one := self._row(place, place + first, values):
                edits.append(one)
        if self.problems:
            raise Refused(self.problems)
        return Group("paste", tuple(edit for edit in edits if not is_empty(edit)))

    def _headed(self, cells: list[str]) -> tuple[list[str], int]:
        """Return the columns of the block, and how many rows of it are headings."""
        known = {_plain(_(spec.label)): name for name, spec in self.all_columns().items()}
        named = [known.get(_plain(cell)) for cell in cells]
        found = [name for name in named if name]
        if len(found) < 2 or len(found) != len(cells) or len(set(found)) != len(found):
            return list(self.columns), 0
        return found, 1

    def all_columns(self) -> dict[str, Spec]:
        """Return every column of the kind, for headings."""
        return {**record_columns(self.kind), **self.columns}

    def _values(self, place: int, cells: dict[str, str]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        columns = self.all_columns()
        for name, text in cells.items():
            spec = columns[name]
            if spec.type in (FieldType.VALUE, FieldType.VALUES, FieldType.PLAIN):
                continue  # said in words, for people: such a cell keeps what it holds
            try:
                values[name] = self._typed(name, spec, text)
            except Refused as refused:
                self._report("paste-row", place, _(spec.label), text, sentence_of(refused))
        return values

    def _typed(self, name: str, spec: Spec, text: str) -> Any:
        key = (name, text)
        if key not in self._read:
            self._read[key] = typed(spec, text, self.organisation)
        return self._read[key]

    def _report(self, code: str, place: int, column: str, value: str, reason: str) -> None:
        facts: dict[str, object] = {"row": place + 1, "column": column, "value": value, "reason": reason}
        self.problems.append(Problem(code, facts=facts))

    def _row(self, place: int, line: int, values: dict[str, Any]) -> Edit | None:
        code = values.get("code")
        if code:
            if code in self._codes:
                reason = _("Row {row} has this code already.", row=self._codes[code] + 1)
                self._report("paste-row", line, _(CODE.label), code, reason)
                return None
            self._codes[code] = line
        known = self.organisation.get(self._id_of(code)) if code else None
        if known is not None:
            return amend(known, **values)
        if place < len(self.targets) and not (code and len(values) > 1):
            return amend(self.targets[place], **values)
        return self._new(line, values)

    def _new(self, line: int, values: dict[str, Any]) -> Edit | None:
        specs = self.kind.specs
        missing = [
            _(spec.label)
            for name, spec in specs.items()
            if spec.required
            and spec.type in (FieldType.REF, FieldType.REFS, FieldType.DATE)
            and not values.get(name)
        ]
        if missing:
            facts: dict[str, object] = {"row": line + 1, "missing": ", ".join(missing)}
            self.problems.append(Problem("paste-unnamed", facts=facts))
            return None
        given = {name: value for name, value in values.items() if name != "code" or value}
        if "code" not in given:
            given["code"] = self._free_code()
        record = made(self.organisation, self.kind, **given)
        return Add(record) if record is not None else None

    def _free_code(self) -> str:
        number = self.organisation.count(self.kind.name) + 1
        while self._is_taken(code := f"{self.kind.prefix}{number + len(self._codes)}"):
            number += 1
        self._codes[code] = -1
        return code

    def _is_taken(self, code: str) -> bool:
        return code in self._codes or self._id_of(code) is not None

    def _id_of(self, code: str) -> str | None:
        found = self.organisation.resolve((self.kind.name,), code)
        return found if found != code else None  # an id is no code


def tiled(block: list[list[str]], rows: int, columns: int) -> list[list[str]]:
    """Return ``block`` repeated over a selection that is a multiple of it, as spreadsheets do."""
    high, wide = len(block), max(map(len, block), default=0)
    if (
        not high
        or not wide
        or not rows
        or not columns
        or (rows, columns) == (1, 1)
        or rows % high
        or columns % wide
    ):
        return block
    whole = [[*row, *[""] * (wide - len(row))] * (columns // wide) for row in block]
    return whole * (rows // high)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
