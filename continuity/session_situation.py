"""The door to the situation desk: without a model too, and what it writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from continuity.exchange.json_text import dumps
from continuity.exchange.writing import write_plain
from continuity.model.organisation import Organisation

if TYPE_CHECKING:
    from continuity.exercise.desk import Desk
    from continuity.exercise.forecast import Forecast
    from continuity.exercise.picture import Picture


class SituationRoom:
    """What the situation desk asks for; none of it changes the document."""

    @staticmethod
    def bare_situation(path: Path | str, lang: str = "sv", author: str = "") -> Desk:
        """Begin the log of something real in a new file at ``path``, by hand and without any model."""
        from continuity.exercise.desk import Desk
        from continuity.store.play_file import PlayFile

        organisation = Organisation("")
        text = dumps(write_plain(organisation, lang))
        log = PlayFile.create(Path(path), "situation", {"name": "", "document": ""}, text, author)
        return Desk(log, organisation)

    @staticmethod
    def situation_ahead(desk: Desk, picture: Picture, *, rumours: bool = False) -> Forecast:
        """Return what ``picture`` leads to as seen now; takes about a second, in any thread."""
        from continuity.exercise.forecast import forecast

        return forecast(desk.organisation, picture, dt.datetime.now(dt.UTC), rumours=rumours)

    @staticmethod
    def situation_pages(
        desk: Desk, ahead: Forecast | None, paper: str, lang: str, *, pixels_per_inch: float = 110
    ) -> list[bytes]:
        """Return a paper (handover, report) as its pages, one PNG each."""
        from continuity.exercise.situation_papers import situation_paper
        from continuity.planning.writers.pdf import write_pages

        now = dt.datetime.now(dt.UTC).replace(second=0, microsecond=0)
        return write_pages(situation_paper(desk, ahead, paper, lang, now), now, pixels_per_inch)

    @staticmethod
    def write_situation(
        desk: Desk, ahead: Forecast | None, paper: str, folder: Path | str, lang: str, formats: Iterable[str]
    ) -> list[Path]:
        """Write a paper (handover, report) into a folder of its own below ``folder``; return the files."""
        from continuity.exercise.situation_papers import situation_paper, write_situation_paper

        return write_situation_paper(situation_paper(desk, ahead, paper, lang), Path(folder), formats)
