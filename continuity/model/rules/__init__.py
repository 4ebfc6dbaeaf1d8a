"""Rules: what is missing or contradictory in an organisation, as problems with their records.

Each rule is a generator of problems over the whole organisation; :func:`check` runs them all.
What makes a run impossible is refused by the compiler; here stands what a planner should know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from continuity.model.organisation import Organisation
from continuity.model.problems import Problem
from continuity.model.rules import elements, payments, plans, scenarios

Rule = Callable[[Organisation], Iterator[Problem]]

RULES: tuple[Rule, ...] = (*elements.RULES, *payments.RULES, *scenarios.RULES, *plans.RULES)

_WEIGHT = {"error": 0, "warning": 1, "hint": 2}


def check(organisation: Organisation) -> list[Problem]:
    """Return the problems of ``organisation``, errors first."""
    found = [problem for rule in RULES for problem in rule(organisation)]
    return sorted(found, key=lambda p: (_WEIGHT[p.severity], p.code, p.record))
