"""Edits: changes as data, each knowing its inverse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from continuity.model.kinds import Record, kind_of


@dataclass(frozen=True, slots=True)
class Add:
    """A record comes into being."""

    record: Record

    @property
    def inverse(self) -> Remove:
        """The edit that takes it back."""
        return Remove(self.record)


@dataclass(frozen=True, slots=True)
class Remove:
    """A record ceases to be; it is kept here so that it can come back."""

    record: Record

    @property
    def inverse(self) -> Add:
        """The edit that takes it back."""
        return Add(self.record)


@dataclass(frozen=True, slots=True)
class Replace:
    """Fields of one record change: per field the old and the new value."""

    kind: str
    id: str
    changes: dict[str, tuple[Any, Any]]

    @property
    def inverse(self) -> Replace:
        """The edit that takes it back."""
        return Replace(self.kind, self.id, {name: (new, old) for name, (old, new) in self.changes.items()})


@dataclass(frozen=True, slots=True)
class Group:
    """Several edits that are one step for the user; ``verb`` is the code of its sentence."""

    verb: str
    edits: tuple[Edit, ...]

    @property
    def inverse(self) -> Group:
        """The edit that takes it back."""
        return Group(self.verb, tuple(edit.inverse for edit in reversed(self.edits)))


Edit = Add | Remove | Replace | Group


@dataclass(frozen=True, slots=True)
class Changes:
    """What an edit changed, announced once, and who asked (``origin``)."""

    added: tuple[Record, ...] = ()
    removed: tuple[Record, ...] = ()
    replaced: tuple[Record, ...] = ()
    fields: frozenset[str] = field(default_factory=frozenset)
    origin: str = ""

    def touches(self, *kinds: str) -> bool:
        """Tell whether a record of one of ``kinds`` is among them."""
        every = (*self.added, *self.removed, *self.replaced)
        return any(kind_of(record).name in kinds for record in every)


def amend(record: Record, **values: Any) -> Replace:
    """Return the edit that gives ``record`` the new ``values`` (unchanged ones are left out)."""
    changes = {n: (getattr(record, n), v) for n, v in values.items() if getattr(record, n) != v}
    return Replace(kind_of(record).name, record.id, changes)


def amended(record: Record, edit: Replace) -> Record:
    """Return ``record`` with the new values of ``edit``."""
    return replace(record, **{name: new for name, (_, new) in edit.changes.items()})


def flat(edit: Edit) -> Iterator[Add | Remove | Replace]:
    """Yield the single edits of ``edit`` in order."""
    if isinstance(edit, Group):
        for one in edit.edits:
            yield from flat(one)
    else:
        yield edit


def is_empty(edit: Edit) -> bool:
    """Tell whether ``edit`` changes nothing."""
    return all(isinstance(one, Replace) and not one.changes for one in flat(edit))
