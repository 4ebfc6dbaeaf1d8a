"""The door to exercises: make one, play it, open what was played.

A play has a file of its own, apart from the document: the organisation as it stood lies in it, without the
contacts' personal values.
"""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from continuity.exchange.event_sheets import event_workbook
from continuity.exchange.json_text import dumps
from continuity.exchange.organisation_json import read_organisation
from continuity.exchange.writing import write_plain
from continuity.model.edits import Add, Group, flat
from continuity.model.kinds import Contact, Exercise, Record
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.session_event_lists import EventListRoom
from continuity.session_runs import Report
from continuity.session_situation import SituationRoom
from continuity.simulation.request import RunRequest
from continuity.simulation.result import RunResult
from continuity.store.play_file import PlayFile
from continuity.words import words_in

if TYPE_CHECKING:
    from continuity.exercise.desk import Desk
    from continuity.exercise.making import ExerciseRequest
    from continuity.exercise.play import Play

#: Replications from which the typical, bad and worst run are chosen.
REPLICATIONS = 512


class Exercises(EventListRoom, SituationRoom):
    """Exercises of the document."""

    def made_exercise(
        self, request: ExerciseRequest, cancel: threading.Event | None = None, report: Report | None = None
    ) -> tuple[Exercise, Group]:
        """Return an exercise made from a simulated run, and the edit that adds it. Takes seconds.

        Raises :class:`Refused` where the scenario cannot be run, RunCancelled once ``cancel`` is set.
        """
        from continuity.exercise.making import make_exercise

        with self._lock:
            organisation = self.organisation.copy()
        asked = RunRequest(
            request.scenario,
            measures=request.measures,
            start=request.start,
            replications=REPLICATIONS,
            seed=request.seed,
        )
        run = self.simulate(asked, cancel=cancel, report=report)
        assert isinstance(run, RunResult)
        return make_exercise(organisation, request, run, words_in(request.lang))

    def rewritten_injects(self, exercise: str, lang: str, injects: int = 0) -> Group:
        """Return the edit that writes the event list of an exercise (id) anew from its run."""
        from continuity.exercise.making import rewritten

        with self._lock:
            organisation = self.organisation.copy()
        return rewritten(organisation, self._exercise(organisation, exercise), words_in(lang), injects)

    def start_play(self, exercise: str, path: Path | str, lang: str = "sv") -> Play:
        """Begin to play an exercise (id) into a new file at ``path``; close it by ``play.log.close()``."""
        from continuity.exercise.play import Play

        with self._lock:
            organisation = self.organisation.copy()
        found = self._exercise(organisation, exercise)
        text = dumps(write_plain(without_contacts(organisation), lang))
        facts = {
            "exercise": found.id,
            "name": found.name,
            "language": lang,
            "document": organisation.document,
        }
        log = PlayFile.create(Path(path), "exercise", facts, text, self.author)
        return Play(log, organisation, found.id, words_in(lang))

    @staticmethod
    def open_play(path: Path | str, *, read_only: bool = False, author: str = "") -> Play:
        """Go on with, or look at, a play; raise :class:`Refused` where the file is none."""
        from continuity.exercise.play import Play

        log = PlayFile.open(Path(path), author, read_only=read_only)
        if log.kind != "exercise":
            log.close()
            raise Refused([Problem("not-a-play", facts={"file": str(path)})])
        organisation = read_organisation(_plain(log.organisation))
        return Play(log, organisation, str(log.facts["exercise"]), words_in(str(log.facts["language"])))

    def exercise_papers(
        self, exercise: str, folder: Path | str, lang: str, formats: Iterable[str]
    ) -> list[Path]:
        """Write book, handouts, sheets and manual of an exercise (id) into ``folder``; return the files.

        ``formats``: of pdf, html, txt, docx, and xlsx for the event list.
        """
        with self._lock:
            organisation = self.organisation.copy()
        return _papers(organisation, self._exercise(organisation, exercise), Path(folder), lang, formats)

    def papers_of(
        self, exercise: Exercise, edit: Group, folder: Path | str, lang: str, formats: Iterable[str]
    ) -> list[Path]:
        """As :meth:`exercise_papers`, of an exercise that ``edit`` would add; the document stays as it is."""
        with self._lock:
            organisation = self.organisation.copy()
        organisation.apply(edit)
        return _papers(organisation, exercise, Path(folder), lang, formats)

    @staticmethod
    def records_in(edit: Group) -> list[Record]:
        """Return the records that an edit adds."""
        return [one.record for one in flat(edit) if isinstance(one, Add)]

    @staticmethod
    def write_report(play: Play, folder: Path | str, lang: str, formats: Iterable[str]) -> list[Path]:
        """Write the after-action report of a play into ``folder``; return the files.

        ``formats``: of pdf, html, txt, docx, and xlsx for the statistics.
        """
        from continuity.exercise.papers import check_formats, write_documents
        from continuity.exercise.report import after_action_report
        from continuity.exercise.statistics import statistics
        from continuity.planning.material import Material

        now = dt.datetime.now(dt.UTC).replace(second=0, microsecond=0)
        report = after_action_report(play, Material(play.organisation, words_in(lang), generated=now))
        wanted = check_formats(formats)
        beside = dict[str, bytes]()
        if "xlsx" in wanted:
            name = _file_name(words_in(lang)._("Statistics"), lang)
            beside[name] = event_workbook(statistics(play, words_in(lang)))
        return write_documents([report], Path(folder), lang, wanted, beside=beside, name=play.exercise.name)

    def start_situation(self, path: Path | str) -> Desk:
        """Begin the log of something real in a new file at ``path``; close it by ``desk.log.close()``."""
        from continuity.exercise.desk import Desk

        with self._lock:
            organisation = self.organisation.copy()
        text = dumps(write_plain(without_contacts(organisation), self.language))
        agency = organisation.agency
        facts = {"name": agency.name if agency else "", "document": organisation.document}
        return Desk(PlayFile.create(Path(path), "situation", facts, text, self.author), organisation)

    @staticmethod
    def open_situation(path: Path | str, *, read_only: bool = False, author: str = "") -> Desk:
        """Go on with the log of something real; raise :class:`Refused` where the file is none."""
        from continuity.exercise.desk import Desk

        log = PlayFile.open(Path(path), author, read_only=read_only)
        if log.kind != "situation":
            log.close()
            raise Refused([Problem("not-a-situation", facts={"file": str(path)})])
        return Desk(log, read_organisation(_plain(log.organisation)))

    @staticmethod
    def _exercise(organisation: Organisation, exercise: str) -> Exercise:
        found = organisation.of(Exercise, exercise)
        if found is None:
            raise Refused([Problem("no-such-record", kind="exercise", id=exercise, record=exercise)])
        return found


def _papers(
    organisation: Organisation, exercise: Exercise, folder: Path, lang: str, formats: Iterable[str]
) -> list[Path]:
    from continuity.exercise.list_export import list_sheet
    from continuity.exercise.papers import check_formats, exercise_papers, write_documents

    wanted = check_formats(formats)
    beside = dict[str, bytes]()
    if "xlsx" in wanted:
        sheet = list_sheet(organisation, exercise, words_in(lang))
        beside[_file_name(sheet.name, lang)] = event_workbook([sheet])
    documents = exercise_papers(organisation, exercise, lang)
    return write_documents(documents, folder, lang, wanted, beside=beside, name=exercise.name)


def _file_name(title: str, lang: str) -> str:
    """A name that says from its first letters that it is an exercise, and that any system can hold."""
    from continuity.exercise.papers import MARKS
    from continuity.planning.making import slug

    return f"{MARKS[lang]}-{slug(title)}.xlsx"


def without_contacts(organisation: Organisation) -> Organisation:
    """Return a copy without contacts: in a play nobody rings a real number."""
    twin = organisation.copy()
    twin.apply(twin.removal([c.id for c in twin.all(Contact)]))
    return twin


def _plain(text: str) -> dict[str, Any]:
    return dict(json.loads(text))
