"""The situation desk: what is reported, asked for and done on the real day, kept at every step."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from continuity.analysis.restart import RestartStep, restart_order
from continuity.exercise.forecast import Forecast, forecast
from continuity.exercise.picture import RHYTHM, STATES, TRUST, WAYS, Picture, read_picture
from continuity.exercise.play import Log
from continuity.model.kinds import ELEMENTS, Element, Procedure
from continuity.model.local_time import ZONE
from continuity.model.organisation import Organisation
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


@dataclass(frozen=True, slots=True)
class FirstStep:
    """Something to do now: bring an element back, by which action cards (ids); in the order of restart."""

    step: RestartStep
    procedures: tuple[str, ...]


class Desk:
    """A situation under way."""

    def __init__(self, log: Log, organisation: Organisation) -> None:
        """Go on with the situation that ``log`` tells of."""
        self.log, self.organisation = log, organisation
        self.picture: Picture = read_picture(log.entries)

    # --- entries ----------------------------------------------------------------------------------

    def report(self, state: str, *, element: str = "", words: str = "", **more: Any) -> int:
        """Note what is said of an element (id) or of something in free words; return the entry's number.

        ``more``: happened, known, next_report, back_earliest, back_likely, back_latest (moments with zone),
        level (permille), source, trust (confirmed, likely, rumour), corrects (an entry).
        """
        problems = []
        if state not in STATES:
            problems.append(_unknown("state", state, STATES))
        if (trust := more.get("trust", "likely")) not in TRUST:
            problems.append(_unknown("trust", trust, TRUST))
        if not element and not words.strip():
            problems.append(Problem("report-of-nothing"))
        if element and not isinstance(self.organisation.get(element), Element):
            problems.append(Problem("no-such-element", facts={"value": element, "near": "–"}))
        now = dt.datetime.now(dt.UTC)
        for name in ("happened", "known"):
            moment = more.get(name)
            if moment is not None and moment > now + dt.timedelta(minutes=5):
                problems.append(Problem("report-from-the-future", facts={"value": moment.isoformat()}))
        if problems:
            raise Refused(problems)
        return self._add("report", state=state, element=element, words=words, **more)

    def task(self, what: str, who: str = "", due: dt.datetime | None = None) -> int:
        """Note something to be done."""
        return self._add("task", what=what, who=who, due=due)

    def task_done(self, task: int) -> None:
        """Note that a task (entry) is done."""
        if task not in {t.entry for t in self.picture.tasks}:
            raise Refused([Problem("no-such-task", facts={"value": task})])
        self._add("task_done", task=task)

    def message(self, way: str, channel: str, party: str, text: str) -> int:
        """Note a message in or out."""
        if way not in WAYS:
            raise Refused([_unknown("way", way, WAYS)])
        return self._add("message", way=way, channel=channel, party=party, text=text)

    def rhythm(self, **beats: dt.datetime | None) -> None:
        """Note when the next briefing, report, decision and handover are."""
        unknown = [_unknown("rhythm", name, RHYTHM) for name in beats if name not in RHYTHM]
        if unknown:
            raise Refused(unknown)
        self._add("rhythm", **beats)

    def decision(self, who: str, decision: str, options: str = "", why: str = "") -> int:
        """Note a decision."""
        return self._add("decision", who=who, decision=decision, options=options, why=why)

    def measure(self, measure: str, *, on: bool = True) -> None:
        """Note that a measure (id) is in use, or no longer."""
        self._add("measure", measure=measure, on=on)

    def note(self, text: str) -> int:
        """Note anything else."""
        return self._add("note", text=text)

    def correct(self, entry: int, text: str) -> int:
        """Correct an entry in words; what stood there stays."""
        return self._add("correction", corrects=entry, text=text)

    def _add(self, kind: str, **payload: Any) -> int:
        plain = {k: _plain(v) for k, v in payload.items() if v not in (None, "")}
        row = self.log.append(kind, plain)
        self.picture = read_picture(self.log.entries)
        return row.id

    # --- status lists -----------------------------------------------------------------------------

    def read_status_list(self, text: str) -> list[dict[str, Any]]:
        """Return the reports in a status list as CSV (comma, semicolon or tab), as :meth:`report` takes them.

        Raises :class:`Refused` with every faulty row; nothing is noted.
        """
        rows, problems = _table(text), []
        found = []
        for number, row in rows:
            try:
                found.append(self._status(row))
            except Refused as refused:
                problems += [replace(p, facts={**p.facts, "row": number}) for p in refused.problems]
        if problems:
            raise Refused(problems)
        return found

    def _status(self, row: dict[str, str]) -> dict[str, Any]:
        element = self.element(row.get("element", ""))
        wanted = row.get("state", "").strip().casefold()
        state = next((s for s, words in _STATE_WORDS.items() if wanted in words), None)
        if state is None:
            raise Refused([_unknown("state", wanted, [w[0] for w in _STATE_WORDS.values()])])
        status: dict[str, Any] = {"element": element, "state": state, "source": row.get("source", "")}
        for name in ("happened", "back_likely"):
            if row.get(name, "").strip():
                status[name] = read_moment(row[name])
        if row.get("level", "").strip():
            status["level"] = _level(row["level"])
        return status

    def element(self, text: str) -> str:
        """Return the id of the element with this code or name; or refuse, naming what is near."""
        wanted = text.strip().casefold()
        near = []
        for kind in ELEMENTS:
            for record in self.organisation.of_kind(kind):
                names = (record.code.casefold(), str(getattr(record, "name", "")).casefold())
                if wanted in names:
                    return record.id
                if len(wanted) > 2 and any(wanted[:4] in name for name in names):
                    near.append(record.code)
        facts: dict[str, object] = {"value": text[:60], "near": ", ".join(near[:5]) or "–"}
        raise Refused([Problem("no-such-element", facts=facts)])

    # --- what follows -----------------------------------------------------------------------------

    def forecast(self, now: dt.datetime | None = None, **more: Any) -> Forecast:
        """Return what the picture leads to, as seen ``now``; takes about a second."""
        return forecast(self.organisation, self.picture, now or dt.datetime.now(dt.UTC), **more)

    def first_steps(self) -> list[FirstStep]:
        """Return what is down in the order in which to bring it back, each with its action cards."""
        down = {r.element for r in self.picture.down() if r.element}
        cards: dict[str, list[str]] = {}
        for card in self.organisation.all(Procedure):
            for about in card.about:
                cards.setdefault(about, []).append(card.id)
        order = restart_order(self.organisation, down)
        return [FirstStep(step, tuple(cards.get(step.element, ()))) for step in order]


def read_moment(text: str) -> dt.datetime:
    """Return the instant of a local date and hour such as `2027-02-23 08:15` or `23/2 08:15`; or refuse."""
    words = " ".join(text.replace("T", " ").split())
    for form in ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H.%M"):
        try:
            return dt.datetime.strptime(words, form).replace(tzinfo=ZONE).astimezone(dt.UTC)
        except ValueError:
            continue
    raise Refused([Problem("bad-moment", facts={"value": text[:60]})])


def _table(text: str) -> list[tuple[int, dict[str, str]]]:
    first = text.lstrip("\ufeff").splitlines()[0] if text.strip() else ""
    mark = max(";\t,", key=first.count)
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=mark))[: _MOST_ROWS + 1]
    if not rows:
        raise Refused([Problem("empty-status-list")])
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


def _level(text: str) -> int:
    try:
        value = float(text.replace("%", "").replace(",", ".").strip())
    except ValueError:
        value = -1.0
    if not 0 <= value <= 100:
        raise Refused([Problem("bad-level", facts={"value": text[:20]})])
    return int(value * 10)


def _unknown(field: str, value: object, known: Iterable[str]) -> Problem:
    return Problem(
        "unknown-word", facts={"field": field, "value": str(value)[:40], "known": ", ".join(known)}
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.datetime) else value
