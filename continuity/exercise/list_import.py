"""Event lists of other make read into an exercise: every fault by its cell, and nothing half done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final

from continuity.exercise.list_columns import LABELS, NEEDED, OWN, ListMapping, ListSheet, headings
from continuity.exercise.list_words import ListWords
from continuity.exercise.relative_time import Frame, read_time
from continuity.model.durations import parse_duration
from continuity.model.edits import Add, Edit, Group, Remove, amend
from continuity.model.ids import derived_id
from continuity.model.kinds import Exercise, Inject
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.model.values import Extra

#: More is no list for people.
MOST_ROWS: Final = 5000
LONGEST: Final = 20_000  # characters of a cell
ADDED, CHANGED, SAME, FAULTY = "added", "changed", "same", "faulty"
_CODE: Final = re.compile(r"[^\s;,/]{1,40}")


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row as it would be taken: where it stands (from 0), when it is due, what becomes of it."""

    row: int
    minute: int | None
    name: str
    status: str
    inject: Inject | None = None


@dataclass(frozen=True, slots=True)
class ListProposal:
    """An event list that has been read and waits to be taken over, or to be read with another mapping."""

    exercise: str
    sheet: ListSheet
    mapping: ListMapping
    headings: tuple[str, ...]
    rows: tuple[ListRow, ...] = ()
    problems: tuple[Problem, ...] = ()  # each with its cell; while there are any, nothing can be taken
    remarks: tuple[Problem, ...] = ()
    columns: tuple[str, ...] = ()  # of the list's own
    sheets: tuple[str, ...] = field(default=())  # the other sheets of the file, by name

    def count(self, status: str) -> int:
        """Return how many rows have ``status``."""
        return sum(row.status == status for row in self.rows)


def read_list(
    organisation: Organisation, exercise: Exercise, frame: Frame, sheet: ListSheet, mapping: ListMapping
) -> ListProposal:
    """Return what the rows of a sheet would make of the exercise's event list."""
    found = headings(sheet, mapping.header)
    missing = [
        Problem("list-without-column", facts={"sheet": sheet.name, "column": LABELS[name]})
        for name in NEEDED
        if mapping.column_of(name) is None
    ]
    rows = [n for n in range(mapping.header + 1, len(sheet.rows)) if any(t.strip() for t in sheet.rows[n])]
    if not rows:
        missing.append(Problem("list-empty", facts={"sheet": sheet.name}))
    if len(rows) > MOST_ROWS:
        facts: dict[str, object] = {"sheet": sheet.name, "rows": len(rows), "most": MOST_ROWS}
        missing.append(Problem("list-too-long", facts=facts))
    if missing:
        return ListProposal(exercise.id, sheet, mapping, tuple(found), problems=tuple(missing))
    reading = _Reading(organisation, exercise, frame, sheet, mapping)
    lines = tuple(reading.row(n) for n in rows)
    own = tuple(found[place] for place, held in sorted(mapping.columns.items()) if held == OWN)
    return ListProposal(
        exercise.id, sheet, mapping, tuple(found), lines, tuple(reading.problems), tuple(reading.remarks), own
    )


def list_edit(organisation: Organisation, proposal: ListProposal, *, only: bool = False) -> Group:
    """Return the one edit that takes the list over; ``only``: what the list does not name goes.

    Raises :class:`Refused` with every fault while there is one.
    """
    if proposal.problems:
        raise Refused(proposal.problems)
    exercise = organisation.of(Exercise, proposal.exercise)
    if exercise is None:
        raise Refused([Problem("no-such-record", kind="exercise", record=proposal.exercise)])
    held = {i.id: i for i in organisation.parts(exercise.id, Inject)}
    edits: list[Edit] = []
    columns = tuple(dict.fromkeys((*exercise.columns, *proposal.columns)))
    if columns != exercise.columns:
        edits.append(amend(exercise, columns=columns))
    named = {row.inject.id for row in proposal.rows if row.inject is not None}
    if only:
        edits += [Remove(inject) for id_, inject in held.items() if id_ not in named]
    for row in proposal.rows:
        if row.inject is not None:
            edits.append(_edit(held.get(row.inject.id), row.inject))
    return Group("import-event-list", tuple(edits))


def _edit(present: Inject | None, inject: Inject) -> Edit:
    if present is None:
        return Add(inject)
    return amend(present, **{name: getattr(inject, name) for name in _FIELDS})


_FIELDS: Final = (
    "position", "name", "at", "channel", "sender", "to", "message", "expected", "objective", "difficulty",
    "evaluation", "hint", "hint_after", "extra",
)  # fmt: skip


class _Reading:
    """The rows of one sheet, one after the other; a clock time hangs on the row before."""

    def __init__(
        self,
        organisation: Organisation,
        exercise: Exercise,
        frame: Frame,
        sheet: ListSheet,
        mapping: ListMapping,
    ) -> None:
        self.organisation, self.exercise, self.sheet, self.mapping = organisation, exercise, sheet, mapping
        self.frame, self.headings = frame, headings(sheet, mapping.header)
        self.words = ListWords(organisation, exercise)
        self.problems: list[Problem] = []
        self.remarks: list[Problem] = []
        held = organisation.parts(exercise.id, Inject)
        self._by_code = {i.code.casefold(): i for i in held}
        self._by_name: dict[str, list[Inject]] = {}
        for inject in held:
            self._by_name.setdefault(inject.name.casefold(), []).append(inject)
        self._seen: dict[str, int] = {}
        self._foreign = {i.code for i in organisation.all(Inject) if i.exercise != exercise.id}

    def row(self, number: int) -> ListRow:
        """Return one row; what is wrong with it is noted."""
        before = len(self.problems)
        minute = self._minute(number)
        if minute is not None:
            self.frame = Frame(self.frame.start, minute)
        values: dict[str, Any] = {"name": self._text(number, "name")}
        if not values["name"]:
            self._fault(number, "name", "list-nothing-there")
        values |= {name: self._text(number, name) for name in _TEXTS if self._has(name)}
        values |= dict(self._chosen(number))
        if any(meaning == OWN for meaning in self.mapping.columns.values()):
            values["extra"] = self._own(number)
        present, code = self._identity(number, values["name"])
        if len(self.problems) > before or minute is None:
            return ListRow(number, minute, values["name"], FAULTY)
        position = len(self._seen) - 1
        if present is not None:
            values = {**{name: getattr(present, name) for name in _FIELDS}, **values}
        made = {**values, "at": minute, "position": position}
        id_ = present.id if present else derived_id(self.organisation.document, "inject", code)
        happening = present.happening if present else ""
        about = present.about if present else None
        inject = Inject(
            id=id_,
            code=present.code if present else code,
            exercise=self.exercise.id,
            happening=happening,
            about=about,
            **made,
        )
        changed = CHANGED if present != inject else SAME
        return ListRow(number, minute, inject.name, changed if present else ADDED, inject)

    # --- who it is --------------------------------------------------------------------------------

    def _identity(self, number: int, name: str) -> tuple[Inject | None, str]:
        """The inject that a row is, by its code, else by its title; and the code of a new one."""
        said = self._text(number, "code")
        present = self._by_code.get(said.casefold()) if said else None
        code = said if said.startswith(f"{self.exercise.code}/") else f"{self.exercise.code}/L{said}"
        if said and not _CODE.fullmatch(said.replace("/", "")):
            self._fault(number, "code", "list-bad-code", value=said[:60])
        if present is None and said:
            present = self._by_code.get(code.casefold())
        if present is None and not said:
            alike = self._by_name.get(name.casefold(), [])
            present = next((one for one in alike if one.id not in self._seen), None)
            code = present.code if present else self._free_code()
        if code in self._foreign:
            self._fault(number, "code", "list-code-elsewhere", value=code)
        key = present.id if present else code.casefold()
        if key in self._seen:
            self._fault(number, "code", "list-twice", value=said, row=self._seen[key] + 1)
        self._seen.setdefault(key, number)
        return present, code

    def _free_code(self) -> str:
        """A code for a row without number: its title lets it be found again."""
        number = 1
        while (code := f"{self.exercise.code}/N{number}").casefold() in self._seen or (
            code.casefold() in self._by_code
        ):
            number += 1
        return code

    # --- cells ------------------------------------------------------------------------------------

    def _has(self, meaning: str) -> bool:
        return self.mapping.column_of(meaning) is not None

    def _text(self, number: int, meaning: str) -> str:
        column = self.mapping.column_of(meaning)
        text = "" if column is None else self.sheet.text(number, column)
        if len(text) > LONGEST:
            self._fault(number, meaning, "list-text-too-long", length=len(text), limit=LONGEST)
            return text[:LONGEST]
        return text

    def _minute(self, number: int) -> int | None:
        said = " ".join(part for part in (self._text(number, "date"), self._text(number, "at")) if part)
        if not said:
            self._fault(number, "at", "list-nothing-there")
            return None
        found = read_time(said, self.frame)
        if isinstance(found, Problem):
            self._fault(number, "at", found.code, **found.facts)
            return None
        if not self.exercise.begins <= found <= self.exercise.ends:
            place = self.sheet.place(number, self.mapping.column_of("at") or 0)
            facts: dict[str, object] = {"value": said[:60]}
            self.remarks.append(Problem("list-outside-play", "warning", path=place, facts=facts))
        return found

    def _chosen(self, number: int) -> Iterator[tuple[str, Any]]:
        """The cells that hold one of a list."""
        for meaning, known in self.words.choices.items():
            said = self._text(number, meaning)
            if not said:
                continue
            found = known.get(said.casefold().strip(" ."))
            if found is None:
                facts = {"value": said[:60], "known": ", ".join(self.words.shown(meaning))}
                self._fault(number, meaning, f"list-unknown-{meaning}", **facts)
            else:
                yield meaning, found
        if self._has("to"):
            yield "to", self._roles(number)
        if after := self._text(number, "hint_after"):
            try:
                yield "hint_after", int(after) if after.isdecimal() else parse_duration(after)
            except ValueError:
                self._fault(number, "hint_after", "list-bad-duration", value=after[:60])

    def _roles(self, number: int) -> tuple[str, ...]:
        found = list[str]()
        for name in self.words.names(self._text(number, "to")):
            role = self.words.roles.get(name.casefold())
            if role is None:
                near = get_close_matches(name.casefold(), self.words.roles, 3, 0.6)
                said = [self.words.role_names[self.words.roles[one]] for one in near]
                facts = {"value": name[:60], "near": ", ".join(dict.fromkeys(said)) or "–"}
                self._fault(number, "to", "list-unknown-role", **facts)
            else:
                found.append(role)
        return tuple(dict.fromkeys(found))

    def _own(self, number: int) -> tuple[Extra, ...]:
        pairs = [
            (self.headings[place], self.sheet.text(number, place))
            for place, meaning in sorted(self.mapping.columns.items())
            if meaning == OWN
        ]
        return tuple(Extra(column=column, value=value) for column, value in pairs if value)

    def _fault(self, number: int, meaning: str, code: str, **facts: object) -> None:
        column = self.mapping.column_of(meaning)
        if column is None:
            column = self.mapping.column_of("name") or 0
        place = self.sheet.place(number, column)
        shown = {"column": self.headings[column] if column < len(self.headings) else "", **facts}
        self.problems.append(Problem(code, path=place, facts=shown))


_TEXTS: Final = ("sender", "message", "expected", "evaluation", "hint")
