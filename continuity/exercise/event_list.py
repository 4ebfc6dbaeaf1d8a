"""The master event list: from what happens in a course to injects that people can play."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from continuity.exercise.drafts import Draft, drafts
from continuity.exercise.happenings import Happening, pieces_of
from continuity.exercise.seating import AtTable
from continuity.exercise.templates import Template, Texts, texts
from continuity.exercise.timetable import pace
from continuity.model.ids import new_id
from continuity.model.kinds import Exercise, Fallback, Inject, Objective, Resource, Role, Stage, Stream
from continuity.model.organisation import Organisation
from continuity.simulation.course import Course
from continuity.words import Words, local

_MOST_NAMED: Final = 3
_OF_PAYMENTS: Final = ("cutoff_missed", "receipt_unknown", "fallback_used", "paid_late", "late")
#: Share of a list that goes on around what happens: less where much happens, more where little does.
_LEAST_BACKGROUND: Final = 4
#: A hint comes so many minutes of the room after its inject, or later.
_ROOM_HINT: Final = 6
#: How messages travel where telephones and networks are down.
_WITHOUT_NETWORKS: Final = {"phone": "runner", "email": "runner", "social": "observed", "sgsi": "runner"}
#: Where so much of all networks (permille) is lost, nobody counts on one of them.
_TRUSTED: Final = 200
_OWN: Final = ("ict", "information", "telecom")


class Writer:
    """Turns drafts into injects in one language."""

    def __init__(
        self, course: Course, exercise: Exercise, objectives: Iterable[Objective], words: Words
    ) -> None:
        self.course, self.exercise, self.words = course, exercise, words
        self.organisation: Organisation = course.legs[0].organisation
        self.objectives = tuple(objectives)
        self.texts: Texts = texts(words.language)
        self.table = AtTable(self.organisation, exercise)
        telecom = [r.id for r in self.organisation.all(Resource) if r.category == "telecom" and r.in_use]
        self._networks = [pieces for id_ in telecom if (pieces := pieces_of(course, id_))]

    def written(self, most: int) -> list[Inject]:
        """Return the event list of the exercise: what happens, and what goes on around it."""
        found = drafts(self.course, self.exercise, max(1, most - _LEAST_BACKGROUND))
        injects = [self.inject(draft, first=number == 0) for number, draft in enumerate(found)]
        injects += self._background(found, max(_LEAST_BACKGROUND, most - len(found)))
        injects.sort(key=lambda i: (i.at, i.happening.startswith("background")))
        return [replace(i, position=n, code=f"{self.exercise.code}/{n + 1}") for n, i in enumerate(injects)]

    def inject(self, draft: Draft, *, first: bool = False) -> Inject:
        """Return ``draft`` as an inject; the ``first`` of a list alarms."""
        lead = draft.told[0]
        code = "reduced" if draft.code == "outage" and lead.level > 0 else draft.code
        to = self._to(draft)
        if first and self.table.alarmed:
            to = tuple(dict.fromkeys((self.table.alarmed, *to)))
        template = self.texts.of[code]
        made = self._filled(template, self._facts(draft, to), draft.minute, draft.latest)
        return replace(made, to=to, about=lead.about or None, happening=draft.key)

    def _background(self, told: list[Draft], many: int) -> Iterator[Inject]:
        """What goes on around, where least happens; each where what it speaks of has been told."""
        begins, ends = self.exercise.begins, self.exercise.ends
        agency = self.organisation.agency
        waiting, used = self._chosen(told, many), set[int]()
        for at in _gaps([begins, *(d.minute for d in told), ends], len(waiting)):
            codes = {"", *(d.code for d in told if d.minute < at)}
            fitting = (*waiting, *enumerate(self.texts.background))
            found = next((p for p in fitting if p[0] not in used and p[1].after in codes), None)
            if found is None:
                continue
            used.add(found[0])
            place, template = found
            facts = {"agency": agency.name if agency else "", "hour": self._hour(at)}
            made = self._filled(template, facts, at)
            to = self.table.by_words(template.to)
            yield replace(made, to=to, happening=f"background/{place}")

    def _chosen(self, told: list[Draft], many: int) -> list[tuple[int, Template]]:
        """The texts of what goes on around: first those for objectives that nothing else tries; by share."""
        happens = {"", *(d.code for d in told)}
        left = [pair for pair in enumerate(self.texts.background) if pair[1].after in happens]
        tried = Counter(self.texts.of[d.code].objective for d in told)
        chosen = list[tuple[int, Template]]()
        while left and len(chosen) < many:
            one = min(left, key=lambda pair: (tried[pair[1].objective], pair[0]))
            left.remove(one)
            chosen.append(one)
            tried[one[1].objective] += 1
        return sorted(chosen, key=lambda pair: pair[1].after_share or 500)

    def _filled(
        self, template: Template, facts: dict[str, str], minute: int, latest: int | None = None
    ) -> Inject:
        known = _Dashes(facts)
        said = {
            name: getattr(template, name).format_map(known)
            for name in ("name", "sender", "message", "expected", "evaluation", "hint")
        }
        number, objective = template.objective, None
        if number is not None and 0 < number <= len(self.objectives):
            objective = self.objectives[number - 1].id
        return Inject(
            id=new_id(),
            code="",
            exercise=self.exercise.id,
            at=minute,
            channel=self._channel(template.channel, minute),
            objective=objective,
            difficulty=template.difficulty,
            hint_after=self._hint_after(template, minute, latest),
            **said,
        )

    def _hint_after(self, template: Template, minute: int, latest: int | None) -> int | None:
        """After how many minutes the hint comes: long enough in the room, and before it is too late."""
        if not template.hint:
            return None
        after = max(template.hint_after or 0, round(_ROOM_HINT * pace(self.exercise) / 15) * 15)
        return after if latest is None else min(after, max(15, latest - minute))

    def _channel(self, channel: str, minute: int) -> str:
        """Return how a message comes at a minute: by runner where networks are down far and wide."""
        if channel not in _WITHOUT_NETWORKS or not self._networks:
            return channel
        lost = sum(1000 - _level(pieces, minute) for pieces in self._networks)
        return _WITHOUT_NETWORKS[channel] if lost >= _TRUSTED * len(self._networks) else channel

    # --- what is filled in ------------------------------------------------------------------------

    def _facts(self, draft: Draft, to: tuple[str, ...]) -> dict[str, str]:
        first, org, told = draft.told[0], self.organisation, draft.told
        stream, stage = org.of(Stream, first.about), org.of(Stage, first.part)
        fallback, agency = org.of(Fallback, first.part), org.agency
        hit = tuple(dict.fromkeys(id_ for h in told for id_ in (h.hit or (h.about,))))
        facts = {
            "agency": agency.name if agency else "",
            "what": self._what(draft),
            "hit": self._listed(hit),
            "count": self.words.number(len(hit)),
            "event": self._name(first.event) if first.event else self._what(draft),
            "level": self.words.level(first.level),
            "cause": self._name(first.cause),
            "functions": self._listed(tuple(h.about for h in told)),
            "payees": self.words.number(sum({(h.about, h.nominal): h.payees for h in told}.values())),
            "hour": self._hour(draft.minute),
            "until": self._hour(first.minute if draft.code == "decide" else first.until or first.minute),
            "payments": self.table.voice(self._payer, to),
            "options": self._options(draft),
        }
        facts |= self._people(first, to)
        if stream is not None:
            facts["stream"] = self._listed(tuple(dict.fromkeys(h.about for h in told)))
            facts["pay_day"] = self._day(first.date)
        if stage is not None:
            facts["stage"] = stage.name
        if fallback is not None:
            laws = [f.legal_basis.rstrip(".") for f in self._fallbacks(draft)]
            facts |= {
                "fallback": fallback.name,
                "legal": "; ".join(dict.fromkeys(laws)),
                "decider": self._name(fallback.decider),
                "voice": self.table.voice(fallback.decider, to),
            }
        return facts

    def _people(self, first: Happening, to: tuple[str, ...]) -> dict[str, str]:
        owner = self.table.owner_of(first.about)
        role, record = self.organisation.of(Role, owner), self.organisation.of(Resource, first.about)
        reporter = self.table.voice(owner, to)
        if role is None or (role.team != "external" and record is not None and record.category in _OWN):
            reporter = self.texts.operations
        named = self._name(owner) if owner else "–"
        return {"owner": named, "voice": self.table.voice(owner, to), "reporter": reporter}

    def _fallbacks(self, draft: Draft) -> list[Fallback]:
        """The fallbacks that a draft speaks of, each once."""
        found = [self.organisation.of(Fallback, h.part) for h in draft.told]
        return list(dict.fromkeys(f for f in found if f is not None))

    def _options(self, draft: Draft) -> str:
        """What may be decided, by whom, and for how many."""
        said = []
        for fallback in self._fallbacks(draft):
            told = {(h.about, h.nominal): h.payees for h in draft.told if h.part == fallback.id}
            said.append(
                self.words._(
                    "“{fallback}” ({decider} decides; {payees} payees)",
                    fallback=fallback.name,
                    decider=self._name(fallback.decider),
                    payees=self.words.number(sum(told.values())),
                )
            )
        return self.words.listing(said)

    @property
    def _payer(self) -> str | None:
        """Who at the table decides on most fallbacks (id); who leads the whole agency comes last."""
        held = [f.decider for f in self.organisation.all(Fallback) if f.decider in self.table.roles]
        roles = self.table.roles

        def worth(id_: str) -> tuple[bool, int]:
            return roles[id_].team != "strategic", held.count(id_)

        return max(sorted({str(id_) for id_ in held}), key=worth, default=None)

    def _what(self, draft: Draft) -> str:
        """What an inject is about, short: the event where it hit much, else the names."""
        first = draft.told[0]
        if len(first.hit) > 2 and first.event:
            return self._name(first.event)
        ids = tuple(dict.fromkeys(id_ for h in draft.told for id_ in (h.hit or (h.about,))))
        return self._listed(ids, 2 if len(ids) == 2 else 1)

    def _name(self, id_: str | None) -> str:
        record = self.organisation.get(id_)
        return str(getattr(record, "name", "")) if record else "–"

    def _listed(self, ids: tuple[str, ...], most: int = _MOST_NAMED) -> str:
        names = [self._name(id_) for id_ in ids[:most]]
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

    def _to(self, draft: Draft) -> tuple[str, ...]:
        """Who at the table is told: who decides, who owns it or stands for the owner, else the leader."""
        first, table = draft.told[0], self.table
        if draft.code == "decide":
            asked = [f.decider for f in self._fallbacks(draft) if f.decider in table.roles]
            return tuple(dict.fromkeys(id_ for id_ in (*asked, table.leader) if id_))
        words = self.texts.of[draft.code].to
        if words:
            return table.by_words(words)
        if draft.code in _OF_PAYMENTS:
            return (self._payer,) if self._payer else table.leaders()
        return table.in_charge(table.owner_of(first.about))


def _level(pieces: list[tuple[int, int]], minute: int) -> int:
    return next((level for at, level in reversed(pieces) if at <= minute), 1000)


def _gaps(points: list[int], many: int) -> list[int]:
    """Return ``many`` minutes in the middle of the longest stretches between ``points``, in order."""
    held, found = sorted(points), list[int]()
    for _ in range(many):
        length, place = max((b - a, -n) for n, (a, b) in enumerate(pairwise(held)))
        if length < 2:
            break
        at = held[-place] + length // 2
        held.insert(-place + 1, at)
        found.append(at)
    return sorted(found)


class _Dashes(dict[str, str]):
    """What is not known for this inject is a dash."""

    def __missing__(self, key: str) -> str:
        return "–"
