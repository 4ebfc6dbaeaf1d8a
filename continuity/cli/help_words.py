"""Typer's own words in the user's language: headings of the help, and what is wrong with a call.

Typer asks gettext for some of its words and fixes others; both are given here. What a wrong call lacks is
said in our sentences. A test walks the help of every command for words of the other language.
"""

from __future__ import annotations

import difflib
import re
from typing import Any, Final

import typer
import typer.core
from typer._click import formatting
from typer._click.core import Context

from continuity.words import N_, _

#: What Typer asks for, word for word.
_ASKED: Final = {
    "Arguments": N_("Arguments"),
    "Options": N_("Options"),
    "Commands": N_("Commands"),
    "required": N_("required"),
    "default: {default}": N_("default: {default}"),
    "Aborted!": N_("Stopped."),
    "Missing command.": N_("Name a command."),
}
_COMMAND = re.compile(r"No such command '([^']*)'")


class _Formatter(formatting.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or _("Usage: "))


def speak(command: Any) -> None:
    """Let Typer speak the current language in the help of ``command`` and all below it."""
    typer.core._ = lambda text: _(_ASKED[text]) if text in _ASKED else text  # type: ignore[attr-defined, assignment]
    Context.formatter_class = _Formatter
    _help_option(command)


def _help_option(command: Any) -> None:
    command.options_metavar = _("[OPTIONS]")
    if hasattr(command, "commands"):
        command.subcommand_metavar = _("COMMAND [ARGUMENTS]…")
    option = command.get_help_option(typer.Context(command))
    if option is not None:
        option.help = _("Say this and stop.")
    for part in getattr(command, "commands", {}).values():
        _help_option(part)


def said(error: Any, command: Any) -> str:
    """Return what is wrong with a call in one sentence, and where to look."""
    context = getattr(error, "ctx", None)
    name = context.command_path if context else "uthallig"
    return f"{_wrong(error, command)} " + _("Try '{command} --help'.", command=name)


def _wrong(error: Any, command: Any) -> str:
    kind, hint = type(error).__name__, _hint(error)
    if kind == "MissingParameter":
        return _("{option} is missing.", option=hint)
    if kind == "NoSuchOption":
        near = difflib.get_close_matches(error.option_name, _options(error), n=2)
        return _("There is no option {name}.", name=error.option_name) + _meant(near)
    if kind == "BadParameter":
        return _("{option} cannot be this: {reason}", option=hint, reason=_reason(str(error.message)))
    if found := _COMMAND.match(str(error.message)):
        near = difflib.get_close_matches(found[1], command.commands, n=2)
        return _("There is no command {name}.", name=found[1]) + _meant(near)
    if kind == "BadOptionUsage":
        return _("{option} needs a value.", option=error.option_name)
    return _("The call cannot be understood: {reason}", reason=error.format_message())


_REASONS: Final = (
    ("valid integer", N_("it must be a whole number.")),
    ("valid number", N_("it must be a number.")),
    ("valid boolean", N_("it must be yes or no.")),
    ("path", N_("it must be a path.")),
)


def _reason(message: str) -> str:
    return next((_(words) for sign, words in _REASONS if sign in message), message)


def _meant(near: list[str]) -> str:
    return " " + _("Did you mean {names}?", names=", ".join(near)) if near else ""


def _options(error: Any) -> list[str]:
    context = getattr(error, "ctx", None)
    return [name for p in context.command.params for name in p.opts] if context else []


def _hint(error: Any) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return str(getattr(error, "param_hint", None) or "?").strip("'")
    names = [name for name in parameter.opts if name.startswith("-")]
    return str(names[0] if names else (parameter.name or "?").upper())
