"""How wide the columns of a table are on paper: long words whole, the rest shared by need and wish."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from continuity.planning.blocks import Table
from continuity.planning.breaking import paper_text
from continuity.planning.typeface import text_width

#: Left and right inside a cell, in points.
CELL_PADDING: Final = 8.0
_WIDEST_WORD: Final = 12.5  # times the size of type: longer ones, such as addresses, are broken
_DENSE, _CLOSER = 0.88, 0.86


@dataclass(frozen=True, slots=True)
class Fitted:
    """A table in the text of paper, its size of type and the width of each column, in points."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    size: float
    widths: tuple[float, ...]


def fitted(table: Table, room: float, size: float) -> Fitted:
    """Return ``table`` fitted to ``room``; dense and crowded ones take a smaller type than ``size``."""
    titles = tuple(paper_text(c.title) for c in table.columns)
    rows = tuple(tuple(paper_text(cell) for cell in row) for row in table.rows)
    size = size * (_DENSE if table.dense else 1)
    if sum(_widest_word(i, titles, rows, size) for i in range(len(titles))) > room:
        size *= _CLOSER
    return Fitted(titles, rows, size, tuple(_widths(table, titles, rows, size, room)))


def _widths(
    table: Table, titles: tuple[str, ...], rows: tuple[tuple[str, ...], ...], size: float, room: float
) -> list[float]:
    """Widths that hold each column's longest word and share the rest by need and weight."""
    least = [_widest_word(i, titles, rows, size) for i in range(len(titles))]
    if sum(least) >= room:
        return _squeezed(least, room)
    if not any(cell.strip() for row in rows for cell in row[1:]):
        return _by_weight([c.weight for c in table.columns], least, room)
    wish = [
        max(_widest_line(i, titles if column.align == "left" else None, rows, size), low) * column.weight
        for i, (column, low) in enumerate(zip(table.columns, least, strict=True))
    ]
    more = [max(w - low, 0.0) for w, low in zip(wish, least, strict=True)]
    spare = room - sum(least)
    if not sum(more):
        return [low * room / sum(least) for low in least]
    share = spare / sum(more)
    return [low + m * share for low, m in zip(least, more, strict=True)]


def _by_weight(weights: list[float], least: list[float], room: float) -> list[float]:
    """Widths of a form that is filled in by hand: shared by weight, headings whole."""
    spare = max(room - sum(least), 0.0)
    return [low + spare * weight / sum(weights) for weight, low in zip(weights, least, strict=True)]


def _squeezed(least: list[float], room: float) -> list[float]:
    """Give narrow columns what they ask for; the others share what is left equally."""
    widths = [0.0] * len(least)
    left = room
    for rank, place in enumerate(sorted(range(len(least)), key=lambda i: least[i])):
        widths[place] = min(least[place], left / (len(least) - rank))
        left -= widths[place]
    return widths


def _widest_word(
    place: int, titles: tuple[str, ...], rows: tuple[tuple[str, ...], ...], size: float
) -> float:
    words = {w for row in rows for w in row[place].replace("\u00a0", "_").split()}
    widest = max((text_width(w, size) for w in words), default=0.0)
    head = max((text_width(w, size, bold=True) for w in titles[place].split()), default=0.0)
    return min(max(widest, head), _WIDEST_WORD * size) * 1.02 + CELL_PADDING + 0.5


def _widest_line(
    place: int, titles: tuple[str, ...] | None, rows: tuple[tuple[str, ...], ...], size: float
) -> float:
    """The widest line of a column; headings of figures (no ``titles``) may wrap."""
    lines = {line for row in rows for line in row[place].split("\n")}
    widest = max((text_width(line, size) for line in lines), default=0.0)
    head = text_width(titles[place], size, bold=True) if titles else widest + size
    return min(max(widest, head), 900.0) + CELL_PADDING
