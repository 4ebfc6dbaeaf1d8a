"""Who sits at the table of an exercise, who leads it, and who of them is told what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import Final

from continuity.exercise.templates import Texts
from continuity.model.kinds import Element, Exercise, Fallback, Function, Procedure, Role
from continuity.model.organisation import Organisation
from continuity.model.values import Seat

_MOST_PLAYERS: Final = 12
_FEWEST_PLAYERS: Final = 6
_LEADING: Final = ("strategic", "tactical")


def seats(organisation: Organisation, said: Texts) -> tuple[Seat, ...]:
    """Return the seats: those who decide and own what is vital, then control, evaluators and observers.

    Who only stands in for somebody at the table is not seated; those who work on the spot are where too
    few lead.
    """
    worth = _worth(organisation)
    roles = [r for r in organisation.all(Role) if r.team != "external"]
    leading = [r for r in roles if r.team in _LEADING]
    ranked = sorted(leading, key=lambda r: (-worth[r.id], r.code))
    chosen: list[Role] = []
    stand_ins = dict[str, int]()
    for role in ranked:
        if len(chosen) < _MOST_PLAYERS and 2 * worth[role.id] >= stand_ins.get(role.id, 0):
            chosen.append(role)
            stand_ins.update((deputy, worth[role.id]) for deputy in role.deputies[:1])
    others = sorted((r for r in roles if r.team not in _LEADING), key=lambda r: (-worth[r.id], r.code))
    chosen += others[: max(0, _FEWEST_PLAYERS - len(chosen))]
    order = {"strategic": 0, "tactical": 1}
    chosen.sort(key=lambda r: (order.get(r.team, 2), -worth[r.id], r.code))
    found = [Seat(name=role.name) for role in chosen]
    found += [Seat(name=name, part=part) for part, names in said.seats.items() for name in names]
    return tuple(found)


def _worth(organisation: Organisation) -> Counter[str]:
    """How much each role (id) has to do with what is exercised."""
    worth = Counter[str]()
    for fallback in organisation.all(Fallback):
        if fallback.decider:
            worth[fallback.decider] += 3
    for procedure in organisation.all(Procedure):
        if procedure.role:
            worth[procedure.role] += 3 if procedure.kind in ("card", "decision") else 1
    for function in organisation.all(Function):
        if function.owner:
            worth[function.owner] += 2 if function.vital else 1
    for role in organisation.all(Role):
        worth[role.id] += {"strategic": 3, "tactical": 1}.get(role.team, 0)
    return worth


class AtTable:
    """The players of an exercise as roles of the organisation."""

    def __init__(self, organisation: Organisation, exercise: Exercise) -> None:
        self.organisation = organisation
        names = {seat.name.casefold() for seat in exercise.seats if seat.part == "player"}
        roles = organisation.all(Role)
        self.roles = {r.id: r for r in roles if r.name.casefold() in names}
        if not self.roles:
            self.roles = {r.id: r for r in roles if r.team in _LEADING}

    @cached_property
    def leader(self) -> str | None:
        """Who leads the staff: who has most procedures of those at the table."""
        held = Counter(p.role for p in self.organisation.all(Procedure) if p.role in self.roles)
        if held:
            return max(held, key=lambda id_: (held[id_], self.roles[str(id_)].team == "strategic", id_))
        return next(iter(sorted(self.roles)), None)

    @cached_property
    def alarmed(self) -> str | None:
        """Who is alarmed first: the lead of the first action card, where at the table."""
        cards = [p for p in self.organisation.all(Procedure) if p.role in self.roles and p.kind == "card"]
        first = next((p.role for p in cards if "ALARM" in p.code.upper()), None)
        return first or self.leader

    def leaders(self) -> tuple[str, ...]:
        """Return the leader, as those whom an inject is for."""
        return (self.leader,) if self.leader else ()

    def in_charge(self, role: str | None) -> tuple[str, ...]:
        """Return who at the table takes a matter of ``role`` (id): itself, its principal, its unit."""
        if role in self.roles:
            return (str(role),)
        found = self.organisation.of(Role, role)
        principal = next((r.id for r in self.roles.values() if found and found.id in r.deputies), None)
        if principal is None and found is not None and found.unit and found.team != "external":
            principal = next((r.id for r in self.roles.values() if r.unit == found.unit), None)
        return (principal,) if principal else self.leaders()

    def by_words(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return those whose name or unit holds one of the words, the first word first; else the leader."""
        for word in words:
            for part in ("name", "unit"):
                for role in self.roles.values():
                    if word.casefold() in getattr(role, part).casefold():
                        return (role.id,)
        return self.leaders()

    def voice(self, role: str | None, to: Iterable[str] = ()) -> str:
        """Return who speaks for ``role`` (id): itself from outside the table, else its stand-in or unit."""
        found = self.organisation.of(Role, role)
        if found is None:
            return "–"
        if found.id not in self.roles and found.id not in to:
            return found.name
        deputies = [self.organisation.of(Role, id_) for id_ in found.deputies]
        free = next((d.name for d in deputies if d is not None and d.id not in self.roles), "")
        return free or found.unit or "–"

    def owner_of(self, id_: str) -> str | None:
        """Return the owner (id) of an element."""
        record = self.organisation.get(id_)
        return record.owner if isinstance(record, Element) else None
