"""Steps that the tests of the workspaces for testing and planning share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from continuity.model.organisation import Organisation
from tests.ui.fake_session import FakeSession
from ui.runs.board import RunBoard, board_of


def opened(window: Any, organisation: Organisation, workspace: str, **wishes: Any) -> Any:
    """Put a copy of ``organisation`` on the desk without engine or store, and open ``workspace``."""
    session = FakeSession(organisation.copy(), **wishes)
    window.documents.take(session)
    window.open_workspace(workspace)
    return window.pages.made[workspace]


def ran(qtbot: Any, board: RunBoard, start: Callable[[], object], timeout: int = 5000) -> None:
    """Start a run and wait until its result is shown."""
    with qtbot.waitSignal(board.changed, timeout=timeout):
        start()
    qtbot.waitUntil(lambda: not board.busy, timeout=timeout)


def board(window: Any) -> RunBoard:
    """The board of runs of ``window``."""
    return board_of(window.desk)
