"""Plan packages on the command line: write, number, sign, seal, check; keys and own words."""

from __future__ import annotations

import getpass
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from continuity.cli.runs import progress_bar
from continuity.cli.speech import FAILED, WrongUse, console, say_problems
from continuity.model.problems import Problem, Refused
from continuity.planning.request import PlanPackage, PlanRequest
from continuity.session import Session
from continuity.words import LANGUAGES, N_, _, current, ngettext

if TYPE_CHECKING:
    from continuity.planning.signature import Signature, SigningKey

__all__ = ["Extras", "PlanRequest", "check", "make_keys", "show", "unseal", "write", "write_words"]

_KEY = "UTHALLIG_KEY_PASSPHRASE"
_MODEL = "UTHALLIG_MODEL_PASSPHRASE"
_ASKS = {_KEY: N_("Passphrase of the key: "), _MODEL: N_("Passphrase of the copy of the model: ")}


@dataclass(frozen=True, slots=True)
class Extras:
    """What goes with a package beside its plans."""

    form: Path | None = None
    words: Path | None = None
    copy: str = ""  # a number, or "all"
    sign: Path | None = None
    signer: str = ""
    model: bool = False


def write(session: Session, request: PlanRequest, extras: Extras) -> list[PlanPackage]:
    """Write the package, or one for each copy that is asked for, with a progress bar."""
    key = _opened(extras) if extras.sign else None
    seal = passphrase(_MODEL, twice=True) if extras.model else ""
    request = replace(request, form=extras.form, words=extras.words, key=key, seal=seal)
    return [_one(session, one) for one in _copies(session, request, extras.copy)]


def _opened(extras: Extras) -> SigningKey:
    from continuity.planning.signature import open_key

    assert extras.sign is not None
    return open_key(extras.sign, passphrase(_KEY), extras.signer)


def _copies(session: Session, request: PlanRequest, wanted: str) -> list[PlanRequest]:
    if not wanted:
        return [request]
    if wanted == "all":
        numbers = [one.number for one in session.copies(request.lang)]
        if not numbers:
            raise Refused([Problem("package-no-copy", facts={"value": "all", "known": "–"})])
    elif wanted.isdecimal():
        numbers = [int(wanted)]
    else:
        raise WrongUse(_("--copy takes a number or “all”, not “{value}”.", value=wanted))
    folder = request.out
    return [replace(request, out=folder.with_name(f"{folder.name}-{n:02}"), copy=n) for n in numbers]


def _one(session: Session, request: PlanRequest) -> PlanPackage:
    with progress_bar() as bar:
        task = bar.add_task(_("Writing plans"), total=None)

        def report(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        return session.plan(request, report=report)


def check(package: Path, key: Path | None) -> int:
    """Say whether a package is whole and unchanged and who has signed it; return the exit code."""
    from continuity.planning.signature import open_public

    problems = Session.verify(package, open_public(key) if key else "")
    if problems:
        say_problems(problems, package)
        return FAILED
    print(_("{package}: whole and unchanged.", package=str(package)))
    print(said(Session.signature(package), known=key is not None))
    return 0


def said(signature: Signature, *, known: bool) -> str:
    """Return who has signed, in a sentence."""
    if signature.state == "unsigned":
        return _("Not signed: whoever changed it could have written a new manifest.")
    day = signature.at[:10]
    name = signature.name or _("no name given")
    facts = {"name": name, "date": day, "fingerprint": signature.fingerprint}
    if known:
        return _("Signed {date} by {name} with your key {fingerprint}.", **facts)
    return _(
        "Signed {date} by {name} with the key {fingerprint}. Compare the key with the one you were given.",
        **facts,
    )


def make_keys(path: Path) -> None:
    """Make a pair of keys to sign with."""
    from continuity.planning.signature import make_keys as make

    public, fingerprint = make(path, passphrase(_KEY, twice=True))
    out = console()
    out.print(_("Private key: {path}. Keep it and its passphrase apart from the packages.", path=str(path)))
    out.print(_("Public key: {path}. Hand it to whoever is to verify.", path=str(public)))
    out.print(_("Fingerprint: {fingerprint}", fingerprint=fingerprint))


def unseal(sealed: Path, out: Path) -> None:
    """Open the sealed copy of a model into a JSON file."""
    if out.exists():
        raise WrongUse(_("{path} exists already.", path=str(out)))
    Session.unseal(sealed, out, passphrase(_MODEL))
    print(_("{path}: the model of the package, to be opened or imported.", path=str(out)))


def write_words(folder: Path) -> None:
    """Write files with every sentence of the plans, to be changed and given to “plan --words”."""
    from continuity.planning.own_words import starter

    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for language in LANGUAGES:
            path = folder / f"{language}.toml"
            if path.exists():
                raise WrongUse(_("{path} exists already.", path=str(path)))
            path.write_text(starter(language), encoding="utf-8")
            written.append(path.name)
    except OSError as error:
        facts: dict[str, object] = {"file": str(folder), "reason": error.strerror or str(error)}
        raise Refused([Problem("cannot-write", facts=facts)]) from error
    print(_("{files} in {folder}", files=current().listing(written), folder=str(folder)))


def show(packages: list[PlanPackage]) -> None:
    """Say where the packages lie and how to begin."""
    out = console()
    for package in packages:
        files = ngettext("{n} file", "{n} files", len(package.files))
        out.print(_("Plan package: {files} in {folder}", files=files, folder=str(package.folder)))
    out.print(_("Begin with {index}", index=str(packages[0].folder / "index.html")))


def passphrase(variable: str, *, twice: bool = False) -> str:
    """Return a passphrase from the environment or the keyboard, never from the command line."""
    given = os.environ.get(variable, "")
    if given:
        return given
    if not sys.stdin.isatty():
        raise WrongUse(_("There is no terminal to ask on: put the passphrase in {name}.", name=variable))
    first = getpass.getpass(_(_ASKS[variable]))
    if twice and getpass.getpass(_("Once more: ")) != first:
        raise WrongUse(_("The two passphrases are not the same."))
    return first
