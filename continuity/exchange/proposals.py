"""What the columns of a strange sheet probably mean: told by headings, by what stands below, by habit."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from continuity import places
from continuity.exchange.cell_words import plain_text
from continuity.exchange.columns import Say, mappable
from continuity.exchange.files import read_text, write_text
from continuity.exchange.mapping import Mapping, Target, remembered
from continuity.exchange.sheets import Row, Sheet, is_blank
from continuity.model.fields import FieldType, Spec
from continuity.model.kinds import KINDS
from continuity.model.problems import Refused

_LOOKED_AT = 15  # rows among which the headings are looked for
_SAMPLE = 50  # rows by which a column's values are judged
_MOST_HABITS = 60
_PARENTHESIS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_UNIT_WORDS = {
    "min": ("min", "minuter", "minutes"),
    "h": ("h", "tim", "timmar", "timme", "hours", "hrs"),
    "d": ("d", "dygn", "dagar", "days"),
    "w": ("v", "veckor", "weeks"),
    "%": ("%", "procent", "per cent", "percent"),
    "permille": ("‰", "promille"),
    "tkr": ("tkr", "kkr", "ksek"),
    "mkr": ("mkr", "mnkr", "msek"),
    "sek": ("kr", "sek", "kronor"),
}
_UNIT_OF = {word: unit for unit, words in _UNIT_WORDS.items() for word in words}

#: Headings that agencies use beside the labels of the fields. By path; for one kind as ``kind:path``.
HABITS: dict[str, tuple[str, ...]] = {
    "code": (
        "kod", "id", "nr", "nummer", "beteckning", "ref", "referens", "objekt-id", "number", "system-id",
    ),
    "name": ("namn", "benämning", "titel", "rubrik", "title", "objekt"),
    "function:name": (
        "funktion", "process", "verksamhet", "kritisk verksamhet", "tjänst", "leverans", "aktivitet",
        "samhällsviktig verksamhet", "kritisk funktion",
    ),
    "resource:name": (
        "system", "systemnamn", "resurs", "it-system", "applikation", "tillgång", "asset", "application",
    ),
    "site:name": ("plats", "kontor", "ort", "lokal", "anläggning", "byggnad", "location"),
    "staff_group:name": ("grupp", "personalgrupp", "team", "yrkesgrupp"),
    "role:name": ("roll", "befattning", "funktionsroll"),
    "owner": (
        "ägare", "systemägare", "processägare", "ansvarig", "förvaltare", "responsible",
        "informationsägare",
    ),
    "deputy": ("ersättare", "ställföreträdare", "backup"),
    "site": ("plats", "ort", "kontor", "anläggning", "lokalisering", "placering", "location"),
    "unit": ("enhet", "avdelning", "department", "organisationsenhet"),
    "mtpd": (
        "mtpd", "mtd", "längsta tolerabla avbrott", "längsta acceptabla avbrottstid",
        "maximal avbrottstid", "max avbrott", "acceptabel avbrottstid", "tolerabel avbrottstid",
        "max tolerable downtime",
    ),
    "rto": ("rto", "återställningstid", "mål för återställning", "recovery time"),
    "achievable_rto": ("rto", "återställningstid", "recovery time", "faktisk återställningstid"),
    "priority": ("prioritet", "prio", "prioritetsklass"),
    "rpo": ("rpo", "tolerabel dataförlust"),
    "wrt": ("wrt",),
    "mbco": ("mbco", "lägsta nivå", "miniminivå"),
    "supplier": ("leverantör", "vendor", "supplier"),
    "contract": ("avtal", "avtalsnummer", "diarienummer"),
    "note": (
        "anmärkning", "kommentar", "notering", "övrigt", "beskrivning", "comment", "comments",
        "description",
    ),
    "headcount": (
        "antal", "antal personer", "antal anställda", "bemanning", "personer", "årsarbetskrafter",
    ),
    "minimum_crew": ("minsta bemanning", "minimibemanning", "lägsta bemanning"),
    "category": ("kategori", "typ", "resurstyp", "type"),
    "needs": (
        "beroenden", "beroende av", "kräver", "behöver", "depends on", "dependencies", "beroende",
        "it-stöd", "systemstöd", "resurser",
    ),
    "municipality": ("kommun",),
    "region": ("region", "län"),
    "phone": ("telefon", "tel", "telefonnummer"),
    "mobile": ("mobil", "mobilnummer"),
    "email": ("e-post", "mejl", "epost", "mail", "email"),
    "last_review": ("senast granskad", "granskad", "reviderad"),
    "placement_checked": ("senast kontrollerad", "kontrollerad"),
    "source": ("källa", "underlag"),
    "vital": ("samhällsviktig", "samhällsviktig verksamhet j/n"),
    "styrel_class": ("styrel", "styrelklass", "styrelprioritet"),
}  # fmt: skip


def headings_of(sheet: Sheet, header: int) -> list[str]:
    """Return the headings in row ``header``, in one line each; blank where there are none."""
    if not 0 <= header < len(sheet.rows):
        return [""] * sheet.width
    held = [" ".join(plain_text(cell).split()) for cell in sheet.rows[header]]
    return held + [""] * (sheet.width - len(held))


def propose(sheet: Sheet, says: tuple[Say, ...], kind: str = "", header: int | None = None) -> Mapping:
    """Return what the columns of ``sheet`` probably mean, as records of ``kind`` where that is given."""
    words = {name: _words(name, says) for name in _kinds()}
    row = _header(sheet, words) if header is None else header
    headings = headings_of(sheet, row)
    if not kind:
        if found := remembered(_memory().get(signature(headings)), sheet.name, row, headings):
            return found
        kind = _kind(sheet, headings, words, says)
    columns: dict[int, Target] = {}
    for place, text in enumerate(headings):
        path = _path(text, words[kind])
        if path and path not in {target.path for target in columns.values()}:
            spec = mappable(kind)[path].spec
            columns[place] = Target(path, unit_of(spec, text, sheet, row, place), make=_makes(spec))
    return Mapping(sheet.name, kind, row, columns)


def _kinds() -> list[str]:
    return [kind.name for kind in KINDS.values() if not kind.parent]


def _makes(spec: Spec) -> bool:
    return spec.type in (FieldType.REF, FieldType.REFS)


def _words(kind: str, says: tuple[Say, ...]) -> dict[str, str]:
    """Return the path that each heading of ``kind`` means."""
    found: dict[str, str] = {}
    columns = mappable(kind)
    for path in columns:
        for word in HABITS.get(path, ()):
            found.setdefault(_folded(word), path)
    for path in columns:
        for word in HABITS.get(f"{kind}:{path}", ()):
            found[_folded(word)] = path
    for path, column in columns.items():
        if not column.spec.hidden:
            found.setdefault(_folded(path), path)
            found.update((_folded(column.label(say)), path) for say in says)
    return found


def _folded(text: str) -> str:
    plain = _PARENTHESIS.sub(" ", text.casefold()).replace("*", " ").strip(" :.?")
    return " ".join(plain.replace(",", " ").replace("_", " ").split())


def _path(heading: str, words: dict[str, str]) -> str:
    if not heading:
        return ""
    folded = _folded(heading)
    if folded in words:
        return words[folded]
    bare = " ".join(word for word in folded.split() if word not in _UNIT_OF and word != "i")
    return words.get(bare, "") or words.get(_folded(" ".join(_PARENTHESIS.findall(heading))), "")


def _header(sheet: Sheet, words: dict[str, dict[str, str]]) -> int:
    every = {word for known in words.values() for word in known}
    rows = sheet.rows[:_LOOKED_AT]

    def score(row: Row) -> float:
        texts = [cell for cell in row if isinstance(cell, str) and not is_blank(cell)]
        known = sum(_folded(text) in every or bool(_path(text, dict.fromkeys(every, "x"))) for text in texts)
        return 3 * known + len({*texts})

    best = max(range(len(rows)), key=lambda place: (score(rows[place]), -place), default=0)
    return best if rows else -1


def _kind(sheet: Sheet, headings: list[str], words: dict[str, dict[str, str]], says: tuple[Say, ...]) -> str:
    name = _folded(sheet.name)

    def score(kind: str) -> float:
        paths = {path for text in headings if (path := _path(text, words[kind]))}
        own = sum(
            f"{kind}:name" in HABITS and _folded(t) in map(_folded, HABITS[f"{kind}:name"]) for t in headings
        )
        called = [_folded(say(label)) for say in says for label in (KINDS[kind].label, KINDS[kind].plural)]
        title = any(
            word and word in name for word in (*called, *map(_folded, HABITS.get(f"{kind}:name", ())))
        )
        return len(paths) + 2 * own + 3 * title + ("name" in paths)

    return max(_kinds(), key=score)


def unit_of(spec: Spec, heading: str, sheet: Sheet, header: int, column: int) -> str:
    """Return the unit in which the bare numbers of a column probably are."""
    from continuity.exchange.cell_words import UNITS

    units = UNITS.get(spec.type)
    if units is None:
        return ""
    words = [*_PARENTHESIS.findall(heading.casefold()), *re.split(r"[\s,()/]+", heading.casefold())]
    if found := next((_UNIT_OF[w.strip()] for w in words if _UNIT_OF.get(w.strip()) in units), ""):
        return found
    if spec.type is FieldType.PERMILLE:
        rows = sheet.rows[header + 1 : header + 1 + _SAMPLE]
        numbers = [c for row in rows if column < len(row) and isinstance(c := row[column], float)]
        return "share" if numbers and max(numbers) <= 1 else "%"
    return "sek" if spec.type is FieldType.SEK else ""


# --- habit --------------------------------------------------------------------------------------


def signature(headings: Iterable[str]) -> str:
    """Return by what a sheet of the same headings is known again, in whatever order they stand."""
    known = sorted({_folded(text) for text in headings if text})
    return hashlib.sha256("\x1f".join(known).encode()).hexdigest()[:24]


def remember(sheet: Sheet, mapping: Mapping) -> None:
    """Keep ``mapping`` for sheets of the same headings, in the settings of who works here."""
    headings = headings_of(sheet, mapping.header)
    held = _memory()
    held.pop(signature(headings), None)
    held[signature(headings)] = mapping.plain(headings)
    newest = dict(list(held.items())[-_MOST_HABITS:])
    write_text(_file(), json.dumps(newest, ensure_ascii=False, indent=1) + "\n")


def _file() -> Path:
    return places.config_dir() / "mappings.json"


def _memory() -> dict[str, Any]:
    try:
        plain = json.loads(read_text(_file()))
    except (Refused, ValueError):
        return {}
    return plain if isinstance(plain, dict) else {}
