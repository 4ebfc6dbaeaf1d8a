"""Problems that somebody has accepted with a reason: set apart from those that are open."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from continuity.model.edits import Add, Edit, Group
from continuity.model.ids import new_id
from continuity.model.kinds import KINDS, Waiver
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem

_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a problem is accepted: in whose words, by whom, until when."""

    reason: str
    by: str = ""
    on: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """The problems of a document: those that are open, and those accepted with their waivers."""

    open: tuple[Problem, ...]
    accepted: tuple[tuple[Problem, Waiver], ...] = ()


def can_be_accepted(problem: Problem) -> bool:
    """Tell whether ``problem`` is one that a planner may accept: of a record, and no contradiction."""
    return bool(problem.id) and problem.severity != "error"


def sorted_out(problems: Iterable[Problem], organisation: Organisation, today: dt.date) -> Checked:
    """Return ``problems`` with the accepted ones apart; a waiver that has run out accepts nothing."""
    held = {
        (waiver.rule, waiver.about, waiver.field): waiver
        for waiver in organisation.all(Waiver)
        if waiver.until is None or waiver.until >= today
    }
    open_, accepted = [], []
    for problem in problems:
        waiver = held.get(_key(problem)) if can_be_accepted(problem) else None
        if waiver is None:
            open_.append(problem)
        else:
            accepted.append((problem, waiver))
    return Checked(tuple(open_), tuple(accepted))


def acceptance(problems: Iterable[tuple[Problem, str]], why: Reason, organisation: Organisation) -> Edit:
    """Return the edit that accepts problems, each given with its sentence, for one reason."""
    codes = _free_codes(organisation)
    said = {_key(problem): sentence for problem, sentence in problems if can_be_accepted(problem)}
    waivers = [
        Waiver(
            id=new_id(),
            code=next(codes),
            name=sentence,
            about=about,
            rule=rule,
            field=field,
            reason=why.reason,
            by=why.by,
            on=why.on,
            until=why.until,
        )
        for (rule, about, field), sentence in said.items()
    ]
    return Group("accept", tuple(Add(waiver) for waiver in waivers))


def _key(problem: Problem) -> _Key:
    return problem.code, problem.id, problem.field


def _free_codes(organisation: Organisation) -> Iterator[str]:
    prefix = KINDS["waiver"].prefix
    taken = {waiver.code for waiver in organisation.all(Waiver)}
    return (code for n in itertools.count(1) if (code := f"{prefix}{n}") not in taken)
