"""The door to what a play holds: what the players know, what a decision changed, what shall be better."""

from __future__ import annotations

import datetime as dt
import mimetypes
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from continuity.model.edits import Group
from continuity.model.ids import new_id
from continuity.model.problems import Problem, Refused
from continuity.session_describe import Describing
from continuity.words import words_in

if TYPE_CHECKING:
    from continuity.exercise.making import ExerciseRequest
    from continuity.exercise.play import Line, Play
    from continuity.exercise.report import Improvement, ObservedTime
    from continuity.exercise.told import Known, PayDayAhead

#: A photo of a whiteboard is smaller.
LARGEST_PHOTO: Final = 20_000_000  # bytes
#: How pictures begin: JPEG, PNG, GIF, WebP, BMP, TIFF. The name alone says nothing.
_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"BM", b"II*\0", b"MM\0*")


class PlayRoom(Describing):
    """What is asked of a play under way and after it."""

    @staticmethod
    def exercise_request(scenario: str, **wishes: Any) -> ExerciseRequest:
        """Return the wish for an exercise of a scenario (id); ``wishes`` as in ExerciseRequest."""
        from continuity.exercise.making import ExerciseRequest

        return ExerciseRequest(scenario, **wishes)

    @staticmethod
    def relative_time(minute: int) -> str:
        """Return a minute of an event list as ``D+1 H+4 M+30``."""
        from continuity.exercise.relative_time import write_time

        return write_time(minute)

    @staticmethod
    def minute_of(text: str, start: dt.datetime, before: int | None = None) -> int:
        """Return the minute that ``text`` names, with the ``start`` of the scenario (UTC); or refuse.

        A clock time alone is of the day of the minute ``before``.
        """
        from continuity.exercise.relative_time import Frame, read_time

        found = read_time(text, Frame(start, before))
        if isinstance(found, Problem):
            raise Refused([found])
        return found

    # --- what the players know --------------------------------------------------------------------

    @staticmethod
    def messages_told(play: Play) -> list[Line]:
        """Return what the players have received, the latest first."""
        from continuity.exercise.told import messages_told

        return messages_told(play)

    @staticmethod
    def status_board(play: Play) -> list[Known]:
        """Return how each thing stands as far as the players were told. The first time takes seconds."""
        from continuity.exercise.told import status_board

        return status_board(play)

    @staticmethod
    def pay_days_ahead(play: Play) -> list[PayDayAhead]:
        """Return the pay days of the coming week, as the calendar has them."""
        from continuity.exercise.told import pay_days_ahead

        return pay_days_ahead(play)

    # --- what is decided and kept -----------------------------------------------------------------

    @staticmethod
    def effect_words(play: Play, effect: Mapping[str, Any], lang: str) -> str:
        """Return in words what a decision changes."""
        from continuity.exercise.report import effect_words
        from continuity.planning.material import Material

        now = dt.datetime.now(dt.UTC)
        return effect_words(Material(play.organisation, words_in(lang), generated=now), effect)

    @staticmethod
    def attach_photo(play: Play, path: Path | str, text: str = "") -> str:
        """Keep a picture in the log of a play and return its id; raise :class:`Refused` where it is none."""
        path = Path(path)
        media = mimetypes.guess_type(path.name)[0] or ""
        if not media.startswith("image/"):
            raise Refused([Problem("not-a-photo", facts={"file": path.name})])
        try:
            content = path.read_bytes()
        except OSError as error:
            reason = error.strerror or str(error)
            raise Refused([Problem("cannot-read", facts={"file": path.name, "reason": reason})]) from None
        if len(content) > LARGEST_PHOTO:
            facts: dict[str, object] = {"file": path.name, "most": LARGEST_PHOTO // 1_000_000}
            raise Refused([Problem("photo-too-large", facts=facts)])
        if not content.startswith(_PICTURES) and content[4:8] != b"ftyp":  # as telephones write them
            raise Refused([Problem("not-a-photo", facts={"file": path.name})])
        id_ = new_id()
        play.log.attach(id_, path.name, media, content)  # type: ignore[attr-defined]
        play.photo(id_, text or path.name)
        return id_

    # --- afterwards -------------------------------------------------------------------------------

    @staticmethod
    def report_pages(play: Play, lang: str, *, pixels_per_inch: float = 110) -> list[bytes]:
        """Return the after-action report as its pages on paper, one PNG each."""
        from continuity.exercise.report import after_action_report
        from continuity.planning.material import Material
        from continuity.planning.writers.pdf import write_pages

        now = dt.datetime.now(dt.UTC).replace(second=0, microsecond=0)
        report = after_action_report(play, Material(play.organisation, words_in(lang), generated=now))
        return write_pages(report, now, pixels_per_inch)

    @staticmethod
    def improvements(play: Play) -> list[Improvement]:
        """Return what the play proposes to do better."""
        from continuity.exercise.report import improvements

        return improvements(play)

    @staticmethod
    def improvement(name: str, **more: Any) -> Improvement:
        """Return something to do better; ``more`` as in Improvement."""
        from continuity.exercise.report import Improvement

        return Improvement(name, **more)

    @staticmethod
    def observed_times(play: Play) -> list[ObservedTime]:
        """Return the recovery times that were seen, beside the plan's."""
        from continuity.exercise.report import observed_times

        return observed_times(play)

    def improvement_gaps(self, wanted: Iterable[Improvement], source: str) -> Group:
        """Return the edit that puts improvements among the gaps and actions of the document."""
        from continuity.exercise.report import gaps_edit

        return gaps_edit(self.organisation, wanted, source)

    def achievable_times(self, times: Iterable[ObservedTime], source: str, day: dt.date) -> Group:
        """Return the edit that takes observed times as the achievable ones of the document."""
        from continuity.exercise.report import times_edit

        return times_edit(self.organisation, times, source, day)
