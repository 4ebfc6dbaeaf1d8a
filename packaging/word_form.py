"""Make the Word form that comes with the program: plans/word/plan.docx.

    python packaging/word_form.py

The form is plain on purpose: an agency puts its own in its place (see docs/plans.md for the tags).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

TARGET = Path(__file__).resolve().parent.parent / "plans" / "word" / "plan.docx"
FACE = "Source Sans Pro"
_SIZES = {
    "Normal": 10.5, "Title": 24, "Subtitle": 12, "Heading 1": 15, "Heading 2": 12.5, "Heading 3": 11,
    "Caption": 9, "List Bullet": 10.5,
}  # fmt: skip
INK = RGBColor(0x1B, 0x1B, 0x1B)


def main() -> None:
    """Write the form."""
    form = Document()
    section = form.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(24), Mm(20)
    _styles(form)
    _head(section)
    form.add_paragraph("{{ title }}", style="Title")
    form.add_paragraph("{{ subtitle }}", style="Subtitle")
    form.add_paragraph("{{ agency }} · {{ version }} {{ generated }}")
    form.add_paragraph("{{p body }}")
    about = form.core_properties
    about.author, about.comments, about.title = "Uthållig", "", "Form of plans"
    about.created = about.modified = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - a fixed time of the file
    TARGET.parent.mkdir(exist_ok=True)
    form.save(str(TARGET))


def _styles(form: Document) -> None:
    for name, size in _SIZES.items():
        style = form.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FACE, Pt(size), INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(kind), FACE)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
    form.styles["Normal"].paragraph_format.space_after = Pt(4)


def _head(section: object) -> None:
    head = section.header.paragraphs[0]  # type: ignore[attr-defined]
    head.text = "{{ agency }}\t{{ code }}\t{{ marking }}"
    foot = section.footer.paragraphs[0]  # type: ignore[attr-defined]
    foot.add_run("{{ title }} · {{ generated }} · {{ model }} · ")
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = foot.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
    foot.alignment = WD_ALIGN_PARAGRAPH.LEFT
    for paragraph in (head, foot):
        for run in paragraph.runs:
            run.font.size = Pt(8)


if __name__ == "__main__":
    main()
