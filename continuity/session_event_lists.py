"""The door to event lists in other programs' files: read with a mapping, taken over as one step, written."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from continuity.exchange.cell_words import plain_text
from continuity.exchange.event_sheets import write_event_sheets
from continuity.exchange.files import refusal
from continuity.exchange.sheets import Cell, Sheet
from continuity.exchange.workbooks import read_workbook
from continuity.model.edits import Group
from continuity.model.kinds import Exercise, Scenario
from continuity.model.local_time import resolve_start
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.session_play import PlayRoom
from continuity.words import words_in

if TYPE_CHECKING:
    from continuity.exercise.list_columns import ListMapping, ListSheet
    from continuity.exercise.list_import import ListProposal
    from continuity.exercise.play import Play

_DAY_MINUTES = 1440


class EventListRoom(PlayRoom):
    """Event lists from and to spreadsheets."""

    def read_event_list(self, exercise: str, path: Path | str, sheet: str = "") -> ListProposal:
        """Return what a file (.xlsx, .ods, .csv) would make of the event list of an exercise (id).

        Nothing changes. Faults of rows stand in the proposal, each with its cell; a file that cannot be
        read raises :class:`Refused`. ``sheet``: another one than the first that looks like a list.
        """
        from continuity.exercise.list_columns import NEEDED, propose

        workbook = read_workbook(Path(path))
        shown = [_plain(one) for one in workbook.sheets if one.rows and not one.hidden]
        if not shown:
            raise refusal("empty-file", Path(path))
        mapped = [(one, propose(one)) for one in shown]
        good = [
            pair for pair in mapped if all(pair[1].column_of(name) is not None for name in NEEDED)
        ] or mapped
        named = [pair for pair in mapped if pair[0].name == sheet] if sheet else good
        if not named:
            raise Refused([Problem("no-such-sheet", facts={"value": sheet})], str(path))
        found = self.map_event_list(exercise, *named[0])
        return replace(found, sheets=tuple(one.name for one in shown))

    def map_event_list(self, exercise: str, sheet: ListSheet, mapping: ListMapping) -> ListProposal:
        """Return the proposal for a sheet (of an earlier proposal) with another mapping."""
        from continuity.exercise.list_import import read_list
        from continuity.exercise.relative_time import Frame

        with self._lock:
            organisation = self.organisation.copy()
        found = _exercise(organisation, exercise)
        return read_list(organisation, found, Frame(_start(organisation, found)), sheet, mapping)

    @staticmethod
    def event_list_columns() -> dict[str, str]:
        """Return what a column may mean and its English words; ``own`` keeps it as a column of the list."""
        from continuity.exercise.list_columns import LABELS

        return dict(LABELS)

    def event_list_edit(self, proposal: ListProposal, *, only: bool = False) -> Group:
        """Return the one edit that takes a list over; ``only``: what it does not name goes.

        Raises :class:`Refused` with every fault of the list while there is one.
        """
        from continuity.exercise.list_import import list_edit

        with self._lock:
            organisation = self.organisation.copy()
        return list_edit(organisation, proposal, only=only)

    def write_event_list(self, exercise: str, path: Path | str, lang: str) -> None:
        """Write the event list of an exercise (id) as .xlsx with drop-downs, or as .csv."""
        from continuity.exercise.list_export import list_sheet

        with self._lock:
            organisation = self.organisation.copy()
        sheet = list_sheet(organisation, _exercise(organisation, exercise), words_in(lang))
        write_event_sheets([sheet], Path(path))

    @staticmethod
    def write_statistics(play: Play, path: Path | str, lang: str) -> None:
        """Write the figures of a play as .xlsx."""
        from continuity.exercise.statistics import statistics

        write_event_sheets(statistics(play, words_in(lang)), Path(path))


def _exercise(organisation: Organisation, exercise: str) -> Exercise:
    found = organisation.of(Exercise, exercise)
    if found is None:
        raise Refused([Problem("no-such-record", kind="exercise", id=exercise, record=exercise)])
    return found


def _start(organisation: Organisation, exercise: Exercise) -> dt.datetime:
    scenario = organisation.of(Scenario, exercise.scenario)
    if scenario is None:
        raise Refused([Problem("exercise-without-scenario", kind="exercise", id=exercise.id)])
    return resolve_start(scenario.start, exercise.start)


def _plain(sheet: Sheet) -> ListSheet:
    from continuity.exercise.list_columns import ListSheet

    return ListSheet(sheet.name, tuple(tuple(_cell(cell) for cell in row) for row in sheet.rows))


def _cell(cell: Cell) -> Any:
    """A cell as an event list reads it: durations, and parts of a day, as a clock time or minutes."""
    if isinstance(cell, dt.timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}" if 0 <= minutes < _DAY_MINUTES else f"{minutes:+d}"
    return plain_text(cell)
