"""An event list as a sheet that people fill in and send back; what is written is read again unchanged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from continuity.exercise.books import MARK
from continuity.exercise.list_columns import LABELS
from continuity.exercise.relative_time import write_time
from continuity.model.kinds import Exercise, Inject, Objective, Role
from continuity.model.kinds.exercise import DIFFICULTIES, INJECT_CHANNELS
from continuity.model.organisation import Organisation
from continuity.words import N_, Words

_WIDTHS: Final = {
    "code": 10, "at": 16, "name": 34, "channel": 16, "sender": 24, "to": 30, "message": 60, "expected": 50,
    "objective": 34, "difficulty": 12, "evaluation": 36, "hint": 36, "hint_after": 14,
}  # fmt: skip
_WRAPPED: Final = ("name", "to", "message", "expected", "objective", "evaluation", "hint")
_OWN_WIDTH: Final = 24
Cell = str | int | float


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet: heading, width in characters, what may be chosen, and how strictly."""

    title: str
    width: int = 14
    choices: tuple[str, ...] = ()
    strict: bool = False
    wrap: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class SheetOut:
    """One sheet: its name, the line above the headings, columns and rows."""

    name: str
    top: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]


_NOTES: Final = {
    "code": N_("Leave it as it is: by it the row is found again. New rows may leave it blank."),
    "at": N_("After the scenario's start: D+1 H+4 M+30, H+4:30, +90, 14:05 or D+2 08:00."),
    "to": N_("Roles; several are separated by semicolons."),
    "hint_after": N_("Minutes after the inject was given, by the clock of the scenario."),
}


def list_sheet(organisation: Organisation, exercise: Exercise, words: Words) -> SheetOut:
    """Return the event list of an exercise as one sheet, with what may be chosen in each column."""
    _ = words._
    objectives = organisation.parts(exercise.id, Objective)
    aims = {o.id: o.name for o in objectives}
    choices = {
        "channel": tuple(_(label) for label in INJECT_CHANNELS.values()),
        "difficulty": tuple(_(label) for label in DIFFICULTIES.values()),
        "objective": tuple(aims.values()),
        "to": tuple(role.name for role in organisation.all(Role)),
    }
    fields = [name for name in LABELS if name != "date"]
    columns = [
        SheetColumn(
            _(LABELS[name]),
            _WIDTHS[name],
            choices.get(name, ()),
            strict=name in ("channel", "difficulty", "objective"),
            wrap=name in _WRAPPED,
            note=_(_NOTES[name]) if name in _NOTES else "",
        )
        for name in fields
    ]
    columns += [SheetColumn(own, _OWN_WIDTH, wrap=True) for own in exercise.columns]
    injects = sorted(organisation.parts(exercise.id, Inject), key=lambda i: (i.at, i.position))
    rows = tuple(_row(organisation, exercise, inject, aims, words) for inject in injects)
    top = f"{_(MARK)} · {exercise.code} {exercise.name}"
    return SheetOut(_("Event list"), top, tuple(columns), rows)


def _row(
    organisation: Organisation, exercise: Exercise, inject: Inject, aims: dict[str, str], words: Words
) -> tuple[Cell, ...]:
    roles = [organisation.of(Role, id_) for id_ in inject.to]
    own = {one.column: one.value for one in inject.extra}
    return (
        inject.code,
        write_time(inject.at),
        inject.name,
        words._(INJECT_CHANNELS[inject.channel]),
        inject.sender,
        "; ".join(role.name for role in roles if role is not None),
        inject.message,
        inject.expected,
        aims.get(inject.objective or "", ""),
        words._(DIFFICULTIES[inject.difficulty]),
        inject.evaluation,
        inject.hint,
        "" if inject.hint_after is None else inject.hint_after,
        *(own.get(column, "") for column in exercise.columns),
    )
