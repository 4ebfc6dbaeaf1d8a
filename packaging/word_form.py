"""Make the Word form that comes with the program: plans/word/plan.docx.

    python packaging/word_form.py

The form is plain on purpose: an agency puts its own in its place (docs/plans.md says which tags it may use).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

TARGET = Path(__file__).resolve().parent.parent / "plans" / "word" / "plan.docx"
FACE = "Arial"  # every office has it or its twin Liberation Sans
_SIZES = {
    "Normal": 10, "Title": 21, "Subtitle": 12, "Heading 1": 14, "Heading 2": 11.5, "Heading 3": 10,
    "Caption": 9, "List Bullet": 10, "Header": 8.5, "Footer": 8,
}  # fmt: skip
#: Points before and after.
_SPACES = {
    "Title": (0, 2), "Subtitle": (0, 6), "Heading 1": (18, 6), "Heading 2": (13, 4), "Heading 3": (10, 3),
    "Caption": (8, 4), "List Bullet": (0, 3), "Normal": (0, 5), "Header": (0, 0), "Footer": (0, 0),
}  # fmt: skip
INK = RGBColor(0x1A, 0x23, 0x2C)
MUTED = RGBColor(0x53, 0x5E, 0x69)


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
        style.paragraph_format.space_before, style.paragraph_format.space_after = (
            Pt(p) for p in _SPACES[name]
        )
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(kind), FACE)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
    form.styles["Normal"].paragraph_format.line_spacing = 1.1
    form.styles["Title"].font.bold = True
    form.styles["Subtitle"].font.color.rgb = form.styles["Heading 3"].font.color.rgb = MUTED
    form.styles["Subtitle"].font.italic = False
    form.styles["Caption"].font.bold = True
    for name in ("Title", "Heading 1"):
        properties = form.styles[name].element.get_or_add_pPr()
        for old in properties.findall(qn("w:pBdr")):
            properties.remove(old)
    _rule(form.styles["Heading 1"].element.get_or_add_pPr(), "bottom", 9, "1A232C")
    _table_style(form)


def _rule(properties: object, side: str, eighths: int, colour: str) -> None:
    """A line above or below the paragraphs of a style."""
    line = f'<w:{side} w:val="single" w:sz="{eighths}" w:space="2" w:color="{colour}"/>'
    made = parse_xml(f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>")
    properties.insert_element_before(  # type: ignore[attr-defined]
        made, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl"
    )


def _table_style(form: Document) -> None:
    """Lines across and none upright: the look of tables, by the name that the writer asks for."""
    style = form.styles.add_style("Plan Table", WD_STYLE_TYPE.TABLE)
    hair = 'w:val="single" w:sz="4" w:space="0" w:color="DAD7CC"'
    lines = f"<w:tblBorders><w:bottom {hair}/><w:insideH {hair}/></w:tblBorders>"
    style.element.append(parse_xml(f"<w:tblPr {nsdecls('w')}>{lines}</w:tblPr>"))


def _head(section: object) -> None:
    width = section.page_width - section.left_margin - section.right_margin  # type: ignore[attr-defined]
    head = section.header.paragraphs[0]  # type: ignore[attr-defined]
    head.text = "{{ agency }}  {{ code }}\t{{ marking }}"
    foot = section.footer.paragraphs[0]  # type: ignore[attr-defined]
    foot.add_run("{{ title }} · {{ version }} {{ generated }} · {{ model }} · {{ copy }}\t")
    for kind in ("PAGE", "NUMPAGES"):
        if kind == "NUMPAGES":
            foot.add_run(" / ")
        _field(foot, kind)
    for paragraph, side, room in ((head, "bottom", 0), (foot, "top", Mm(18))):
        stops = paragraph.paragraph_format.tab_stops
        paragraph.style.paragraph_format.tab_stops.clear_all()
        stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
        paragraph.paragraph_format.right_indent = room
        _rule(paragraph._p.get_or_add_pPr(), side, 4, "DAD7CC")


def _field(paragraph: object, kind: str) -> None:
    for part, text in (("begin", None), (None, kind), ("end", None)):
        run = paragraph.add_run()  # type: ignore[attr-defined]
        if part:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), part)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


if __name__ == "__main__":
    main()
