"""Analysis and results as plain data: objects, lists, numbers, texts; what ``--json`` writes."""

from __future__ import annotations

from typing import Any

from continuity.simulation.codec import write_plain


def to_plain(value: object) -> Any:
    """Return a result, comparison, structure or findings (or a part) as plain objects that JSON can hold.

    Field names are those of the dataclasses, dates and instants in ISO form, records by id. The form of
    each is told in ``docs/format.md``.
    """
    return write_plain(value)
