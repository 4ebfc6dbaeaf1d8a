"""Cells understood: what people and programs write in a spreadsheet, turned into values of a field."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from continuity.exchange.columns import Say
from continuity.exchange.sheets import Cell, CellFault
from continuity.model.durations import DAY, HOUR, WEEK, parse_clock, parse_duration
from continuity.model.fields import FieldType, Spec
from continuity.model.payload import Reader

#: Units in which a column of bare numbers may be, and what they are in the units of the fields.
UNITS: dict[FieldType, dict[str, float]] = {
    FieldType.MINUTES: {"min": 1, "h": HOUR, "d": DAY, "w": WEEK},
    FieldType.PERMILLE: {"%": 10, "share": 1000, "permille": 1},
    FieldType.SEK: {"sek": 1, "tkr": 1000, "mkr": 1_000_000},
}
#: How a text that is meant to be empty, in place of its default, stands in a file of our own.
EMPTY = '""'
_YES = {"yes", "ja", "y", "j", "x", "1", "true", "sant", "✓", "✔"}
_NO = {"no", "nej", "n", "0", "false", "falskt", "-"}
_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009 "), None)
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})")
_NAMED_DAY = re.compile(r"(\d{1,2})[. ]*([a-zåäö]{3,9})\.?,? *(\d{4})")
_HOURS = re.compile(r"(\d{1,4}):(\d{2})(?::00)?")
_MONTHS = ("jan", "feb", "mar", "apr", "ma", "jun", "jul", "aug", "sep", "o", "nov", "dec")
_EPOCH = dt.date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)  # 1954 to 2119, when a date was left as a number
_GROUPED = re.compile(r"-?\d{1,3}([.,]\d{3})+([.,]\d+)?")


class Unreadable(Exception):  # noqa: N818 - of a cell, told with its place
    """What stands in a cell does not fit its column; the facts make the sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code, self.facts = code, facts
        super().__init__(code)


#: Turns a written reference into an id; raises :class:`Unreadable` where it means none or several.
Resolve = Callable[[Spec, str], str]


@dataclass(slots=True)
class CellReader:
    """Reads cells of one file; ``says`` are the languages in which its words may be."""

    says: tuple[Say, ...]
    resolve: Resolve
    exact: bool = False  # the file is of our own make: spaces in texts are meant
    _choices: dict[tuple[tuple[str, str], ...], dict[str, str]] = field(default_factory=dict)

    def read(self, spec: Spec, cell: Cell, unit: str = "") -> Any:
        """Return the value of ``cell``, which is not blank; raise :class:`Unreadable`."""
        if isinstance(cell, CellFault):
            raise Unreadable("cell-formula", value=cell.text)
        value = _READERS.get(spec.type, CellReader._figure)(self, spec, cell, unit)
        _check_bounds(spec, value)
        return value

    def _text(self, spec: Spec, cell: Cell, unit: str) -> str:
        text = plain_text(cell)
        if not self.exact:
            text = text.strip() if spec.type is FieldType.LONG_TEXT else " ".join(text.split())
        elif spec.type is FieldType.TEXT and text.startswith(EMPTY) and not text.strip('"'):
            text = text[len(EMPTY) :]
        if spec.required and not text.strip():
            raise Unreadable("empty")
        return text

    def _figure(self, spec: Spec, cell: Cell, unit: str) -> int:
        """Return a whole number in the unit of the field."""
        if isinstance(cell, bool | dt.date | dt.time | dt.timedelta):
            raise Unreadable("cell-number", value=plain_text(cell))
        number, written = (cell, "") if isinstance(cell, int | float) else _number_and_unit(str(cell))
        assert number is not None
        factor = UNITS.get(spec.type, {}).get(written or unit, 1.0)
        if spec.type is FieldType.MILLI:
            factor = 1000
        elif spec.type is FieldType.PERMILLE and not written and not unit:
            factor = 1000 if isinstance(cell, float) and abs(number) <= 1 else 10
        found = number * factor
        if abs(found - round(found)) > 1e-6 and spec.type in (FieldType.COUNT, FieldType.SEK):
            raise Unreadable("cell-whole", value=plain_text(cell))
        return round(found)

    def _number(self, spec: Spec, cell: Cell, unit: str) -> float:
        if isinstance(cell, bool | dt.date | dt.time | dt.timedelta):
            raise Unreadable("cell-number", value=plain_text(cell))
        if isinstance(cell, int | float):
            return float(cell)
        number, written = _number_and_unit(str(cell))
        return number / 100 if written == "%" else number

    def _minutes(self, spec: Spec, cell: Cell, unit: str) -> int:
        if isinstance(cell, dt.timedelta):
            return round(cell.total_seconds() / 60)
        if isinstance(cell, dt.time):
            return cell.hour * HOUR + cell.minute
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return self._bare(cell, unit)
        text = plain_text(cell).strip()
        if found := _HOURS.fullmatch(text):
            return int(found[1]) * HOUR + int(found[2])
        try:
            return parse_duration(text)
        except ValueError:
            pass
        try:
            number = parse_number(text)
        except ValueError:
            raise Unreadable("cell-duration", value=shortened(text)) from None
        return self._bare(number, unit)

    def _bare(self, number: float, unit: str) -> int:
        if not unit and number:
            raise Unreadable("cell-no-unit", value=f"{number:g}")
        return round(number * UNITS[FieldType.MINUTES].get(unit, 1))

    def _clock(self, spec: Spec, cell: Cell, unit: str) -> int:
        if isinstance(cell, dt.datetime | dt.time):
            return cell.hour * HOUR + cell.minute
        if isinstance(cell, dt.timedelta):
            return round(cell.total_seconds() / 60)
        if isinstance(cell, float) and 0 < cell < 1:  # a time that was left as a share of the day
            return round(cell * DAY)
        try:
            return parse_clock(plain_text(cell))
        except ValueError:
            raise Unreadable("cell-clock", value=shortened(plain_text(cell))) from None

    def _date(self, spec: Spec, cell: Cell, unit: str) -> dt.date:
        if isinstance(cell, dt.datetime):
            return cell.date()
        if isinstance(cell, dt.date):
            return cell
        if isinstance(cell, int | float) and int(cell) in _SERIALS:
            return _EPOCH + dt.timedelta(days=int(cell))
        return parse_date(plain_text(cell))

    def _flag(self, spec: Spec, cell: Cell, unit: str) -> bool:
        if isinstance(cell, bool):
            return cell
        text = plain_text(cell).strip().casefold()
        if text in _YES:
            return True
        if text in _NO:
            return False
        raise Unreadable("cell-flag", value=shortened(text))

    def _choice(self, spec: Spec, cell: Cell, unit: str) -> str:
        text = plain_text(cell).strip()
        known = self._choices.get(spec.choices)
        if known is None:
            known = {}
            for code, label in reversed(spec.choices):
                known.update(dict.fromkeys((say(label).casefold() for say in self.says), code))
            known.update((code.casefold(), code) for code, _ in spec.choices)
            self._choices[spec.choices] = known
        if (found := known.get(text.casefold())) is not None:
            return found
        shown = ", ".join(self.says[0](label) for _, label in spec.choices)
        raise Unreadable("cell-choice", value=shortened(text), known=shown)

    def _choice_list(self, spec: Spec, cell: Cell, unit: str) -> tuple[str, ...]:
        return tuple(self._choice(spec, part, unit) for part in parts_of(plain_text(cell)))

    def _tags(self, spec: Spec, cell: Cell, unit: str) -> tuple[str, ...]:
        return parts_of(plain_text(cell))

    def _ref(self, spec: Spec, cell: Cell, unit: str) -> str:
        return self.resolve(spec, plain_text(cell))

    def _refs(self, spec: Spec, cell: Cell, unit: str) -> tuple[str, ...]:
        text = plain_text(cell)
        try:
            return (self.resolve(spec, text),)  # one name, though it holds a comma
        except Unreadable:
            pass
        return tuple(dict.fromkeys(self.resolve(spec, part) for part in parts_of(text))) \
            if not self.exact else tuple(self.resolve(spec, part) for part in parts_of(text))  # fmt: skip

    def _json(self, spec: Spec, cell: Cell, unit: str) -> Any:
        """Return what is nested too deep for cells, and stands there as JSON."""
        reader = Reader()
        try:
            value = reader.value(spec, json.loads(plain_text(cell)), "")
        except (ValueError, RecursionError):
            raise Unreadable("cell-json", value=shortened(plain_text(cell))) from None
        if reader.problems:
            raise Unreadable(reader.problems[0].code, **reader.problems[0].facts)
        return value


_READERS: dict[FieldType, Callable[[CellReader, Spec, Cell, str], Any]] = {
    FieldType.TEXT: CellReader._text,
    FieldType.LONG_TEXT: CellReader._text,
    FieldType.NUMBER: CellReader._number,
    FieldType.MINUTES: CellReader._minutes,
    FieldType.CLOCK: CellReader._clock,
    FieldType.DATE: CellReader._date,
    FieldType.FLAG: CellReader._flag,
    FieldType.CHOICE: CellReader._choice,
    FieldType.CHOICES: CellReader._choice_list,
    FieldType.TAGS: CellReader._tags,
    FieldType.REF: CellReader._ref,
    FieldType.REFS: CellReader._refs,
    FieldType.VALUES: CellReader._json,
    FieldType.PLAIN: CellReader._json,
}


def _check_bounds(spec: Spec, value: Any) -> None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        low = -(2**53) if spec.low is None else spec.low
        high = 2**53 if spec.high is None else spec.high
        if not low <= value <= high:
            scale = {FieldType.PERMILLE: 10, FieldType.MILLI: 1000}.get(spec.type, 1)
            facts = {"value": value / scale, "low": low / scale, "high": high / scale}
            raise Unreadable("cell-bounds", **{name: f"{number:g}" for name, number in facts.items()})


def plain_text(cell: Cell) -> str:
    """Return ``cell`` as text: whole numbers without decimals, dates as ISO."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, CellFault):
        return cell.text
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, int | float):
        return str(int(cell)) if cell == int(cell) and abs(cell) < 2**53 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time(0) else cell.isoformat(" ", "minutes")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, dt.time):
        return cell.strftime("%H:%M")
    return "" if cell is None else str(cell)


def shortened(text: str) -> str:
    """Return ``text`` in one line that fits in a sentence."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "…"


def parts_of(text: str) -> tuple[str, ...]:
    """Return the parts of a cell that holds several: ``a; b``, ``a, b``, one a line, ``"a, with comma"``."""
    return tuple(part if quoted else part.strip() for quoted, part in _pieces(text) if quoted or part.strip())


def _pieces(text: str) -> list[tuple[bool, str]]:
    found: list[tuple[bool, str]] = []
    marks = ";\n" if ";" in text or "\n" in text else ","
    place = 0
    while place < len(text):
        if text[place] in " \t\r" + marks:
            place += 1
        elif text[place] == '"' and (end := _closing(text, place, marks)) >= 0:
            found.append((True, text[place + 1 : end].replace('""', '"')))
            place = end + 1
        else:
            end = min((at for mark in marks if (at := text.find(mark, place)) >= 0), default=len(text))
            found.append((False, text[place:end]))
            place = end
    return found


def _closing(text: str, start: int, marks: str) -> int:
    """Return where the quotes that open at ``start`` close before a separator, or -1."""
    place = start + 1
    while (place := text.find('"', place)) >= 0:
        if text[place + 1 : place + 2] == '"':
            place += 2
            continue
        rest = text[place + 1 :].lstrip(" \t\r")
        return place if not rest or rest[0] in marks else -1
    return -1


def joined(parts: tuple[str, ...]) -> str:
    """Return ``parts`` as one text that :func:`parts_of` takes apart again."""
    return "; ".join(_quoted(part) if _unsafe(part) else part for part in parts)


def _unsafe(part: str) -> bool:
    return part != part.strip() or not part or any(mark in part for mark in ';"\n\r\t,')


def _quoted(part: str) -> str:
    return '"' + part.replace('"', '""') + '"'


def parse_number(text: str) -> float:
    """Return the number in ``text``, with comma or point as decimal mark and spaces between thousands."""
    plain = text.translate(_SPACES).replace("−", "-")
    if _GROUPED.fullmatch(plain) and ("," in plain) and ("." in plain):
        thousands = "," if plain.rfind(".") > plain.rfind(",") else "."
        plain = plain.replace(thousands, "")
    plain = plain.replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", plain, re.IGNORECASE):
        raise ValueError(text)
    return float(plain)


_WRITTEN = {
    "%": "%", "‰": "permille", "kr": "sek", "sek": "sek", "tkr": "tkr", "kkr": "tkr", "ksek": "tkr",
    "mkr": "mkr", "mnkr": "mkr", "msek": "mkr", "st": "", "pers": "", "personer": "", "": "",
}  # fmt: skip


def _number_and_unit(text: str) -> tuple[float, str]:
    plain = text.strip()
    found = re.fullmatch(r"(?:(sek|kr)\s*)?(.*?\d[.,]?)\s*([%‰]|[a-zåäö.]+)?", plain, re.IGNORECASE)
    unit = ((found[1] or found[3] or "") if found else "").casefold().rstrip(".")
    if found is None or unit not in _WRITTEN:
        raise Unreadable("cell-number", value=shortened(text))
    try:
        return parse_number(found[2]), _WRITTEN[unit]
    except ValueError:
        raise Unreadable("cell-number", value=shortened(text)) from None


def parse_date(text: str) -> dt.date:
    """Return the date in ``text``; raise :class:`Unreadable` also where day and month are not clear."""
    plain = text.strip().casefold()
    try:
        if found := _ISO_DAY.fullmatch(plain) or _COMPACT_DAY.fullmatch(plain):
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
        if found := _NAMED_DAY.fullmatch(plain):
            month = next((n for n, name in enumerate(_MONTHS, 1) if found[2].startswith(name)), 0)
            return dt.date(int(found[3]), month, int(found[1]))
        if found := _DAY_FIRST.fullmatch(plain):
            day, month = int(found[1]), int(found[2])
            if "/" in plain and day != month and day <= 12 and month <= 12:
                raise Unreadable("cell-date-unclear", value=shortened(text))
            return dt.date(int(found[3]), *((month, day) if month <= 12 else (day, month)))
    except ValueError:
        pass
    raise Unreadable("cell-date", value=shortened(text))
