"""The blocks of a plan as paragraphs and tables of Word, with the form's own styles where it has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from continuity.planning.blocks import (
    LABELS,
    Blank,
    Block,
    Bullets,
    Callout,
    Document,
    Facts,
    Figure,
    Form,
    Heading,
    Missing,
    PageBreak,
    Paragraph,
    Section,
    Signature,
    Steps,
    Table,
    Tick,
)
from continuity.planning.typeface import text_width
from continuity.planning.widths import fitted
from continuity.planning.writers.word.parts import (
    ACCENT,
    HAIR,
    INK,
    MUTED,
    SIDES,
    WARN,
    Ink,
    Line,
    Look,
    borders,
    cell,
    node,
    paragraph,
    row,
    run,
    table,
)
from continuity.words import Words

_SIGNS: Final = "Segoe UI Symbol"  # has the empty box; other systems take their own
_SMALL, _TABLE = Ink(8.0, colour=MUTED), 8.5
#: Forms have typefaces of their own, mostly wider than ours, by which widths are reckoned.
_WIDER: Final = 1.15
_TIGHT = Look(after=0, before=0)
_THICK: Final[Line] = ("single", 1.0, INK)
_THIN: Final[Line] = ("single", 0.5, HAIR)
#: Lines at the left and around, and the fill, by the kind of a callout: told apart without colour.
_FRAMES: Final[dict[str, tuple[Line, Line | None, str]]] = {
    "decide": (("single", 4.5, ACCENT), ("single", 0.75, ACCENT), ""),
    "warn": (("single", 6.0, INK), ("single", 1.5, INK), "EBEBEB"),
    "stop": (("single", 6.0, INK), ("single", 1.5, INK), "EBEBEB"),
    "halt": (("single", 3.0, INK), ("single", 3.0, INK), ""),
    "note": (("single", 1.5, MUTED), None, ""),
    "left_out": (("single", 1.5, MUTED), None, ""),
    "message": (("single", 1.0, INK), ("single", 1.0, INK), ""),
    "missing": (("dashed", 1.5, INK), ("dashed", 1.5, INK), ""),
}
#: How a picture is drawn: block and width → paragraphs.
Draw = Callable[[Figure, float], list[Any]]


class Body:
    """Sets a document into ``made``; ``room`` is the width of the text, ``styles`` name → id."""

    def __init__(self, words: Words, room: float, size: float, styles: Mapping[str, str], draw: Draw) -> None:
        self.words, self.room, self.size, self.styles, self.draw = words, room, size, styles, draw
        self.made: list[Any] = []
        self._marks = 0

    def set(self, document: Document) -> list[Any]:
        """Return the whole document as paragraphs and tables."""
        if document.meta.facts:
            self._facts(Facts(document.meta.facts))
        if document.meta.warning:
            self._callout("warn", document.meta.warning, ())
        if document.contents:
            self._contents(document)
        for number, section in enumerate(document.sections, 1):
            self._section(section, number)
        return self.made

    def _contents(self, document: Document) -> None:
        self._text(self.words._("Contents"), Ink(self.size * 1.1, bold=True), Look(after=4, with_next=True))
        for number, section in enumerate(document.sections, 1):
            link = node("hyperlink", {"anchor": f"section{number}"}, *run(section.title, Ink(colour=ACCENT)))
            self.made.append(paragraph([link], Look(after=2, left=8)))

    def _section(self, section: Section, number: int) -> None:
        if section.new_page:
            self._page_break()
        name = {"id": 100 + number, "name": f"section{number}"}
        mark = [node("bookmarkStart", name), node("bookmarkEnd", {"id": 100 + number})]
        self._heading(section.title, 1, mark)
        for block in section.blocks:
            self._block(block)

    def _block(self, block: Block) -> None:  # noqa: C901 - one case for each block
        match block:
            case Heading(text, level):
                self._heading(text, level + 1)
            case Paragraph(text, source, small):
                self._text(text, _SMALL if small else Ink(self.size))
                self._source(source)
            case Bullets(items):
                for item in items:
                    self._bullet(item)
            case Steps(items, numbered):
                for number, tick in enumerate(items, 1):
                    self._tick(tick, f"{number}." if numbered else "")
            case Table():
                self._table(block)
            case Facts():
                self._facts(block)
            case Figure():
                self._figure(block)
            case Form(blanks):
                self._form(blanks)
            case Signature(roles):
                for role in roles:
                    self._signature(role)
            case Callout(kind, title, lines, source):
                self._callout(kind, title, lines, source)
            case Missing(what, where):
                at = self.words._("Filled in at: {where}", where=where) if where else ""
                self._callout("missing", what, (at,) if at else ())
            case PageBreak():
                self._page_break()

    # --- text -------------------------------------------------------------------------------------

    def _text(self, text: str, ink: Ink, look: Look = Look()) -> None:  # noqa: B008 - frozen
        self.made.append(paragraph(run(text, ink), look))

    def _heading(self, text: str, level: int, mark: Sequence[Any] = ()) -> None:
        style = self.styles.get(f"Heading {level}", "")
        ink = Ink() if style else Ink(self.size * (1.5 - level * 0.13), bold=True)
        self.made.append(paragraph([*mark, *run(text, ink)], Look(style, with_next=True)))

    def _bullet(self, text: str) -> None:
        if style := self.styles.get("List Bullet"):
            self._text(text, Ink(self.size), Look(style))
        else:
            self._text(f"–\t{text}", Ink(self.size), Look(left=12, hanging=12, tabs=(12,)))

    def _tick(self, tick: Tick, number: str) -> None:
        left = 44.0 if number else 22.0
        runs = [self._box(), *run("\t" + (f"{number}\t" if number else ""), Ink(self.size, bold=True))]
        if tick.title:
            runs += run(tick.title + "\n", Ink(self.size, bold=True))
        runs += run(tick.what, Ink(self.size))
        after = " · ".join(part for part in (tick.who, tick.note) if part)
        if after:
            runs += run("\n" + after, Ink(self.size * 0.86, colour=MUTED))
        stops = (22.0, 44.0) if number else (22.0,)
        self.made.append(paragraph(runs, Look(left=left, hanging=left, tabs=stops, after=5, whole=True)))

    def _box(self) -> Any:
        """A box that can be ticked on the screen and by pen."""
        self._marks += 1
        sign = {"w14:font": _SIGNS}
        states: tuple[tuple[str, dict[str, str], str], ...] = (
            ("checked", {}, "0"), ("checkedState", sign, "2612"), ("uncheckedState", sign, "2610"),
        )  # fmt: skip
        box = node("w14:checkbox", None, *(node(f"w14:{n}", {"w14:val": v, **more}) for n, more, v in states))
        properties = node("sdtPr", None, node("id", {"val": 70000 + self._marks}), box)
        shown = run("☐", Ink(self.size * 1.15, face=_SIGNS))
        return node("sdt", None, properties, node("sdtContent", None, *shown))

    def _source(self, source: str) -> None:
        if source:
            self._text(source, _SMALL, Look(before=2))

    def _page_break(self) -> None:
        self.made.append(paragraph([node("r", None, node("br", {"type": "page"}))], _TIGHT))

    def _space(self, points: float = 6.0) -> None:
        """Distance below a table; two tables without it become one."""
        self.made.append(paragraph([], Look(before=0, after=0, exact=points)))

    # --- tables -----------------------------------------------------------------------------------

    def _table(self, block: Table) -> None:
        if block.caption:
            self._text(block.caption, Ink(), Look(self.styles.get("Caption", ""), with_next=True))
        made = fitted(block, self.room, _TABLE * _WIDER)
        size = made.size / _WIDER
        columns = list(zip(block.columns, made.widths, strict=True))
        style = next((self.styles[n] for n in ("Plan Table", "Table Grid") if n in self.styles), "")
        ruled = None if style else borders("tblBorders", {"bottom": _THIN, "insideH": _THIN})
        head = row(
            (
                cell(w, [self._cell(c.title, c.align, size, bold=True)], low=True,
                     lines=borders("tcBorders", {"top": _THICK, "bottom": _THICK}))
                for c, w in columns
            ),
            head=True,
        )  # fmt: skip
        rows = (
            row(cell(w, [self._cell(t, c.align, size)]) for (c, w), t in zip(columns, values, strict=True))
            for values in block.rows
        )
        name = block.caption or block.columns[0].title
        self.made.append(table(made.widths, [head, *rows], style=style, lines=ruled, name=name))
        self._source(block.source) if block.source else self._space(8)

    def _cell(self, text: str, align: str, size: float, *, bold: bool = False) -> Any:
        return paragraph(run(text, Ink(size, bold)), Look(before=0, after=0, right=align == "right"))

    def _facts(self, block: Facts) -> None:
        if not block.rows:
            return
        size = self.size * 0.95
        widest = max(text_width(label, size * _WIDER) for label, _ in block.rows) + 10
        left = min(max(widest, 70.0), self.room * 0.34)
        rows = (
            row(
                (
                    cell(left, [paragraph(run(label, Ink(size, colour=MUTED)), _TIGHT)]),
                    cell(self.room - left, [paragraph(run(value, Ink(size)), _TIGHT)]),
                )
            )
            for label, value in block.rows
        )
        self.made.append(table((left, self.room - left), rows, padding=(1.5, 0)))
        self._source(block.source) if block.source else self._space(8)

    def _callout(self, kind: str, title: str, lines: tuple[str, ...], source: str = "") -> None:
        left, around, fill = _FRAMES.get(kind, _FRAMES["decide"])
        strong, quiet = kind in ("warn", "stop", "halt"), kind in ("note", "left_out")
        colour = WARN if kind == "missing" else MUTED if quiet else ACCENT
        label = Ink(self.size * 0.85, True, "FFFFFF" if strong else colour, INK if strong else "", caps=True)
        pad = "\u00a0" if strong else ""
        word = self.words._(LABELS[kind])
        inside = [paragraph(run(f"{pad}{word}{pad}", label), Look(before=0, after=3, with_next=True))]
        if title:
            inside.append(paragraph(run(title, Ink(self.size, bold=True)), Look(before=1, after=2)))
        inside += [paragraph(run(line, Ink(self.size)), Look(before=1, after=2)) for line in lines]
        if source:
            inside.append(paragraph(run(source, _SMALL), Look(before=1, after=0)))
        frame: dict[str, Line | None] = dict.fromkeys(SIDES, around)
        frame["left"] = left
        cells = cell(self.room, inside, lines=borders("tcBorders", frame), fill=fill)
        self.made.append(table((self.room,), [row([cells])], padding=(4, 8), name=word))
        self._space(8)

    # --- to fill in by hand -----------------------------------------------------------------------

    def _form(self, blanks: tuple[Blank, ...]) -> None:
        half = self.room / 2
        rows, waiting = [], None
        for blank in blanks:
            if blank.half and waiting is not None:
                rows.append(row([self._blank(waiting, half), self._blank(blank, half)]))
                waiting = None
                continue
            if waiting is not None:
                rows.append(row([self._blank(waiting, half), cell(half, [paragraph([], _TIGHT)])]))
                waiting = None
            if blank.half:
                waiting = blank
            else:
                rows.append(row([self._blank(blank, self.room, 2)]))
        if waiting is not None:
            rows.append(row([self._blank(waiting, half), cell(half, [paragraph([], _TIGHT)])]))
        self.made.append(table((half, half), rows, padding=(2, 6)))
        self._space(8)

    def _blank(self, blank: Blank, width: float, span: int = 1) -> Any:
        lines = [paragraph([], Look(before=0, after=0, rule=0.5, exact=20)) for _ in range(blank.lines)]
        label = paragraph(run(blank.label, _SMALL), Look(before=0, after=0, with_next=True))
        return cell(width, [label, *lines], span=span)

    def _signature(self, role: str) -> None:
        _ = self.words._
        labels = (_("Name"), _("Signature"), _("Date"), _("Hour"))
        gap = 12.0
        each = (self.room - 3 * gap) / 6
        widths: list[float] = []
        cells: list[Any] = []
        for label, parts in zip(labels, (2.2, 2.2, 1.0, 0.6), strict=True):
            if widths:
                widths.append(gap)
                cells.append(cell(gap, [paragraph([], _TIGHT)]))
            widths.append(each * parts)
            over = borders("tcBorders", {"top": ("single", 0.75, INK)})
            cells.append(cell(widths[-1], [paragraph(run(label, _SMALL), _TIGHT)], lines=over))
        self._text(role, Ink(self.size, bold=True), Look(before=10, after=26, with_next=True))
        self.made.append(table(widths, [row(cells)], padding=(1, 0)))
        self._space()

    # --- pictures ---------------------------------------------------------------------------------

    def _figure(self, figure: Figure) -> None:
        self.made += self.draw(figure, self.room)
        self._text(figure.caption, Ink(), Look(self.styles.get("Caption", "")))
        if figure.table:
            self._table(figure.table)
        self._source(figure.source)
