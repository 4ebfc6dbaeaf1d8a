"""Find and replace: which cells hold a text, and what they would say instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from continuity.model.fields import FieldType, Spec
from continuity.model.organisation import Organisation
from ui.panels.tables.cells import Cell, text_of

#: Cells whose words can be typed; nested values are changed in their own form.
_TYPED_ELSEWHERE = {FieldType.VALUE, FieldType.VALUES, FieldType.PLAIN, FieldType.FLAG}


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, and what is put in its place."""

    text: str
    instead: str = ""
    match_case: bool = False
    whole_cell: bool = False

    def pattern(self) -> re.Pattern[str]:
        """Return the search as a pattern."""
        escaped = re.escape(self.text)
        flags = 0 if self.match_case else re.IGNORECASE
        return re.compile(rf"\A{escaped}\Z" if self.whole_cell else escaped, flags)


@dataclass(frozen=True, slots=True)
class Hit:
    """A cell that holds the text: what it says and what it would say."""

    cell: Cell
    before: str
    after: str


def hits(
    search: Search, cells: Iterable[Cell], columns: Mapping[str, Spec], organisation: Organisation
) -> list[Hit]:
    """Return the cells that hold the text, in order."""
    if not search.text:
        return []
    pattern, found = search.pattern(), []
    for cell in cells:
        if columns[cell.name].type in _TYPED_ELSEWHERE:
            continue
        before = text_of(cell, columns, organisation)
        if before and pattern.search(before):
            found.append(Hit(cell, before, pattern.sub(lambda _match: search.instead, before)))
    return found
