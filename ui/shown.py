"""Values in words and figures of the reader's language, and typed text back into values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import fields as dataclass_fields
from typing import TYPE_CHECKING, Any

from continuity.model import durations
from continuity.model.fields import FieldType, Spec, specs
from continuity.model.kinds import Record, kind_of
from continuity.model.problems import Problem, Refused
from continuity.words import _, current, ngettext

if TYPE_CHECKING:
    from continuity.model.organisation import Organisation

#: Types whose values are figures: shown right-aligned.
FIGURES = frozenset(
    {
        FieldType.MINUTES,
        FieldType.PERMILLE,
        FieldType.SEK,
        FieldType.COUNT,
        FieldType.MILLI,
        FieldType.NUMBER,
        FieldType.CLOCK,
    }
)
_FIRST_YEAR = 1990
#: Types that are written in one line of text.
TYPED = FIGURES | {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.DATE, FieldType.TAGS}


def name_of(record: Record | None) -> str:
    """Return what people call ``record``: its name, else its code."""
    if record is None:
        return ""
    return str(getattr(record, "name", "") or getattr(record, "what", "") or record.code)


def shown(spec: Spec, value: Any, organisation: Organisation | None = None) -> str:
    """Return ``value`` of a field as it stands in a table or a field; None is empty."""
    if value is None or value == "":
        return ""
    words = current()
    match spec.type:
        case FieldType.MINUTES:
            return words.duration(value)
        case FieldType.PERMILLE:
            return words.level(value)
        case FieldType.SEK:
            return words.sek(value, exact=True)
        case FieldType.COUNT:
            return str(value) if _is_year(spec) else words.number(value)
        case FieldType.MILLI:
            return words.number(value / 1000, _decimals(value, 1000))
        case FieldType.NUMBER:
            return words.number(value, len(repr(float(value)).rpartition(".")[2].rstrip("0")[:6]))
        case FieldType.CLOCK:
            return words.clock(value)
        case FieldType.DATE:
            return words.date(value, "iso")
        case FieldType.FLAG:
            return _("Yes") if value else _("No")
        case _:
            return _shown_word(spec, value, organisation)


def _shown_word(spec: Spec, value: Any, organisation: Organisation | None) -> str:
    match spec.type:
        case FieldType.CHOICE:
            return _(spec.choice_label(value))
        case FieldType.CHOICES:
            return ", ".join(_(spec.choice_label(one)) for one in value)
        case FieldType.TAGS:
            return ", ".join(value)
        case FieldType.REF:
            return name_of(organisation.get(value)) if organisation else str(value)
        case FieldType.REFS:
            return ", ".join(name_of(organisation.get(one)) if organisation else str(one) for one in value)
        case FieldType.VALUE:
            return nested(value, organisation)
        case FieldType.VALUES:
            return "; ".join(nested(one, organisation) for one in value)
        case FieldType.PLAIN:
            return ngettext("{n} value", "{n} values", len(value))
        case _:
            return str(value)


def nested(value: Any, organisation: Organisation | None = None) -> str:
    """Return a nested value in one line: the parts that say something."""
    parts = []
    for field, spec in zip(dataclass_fields(value), specs(type(value)).values(), strict=True):
        part = getattr(value, field.name)
        if part not in (None, "", (), False):
            parts.append(_(spec.label) if part is True else shown(spec, part, organisation))
    return " · ".join(parts)


def _is_year(spec: Spec) -> bool:
    return (spec.low or 0) >= _FIRST_YEAR


def _decimals(value: int, whole: int) -> int:
    rest = value % whole
    return next((n for n in range(4) if rest * 10**n % whole == 0), 3)


def typed(spec: Spec, text: str, organisation: Organisation | None = None) -> Any:
    """Return the value that ``text`` means for a field; :class:`Refused` says what is wrong."""
    plain = text.strip()
    if spec.type in (FieldType.TEXT, FieldType.LONG_TEXT):
        if spec.required and not plain:
            raise _wrong("empty")
        return plain if spec.type is FieldType.TEXT else text.rstrip()
    if not plain:
        return _blank(spec)
    value = _read(spec, plain, organisation)
    _check_bounds(spec, value)
    return value


def _blank(spec: Spec) -> Any:
    if spec.type in (FieldType.TAGS, FieldType.REFS, FieldType.CHOICES, FieldType.VALUES):
        return ()
    if spec.optional and not spec.required:
        return None
    if spec.type is FieldType.FLAG:
        return False
    raise _wrong("empty")


def _read(spec: Spec, text: str, organisation: Organisation | None) -> Any:
    match spec.type:
        case FieldType.MINUTES:
            return _or_wrong(durations.parse_duration, text, "typed-duration")
        case FieldType.CLOCK:
            return _or_wrong(durations.parse_clock, text, "typed-clock")
        case FieldType.DATE:
            return _or_wrong(dt.date.fromisoformat, text, "typed-date")
        case FieldType.PERMILLE:
            return round(10 * _number(text.removesuffix("%")))
        case FieldType.SEK:
            return _whole(text.removeprefix("SEK").removesuffix("kr"))
        case FieldType.COUNT:
            return _whole(text)
        case FieldType.MILLI:
            return round(1000 * _number(text))
        case FieldType.NUMBER:
            return _number(text)
        case FieldType.FLAG:
            return _flag(text)
        case FieldType.TAGS:
            return tuple(dict.fromkeys(_parts(text)))
        case _:
            return _read_word(spec, text, organisation)


def _read_word(spec: Spec, text: str, organisation: Organisation | None) -> Any:
    match spec.type:
        case FieldType.CHOICE:
            return _choice(spec, text)
        case FieldType.CHOICES:
            return tuple(_choice(spec, part) for part in _parts(text))
        case FieldType.REF:
            return _record(spec, text, organisation)
        case FieldType.REFS:
            return tuple(
                _record(spec, part.strip(), organisation) for part in text.split(",") if part.strip()
            )
        case _:
            raise _wrong("typed-never", value=text)


def _parts(text: str) -> list[str]:
    return [stripped for part in text.split(",") if (stripped := part.strip())]


def _or_wrong(read: Any, text: str, code: str) -> Any:
    try:
        return read(text)
    except ValueError:
        raise _wrong(code, value=text) from None


def _number(text: str) -> float:
    found: float = _or_wrong(current().parse_number, text, "typed-number")
    return found


def _whole(text: str) -> int:
    number = _number(text)
    if number != int(number):
        raise _wrong("typed-whole", value=text)
    return int(number)


def _flag(text: str) -> bool:
    folded = text.casefold()
    if folded in {_("Yes").casefold(), "yes", "ja", "1", "true", "x"}:
        return True
    if folded in {_("No").casefold(), "no", "nej", "0", "false"}:
        return False
    raise _wrong("typed-flag", value=text)


def _choice(spec: Spec, text: str) -> str:
    folded = text.casefold()
    for code, label in spec.choices:
        if folded in (code.casefold(), label.casefold(), _(label).casefold()):
            return code
    raise _wrong("typed-choice", value=text, known=", ".join(_(label) for _code, label in spec.choices))


def _record(spec: Spec, text: str, organisation: Organisation | None) -> str:
    if organisation is not None:
        if found := organisation.resolve(spec.kinds, text):
            return found
        named = [r for kind in spec.kinds if (r := organisation.find(kind, text))]
        if len(named) == 1:
            return named[0].id
    raise Refused([Problem("dangling", facts={"value": text, "kinds": ", ".join(spec.kinds)})])


def _check_bounds(spec: Spec, value: Any) -> None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        low, high = spec.low, spec.high
        if low is not None and value < low:
            raise _wrong("typed-low", value=shown(spec, value), low=shown(spec, _fit(value, low)))
        if high is not None and value > high:
            raise _wrong("typed-high", value=shown(spec, value), high=shown(spec, _fit(value, high)))


def _fit(value: float, bound: float) -> float:
    return int(bound) if isinstance(value, int) else bound


def _wrong(code: str, **facts: object) -> Refused:
    return Refused([Problem(code, facts=facts)])


def codes(records: Iterable[Record]) -> str:
    """Return the codes of ``records`` as one text."""
    return ", ".join(record.code for record in records)


def kind_label(record: Record) -> str:
    """Return the word for the kind of ``record``."""
    return _(kind_of(record).label)
