"""Plans as Word documents, in the agency's own form or in the one that comes with the program.

A form is a .docx file with tags of docxtpl: ``{{ title }}``, ``{{ subtitle }}``, ``{{ agency }}``,
``{{ version }}``, ``{{ generated }}``, ``{{ model }}``, ``{{ run }}``, ``{{ marking }}``, ``{{ warning }}``,
``{{ code }}``, and once, in a paragraph of its own, ``{{p body }}``, where the plan itself goes. The plan
takes the form's own styles: Heading 1-3, List Bullet, Table Grid, Caption.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import docx
import typst
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from continuity import places
from continuity.model.problems import Problem, Refused
from continuity.planning.blocks import (
    LABELS,
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
    plain,
)
from continuity.planning.typeface import shown
from continuity.words import Words, words_in

#: Tags that a form may use beside ``body``.
TAGS: Final = (
    "title", "subtitle", "agency", "version", "generated", "model", "run", "marking", "warning", "code",
)  # fmt: skip
_BOX: Final = "☐ "
_RULE: Final = "_" * 60
_PIXELS: Final = 200  # per inch, of pictures
_WIDTH: Final = Mm(165)
_BODY = re.compile(r"\{\{p\s*body\s*\}\}")


def default_form() -> Path:
    """Return where the form lies that comes with the program."""
    return places.plans() / "word" / "plan.docx"


def write_word(document: Document, generated: dt.datetime, form: Path | None = None) -> bytes:
    """Return ``document`` as .docx, set in ``form``; raise :class:`Refused` where the form is no good.

    ``generated`` stands in the file as the time of its making: the same plan gives the same bytes.
    """
    path = form or default_form()
    template = _opened(path)
    words = words_in(document.language)
    body = template.new_subdoc()
    _Setter(body, words).sections(document)
    values = _values(document) | {"body": body}
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        template.render(values, environment)
    except (TemplateError, ValueError) as error:
        raise Refused([_fault(path, error)]) from None
    _properties(template, document, generated)
    buffer = io.BytesIO()
    template.save(buffer)
    return _reproducible(buffer.getvalue(), generated)


def check_form(path: Path) -> None:
    """Raise :class:`Refused` with the line and the mend where ``path`` cannot serve as a form."""
    template = _opened(path)
    known = {name: name for name in TAGS} | {"body": template.new_subdoc()}
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        template.render(known, environment)
    except (TemplateError, ValueError) as error:
        raise Refused([_fault(path, error)]) from None


def _opened(path: Path) -> DocxTemplate:
    try:
        read = docx.Document(str(path))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Refused([Problem("form-not-readable", path=str(path), facts={"reason": reason})]) from None
    except Exception as error:  # python-docx has errors of its own for what is no Word file
        facts: dict[str, object] = {"reason": str(error)}
        raise Refused([Problem("form-not-readable", path=str(path), facts=facts)]) from None
    if not any(_BODY.search(paragraph.text) for paragraph in read.paragraphs):
        raise Refused([Problem("form-without-body", path=str(path))])
    return DocxTemplate(str(path))


def _fault(path: Path, error: Exception) -> Problem:
    """What is wrong with a form, with the paragraph in which the tag stands."""
    match error:
        case UndefinedError():
            name = re.search(r"'([^']+)' is undefined", str(error))
            tag = name[1] if name else "?"
            line, text = _place(path, tag)
            facts: dict[str, object] = {
                "tag": tag,
                "line": line,
                "text": text,
                "known": ", ".join((*TAGS, "body")),
            }
            return Problem("form-unknown-tag", path=str(path), facts=facts)
        case TemplateSyntaxError():
            line, text = _place(path, None)
            facts = {"reason": str(error.message), "line": line, "text": text}
            return Problem("form-bad-tag", path=str(path), facts=facts)
    return Problem("form-bad-tag", path=str(path), facts={"reason": str(error), "line": 0, "text": ""})


def _place(path: Path, tag: str | None) -> tuple[int, str]:
    """The number and text of the paragraph with ``tag``, or of the first whose braces do not match."""
    form = docx.Document(str(path))
    held = [*form.paragraphs]
    for section in form.sections:
        held += [*section.header.paragraphs, *section.footer.paragraphs]
    for number, paragraph in enumerate(held, 1):
        text = paragraph.text
        odd = text.count("{{") != text.count("}}") or text.count("{%") != text.count("%}")
        if (tag is None and odd) or (tag is not None and re.search(rf"\{{\{{.*\b{re.escape(tag)}\b", text)):
            return number, text.strip()[:80]
    return 0, ""


def _values(document: Document) -> dict[str, Any]:
    meta = document.meta
    found = {name: getattr(meta, name) for name in ("agency", "version", "generated", "model", "run")}
    found |= {"marking": meta.marking, "warning": meta.warning, "code": document.code}
    found |= {"title": document.title, "subtitle": document.subtitle}
    return {name: plain(text) for name, text in found.items()}


def _properties(template: DocxTemplate, document: Document, generated: dt.datetime) -> None:
    about = template.docx.core_properties
    about.title, about.subject = plain(document.title), plain(document.subtitle)
    about.author, about.language = plain(document.meta.agency), document.language
    about.created = about.modified = generated.astimezone(dt.UTC).replace(tzinfo=None)
    about.last_modified_by, about.revision = "", 1
    _language(template.docx, document.language)


def _language(form: Any, language: str) -> None:
    """Say the language of the text, so that a screen reader speaks it."""
    code = {"sv": "sv-SE", "en": "en-GB"}[language]
    for style in form.styles.element.iter(qn("w:lang")):
        style.set(qn("w:val"), code)


def _reproducible(data: bytes, generated: dt.datetime) -> bytes:
    """The same archive with the one time in it."""
    when = generated.astimezone(dt.UTC)
    stamp = (max(when.year, 1980), when.month, when.day, when.hour, when.minute, 0)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return buffer.getvalue()


class _Setter:
    """Sets blocks into a body with the form's own styles."""

    def __init__(self, body: Any, words: Words) -> None:
        self.body, self.words = body, words
        self.styles = {style.name for style in body.subdocx.styles}

    def sections(self, document: Document) -> None:
        """Set the whole document."""
        if document.meta.facts:
            self._facts(document.meta.facts)
        if document.meta.warning:
            self._callout("warn", document.meta.warning, ())
        for section in document.sections:
            self._section(section)

    def _section(self, section: Section) -> None:
        if section.new_page:
            self._page_break()
        self._heading(section.title, 1)
        for block in section.blocks:
            self._block(block)

    def _block(self, block: Block) -> None:  # noqa: C901 - one case for each block
        match block:
            case Heading(text, level):
                self._heading(text, level + 1)
            case Paragraph(text, source, small):
                self._paragraph(text, small=small)
                self._source(source)
            case Bullets(items):
                for item in items:
                    self._paragraph(item, "List Bullet")
            case Steps(items, numbered):
                for number, tick in enumerate(items, 1):
                    self._tick(tick, f"{number}. " if numbered else "")
            case Table():
                self._table(block)
            case Facts(rows, source):
                self._facts(rows)
                self._source(source)
            case Figure():
                self._figure(block)
            case Form(blanks):
                for blank in blanks:
                    self._paragraph(f"{blank.label}: " + "\n".join([_RULE] * blank.lines))
            case Signature(roles):
                self._signature(roles)
            case Callout(kind, title, lines, source):
                self._callout(kind, title, lines)
                self._source(source)
            case Missing(what, where):
                at = self.words._("Filled in at: {where}", where=where) if where else ""
                self._callout("missing", what, (at,) if at else ())
            case PageBreak():
                self._page_break()

    # --- one by one -------------------------------------------------------------------------------

    def _style(self, name: str) -> str | None:
        return name if name in self.styles else None

    def _heading(self, text: str, level: int) -> None:
        style = self._style(f"Heading {level}")
        paragraph = self.body.add_paragraph(plain(text), style=style)
        if style is None:
            paragraph.runs[0].bold = True

    def _paragraph(self, text: str, style: str | None = None, *, small: bool = False) -> Any:
        paragraph = self.body.add_paragraph(style=self._style(style) if style else None)
        run = paragraph.add_run(plain(text))
        if small:
            run.font.size = Pt(8)
        return paragraph

    def _source(self, source: str) -> None:
        if source:
            self._paragraph(source, small=True)

    def _tick(self, tick: Any, number: str) -> None:
        paragraph = self.body.add_paragraph()
        paragraph.add_run(_BOX + number)
        if tick.title:
            paragraph.add_run(plain(tick.title) + ". ").bold = True
        paragraph.add_run(plain(tick.what))
        after = " · ".join(part for part in (tick.who, tick.note) if part)
        if after:
            paragraph.add_run("\n" + plain(after)).italic = True

    def _table(self, table: Table) -> None:
        if table.caption:
            self._paragraph(table.caption, "Caption")
        size = Pt(8 if table.dense else 9)
        made = self._grid(len(table.rows) + 1, len(table.columns))
        for place, column in enumerate(table.columns):
            _cell(made.rows[0].cells[place], column.title, size, bold=True, align=column.align)
        _repeat(made.rows[0])
        for row, values in zip(made.rows[1:], table.rows, strict=True):
            _whole(row)
            for cell, column, text in zip(row.cells, table.columns, values, strict=True):
                _cell(cell, text, size, align=column.align)
        _widths(made, [column.weight for column in table.columns])
        self._source(table.source)
        self.body.add_paragraph()

    def _facts(self, rows: tuple[tuple[str, str], ...]) -> None:
        if not rows:
            return
        made = self._grid(len(rows), 2, style=None)
        for row, (label, value) in zip(made.rows, rows, strict=True):
            _whole(row)
            _cell(row.cells[0], label, Pt(9), bold=True)
            _cell(row.cells[1], value, Pt(9))
        _widths(made, [1, 2.5])
        self.body.add_paragraph()

    def _grid(self, rows: int, columns: int, style: str | None = "Table Grid") -> Any:
        made = self.body.add_table(rows=rows, cols=columns)
        if style and self._style(style):
            made.style = style
        made.autofit = False
        return made

    def _callout(self, kind: str, title: str, lines: tuple[str, ...]) -> None:
        made = self._grid(1, 1)
        cell = made.rows[0].cells[0]
        head = cell.paragraphs[0]
        label = self.words._(LABELS[kind]).upper()
        head.add_run(f"{label}: ").bold = True
        head.add_run(plain(title)).bold = True
        for line in lines:
            cell.add_paragraph(plain(line))
        _whole(made.rows[0])
        self.body.add_paragraph()

    def _figure(self, figure: Figure) -> None:
        picture = typst.compile(
            str(places.plans() / "typst" / "picture.typ"),
            font_paths=[str(places.font_folder())],
            ignore_system_fonts=True,
            format="png",
            ppi=float(_PIXELS),
            sys_inputs={"picture": json.dumps({"svg": shown(figure.svg)}, ensure_ascii=False)},
        )
        paragraph = self.body.add_paragraph()
        data = picture if isinstance(picture, bytes) else picture[0]
        shape = paragraph.add_run().add_picture(io.BytesIO(data), width=_WIDTH)
        shape._inline.docPr.set("descr", plain(figure.alternative))
        self._paragraph(figure.caption, "Caption")
        if figure.table:
            self._table(figure.table)
        self._source(figure.source)

    def _signature(self, roles: tuple[str, ...]) -> None:
        _ = self.words._
        heads = ("", _("Name"), _("Signature"), _("Date"), _("Hour"))
        made = self._grid(len(roles) + 1, len(heads))
        for cell, head in zip(made.rows[0].cells, heads, strict=True):
            _cell(cell, head, Pt(8), bold=True)
        for row, role in zip(made.rows[1:], roles, strict=True):
            _cell(row.cells[0], role, Pt(9), bold=True)
            row.height = Mm(12)
        self.body.add_paragraph()

    def _page_break(self) -> None:
        self.body.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _cell(cell: Any, text: str, size: Any, *, bold: bool = False, align: str = "left") -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(plain(text))
    run.bold, run.font.size = bold or None, size
    paragraph.paragraph_format.space_after = Pt(0)
    if align == "right":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _repeat(row: Any) -> None:
    """The header row stands on every page, and is a header to screen readers."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    _whole(row)


def _whole(row: Any) -> None:
    """A row is not broken over pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _widths(table: Any, weights: list[float]) -> None:
    whole = sum(weights)
    for place, weight in enumerate(weights):
        width = int(_WIDTH * weight / whole)
        for cell in table.columns[place].cells:
            cell.width = width


def texts_of(data: bytes) -> Iterator[str]:
    """Yield every text of a .docx in reading order: paragraphs and cells."""
    read = docx.Document(io.BytesIO(data))
    for node in read.element.body.iter(qn("w:t")):
        yield node.text or ""
