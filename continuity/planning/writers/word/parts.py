"""Small parts of a Word document: runs, paragraphs, cells, tables. Lengths are points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from docx.oxml.ns import qn
from docx.oxml.parser import oxml_parser

from continuity.planning.blocks import plain
from continuity.planning.palette import LIGHT

INK, MUTED, HAIR = (LIGHT[name].lstrip("#") for name in ("ink", "muted", "line"))
ACCENT, WARN = (LIGHT[name].lstrip("#") for name in ("accent", "warn"))
SIDES: Final = ("top", "left", "bottom", "right")
Line = tuple[str, float, str]  # kind, width in points, colour
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
#: Order in which the schema wants the properties of a paragraph.
_ORDER: Final = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "pBdr", "tabs", "spacing", "ind", "jc", "rPr",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ink:
    """How a run looks; 0 and empty leave it to the form."""

    size: float = 0.0
    bold: bool = False
    colour: str = ""
    fill: str = ""
    caps: bool = False
    face: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph stands; None leaves it to the form."""

    style: str = ""
    before: float | None = None
    after: float | None = None
    left: float = 0.0
    hanging: float = 0.0
    tabs: tuple[float, ...] = ()
    right: bool = False
    with_next: bool = False
    whole: bool = False
    rule: float = 0.0  # line below, in points: for writing on
    exact: float = 0.0  # height of the line


def node(tag: str, values: dict[str, Any] | None = None, *inside: Any) -> Any:
    """Return the element ``tag`` of the namespace *w* unless it names its own."""
    made = oxml_parser.makeelement(_full(tag))
    if values:
        for name, value in values.items():
            made.set(_full(name), str(value))
    if inside:
        made.extend(inside)
    return made


@lru_cache(maxsize=256)
def _full(name: str) -> str:
    return qn(name if ":" in name else f"w:{name}")


def run(text: str, ink: Ink = Ink()) -> list[Any]:
    """Return ``text`` as a run; line breaks in it are kept."""
    made = node("r")
    properties = _ink(ink)
    if len(properties):
        made.append(properties)
    for number, line in enumerate(plain(text).split("\n")):
        if number:
            made.append(node("br"))
        for place, piece in enumerate(line.split("\t")):
            if place:
                made.append(node("tab"))
            held = node("t")
            held.text = piece
            held.set(_SPACE, "preserve")
            made.append(held)
    return [made]


def _ink(ink: Ink) -> Any:
    made = node("rPr")
    if ink.face:
        made.append(
            node("rFonts", {"ascii": ink.face, "hAnsi": ink.face, "eastAsia": ink.face, "cs": ink.face})
        )
    if ink.bold:
        made.append(node("b"))
    if ink.caps:
        made.append(node("caps"))
    if ink.colour:
        made.append(node("color", {"val": ink.colour}))
    if ink.size:
        made.append(node("sz", {"val": round(ink.size * 2)}))
    if ink.fill:
        made.append(node("shd", {"val": "clear", "color": "auto", "fill": ink.fill}))
    return made


def paragraph(runs: Iterable[Any], look: Look = Look()) -> Any:
    """Return a paragraph of ``runs``."""
    made = node("p")
    held = dict(_look(look))
    if held:
        made.append(node("pPr", None, *(held[name] for name in _ORDER if name in held)))
    for one in runs:
        made.append(one)
    return made


def _look(look: Look) -> Iterable[tuple[str, Any]]:
    if look.style:
        yield "pStyle", node("pStyle", {"val": look.style})
    if look.with_next:
        yield "keepNext", node("keepNext")
    if look.whole:
        yield "keepLines", node("keepLines")
    if look.rule:
        line = {"val": "single", "sz": round(look.rule * 8), "space": 0, "color": INK}
        yield "pBdr", node("pBdr", None, node("bottom", line), node("between", line))
    if look.tabs:
        yield "tabs", node("tabs", None, *(node("tab", {"val": "left", "pos": twips(t)}) for t in look.tabs))
    spacing: dict[str, Any] = {
        name: twips(v) for name, v in (("before", look.before), ("after", look.after)) if v is not None
    }
    if look.exact:
        spacing |= {"line": twips(look.exact), "lineRule": "exact"}
    if spacing:
        yield "spacing", node("spacing", spacing)
    if look.left or look.hanging:
        yield "ind", node("ind", {"left": twips(look.left), "hanging": twips(look.hanging)})
    if look.right:
        yield "jc", node("jc", {"val": "right"})


def borders(tag: str, lines: dict[str, Line | None]) -> Any:
    """Return the borders of a table or cell; None is no line."""
    made = node(tag)
    for side in (*SIDES, "insideH", "insideV"):
        if side in lines:
            line = lines[side]
            kind, width, colour = line or ("nil", 0, "auto")
            made.append(node(side, {"val": kind, "sz": round(width * 8), "space": 0, "color": colour}))
    return made


def cell(
    width: float,
    inside: Sequence[Any],
    *,
    span: int = 1,
    lines: Any = None,
    fill: str = "",
    low: bool = False,
) -> Any:
    """Return a cell with paragraphs ``inside``."""
    properties = node("tcPr", None, node("tcW", {"w": twips(width), "type": "dxa"}))
    if span > 1:
        properties.append(node("gridSpan", {"val": span}))
    if lines is not None:
        properties.append(lines)
    if fill:
        properties.append(node("shd", {"val": "clear", "color": "auto", "fill": fill}))
    if low:
        properties.append(node("vAlign", {"val": "bottom"}))
    return node("tc", None, properties, *inside)


def row(cells: Iterable[Any], *, head: bool = False, height: float = 0.0) -> Any:
    """Return a row that is not broken over pages; a ``head`` is repeated on each."""
    properties = node("trPr", None, node("cantSplit"))
    if height:
        properties.append(node("trHeight", {"val": twips(height), "hRule": "atLeast"}))
    if head:
        properties.append(node("tblHeader"))
    return node("tr", None, properties, *cells)


def table(
    widths: Sequence[float],
    rows: Iterable[Any],
    *,
    style: str = "",
    lines: Any = None,
    padding: tuple[float, float] = (2.0, 4.0),
    name: str = "",
) -> Any:
    """Return a table of fixed ``widths``; ``padding`` is above and below, left and right."""
    properties = node("tblPr")
    if style:
        properties.append(node("tblStyle", {"val": style}))
    properties.append(node("tblW", {"w": twips(sum(widths)), "type": "dxa"}))
    if lines is not None:
        properties.append(lines)
    properties.append(node("tblLayout", {"type": "fixed"}))
    high, wide = (twips(one) for one in padding)
    margins = {"top": high, "left": wide, "bottom": high, "right": wide}
    properties.append(
        node("tblCellMar", None, *(node(side, {"w": w, "type": "dxa"}) for side, w in margins.items()))
    )
    properties.append(node("tblLook", {"val": "0020", "firstRow": 1, "noHBand": 1, "noVBand": 1}))
    if name:
        properties.append(node("tblCaption", {"val": plain(name)[:200]}))
    grid = node("tblGrid", None, *(node("gridCol", {"w": twips(w)}) for w in widths))
    return node("tbl", None, properties, grid, *rows)


def twips(points: float) -> int:
    """Twentieths of a point."""
    return round(points * 20)
