"""The payment rules once more, minute by minute in plain Python: slow, and written to be read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from continuity.model.calendar import BankCalendar, local_minute, local_time
from continuity.model.kinds import Fallback, Stage, Stream
from continuity.model.payments import stop_stage

NEVER = 2**31 - 1
FILE = {"none": 0, "stop": 0, "made": 1, "sent": 2, "received": 3, "executed": 4, "usable": 5}
SENT, RECEIVED, UNKNOWN = 2, 3, 6


@dataclass
class Run:
    """One pay day: work left and instants done, per stage."""

    pay: object
    due: int
    stages: list[Stage]
    left: list[int] = field(default_factory=list)
    done: list[int] = field(default_factory=list)


class Reference:
    """One replication; ``levels`` maps an element to its level in each minute."""

    def __init__(self, organisation, plan, scenario, start, levels):
        self.organisation, self.start, self.levels = organisation, start, levels
        self.plan, self.horizon = plan, plan.horizon
        self.lag = scenario.detection + scenario.declaration
        self.banks = BankCalendar.of(organisation)
        self.walls, self.instants = {}, {}

    # --- the world ------------------------------------------------------------------------------

    def level(self, element, minute):
        if minute < 0:
            return 1000
        return self.levels[element][min(minute, self.horizon - 1)]

    def wall(self, minute):
        if minute not in self.walls:
            self.walls[minute] = local_time(self.start, minute)
        return self.walls[minute]

    def in_hours(self, stage, minute):
        if not stage.hours:
            return True
        wall = self.wall(minute)
        of_day = wall.hour * 60 + wall.minute
        return any(s.weekday == wall.weekday() and s.opens <= of_day < s.closes for s in stage.hours)

    def instant(self, run, days, at):
        key = (run.pay.paid, days, at)
        if key not in self.instants:
            self.instants[key] = local_minute(self.start, self.banks.shift(run.pay.paid, -days), at)
        return self.instants[key]

    def opens(self, run, number):
        stage = run.stages[number]
        opens = self.instant(run, stage.opens_days, stage.opens_at)
        if number == 0:
            return opens
        before, done = run.stages[number - 1], run.done[number - 1]
        if before.cutoff_days is None or done == NEVER:
            return opens
        if done <= self.instant(run, before.cutoff_days, before.cutoff_at):
            return opens
        day = self.wall(done - 1).date() + dt.timedelta(days=1)
        while not self.banks.is_bank_day(day):
            day += dt.timedelta(days=1)
        return max(opens, local_minute(self.start, day, stage.opens_at))

    # --- ordinary runs --------------------------------------------------------------------------

    def play(self, runs, first, last, level):
        """Play minutes first ... last - 1; ``level(stage, minute)`` may be None: cannot work."""
        for minute in range(first, last):
            for place, run in enumerate(runs):
                for number, stage in enumerate(run.stages):
                    if run.done[number] != NEVER or (number and run.done[number - 1] > minute):
                        continue
                    if place and runs[place - 1].done[number] > minute:
                        continue
                    if self.opens(run, number) > minute:
                        continue
                    found = level(stage, minute)
                    if found is None or found < stage.least_level or not self.in_hours(stage, minute):
                        continue
                    run.left[number] -= found
                    if run.left[number] <= 0:
                        run.done[number] = minute + 1

    def new_runs(self, days):
        runs = [Run(day.pay, day.due, list(day.stages)) for day in days]
        for run in runs:
            run.left = [stage.work * 1000 for stage in run.stages]
            run.done = [NEVER] * len(run.stages)
        return runs

    def first_minute(self, runs):
        return min(self.instant(r, s.opens_days, s.opens_at) for r in runs for s in r.stages)

    def at_full(self, runs):
        return lambda stage, minute: self.level(stage.element, minute)

    def stream(self, days):
        """Return, per pay day of one stream, what the kernel gives."""
        runs = self.new_runs(days)
        self.play(runs, self.first_minute(runs), self.horizon, self.at_full(runs))
        return [self.day(days, runs, place) for place in range(len(days))]

    # --- one pay day ----------------------------------------------------------------------------

    def day(self, days, runs, place):
        run = runs[place]
        said = {
            "done": list(run.done),
            "state": self.file_state(run, run.due),
            "used": -1, "begun": 0, "finished": NEVER, "covered": 0, "exposed": False, "worked": 0,
            "blocked": [0] * len(days[place].fallbacks),
            "best": self.foresight(days[place], run) if run.done[-1] > run.due else 0,
        }  # fmt: skip
        self.decide(days, runs, place, said)
        return said

    def file_state(self, run, minute):
        reached = [
            (FILE[s.reaches], n)
            for n, s in enumerate(run.stages)
            if run.done[n] <= minute and FILE[s.reaches]
        ]
        if not reached:
            return 0
        state = max(reached)[0]
        if state != SENT:
            return state
        sender = min(n for s, n in reached if s == SENT)
        asked = [run.stages[sender]]
        asked += [s for s in run.stages[sender + 1 :] if FILE[s.reaches] >= RECEIVED][:1]
        since = run.done[sender]
        fell = any(self.level(s.element, m) < s.least_level for s in asked for m in range(since, minute + 1))
        return UNKNOWN if fell else SENT

    def makes_it(self, days, runs, place, minute):
        """Play again up to ``minute``, then on with full levels where nothing is known to be down."""
        stream: Stream = days[place].stream
        again = self.new_runs(days[: place + 1])
        self.play(again, self.first_minute(again), minute, self.at_full(again))

        def hoped(stage, at):
            known = [
                self.level(stage.element, m) < stage.least_level for m in range(minute - self.lag, minute + 1)
            ]
            waits = minute - self.lag >= 0 and all(known)
            return None if waits and at < minute + stream.restart_allowance else 1000

        self.play(again, minute, runs[place].due, hoped)
        return again[place].done[-1] <= runs[place].due

    def chain_down(self, run, minute):
        return any(
            run.done[n] > minute and self.level(s.element, minute) < s.least_level
            for n, s in enumerate(run.stages)
        )

    def own_rule(self, run, wait):
        spell = None
        for minute in range(max(0, self.opens(run, 0)), run.due):
            if spell is not None and minute - spell == wait:
                return minute
            if not self.chain_down(run, minute):
                spell = None
            elif spell is None:
                spell = minute
                if wait == 0:
                    return minute
        return NEVER

    def needs_up(self, fallback: Fallback, minute):
        return all(self.level(e, minute) >= fallback.least_level for e in fallback.elements)

    def set_up(self, fallback, begin, until, wanted):
        if wanted == 0:
            return begin, 0
        count = 0
        for minute in range(begin, until):
            count += self.needs_up(fallback, minute)
            if count == wanted:
                return minute + 1, count
        return NEVER, count

    def decide(self, days, runs, place, said):
        day, run = days[place], runs[place]
        allowed = [p.allowed and p.fallback.kind != "early" for p in day.fallbacks]
        fires = {}
        for order, plan in enumerate(day.fallbacks):
            if not allowed[order]:
                continue
            if plan.fallback.down_for is not None:
                fires[order] = self.own_rule(run, plan.fallback.down_for + self.lag)
            elif plan.decide_at >= 0 and not self.makes_it(days, runs, place, plan.decide_at):
                fires[order] = plan.decide_at
        tried = set()
        for minute, order in sorted((m, o) for o, m in fires.items() if m != NEVER):
            tried.add(order)
            better = [
                p.fallback
                for o, p in enumerate(day.fallbacks[:order])
                if allowed[o] and o not in tried and p.decide_at > minute
            ]
            if any(self.needs_up(f, minute) for f in better):
                continue
            if self.activate(day, run, order, minute, said):
                return

    def activate(self, day, run, order, minute, said):
        plan, fallback = day.fallbacks[order], day.fallbacks[order].fallback
        if not self.needs_up(fallback, minute):
            said["blocked"][order] = 2
            return False
        state, ready = self.file_state(run, minute), minute + fallback.decision_time
        if state == UNKNOWN:
            stopped = self.stopped(day, run, minute)
            if stopped > ready:
                said["blocked"][order] = 1
            if stopped == NEVER:
                return False
            ready = max(ready, stopped)
        said |= {"used": order, "begun": minute, "exposed": state in (2, 3, 4, 5)}
        if fallback.kind == "interim":
            _, worked = self.set_up(fallback, ready, run.due, -1)
            cases = fallback.cases_per_hour * fallback.staff * worked // 60_000
            said |= {"finished": run.due if ready < run.due else NEVER}
            said |= {"worked": worked, "covered": min(plan.covered, cases)}
        else:
            finished, worked = self.set_up(fallback, ready, self.horizon, fallback.set_up)
            said |= {"finished": finished if finished <= self.horizon else NEVER}
            said |= {"worked": worked, "covered": plan.covered}
        return True

    def stopped(self, day, run, minute):
        stage = stop_stage(self.organisation, day.stream)
        if stage is None:
            return NEVER
        left, until = stage.work * 1000, self.horizon
        if stage.cutoff_days is not None:
            until = min(until, self.instant(run, stage.cutoff_days, stage.cutoff_at))
        receipt = min(
            (run.done[n] for n, s in enumerate(run.stages) if FILE[s.reaches] >= RECEIVED), default=NEVER
        )
        for at in range(max(minute, self.instant(run, stage.opens_days, stage.opens_at)), until):
            level = self.level(stage.element, at)
            if level < stage.least_level or not self.in_hours(stage, at):
                continue
            left -= level
            if left <= 0:
                return at + 1 if at + 1 < receipt else NEVER
        return NEVER

    def foresight(self, day, run):
        best = 0
        for plan in day.fallbacks:
            fallback = plan.fallback
            if not plan.allowed or fallback.kind == "early":
                continue
            begin = max(0, min(plan.decide_at, self.opens(run, 0))) + fallback.decision_time
            if fallback.kind == "interim":
                _, up = self.set_up(fallback, begin, run.due, -1)
                best = max(best, min(plan.covered, fallback.cases_per_hour * fallback.staff * up // 60_000))
            elif self.set_up(fallback, begin, run.due, fallback.set_up)[0] <= run.due:
                best = max(best, plan.covered)
        return best
