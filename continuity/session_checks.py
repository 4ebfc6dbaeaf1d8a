"""What an edit must be before it is carried out, beyond what the organisation checks."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from continuity.model.edits import Edit, Replace, flat
from continuity.model.kinds import KINDS, Kind, kind_of
from continuity.model.payload import write_value
from continuity.model.problems import Problem, Refused


def today() -> dt.date:
    """Return the planner's own day: what is old and what has run out is judged by it."""
    return dt.date.today()  # noqa: DTZ011 - a day of the calendar on the desk


def check_texts(edit: Edit) -> None:
    """Raise :class:`Refused` where a text holds half a character, which no file can hold."""
    problems = [
        Problem("bad-text", kind=kind.name, id=id_, field=name)
        for kind, id_, name, value in _values(edit)
        if not _storable(kind, name, value)
    ]
    if problems:
        raise Refused(problems)


def _values(edit: Edit) -> Iterator[tuple[Kind, str, str, Any]]:
    for one in flat(edit):
        if isinstance(one, Replace):
            for name, (_, new) in one.changes.items():
                yield KINDS[one.kind], one.id, name, new
        else:
            kind = kind_of(one.record)
            for name in ("code", *kind.specs):
                yield kind, one.record.id, name, getattr(one.record, name)


def _storable(kind: Kind, name: str, value: Any) -> bool:
    if not value or isinstance(value, int | float) or (isinstance(value, str) and value.isascii()):
        return True
    try:
        plain = value if isinstance(value, str) else write_value(kind.specs[name], value)
        json.dumps(plain, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    except (AttributeError, TypeError):
        return True  # of a wrong type altogether, which the organisation tells
    return True
