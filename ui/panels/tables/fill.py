"""Filling a selection: the uppermost cell downwards, or a series that goes on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from continuity.model.edits import Group
from continuity.model.fields import FieldType, Spec
from continuity.model.problems import Problem, Refused
from continuity.words import _
from ui.grid.keys import is_blank
from ui.panels.tables.cells import Cell, fault, written
from ui.shown import FIGURES, shown

_NUMBERED = re.compile(r"^(.*?)(\d+)$", re.DOTALL)
#: Where one number alone is continued by one; of durations and levels one alone is repeated.
_COUNTED = (FieldType.COUNT,)


def filled_down(columns: Iterable[Sequence[Cell]], specs: Mapping[str, Spec]) -> Group:
    """Return the edit that copies the first cell of each column into those below it.

    A code belongs to one record alone: codes go on as a series.
    """
    values: list[tuple[Cell, Any]] = []
    for cells in columns:
        if cells and cells[0].name == "code":
            values += _series(cells, specs["code"])
        else:
            values += [(cell, cells[0].value) for cell in cells[1:]]
    return written(values, "fill")


def filled_on(columns: Iterable[Sequence[Cell]], specs: Mapping[str, Spec]) -> Group:
    """Return the edit that continues what the first one or two cells of each column begin."""
    values: list[tuple[Cell, Any]] = []
    for cells in columns:
        if cells:
            values += _series(cells, specs[cells[0].name])
    _check(values, specs)
    return written(values, "fill")


def _series(cells: Sequence[Cell], spec: Spec) -> list[tuple[Cell, Any]]:
    first = cells[0].value
    second = cells[1].value if len(cells) > 1 and not is_blank(spec, cells[1].value) else None
    given = 1 if second is None or second == first else 2
    following = _rule(spec, first, second if given == 2 else None)
    return [(cell, following(place)) for place, cell in enumerate(cells) if place >= given]


def _rule(spec: Spec, first: Any, second: Any) -> Callable[[int], Any]:
    """Return what stands at a place of the series, counted from nought."""
    if spec.type in FIGURES and first is not None:
        step = second - first if second is not None else int(spec.type in _COUNTED)
        return lambda place: first + step * place
    if isinstance(first, dt.date):
        days = (second - first).days if second is not None else 1
        return lambda place: first + dt.timedelta(days=days * place)
    if spec.type is FieldType.TEXT:
        return _numbered(first, second)
    return lambda _place: first


def _numbered(first: str, second: str | None) -> Callable[[int], str]:
    begin, on = _NUMBERED.match(first), _NUMBERED.match(second or "")
    if begin is None or (second and (on is None or on[1] != begin[1])):
        return lambda _place: first
    step = int(on[2]) - int(begin[2]) if on else 1
    width = len(begin[2])
    return lambda place: f"{begin[1]}{int(begin[2]) + step * place:0{width}d}"


def _check(values: Sequence[tuple[Cell, Any]], specs: Mapping[str, Spec]) -> None:
    problems: list[Problem] = []
    for cell, value in values:
        spec = specs[cell.name]
        if spec.type not in FIGURES or value is None:
            continue
        if (spec.low is not None and value < spec.low) or (spec.high is not None and value > spec.high):
            reason = _("The series leads beyond what this column may hold.")
            problems.append(fault(cell, spec, shown(spec, value), reason))
    if problems:
        raise Refused(problems)
