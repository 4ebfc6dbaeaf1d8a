"""The plan package: every plan in every format, a start page, a manifest; a folder and a zip."""

from __future__ import annotations

import importlib.metadata
import re
import threading
import unicodedata
from collections.abc import Callable
from typing import Any, Final

from continuity.analysis.structure import Structure
from continuity.model.kinds import Role
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.planning import place
from continuity.planning.blocks import Document
from continuity.planning.catalogue import Piece, pieces
from continuity.planning.contents.pay_day import chosen
from continuity.planning.manifest import NAME, manifest
from continuity.planning.material import Detail, Material
from continuity.planning.request import FORMATS, PROFILES, PlanCancelled, PlanPackage, PlanRequest
from continuity.planning.start_page import start_page
from continuity.planning.writers.html import write_html
from continuity.planning.writers.pdf import pages_in, write_pdf
from continuity.planning.writers.text import write_text
from continuity.words import Words, words_in

Report = Callable[[int, int], None]

MODEL_COPY: Final = "model.uthallig"
_DETAIL: Final[dict[str, Detail]] = {"cards": "cards", "team": "team", "full": "full"}
_PLAIN_SQLITE: Final = b"SQLite format 3\x00"


def write_package(
    organisation: Organisation,
    request: PlanRequest,
    report: Report | None = None,
    cancel: threading.Event | None = None,
    *,
    structure: Structure | None = None,
) -> PlanPackage:
    """Write the package and return what was written.

    ``report`` hears how many of how many plans are done. Raises :class:`Refused` with every reason
    (nothing is left on disk then, and an older package stays as it was) and :class:`PlanCancelled`.
    """
    _check(organisation, request)
    place.check_place(request.out)
    m = material(organisation, request, structure)
    making = _Making(m, request, report, cancel)
    files = making.files()
    place.put(files, request.out, request.generated)
    return PlanPackage(
        request.out, place.zip_of(request.out), tuple(sorted(files)), making.pages, making.left_out
    )


def material(
    organisation: Organisation, request: PlanRequest, structure: Structure | None = None
) -> Material:
    """Return what the plans of ``request`` are made of."""
    return Material(
        organisation,
        words_in(request.lang),
        request.results,
        generated=request.generated,
        detail=_DETAIL[request.profile],
        structure=structure,
        stale=request.stale,
        since=request.since,
    )


def _check(organisation: Organisation, request: PlanRequest) -> None:
    problems = []
    if request.profile not in PROFILES:
        facts: dict[str, object] = {"value": request.profile, "known": ", ".join(PROFILES)}
        problems.append(Problem("package-bad-profile", facts=facts))
    unknown = [name for name in request.formats if name not in FORMATS]
    if unknown or not request.formats:
        facts = {"value": ", ".join(unknown) or "–", "known": ", ".join(FORMATS)}
        problems.append(Problem("package-bad-format", facts=facts))
    if request.role is not None and organisation.of(Role, request.role) is None:
        problems.append(Problem("package-no-role", facts={"value": request.role}))
    problems += _check_copy(request)
    if problems:
        raise Refused(problems)


def _check_copy(request: PlanRequest) -> list[Problem]:
    if request.model_copy is None:
        return []
    try:
        with request.model_copy.open("rb") as file:
            head = file.read(len(_PLAIN_SQLITE))
    except OSError as error:
        facts: dict[str, object] = {"reason": error.strerror or str(error)}
        return [Problem("package-model-unreadable", path=str(request.model_copy), facts=facts)]
    if head == _PLAIN_SQLITE or head.lstrip()[:1] == b"{":
        return [Problem("package-model-plain", path=str(request.model_copy))]
    return []


class _Making:
    """One package on its way: makes the documents one by one, tells how far it is, stops when asked."""

    def __init__(
        self, m: Material, request: PlanRequest, report: Report | None, cancel: threading.Event | None
    ) -> None:
        self.m = m
        self.request = request
        self.report = report
        self.cancel = cancel
        self.pages: dict[str, int] = {}
        self.left_out: tuple[str, ...] = ()
        self.stems: set[str] = {"index", "manifest"}

    def files(self) -> dict[str, bytes]:
        """Every file of the package by its path."""
        request, m = self.request, self.m
        held = pieces(m, contacts=request.contacts, role=request.role, most_sheets=request.most_sheets)
        if m.detail != "cards":
            self.left_out = tuple(v.code for v in chosen(m, request.most_sheets)[1])
        files: dict[str, bytes] = {}
        made: list[tuple[Piece, Document, dict[str, str]]] = []
        for number, piece in enumerate(held):
            self._tell(number, len(held))
            document = piece.make()
            paths = self._write(piece, document, files)
            made.append((piece, document, paths))
        self._tell(len(held), len(held))
        if request.model_copy is not None:
            files[MODEL_COPY] = request.model_copy.read_bytes()
        files["index.html"] = start_page(m, request, made, self.left_out)
        files[NAME] = manifest(files, self._facts())
        return files

    def _tell(self, done: int, total: int) -> None:
        if self.cancel is not None and self.cancel.is_set():
            raise PlanCancelled
        if self.report is not None:
            self.report(done, total)

    def _write(self, piece: Piece, document: Document, files: dict[str, bytes]) -> dict[str, str]:
        """Write one document in each format; return path by format."""
        stem = self._stem(piece)
        up = "../" * stem.count("/")
        name = stem.rsplit("/", 1)[-1]
        paths: dict[str, str] = {}
        formats = self.request.formats
        if "pdf" in formats:
            files[f"{stem}.pdf"] = write_pdf(document, self.request.generated)
            self.pages[f"{stem}.pdf"] = pages_in(files[f"{stem}.pdf"])
            paths["pdf"] = f"{stem}.pdf"
        if "html" in formats:
            pdf = f"{name}.pdf" if "pdf" in formats else ""
            files[f"{stem}.html"] = write_html(document, home=f"{up}index.html", pdf=pdf)
            paths["html"] = f"{stem}.html"
        if "txt" in formats and (piece.text or formats == ("txt",)):
            files[f"{stem}.txt"] = write_text(document)
            paths["txt"] = f"{stem}.txt"
        return paths

    def _stem(self, piece: Piece) -> str:
        """The path of a plan without its ending, unlike all others also where names are."""
        wanted = stem = path_of(piece, self.m.words)
        number = 1
        while stem in self.stems:
            number += 1
            stem = f"{wanted}-{number}"
        self.stems.add(stem)
        return stem

    def _facts(self) -> dict[str, Any]:
        request, run = self.request, self.m.run
        return {
            "program": importlib.metadata.version("uthallig"),
            "generated": request.generated.isoformat(),
            "language": request.lang,
            "profile": request.profile,
            "contacts": request.contacts and request.profile != "cards",
            "marking": self.m.marking,
            "document": self.m.organisation.document,
            "model": self.m.fingerprint,
            "run": None
            if run is None
            else {"id": run.meta.id, "seed": run.meta.seed, "fingerprint": run.meta.fingerprint},
        }


def path_of(piece: Piece, words: Words) -> str:
    """Return the path of a plan below the package without its ending: short, in plain letters."""
    folders = {
        "plans": words.pgettext("folder", "plans"),
        "sheets": words.pgettext("folder", "decision-sheets"),
        "cards": words.pgettext("folder", "cards"),
        "roles": words.pgettext("folder", "roles"),
    }
    code = piece.code.split("/", 1)[-1] if "/" in piece.code else ""
    name = slug(piece.file or f"{code} {piece.title}")[:60].strip("-") or "plan"
    folder = folders.get(piece.group) if code else ""
    return f"{folder}/{name}" if folder else name


def slug(text: str) -> str:
    """Return ``text`` in small letters, digits and hyphens."""
    flat = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", flat).strip("-")
