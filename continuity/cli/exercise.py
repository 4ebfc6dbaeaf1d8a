"""Exercises on the command line: made of a simulated run, and their papers written."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

from continuity.cli import runs
from continuity.cli.speech import WrongUse, console, record_named
from continuity.model.kinds import Inject
from continuity.model.kinds.exercise import SEVERITIES
from continuity.session import Session
from continuity.simulation.events import Progress, RunEvent
from continuity.words import _, ngettext

#: Minutes in the room.
SHORTEST, LONGEST = 30, 600
FORMATS = ("pdf", "html", "txt", "docx", "xlsx")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was typed."""

    scenario: str
    out: Path
    severity: str = "bad"
    length: int = 120
    lang: str = "sv"
    formats: tuple[str, ...] = field(default=FORMATS)
    seed: int = 1
    keep: bool = False


def checked(wishes: Wishes) -> Wishes:
    """Return the wishes; raise WrongUse where one of them cannot be."""
    if wishes.severity not in SEVERITIES:
        known = ", ".join(SEVERITIES)
        raise WrongUse(
            _("--severity takes {known}, not “{severity}”.", known=known, severity=wishes.severity)
        )
    if not SHORTEST <= wishes.length <= LONGEST:
        raise WrongUse(
            _(
                "--length takes {least} to {most} minutes, not {n}.",
                least=SHORTEST,
                most=LONGEST,
                n=wishes.length,
            )
        )
    if unknown := [name for name in wishes.formats if name not in FORMATS]:
        known = ", ".join(FORMATS)
        raise WrongUse(_("--formats takes {known}, not “{unknown}”.", known=known, unknown=unknown[0]))
    return wishes


def make(session: Session, wishes: Wishes) -> None:
    """Make the exercise, write its papers, and say where they lie; Ctrl+C leaves nothing behind."""
    Session.check_place(wishes.out)
    scenario = record_named(session.organisation, "scenario", wishes.scenario)
    request = session.exercise_request(
        scenario.id, severity=wishes.severity, length=wishes.length, lang=wishes.lang, seed=wishes.seed
    )
    cancel = threading.Event()
    with runs.progress_bar() as bar:
        task = bar.add_task(_("Making the exercise"), total=None)

        def report(event: RunEvent) -> None:
            if isinstance(event, Progress):
                bar.update(task, completed=event.done, total=event.replications)

        try:
            exercise, edit = session.made_exercise(request, cancel, report)
        except KeyboardInterrupt:
            cancel.set()
            raise
        bar.update(task, description=_("Writing the papers"), total=None)
        files = session.papers_of(exercise, edit, wishes.out, wishes.lang, wishes.formats)
    if wishes.keep:
        session.edit(edit)
    injects = sum(isinstance(record, Inject) for record in session.records_in(edit))
    out = console()
    out.print(
        ngettext(
            "{name}: {n} inject, {files} files in {folder}",
            "{name}: {n} injects, {files} files in {folder}",
            injects,
            name=exercise.name,
            files=len(files),
            folder=str(wishes.out),
        ),
        soft_wrap=True,
    )
    if not wishes.keep:
        out.print(_("The document is unchanged; with --keep the exercise is put into it."), soft_wrap=True)
