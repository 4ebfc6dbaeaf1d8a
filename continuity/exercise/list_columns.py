"""What the columns of an event list mean: told by their headings, in Swedish, English and by habit."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from continuity.model.kinds import KINDS
from continuity.words import LANGUAGES, N_, words_in

#: What a column may hold, beside the list's own columns. The order is that of our own lists.
LABELS: Final[dict[str, str]] = {
    "code": N_("Code"),
    "at": N_("Time"),
    "date": N_("Day"),
    "name": N_("Title"),
    "channel": N_("Channel"),
    "sender": N_("From"),
    "to": N_("To"),
    "message": N_("Message"),
    "expected": N_("Expected action"),
    "objective": N_("Objective"),
    "difficulty": N_("Difficulty"),
    "evaluation": N_("Note to the evaluator"),
    "hint": N_("Hint if it is not done"),
    "hint_after": N_("Hint after"),
}
#: Without these a row is no inject.
NEEDED: Final = ("at", "name")
#: A heading of the list's own: kept beside the rest, under its name.
OWN: Final = "own"
_LOOKED_AT: Final = 15  # rows among which the headings are looked for
_HABITS: Final[dict[str, tuple[str, ...]]] = {
    "code": ("nr", "nummer", "no", "number", "inspel nr", "inject no", "inject number", "id", "kod", "#"),
    "at": (
        "tid", "tidpunkt", "när", "klockslag", "kl", "relativ tid", "övningstid", "speltid", "time", "when",
        "relative", "relative time", "exercise time", "start", "h-tid", "t-tid",
    ),
    "date": ("dag", "datum", "date", "speldag", "exercise day"),
    "name": ("titel", "rubrik", "händelse", "inspel", "inject", "event", "title", "heading", "benämning"),
    "channel": ("kanal", "medium", "medel", "sätt", "form", "media", "method", "means", "delivery"),
    "sender": ("från", "avsändare", "sender", "spelas av", "motspel", "from"),
    "to": ("till", "mottagare", "recipient", "receiver", "adressat", "to", "övad", "övade"),
    "message": (
        "meddelande", "text", "innehåll", "beskrivning", "inspelstext", "message", "content", "description",
    ),
    "expected": (
        "förväntad åtgärd", "förväntat agerande", "förväntad reaktion", "förväntade åtgärder",
        "expected response", "expected actions", "expected outcome", "åtgärd",
    ),
    "objective": ("mål", "övningsmål", "syfte", "objective", "aim", "delmål"),
    "difficulty": ("svårighet", "svårighetsgrad", "nivå", "level", "difficulty"),
    "evaluation": ("utvärdering", "anteckning till utvärderaren", "evaluation", "utvärderare", "observera"),
    "hint": ("ledtråd", "puff", "hint", "knuff", "om inget händer"),
    "hint_after": ("ledtråd efter", "hint after", "puff efter"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A sheet as text: every cell as it reads. ``cell`` names (row, column) counted from 0."""

    name: str
    rows: tuple[tuple[str, ...], ...]

    @property
    def width(self) -> int:
        """The number of columns."""
        return max(map(len, self.rows), default=0)

    def text(self, row: int, column: int) -> str:
        """Return what stands in a cell, without spaces around it."""
        held = self.rows[row]
        return held[column].strip() if column < len(held) else ""

    def place(self, row: int, column: int) -> str:
        """Return where a cell stands, as spreadsheets say it: ``Sheet!C14``."""
        return f"{self.name}!{_letters(column)}{row + 1}"


@dataclass(frozen=True, slots=True)
class ListMapping:
    """Which column (from 0) holds what: a key of ``LABELS``, or ``OWN``; ``header`` is the headings' row."""

    header: int
    columns: dict[int, str] = field(default_factory=dict)

    def with_column(self, column: int, meaning: str) -> ListMapping:
        """Return the mapping with another meaning of a column (empty: it is left out)."""
        taken = {place: held for place, held in self.columns.items() if held != meaning or held == OWN}
        taken.pop(column, None)
        return replace(self, columns={**taken, **({column: meaning} if meaning else {})})

    def column_of(self, meaning: str) -> int | None:
        """Return the column that holds ``meaning``."""
        return next((place for place, held in sorted(self.columns.items()) if held == meaning), None)


def headings(sheet: ListSheet, header: int) -> list[str]:
    """Return the headings, each in one line."""
    if not 0 <= header < len(sheet.rows):
        return [""] * sheet.width
    return [" ".join(sheet.text(header, place).split()) for place in range(sheet.width)]


def propose(sheet: ListSheet, header: int | None = None) -> ListMapping:
    """Return what the columns of a sheet probably mean; what is not known stays as a column of its own."""
    row = _header(sheet) if header is None else header
    known, columns = _meanings(), dict[int, str]()
    for place, heading in enumerate(headings(sheet, row)):
        meaning = known.get(_folded(heading), "")
        if meaning and meaning not in columns.values():
            columns[place] = meaning
        elif heading and _is_filled(sheet, row, place):
            columns[place] = OWN
    return ListMapping(row, columns)


def _is_filled(sheet: ListSheet, header: int, column: int) -> bool:
    return any(sheet.text(row, column) for row in range(header + 1, len(sheet.rows)))


def _header(sheet: ListSheet) -> int:
    known = _meanings()

    def score(row: int) -> int:
        return len({known.get(_folded(text)) for text in sheet.rows[row]} - {None})

    return max(range(min(_LOOKED_AT, len(sheet.rows))), key=lambda row: (score(row), -row), default=0)


def _meanings() -> dict[str, str]:
    """What each heading means, folded."""
    found = dict[str, str]()
    specs = KINDS["inject"].specs
    for language in LANGUAGES:
        say = words_in(language)._
        for meaning, label in LABELS.items():
            found.setdefault(_folded(say(label)), meaning)
            if meaning in specs:
                found.setdefault(_folded(say(specs[meaning].label)), meaning)
    for meaning, habits in _HABITS.items():
        for word in habits:
            found.setdefault(_folded(word), meaning)
    return found


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("*", " ").replace("_", " ").strip(" :.?").split())


def _letters(column: int) -> str:
    found, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        found = chr(65 + place) + found
    return found
