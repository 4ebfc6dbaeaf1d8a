"""The window of the history: steps filtered, versions compared, the old put back, versions signed off."""

import pytest
from PySide6.QtTest import QTest

from continuity.model.edits import amend
from ui.document import Documents


@pytest.fixture
def edited(at_work, tmp_path, qtbot):
    """The small agency in a file, with two edits and the history open."""
    path = tmp_path / "a.uthallig"
    at_work.desk.session.save_as(path)
    organisation = at_work.desk.session.organisation
    at_work.desk.session.make_version("Första")
    at_work.desk.edit(amend(organisation.find("resource", "HALL"), note="ny", supplier="Bolaget"))
    at_work.desk.edit(amend(organisation.find("function", "PAY"), mtpd=300))
    at_work.commands["history"].trigger()
    qtbot.waitUntil(lambda: len(at_work.history.steps.model.rows) == 3, timeout=20000)
    yield at_work
    if at_work.history is not None:
        at_work.history.close()


def lines(view):
    organisation = view.desk.session.organisation
    return [(one.record, one.what, one.old(organisation), one.new(organisation)) for one in view.model.rows]


def test_that_the_newest_step_is_shown_with_its_values_in_words(edited, qtbot):
    changes = edited.history.steps.changes
    expected = [("PAY Betala ut", "Längsta tolererbara avbrottstid (MTPD)", "tomt", "5 tim")]
    qtbot.waitUntil(lambda: bool(changes.model.rows), timeout=20000)
    [(record, what, old, new)] = lines(changes)
    assert (record, old) == (expected[0][0], "tomt")
    assert "MTPD" in what
    assert new.replace("\u00a0", " ").startswith("5 ")


def test_that_steps_are_filtered_by_kind_and_by_words(edited):
    steps = edited.history.steps
    steps.kinds.setCurrentIndex(steps.kinds.findData("scenario"))
    steps.kinds.activated.emit(0)
    assert len(steps.model.rows) == 1
    steps.kinds.setCurrentIndex(0)
    steps.kinds.activated.emit(0)
    QTest.keyClicks(steps.text, "datahall")
    assert [entry.step.names for entry in steps.model.rows] == [("Datahall",)]


def test_that_the_inspector_leads_to_the_history_of_its_record(edited, qtbot):
    hall = edited.desk.session.organisation.find("resource", "HALL")
    edited.desk.select(hall.id)
    edited.inspector.history.click()
    steps = edited.history.steps
    qtbot.waitUntil(lambda: len(steps.model.rows) == 2, timeout=20000)
    qtbot.waitUntil(lambda: len(steps.changes.model.rows) == 2, timeout=20000)
    assert {one.change.id for one in steps.changes.model.rows} == {hall.id}


def test_that_a_version_is_compared_with_today_and_one_value_put_back(edited, qtbot):
    edited.history.tabs.setCurrentIndex(1)
    versions = edited.history.versions
    qtbot.waitUntil(lambda: len(versions.changes.model.rows) == 3, timeout=20000)
    assert "3" not in versions.note.text()
    row = next(n for n, one in enumerate(versions.changes.model.rows) if one.field.name == "note")
    versions.changes.view.selectRow(row)
    versions.changes.back.click()
    hall = edited.desk.session.organisation.find("resource", "HALL")
    assert (hall.note, hall.supplier) == ("", "Bolaget")
    qtbot.waitUntil(lambda: len(versions.changes.model.rows) == 2, timeout=20000)
    edited.desk.undo()
    assert edited.desk.session.organisation.find("resource", "HALL").note == "ny"


def test_that_the_whole_document_goes_back_to_a_version(edited):
    versions = edited.history.versions
    [version] = edited.desk.session.versions()
    versions.go_back_to(version)
    assert edited.desk.session.organisation.find("function", "PAY").mtpd is None


def test_that_a_version_is_signed_off_and_the_bar_says_so(edited, qtbot):
    edited.documents.make_version("Beslutad")
    versions = edited.history.versions
    qtbot.waitUntil(lambda: versions.list.count() == 2, timeout=20000)
    versions.list.setCurrentRow(0)
    versions.sign.click()
    signing = versions.signing
    signing.accept()
    assert signing.problem.isVisibleTo(signing)
    signing.name.setText("Anna Ek")
    signing.role.setCurrentText("Säkerhetschef")
    signing.accept()
    qtbot.waitUntil(lambda: "Säkerhetschef" in edited.bar._state()[0], timeout=20000)
    assert "Anna Ek" in versions.signed.text()


def test_that_the_window_goes_with_its_document(edited, monkeypatch):
    monkeypatch.setattr(Documents, "may_leave", lambda self: True)
    edited.documents.close()
    assert not edited.history.isVisible()
