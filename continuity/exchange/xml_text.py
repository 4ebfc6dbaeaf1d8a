"""XML read without trust: no document types, so no entities of its own; limits on size and depth."""

from __future__ import annotations

import io
import re
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.parsers import expat

from continuity.exchange.files import refusal
from continuity.model.problems import Problem, Refused

LARGEST_XML = 64 * 1024 * 1024
_DEEPEST = 100
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff]|_x(?=[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class _Refusing(ET.TreeBuilder):
    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path, self.depth = path, 0

    def doctype(self, *_what: object) -> None:
        # It comes before the content: its entities are declared by then, and none has been used.
        raise refusal("xml-doctype", self.path)

    def start(self, tag: str, attrs: dict[str, str]) -> ET.Element:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Refused([Problem("too-deep", facts={"limit": _DEEPEST})], self.path)
        return super().start(tag, attrs)

    def end(self, tag: str) -> ET.Element:
        self.depth -= 1
        return super().end(tag)


def read_xml(path: Path) -> ET.Element:
    """Return the root of the XML file ``path``; raise :class:`Refused` with line and column of a fault."""
    try:
        if (size := path.stat().st_size) > LARGEST_XML:
            raise refusal("sheet-too-large", path, size=size, limit=LARGEST_XML)
        content = path.read_bytes()
    except FileNotFoundError:
        raise refusal("no-such-file", path) from None
    except OSError as error:
        raise refusal("cannot-read", path, reason=error.strerror or str(error)) from None
    parser = ET.XMLParser(target=_Refusing(path))
    try:
        parser.feed(content)
        root: ET.Element = parser.close()
    except (ET.ParseError, expat.ExpatError) as error:
        line, column = getattr(error, "position", (0, 0))
        problem = Problem("not-xml", facts={"file": str(path), "line": line, "column": column + 1})
        raise Refused([problem], path) from None
    except (ValueError, LookupError):
        raise refusal("not-xml", path, line=1, column=1) from None
    return root


def local(tag: str) -> str:
    """Return the name of a tag or attribute without its namespace."""
    return tag.rpartition("}")[2]


def escaped(text: str) -> str:
    """Return ``text`` with what XML cannot hold written as ``_x0007_``, the way spreadsheets do."""
    return _FORBIDDEN.sub(lambda found: f"_x{ord(found[0][0]):04X}_" + found[0][1:], text)


def unescaped(text: str) -> str:
    """Return ``text`` as it was before :func:`escaped`."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def write_tree(root: ET.Element) -> str:
    """Return ``root`` as indented text with an XML head."""
    ET.indent(root)
    out = io.StringIO()
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    ET.ElementTree(root).write(out, encoding="unicode")
    return out.getvalue() + "\n"
