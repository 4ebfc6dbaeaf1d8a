"""Sheets of cells, as they are read from spreadsheets of any make, and where a cell stands in them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field

#: Told how far a long reading has come (done, of all); raises :class:`ExchangeCancelled` to end it.
Watch = Callable[[int, int], None]


class ExchangeCancelled(Exception):  # noqa: N818 - a wish, not an error
    """Whoever waits for the work wants it no longer."""

    problems: tuple[object, ...] = ()  # as of a refusal: it is nobody's fault


def unwatched(_done: int, _total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that holds no value: the error of a formula, or a formula that was never worked out."""

    text: str


Cell = str | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | CellFault | None
Row = list[Cell]

_ERRORS = re.compile(r"#(DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!)|Err:5\d\d", re.IGNORECASE)


@dataclass(slots=True)
class Sheet:
    """One sheet: its rows from the very first, each as wide as it is."""

    name: str
    rows: list[Row]
    merged: int = 0  # merged ranges whose value was given to all their rows
    faults: int = 0
    hidden: bool = False

    @property
    def width(self) -> int:
        """The number of columns."""
        return max(map(len, self.rows), default=0)

    def place(self, row: int, column: int | None = None) -> str:
        """Return where a cell stands, as spreadsheets say it: ``Sheet!C14``."""
        return f"{self.name}!{letters(column)}{row + 1}" if column is not None else f"{self.name}!{row + 1}"


@dataclass(slots=True)
class Workbook:
    """The sheets of one file, and what there is to know of how it was read."""

    file: str
    sheets: list[Sheet]
    encoding: str = ""  # of a text file
    separator: str = ""
    form: str = "sheet"
    facts: dict[str, str] = field(default_factory=dict)

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet called ``name``."""
        return next((one for one in self.sheets if one.name == name), None)


def letters(column: int) -> str:
    """Return the letters of a column counted from 0: A, B … Z, AA."""
    found, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        found = chr(65 + place) + found
    return found


def column_of(text: str) -> int:
    """Return the column, counted from 0, that ``text`` (such as AB) names."""
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number - 1


def is_blank(cell: Cell) -> bool:
    """Tell whether nothing stands in ``cell``."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def is_error(text: str) -> bool:
    """Tell whether ``text`` is how spreadsheets show a formula that failed."""
    return _ERRORS.fullmatch(text.strip()) is not None
