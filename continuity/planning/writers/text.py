"""Plans as plain text: for radio, text messages, the typewriter. Lines of 72 characters at most."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

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
    Paragraph,
    Signature,
    Steps,
    Table,
    plain,
)
from continuity.planning.own_words import plan_words
from continuity.words import Words

_WIDTH: Final = 72


def write_text(document: Document) -> bytes:
    """Return ``document`` as text in UTF-8, lines ending as on Windows."""
    words = plan_words(document.language)
    lines = [document.meta.marking, document.title.upper(), document.subtitle, document.meta.agency, ""]
    for section in document.sections:
        lines += ["", section.title.upper(), "-" * min(len(section.title), _WIDTH)]
        for block in section.blocks:
            lines += _block(block, words)
    about = (document.code, document.meta.version, document.meta.generated, document.meta.model)
    lines += ["", " · ".join(part for part in about if part), document.meta.marking]
    text = "\n".join(line for raw in lines for line in _wrapped(plain(raw)))
    return (text.strip() + "\n").replace("\n", "\r\n").encode("utf-8")


def _wrapped(text: str) -> list[str]:
    found = []
    for line in text.split("\n"):
        indent = " " * (len(line) - len(line.lstrip(" ")))
        hang = indent + ("    " if line.lstrip().startswith(("[ ]", "- ")) else "")
        found += textwrap.wrap(line, _WIDTH, subsequent_indent=hang, break_long_words=True) or [""]
    return found


def _block(block: Block, words: Words) -> Iterator[str]:
    match block:
        case Heading(text):
            yield from ("", text)
        case Paragraph(text, source):
            yield from (text, *([source] if source else []))
        case Bullets(items):
            yield from (f"- {item}" for item in items)
        case Steps(items, numbered):
            for number, step in enumerate(items, 1):
                head = f"{number}. " if numbered else ""
                rest = [part for part in (step.title, step.what) if part]
                more = ", ".join(part for part in (step.who, step.note) if part)
                yield f"[ ] {head}{': '.join(rest)}" + (f" ({more})" if more else "")
        case Facts(rows, source):
            yield from (f"{label}: {value}" for label, value in rows)
            yield from [source] if source else []
        case Callout(kind, title, texts, _):
            yield from ("", f"*** {words._(LABELS[kind]).upper()}: {title}", *texts, "")
        case Missing(what, where):
            label = LABELS["missing"]
            yield f"*** {words._(label).upper()}: {what} ({where})"
        case _:
            yield from _drawn(block)


def _drawn(block: Block) -> Iterator[str]:
    """What is drawn on paper: tables, pictures, lines to write on."""
    match block:
        case Table():
            yield from _table(block)
        case Figure():
            yield from (block.caption, block.alternative)
        case Form(blanks):
            yield from (f"{blank.label}: ______________________" for blank in blanks)
        case Signature(roles):
            yield from (f"{role}: ______________________  ______ ______" for role in roles)


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield table.caption
    for row in table.rows:
        cells = (cell.replace("\n", ", ") for cell in row)
        titled = (f"{c.title}: {cell}" for c, cell in zip(table.columns, cells, strict=True) if cell.strip())
        yield "- " + "; ".join(titled)
    if table.source:
        yield table.source
