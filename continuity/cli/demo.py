"""The demonstration: reference agency, wartime scenario, plan package."""

from __future__ import annotations

from pathlib import Path

from continuity.cli import plans, runs
from continuity.cli.speech import console
from continuity.model.kinds import Measure
from continuity.session import Session
from continuity.words import _

WAR = "S17"
_FORMATS = ("html", "pdf", "docx", "txt")


def show_demo(out: Path, lang: str, replications: int) -> None:
    """Simulate the reference agency through a war, with and without what is planned, and write plans."""
    document = out.with_name(f"{out.name}.uthallig")
    Session.check_place(out)
    with Session.create(None, reference="reference", lang=lang) as session:
        planned = tuple(m.code for m in session.organisation.all(Measure) if m.status == "decided")
        result = runs.simulate(session, runs.Choice(WAR, planned, replications=replications))
        runs.show(result, session.organisation)
        session.keep_run(result)
        packages = plans.write(
            session, plans.PlanRequest(out, lang, _FORMATS, results=result), plans.Extras()
        )
        if document.exists():
            # Somebody may have worked in it.
            document.replace(document.with_suffix(".previous.uthallig"))
        session.save_as(document)
    console().print()
    plans.show(packages)
    console().print(_("The same in the window: python main.py {document}", document=str(document)))
