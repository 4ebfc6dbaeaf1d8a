"""Plans as PDF by Typst: PDF/A-3a and PDF/UA-1 in one file, own fonts, the same bytes for the same plan."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from itertools import pairwise
from typing import Any, Final, Literal

import typst

from continuity import places
from continuity.planning.blocks import (
    LABELS,
    Block,
    Callout,
    Document,
    Facts,
    Figure,
    Missing,
    Section,
    Table,
    plain,
)
from continuity.planning.breaking import broken, paper_text
from continuity.planning.own_words import plan_words
from continuity.planning.palette import LIGHT
from continuity.planning.typeface import shown, text_width
from continuity.planning.widths import CELL_PADDING, fitted
from continuity.words import Words

STANDARDS: Final = ("a-3a", "ua-1")
_MM: Final = 72 / 25.4
_PORTRAIT, _LANDSCAPE, _POCKET = 170 * _MM, 257 * _MM, 91 * _MM
#: Room for a picture on a page of its own: width and height.
_OWN_PAGE: Final = {"a4": (269 * _MM, 145 * _MM), "a3": (392 * _MM, 230 * _MM)}
_PAGES: Final = re.compile(rb"/Type/Pages/Count (\d+)")
#: Sizes of body text in points; a document of one page takes the first that fits.
_SIZES: Final = {"normal": (10.5, 9.5, 9.0), "large": (13.0, 12.0, 11.0, 10.0, 9.0, 8.5)}
#: On a card for the pocket: large, the least for a front alone, then smaller where a back is not enough.
_POCKET_SIZES: Final = (9.5, 8.5, 9.0, 8.0, 7.5, 7.0)
_FRONT_AND_BACK: Final = 2
Paper = Literal["a4", "a6"]
_VIEW_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def write_pdf(document: Document, generated: dt.datetime, paper: Paper = "a4") -> bytes:
    """Return ``document`` as PDF; ``generated`` is the only time that stands in the file.

    A document of one page takes the largest type with which it is one. A card in A6 has a back where its
    front is too small for a type that can be read.
    """
    if paper == "a6":
        return _card(document, generated)
    made = b""
    sizes = _SIZES[document.size] if document.one_page else _SIZES[document.size][:1]
    for size in sizes:
        made = _set(document, generated, size, paper)
        if pages_in(made) == 1:
            break
    return made


def _card(document: Document, generated: dt.datetime) -> bytes:
    large, read, *smaller = _POCKET_SIZES
    made = _set(document, generated, large, "a6")
    if pages_in(made) > 1:
        front = _set(document, generated, read, "a6")
        made = front if pages_in(front) == 1 else made
    for size in smaller:
        if pages_in(made) <= _FRONT_AND_BACK:
            break
        made = _set(document, generated, size, "a6")
    return made


def _set(document: Document, generated: dt.datetime, size: float, paper: Paper) -> bytes:
    page = _Page(document, plan_words(document.language), size, paper)
    return _compiled(page.data(generated), generated)


def write_pages(document: Document, generated: dt.datetime, pixels_per_inch: float) -> list[bytes]:
    """Return the pages of ``document`` as PNG, as they look on paper."""
    page = _Page(document, plan_words(document.language), _SIZES[document.size][0])
    made = typst.compile(
        str(places.plans() / "typst" / "plan.typ"),
        font_paths=[str(places.font_folder())],
        ignore_system_fonts=True,
        format="png",
        ppi=pixels_per_inch,
        sys_inputs={"plan": json.dumps(page.data(generated), ensure_ascii=False)},
    )
    return [made] if isinstance(made, bytes) else list(made)


def pages_in(pdf: bytes) -> int:
    """Return how many pages a PDF of ours has."""
    match = _PAGES.search(pdf)
    return int(match[1]) if match else 0


def _compiled(data: dict[str, Any], generated: dt.datetime) -> bytes:
    made = typst.compile(
        str(places.plans() / "typst" / "plan.typ"),
        font_paths=[str(places.font_folder())],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"plan": json.dumps(data, ensure_ascii=False)},
        pdf_standards=list(STANDARDS),
        timestamp=generated.astimezone(dt.UTC),
    )
    assert isinstance(made, bytes)
    return made


class _Page:
    """One document on its way to plain data that the template can show."""

    def __init__(self, document: Document, words: Words, size: float, paper: Paper = "a4") -> None:
        self.document = document
        self.words = words
        self.paper = paper
        self.width = _POCKET if paper == "a6" else _LANDSCAPE if document.landscape else _PORTRAIT
        self.size = size
        self.table_size = size * 0.86

    def data(self, generated: dt.datetime) -> dict[str, Any]:
        """Everything the template needs, JSON-ready."""
        d, _ = self.document, self.words._
        when = generated.astimezone(dt.UTC)
        footer = " · ".join(
            part for part in (d.title, d.meta.version, d.meta.generated, d.meta.model) if part
        )
        return {
            "title": _one_line(d.title),
            "short": "" if d.code.islower() else _one_line(d.code),
            "subtitle": _one_line(d.subtitle),
            "language": d.language,
            "keywords": [_one_line(k) for k in d.keywords],
            "body": self.size,
            "contents": d.contents,
            "paper": self.paper,
            "landscape": d.landscape and self.paper == "a4",
            "date": [when.year, when.month, when.day, when.hour, when.minute],
            "font": places.FONT_FAMILY,
            "colours": LIGHT,
            "meta": {k: _one_line(getattr(d.meta, k)) for k in ("agency", "marking", "warning", "copy")},
            "front": self.block(Facts(d.meta.facts)),
            "footer": _one_line(footer),
            "words": {
                "page": _("Page {page} of {pages}"),
                "contents": _("Contents"),
                "warn": self.label("warn"),
                "signature": [_("Name"), _("Signature"), _("Date"), _("Hour")],
            },
            "sections": [self.section(s) for s in d.sections],
        }

    def label(self, kind: str) -> str:
        """The word above a callout."""
        word = LABELS[kind]
        return self.words._(word)

    def section(self, section: Section) -> dict[str, Any]:
        """A section as plain data."""
        blocks = [self.block(b) for b in section.blocks]
        for block, following in pairwise(blocks):
            if block.get("source") and block["source"] == following.get("source"):
                block["source"] = ""  # said once, with the last of those that share it
        look = {"new_page": section.new_page, "whole": section.whole}
        return {"title": paper_text(section.title), **look, "blocks": blocks}

    def block(self, block: Block) -> dict[str, Any]:
        """A block as plain data with its type's name."""
        match block:
            case Missing(what, where):
                lines = [paper_text(self.words._("Filled in at: {where}", where=where))] if where else []
                return self._callout("missing", what, lines)
            case Callout(kind, title, texts, source):
                return self._callout(kind, title, [paper_text(one) for one in texts], source)
            case Table():
                return self._table(block)
            case Facts(rows, source):
                return self._facts(rows, source)
            case Figure():
                return self._figure(block)
        return {"type": type(block).__name__, **_fields(block)}

    def _callout(self, kind: str, title: str, lines: list[str], source: str = "") -> dict[str, Any]:
        label = self.label(kind)
        return {
            "type": "Callout", "kind": kind, "label": label,
            "title": paper_text(title), "lines": lines, "source": paper_text(source),
        }  # fmt: skip

    def _facts(self, rows: tuple[tuple[str, str], ...], source: str) -> dict[str, Any]:
        widest = max((text_width(_one_line(label), self.size) for label, _ in rows), default=0)
        found = [[paper_text(label), paper_text(value)] for label, value in rows]
        return {
            "type": "Facts", "label": min(widest + 2, self.width * 0.34),
            "rows": found, "source": paper_text(source),
        }  # fmt: skip

    def _figure(self, figure: Figure) -> dict[str, Any]:
        match = _VIEW_BOX.search(figure.svg)
        assert match is not None
        width, height = float(match[1]), float(match[2])
        tall = 145 * _MM if self.document.landscape else 225 * _MM
        room, tallest = _OWN_PAGE.get(figure.page, (self.width, tall))
        return {
            "type": "Figure", "svg": shown(figure.svg), "alternative": paper_text(figure.alternative),
            "caption": paper_text(figure.caption), "source": paper_text(figure.source), "page": figure.page,
            "width": min(room, tallest * width / height),
        }  # fmt: skip

    def _table(self, table: Table) -> dict[str, Any]:
        made = fitted(table, self.width, self.table_size)
        inner = [w - CELL_PADDING for w in made.widths]
        cells = [[broken(c, w, made.size) for c, w in zip(row, inner, strict=True)] for row in made.rows]
        columns = [
            {
                "title": broken(title, inner[i], made.size, bold=True),
                "align": c.align,
                "width": made.widths[i],
            }
            for i, (c, title) in enumerate(zip(table.columns, made.titles, strict=True))
        ]
        return {
            "type": "Table",
            "dense": table.dense, "columns": columns, "rows": cells, "size": made.size,
            "caption": paper_text(table.caption), "source": paper_text(table.source),
        }  # fmt: skip


def _one_line(text: str) -> str:
    return " ".join(shown(plain(text)).split())


def _fields(block: Any) -> dict[str, Any]:
    return {f.name: _plain_value(getattr(block, f.name)) for f in dataclasses.fields(block)}


def _plain_value(value: Any) -> Any:
    if isinstance(value, str):
        return paper_text(value)
    if isinstance(value, tuple):
        return [_plain_value(item) for item in value]
    if dataclasses.is_dataclass(value):
        return _fields(value)
    return value
