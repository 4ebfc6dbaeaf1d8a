"""How the command line speaks: its language, its errors, its exit codes."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Iterable
from typing import Final

from rich.console import Console

from continuity import messages
from continuity.model.kinds import KINDS, Record
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem
from continuity.words import LANGUAGES, _, set_language

FAILED, WRONG_USE = 1, 2


#: Problems that are about what stood on the command line, not about a document.
WRONG_VALUES: Final = frozenset(("bad-scheduler", "bad-replications", "bad-seed", "bad-precision"))


class WrongUse(Exception):  # noqa: N818 - what the user did, not what the program did
    """The command was not used as it should be; the text says how."""


def console(*, errors: bool = False) -> Console:
    """Return the console for output, or for errors; plain text where it is no terminal."""
    return Console(stderr=errors, highlight=False, soft_wrap=False, width=None if _is_terminal() else 100)


def _is_terminal() -> bool:
    return sys.stdout.isatty()


def default_language() -> str:
    """Return the language of the environment: ``UTHALLIG_LANG``, else Swedish."""
    wanted = os.environ.get("UTHALLIG_LANG", "")
    return wanted if wanted in LANGUAGES else "sv"


def no_screen() -> int:
    """Say that there is no screen to open the window on; return the exit code."""
    set_language(default_language())
    said = _("There is no screen here to open the window on. Commands work without: uthallig --help.")
    print(f"uthallig: {said}", file=sys.stderr)
    return FAILED


def say_problems(problems: Iterable[Problem], file: object = "") -> None:
    """Write one line per problem on stderr: file, place, what is wrong, how to mend it."""
    for problem in problems:
        text = messages.full(problem)
        where = f"{file}: " if file and not text.startswith(str(file)) else ""
        print(f"uthallig: {where}{text}", file=sys.stderr)


def record_named(organisation: Organisation, kind: str, text: str) -> Record:
    """Return the record of ``kind`` called ``text`` (code or unique name); say which exist otherwise."""
    found = organisation.find(kind, text)
    if found is not None:
        return found
    names = {r.code: getattr(r, "name", "") for r in organisation.of_kind(kind)}
    near = difflib.get_close_matches(text, [*names, *names.values()], n=3)
    known = "".join(f"\n  {code} {name}" for code, name in names.items())
    label = _(KINDS[kind].label).lower()
    if not known:
        raise WrongUse(_("There is no {kind} “{text}”: the document has none.", kind=label, text=text))
    said = _("There is no {kind} “{text}”. There are:{known}", kind=label, text=text, known=known)
    raise WrongUse("\n".join([said, _("Did you mean {names}?", names=", ".join(near))] if near else [said]))
