"""The one situation that is open in a window: its log, what follows from it, whether all is on disk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from continuity import places
from continuity.model.local_time import ZONE
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.words import _, current
from ui.desk import Desk

SUFFIX = ".uthallig-situation"
_SOON, _OFTEN = 400, 180_000  # milliseconds from an entry to its forecast; between forecasts
_MINUTE = 20_000  # milliseconds between looks at the clock


def logs_folder() -> Path:
    """Return where logs of real events lie."""
    return places.documents_dir() / "uthallig-situation"


def log_files(folder: Path) -> list[Path]:
    """Return the logs that lie there, the latest first."""
    found = [path for path in folder.glob(f"*{SUFFIX}") if path.is_file()] if folder.is_dir() else []
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


class Held(QObject):
    """Everything that is noted goes through :meth:`note`; pages follow the signals."""

    opened = Signal()  # another situation, or none
    changed = Signal()  # one entry more
    foreseen = Signal()  # a forecast, or the state of it
    saved = Signal(bool)  # whether all entries are on disk
    ticked = Signal()  # time has gone on
    _failed_to_write = Signal(str)  # from the thread of the disk

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk, self.folder = desk, logs_folder()
        self.situation: Any = None
        self.read_only = False
        self.ahead: Any = None  # the latest forecast
        self.stale = self.busy = False
        self.rumours = False
        self.failure = ""  # why there is no forecast
        self._asked = 0
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self.foresee)
        self._often = QTimer(self, interval=_OFTEN)
        self._often.timeout.connect(self.foresee)
        self._clock = QTimer(self, interval=_MINUTE)
        self._clock.timeout.connect(self.ticked)
        self._failed_to_write.connect(self._on_failure)

    @property
    def organisation(self) -> Organisation:
        """The model as it lies in the log; an empty one where there is none."""
        return self.situation.organisation if self.situation else Organisation("")

    @property
    def now(self) -> dt.datetime:
        """This moment."""
        return dt.datetime.now(dt.UTC)

    # --- opening and closing ---------------------------------------------------------------------

    def begin(self) -> None:
        """Start the log of something real in a file of its own, on the model that is open."""
        session, language = self.desk.session, current().language
        if session is None:
            return

        def make() -> Any:
            path = self._new_path()
            if not len(session.organisation):
                return session.bare_situation(path, language, session.author)
            return session.start_situation(path)

        self._open(make)

    def go_on(self, path: Path) -> None:
        """Go on with a log; one that somebody else holds is opened for reading."""
        session = self.desk.session
        if session is not None:
            self._open(lambda: session.open_situation(path, author=session.author), path)

    def _new_path(self) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        stem = f"situation-{self.now.astimezone(ZONE):%Y-%m-%d-%H%M}"
        path, number = self.folder / f"{stem}{SUFFIX}", 1
        while path.exists():
            number += 1
            path = self.folder / f"{stem}-{number}{SUFFIX}"
        return path

    def _open(self, make: Callable[[], Any], path: Path | None = None, *, read_only: bool = False) -> None:
        """Open off the window's thread: the model is copied into a new log."""
        asked = self.desk.session

        def done(situation: Any) -> None:
            if asked is self.desk.session:
                self._take(situation, read_only=read_only)
            else:  # another document has come meanwhile
                situation.log.close()

        def failed(error: Exception) -> None:
            if isinstance(error, Refused):
                locked = path is not None and error.problems[0].code == "document-locked"
                if locked and asked is not None:
                    self._open(lambda: asked.open_situation(path, read_only=True), read_only=True)
                self.desk.refuse(error)
            else:
                facts: dict[str, object] = {"file": str(self.folder), "reason": str(error)}
                self.desk.refuse(Refused([Problem("cannot-write", facts=facts)]))

        self.desk.work(make, done, failed)

    def _take(self, situation: Any, *, read_only: bool) -> None:
        self.close()
        self.situation, self.read_only = situation, read_only
        situation.log.on_failure = self._failed_to_write.emit
        self.stale = True
        self._often.start()
        self._clock.start()
        self.opened.emit()
        self.foresee()

    def close(self) -> None:
        """Put the log away; everything noted is on disk then."""
        if self.situation is None:
            return
        for timer in (self._soon, self._often, self._clock):
            timer.stop()
        self._rescue()
        self.situation.log.close()
        self.situation, self.ahead, self.failure = None, None, ""
        self._asked += 1
        self.stale = self.busy = False
        self.opened.emit()

    def _rescue(self) -> None:
        """What the disk will not take goes to another before the log is put away."""
        log = self.situation.log
        if self.read_only or not log.retry():
            return
        path = places.data_dir() / log.path.name
        try:
            log.copy_to(path)
        except (Refused, OSError) as error:
            self.desk.say(_("The log could not be written anywhere: {reason}", reason=str(error)), "warn")
        else:
            self.desk.say(
                _("The log could not be written where it lies; it is now in {file}.", file=str(path)), "warn"
            )

    # --- noting ----------------------------------------------------------------------------------

    def note(self, what: Callable[[Any], Any]) -> Any:
        """Let ``what`` note something on the desk; raise :class:`Refused` where it cannot be."""
        if self.situation is None or self.read_only:
            raise Refused([Problem("situation-read-only")])
        made = what(self.situation)
        self.noted()
        return made

    def noted(self) -> None:
        """Say that there is more in the log: it counts at once, the forecast follows."""
        self.stale = True
        self.saved.emit(False)
        log = self.situation.log
        self.desk.work(log.retry, lambda waiting: self.saved.emit(not waiting))
        self._soon.start()
        self.changed.emit()

    def _on_failure(self, reason: str) -> None:
        self.saved.emit(False)
        self.desk.say(
            _(
                "The log could not be written to disk: {reason}. It is tried again at every entry.",
                reason=reason,
            ),
            "warn",
        )

    # --- what follows ----------------------------------------------------------------------------

    def foresee(self) -> None:
        """Work out what follows, in the background; what was noted meanwhile is worked out after."""
        situation, session = self.situation, self.desk.session
        if situation is None or session is None:
            return
        if self.busy:
            self._soon.start()
            return
        self.busy = True
        self._asked += 1
        asked, picture, entries = self._asked, situation.picture, len(situation.log.entries)
        rumours = self.rumours

        def done(ahead: Any) -> None:
            if asked == self._asked:
                self.busy, self.failure, self.ahead = False, "", ahead
                self.stale = len(situation.log.entries) != entries
                self.foreseen.emit()

        def failed(error: Exception) -> None:
            if asked == self._asked:
                self.busy = False
                self.failure = _said(error)
                self.foreseen.emit()

        if self.ahead is None:
            self.foreseen.emit()
        self.desk.work(lambda: session.situation_ahead(situation, picture, rumours=rumours), done, failed)

    def count_rumours(self, on: bool) -> None:
        """Count rumours too, or no longer."""
        self.rumours, self.stale = on, True
        self.foresee()


def _said(error: Exception) -> str:
    from continuity import messages

    problems = getattr(error, "problems", None)
    return "\n".join(messages.full(p) for p in problems[:3]) if problems else str(error)
