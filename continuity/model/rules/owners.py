"""Whose problem it is: the role that answers for a record."""

from __future__ import annotations

from continuity.model.kinds import Contact, Fallback, Need, Procedure, Record, Role, Step, Stream, kind_of
from continuity.model.organisation import Organisation


def owner_of(record: Record | None, organisation: Organisation) -> str | None:
    """Return the id of the role that answers for ``record``, through what it is a part of; None: nobody."""
    match record:
        case None:
            return None
        case Role():
            return record.id
        case Contact() | Procedure() | Step() if record.role is not None:
            return record.role
        case Fallback():
            return record.decider
        case Stream():
            return owner_of(organisation.get(record.function), organisation)
        case Need():
            return owner_of(organisation.get(record.dependent), organisation)
    if parent := kind_of(record).parent:
        return owner_of(organisation.get(getattr(record, parent)), organisation)
    owner: str | None = getattr(record, "owner", None)
    return owner
