"""The problems of a document on paper and as JSON: the same that the window shows."""

from __future__ import annotations

import sys
from typing import Any

from continuity import messages
from continuity.cli.runs import plain_problem
from continuity.messages.mends import action
from continuity.model.problems import Problem
from continuity.model.rules import Checked, owner_of
from continuity.session import Session
from continuity.words import _, ngettext


def show(found: Checked, session: Session) -> None:
    """Print the open problems, then the accepted ones with their reasons, and count them."""
    for problem in found.open:
        print(f"{_(messages.SEVERITIES[problem.severity])}: {messages.full(problem)}")
    for problem, waiver in found.accepted:
        told = {"problem": messages.sentence(problem), "reason": waiver.reason, "by": waiver.by}
        print(_("Accepted: {problem} – {reason} ({by})", **told))
    errors = count_of_errors(found)
    others = len(found.open) - errors
    said = [ngettext("{n} error", "{n} errors", errors), ngettext("{n} remark", "{n} remarks", others)]
    if found.accepted:
        said.append(ngettext("{n} accepted", "{n} accepted", len(found.accepted)))
    print(", ".join(said), file=sys.stderr)


def count_of_errors(found: Checked) -> int:
    """Return how many of the open problems are errors."""
    return sum(problem.severity == "error" for problem in found.open)


def as_plain(found: Checked, session: Session) -> dict[str, Any]:
    """Return the problems as plain objects; what is accepted stands apart with its reason."""
    return {
        "problems": [_plain(problem, session) for problem in found.open],
        "accepted": [
            {
                **_plain(problem, session),
                "accepted": {
                    "reason": waiver.reason,
                    "by": waiver.by,
                    "on": str(waiver.on) if waiver.on else None,
                    "until": str(waiver.until) if waiver.until else None,
                },
            }
            for problem, waiver in found.accepted
        ],
    }


def _plain(problem: Problem, session: Session) -> dict[str, Any]:
    """Return ``problem`` with the code of its owner and what one click in the window would do."""
    organisation = session.organisation
    owner = organisation.get(owner_of(organisation.get(problem.id), organisation))
    mend = session.mend_of(problem)
    return {
        **plain_problem(problem),
        "owner": owner.code if owner else None,
        "one_click": action(mend) if mend else None,
    }
