"""Keep the word catalogues in step with the code.

    python packaging/words.py extract                    new messages in, unused out, translations kept
    python packaging/words.py missing [DOMAIN]           what has no translation, as JSON to fill in
    python packaging/words.py set DOMAIN < filled.json   {"English": "Svenska", "{n} day|{n} days": ["…","…"]}
    python packaging/words.py check                      exit 1 if anything is missing, unused or mismatched

Messages are looked for in `_`, `N_`, `NN_`, `ngettext` and `pgettext` calls of Python and Jinja2, and in
`tr("…")` of Typst templates. A message with a context is written `context\\u0004message` in the JSON.
Several people may run this at once.
"""

from __future__ import annotations

import argparse
import json
import re
import string
import sys
import tokenize
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from babel.messages.extract import extract_from_file
from babel.messages.pofile import normalize, read_po
from jinja2 import TemplateSyntaxError

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "sv"
FORMS = 2
CONTEXT_MARK = "\u0004"
# Domain: folders that belong to it, folders within them that do not.
DOMAINS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "core": (("continuity",), ("continuity/planning",)),
    "ui": (("ui",), ()),
    "plans": (("continuity/planning", "plans"), ()),
}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "NN_": (1, 2),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
JINJA = {".html", ".htm", ".j2", ".jinja", ".txt", ".xml"}
TYPST_CALL = re.compile(r'\btr\(\s*("(?:[^"\\]|\\.)*")')
HEADER = f"""msgid ""
msgstr ""
"Language: {LANGUAGE}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals={FORMS}; plural=(n != 1);\\n"
"""

Key = tuple[str, str]  # context, message (of a plural: the singular)


@dataclass(frozen=True)
class Entry:
    """A message: its English form or forms, and the translated ones ("" where missing)."""

    context: str
    ids: tuple[str, ...]
    strings: tuple[str, ...]
    fuzzy: bool = False

    @property
    def key(self) -> Key:
        return self.context, self.ids[0]

    @property
    def name(self) -> str:
        """How the message is called in JSON."""
        return (self.context + CONTEXT_MARK if self.context else "") + "|".join(self.ids)

    @property
    def translated(self) -> bool:
        return all(self.strings) and not self.fuzzy


# From the code


def extract_typst(
    fileobj: BinaryIO, keywords: object, comment_tags: object, options: object
) -> Iterator[tuple[int, str, str, list[str]]]:
    """The messages of `tr("…")`, in the manner of Babel's extractors."""
    for number, line in enumerate(fileobj.read().decode("utf-8").splitlines(), 1):
        for match in TYPST_CALL.finditer(line):
            yield number, "_", json.loads(match[1]), []


def messages_in(path: Path) -> list[Entry]:
    """Each message of one file."""
    if path.suffix == ".py":
        method: object = "python"
    elif path.suffix in JINJA:
        method = "jinja2.ext:babel_extract"
    elif path.suffix == ".typ":
        method = extract_typst
    else:
        return []
    rows = extract_from_file(method, path, KEYWORDS, options={"silent": "false", "encoding": "utf-8"})
    entries = []
    for _line, message, _comments, context in rows:
        ids = tuple(message) if isinstance(message, tuple | list) else (message,)
        entries.append(Entry(context or "", ids, ("",) * len(ids)))
    return entries


def in_code(domain: str) -> tuple[dict[Key, Entry], bool]:
    """The messages of a domain, and whether every file could be read."""
    folders, apart = DOMAINS[domain]
    found: dict[Key, Entry] = {}
    complete = True
    for path in sorted(file for folder in folders for file in (ROOT / folder).rglob("*") if file.is_file()):
        inside = path.relative_to(ROOT).as_posix()
        if "__pycache__" in inside or any(inside.startswith(f"{folder}/") for folder in apart):
            continue
        try:
            for entry in messages_in(path):
                if len(entry.ids) > 1 or entry.key not in found:
                    found[entry.key] = entry
        except (SyntaxError, tokenize.TokenError, TemplateSyntaxError, UnicodeDecodeError) as error:
            print(f"{inside} cannot be read, nothing of {domain} is removed: {error}", file=sys.stderr)
            complete = False
    return found, complete


# Catalogues


def catalogue_path(domain: str) -> Path:
    return ROOT / "resources" / "words" / LANGUAGE / f"{domain}.po"


@contextmanager
def locked() -> Iterator[None]:
    """One writer of catalogues at a time."""
    folder = ROOT / "build"
    folder.mkdir(exist_ok=True)
    with (folder / "words.lock").open("w") as file:
        try:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        except ImportError:  # Windows
            pass
        yield


def read(domain: str) -> dict[Key, Entry]:
    """The catalogue as it lies on disk."""
    path = catalogue_path(domain)
    if not path.exists():
        return {}
    entries = {}
    with path.open("rb") as file:
        for message in read_po(file, locale=LANGUAGE, ignore_obsolete=True):
            if message.id:
                ids = tuple(message.id) if isinstance(message.id, tuple | list) else (message.id,)
                strings = message.string if isinstance(message.string, tuple | list) else [message.string]
                entry = Entry(message.context or "", ids, tuple(s or "" for s in strings), message.fuzzy)
                entries[entry.key] = entry
    return entries


def po_text(entries: Iterable[Entry]) -> str:
    """A catalogue in a stable order, with nothing in it that changes by itself."""
    blocks = [HEADER]
    for entry in sorted(entries, key=lambda e: (e.ids, e.context)):
        lines = ["#, fuzzy"] if entry.fuzzy else []
        if entry.context:
            lines.append(f"msgctxt {normalize(entry.context, width=0)}")
        lines.append(f"msgid {normalize(entry.ids[0], width=0)}")
        if len(entry.ids) == 1:
            lines.append(f"msgstr {normalize(entry.strings[0], width=0)}")
        else:
            lines.append(f"msgid_plural {normalize(entry.ids[1], width=0)}")
            lines += [f"msgstr[{i}] {normalize(text, width=0)}" for i, text in enumerate(entry.strings)]
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def write(domain: str, entries: Iterable[Entry]) -> None:
    path = catalogue_path(domain)
    text = po_text(entries)
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".po.new")
    fresh.write_text(text, encoding="utf-8", newline="\n")
    fresh.replace(path)


def updated(domain: str) -> dict[Key, Entry]:
    """The catalogue brought up to date with the code; what another domain has translated is taken over."""
    code, complete = in_code(domain)
    old = read(domain)
    known = {key: e for d in DOMAINS for key, e in read(d).items() if e.translated}
    known |= {key: e for key, e in old.items() if e.translated or key not in known}
    entries = {} if complete else dict(old)
    for key, entry in code.items():
        before = known.get(key)
        same = before is not None and len(before.strings) == len(entry.ids) and before.ids == entry.ids
        entries[key] = before if before is not None and same else entry
    return entries


# What can be wrong


def placeholders(text: str) -> set[str]:
    """Names in braces; ValueError if the braces hold anything but a bare name."""
    names = set()
    for _literal, name, spec, conversion in string.Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or spec or conversion:
            raise ValueError(f"{{{name}}} is not a bare name")
        names.add(name)
    return names


def faults_of(entry: Entry) -> Iterator[str]:
    """What is wrong with one message and its translation, if there is one."""
    for text in (*entry.ids, *entry.strings):
        if re.search(r"%\(\w+\)[sd]", text):
            yield f"write placeholders as {{name}}: {text!r}"
        try:
            placeholders(text)
        except ValueError as error:
            yield f"bad placeholder in {text!r}: {error}"
            return
    if not entry.translated:
        return
    if len(entry.strings) != len(entry.ids):
        yield f"{entry.name!r} needs {len(entry.ids)} forms, has {len(entry.strings)}"
        return
    for source, text in zip(entry.ids, entry.strings, strict=True):
        if source[:1].isspace() != text[:1].isspace() or source[-1:].isspace() != text[-1:].isspace():
            yield f"spaces at the ends differ: {source!r}, {text!r}"
    wanted = placeholders(entry.ids[-1])
    if placeholders(entry.strings[-1]) != wanted:
        yield f"placeholders differ: {entry.ids[-1]!r}, {entry.strings[-1]!r}"
    # A singular may leave its number out: "One function".
    if len(entry.ids) > 1 and not placeholders(entry.strings[0]) <= wanted | placeholders(entry.ids[0]):
        yield f"placeholders differ: {entry.ids[0]!r}, {entry.strings[0]!r}"


def faults() -> list[str]:
    """All that is wrong with all catalogues, one line each."""
    found: list[str] = []
    seen: dict[Key, tuple[str, Entry]] = {}
    for domain in DOMAINS:
        code, _complete = in_code(domain)
        stored = read(domain)
        for key, entry in code.items():
            here = stored.get(key)
            if here is None or here.ids != entry.ids or not here.translated:
                found.append(f"{domain}: not translated: {entry.name!r}")
            found += [f"{domain}: {fault}" for fault in faults_of(here or entry)]
        found += [f"{domain}: unused: {entry.name!r}" for key, entry in stored.items() if key not in code]
        for key, entry in stored.items():
            other, before = seen.setdefault(key, (domain, entry))
            if before.translated and entry.translated and before.strings[0] != entry.strings[0]:
                found.append(
                    f"{entry.name!r} is {before.strings[0]!r} in {other}, {entry.strings[0]!r} in {domain}: "
                    "one message, one translation (or give it a context)"
                )
    return found


# Commands


def extract() -> int:
    """Update all catalogues."""
    with locked():
        for domain in DOMAINS:
            entries = updated(domain)
            write(domain, entries.values())
            open_ones = sum(not e.translated for e in entries.values())
            print(f"{domain}: {len(entries)} messages, {open_ones} without translation")
    return 0


def missing(domain: str | None) -> int:
    """Print what has no translation, in the form which `set` reads."""

    def blanks(name: str) -> dict[str, str | list[str]]:
        rows = [e for e in updated(name).values() if not e.translated]
        return {e.name: "" if len(e.ids) == 1 else [""] * FORMS for e in rows}

    answer = blanks(domain) if domain else {name: blanks(name) for name in DOMAINS}
    json.dump(answer, sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


def translated(entry: Entry, value: object) -> Entry:
    """The entry with its translation; ValueError if it is of the wrong form."""
    strings = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()
    if len(strings) != len(entry.ids) or not all(isinstance(s, str) and s for s in strings):
        raise ValueError(f"{entry.name!r} needs {len(entry.ids)} text(s)")
    return replace(entry, strings=strings, fuzzy=False)


def set_translations(domain: str, wanted: dict[str, object]) -> int:
    """Put translations in; all or, if one is wrong, none."""
    with locked():
        entries = updated(domain)
        names = {entry.name: entry for entry in entries.values()}
        wrong: list[str] = []
        for name, value in wanted.items():
            if name not in names:
                wrong.append(f"no such message in {domain}: {name!r}")
                continue
            try:
                entry = translated(names[name], value)
            except ValueError as error:
                wrong.append(str(error))
                continue
            wrong += faults_of(entry)
            entries[entry.key] = entry
        if not wrong:
            write(domain, entries.values())
    if wrong:
        print("Nothing was written:", *wrong, sep="\n  ", file=sys.stderr)
        return 1
    print(
        f"{domain}: {len(wanted)} set, {sum(not e.translated for e in entries.values())} without translation"
    )
    return 0


def check() -> int:
    """Print all faults."""
    found = faults()
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("extract")
    commands.add_parser("missing").add_argument("domain", nargs="?", choices=DOMAINS)
    commands.add_parser("set").add_argument("domain", choices=DOMAINS)
    commands.add_parser("check")
    chosen = parser.parse_args(arguments)
    match chosen.command:
        case "extract":
            return extract()
        case "missing":
            return missing(chosen.domain)
        case "set":
            return set_translations(chosen.domain, json.load(sys.stdin))
        case _:
            return check()


if __name__ == "__main__":
    sys.exit(main())
