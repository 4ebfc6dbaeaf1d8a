"""The help and the faults of a call speak one language."""

import re

import pytest
import typer

from continuity.cli.app import app, run

COMMANDS = sorted(typer.main.get_command(app).commands)
ENGLISH = re.compile(r"\b(Usage|Options|Commands|Arguments|required|Show|default|Missing|No such|Try)\b")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_that_the_help_of_every_command_is_in_one_language(command, capsys):
    assert run([*([command] if command else []), "--help", "--lang", "sv"]) == 0
    said = capsys.readouterr().out
    assert "Användning" in said
    assert not ENGLISH.findall(said)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["simulate"], "FILE saknas"),
        (["fly"], "Det finns inget kommando fly"),
        (["simulat"], "Menade du simulate"),
        (["simulate", "x.json", "--scenaro", "S"], "Det finns ingen flagga --scenaro"),
        (["simulate", "x.json", "--replications", "abc"], "det måste vara ett heltal"),
    ],
)
def test_that_a_wrong_call_is_told_in_a_line_of_one_language(arguments, words, capsys):
    assert run([*arguments, "--lang=sv"]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
    assert not ENGLISH.findall(said)


def test_that_a_language_that_is_not_there_is_told(capsys):
    assert run(["check", "x.json", "--lang", "fr"]) == 2
    assert "fr" in capsys.readouterr().err
