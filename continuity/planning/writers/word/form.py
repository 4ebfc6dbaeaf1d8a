"""The form that a Word plan is set in: a .docx file with tags, checked before anything is set in it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree  # type: ignore[import-untyped]
from markupsafe import Markup

from continuity import places
from continuity.model.problems import Problem, Refused

#: Tags that a form may use beside ``body``.
TAGS: Final = (
    "title", "subtitle", "agency", "version", "generated", "model", "run", "marking", "warning", "code",
    "copy",
)  # fmt: skip
_BODY = re.compile(r"\{\{p\s+body\s*\}\}")
_MARK: Final = "uthallig-body"
_PLACE: Final = Markup(
    f'<w:p><w:bookmarkStart w:id="9000" w:name="{_MARK}"/><w:bookmarkEnd w:id="9000"/></w:p>'
)


def default_form() -> Path:
    """Return where the form lies that comes with the program."""
    return places.plans() / "word" / "plan.docx"


def check_form(path: Path) -> None:
    """Raise :class:`Refused` with the line and the mend where ``path`` cannot serve as a form."""
    filled(path, dict.fromkeys(TAGS, ""))


def filled(path: Path, values: dict[str, str]) -> tuple[Any, Any]:
    """Return the form with its tags filled in, and the paragraph where the body goes (both of python-docx).

    Raises :class:`Refused` where the form is no good.
    """
    data = _read(path)
    template = DocxTemplate(io.BytesIO(data))
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        template.render({**values, "body": _PLACE}, environment)
    except (TemplateError, SecurityError, ValueError, TypeError, etree.XMLSyntaxError) as error:
        raise Refused([_fault(path, data, error)]) from None
    # Asking the template for its document would read the form anew.
    body = template.docx.element.find(qn("w:body"))
    marks = [mark for mark in body.iter(qn("w:bookmarkStart")) if mark.get(qn("w:name")) == _MARK]
    if len(marks) != 1:
        raise Refused([Problem("form-without-body", path=str(path), facts={"count": len(marks)})])
    return template.docx, marks[0].getparent()


def _read(path: Path) -> bytes:
    try:
        data = path.read_bytes()
        _check(str(path), data)
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from None
    return data


@lru_cache(maxsize=8)
def _check(path: str, data: bytes) -> None:
    """Raise :class:`Refused` where ``data`` is no Word document with one place for the body."""
    try:
        read = docx.Document(io.BytesIO(data))
        lines = list(_lines(read))
    except (OpcError, KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise _unreadable(Path(path), str(error)) from None
    for number, text in lines:
        if _is_open(text):
            facts: dict[str, object] = {"line": number, "text": text[:80]}
            raise Refused([Problem("form-open-tag", path=path, facts=facts)])
    bodies = sum(len(_BODY.findall(text)) for _, text in lines)
    if bodies != 1:
        raise Refused([Problem("form-without-body", path=path, facts={"count": bodies})])


def _unreadable(path: Path, reason: str) -> Refused:
    return Refused([Problem("form-not-readable", path=str(path), facts={"reason": reason})])


def _fault(path: Path, data: bytes, error: Exception) -> Problem:
    """What is wrong with a form, with the paragraph in which the tag stands."""
    name = re.search(r"'([^']+)' is undefined", str(error)) if isinstance(error, UndefinedError) else None
    line, text = _place(data, name[1] if name else None)
    facts: dict[str, object] = {"line": line, "text": text}
    if name:
        facts |= {"tag": name[1], "known": ", ".join((*TAGS, "p body"))}
        return Problem("form-unknown-tag", path=str(path), facts=facts)
    reason = str(error.message) if isinstance(error, TemplateSyntaxError) else str(error)
    return Problem("form-bad-tag", path=str(path), facts=facts | {"reason": reason})


def _place(data: bytes, tag: str | None) -> tuple[int, str]:
    """The number and text of the paragraph with ``tag``, or of the first whose tags are odd."""
    lines = list(_lines(docx.Document(io.BytesIO(data))))
    for number, text in lines:
        if tag is not None and re.search(rf"\{{[{{%].*\b{re.escape(tag)}\b", text):
            return number, text[:80]
    for number, text in lines:
        if _is_odd(text):
            return number, text[:80]
    return next(((number, text[:80]) for number, text in lines if "{%" in text), (0, ""))


def _is_open(text: str) -> bool:
    """Tell whether braces do not match."""
    return text.count("{{") != text.count("}}") or text.count("{%") != text.count("%}")


def _is_odd(text: str) -> bool:
    """Tell whether a tag holds what is no name."""
    return any(not re.fullmatch(r"\s*(p\s+)?\w+\s*", tag) for tag in re.findall(r"\{\{(.*?)\}\}", text))


def _lines(form: Any) -> Iterator[tuple[int, str]]:
    """Number and text of each paragraph: of the page in reading order, then of headers and footers."""
    roots = [form.element.body]
    for section in form.sections:
        parts = (section.header, section.footer, section.first_page_header, section.first_page_footer)
        roots += [part._element for part in parts if not part.is_linked_to_previous]
    number = 0
    for root in roots:
        for paragraph in root.iter(qn("w:p")):
            number += 1
            yield number, "".join(node.text or "" for node in paragraph.iter(qn("w:t"))).strip()
