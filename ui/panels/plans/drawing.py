"""Listing plans and setting their pages in the background; what has been overtaken is dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from continuity.model.problems import Refused
from continuity.words import _
from ui.desk import Desk
from ui.panels.plans.pages import PIXELS_PER_INCH
from ui.runs.board import RunBoard


class Drawing(QObject):
    """Asks the session; answers come as signals in the window's thread."""

    listed = Signal(list)  # names of plans
    drawn = Signal(list)  # pages as PNG
    scored = Signal(dict)  # how complete plans are, by their code
    compared = Signal(object)  # plans that would change, and how many records have
    failed = Signal(str)  # a sentence

    def __init__(self, desk: Desk, board: RunBoard) -> None:
        super().__init__(desk)
        self.desk, self.board = desk, board
        self.is_listing = False
        self._asked = {"names": 0, "pages": 0, "scores": 0, "changes": 0}
        self.contacts = True

    def list_plans(self, lang: str) -> None:
        """Ask which plans there are in ``lang``, with the run that is shown."""
        session, outcome = self.desk.session, self.board.settled
        if session is not None:
            self.is_listing = True
            contacts = self.contacts
            self._ask("names", lambda: session.plan_names(lang, outcome, contacts=contacts), self.listed.emit)

    def draw(self, code: str, lang: str) -> None:
        """Ask for the pages of the plan ``code``."""
        session, outcome = self.desk.session, self.board.settled
        if session is not None and code:
            given = {"contacts": self.contacts, "pixels_per_inch": PIXELS_PER_INCH}
            self._ask("pages", lambda: session.preview_pages(code, lang, outcome, **given), self.drawn.emit)

    def score(self, lang: str, code: str = "") -> None:
        """Ask how complete the plan ``code`` is, or each of them."""
        session, outcome = self.desk.session, self.board.settled
        if session is not None:
            what = "scores" if not code else f"score {code}"
            self._asked.setdefault(what, 0)
            self._ask(what, lambda: session.completeness(lang, outcome, code), self.scored.emit)

    def compare(self, lang: str) -> None:
        """Ask which plans would change since the approved version."""
        session, outcome = self.desk.session, self.board.settled
        if session is None:
            return

        def work() -> tuple[Any, int]:
            since = session.changed_since_approval()
            return session.plan_changes(lang, outcome), len(since.records) if since else 0

        self._ask("changes", work, self.compared.emit)

    def forget(self) -> None:
        """Drop the answers still to come: another document."""
        for what in self._asked:
            self._asked[what] += 1
        self.is_listing = False

    def _ask(self, what: str, work: Callable[[], Any], told: Callable[[Any], None]) -> None:
        self._asked[what] += 1
        asked = self._asked[what]

        def answered() -> bool:
            """Tell whether this is the answer waited for."""
            latest = asked == self._asked[what]
            if latest and what == "names":
                self.is_listing = False
            return latest

        def done(found: Any) -> None:
            if answered():
                told(found)

        def failed(error: Exception) -> None:
            if answered():
                self._fail(error)

        self.desk.work(work, done, failed)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self.desk.refuse(error)
            self.failed.emit(_("This plan cannot be shown."))
        else:
            self.failed.emit(_("This did not work: {error}", error=str(error)))
