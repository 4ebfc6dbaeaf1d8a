"""Rules: what is missing or contradictory in an organisation, as problems with their records.

Each rule is a generator of problems over the whole organisation; :func:`check` runs them all.
What makes a run impossible is refused by the compiler; here stands what a planner should know.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from continuity.model.organisation import Organisation
from continuity.model.problems import Problem
from continuity.model.rules import dated, elements, judgement, payments, plans, scenarios, structure
from continuity.model.rules.mends import Mend, mend_of, mendable, mends_of
from continuity.model.rules.owners import owner_of
from continuity.model.rules.waivers import Checked, Reason, acceptance, can_be_accepted, sorted_out

__all__ = [
    "DATED", "RULES", "Checked", "DatedRule", "Mend", "Reason", "Rule", "acceptance", "can_be_accepted",
    "check", "checked", "mend_of", "mendable", "mends_of", "owner_of",
]  # fmt: skip

Rule = Callable[[Organisation], Iterator[Problem]]
#: A rule that also needs to know what day it is.
DatedRule = Callable[[Organisation, dt.date], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    *elements.RULES,
    *judgement.RULES,
    *structure.RULES,
    *payments.RULES,
    *scenarios.RULES,
    *plans.RULES,
)
DATED: tuple[DatedRule, ...] = (*dated.RULES, *judgement.DATED)

_WEIGHT = {"error": 0, "warning": 1, "hint": 2}


def check(organisation: Organisation, today: dt.date | None = None) -> list[Problem]:
    """Return the problems of ``organisation``, errors first, accepted ones too; without a day, of no day."""
    found = [problem for rule in RULES for problem in rule(organisation)]
    if today is not None:
        found += [problem for rule in DATED for problem in rule(organisation, today)]
    return sorted(found, key=lambda p: (_WEIGHT[p.severity], p.code, p.record))


def checked(organisation: Organisation, today: dt.date) -> Checked:
    """Return the problems of ``organisation`` as of ``today``, accepted ones apart."""
    return sorted_out(check(organisation, today), organisation, today)
