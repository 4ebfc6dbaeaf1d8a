"""Records as plain values: the one payload format of journal, JSON files and measures.

Format 1. A record is an object with its fields by name; its kind stands beside it, since a field may
be called so. Dates are ISO strings, clock times ``"08:00"``, tuples lists, nested values objects
without their defaults. Durations are whole minutes; ``"72 h"`` is read too. A :class:`Reader`
collects every problem with its path instead of stopping at the first.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from continuity.model.durations import format_clock, parse_clock, parse_duration
from continuity.model.fields import FieldType, Spec, specs
from continuity.model.ids import is_id
from continuity.model.kinds import Record, kind_of
from continuity.model.problems import Problem

FORMAT = 1

Plain = dict[str, Any]
#: Turns a reference as written (id or code) into an id; None when there is no such record.
Resolver = Callable[[tuple[str, ...], str], str | None]

_WHOLE = {
    FieldType.MINUTES,
    FieldType.PERMILLE,
    FieldType.SEK,
    FieldType.COUNT,
    FieldType.MILLI,
    FieldType.CLOCK,
}
_LONGEST_TEXT = 100_000
_LONGEST_CODE = 200
_LIMIT_WHOLE = 2**53


# --- writing -----------------------------------------------------------------------------------


def write_record(record: Record) -> Plain:
    """Return all fields of ``record`` as plain values, by name."""
    return {name: write_value(spec, getattr(record, name)) for name, spec in kind_of(record).specs.items()}


def write_value(spec: Spec, value: Any) -> Any:
    """Return one field's value as a plain value."""
    if value is None:
        return None
    match spec.type:
        case FieldType.DATE:
            return value.isoformat()
        case FieldType.CLOCK:
            return format_clock(value)
        case FieldType.VALUE:
            return _write_fields(value, specs(type(value)), sparse=True)
        case FieldType.VALUES:
            return [_write_fields(one, specs(type(one)), sparse=True) for one in value]
        case FieldType.REFS | FieldType.TAGS | FieldType.CHOICES:
            return list(value)
        case _:
            return value


def _write_fields(holder: Any, declared: Mapping[str, Spec], *, sparse: bool) -> Plain:
    plain: Plain = {}
    for name, spec in declared.items():
        value = getattr(holder, name)
        if sparse and value == default_of(type(holder), name):
            continue
        plain[name] = write_value(spec, value)
    return plain


def default_of(of: type, name: str) -> Any:
    """Return the default of field ``name`` of dataclass ``of``."""
    found = next(f for f in dataclasses.fields(of) if f.name == name)
    if found.default_factory is not dataclasses.MISSING:
        return found.default_factory()
    return found.default


# --- reading -----------------------------------------------------------------------------------


@dataclass(slots=True)
class Reader:
    """Reads plain values into records, collecting problems with their places."""

    resolve: Resolver | None = None
    problems: list[Problem] = field(default_factory=list)

    def report(self, code: str, path: str, **facts: object) -> None:
        """Note a problem at ``path``."""
        self.problems.append(Problem(code, path=path, facts=facts))

    def fields(self, of: type, plain: Plain, path: str, *, partial: bool = False) -> dict[str, Any]:
        """Return the typed values of the declared fields of ``of`` that stand in ``plain``."""
        declared = specs(of)
        for name in plain:
            if name not in declared:
                self.report("unknown-field", f"{path}.{name}", known=", ".join(declared))
        values: dict[str, Any] = {}
        for name, spec in declared.items():
            here = f"{path}.{name}"
            if name in plain:
                values[name] = self.value(spec, plain[name], here)
            elif spec.required and not partial:
                self.report("missing-field", here, field=name)
        return values

    def value(self, spec: Spec, raw: Any, path: str) -> Any:
        """Return the typed value of ``raw``; problems are noted and give None."""
        if raw is None:
            if not spec.optional:
                self.report("wrong-type", path, expected=spec.type.value, value="null")
            return None
        read = _READERS.get(spec.type)
        return read(self, spec, raw, path) if read else self._whole(spec, raw, path)

    def _wrong(self, spec: Spec, raw: Any, path: str) -> Any:
        self.report("wrong-type", path, expected=spec.type.value, value=_shown(raw))
        return None

    def _text(self, spec: Spec, raw: Any, path: str) -> Any:
        if not isinstance(raw, str):
            return self._wrong(spec, raw, path)
        if spec.required and not raw.strip():
            self.report("empty", path)
        if len(raw) > _LONGEST_TEXT:
            self.report("too-long", path, limit=_LONGEST_TEXT, length=len(raw))
        return raw

    def _whole(self, spec: Spec, raw: Any, path: str) -> Any:
        number = _from_text(spec, raw) if isinstance(raw, str) else raw
        if isinstance(number, bool) or not isinstance(number, int):
            return self._wrong(spec, raw, path)
        return int(number) if self._in_bounds(spec, number, path) else None

    def _number(self, spec: Spec, raw: Any, path: str) -> Any:
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw):
            return self._wrong(spec, raw, path)
        return float(raw) if self._in_bounds(spec, raw, path) else None

    def _in_bounds(self, spec: Spec, number: float, path: str) -> bool:
        low = spec.low if spec.low is not None else -_LIMIT_WHOLE
        high = spec.high if spec.high is not None else _LIMIT_WHOLE
        if low <= number <= high:
            return True
        self.report("out-of-bounds", path, value=number, low=low, high=high)
        return False

    def _date(self, spec: Spec, raw: Any, path: str) -> dt.date | None:
        try:
            return dt.date.fromisoformat(raw)
        except (TypeError, ValueError):
            self.report("bad-date", path, value=_shown(raw))
            return None

    def _flag(self, spec: Spec, raw: Any, path: str) -> bool | None:
        return raw if isinstance(raw, bool) else self._wrong(spec, raw, path)

    def _choice(self, spec: Spec, raw: Any, path: str) -> str | None:
        known = [code for code, _ in spec.choices]
        if raw in known:
            return str(raw)
        self.report("unknown-choice", path, value=_shown(raw), known=", ".join(known))
        return None

    def _list(self, spec: Spec, raw: Any, path: str, one: Callable[[Spec, Any, str], Any]) -> tuple[Any, ...]:
        if not isinstance(raw, list | tuple):
            self._wrong(spec, raw, path)
            return ()
        found = tuple(one(spec, item, f"{path}[{place}]") for place, item in enumerate(raw))
        if spec.required and not found:
            self.report("empty", path)
        return found

    def _choices(self, spec: Spec, raw: Any, path: str) -> tuple[str, ...]:
        return self._list(spec, raw, path, self._choice)

    def _tags(self, spec: Spec, raw: Any, path: str) -> tuple[str, ...]:
        return self._list(spec, raw, path, self._text)

    def _ref(self, spec: Spec, raw: Any, path: str) -> Any:
        if not isinstance(raw, str):
            return self._wrong(spec, raw, path)
        found = self.resolve(spec.kinds, raw) if self.resolve else raw
        if not found:
            self.report("dangling", path, value=raw, kinds=", ".join(spec.kinds))
        return found

    def _refs(self, spec: Spec, raw: Any, path: str) -> tuple[str, ...]:
        return self._list(spec, raw, path, self._ref)

    def _nested(self, spec: Spec, raw: Any, path: str) -> Any:
        if not isinstance(raw, dict):
            return self._wrong(spec, raw, path)
        before = len(self.problems)
        values = self.fields(spec.value, raw, path)
        return spec.value(**values) if len(self.problems) == before else None

    def _nested_list(self, spec: Spec, raw: Any, path: str) -> tuple[Any, ...]:
        return self._list(spec, raw, path, self._nested)

    def _plain(self, spec: Spec, raw: Any, path: str) -> Plain | None:
        return dict(raw) if isinstance(raw, dict) else self._wrong(spec, raw, path)


_READERS: dict[FieldType, Callable[[Reader, Spec, Any, str], Any]] = {
    FieldType.TEXT: Reader._text,
    FieldType.LONG_TEXT: Reader._text,
    FieldType.NUMBER: Reader._number,
    FieldType.DATE: Reader._date,
    FieldType.FLAG: Reader._flag,
    FieldType.CHOICE: Reader._choice,
    FieldType.CHOICES: Reader._choices,
    FieldType.TAGS: Reader._tags,
    FieldType.REF: Reader._ref,
    FieldType.REFS: Reader._refs,
    FieldType.VALUE: Reader._nested,
    FieldType.VALUES: Reader._nested_list,
    FieldType.PLAIN: Reader._plain,
}


def _from_text(spec: Spec, text: str) -> int | None:
    try:
        match spec.type:
            case FieldType.MINUTES:
                return parse_duration(text)
            case FieldType.CLOCK:
                return parse_clock(text)
    except ValueError:
        pass
    return None


def _shown(raw: object) -> str:
    text = repr(raw)
    return text if len(text) <= 60 else text[:57] + "…"


def check_record(record: Record, names: Collection[str] | None = None) -> list[Problem]:
    """Return the problems of ``record`` on its own: code, types, bounds, required fields.

    Of the fields ``names`` only, where they are given.
    """
    kind = kind_of(record)
    reader = Reader()
    if names is None:
        reader.fields(kind.of, write_record(record), "")
    else:
        changed = {
            name: write_value(spec, getattr(record, name))
            for name, spec in kind.specs.items()
            if name in names
        }
        reader.fields(kind.of, changed, "", partial=True)
    if not record.code.strip() or record.code != record.code.strip() or len(record.code) > _LONGEST_CODE:
        reader.report("bad-code", ".code", value=_shown(record.code))
    if not is_id(record.id):
        reader.report("bad-id", ".id", value=_shown(record.id))
    return [
        dataclasses.replace(p, path="", kind=kind.name, id=record.id, record=record.code, field=p.path[1:])
        for p in reader.problems
    ]
