"""Claims once more, by minute and person: who is decided when, and when each is paid."""

from __future__ import annotations

from dataclasses import replace

from pay_reference import NEVER

from continuity.model.calendar import BankCalendar, local_minute, local_time, pay_days
from continuity.model.kinds import Function


class ClaimsReference:
    """The claims of one stream in one replication; ``level`` is that of its function by minute."""

    def __init__(self, organisation, scenario, start, horizon, stream, level):
        self.organisation, self.scenario, self.start = organisation, scenario, start
        self.horizon, self.stream, self.level = horizon, stream, level
        self.function = organisation.of(Function, stream.function) if stream.function else None
        self.banks = BankCalendar.of(organisation)
        self.counts = bool(stream.entitlement == "CLAIM" and self.function and self.function.arrivals)
        if self.counts:
            self.ordinary = self.function.arrivals
            self.arrivals = self.function.arrivals * scenario.demand // 1000
            self.late = [
                max(0, more - usual)
                for more, usual in zip(
                    self.waits(self.arrivals, level), self.waits(self.ordinary, [1000] * horizon), strict=True
                )
            ]

    def waits(self, arrivals, level):
        found = [0]
        for minute in range(self.horizon):
            done = self.function.capacity * level[minute] // 1000 if self.at_work(minute) else 0
            found.append(max(0, found[-1] + arrivals - done))
        return found

    def at_work(self, minute):
        if not self.function.hours:
            return True
        wall = local_time(self.start, minute)
        at = wall.hour * 60 + wall.minute
        return any(s.weekday == wall.weekday() and s.opens <= at < s.closes for s in self.function.hours)

    def opening(self, pay):
        stage = self.stages[0]
        return local_minute(self.start, self.banks.shift(pay.paid, -stage.opens_days), stage.opens_at)

    def opening_before(self, pay):
        """The opening of the pay day before of those who are paid on this day of the month."""
        theirs = tuple(one for one in self.stream.pay_days if one.day == pay.nominal.day)
        long_ago = local_time(self.start, 0).date().replace(year=2026)
        earlier = pay_days(replace(self.stream, pay_days=theirs), self.banks, long_ago, pay.paid)
        return self.opening([p for p in earlier if p.nominal < pay.nominal][-1])

    def comes(self, minute):
        return self.arrivals if minute >= 0 else self.ordinary

    def undecided(self, day, opening):
        """Payees of ``day`` not decided at ``opening``: what is late are the cases that came last."""
        first, last = self.opening_before(day.pay), self.opening(day.pay)
        whole = sum(self.comes(m) for m in range(first, last))
        late = self.late[opening] if 0 <= opening <= self.horizon else 0
        theirs, minute = 0, opening
        while late > 0 and minute > first:
            minute -= 1
            newest = min(late, self.comes(minute))
            late -= newest
            theirs += newest if minute < last else 0
        return day.payees * (1000 * theirs // whole) // 1000 if whole else 0

    def waiting(self, days, place):
        """Payees of a day who wait at its own opening, and at those of the later days."""
        self.stages = days[place].stages
        if not self.counts:
            return []
        return [self.undecided(days[place], self.opening(day.pay)) for day in days[place:]]

    def paid(self, days, place, said):
        """The instant at which each payee of a day is paid."""
        day, own = days[place], said[place]
        waits = self.waiting(days, place) or [0] * (len(days) - place)
        ordinary = [one["done"][-1] for one in said]
        decided = day.payees - waits[0]
        people = [ordinary[place]] * decided
        for later in range(1, len(days) - place):
            people += [ordinary[place + later]] * (waits[later - 1] - waits[later])
        people += [NEVER] * waits[-1]
        if own["used"] >= 0:
            interim = day.fallbacks[own["used"]].fallback.kind == "interim"
            reached = min(own["covered"], day.payees if interim else decided)
            for person in range(reached):
                helped = min(people[person], own["finished"])
                people[person] = own["finished"] if person >= decided else helped
        return people
