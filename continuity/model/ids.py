"""Ids are UUIDs that we make, never the database's and never memory addresses."""

from __future__ import annotations

import uuid

_NAMESPACE = uuid.UUID("6b3a9d1e-6f0e-5f0b-9a44-7f1f3f0c2a11")


def new_id() -> str:
    """Return a fresh random id."""
    return str(uuid.uuid4())


def derived_id(document: str, kind: str, code: str) -> str:
    """Return the id that a record without one gets: the same for the same document, kind, code."""
    return str(uuid.uuid5(_NAMESPACE, f"{document}\x1f{kind}\x1f{code}"))


def is_id(text: object) -> bool:
    """Tell whether ``text`` is a UUID in its canonical form."""
    if not isinstance(text, str) or len(text) != 36:
        return False
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
