"""Who refers to whom, and the order in which records are shown."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from continuity.model.edits import Replace, amend
from continuity.model.kinds import Record, kind_of

_NUMBER = re.compile(r"(\d+)")


def code_order(record: Record) -> tuple[tuple[int, str], ...]:
    """Sort key by which R2 comes before R10."""
    return parts_of_code(record.code)


@lru_cache(maxsize=1 << 17)
def parts_of_code(code: str) -> tuple[tuple[int, str], ...]:
    """Return what codes are compared by: figures as numbers, the rest as it stands."""
    parts = _NUMBER.split(code)
    return tuple((int(p), "") if p.isdigit() else (-1, p) for p in parts)


def references(record: Record) -> set[str]:
    """Return the ids that ``record`` refers to."""
    kind = kind_of(record)
    found: set[str] = set()
    for name in kind.reference_fields:
        held = getattr(record, name)
        if isinstance(held, tuple):
            found.update(held)
        elif held:
            found.add(held)
    return found


def forget(record: Record, gone: set[str]) -> Replace:
    """Return the edit by which ``record`` no longer mentions the records ``gone``."""
    kind = kind_of(record)
    values: dict[str, Any] = {}
    for name in kind.reference_fields:
        held = getattr(record, name)
        if isinstance(held, tuple):
            values[name] = tuple(id_ for id_ in held if id_ not in gone)
        elif held in gone:
            values[name] = None
    return amend(record, **values)
