"""The plan package: every plan in every format, a start page, a manifest; a folder and a zip."""

from __future__ import annotations

import importlib.metadata
import threading
from pathlib import Path
from typing import Any, Final

from continuity.analysis.structure import Structure
from continuity.model.kinds import Role
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.planning import place, signature
from continuity.planning.making import Making, Report
from continuity.planning.manifest import NAME, manifest
from continuity.planning.material import Detail, Material
from continuity.planning.own_words import plan_words, speaking
from continuity.planning.request import FORMATS, PROFILES, PlanPackage, PlanRequest
from continuity.planning.sealed import seal
from continuity.planning.start_page import start_page

#: The sealed copy of the model in a package.
MODEL: Final = "model.sealed"
_DETAIL: Final[dict[str, Detail]] = {"cards": "cards", "team": "team", "full": "full"}


def write_package(
    organisation: Organisation,
    request: PlanRequest,
    report: Report | None = None,
    cancel: threading.Event | None = None,
    *,
    structure: Structure | None = None,
    model: bytes = b"",
) -> PlanPackage:
    """Write the package and return what was written.

    ``model`` is the plain copy of the model that goes along sealed where ``request.seal`` asks for it.
    ``report`` hears how many of how many plans are done. Raises :class:`Refused` with every reason
    (nothing is left on disk then, and an older package stays as it was) and :class:`PlanCancelled`.
    """
    _check(organisation, request)
    place.check_place(request.out)
    with speaking(request.words):
        m = material(organisation, request, structure)
        making = Making(m, request, report, cancel)
        making.make()
        files = making.files
        if request.seal:
            files[MODEL] = seal(model, request.seal)
        files["index.html"] = start_page(m, request, making)
    files[NAME] = manifest(files, _facts(m, request))
    if request.key is not None:
        files[signature.NAME] = signature.signed(files[NAME], request.key, request.generated)
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
        plan_words(request.lang),
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
    if request.form is not None and "docx" in request.formats:
        problems += _faults_of_form(request.form)
    if problems:
        raise Refused(problems)


def _faults_of_form(form: Path) -> list[Problem]:
    from continuity.planning.writers.word import check_form

    try:
        check_form(form)
    except Refused as refused:
        return list(refused.problems)
    return []


def _facts(m: Material, request: PlanRequest) -> dict[str, Any]:
    run = m.run
    return {
        "program": importlib.metadata.version("uthallig"),
        "generated": request.generated.isoformat(),
        "language": request.lang,
        "profile": request.profile,
        "contacts": request.contacts and request.profile != "cards",
        "marking": m.marking,
        "document": m.organisation.document,
        "model": m.fingerprint,
        "copy": request.copy,
        "signer": request.key.fingerprint if request.key else None,
        "run": None
        if run is None
        else {"id": run.meta.id, "seed": run.meta.seed, "fingerprint": run.meta.fingerprint},
    }
