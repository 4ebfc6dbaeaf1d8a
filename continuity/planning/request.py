"""What to write, and what was written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from continuity.planning.changes import Since
from continuity.planning.signature import SigningKey
from continuity.simulation.result import Comparison, RunResult

FORMATS: Final = ("html", "pdf", "docx", "txt")
PROFILES: Final = ("cards", "team", "full")


class PlanCancelled(Exception):  # noqa: N818 - said of the wish, not of the program
    """The user stopped the writing of a package; nothing of it is left."""


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class Signed:
    """Who stands by which version of the model; ``moved_on``: it has been changed since."""

    version: str
    name: str
    role: str
    on: dt.date
    moved_on: bool = False


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """One plan package to be written into the folder ``out`` and a zip of the same name beside it.

    ``profile``: *cards* (action cards only, of ``role`` where given), *team* (no weak points, buffers
    or addresses), *full*. ``seal`` is the passphrase under which a copy of the model goes along; no
    copy without it. ``form`` is the agency's own Word form, ``words`` the folder of its own wording.
    ``copy`` is the number of a copy on the distribution list; ``key`` signs the manifest. ``pocket``
    adds the cards in A6. ``stale`` says that the model has changed since the run.
    """

    out: Path
    lang: str = "sv"
    formats: tuple[str, ...] = FORMATS
    profile: str = "full"
    contacts: bool = True
    results: RunResult | Comparison | None = None
    generated: dt.datetime = field(default_factory=_now)
    role: str | None = None  # id of a role; for the profile *cards*
    seal: str = field(default="", repr=False)
    form: Path | None = None
    words: Path | None = None
    copy: int | None = None
    key: SigningKey | None = field(default=None, repr=False)
    pocket: bool = True
    stale: bool = False
    most_sheets: int = 30
    signed: Signed | None = None
    since: Since | None = None  # what has changed since the approved version


@dataclass(frozen=True, slots=True)
class PlanPackage:
    """What was written: paths below ``folder``, and the pages of each PDF."""

    folder: Path
    zip: Path
    files: tuple[str, ...]
    pages: dict[str, int]
    left_out: tuple[str, ...] = ()  # codes of decision sheets that the limit left out
