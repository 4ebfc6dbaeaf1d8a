"""Status lists as CSV: read whole, or refused with every faulty row."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Final

from continuity.exercise.moments import read_moment
from continuity.model.problems import Problem, Refused

#: Words by which status lists name a state.
_STATE_WORDS: Final = {
    "down": ("down", "nere", "0", "ur drift", "röd", "red"),
    "reduced": ("reduced", "nedsatt", "delvis", "gul", "yellow"),
    "up": ("up", "uppe", "i drift", "ok", "grön", "green"),
}
_COLUMNS: Final = {
    "element": ("element", "code", "kod", "system", "namn", "name"),
    "state": ("state", "status", "läge"),
    "happened": ("since", "sedan", "hände", "happened", "tid"),
    "back_likely": ("back", "åter", "väntas åter", "expected"),
    "source": ("source", "källa"),
    "level": ("level", "nivå"),
}
_MOST_ROWS: Final = 5_000


def read_status_list(
    text: str,
    element: Callable[[str], str],
    check: Callable[[dict[str, Any]], list[Problem]],
    now: dt.datetime | None = None,
) -> list[dict[str, Any]]:
    """Return the reports in a status list (comma, semicolon or tab), as ``Desk.report`` takes them.

    ``element`` finds an id by code or name, or refuses; ``check`` says what is wrong with a whole report.
    """
    now = now or dt.datetime.now(dt.UTC)
    rows = [(number, _Row(row, element, now)) for number, row in _table(text)]
    problems = [
        replace(problem, facts={**problem.facts, "row": number})
        for number, row in rows
        for problem in (row.problems or check(row.status))
    ]
    if problems:
        raise Refused(problems)
    return [row.status for _number, row in rows]


class _Row:
    """One row: what it says, and everything that is wrong with it."""

    def __init__(self, row: dict[str, str], element: Callable[[str], str], now: dt.datetime) -> None:
        self.problems: list[Problem] = []
        self.status: dict[str, Any] = {"source": row.get("source", "").strip()}
        self._take("element", lambda: element(row.get("element", "")))
        self._take("state", lambda: _state(row.get("state", "")))
        if text := row.get("happened", "").strip():
            self._take("happened", lambda: read_moment(text, now))
        if back := row.get("back_likely", "").strip():
            self._take("back_likely", lambda: read_moment(back, now, ahead=True))
        if row.get("level", "").strip():
            self._take("level", lambda: read_level(row["level"]))

    def _take(self, name: str, read: Callable[[], Any]) -> None:
        try:
            self.status[name] = read()
        except Refused as refused:
            self.problems += refused.problems


def _state(text: str) -> str:
    wanted = text.strip().casefold()
    state = next((s for s, words in _STATE_WORDS.items() if wanted in words), None)
    if state is None:
        raise Refused([Problem("unknown-state", facts={"value": wanted[:40]})])
    return state


def _table(text: str) -> list[tuple[int, dict[str, str]]]:
    plain = text.lstrip("\ufeff")
    first = plain.splitlines()[0] if plain.strip() else ""
    mark = max(";\t,", key=first.count)
    rows = list(csv.reader(io.StringIO(plain), delimiter=mark))
    if not rows:
        raise Refused([Problem("empty-status-list")])
    if len(rows) > _MOST_ROWS + 1:
        facts: dict[str, object] = {"count": len(rows) - 1, "most": _MOST_ROWS}
        raise Refused([Problem("status-list-too-long", facts=facts)])
    heads = [head.strip().casefold() for head in rows[0]]
    names = {n: place for n, words in _COLUMNS.items() for place, head in enumerate(heads) if head in words}
    if missing := [name for name in ("element", "state") if name not in names]:
        columns = ", ".join(_COLUMNS[name][0] for name in missing)
        raise Refused([Problem("status-list-columns", facts={"missing": columns, "found": ", ".join(heads)})])
    return [
        (number, {n: row[p] for n, p in names.items() if p < len(row)})
        for number, row in enumerate(rows[1:], 2)
        if any(cell.strip() for cell in row)
    ]


def read_level(text: str) -> int:
    """Return a level such as ``40 %`` in permille, or refuse."""
    try:
        value = float(text.replace("%", "").replace(",", ".").strip())
    except ValueError:
        value = -1.0
    if not 0 <= value <= 100:
        raise Refused([Problem("bad-level", facts={"value": text[:20]})])
    return int(value * 10)


def unknown_word(field: str, value: object, known: Iterable[str]) -> Problem:
    """Return the problem of a word that is not among those known."""
    return Problem(
        "unknown-word", facts={"field": field, "value": str(value)[:40], "known": ", ".join(known)}
    )
