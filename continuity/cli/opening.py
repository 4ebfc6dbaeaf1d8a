"""Opening documents on the command line: an encrypted one asks for its passphrase."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path
from typing import Any

from continuity.cli.speech import WrongUse
from continuity.model.problems import Refused
from continuity.session import Session
from continuity.words import _

#: Where a passphrase can be laid for commands without a person before them.
VARIABLE = "UTHALLIG_PASSPHRASE"


def opened(file: Path, **more: Any) -> Session:
    """Open ``file``; where it is encrypted, with the passphrase from the environment or the terminal."""
    try:
        return Session.open(file, **more)
    except Refused as refused:
        if refused.problems[0].code != "locked-document":
            raise
    return Session.open(file, passphrase=asked(_("Passphrase: ")), **more)


def asked(prompt: str) -> str:
    """Return the passphrase from the environment, or ask for it where somebody can answer."""
    if given := os.environ.get(VARIABLE):
        return given
    if not sys.stdin or not sys.stdin.isatty():
        raise WrongUse(_("The document is encrypted: lay the passphrase in {variable}.", variable=VARIABLE))
    return getpass.getpass(prompt, stream=sys.stderr)


def encrypt(file: Path, target: Path, *, plain: bool) -> None:
    """Write ``file`` to ``target`` under a new passphrase, or without one."""
    with opened(file, read_only=True) as session:
        if plain:
            session.save_as(target, "")
            return
        passphrase = asked(_("New passphrase: "))
        if VARIABLE not in os.environ and passphrase != getpass.getpass(_("Again: "), stream=sys.stderr):
            raise WrongUse(_("The two passphrases are not the same. Nothing was written."))
        session.save_as(target, passphrase)
