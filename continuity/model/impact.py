"""What the impacts of an outage say: the MTPD they propose, the class of a function, the pre-analysis."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from continuity.model.edits import Edit, Group, amend
from continuity.model.kinds import Function, ImpactScale
from continuity.model.organisation import Organisation
from continuity.model.values import ImpactCell, QuickAnswer

GRADES = (0, 1, 2, 3, 4)
#: What the pre-analysis says: the full analysis is needed, it can be spared, or answers are missing.
Verdict = Literal["full", "spared", "open"]
Places = dict[tuple[str, int], ImpactCell]  # by type and minutes


@dataclass(frozen=True, slots=True)
class Proposal:
    """The longest tolerable outage that the impacts propose, and the types that decide it."""

    minutes: int
    types: tuple[str, ...]  # codes, in the order of the scale


def scale_of(organisation: Organisation) -> ImpactScale | None:
    """Return the impact scale of the document, where it has one."""
    return next(iter(organisation.all(ImpactScale)), None)


def steps_of(scale: ImpactScale) -> tuple[int, ...]:
    """Return the time steps in minutes, shortest first, each once."""
    return tuple(sorted({step.after for step in scale.steps}))


def cells_of(function: Function) -> Places:
    """Return the judged cells of ``function`` by type and time."""
    return {(cell.impact, cell.after): cell for cell in function.impact}


def unjudged(function: Function, scale: ImpactScale) -> int:
    """Return how many cells of the matrix have not been judged."""
    held = cells_of(function)
    return sum((kind.code, after) not in held for kind in scale.types for after in steps_of(scale))


def proposed_mtpd(function: Function, scale: ImpactScale) -> Proposal | None:
    """Return the first step at which any type becomes intolerable; None where none ever does."""
    held = cells_of(function)
    for after in steps_of(scale):
        types = tuple(
            kind.code
            for kind in scale.types
            if (cell := held.get((kind.code, after))) and cell.grade >= scale.intolerable
        )
        if types:
            return Proposal(after, types)
    return None


def falling(function: Function, scale: ImpactScale) -> tuple[str, int] | None:
    """Return the first type and time at which the harm grows less as time goes on, which is rarely meant."""
    held = cells_of(function)
    for kind in scale.types:
        worst = 0
        for after in steps_of(scale):
            cell = held.get((kind.code, after))
            if cell and cell.grade < worst:
                return kind.code, after
            worst = max(worst, cell.grade if cell else 0)
    return None


def class_of(mtpd: int | None, scale: ImpactScale) -> int | None:
    """Return the place of the criticality class of a tolerable outage; None without classes.

    An outage that may last for ever (``None``) belongs to the last class.
    """
    for place, one in enumerate(scale.classes):
        if one.limit is None:
            return place
        if mtpd is not None and (mtpd < one.limit or (one.included and mtpd == one.limit)):
            return place
    return len(scale.classes) - 1 if scale.classes else None


def judged_class(function: Function, scale: ImpactScale) -> int | None:
    """Return the class of ``function`` by its MTPD or the proposed one; None before it can be told."""
    if function.mtpd is not None:
        return class_of(function.mtpd, scale)
    proposal = proposed_mtpd(function, scale)
    if proposal is None and unjudged(function, scale):
        return None
    return class_of(proposal.minutes if proposal else None, scale)


# --- the pre-analysis ------------------------------------------------------------------------------


def answers_of(function: Function) -> dict[str, str]:
    """Return the answers of the pre-analysis by the code of their question."""
    return {answer.code: answer.answer for answer in function.quick}


def verdict(function: Function, scale: ImpactScale) -> Verdict:
    """One yes asks for the full analysis; it is spared only when every question is answered with no."""
    answers = answers_of(function)
    given = [answers.get(question.code, "") for question in scale.questions]
    if "yes" in given:
        return "full"
    return "spared" if given and all(answer == "no" for answer in given) else "open"


def answered(function: Function, question: str, answer: str) -> Edit:
    """Return the edit that answers a question of the pre-analysis; an empty answer takes it away."""
    kept = [one for one in function.quick if one.code != question]
    if answer:
        kept.append(QuickAnswer(code=question, answer=answer))
    return amend(function, quick=tuple(sorted(kept, key=lambda one: one.code)))


# --- judging ---------------------------------------------------------------------------------------


def judged(function: Function, impact: str, after: int, grade: int | None) -> Edit:
    """Return the edit that gives one cell its grade; None takes it away, its words with it."""
    held = cells_of(function)
    if grade is None:
        held.pop((impact, after), None)
    else:
        before = held.get((impact, after), ImpactCell(after=after, impact=impact))
        held[impact, after] = replace(before, grade=grade)
    return amend(function, impact=tuple(held.values()))


def worded(function: Function, impact: str, after: int, words: str) -> Edit:
    """Return the edit that says in words what happens; a cell without grade gets grade 0."""
    held = cells_of(function)
    before = held.get((impact, after), ImpactCell(after=after, impact=impact))
    held[impact, after] = replace(before, words=words)
    return amend(function, impact=tuple(held.values()))


def spread(source: Function, impacts: Iterable[str], targets: Iterable[Function]) -> Group:
    """Return the edit that gives ``targets`` the rows of the types ``impacts`` of ``source``, as one step."""
    wanted = set(impacts)
    taken = tuple(cell for cell in source.impact if cell.impact in wanted)
    edits = []
    for target in targets:
        kept = tuple(cell for cell in target.impact if cell.impact not in wanted)
        edits.append(amend(target, impact=(*kept, *taken)))
    return Group("copy-impacts", tuple(edits))
