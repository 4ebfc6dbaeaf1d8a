"""The situation desk: what is reported, asked for and done on the real day, kept at every step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from continuity.analysis.restart import RestartStep, restart_order
from continuity.exercise.forecast import Forecast, forecast
from continuity.exercise.moments import SLACK, read_moment
from continuity.exercise.picture import FILES, RHYTHM, STATES, TRUST, WAYS, Picture, Reading
from continuity.exercise.play import Log
from continuity.exercise.shifts import Shift, shifts
from continuity.exercise.status_list import read_level, read_status_list, unknown_word
from continuity.model.kinds import ELEMENTS, Element, Fallback, Measure, Procedure, Resource, Stream
from continuity.model.kinds.scenarios import DECREES, STRAIN
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused

__all__ = ["Desk", "FirstStep", "read_moment"]

#: Moments of a report that cannot lie ahead, and those of its return in the order in which they must lie.
_PAST = ("happened", "known")
_RETURN = ("back_earliest", "back_likely", "back_latest")


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
        self._reading = Reading()
        for row in log.entries:
            self._reading.add(row)

    @property
    def picture(self) -> Picture:
        """What the log says."""
        return self._reading.picture

    #: What people write: a moment, a level.
    moment = staticmethod(read_moment)
    level = staticmethod(read_level)

    # --- entries ----------------------------------------------------------------------------------

    def report(self, state: str, *, element: str = "", words: str = "", **more: Any) -> int:
        """Note what is said of an element (id) or of something in free words; return the entry's number.

        ``more``: happened, known, next_report, back_earliest, back_likely, back_latest (moments with zone),
        level (permille), source, trust (confirmed, likely, rumour), corrects (the entry of a report).
        """
        problems = [*self._faults(state, element, words, more), *self._faults_of_times(more)]
        if problems:
            raise Refused(problems)
        return self._add("report", state=state, element=element, words=words, **more)

    def _faults(self, state: str, element: str, words: str, more: dict[str, Any]) -> list[Problem]:
        problems = []
        if state not in STATES:
            problems.append(unknown_word("state", state, STATES))
        if (trust := more.get("trust", "likely")) not in TRUST:
            problems.append(unknown_word("trust", trust, TRUST))
        if not element and not words.strip():
            problems.append(Problem("report-of-nothing"))
        if element and not isinstance(self.organisation.get(element), Element):
            problems.append(Problem("no-such-element", facts={"value": element, "near": "–"}))
        if not 0 <= (level := more.get("level") or 0) <= 1000:
            problems.append(Problem("bad-level", facts={"value": level}))
        if (corrects := more.get("corrects")) is not None:
            problems += self._faults_of_correction(corrects, {r.entry for r in self.picture.reports})
        return problems

    @staticmethod
    def _faults_of_times(more: dict[str, Any]) -> list[Problem]:
        now = dt.datetime.now(dt.UTC)
        told = [m for name in _PAST if (m := more.get(name)) is not None]
        problems = [
            Problem("report-from-the-future", facts={"value": moment.isoformat()})
            for moment in told
            if moment > now + SLACK
        ]
        happened, known = (more.get(name) for name in _PAST)
        if happened and known and known < happened:
            problems.append(Problem("known-before-it-happened"))
        back = [m for name in _RETURN if (m := more.get(name)) is not None]
        if back != sorted(back) or (back and happened and back[0] < happened):
            problems.append(Problem("return-out-of-order"))
        return problems

    @staticmethod
    def _faults_of_correction(entry: int, known: Iterable[int]) -> list[Problem]:
        return [] if entry in known else [Problem("no-such-entry", facts={"value": entry})]

    def task(self, what: str, who: str = "", due: dt.datetime | None = None) -> int:
        """Note something to be done."""
        return self._add("task", what=what, who=who, due=due)

    def task_done(self, task: int, *, done: bool = True) -> None:
        """Note that a task (entry) is done, or after all not."""
        if task not in {t.entry for t in self.picture.tasks}:
            raise Refused([Problem("no-such-task", facts={"value": task})])
        self._add("task_done", task=task, done=done)

    def message(self, way: str, channel: str, party: str, text: str) -> int:
        """Note a message in or out."""
        if way not in WAYS:
            raise Refused([unknown_word("way", way, WAYS)])
        return self._add("message", way=way, channel=channel, party=party, text=text)

    def rhythm(self, **beats: dt.datetime | None) -> None:
        """Note when the next briefing, report, decision and handover are."""
        unknown = [unknown_word("rhythm", name, RHYTHM) for name in beats if name not in RHYTHM]
        if unknown:
            raise Refused(unknown)
        self._add("rhythm", **beats)

    def decision(self, who: str, decision: str, options: str = "", why: str = "") -> int:
        """Note a decision."""
        return self._add("decision", who=who, decision=decision, options=options, why=why)

    def measure(self, measure: str, *, on: bool = True) -> None:
        """Note that a measure (id) is in use, or no longer."""
        self._of(Measure, measure)
        self._add("measure", measure=measure, on=on)

    def file(self, stream: str, nominal: dt.date, state: str) -> int:
        """Note where the file of a pay day is, as somebody has seen it."""
        self._of(Stream, stream)
        if state not in FILES:
            raise Refused([unknown_word("file", state, FILES)])
        return self._add("file", stream=stream, nominal=nominal.isoformat(), state=state)

    def fallback(self, stream: str, nominal: dt.date, fallback: str, *, on: bool = True) -> int:
        """Note that a fallback (id) has been decided for a pay day, or no longer is."""
        self._of(Stream, stream)
        self._of(Fallback, fallback)
        return self._add("fallback", stream=stream, nominal=nominal.isoformat(), fallback=fallback, on=on)

    def posture(self, strain: str, decrees: Iterable[str] = ()) -> int:
        """Note the strain level and the decrees that are in force: the law of fallbacks follows them."""
        held = tuple(decrees)
        problems = [unknown_word("strain", strain, STRAIN)] if strain not in STRAIN else []
        problems += [unknown_word("decrees", one, DECREES) for one in held if one not in dict(DECREES)]
        if problems:
            raise Refused(problems)
        return self._add("posture", strain=strain, decrees=list(held))

    def note(self, text: str) -> int:
        """Note anything else."""
        return self._add("note", text=text)

    def correct(self, entry: int, text: str, *, withdrawn: bool = False) -> int:
        """Correct an entry in words; what stood there stays. A report ``withdrawn`` counts no more."""
        problems = self._faults_of_correction(entry, {row.id for row in self.log.entries})
        if problems:
            raise Refused(problems)
        return self._add("correction", corrects=entry, text=text, withdrawn=withdrawn or None)

    def _of(self, kind: type, id_: str) -> None:
        if not isinstance(self.organisation.get(id_), kind):
            raise Refused([Problem("no-such-element", facts={"value": id_[:60], "near": "–"})])

    def _add(self, kind: str, **payload: Any) -> int:
        plain = {k: _plain(v) for k, v in payload.items() if v not in (None, "")}
        row = self.log.append(kind, plain)
        self._reading.add(row)
        return row.id

    # --- status lists -----------------------------------------------------------------------------

    def read_status_list(self, text: str) -> list[dict[str, Any]]:
        """Return the reports in a status list as CSV (comma, semicolon or tab), as :meth:`report` takes them.

        Raises :class:`Refused` with every faulty row; nothing is noted.
        """
        return read_status_list(text, self.element, self._faults_of_times)

    def take_status_list(self, text: str, trust: str = "confirmed") -> list[int]:
        """Note every report of a status list, or none of them; return the entries."""
        reports = self.read_status_list(text)
        return [self.report(report.pop("state"), trust=trust, **report) for report in reports]

    def element(self, text: str) -> str:
        """Return the id of the element with this code, else name; or refuse, naming what is near."""
        wanted = text.strip().casefold()
        elements = [r for kind in ELEMENTS for r in self.organisation.of_kind(kind)]
        for field in ("code", "name"):
            found = [r for r in elements if wanted and str(getattr(r, field)).casefold() == wanted]
            if len(found) > 1:
                facts: dict[str, object] = {"value": text[:60], "near": ", ".join(r.code for r in found[:5])}
                raise Refused([Problem("ambiguous-element", facts=facts)])
            if found:
                return found[0].id
        near = [
            r.code
            for r in elements
            if len(wanted) > 2 and any(wanted[:4] in str(name).casefold() for name in (r.code, r.name))  # type: ignore[attr-defined]
        ]
        facts = {"value": text[:60], "near": ", ".join(near[:5]) or "–"}
        raise Refused([Problem("no-such-element", facts=facts)])

    # --- what follows -----------------------------------------------------------------------------

    def forecast(self, now: dt.datetime | None = None, **more: Any) -> Forecast:
        """Return what the picture leads to, as seen ``now``; takes about a second."""
        return forecast(self.organisation, self.picture, now or dt.datetime.now(dt.UTC), **more)

    def first_steps(self) -> list[FirstStep]:
        """Return what is down in the order in which to bring it back, each with its action cards."""
        down = {r.element for r in self.picture.down() if r.element and r.trust != "rumour"}
        cards = self._cards()
        return [
            FirstStep(step, self._cards_of(step.element, cards))
            for step in restart_order(self.organisation, down)
        ]

    def cards_for(self, elements: Iterable[str]) -> list[tuple[str, tuple[str, ...]]]:
        """Return the action cards (ids) of each element that has any, such as functions that fall."""
        cards = self._cards()
        found = ((id_, self._cards_of(id_, cards)) for id_ in dict.fromkeys(elements))
        return [(id_, held) for id_, held in found if held]

    def shifts(self, functions: Iterable[str]) -> list[Shift]:
        """Return how many of each group one shift needs, for ``functions`` (ids) to go on."""
        return shifts(self.organisation, self.picture, functions)

    def _cards(self) -> dict[str, list[str]]:
        cards: dict[str, list[str]] = {}
        for card in self.organisation.all(Procedure):
            for about in card.about:
                cards.setdefault(about, []).append(card.id)
        return cards

    def _cards_of(self, element: str, cards: dict[str, list[str]]) -> tuple[str, ...]:
        """Cards of an element itself, else of the site on which it stands."""
        record = self.organisation.get(element)
        site = record.site if isinstance(record, Resource) else None
        return tuple(cards.get(element) or cards.get(site or "") or ())


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.datetime) else value
