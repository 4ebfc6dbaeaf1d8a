"""Words and figures in the reader's language.

English in the code is the source. Mark each visible sentence whole, with named placeholders:

    _("The document {name} was saved.", name=path.name)
    ngettext("{n} function moved", "{n} functions moved", count)
    LABEL = N_("Recovery time")      # translated later: _(LABEL)

Placeholders are bare names in braces (`{name}`), filled only where values are given. Catalogues lie in
`resources/words/<language>/<domain>.po`; `packaging/words.py` brings them up to date and checks them.
The window and the command line use the functions here, which speak the language of `set_language`;
a plan has a language of its own and uses its own `Words`.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache, lru_cache
from typing import Any, Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import NumberFormatError, format_decimal, parse_decimal
from babel.units import format_unit

from continuity import places
from continuity.model import durations

LANGUAGES = ("sv", "en")
SOURCE_LANGUAGE = "en"
DOMAINS = ("core", "ui", "plans")
ZONE = ZoneInfo("Europe/Stockholm")

_LOCALES = {"sv": "sv_SE", "en": "en_GB"}
_LONG_UNITS = {"d": "duration-day", "h": "duration-hour", "min": "duration-minute"}
_MILLION, _BILLION = 10**6, 10**9
_WIDE = Context(prec=40)
_REMEMBERED = 8192  # numbers: a table shows the same ones again and again

DateForm = Literal["iso", "short", "medium", "long", "full"]
_DATE_PATTERNS: dict[DateForm, str] = {
    "iso": "yyyy-MM-dd",
    "short": "EEE d MMM",
    "medium": "d MMM yyyy",
    "long": "d MMMM yyyy",
    "full": "EEEE d MMMM yyyy",
}

Catalogue = Mapping[tuple[str, str], tuple[str, ...]]


def N_(message: str) -> str:  # noqa: N802
    """Mark a message for translation where it is written, to be translated where it is shown."""
    return message


def NN_(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802
    """Mark a singular and plural pair, to be given to `ngettext` later."""
    return singular, plural


@cache
def load_catalogue(language: str) -> Catalogue:
    """Translations of all domains by (context, message); empty for the source language."""
    if language == SOURCE_LANGUAGE:
        return {}
    from babel.messages.pofile import read_po

    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for domain in DOMAINS:
        path = places.words() / language / f"{domain}.po"
        if not path.exists():
            continue
        with path.open("rb") as file:
            for message in read_po(file, locale=language, ignore_obsolete=True):
                if not message.id or message.fuzzy:
                    continue
                forms = _several(message.string)
                if all(forms):
                    found[message.context or "", _several(message.id)[0]] = forms
    return found


def _several(text: object) -> tuple[str, ...]:
    return tuple(map(str, text)) if isinstance(text, list | tuple) else (str(text or ""),)


@lru_cache(maxsize=_REMEMBERED)
def _number(value: float, decimals: int, locale: Locale) -> str:
    if not math.isfinite(value):
        return "\u2013"
    exact = Decimal(value) if isinstance(value, int) else Decimal(repr(float(value)))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE)
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    text = format_decimal(abs(rounded), format=pattern, locale=locale)
    return f"\u2212{text}" if rounded < 0 else text


class Words:
    """One language: translations and formats. Immutable, safe to share between threads."""

    def __init__(self, language: str, own: Catalogue | None = None) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"unknown language {language!r}; known: {', '.join(LANGUAGES)}")
        self.language = language
        self.locale = Locale.parse(_LOCALES[language])
        self._catalogue = {**load_catalogue(language), **own} if own else load_catalogue(language)

    # Sentences

    def _(self, message: str, /, **values: object) -> str:
        """The message in this language, its placeholders filled if values are given."""
        return self.pgettext("", message, **values)

    def pgettext(self, context: str, message: str, /, **values: object) -> str:
        """As `_`, for a message which means two things: the context says which."""
        text = self._catalogue.get((context, message), (message,))[0]
        return text.format(**values) if values else text

    def ngettext(self, singular: str, plural: str, n: int, /, **values: object) -> str:
        """The form that fits n; `{n}` in it becomes n with this language's grouping."""
        one, many = self._catalogue.get(("", singular), (singular, plural))
        return (one if n == 1 else many).format(n=self.number(n), **values)

    def listing(self, items: Iterable[str]) -> str:
        """`a, b och c`."""
        return format_list(list(items), locale=self.locale)

    def sort_key(self, text: str) -> str:
        """A key which sorts names as this language does: å, ä, ö last in Swedish."""
        folded = text.casefold()
        return folded.translate(_SWEDISH_ORDER if self.language == "sv" else _ENGLISH_ORDER)

    def for_templates(self) -> dict[str, Any]:
        """Names for a Jinja2 environment: `_`, `ngettext`, `pgettext` and every format."""
        names = (
            "_ ngettext pgettext listing number sek percent level "
            "date time datetime clock duration duration_in_words"
        )
        return {name: getattr(self, name) for name in names.split()}

    # Figures

    def number(self, value: float, decimals: int = 0) -> str:
        """`1 250` (a no-break space), `1 250,5`: half up, always as many decimals as asked for."""
        return _number(value, decimals, self.locale)

    def parse_number(self, text: str) -> float:
        """The number of `1 250,5` or `1250`; ValueError if it is none in this language."""
        plain = "".join(text.split()).replace("\u2212", "-")
        try:
            return float(parse_decimal(plain, locale=self.locale, strict=self.language != "sv"))
        except NumberFormatError as error:
            raise ValueError(f"not a number: {text!r}") from error

    def sek(self, amount: float, *, exact: bool = False) -> str:
        """`850 000 kr`, `1,3 mn kr`, `1 250 mn kr`, `24,6 mdr kr`: rounded for reading unless exact."""
        size = abs(amount)
        if exact or size < 999_999.5:
            return unbroken(self._("SEK {amount}", amount=self.number(amount)))
        if size < 9_999.5 * _MILLION:
            decimals = 1 if size < 9.95 * _MILLION and size % _MILLION else 0
            return unbroken(self._("SEK {amount} m", amount=self.number(amount / _MILLION, decimals)))
        decimals = 1 if size < 99.95 * _BILLION and size % _BILLION else 0
        return unbroken(self._("SEK {amount} bn", amount=self.number(amount / _BILLION, decimals)))

    def percent(self, share: float, decimals: int | None = None) -> str:
        """`45 %`; with decimals left out, one near 0 and 100, and never 0 or 100 unless it is so."""
        percents = 100 * share
        if decimals is None:
            if 0 < percents < 0.05:
                return self._("less than {percent}", percent=self.percent(0.001, 1))
            if 99.95 <= percents < 100:
                return self._("more than {percent}", percent=self.percent(0.999, 1))
            near_an_end = 0 < percents < 9.95 or 90 < percents < 100
            decimals = 1 if near_an_end and round(percents, 1) != round(percents) else 0
        return unbroken(self._("{number}%", number=self.number(percents, decimals)))

    def level(self, permille: int) -> str:
        """A level of 0 to 1000 as percent: `43,7 %`, `100 %`."""
        return self.percent(permille / 1000, 1 if permille % 10 else 0)

    # Times

    def date(self, value: dt.date, form: DateForm = "medium") -> str:
        """`iso` 2026-09-25, `short` fre 25 sep., `medium` 25 sep. 2026, `long`, `full` with weekday."""
        day = local(value).date() if isinstance(value, dt.datetime) else value
        return format_date(day, _DATE_PATTERNS[form], locale=self.locale)

    def time(self, value: dt.datetime | dt.time) -> str:
        """`08:00`, in Swedish local time."""
        return f"{local(value) if isinstance(value, dt.datetime) else value:%H:%M}"

    def datetime(self, value: dt.datetime, form: DateForm = "medium") -> str:
        """`25 sep. 2026 08:00`, in Swedish local time."""
        return f"{self.date(value, form)} {self.time(value)}"

    def clock(self, minute_of_day: int) -> str:
        """`08:00`."""
        return durations.format_clock(minute_of_day)

    def duration(self, minutes: float, *, coarse: bool = False) -> str:
        """`4 h`, `3 d`, `1 d 6 h`; coarse leaves two units at most."""
        if not coarse:
            return durations.format_duration(round(minutes))
        size = durations.coarse_minutes(abs(minutes))
        return durations.format_duration(-size if minutes < 0 else size)

    def duration_in_words(self, minutes: int) -> str:
        """`1 dygn och 6 timmar`, for running text and screen readers."""
        parts = durations.split_duration(abs(minutes))
        return self.listing(
            format_unit(count, _LONG_UNITS[unit], locale=self.locale) for count, unit in parts
        )


# The brace stands right after z.
_SWEDISH_ORDER = str.maketrans({"å": "{1", "ä": "{2", "æ": "{2", "ö": "{3", "ø": "{3", "é": "e", "ü": "y"})
_ENGLISH_ORDER = str.maketrans("åäöéü", "aaoeu")


def unbroken(text: str) -> str:
    """The text with no place to break the line."""
    return text.replace(" ", "\u00a0")


def local(value: dt.datetime) -> dt.datetime:
    """The same instant in Swedish local time; a time without zone is taken to be local."""
    return value.replace(tzinfo=ZONE) if value.tzinfo is None else value.astimezone(ZONE)


@cache
def words_in(language: str) -> Words:
    """The one `Words` of a language."""
    return Words(language)


_language = "sv"
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def set_language(language: str) -> None:
    """Change the program's language, in all threads."""
    global _language
    _language = words_in(language).language


@contextmanager
def speaking(language: str) -> Iterator[Words]:
    """Speak another language for a while, in this thread or task only."""
    token = _spoken.set(language)
    try:
        yield words_in(language)
    finally:
        _spoken.reset(token)


def current() -> Words:
    """The words of the language spoken now."""
    return words_in(_spoken.get() or _language)


def _(message: str, /, **values: object) -> str:
    """The message in the language spoken now; see `Words`."""
    return current()._(message, **values)


def pgettext(context: str, message: str, /, **values: object) -> str:
    """As `_`, for a message which means two things."""
    return current().pgettext(context, message, **values)


def ngettext(singular: str, plural: str, n: int, /, **values: object) -> str:
    """The form that fits n, with `{n}` filled, in the language spoken now."""
    return current().ngettext(singular, plural, n, **values)
