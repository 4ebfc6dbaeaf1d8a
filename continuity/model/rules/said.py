"""How a rule says what it found."""

from __future__ import annotations

from continuity.model.kinds import Record, kind_of
from continuity.model.problems import Problem, Severity


def said(code: str, severity: Severity, record: Record, field: str = "", **facts: object) -> Problem:
    """Return the problem ``code`` of ``record``, named as people know it."""
    name = getattr(record, "name", "")
    shown = f"{record.code} {name}".strip()
    return Problem(code, severity, kind_of(record).name, record.id, shown, field, facts=facts)
