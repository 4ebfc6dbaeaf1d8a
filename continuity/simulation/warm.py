"""Compile the kernels in a process of their own, so that the window does not stand still meanwhile.

Compiling holds the interpreter lock for seconds. A child process runs the same model once and so
fills the kernel cache; this process then only loads from it. Nothing is lost if that fails: the run
compiles by itself.
"""

from __future__ import annotations

import logging
import multiprocessing
import threading
from collections.abc import Callable
from dataclasses import replace

from continuity.model.organisation import Organisation
from continuity.model.problems import Refused
from continuity.simulation.cancel import RunCancelled
from continuity.simulation.kept import Kept
from continuity.simulation.request import THREADS, RunRequest

_log = logging.getLogger(__name__)
_LOOK_EVERY = 0.1  # seconds between looks at ``cancel``


def prepare(
    organisation: Organisation, request: RunRequest, cancel: threading.Event, tell: Callable[[], None]
) -> None:
    """Make sure that the kernels of this run are compiled; ``tell`` is called where that takes time.

    Raises :class:`RunCancelled` once ``cancel`` is set.
    """
    from continuity.simulation.kernels import cache_folder

    done = cache_folder() / "compiled"
    if done.exists():
        return
    tell()
    child = multiprocessing.get_context("spawn").Process(
        target=_run_once, args=(organisation, request), daemon=True
    )
    child.start()
    while child.is_alive():
        child.join(_LOOK_EVERY)
        if cancel.is_set():
            child.terminate()
            raise RunCancelled
    if child.exitcode == 0:
        done.touch()
    else:
        _log.warning("compiling beside the window ended with %s", child.exitcode)


def _run_once(organisation: Organisation, request: RunRequest) -> None:
    from continuity.simulation.run import run

    once = replace(request, replications=1, workers=1, precision=None, scheduler=THREADS)
    kept = Kept()
    try:
        for _ in range(2):  # the second takes up what the first has left
            run(organisation, once, kept=kept)
    except Refused:
        raise SystemExit(1) from None
