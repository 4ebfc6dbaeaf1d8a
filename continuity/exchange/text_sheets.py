"""Text files with separators, in the encodings and with the separators that people's programs write."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from continuity.exchange.files import refusal
from continuity.exchange.sheets import Row, Sheet, Watch, Workbook, unwatched
from continuity.model.problems import Problem, Refused

LARGEST_TEXT = 64 * 1024 * 1024
_LONGEST_CELL = 200_000
_SEPARATORS = (";", "\t", ",", "|")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SAMPLE = 30  # lines by which the separator is told
_STEP = 2_000  # rows between two words to who watches
_PLAIN_CONTROLS = frozenset("\t\n\r\f\x1a")


def read_text_sheet(path: Path, watch: Watch = unwatched) -> Workbook:
    """Return the one sheet of the text file ``path``; raise :class:`Refused` where it is no such text."""
    text, encoding = decoded(path)
    separator, text = _separator(text)
    rows = _rows(path, text, separator, watch)
    return Workbook(str(path), [Sheet(path.stem, rows)], encoding, separator, form="text")


def decoded(path: Path) -> tuple[str, str]:
    """Return the text of ``path`` and its encoding: by its mark, else UTF-8, else Windows-1252."""
    try:
        if (size := path.stat().st_size) > LARGEST_TEXT:
            raise refusal("sheet-too-large", path, size=size, limit=LARGEST_TEXT)
        content = path.read_bytes()
    except OSError as error:
        raise refusal("cannot-read", path, reason=error.strerror or str(error)) from None
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), "")
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252" and _is_junk(text):
            break
        if "\0" not in text:
            return text, encoding
        break
    raise refusal("not-a-text-sheet", path)


def _is_junk(text: str) -> bool:
    """Tell whether too much of ``text`` is control characters for it to have been written by people."""
    sample = text[:100_000]
    controls = sum(letter < " " and letter not in _PLAIN_CONTROLS for letter in sample)
    return controls > len(sample) // 200


def _separator(text: str) -> tuple[str, str]:
    """Return the separator, and the text without the line by which spreadsheets name it."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], rest
    lines = [line for line in _outside_quotes(text[:200_000]).splitlines() if line.strip()][:_SAMPLE]
    counts = {mark: [line.count(mark) for line in lines] for mark in _SEPARATORS}
    best = max(_SEPARATORS, key=lambda mark: (_steady(counts[mark]), -_SEPARATORS.index(mark)))
    return (best if any(counts[best]) else ";"), text


def _steady(counts: list[int]) -> float:
    """Return how much a mark looks like the separator: there in each line, as often in each."""
    if not counts or not counts[0]:
        return 0.0
    same = sum(count == counts[0] for count in counts) / len(counts)
    return same + min(counts[0], 50) / 100


def _outside_quotes(text: str) -> str:
    return "".join(text.split('"')[::2])


def _rows(path: Path, text: str, separator: str, watch: Watch) -> list[Row]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    try:
        for cells in reader:
            rows.append([cell or None for cell in cells])
            if len(rows) % _STEP == 0:
                watch(reader.line_num, max(reader.line_num, text.count("\n", 0, 1)))
    except csv.Error:
        problem = Problem("bad-quoting", facts={"file": str(path), "line": max(1, reader.line_num)})
        raise Refused([problem], path) from None
    return rows
