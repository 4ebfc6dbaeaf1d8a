"""Texts of injects, one file per language: `plans/exercise/<language>.toml`; words of people, no code."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, Final

from continuity import places
from continuity.model.kinds.exercise import DIFFICULTIES, INJECT_CHANNELS
from continuity.model.problems import Problem, Refused

#: What may stand in braces.
NAMES: Final = frozenset((
    "agency", "what", "hit", "count", "event", "level", "cause", "owner", "deputy", "stream", "pay_day",
    "due", "payees", "stage", "fallback", "legal", "decider", "hour", "until", "functions", "scenario",
    "scenario_lower", "voice", "reporter", "payments", "options",
))  # fmt: skip
_TEXTS: Final = ("name", "sender", "message", "expected", "evaluation", "hint")


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The texts of a sort of inject; ``objective`` counts from 1, ``after_share`` is permille of the play.

    ``to``: words found in the name or unit of a role at the table. ``after``: the sort of happening that
    must have been told before.
    """

    name: str
    channel: str = "phone"
    sender: str = ""
    message: str = ""
    expected: str = ""
    evaluation: str = ""
    hint: str = ""
    hint_after: int | None = None
    difficulty: str = "medium"
    objective: int | None = None
    after_share: int | None = None
    to: tuple[str, ...] = ()
    after: str = ""


@dataclass(frozen=True, slots=True)
class Texts:
    """All that a file of templates says."""

    exercise: Mapping[str, str]
    objectives: tuple[Mapping[str, Any], ...]
    background: tuple[Template, ...]
    of: Mapping[str, Template] = field(default_factory=dict)
    seats: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # beside the players, by part
    operations: str = ""  # who reports that something of the agency's own is down
    stop_word: str = ""


@cache
def texts(language: str) -> Texts:
    """Return the templates of a language; raise :class:`Refused` with every fault of the file."""
    return read_texts(places.plans() / "exercise" / f"{language}.toml")


def read_texts(path: Path) -> Texts:
    """Return the templates in a file; raise :class:`Refused` with every fault of it."""
    try:
        whole = path.read_text(encoding="utf-8")
        read = tomllib.loads(whole)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        facts: dict[str, object] = {"file": path.name, "reason": str(error)}
        raise Refused([Problem("bad-templates", path=str(path), facts=facts)]) from None
    reader = _Reader(path, whole)
    background = tuple(
        reader.template(f"background[{n}]", t) for n, t in enumerate(read.pop("background", []))
    )
    objectives = tuple(read.pop("objectives", []))
    exercise = read.pop("exercise", {})
    for text in exercise.values():
        reader.check_names("exercise", text)
    seats = {part: tuple(map(str, names)) for part, names in read.pop("seats", {}).items()}
    words = {name: str(exercise.pop(name, "")) for name in ("operations", "stop_word")}
    of = {code: reader.template(code, table) for code, table in read.items()}
    if reader.problems:
        raise Refused(reader.problems)
    return Texts(exercise, objectives, background, of, seats, **words)


class _Reader:
    def __init__(self, path: Path, whole: str) -> None:
        self.path, self.whole = path, whole
        self.problems: list[Problem] = []

    def template(self, place: str, table: dict[str, Any]) -> Template:
        """Return the template, noting what is wrong with it."""
        known = {f.name for f in fields(Template)}
        for name in table.keys() - known:
            self._report("unknown-template-field", place, name, known=", ".join(sorted(known)))
        for name in _TEXTS:
            self.check_names(place, str(table.get(name, "")))
        for name, among in (("channel", INJECT_CHANNELS), ("difficulty", DIFFICULTIES)):
            if table.get(name, next(iter(among))) not in among:
                self._report("bad-template-choice", place, str(table[name]), known=", ".join(among))
        if "name" not in table:
            self._report("template-without-name", place, place)
        values: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in table.items() if k in known
        }
        values.setdefault("name", "")
        return Template(**values)

    def check_names(self, place: str, text: str) -> None:
        """Note names in braces that nothing fills in."""
        try:
            found = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
        except ValueError as error:
            self._report("bad-template-braces", place, text[:40], reason=str(error))
            return
        for name in sorted(found - NAMES):
            self._report("unknown-placeholder", place, "{" + name + "}", known=", ".join(sorted(NAMES)))

    def _report(self, code: str, place: str, value: str, **facts: object) -> None:
        line = next((n for n, text in enumerate(self.whole.splitlines(), 1) if value in text), 0)
        facts |= {"file": self.path.name, "place": place, "value": value, "line": line}
        self.problems.append(Problem(code, path=str(self.path), facts=facts))
