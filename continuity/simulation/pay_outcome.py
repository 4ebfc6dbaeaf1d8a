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
        )


def _column(values: list[Any], kind: Any = np.int64) -> Any:
    return np.array(values, kind).reshape(-1, 1)


def outcome(plan: PayPlan, facts: DayFacts, block: PayBlock, hardship_days: int) -> PayOutcome:
    """Return what ``block`` means; ``hardship_days`` is the headline's number of days unpaid."""
    on_time, person_days, unpaid, longest = (np.zeros_like(block.paid) for _ in range(4))
    settled = np.ones(block.paid.shape, np.bool_)
    for people, paid in _groups(facts, block):
        late = days_late(plan, facts, paid)
        on_time += np.where(paid <= facts.due, people, 0)
        person_days += people * late
        unpaid += np.where(late > hardship_days, people, 0)
        longest = np.maximum(longest, np.where(people > 0, late, 0))
        settled &= (people == 0) | (paid <= plan.horizon)
    missed = facts.payees - on_time
    late_days = np.where(missed > 0, person_days * 1000 // np.maximum(missed, 1), NONE)
    fallbacks = _fallbacks(facts, block)
    return PayOutcome(
        on_time=on_time,
        ordinary=block.plain <= facts.due,
        settled=settled,
        person_days=person_days,
        unpaid=unpaid,
        longest=longest,
        gap=np.maximum(0, np.minimum(block.best, facts.payees) - on_time),
        late_days=late_days,
        **_costs(plan, facts, block, fallbacks),
        **fallbacks,
    )


def _groups(facts: DayFacts, block: PayBlock) -> list[tuple[Ints, Ints]]:
    """Split the payees of each pay day into groups paid at the same instant: (people, paid)."""
    moved, covered = facts.early_covered, np.minimum(block.covered, facts.payees)
    first = np.minimum(covered, moved)
    groups = [(first, np.minimum(block.paid, block.finished)), (moved - first, block.paid)]
    if facts.early.any():
        second = covered - first
        groups += [(second, np.minimum(block.plain, block.finished))]
        groups += [(facts.payees - moved - second, block.plain)]
    return groups


def days_late(plan: PayPlan, facts: DayFacts, paid: Ints) -> Ints:
    """Return the calendar days from each pay day to the day on which it was paid; 0 where on time.

    What is not paid within the horizon counts to the last day of the run.
    """
    within = np.minimum(paid, plan.horizon)
    day = np.searchsorted(plan.arrays.midnights, within - 1, side="right") - 1 + plan.first_day
    return np.where(paid <= facts.due, 0, day - facts.ordinal)


def _fallbacks(facts: DayFacts, block: PayBlock) -> dict[str, Any]:
    day, place = facts.fall_day, facts.fall_place[:, None]
    early = facts.fall_early[:, None]
    used = (block.used[day] == place) | early
    due = facts.due[day]
    paid = np.where(early, block.paid[day], block.finished[day])
    made = block.plain[day] <= due
    covered = np.where(early, facts.early_covered[day], block.covered[day])
    return {
        "fall_used": used,
        "fall_needless": used & made,
        "fall_too_late": used & (paid > due),
        "fall_payees": np.where(used & (paid <= due), covered, 0),
    }


def _costs(plan: PayPlan, facts: DayFacts, block: PayBlock, done: dict[str, Any]) -> dict[str, Any]:
    names = ("wrong_sek", "double_sek", "staff_minutes", "reconciliation_minutes")
    cost = {name: np.zeros_like(block.paid) for name in names}
    for row, (day, place) in enumerate(zip(facts.fall_day.tolist(), facts.fall_place.tolist(), strict=True)):
        used = done["fall_used"][row]
        if not used.any():
            continue
        one, fallback = plan.days[day], plan.days[day].fallbacks[place].fallback
        early = bool(facts.fall_early[row])
        finished = block.paid[day] if early else block.finished[day]
        covered = np.full_like(finished, facts.early_covered[day, 0]) if early else block.covered[day]
        people = np.where(used & (finished < NEVER), np.minimum(covered, one.payees), 0)
        sek = people * one.stream.amount
        cost["wrong_sek"][day] += sek * (fallback.over + fallback.under) // 1000
        cost["double_sek"][day] += np.where(block.exposed[day] & (not early), sek, 0)
        cost["staff_minutes"][day] += np.where(used, fallback.staff_minutes, 0)
        cost["reconciliation_minutes"][day] += people * fallback.wrong_items // 1000 * fallback.reconciliation
    return cost


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
