"""Which ids and codes a file speaks of: how a written reference finds its record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from continuity.model.fields import FieldType, Spec
from continuity.model.ids import derived_id
from continuity.model.kinds import KINDS, Kind, Record, kind_of
from continuity.model.payload import write_value


@dataclass(slots=True)
class Index:
    """Kinds by id and ids by kind and code, with those of ``wider`` beyond its own."""

    document: str
    kinds: dict[str, str] = field(default_factory=dict)
    codes: dict[tuple[str, str], str] = field(default_factory=dict)
    wider: Index | None = None

    @classmethod
    def of(cls, document: str, records: Iterable[Record]) -> Index:
        """Return the index of ``records``."""
        made = cls(document)
        for record in records:
            made.put(kind_of(record).name, record.id, record.code)
        return made

    def put(self, kind: str, id_: str, code: str) -> None:
        """Note one record."""
        self.kinds[id_] = kind
        self.codes[kind, code] = id_

    def kind(self, id_: str) -> str | None:
        """Return the kind of the record ``id_``, or None where there is none."""
        return self.kinds.get(id_) or (self.wider.kind(id_) if self.wider else None)

    def coded(self, kind: str, code: str) -> str | None:
        """Return the id of the record of ``kind`` with ``code``."""
        return self.codes.get((kind, code)) or (self.wider.coded(kind, code) if self.wider else None)

    def resolve(self, kinds: tuple[str, ...], text: str) -> str | None:
        """Return the id that ``text`` (an id or a code) means among ``kinds``; None if none or several."""
        if self.kind(text) in kinds:
            return text
        found = [id_ for kind in kinds if (id_ := self.coded(kind, text))]
        return found[0] if len(found) == 1 else None

    def derived(self, kind: str, code: str) -> str:
        """Return the id that a record without one gets."""
        return derived_id(self.document, kind, code)

    def name(self, kinds: tuple[str, ...], id_: str, codes: dict[str, str]) -> str:
        """Return the code by which ``id_`` is found among ``kinds``, or the id where none is unambiguous."""
        code = codes.get(id_, id_)
        return code if self.resolve(kinds, code) == id_ else id_


def write_named(spec: Spec, value: Any, index: Index, codes: dict[str, str]) -> Any:
    """Return one field's value as a plain value, references as codes where these are unambiguous."""
    if value is not None and spec.type is FieldType.REF:
        return index.name(spec.kinds, value, codes)
    if spec.type is FieldType.REFS:
        return [index.name(spec.kinds, one, codes) for one in value]
    return write_value(spec, value)


#: Kinds that stand inside another record, by the kind of that record.
PARTS: dict[str, tuple[Kind, ...]] = {
    whole: tuple(k for k in KINDS.values() if k.parent and k.children and k.specs[k.parent].kinds[0] == whole)
    for whole in KINDS
}
