"""What a block's pay days mean for people and money: on time, late, wrong, exposed, worked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from continuity.model.kinds.payments import IN_NEED
from continuity.simulation.figures import NONE
from continuity.simulation.pay import PayBlock
from continuity.simulation.pay_arrays import NEVER
from continuity.simulation.pay_claims import joined
from continuity.simulation.pay_plan import PayPlan

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PayOutcome:
    """Per pay day (P) or fallback (F) and replication (R)."""

    on_time: Ints  # [P, R] payees who can use their money by the due hour
    ordinary: Flags  # [P, R] the ordinary run made it, without fallback and early release
    settled: Flags  # [P, R] all are paid within the horizon
    person_days: Ints  # [P, R] payees times calendar days late; unpaid ones up to the horizon
    unpaid: Ints  # [P, R] payees late by more than the headline's days
    longest: Ints  # [P, R] calendar days that the last of them waits
    late_days: Ints  # [P, R] thousandths of a day late per payee not on time; NONE: all are on time
    wrong_sek: Ints
    double_sek: Ints
    staff_minutes: Ints
    reconciliation_minutes: Ints
    gap: Ints  # [P, R] payees that perfect foresight would have paid on time and this did not
    fall_used: Flags  # [F, R]
    fall_needless: Flags
    fall_too_late: Flags
    fall_payees: Ints  # [F, R] payees paid on time by it
    undecided: Ints  # [P, R] payees whose claims were not decided in time
    spread: Ints  # [P, days] payees of all replications by days late; the last column: not by the horizon
    missed: Ints  # [reasons, P, R] payees not paid on time, by why


@dataclass(frozen=True, slots=True)
class DayFacts:
    """Facts of the pay days of a plan as columns [P, 1], and of their fallbacks by row."""

    due: Ints
    payees: Ints
    amount: Ints
    ordinal: Ints
    early_covered: Ints  # payees that an early release in force covers; all where there is none
    early: Flags
    in_need: Flags
    own: Flags
    fall_day: Ints  # [F] pay day of each fallback
    fall_place: Ints  # [F] its place in the stream's order
    fall_early: Flags  # [F]
    fall_interim: Flags  # [F]

    @classmethod
    def of(cls, plan: PayPlan) -> DayFacts:
        """Return the facts of ``plan``."""
        days = plan.days
        places = [(n, p, f) for n, day in enumerate(days) for p, f in enumerate(day.fallbacks)]
        return cls(
            due=_column([d.due for d in days]),
            payees=_column([d.payees for d in days]),
            amount=_column([d.stream.amount for d in days]),
            ordinal=_column([d.pay.paid.toordinal() for d in days]),
            early_covered=_column([d.early.covered if d.early else d.payees for d in days]),
            early=_column([d.early is not None for d in days], np.bool_),
            in_need=_column([d.stream.livelihood in IN_NEED for d in days], np.bool_),
            own=_column([d.stream.own for d in days], np.bool_),
            fall_day=np.array([n for n, _, _ in places], np.int64),
            fall_place=np.array([p for _, p, _ in places], np.int64),
            fall_early=np.array([f is days[n].early for n, _, f in places], np.bool_),
            fall_interim=np.array([f.fallback.kind == "interim" for _, _, f in places], np.bool_),
        )


def _column(values: list[Any], kind: Any = np.int64) -> Any:
    return np.array(values, kind).reshape(-1, 1)


def outcome(plan: PayPlan, facts: DayFacts, block: PayBlock, hardship_days: int) -> PayOutcome:
    """Return what ``block`` means; ``hardship_days`` is the headline's number of days unpaid."""
    on_time, person_days, unpaid, longest = (np.zeros_like(block.paid) for _ in range(4))
    settled = np.ones(block.paid.shape, np.bool_)
    spread = np.zeros((len(facts.due), plan.horizon // 1440 + 3), np.int64)
    for people, paid in _groups(plan, facts, block):
        if not people.any():
            continue
        late = days_late(plan, facts, paid)
        add_lateness(spread, np.where(paid <= plan.horizon, late, -1), people)
        on_time += np.where(paid <= facts.due, people, 0)
        person_days += people * late
        unpaid += np.where(late > hardship_days, people, 0)
        longest = np.maximum(longest, np.where(people > 0, late, 0))
        settled &= (people == 0) | (paid <= plan.horizon)
    missed = facts.payees - on_time
    late_days = np.where(missed > 0, person_days * 1000 // np.maximum(missed, 1), NONE)
    taken = covered(facts, block)
    fallbacks = _fallbacks(facts, block, taken)
    return PayOutcome(
        on_time=on_time,
        ordinary=block.plain <= facts.due,
        settled=settled,
        person_days=person_days,
        unpaid=unpaid,
        longest=longest,
        gap=np.maximum(0, np.minimum(block.best, _decided(facts, block)) - on_time),
        late_days=late_days,
        spread=spread,
        undecided=facts.payees - _decided(facts, block),
        missed=_why_missed(facts, block, taken, missed),
        **_costs(plan, facts, block, fallbacks, taken),
        **fallbacks,
    )


def _why_missed(facts: DayFacts, block: PayBlock, taken: Ints, missed: Ints) -> Ints:
    """Return the payees missed by reason: [len(REASONS), P, R]."""
    decided, used = _decided(facts, block), block.used >= 0
    in_time = block.finished <= facts.due
    interim = np.where(in_time, np.maximum(0, taken - decided), 0)
    waits = facts.payees - decided - interim
    rest = missed - waits
    too_late = np.where(used & ~in_time, np.minimum(taken, rest), 0)
    return np.array([np.where(used, 0, rest), np.where(used, rest - too_late, 0), too_late, waits])


def add_lateness(spread: Ints, late: Ints, people: Ints) -> None:
    """Add ``people`` [P, R] by the days that they are late (the last column: -1, never)."""
    width = spread.shape[1]
    place = np.where(late < 0, width - 1, np.minimum(late, width - 2)) + width * np.arange(len(late))[:, None]
    # Sums of people are whole numbers far below 2^53, so floats hold them exactly.
    spread += np.bincount(place.ravel(), people.ravel(), spread.size).astype(np.int64).reshape(spread.shape)


def _groups(plan: PayPlan, facts: DayFacts, block: PayBlock) -> list[tuple[Ints, Ints]]:
    """Split the payees of each pay day into groups paid at the same instant: (people, paid)."""
    decided, taken = _decided(facts, block), covered(facts, block)
    moved = np.minimum(facts.early_covered, decided)
    first = np.minimum(taken, moved)
    groups = [(first, np.minimum(block.paid, block.finished)), (moved - first, block.paid)]
    if facts.early.any() or block.undecided is not None:
        second = np.minimum(taken, decided) - first
        groups += [(second, np.minimum(block.plain, block.finished))]
        groups += [(decided - moved - second, block.plain)]
    if block.undecided is not None:
        groups += _waiting(plan, facts, block, taken)
    return groups


def _decided(facts: DayFacts, block: PayBlock) -> Ints:
    """Return the payees of each pay day whose cases are decided in time."""
    waits = block.undecided
    return facts.payees + np.zeros_like(block.paid) - (waits.waiting[0] if waits else 0)


def covered(facts: DayFacts, block: PayBlock) -> Ints:
    """Return the payees whom the fallback in use pays: only interim decisions reach undecided claims."""
    most = facts.payees
    if block.undecided is not None and len(facts.fall_day):
        place = np.full((len(block.used), int(facts.fall_place.max()) + 1), False)
        place[facts.fall_day, facts.fall_place] = facts.fall_interim
        interim = np.take_along_axis(place, np.maximum(block.used, 0), axis=1) & (block.used >= 0)
        most = np.where(interim, facts.payees, _decided(facts, block))
    return np.minimum(block.covered, most)


def _waiting(plan: PayPlan, facts: DayFacts, block: PayBlock, taken: Ints) -> list[tuple[Ints, Ints]]:
    """Return those not decided in time: first those with an interim decision, then by later pay days."""
    assert block.undecided is not None
    interim = np.maximum(0, taken - _decided(facts, block))
    groups, left = [(interim, block.finished)], interim
    for people, paid in joined(block.undecided.waiting, block.paid, plan.arrays.streams):
        helped = np.minimum(people, left)  # who would have waited least is helped first
        groups.append((people - helped, paid))
        left = left - helped
    return groups


def days_late(plan: PayPlan, facts: DayFacts, paid: Ints) -> Ints:
    """Return the calendar days from each pay day to the day on which it was paid; 0 where on time.

    What is not paid within the horizon counts to the last day of the run.
    """
    within = np.minimum(paid, plan.horizon)
    day = np.searchsorted(plan.arrays.midnights, within - 1, side="right") - 1 + plan.first_day
    return np.where(paid <= facts.due, 0, day - facts.ordinal)


def _fallbacks(facts: DayFacts, block: PayBlock, taken: Ints) -> dict[str, Any]:
    day, place = facts.fall_day, facts.fall_place[:, None]
    early = facts.fall_early[:, None]
    used = (block.used[day] == place) | early
    due = facts.due[day]
    paid = np.where(early, block.paid[day], block.finished[day])
    made = block.plain[day] <= due
    people = np.where(early, np.minimum(facts.early_covered, _decided(facts, block))[day], taken[day])
    return {
        "fall_used": used,
        "fall_needless": used & made,
        "fall_too_late": used & (paid > due),
        "fall_payees": np.where(used & (paid <= due), people, 0),
    }


def _costs(
    plan: PayPlan, facts: DayFacts, block: PayBlock, done: dict[str, Any], taken: Ints
) -> dict[str, Any]:
    names = ("wrong_sek", "double_sek", "staff_minutes", "reconciliation_minutes")
    cost = {name: np.zeros_like(block.paid) for name in names}
    for row, (day, place) in enumerate(zip(facts.fall_day.tolist(), facts.fall_place.tolist(), strict=True)):
        used = done["fall_used"][row]
        if not used.any():
            continue
        one, fallback = plan.days[day], plan.days[day].fallbacks[place].fallback
        early = bool(facts.fall_early[row])
        finished = block.paid[day] if early else block.finished[day]
        given = np.full_like(finished, facts.early_covered[day, 0]) if early else taken[day]
        people = np.where(used & (finished < NEVER), np.minimum(given, one.payees), 0)
        sek = people * one.stream.amount
        cost["wrong_sek"][day] += sek * (fallback.over + fallback.under) // 1000
        cost["double_sek"][day] += np.where(block.exposed[day] & (not early), sek, 0)
        cost["staff_minutes"][day] += np.where(used, fallback.staff_minutes, 0)
        cost["reconciliation_minutes"][day] += people * fallback.wrong_items // 1000 * fallback.reconciliation
    return cost


#: Why payees are missed: the run was late and no fallback was used; the one used does not cover them (new
#: and changed cases are not in the last copy); it paid too late; their claims were not decided in time.
REASONS = ("late", "not_covered", "fallback_late", "undecided")

#: Rows of the headline's figures, in order.
HEADLINE = (
    "in_need_unpaid", "in_need_person_days", "longest_wait", "wrong_sek", "double_sek", "staff_minutes",
    "reconciliation_minutes", "payees", "sek", "sek_late_days", "own_payees", "own_sek", "own_sek_late_days",
    "others_payees", "others_sek", "others_sek_late_days",
)  # fmt: skip


def headline(facts: DayFacts, out: PayOutcome) -> Ints:
    """Return the headline's figures of each replication: [len(HEADLINE), R]."""
    need, own = facts.in_need, facts.own
    everyone = np.ones_like(own)
    rows = [
        (out.unpaid * need).sum(0),
        (out.person_days * need).sum(0),
        (out.longest * need).max(0, initial=0),
        *(getattr(out, name).sum(0) for name in HEADLINE[3:7]),
    ]
    for side in (everyone, own, ~own):
        rows += [
            (out.on_time * side).sum(0),
            (out.on_time * facts.amount * side).sum(0),
            (out.person_days * facts.amount * side).sum(0),
        ]
    return np.array(rows, np.int64)
