"""Plans as HTML: one file each that needs nothing else, opens from a stick and prints well."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from continuity import places
from continuity.planning.blocks import LABELS, Block, Document, Facts, Meta, plain
from continuity.planning.own_words import plan_words
from continuity.planning.palette import DARK, LIGHT
from continuity.planning.typeface import web_font

_SVG_NAME = re.compile(r'(\bid="|url\(#|href="#)')


@dataclass(frozen=True, slots=True)
class Entry:
    """A document on the index page. ``files`` are (label, relative address), the main one first."""

    key: str
    title: str
    what: str
    files: tuple[tuple[str, str], ...]
    words: str = ""  # what the search finds, in small letters


@dataclass(frozen=True, slots=True)
class Index:
    """The start page of a package."""

    title: str
    subtitle: str
    language: str
    meta: Meta
    reveals: tuple[str, tuple[str, ...]]  # title and lines: what this package tells a finder
    groups: tuple[tuple[str, tuple[Entry, ...]], ...]
    notes: tuple[Block, ...]
    facts: Facts


def write_html(document: Document, *, home: str = "", pdf: str = "") -> bytes:
    """Return ``document`` as one HTML file; ``home`` and ``pdf`` are relative addresses, or empty."""
    document = cleaned(document)
    key = f"{document.code}/{document.meta.model}/{document.meta.generated}"
    return _render(
        "plan.html", document.language, "ticks.js",
        plan=document, title=document.title, size=document.size, key=key, home=home, pdf=pdf,
    )  # fmt: skip


def write_index(index: Index) -> bytes:
    """Return the start page of a package."""
    index = cleaned(index)
    words = {e.key: e.words for _, entries in index.groups for e in entries if e.words}
    groups = [
        {"title": title, "entries": [_entry(e) for e in entries]}
        for title, entries in index.groups
        if entries
    ]
    return _render(
        "index.html", index.language, "search.js",
        title=index.title, subtitle=index.subtitle, size="normal", key="index", meta=index.meta,
        reveals={"title": index.reveals[0], "lines": index.reveals[1]}, groups=groups, notes=index.notes,
        facts=index.facts, words=Markup(_json(words)),  # escaped by _json
    )  # fmt: skip


def cleaned(value: Any) -> Any:
    """Return ``value`` with every text in it made plain (pictures are ours and stay as they are)."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, tuple):
        return tuple(cleaned(item) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
        return type(value)(
            **{name: held if name == "svg" else cleaned(held) for name, held in fields.items()}
        )
    return value


def _entry(entry: Entry) -> dict[str, Any]:
    files = [{"label": label, "href": address} for label, address in entry.files]
    return {"key": entry.key, "title": entry.title, "what": entry.what, "files": files}


def _render(template: str, language: str, script: str, **values: Any) -> bytes:
    words = plan_words(language)
    text = (places.plans() / "html" / script).read_text(encoding="utf-8")
    page = _environment().get_template(template).render(
        **words.for_templates(), language=language, style=_style(), policy=_policy(text),
        script=Markup(text),  # our own file
        labels={code: words._(label) for code, label in LABELS.items()}, **values,
    )  # fmt: skip
    return page.encode()


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(places.plans() / "html"),
        undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.globals["kind_of"] = lambda block: type(block).__name__
    made.globals["svg"] = _own_names
    return made


def _own_names(svg: str, number: str) -> Markup:
    """A picture whose inner names differ from those of the other pictures of the page."""
    return Markup(_SVG_NAME.sub(rf"\g<1>f{number}-", svg))  # made by our own charts


def _policy(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'unsafe-inline'; font-src data:; script-src 'sha256-{digest}'"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")


@cache
def _style() -> Markup:
    sheet = (places.plans() / "html" / "plan.css").read_text(encoding="utf-8")
    parts = [
        _face("Regular", 400), _face("Semibold", 600),
        ":root{" + _variables(LIGHT) + "}",
        "@media screen and (prefers-color-scheme:dark){:root{" + _variables(DARK) + "}}",
        "".join(_paint(name, colour) for name, colour in LIGHT.items()),
        sheet,
    ]  # fmt: skip
    return Markup("\n".join(parts))  # our own file


def _paint(name: str, colour: str) -> str:
    """Classes of pictures; browsers without variables take the first of each pair."""
    return f".f-{name}{{fill:{colour};fill:var(--{name})}}.s-{name}{{stroke:{colour};stroke:var(--{name})}}"


def _variables(colours: dict[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in colours.items())


def _face(face: str, weight: int) -> str:
    data = base64.b64encode(web_font(face)).decode()
    return (
        f"@font-face{{font-family:Plan;font-weight:{weight};font-display:swap;"
        f"src:url(data:font/woff;base64,{data}) format('woff')}}"
    )
