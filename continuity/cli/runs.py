"""Runs and plan packages on the command line: choose, run with progress, show, write."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, assert_never

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from continuity import messages
from continuity.cli import headline
from continuity.cli.speech import WrongUse, console, record_named
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.session import Session
from continuity.simulation.events import (
    Cancelled,
    Failed,
    Finished,
    Noted,
    Partial,
    Preparing,
    RunEvent,
    Started,
)
from continuity.simulation.events import Progress as RunProgress
from continuity.simulation.request import MOST_FOR_PRECISION, THREADS, RunRequest
from continuity.simulation.result import Comparison, RunResult
from continuity.words import _, current

REPLICATIONS = 1000


@dataclass(frozen=True, slots=True)
class Choice:
    """What to run, by the names that the user typed."""

    scenario: str | None = None
    measures: tuple[str, ...] = ()
    start: dt.date | None = None
    horizon_days: int | None = None
    replications: int | None = None
    seed: int = 1
    workers: int | None = None
    precision: float | None = None  # percentage points
    scheduler: str = THREADS

    def request(self, organisation: Organisation) -> RunRequest:
        """Return the request in ids; raise WrongUse where a name is unknown or missing."""
        if self.scenario is None:
            raise WrongUse(_("Name a scenario with --scenario."))
        return RunRequest(
            scenario=record_named(organisation, "scenario", self.scenario).id,
            measures=tuple(record_named(organisation, "measure", name).id for name in self.measures),
            compare=bool(self.measures),
            start=self.start,
            horizon_days=self.horizon_days,
            replications=self._most,
            seed=self.seed,
            workers=self.workers,
            precision=None if self.precision is None else self.precision / 100,
            scheduler=self.scheduler,
        )

    @property
    def _most(self) -> int:
        if self.replications is not None:
            return self.replications
        return REPLICATIONS if self.precision is None else MOST_FOR_PRECISION


def simulate(session: Session, choice: Choice) -> RunResult | Comparison:
    """Run ``choice`` with a progress bar on stderr; Ctrl+C cancels between blocks.

    What should be known before is said first; then the bar tells what the run says so far.
    """
    request = choice.request(session.organisation)
    cancel = threading.Event()
    with progress_bar() as bar:
        task = bar.add_task(_("Simulating"), total=None)

        def report(event: RunEvent) -> None:
            match event:
                case Preparing():
                    bar.console.print(_("Preparing the engine, once on this machine …"))
                case Noted(problems):
                    for problem in problems:
                        bar.console.print(messages.full(problem), soft_wrap=True)
                case Started(replications):
                    bar.update(task, description=_("Simulating"), total=replications)
                case RunProgress(done, replications):
                    bar.update(task, completed=done, total=replications)
                case Partial(result):
                    bar.update(task, description=_so_far(result))
                case Finished() | Failed() | Cancelled():
                    pass  # said by who called
                case _:
                    assert_never(event)

        try:
            session.prepare(request, cancel=cancel, report=report)
            return session.simulate(request, cancel=cancel, report=report)
        except KeyboardInterrupt:
            cancel.set()
            raise


def _so_far(result: RunResult) -> str:
    unpaid, words = result.headline.in_need_unpaid, current()
    return _(
        "So far: {people} people in need unpaid, ± {error}",
        people=words.number(unpaid.mean),
        error=words.number(2 * unpaid.error),
    )


def progress_bar() -> Progress:
    """Return a bar on stderr, shown on a terminal only."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console(errors=True), transient=True, disable=not sys.stderr.isatty())


def show(result: RunResult | Comparison, organisation: Organisation) -> None:
    """Write the headline of ``result``."""
    headline.show(result, organisation, console())


def plain_problem(problem: Problem) -> dict[str, Any]:
    """Return ``problem`` as a plain object with its sentence."""
    return {
        **dataclasses.asdict(problem),
        "sentence": messages.sentence(problem),
        "mend": messages.mend(problem),
    }


def check_json_target(path: Path | None) -> None:
    """Raise Refused where JSON could not be written to ``path``, before any work is done."""
    if path is None or str(path) == "-":
        return
    folder = path.absolute().parent
    if path.is_dir() or not folder.is_dir() or not os.access(path if path.exists() else folder, os.W_OK):
        reason = _("there is no such folder, or no permission to write there")
        raise Refused([Problem("cannot-write", facts={"file": str(path), "reason": reason})])


def write_json(plain: dict[str, Any], path: Path) -> None:
    """Write ``plain`` as JSON to ``path``, or to stdout for ``-``."""
    text = json.dumps(plain, ensure_ascii=False, indent=2)
    if str(path) == "-":
        print(text)
        return
    try:
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise Refused(
            [Problem("cannot-write", facts={"file": str(path), "reason": error.strerror or str(error)})]
        ) from error
