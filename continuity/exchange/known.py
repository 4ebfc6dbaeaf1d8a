"""Which records a file and the document know of, by id, code, label and name: how a cell finds its record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from continuity.exchange.cell_words import Unreadable, shortened
from continuity.model.fields import Spec
from continuity.model.kinds import KINDS, Record, kind_of
from continuity.model.organisation import Organisation

_JOINT = " · "
_LONGEST = 60


def label_of(code: str, name: str) -> str:
    """Return how a record stands in a list to choose from: its code and its name."""
    name = " ".join(name.split())
    name = name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
    return f"{code}{_JOINT}{name}" if name and name != code else code


@dataclass(slots=True)
class Known:
    """Ids by kind and code, label or name. The file's own words go before the document's."""

    codes: dict[tuple[str, str], str] = field(default_factory=dict)
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    names: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, records: Iterable[Record]) -> Known:
        """Return what is known of ``records``."""
        made = cls()
        for record in records:
            made.put(kind_of(record).name, record.id, record.code, str(getattr(record, "name", "")))
        return made

    def put(self, kind: str, id_: str, code: str, name: str) -> None:
        """Note one record, in place of what was known of it."""
        self.kinds[id_] = kind
        self.codes[kind, code] = id_
        self.labels[kind, label_of(code, name)] = id_
        folded = " ".join(name.casefold().split())
        held = self.names.setdefault((kind, folded), []) if folded else []
        if id_ not in held:
            held.append(id_)

    def named(self, kind: str, name: str) -> list[str]:
        """Return the ids of the records of ``kind`` that are called ``name``."""
        return self.names.get((kind, " ".join(name.casefold().split())), [])

    def resolve(self, spec: Spec, text: str) -> str:
        """Return the id that ``text`` means; raise :class:`Unreadable` where it means none or several."""
        if self.kinds.get(text) in spec.kinds:
            return text
        text = text if any((kind, text) in self.codes for kind in spec.kinds) else text.strip()
        for held in (self.codes, self.labels):
            found = {id_ for kind in spec.kinds if (id_ := held.get((kind, text)))}
            if len(found) == 1:
                return found.pop()
            if found:
                raise Unreadable("cell-ambiguous", value=shortened(text))
        called = {id_ for kind in spec.kinds for id_ in self.named(kind, text)}
        if len(called) == 1:
            return called.pop()
        if called:
            raise Unreadable("cell-ambiguous", value=shortened(text))
        code = text.partition(_JOINT)[0]
        found = {id_ for kind in spec.kinds if (id_ := self.codes.get((kind, code)))}
        if _JOINT in text and len(found) == 1:
            return found.pop()
        raise Unreadable("dangling", value=shortened(text), kinds=", ".join(spec.kinds))

    def text(self, spec: Spec, id_: str, organisation: Organisation) -> str:
        """Return how ``id_`` is written so that :meth:`resolve` finds it: label, else code, else id."""
        record = organisation.get(id_)
        if record is None:
            return id_
        for text in (label_of(record.code, str(getattr(record, "name", ""))), record.code):
            try:
                if text == text.strip() and self.resolve(spec, text) == id_:
                    return text
            except Unreadable:
                continue
        return id_


def free_codes(organisation: Organisation, taken: dict[tuple[str, str], str]) -> Any:
    """Return a function that gives the next free code of a kind."""
    counters: dict[str, int] = {}

    def next_code(kind: str) -> str:
        prefix = KINDS[kind].prefix
        number = counters.get(kind, organisation.count(kind)) + 1
        while (kind, f"{prefix}{number}") in taken:
            number += 1
        counters[kind] = number
        return f"{prefix}{number}"

    return next_code
