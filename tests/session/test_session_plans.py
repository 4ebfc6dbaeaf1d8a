"""The door to plans: what the session adds to the room of plans."""

import dataclasses
import subprocess
import sys

import pytest

from continuity.model.edits import amend
from continuity.model.kinds import Resource
from continuity.model.problems import Refused
from continuity.session import PlanRequest, RunRequest, Session


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """The reference agency with one kept run."""
    with Session.create(None, reference="reference") as session:
        scenario = session.organisation.of_kind("scenario")[0]
        session.keep_run(session.simulate(RunRequest(scenario.id, replications=10, horizon_days=30)))
        yield session


def test_that_a_package_is_written_and_verified(session, tmp_path):
    request = PlanRequest(tmp_path / "plan", formats=("txt",), profile="cards", results=session.latest_run())
    heard = []
    package = session.plan(request, report=lambda done, of: heard.append((done, of)))
    assert heard[-1][0] == heard[-1][1] > 0
    assert Session.verify(package.folder) == []
    assert Session.verify(package.zip) == []
    (package.folder / package.files[0]).write_bytes(b"changed")
    assert [problem.code for problem in session.verify(package.folder)] == ["package-file-changed"]


def test_that_a_plan_can_be_looked_at_with_the_latest_run(session):
    names = session.plan_names("sv")
    page = session.preview(names[0].code, "sv")
    assert page.lstrip().lower().startswith("<!doctype html")
    with pytest.raises(Refused):
        session.preview("no such plan", "sv")


def test_that_plans_know_when_the_model_has_moved_on(session, tmp_path, monkeypatch):
    from continuity.planning import package

    asked = []
    monkeypatch.setattr(package, "write_package", lambda _, request, *__, **___: asked.append(request.stale))
    request = PlanRequest(tmp_path / "plan", results=session.latest_run())
    session.plan(request)
    power = next(r for r in session.organisation.all(Resource) if r.mttf)
    session.edit(amend(power, mttf=power.mttf * 2))
    session.plan(request)
    session.plan(dataclasses.replace(request, results=None))
    session.undo()
    assert asked == [False, True, False]


def test_that_the_door_opens_without_engine_plans_and_window():
    heavy = ("PySide6", "numba", "typst", "jinja2", "networkx", "alembic")
    code = f"import sys, continuity.session; print([m for m in {heavy!r} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
