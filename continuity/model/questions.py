"""The question list: what each owner should be asked, because it is missing, guessed, old or not signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from continuity.model.evidence import figures_of
from continuity.model.impact import scale_of, unjudged, verdict
from continuity.model.kinds import (
    Evidenced,
    Function,
    ImpactScale,
    Need,
    Resource,
    Role,
    StaffGroup,
)
from continuity.model.organisation import Organisation
from continuity.model.references import code_order
from continuity.model.rules.owners import owner_of
from continuity.model.signing import signed
from continuity.model.staffing import CHECK_DAYS

#: missing: nothing is said; impact: cells not judged; quick: pre-analysis open; guess: rests on a guess or on
#: nothing; old: not looked at for a year; unsigned, changed: the owner's sign-off.
Why = Literal["missing", "impact", "quick", "guess", "old", "unsigned", "changed"]
_ORDER = ("quick", "impact", "missing", "guess", "old", "changed", "unsigned")
_WANTED: dict[type, tuple[str, ...]] = {
    Function: ("mtpd", "rto", "rpo", "wrt", "achievable_rto"),
    Resource: ("achievable_rto",),
    StaffGroup: ("minimum_crew", "endurance", "placement_checked"),
}
_ASKED = (Function, Resource, StaffGroup, Need)


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask the owner of ``record``; ``count`` tells how many cells or answers are missing."""

    owner: str | None  # id of a role; None: nobody answers for the record
    record: Evidenced
    fields: tuple[str, ...]  # none where it is about the whole record
    why: Why
    count: int = 0


def questions(organisation: Organisation, today: dt.date) -> tuple[Question, ...]:
    """Return every question, by owner, then by record, the weightiest first."""
    scale = scale_of(organisation)
    found = []
    for kind in _ASKED:
        for record in organisation.all(kind):
            if not getattr(record, "in_use", True):
                continue
            owner = owner_of(record, organisation)
            found += [
                Question(owner, record, fields, why, count)
                for fields, why, count in _of_record(organisation, record, scale, today)
            ]
    return tuple(sorted(found, key=lambda q: _place(organisation, q)))


def _place(organisation: Organisation, question: Question) -> tuple[object, ...]:
    role = organisation.of(Role, question.owner)
    kinds = [kind.__name__ for kind in _ASKED]
    return (
        role is None,
        code_order(role) if role else (),
        kinds.index(type(question.record).__name__),
        code_order(question.record),
        _ORDER.index(question.why),
    )


_Found = tuple[tuple[str, ...], Why, int]


def _of_record(
    organisation: Organisation, record: Evidenced, scale: ImpactScale | None, today: dt.date
) -> Iterator[_Found]:
    if isinstance(record, Function):
        yield from _of_function(organisation, record, scale)
    if missing := tuple(_missing(record)):
        yield missing, "missing", len(missing)
    held = figures_of(record)
    guessed = tuple(figure.field for figure in held if figure.evidence.weak)
    old = [figure.field for figure in held if not figure.evidence.weak and figure.evidence.old(today)]
    if isinstance(record, StaffGroup) and _checked_long_ago(record, today):
        old.append("placement_checked")
    if guessed:
        yield guessed, "guess", len(guessed)
    if old:
        yield tuple(old), "old", len(old)


def _missing(record: Evidenced) -> Iterator[str]:
    for field in _WANTED.get(type(record), ()):
        held = getattr(record, field)
        if held is None or (field == "minimum_crew" and not held):
            yield field


def _checked_long_ago(group: StaffGroup, today: dt.date) -> bool:
    return group.placement_checked is not None and (today - group.placement_checked).days > CHECK_DAYS


def _of_function(
    organisation: Organisation, function: Function, scale: ImpactScale | None
) -> Iterator[_Found]:
    if scale is not None:
        if verdict(function, scale) == "open":
            given = {answer.code for answer in function.quick if answer.answer != "unknown"}
            yield ("quick",), "quick", sum(q.code not in given for q in scale.questions)
        if verdict(function, scale) != "spared" and (missing := unjudged(function, scale)):
            yield ("impact",), "impact", missing
    state = signed(organisation, function)
    if state != "signed":
        yield (), "changed" if state == "stale" else "unsigned", 0
