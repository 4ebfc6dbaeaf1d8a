"""An organisation as one plain object: sparse, sorted, parts nested in what they are part of."""

from __future__ import annotations

from functools import cache
from typing import Any

from continuity.exchange.changes import write_changes
from continuity.exchange.index import PARTS, Index, write_named
from continuity.model.kinds import KINDS, Kind, Measure, Record, kind_of
from continuity.model.organisation import Organisation
from continuity.model.payload import FORMAT, Plain, default_of

KIND = "uthallig-organisation"


def write_plain(organisation: Organisation, language: str | None = None) -> Plain:
    """Return ``organisation`` as the object that ``reading.read_plain`` turns into the same again."""
    writer = _Writer(organisation)
    head: Plain = {"format": FORMAT, "kind": KIND, "document": organisation.document}
    if language:
        head["language"] = language
    records = {
        kind.name: [writer.record(record) for record in found]
        for kind in KINDS.values()
        if not kind.parent and (found := organisation.of_kind(kind.name))
    }
    return {**head, "records": records}


class _Writer:
    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.index = Index.of(organisation.document, organisation)
        self.codes = {record.id: record.code for record in organisation}

    def record(self, record: Record) -> Plain:
        plain = self._head(record, default_code=None)
        plain.update(self._fields(record))
        for part in PARTS[kind_of(record).name]:
            if parts := self.organisation.parts(record.id, part.of):
                plain[str(part.children)] = [
                    self._part(record, one, part, place) for place, one in enumerate(parts)
                ]
        return plain

    def _part(self, parent: Record, record: Record, kind: Kind, place: int) -> Plain:
        plain = self._head(record, default_code=part_code(parent.code, place))
        fields = self._fields(record)
        del fields[str(kind.parent)]
        fields.pop("position", None)
        if record.position != place:  # type: ignore[attr-defined]
            plain["position"] = record.position  # type: ignore[attr-defined]
        return plain | fields

    def _head(self, record: Record, default_code: str | None) -> Plain:
        plain: Plain = {}
        if record.id != self.index.derived(kind_of(record).name, record.code):
            plain["id"] = record.id
        if record.code != default_code:
            plain["code"] = record.code
        return plain

    def _fields(self, record: Record) -> Plain:
        plain: Plain = {}
        for name, spec in kind_of(record).specs.items():
            value = getattr(record, name)
            if value == _defaults(kind_of(record).name)[name]:
                continue
            if isinstance(record, Measure) and name == "changes":
                plain[name] = write_changes(record, self.index, self.codes)
            else:
                plain[name] = write_named(spec, value, self.index, self.codes)
        return plain


def part_code(parent: str, place: int) -> str:
    """Return the code of a part that is written without one: the parent's and its number from 1."""
    return f"{parent}/{place + 1}"


@cache
def _defaults(kind: str) -> dict[str, Any]:
    return {name: default_of(KINDS[kind].of, name) for name in KINDS[kind].specs}
