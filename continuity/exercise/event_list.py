"""The master event list: from what happens in a course to injects that people can play."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from continuity.exercise.happenings import Happening, happenings
from continuity.exercise.templates import Template, Texts, texts
from continuity.model.ids import new_id
from continuity.model.kinds import (
    Element,
    Exercise,
    Fallback,
    Function,
    Inject,
    Objective,
    Procedure,
    Role,
    Stage,
    Stream,
)
from continuity.model.organisation import Organisation
from continuity.simulation.course import Course
from continuity.words import Words, local

#: How early before its latest hour a decision is asked for.
LEAD: Final = 120
#: A bridge that lasted shorter is no news of its own.
SHORTEST_BRIDGE: Final = 60
_AN_HOUR: Final = 60
_MOST_NAMED: Final = 3
#: What must not be left out of a list, and what may be where there is too much; lower comes first.
_WEIGHT: Final = {
    "outage": 1, "struck": 1, "decide": 1, "receipt_unknown": 1, "staff_loss": 2, "late": 2,
    "function_down": 2, "cutoff_missed": 3, "standby_empty": 3, "buffer_empty": 4, "paid_late": 4,
    "fallback_used": 4, "function_up": 5, "failure": 5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """An inject before it is written: one or more happenings told together."""

    code: str
    minute: int
    told: tuple[Happening, ...]

    @property
    def key(self) -> str:
        """By what the inject is known again after the course has changed."""
        return self.told[0].key


def drafts(course: Course, begins: int, ends: int, most: int) -> list[Draft]:
    """Return what is worth telling between two minutes, at most ``most`` of it, in order of time."""
    found = [d for d in _grouped(course) if begins <= d.minute <= ends]
    found.sort(key=lambda d: (_WEIGHT[d.code], -_size(d), d.minute, d.key))
    return sorted(_spread(found, most), key=lambda d: (d.minute, d.key))


def _spread(ranked: list[Draft], most: int) -> list[Draft]:
    """The first ``most``, but no more than a third of one sort, so that a list is not all alarms."""
    kept: list[Draft] = []
    rest: list[Draft] = []
    for draft in ranked:
        alike = sum(1 for d in kept if d.code == draft.code)
        (kept if len(kept) < most and alike < max(2, most // 3) else rest).append(draft)
    return kept + rest[: max(0, most - len(kept))]


def _size(draft: Draft) -> int:
    return max(max(h.payees, len(h.hit)) for h in draft.told)


def _grouped(course: Course) -> Iterator[Draft]:
    """Bring together what one call would tell."""
    priority = {f.id: f.priority for f in course.legs[0].organisation.all(Function)}
    groups: dict[tuple[object, ...], list[Happening]] = {}
    for one in happenings(course):
        if one.code not in _WEIGHT or (one.code == "failure" and (one.until or 0) - one.minute < _AN_HOUR):
            continue
        if one.code in ("buffer_empty", "standby_empty") and (
            one.about in priority or one.notes.get("bridged", 0) < SHORTEST_BRIDGE
        ):
            continue
        groups.setdefault(_group_of(one), []).append(one)
    for (code, *_rest), told in groups.items():
        told.sort(key=lambda h: (priority.get(h.about, 9), -h.payees, h.key))
        minute = min(h.minute for h in told)
        yield Draft(str(code), minute - LEAD if code == "decide" else minute, tuple(told))


def _group_of(one: Happening) -> tuple[object, ...]:
    if one.code in ("function_down", "function_up"):
        return one.code, one.minute // _AN_HOUR
    if one.code in ("buffer_empty", "standby_empty"):
        return one.code, one.cause, one.minute // _AN_HOUR
    if one.code in ("decide", "fallback_used"):
        return one.code, one.part, one.minute
    if one.code in ("late", "paid_late", "cutoff_missed", "receipt_unknown"):
        return one.code, one.minute
    return one.code, one.key


class Writer:
    """Turns drafts into injects in one language."""

    def __init__(
        self, course: Course, exercise: Exercise, objectives: Iterable[Objective], words: Words
    ) -> None:
        self.course, self.exercise, self.words = course, exercise, words
        self.organisation: Organisation = course.legs[0].organisation
        self.objectives = tuple(objectives)
        self.texts: Texts = texts(words.language)

    def written(self, most: int) -> list[Inject]:
        """Return the event list of the exercise: what happens, and what goes on around it."""
        ends = self.exercise.ends
        found = drafts(self.course, self.exercise.begins, ends, most)
        injects = [self.inject(draft) for draft in found] + [*self._background()]
        injects.sort(key=lambda i: (i.at, i.happening))
        return [replace(i, position=n, code=f"{self.exercise.code}/{n + 1}") for n, i in enumerate(injects)]

    def inject(self, draft: Draft) -> Inject:
        """Return ``draft`` as an inject."""
        first = draft.told[0]
        code = "reduced" if draft.code == "outage" and first.level > 0 else draft.code
        made = self._filled(self.texts.of[code], self._facts(draft), draft.minute)
        return replace(made, to=self._to(first), about=first.about or None, happening=draft.key)

    def _background(self) -> Iterator[Inject]:
        begins, ends = self.exercise.begins, self.exercise.ends
        agency = self.organisation.agency
        for place, template in enumerate(self.texts.background):
            at = begins + (ends - begins) * (template.after_share or 500) // 1000
            facts = {"agency": agency.name if agency else "", "hour": self._hour(at)}
            made = self._filled(template, facts, at)
            yield replace(made, to=self._leader(), happening=f"background/{place}")

    def _filled(self, template: Template, facts: dict[str, str], minute: int) -> Inject:
        known = _Dashes(facts)
        said = {
            name: getattr(template, name).format_map(known)
            for name in ("name", "sender", "message", "expected", "evaluation", "hint")
        }
        number = template.objective
        objective = None
        if number is not None and 0 < number <= len(self.objectives):
            objective = self.objectives[number - 1].id
        return Inject(
            id=new_id(),
            code="",
            exercise=self.exercise.id,
            at=minute,
            channel=template.channel,
            objective=objective,
            difficulty=template.difficulty,
            hint_after=template.hint_after if template.hint else None,
            **said,
        )

    # --- what is filled in ------------------------------------------------------------------------

    def _facts(self, draft: Draft) -> dict[str, str]:
        first, org = draft.told[0], self.organisation
        stream, stage = org.of(Stream, first.about), org.of(Stage, first.part)
        fallback = org.of(Fallback, first.part)
        streams = [h.about for h in draft.told]
        agency = org.agency
        facts = {
            "agency": agency.name if agency else "",
            "what": self._what(first),
            "hit": self._listed(first.hit or tuple(h.about for h in draft.told)),
            "count": self.words.number(max(1, len(first.hit))),
            "event": self._name(first.event) if first.event else self._what(first),
            "level": self.words.level(first.level),
            "cause": self._name(first.cause),
            "functions": self._listed(tuple(h.about for h in draft.told)),
            "payees": self.words.number(sum({h.about: h.payees for h in draft.told}.values())),
            "hour": self._hour(draft.minute),
            "until": self._hour(first.minute if draft.code == "decide" else first.until or first.minute),
        }
        facts |= self._people(first)
        if stream is not None:
            facts |= {
                "stream": self._listed(tuple(dict.fromkeys(streams))),
                "pay_day": self._day(first.date),
            }
        if stage is not None:
            facts["stage"] = stage.name
        if fallback is not None:
            decider = org.of(Role, fallback.decider)
            facts |= {
                "fallback": fallback.name,
                "legal": fallback.legal_basis,
                "decider": decider.name if decider else "",
            }
        return facts

    def _people(self, first: Happening) -> dict[str, str]:
        element = self.organisation.get(first.about)
        if not isinstance(element, Element):
            return {}
        return {"owner": self._name(element.owner), "deputy": self._name(element.deputy)}

    def _what(self, first: Happening) -> str:
        if len(first.hit) > 1 and first.event:
            return self._name(first.event)
        return self._name(first.about)

    def _name(self, id_: str | None) -> str:
        record = self.organisation.get(id_)
        return str(getattr(record, "name", "")) if record else "–"

    def _listed(self, ids: tuple[str, ...]) -> str:
        names = [self._name(id_) for id_ in ids[:_MOST_NAMED]]
        more = len(ids) - len(names)
        if more > 0:
            names.append(self.words.ngettext("{n} more", "{n} more", more))
        return self.words.listing(names)

    def _hour(self, minute: int) -> str:
        moment = local(self.course.start + dt.timedelta(minutes=minute))
        return self.words.datetime(moment, "short")

    def _day(self, date: str) -> str:
        return self.words.date(dt.date.fromisoformat(date), "short") if date else ""

    # --- to whom ----------------------------------------------------------------------------------

    def _to(self, first: Happening) -> tuple[str, ...]:
        record = self.organisation.get(first.about)
        fallback = self.organisation.of(Fallback, first.part)
        if first.code == "decide" and fallback is not None and fallback.decider:
            return (fallback.decider,)
        if isinstance(record, Element) and record.owner:
            return (record.owner,)
        return self._leader()

    def _leader(self) -> tuple[str, ...]:
        """Who leads the first hour: the lead of the first action card."""
        cards = [p.role for p in self.organisation.all(Procedure) if p.kind == "card" and p.role]
        alarm = next((p.role for p in self.organisation.all(Procedure) if "ALARM" in p.code and p.role), None)
        lead = alarm or (cards[0] if cards else None)
        return (lead,) if lead else ()


class _Dashes(dict[str, str]):
    """What is not known for this inject is a dash."""

    def __missing__(self, key: str) -> str:
        return "–"
