"""What a plan consists of: frozen blocks of plain text, which every writer turns into its own form.

Text is plain text always: no markup is read in it, whatever a user has typed. Lengths of columns are
relative; times and figures are already in the reader's language. A block that shows figures from a
run names it in ``source``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from continuity.words import N_

Align = Literal["left", "right"]
CalloutKind = Literal["decide", "warn", "note", "stop", "halt", "left_out", "message"]
Size = Literal["normal", "large"]

#: A cell with room to write in by hand.
WRITING: Final = "\u00a0\n\u00a0"

#: The word above a callout, by its kind; ``missing`` stands above a :class:`Missing`.
LABELS: Final[dict[str, str]] = {
    "decide": N_("Decide"),
    "warn": N_("Warning"),
    "note": N_("Note"),
    "stop": N_("Stop when"),
    "halt": N_("Stop!"),
    "left_out": N_("Left out"),
    "message": N_("Message"),
    "missing": N_("Missing"),
}

_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")


def plain(text: str) -> str:
    """Return ``text`` without characters that no file may hold or that turn its direction."""
    return _NOT_TEXT.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section; level 1 stands right below the section's own."""

    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; line breaks in it are kept."""

    text: str
    source: str = ""
    small: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """Items without order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """One thing to do: what, who does it, remarks such as time and form; a title stands above in bold."""

    what: str
    who: str = ""
    note: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Steps:
    """Tick boxes, numbered where order matters."""

    items: tuple[Tick, ...]
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; ``weight`` is its wish for room."""

    title: str
    align: Align = "left"
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header row. Each row has as many cells as there are columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    source: str = ""
    dense: bool = False  # smaller type on paper, so that many rows stay on one page

    def __post_init__(self) -> None:
        if not self.columns or not all(c.title for c in self.columns):
            raise ValueError("a table needs a header row")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(
                f"a row of {self.caption or self.columns[0].title!r} has a wrong number of cells"
            )


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and their values."""

    rows: tuple[tuple[str, str], ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as SVG, the same said in words, and the numbers behind it."""

    svg: str
    alternative: str
    caption: str
    table: Table | None = None
    source: str = ""
    page: Literal["", "a4", "a3"] = ""  # a page of its own, lying, of that paper

    def __post_init__(self) -> None:
        if not self.alternative.strip():
            raise ValueError("a picture needs its text alternative")


@dataclass(frozen=True, slots=True)
class Blank:
    """One line of a form: a label and room for so many lines of writing."""

    label: str
    lines: int = 1
    half: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """Lines to fill in by hand."""

    blanks: tuple[Blank, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Lines for name, signature, date and time of each role."""

    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """Something that must be seen: a decision, a warning, a stop, a note, what was left out."""

    kind: CalloutKind
    title: str
    lines: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """A mark where something is not filled in yet, and where it is filled in, in words and exactly."""

    what: str
    where: str
    kind: str = ""
    record: str = ""  # id
    field: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page on paper."""


Block = (
    Heading | Paragraph | Bullets | Steps | Table | Facts | Figure | Form | Signature | Callout | Missing
    | PageBreak
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a document; never empty. ``whole``: short, and not broken over pages."""

    title: str
    blocks: tuple[Block, ...]
    new_page: bool = False
    whole: bool = False

    def __post_init__(self) -> None:
        if not any(not isinstance(b, PageBreak | Heading) for b in self.blocks):
            raise ValueError(f"the section {self.title!r} is empty")
        level = 0
        for block in self.blocks:
            if isinstance(block, Heading):
                if block.level > level + 1:
                    raise ValueError(f"a heading is skipped before {block.text!r}")
                level = block.level


@dataclass(frozen=True, slots=True)
class Meta:
    """Who, which version, from what: stands on each page or at the front."""

    agency: str
    version: str
    generated: str  # date and time in words
    model: str  # fingerprint of the organisation, short
    run: str = ""  # what run the figures are from, one line; empty without a run
    marking: str = ""  # stands on each page; empty without marking
    warning: str = ""  # stands below the title: such as a model that has moved on
    facts: tuple[tuple[str, str], ...] = ()  # owner, approved by, valid until …
    copy: str = ""  # which numbered copy this is: stands on each page; empty for none


@dataclass(frozen=True, slots=True)
class Document:
    """One plan: pure data, made from organisation, results and words."""

    code: str
    title: str
    subtitle: str
    language: str
    meta: Meta
    sections: tuple[Section, ...]
    size: Size = "normal"
    contents: bool = False  # a list of contents in front
    landscape: bool = False
    one_page: bool = False  # paper takes a smaller type rather than a second page
    keywords: tuple[str, ...] = field(default=())

    def blocks(self) -> Iterator[Block]:
        """Every block in order."""
        for section in self.sections:
            yield from section.blocks
