"""The agency's own wording of the plans: a folder with ``sv.toml`` and ``en.toml``, no code.

    "Håll det inlåst." = "Förvaras i valvet, plan 2."

Left stands what the program writes, in English or in the language of the file; right what is to stand
instead, with the same placeholders. Without a folder given, the one in the user's settings holds.
"""

from __future__ import annotations

import contextvars
import string
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from continuity import places
from continuity.model.problems import Problem, Refused
from continuity.words import LANGUAGES, SOURCE_LANGUAGE, Catalogue, Words, load_catalogue, words_in

_folder: contextvars.ContextVar[Path | None] = contextvars.ContextVar("own_words", default=None)


def users_folder() -> Path:
    """Return where a user's own words lie that hold for every package."""
    return places.config_dir() / "words"


def plan_words(language: str) -> Words:
    """Return the words that plans are written in: the agency's own where it has some."""
    folder = _folder.get()
    return _own(language, folder, _stamp(folder)) if folder else words_in(language)


@contextmanager
def speaking(folder: Path | None) -> Iterator[None]:
    """Let the words in ``folder`` hold; raise :class:`Refused` with every fault in its files.

    None takes the user's own folder where there is one.
    """
    if folder is None and users_folder().is_dir():
        folder = users_folder()
    if folder is not None:
        check_words(folder)
    token = _folder.set(folder)
    try:
        yield
    finally:
        _folder.reset(token)


def check_words(folder: Path) -> None:
    """Raise :class:`Refused` with every fault in the files of ``folder``."""
    if not folder.is_dir():
        raise Refused([Problem("own-words-no-folder", path=str(folder))])
    problems = [p for language in LANGUAGES for p in _read(language, folder, _stamp(folder))[1]]
    if problems:
        raise Refused(problems)


def _stamp(folder: Path) -> tuple[int, ...]:
    """What changes when a file of ``folder`` does."""
    paths = (folder / f"{language}.toml" for language in LANGUAGES)
    return tuple(path.stat().st_mtime_ns if path.exists() else 0 for path in paths)


@lru_cache(maxsize=8)
def _own(language: str, folder: Path, stamp: tuple[int, ...]) -> Words:
    return Words(language, _read(language, folder, stamp)[0])


@lru_cache(maxsize=8)
def _read(language: str, folder: Path, stamp: tuple[int, ...]) -> tuple[Catalogue, tuple[Problem, ...]]:
    path = folder / f"{language}.toml"
    if not path.exists():
        return {}, ()
    try:
        plain = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return {}, (Problem("own-words-not-readable", path=str(path), facts={"reason": str(error)}),)
    known = _by_sentence(language)
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    problems: list[Problem] = []
    for sentence, own in plain.items():
        key = known.get(sentence)
        forms = tuple(own) if isinstance(own, list) else (own,)
        fault = _fault(key, forms)
        if fault:
            facts: dict[str, object] = {"sentence": sentence[:80], **fault[1]}
            problems.append(Problem(fault[0], path=str(path), facts=facts))
        elif key is not None:
            found[key[0]] = forms
    return found, tuple(problems)


Known = tuple[tuple[str, str], tuple[str, ...]]  # context and message, its forms in the language


def _fault(known: Known | None, forms: tuple[object, ...]) -> tuple[str, dict[str, object]] | None:
    if known is None:
        return "own-words-unknown", {}
    if not all(isinstance(form, str) and form.strip() for form in forms) or len(forms) != len(known[1]):
        return "own-words-no-text", {"count": len(known[1])}
    wanted = set().union(*(_placeholders(form) or () for form in known[1]))
    for form in forms:
        held = _placeholders(str(form))
        if held is None or not held <= wanted:
            return "own-words-placeholder", {"known": ", ".join(f"{{{n}}}" for n in sorted(wanted)) or "–"}
    return None


def _placeholders(text: str) -> set[str] | None:
    """The names in braces; None where braces do not match or hold more than a name."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return None
    names = {name for _, name, form, turn in parts if name is not None and not form and not turn}
    whole = all(
        name is None or (name.isidentifier() and not form and not turn) for _, name, form, turn in parts
    )
    return names if whole else None


def _by_sentence(language: str) -> dict[str, Known]:
    """Every message by its English and by what it is in ``language``."""
    found: dict[str, Known] = {}
    for other in LANGUAGES:
        for (context, message), forms in load_catalogue(other).items():
            shown = forms if other == language else (message,) * len(forms)
            found.setdefault(message, ((context, message), shown))
            if other == language:
                found.setdefault(forms[0], ((context, message), forms))
    return found


def starter(language: str) -> str:
    """Return a file to begin with: every sentence of the plans as it stands, ready to be changed."""
    from babel.messages.pofile import read_po

    lines = ["# " + line for line in _HEAD]
    seen: set[str] = set()
    with (places.words() / "sv" / "plans.po").open("rb") as file:
        for message in read_po(file, ignore_obsolete=True):
            if message.id and message.string and not message.context:
                english, forms = (_forms(held) for held in (message.id, message.string))
                own = english if language == SOURCE_LANGUAGE else forms
                left = english[0] if own[0] in seen else own[0]
                seen |= {left}
                right = ", ".join(map(_quoted, own))
                lines.append(f"# {_quoted(left)} = {f'[{right}]' if len(own) > 1 else right}")
    return "\n".join([*lines, ""])


def _forms(held: Any) -> tuple[str, ...]:
    return tuple(map(str, held)) if isinstance(held, list | tuple) else (str(held),)


_HEAD: Final = (
    "Own wording of the plans. Take away the # before a line and change what stands at its right.",
    "Keep the words in braces, such as {name}: they are filled in.",
)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
