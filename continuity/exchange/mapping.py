"""What a sheet's columns mean: chosen by people, proposed from headings, remembered for the next time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from continuity.model.edits import Group
from continuity.model.kinds import KINDS
from continuity.model.problems import Problem


@dataclass(frozen=True, slots=True)
class Target:
    """Where the values of one column go: a path of ``columns.mappable``, and how they are meant.

    ``unit``: of bare numbers (see ``cell_words.UNITS``); ``make``: records named there that do not
    exist yet come into being.
    """

    path: str
    unit: str = ""
    make: bool = False


@dataclass(frozen=True, slots=True)
class Mapping:
    """One sheet as records of one kind. ``header`` is the row of the headings (-1: none), from 0."""

    sheet: str
    kind: str
    header: int
    columns: dict[int, Target]
    field: str = ""  # the list of nested values that the sheet holds, instead of records
    blanks: bool = False  # blank cells empty what the record holds
    exact: bool = False  # of our own make: nothing is trimmed

    def plain(self, headings: list[str]) -> dict[str, Any]:
        """Return what is to be remembered: the meaning of each heading, whatever its place."""
        chosen = {
            headings[place]: [target.path, target.unit, target.make]
            for place, target in self.columns.items()
            if place < len(headings) and headings[place]
        }
        return {"kind": self.kind, "columns": chosen, "blanks": self.blanks}


def remembered(plain: Any, sheet: str, header: int, headings: list[str]) -> Mapping | None:
    """Return the mapping that ``plain`` (of :meth:`Mapping.plain`) gives a sheet, if any."""
    try:
        kind, known = str(plain["kind"]), dict(plain["columns"])
        columns = {
            place: Target(str(known[text][0]), str(known[text][1]), bool(known[text][2]))
            for place, text in enumerate(headings)
            if text in known
        }
        blanks = bool(plain["blanks"])
    except (KeyError, TypeError, IndexError, ValueError):
        return None
    if kind not in KINDS or not columns:
        return None
    return Mapping(sheet, kind, header, columns, blanks=blanks)


#: What becomes of a row.
ADDED, CHANGED, SAME, FAULTY = "added", "changed", "same", "faulty"


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What becomes of one row of a sheet (counted from 0)."""

    sheet: str
    row: int
    status: str
    kind: str
    id: str = ""
    code: str = ""
    name: str = ""


@dataclass(slots=True)
class Draft:
    """An import before it is made: the one step that it would be, and what is wrong with the rest."""

    edit: Group
    outcomes: list[RowOutcome] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    made: int = 0  # records that the file only names

    def count(self, status: str) -> int:
        """Return how many rows have ``status``."""
        return sum(outcome.status == status for outcome in self.outcomes)
