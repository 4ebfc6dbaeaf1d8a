"""The self-test: the program's whole road in a scratch folder, also inside the packed program."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from rich.console import Console

from continuity.model.edits import amend
from continuity.model.kinds import Function, Scenario
from continuity.planning.request import PlanRequest
from continuity.session import Session
from continuity.simulation.request import RunRequest
from continuity.simulation.result import RunResult
from continuity.words import _

_REPLICATIONS = 64

T = TypeVar("T")


class SelfTestFailed(Exception):  # noqa: N818 - what the test did
    """A step did not give what it must."""


def self_test(out: Console) -> None:
    """Open a sample, edit, undo, simulate, write a PDF and verify it; raise SelfTestFailed otherwise."""
    with tempfile.TemporaryDirectory(prefix="uthallig-") as scratch:
        folder = Path(scratch)
        session = _step(out, _("Open the reference agency"), lambda: _sample(folder))
        with session:
            _step(out, _("Edit, undo, redo"), lambda: _edit(session))
            result = _step(out, _("Simulate"), lambda: _simulate(session))
            _step(out, _("Write plans and verify them"), lambda: _plan(session, result, folder))
    out.print(_("All is well."))


def _step(out: Console, what: str, work: Callable[[], T]) -> T:
    began = time.monotonic()
    done = work()
    out.print(_("{what}: well, {seconds} s", what=what, seconds=f"{time.monotonic() - began:.1f}"))
    return done


def _sample(folder: Path) -> Session:
    path = folder / "sample.uthallig"
    Session.create(path, reference="reference", lang="sv").close()
    return Session.open(path)


def _edit(session: Session) -> None:
    function = session.organisation.all(Function)[0]
    session.edit(amend(function, name=function.name + " ✓"))
    session.undo()
    session.redo()
    session.undo()
    session.flush()
    if session.organisation.get(function.id) != function:
        raise SelfTestFailed(_("Undo did not bring the function back."))


def _simulate(session: Session) -> RunResult:
    scenario = session.organisation.all(Scenario)[0]
    request = RunRequest(scenario.id, replications=_REPLICATIONS, horizon_days=30)
    session.prepare(request, cancel=threading.Event(), report=lambda _: None)  # so that no run waits
    result = session.simulate(request)
    if not isinstance(result, RunResult) or result.meta.replications != _REPLICATIONS:
        raise SelfTestFailed(_("The run gave no result."))
    return result


def _plan(session: Session, result: RunResult, folder: Path) -> None:
    request = PlanRequest(
        out=folder / "package", lang="sv", formats=("html", "pdf"), profile="cards", results=result
    )
    package = session.plan(request)
    if problems := session.verify(package.folder):
        raise SelfTestFailed("; ".join(problem.code for problem in problems))
    if not list(package.folder.rglob("*.pdf")):
        raise SelfTestFailed(_("No PDF was written."))
