"""Sentences for problems: one place where the core's codes become words.

Each room keeps its own table (``SENTENCES``: what is wrong, ``MENDS``: how to mend it) in a module
of its name; window and command line ask here.
"""

from __future__ import annotations

import datetime as dt

from continuity.messages import (
    analysis,
    exchange,
    exercise,
    judgement,
    model,
    planning,
    simulation,
    store,
    ui,
)
from continuity.model.fields import Spec
from continuity.model.kinds import KINDS, MARKINGS
from continuity.model.local_time import ZONE
from continuity.model.problems import Problem
from continuity.words import N_, current

_ROOMS = (model, judgement, store, exchange, simulation, analysis, planning, exercise, ui)

SENTENCES: dict[str, str] = {code: text for room in _ROOMS for code, text in room.SENTENCES.items()}
MENDS: dict[str, str] = {code: text for room in _ROOMS for code, text in room.MENDS.items()}

SEVERITIES = {"error": N_("Error"), "warning": N_("Warning"), "hint": N_("Hint")}


def sentence(problem: Problem) -> str:
    """Return what is wrong, in the current language."""
    template = SENTENCES.get(problem.code, problem.code)
    return current()._(template, **_facts(problem))


def mend(problem: Problem) -> str:
    """Return how to mend it, or an empty text where nothing better can be said."""
    template = MENDS.get(problem.code)
    return current()._(template, **_facts(problem)) if template else ""


def place(problem: Problem) -> str:
    """Return where it is: the path in a file, or the record and field in words."""
    if problem.path:
        return problem.path
    words = current()
    parts = [words._(KINDS[problem.kind].label)] if problem.kind in KINDS else []
    if problem.record:
        parts.append(problem.record)
    if spec := _spec(problem):
        parts.append(words._(spec.label))
    return " · ".join(parts)


def field(problem: Problem) -> str:
    """Return what the field of a problem is called, or an empty text."""
    spec = _spec(problem)
    return current()._(spec.label) if spec else ""


def full(problem: Problem) -> str:
    """Return place, sentence and mend in one line."""
    where = place(problem)
    text = " ".join(part for part in (sentence(problem), mend(problem)) if part)
    return f"{where}: {text}" if where else text


def _spec(problem: Problem) -> Spec | None:
    kind = KINDS.get(problem.kind)
    return kind.specs.get(problem.field) if kind else None


def _facts(problem: Problem) -> dict[str, object]:
    words = current()
    kind = words._(KINDS[problem.kind].label) if problem.kind in KINDS else problem.kind
    spec = _spec(problem)
    common = {"kind": kind, "record": problem.record, "path": problem.path}
    return {**common, "field": words._(spec.label) if spec else problem.field, **_shown(problem.facts)}


def _figure(value: object) -> object:
    """Return a broken number as the language writes it, with the decimals that it has."""
    if not isinstance(value, float):
        return value
    decimals = len(repr(value).partition(".")[2]) if value % 1 and "e" not in repr(value) else 0
    return current().number(value, decimals)


def _moment(value: object) -> object:
    """Return an instant as people write it, by the local clock; anything else as it is."""
    try:
        at = dt.datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else None
    except ValueError:
        return value
    return current().datetime(at.astimezone(ZONE)) if at is not None and at.tzinfo else value


def _shown(facts: dict[str, object]) -> dict[str, object]:
    words = current()
    shown = {name: _figure(value) for name, value in facts.items()}
    if "time" in shown:
        shown["time"] = _moment(shown["time"])
    if isinstance(kinds := facts.get("kinds"), str):
        labels = [words._(KINDS[k].label) for k in kinds.split(", ") if k in KINDS]
        shown["kinds"] = " / ".join(labels).lower()
    for name in ("marking", "allowed"):
        if (marking := facts.get(name)) in MARKINGS:
            shown[name] = words._(MARKINGS[str(marking)]).lower()
    return shown
