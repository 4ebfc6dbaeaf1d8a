"""A problem as it stands in the list: with its words, its owner and, where accepted, its waiver."""

from __future__ import annotations

from dataclasses import dataclass

from continuity import messages
from continuity.model.kinds import Waiver
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem
from continuity.model.rules import Checked, owner_of
from ui.shown import name_of

ORDER = ("error", "warning", "hint")


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the list, in the language spoken when it was made."""

    problem: Problem
    sentence: str
    place: str
    advice: str
    owner: str = ""  # id of the role that answers for it
    owner_name: str = ""
    waiver: Waiver | None = None

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells it from the others, also after the next check."""
        return self.problem.code, self.problem.id, self.problem.field, self.sentence


def told(problem: Problem, organisation: Organisation | None = None, waiver: Waiver | None = None) -> Found:
    """Return ``problem`` in words."""
    owner = None
    if organisation is not None:
        owner = organisation.get(owner_of(organisation.get(problem.id), organisation))
    return Found(
        problem,
        messages.sentence(problem),
        messages.place(problem),
        messages.mend(problem),
        owner.id if owner else "",
        name_of(owner),
        waiver,
    )


def told_all(checked: Checked, organisation: Organisation) -> list[Found]:
    """Return everything that a check found, the worst first. Takes a while for ten thousand records."""
    open_ = [told(problem, organisation) for problem in checked.open]
    accepted = [told(problem, organisation, waiver) for problem, waiver in checked.accepted]
    return sorted(open_ + accepted, key=lambda one: ORDER.index(one.problem.severity))
