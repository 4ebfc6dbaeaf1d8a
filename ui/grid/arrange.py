"""In which order rows stand and which of them are seen: several sort keys, conditions per column, words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from continuity.model.fields import FieldType, Spec
from continuity.model.kinds import Record
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused
from continuity.words import N_
from ui.grid.keys import is_blank, sort_key
from ui.shown import FIGURES, shown, typed

#: Kinds of field whose words the filter line looks at; figures are found by conditions.
SEARCHED = frozenset(
    {
        FieldType.TEXT,
        FieldType.LONG_TEXT,
        FieldType.CHOICE,
        FieldType.CHOICES,
        FieldType.REF,
        FieldType.REFS,
        FieldType.TAGS,
    }
)
#: Conditions on a column, and what they are called.
HOWS: dict[str, str] = {
    "holds": N_("holds"),
    "lacks": N_("does not hold"),
    "is": N_("is"),
    "least": N_("is at least"),
    "most": N_("is at most"),
    "blank": N_("is blank"),
    "filled": N_("is filled in"),
}
#: Conditions that compare with nothing.
ALONE = frozenset({"blank", "filled"})
_ORDERED = FIGURES | {FieldType.DATE}


def hows_of(spec: Spec) -> list[str]:
    """Return the conditions that make sense for a field, the likeliest first."""
    if spec.type in _ORDERED:
        return ["least", "most", "is", "blank", "filled"]
    if spec.type in (FieldType.FLAG, FieldType.CHOICE):
        return ["is", "lacks", "blank", "filled"] if spec.type is FieldType.CHOICE else ["is"]
    return ["holds", "lacks", "is", "blank", "filled"]


@dataclass(frozen=True, slots=True)
class Condition:
    """What a column must say for a row to be seen."""

    how: str
    text: str = ""

    def test(self, spec: Spec, organisation: Organisation | None) -> Callable[[Any], bool]:
        """Return the test of a value; raise :class:`Refused` where ``text`` is no value of the field."""
        match self.how:
            case "blank":
                return lambda value: is_blank(spec, value)
            case "filled":
                return lambda value: not is_blank(spec, value)
            case "least" | "most":
                bound, least = typed(spec, self.text, organisation), self.how == "least"
                return lambda value: value is not None and (value >= bound if least else value <= bound)
            case _:
                return self._words(spec, organisation)

    def _words(self, spec: Spec, organisation: Organisation | None) -> Callable[[Any], bool]:
        wanted = self.text.strip().casefold()
        if self.how == "is":
            same = _same(spec, self.text, organisation)
            return lambda v: (
                shown(spec, v, organisation).casefold() == wanted or (same is not None and same(v))
            )
        words, lacks = wanted.split(), self.how == "lacks"

        def holds(value: Any) -> bool:
            text = shown(spec, value, organisation).casefold()
            return all(word in text for word in words) != lacks

        return holds


def _same(spec: Spec, text: str, organisation: Organisation | None) -> Callable[[Any], bool] | None:
    try:
        value = typed(spec, text, organisation)
    except Refused:
        return None
    return lambda other: bool(other == value)


@dataclass(slots=True)
class Arrangement:
    """Sort keys (column, descending), conditions by column, and words that a row must hold."""

    columns: dict[str, Spec]
    organisation: Organisation | None = None
    order: tuple[tuple[str, bool], ...] = ()
    conditions: dict[str, Condition] = field(default_factory=dict)
    words: str = ""
    _texts: dict[str, tuple[Record, str]] = field(default_factory=dict)
    _keys: dict[str, dict[str, tuple[Record, Any]]] = field(default_factory=dict)

    def forget(self) -> None:
        """Read words and sort keys anew: another language, or other names."""
        self._texts.clear()
        self._keys.clear()

    @property
    def narrows(self) -> bool:
        """Whether rows may be left out."""
        return bool(self.conditions or self.words.strip())

    def sorted_by(self, name: str, descending: bool, *, further: bool) -> None:
        """Sort by a column; as a ``further`` key after those there are, or as the only one."""
        others = tuple(pair for pair in self.order if pair[0] != name)
        if further and len(others) < len(self.order):
            self.order = tuple((one, descending if one == name else way) for one, way in self.order)
        else:
            self.order = (*others, (name, descending)) if further else ((name, descending),)

    def steps(self, rows: Sequence[Record], done: Callable[[list[Record]], None]) -> Iterator[None]:
        """Choose and sort ``rows`` in small steps, then hand them to ``done``."""
        tests = {
            name: condition.test(self.columns[name], self.organisation)
            for name, condition in self.conditions.items()
        }
        words = self.words.casefold().split()
        kept: list[Record] = []
        for record in rows:
            if self._passes(record, tests, words):
                kept.append(record)
            yield
        for name, descending in reversed(self.order):
            keys = {}
            for record in kept:
                keys[record.id] = self._key(record, name)
                yield
            kept = _sorted(kept, keys, descending)
        done(kept)

    def _passes(self, record: Record, tests: dict[str, Callable[[Any], bool]], words: Sequence[str]) -> bool:
        if words:
            text = self._text(record)
            if not all(word in text for word in words):
                return False
        return all(test(getattr(record, name)) for name, test in tests.items())

    def _text(self, record: Record) -> str:
        held = self._texts.get(record.id)
        if held is None or held[0] is not record:
            cells = (
                shown(spec, getattr(record, name), self.organisation)
                for name, spec in self.columns.items()
                if spec.type in SEARCHED
            )
            held = self._texts[record.id] = (record, "\n".join(cells).casefold())
        return held[1]

    def _key(self, record: Record, name: str) -> Any:
        column = self._keys.setdefault(name, {})
        held = column.get(record.id)
        if held is None or held[0] is not record:
            spec, value = self.columns[name], getattr(record, name)
            key = None if is_blank(spec, value) else sort_key(spec, value, self.organisation)
            held = column[record.id] = (record, key)
        return held[1]


def _sorted(rows: list[Record], keys: dict[str, Any], descending: bool) -> list[Record]:
    """Return ``rows`` sorted, those without a key last whichever way."""
    filled = [record for record in rows if keys[record.id] is not None]
    filled.sort(key=lambda record: keys[record.id], reverse=descending)
    return filled + [record for record in rows if keys[record.id] is None]
