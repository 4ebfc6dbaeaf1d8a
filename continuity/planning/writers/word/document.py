"""One plan as a .docx file: the form filled in, the body set, the same bytes for the same plan."""

from __future__ import annotations

import copy
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
from docx.oxml.ns import qn
from docx.shared import Emu, Pt

from continuity import places
from continuity.planning.blocks import Document, Figure, plain
from continuity.planning.own_words import plan_words
from continuity.planning.typeface import shown
from continuity.planning.writers.word.body import Body
from continuity.planning.writers.word.form import default_form, filled
from continuity.planning.writers.word.parts import Look, node, paragraph, twips

_SIZES: Final = {"normal": 0.0, "large": 13.0}
_PIXELS: Final = 200  # per inch, of pictures
_MM: Final = 72 / 25.4
#: Pages of their own for pictures, lying: width and height.
_PAGES: Final = {"a4": (297 * _MM, 210 * _MM), "a3": (420 * _MM, 297 * _MM)}
_TALLEST: Final = 0.72  # of the page's height, for a picture with its caption
_VIEW_BOX: Final = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_LANGUAGES: Final = {"sv": "sv-SE", "en": "en-GB"}


def write_word(document: Document, generated: dt.datetime, form: Path | None = None) -> bytes:
    """Return ``document`` as .docx, set in ``form``; raise :class:`Refused` where the form is no good.

    ``generated`` stands in the file as the time of its making: the same plan gives the same bytes.
    """
    made, place = filled(form or default_form(), _values(document))
    for one in _Setter(made, document).elements():
        place.addprevious(one)
    place.getparent().remove(place)
    _properties(made, document, generated)
    buffer = io.BytesIO()
    made.save(buffer)
    return _reproducible(buffer.getvalue(), generated)


def texts_of(data: bytes) -> Iterator[str]:
    """Yield every text of a .docx in reading order: paragraphs and cells."""
    read = docx.Document(io.BytesIO(data))
    for one in read.element.body.iter(qn("w:t")):
        yield one.text or ""


class _Setter:
    """Sets the body at the width of the form's own page, and pictures on pages of theirs."""

    def __init__(self, form: Any, document: Document) -> None:
        self.form, self.document = form, document
        self.section = form.element.find(qn("w:body")).find(qn("w:sectPr"))
        self._pictures = 0
        if document.landscape:
            before = _room(self.section)
            _lay(self.section, _size(self.section)[::-1])
            self._move_stops(before, _room(self.section))

    def _move_stops(self, before: float, after: float) -> None:
        """Let what stands at the right of headers and footers stand there on the lying page too."""
        for section in self.form.sections:
            for part in (section.header, section.footer):
                for stop in part._element.iter(qn("w:tab")):
                    at = stop.get(qn("w:pos"))
                    if at is not None and abs(int(at) - twips(before)) < 20:
                        stop.set(qn("w:pos"), str(twips(after)))

    def elements(self) -> list[Any]:
        """Every paragraph and table of the body."""
        normal = self.form.styles["Normal"].font
        size = _SIZES[self.document.size]
        if size:
            normal.size = Pt(size)
        styles = {style.name: style.style_id for style in self.form.styles}
        size = size or (normal.size.pt if normal.size else 10.5)
        room, words = _room(self.section), plan_words(self.document.language)
        return Body(words, room, size, styles, self.draw).set(self.document)

    def draw(self, figure: Figure, room: float) -> list[Any]:
        """Return a picture as paragraphs, with the breaks around it where it has a page of its own."""
        if not figure.page:
            return [self._picture(figure, room, _size(self.section)[1])]
        lying = copy.deepcopy(self.section)
        _lay(lying, _PAGES[figure.page])
        picture = self._picture(figure, _room(lying), _size(lying)[1])
        return [_section_end(copy.deepcopy(self.section)), picture, _section_end(lying)]

    def _picture(self, figure: Figure, room: float, page: float) -> Any:
        match = _VIEW_BOX.search(figure.svg)
        assert match is not None
        width = min(room, page * _TALLEST * float(match[1]) / float(match[2]))
        data = _png(figure.svg, width)
        inline = self.form.part.new_pic_inline(io.BytesIO(data), width=Emu(round(width * 12700)))
        self._pictures += 1
        inline.docPr.set("id", str(5000 + self._pictures))
        inline.docPr.set("name", f"{5000 + self._pictures}")
        inline.docPr.set("descr", plain(figure.alternative))
        return paragraph([node("r", None, node("drawing", None, inline))], Look(with_next=True))


def _png(svg: str, width: float) -> bytes:
    picture = typst.compile(
        str(places.plans() / "typst" / "picture.typ"),
        font_paths=[str(places.font_folder())],
        ignore_system_fonts=True,
        format="png",
        ppi=float(_PIXELS),
        sys_inputs={"picture": json.dumps({"svg": shown(svg), "width": width}, ensure_ascii=False)},
    )
    return picture if isinstance(picture, bytes) else picture[0]


def _section_end(section: Any) -> Any:
    """A paragraph with which a section ends."""
    made = paragraph([], Look(before=0, after=0, exact=1))
    made.pPr.append(section)
    return made


def _size(section: Any) -> tuple[float, float]:
    size = section.find(qn("w:pgSz"))
    return int(size.get(qn("w:w"))) / 20, int(size.get(qn("w:h"))) / 20


def _lay(section: Any, size: tuple[float, float]) -> None:
    held = section.find(qn("w:pgSz"))
    held.set(qn("w:w"), str(twips(size[0])))
    held.set(qn("w:h"), str(twips(size[1])))
    held.set(qn("w:orient"), "landscape" if size[0] > size[1] else "portrait")


def _room(section: Any) -> float:
    margins = section.find(qn("w:pgMar"))
    sides = sum(int(margins.get(qn(f"w:{side}"))) / 20 for side in ("left", "right"))
    return float(_size(section)[0] - sides)


def _values(document: Document) -> dict[str, str]:
    meta = document.meta
    found = {name: getattr(meta, name) for name in ("agency", "version", "generated", "model", "run")}
    found |= {"marking": meta.marking, "warning": meta.warning, "copy": meta.copy}
    found |= {"code": "" if document.code.islower() else document.code}
    found |= {"title": document.title, "subtitle": document.subtitle}
    return {name: " ".join(plain(text).split()) for name, text in found.items()}


def _properties(form: Any, document: Document, generated: dt.datetime) -> None:
    about = form.core_properties
    about.title, about.subject = plain(document.title)[:255], plain(document.subtitle)[:255]
    about.author, about.language = plain(document.meta.agency)[:255], document.language
    about.created = about.modified = generated.astimezone(dt.UTC).replace(tzinfo=None)
    about.last_modified_by, about.revision = "", 1
    for style in form.styles.element.iter(qn("w:lang")):  # so that a screen reader speaks it
        style.set(qn("w:val"), _LANGUAGES[document.language])


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
