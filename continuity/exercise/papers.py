"""Writing the papers of an exercise to a folder, each in the formats asked for; all of them or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from continuity.exercise.books import Binder
from continuity.exercise.player_papers import papers
from continuity.exercise.world import World
from continuity.model.kinds import Exercise
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.planning.blocks import Document
from continuity.planning.making import slug
from continuity.planning.manifest import NAME, manifest
from continuity.planning.material import Material
from continuity.planning.place import check_place, put
from continuity.planning.writers.html import write_html
from continuity.planning.writers.pdf import write_pdf
from continuity.planning.writers.text import write_text
from continuity.planning.writers.word import write_word
from continuity.words import words_in

FORMATS: Final = ("pdf", "html", "txt", "docx")
#: The list or the figures as a workbook: made outside this room, and sealed with the rest.
WORKBOOK: Final = "xlsx"
#: Begins the name of every file of an exercise.
MARKS: Final = {"sv": "OVNING", "en": "EXERCISE"}


def exercise_papers(organisation: Organisation, exercise: Exercise, lang: str) -> list[Document]:
    """Return the papers of an exercise in a language."""
    now = dt.datetime.now(dt.UTC).replace(second=0, microsecond=0)
    m = Material(organisation, words_in(lang), generated=now)
    return papers(Binder(m, exercise, World(organisation, exercise)))


def check_formats(formats: Iterable[str]) -> tuple[str, ...]:
    """Return the formats; raise :class:`Refused` where one is not known."""
    wanted = tuple(formats)
    every = (*FORMATS, WORKBOOK)
    if unknown := [name for name in wanted if name not in every]:
        known: dict[str, object] = {"value": ", ".join(unknown), "known": ", ".join(every)}
        raise Refused([Problem("package-bad-format", facts=known)])
    return wanted


def write_documents(
    documents: Iterable[Document],
    folder: Path,
    lang: str,
    formats: Iterable[str] = FORMATS,
    *,
    beside: Mapping[str, bytes] | None = None,
    **facts: str,
) -> list[Path]:
    """Write documents and a manifest into ``folder`` and a zip beside it; return the files.

    ``beside`` are further files by name. Raises :class:`Refused` where a format is not known or the folder
    cannot be written; then nothing is.
    """
    wanted = check_formats(formats)
    check_place(folder)
    now = dt.datetime.now(dt.UTC).replace(second=0, microsecond=0)
    files: dict[str, bytes] = {}
    for document in documents:
        stem = f"{MARKS[lang]}-{slug(document.title.split(': ', 1)[-1])}"
        if "pdf" in wanted:
            files[f"{stem}.pdf"] = write_pdf(document, now)
        if "html" in wanted:
            files[f"{stem}.html"] = write_html(document)
        if "txt" in wanted:
            files[f"{stem}.txt"] = write_text(document)
        if "docx" in wanted:
            files[f"{stem}.docx"] = write_word(document, now)
    files |= beside or {}
    sealed = {"generated": now.isoformat(), "language": lang, "exercise": True, **facts}
    names = [folder / name for name in files]
    put({**files, NAME: manifest(files, sealed)}, folder, now)
    return names
