"""The import wizard and the merge dialog, used as a person uses them."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from continuity.model.edits import amend
from continuity.session import Session
from ui.main_window import MainWindow

SHEETS = Path(__file__).parent.parent / "data" / "sheets"


@pytest.fixture
def window(qtbot):
    made = MainWindow()
    # An unchanged document: nothing is asked when the window closes.
    qtbot.addWidget(made, before_close_func=lambda window: window.documents.take(Session.create(None)))
    made.show()
    made.documents.take(Session.create(None))
    return made


def opened(window, qtbot, path, page):
    window.exchange.open_import(path)
    dialog = window.exchange.dialog
    qtbot.waitUntil(lambda: dialog.stack.currentIndex() == page and not dialog.watched.busy, timeout=20000)
    return dialog


def press(qtbot, button):
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_that_a_sheet_is_mapped_tried_mended_and_imported_as_one_step(window, qtbot):
    dialog = opened(window, qtbot, SHEETS / "systemforteckning.xlsx", 1)
    press(qtbot, dialog.next)
    qtbot.waitUntil(lambda: dialog.stack.currentIndex() == 2, timeout=20000)
    assert dialog.trial.counts.text().startswith("4 nya · 0 ändrade · 0 oförändrade · 5 utelämnade")
    dialog.trial.list.activated.emit(dialog.trial.faults.index(0, 0))
    assert dialog.stack.currentIndex() == 1
    assert dialog.columns.model.data(dialog.columns.preview.currentIndex()) == "snarast"
    press(qtbot, dialog.next)
    qtbot.waitUntil(lambda: dialog.stack.currentIndex() == 2 and not dialog.watched.busy, timeout=20000)
    press(qtbot, dialog.take)
    assert window.desk.session.organisation.count("resource") == 3
    assert "importerade från systemforteckning.xlsx" in window.toast.text
    window.desk.undo()
    assert len(window.desk.session.organisation) == 0


def test_that_the_meaning_of_a_column_can_be_changed(window, qtbot):
    dialog = opened(window, qtbot, SHEETS / "kontor.csv", 1)
    box = dialog.columns.meanings.cellWidget(2, 1)
    assert isinstance(box, QComboBox)
    place = box.findData("power_area")
    box.setCurrentIndex(place)
    box.activated.emit(place)
    assert dialog.columns.chosen()[0].columns[2].path == "power_area"
    assert "Windows-1252" in dialog.columns.facts.text()
    press(qtbot, dialog.next)
    qtbot.waitUntil(lambda: dialog.stack.currentIndex() == 2, timeout=20000)
    press(qtbot, dialog.take)
    assert {s.power_area for s in window.desk.session.organisation.of_kind("site")} == {
        "Östergötland", "Västra Götaland", "Västerbotten",
    }  # fmt: skip


def test_that_a_form_of_ours_is_tried_at_once(window, qtbot, tmp_path):
    with Session.create(None, reference="reference") as reference:
        reference.exporting(tmp_path / "ut.xlsx")()
        count = len(reference.organisation)
    dialog = opened(window, qtbot, tmp_path / "ut.xlsx", 2)
    assert dialog.trial.faults.lines == []
    press(qtbot, dialog.take)
    assert len(window.desk.session.organisation) == count


def test_that_a_file_of_no_use_says_why(window, qtbot):
    window.exchange.open_import(SHEETS / "skrap.csv")
    dialog = window.exchange.dialog
    qtbot.waitUntil(dialog.problem.isVisible, timeout=20000)
    assert "är ingen textfil" in dialog.problem.text()
    assert not dialog.take.isVisible()
    dialog.reject()


def test_that_cancelling_leaves_the_document_alone(window, qtbot):
    window.exchange.open_import(SHEETS / "arkitektur.xml")
    window.exchange.dialog.reject()
    qtbot.wait(300)
    assert len(window.desk.session.organisation) == 0


def test_that_an_empty_form_is_written(window, qtbot, tmp_path, monkeypatch):
    from PySide6.QtWidgets import QFileDialog

    path = tmp_path / "form.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (str(path), ""))
    window.exchange.ask_form()
    qtbot.waitUntil(path.exists, timeout=20000)
    qtbot.waitUntil(lambda: "Exporterat" in window.toast.text, timeout=20000)


@pytest.fixture
def pair(window, qtbot, tmp_path):
    """The open document, and what the site office sends back."""
    session = window.desk.session
    book, mappings = session.read_sheets(SHEETS / "kontor.csv")
    session.take(session.drafting(book, mappings)())
    session.save_as(tmp_path / "a.uthallig")
    session.flush()
    other = tmp_path / "b.uthallig"
    shutil.copy(session.path, other)
    with Session.open(other) as theirs:
        for code in ("S1", "S2"):
            theirs.edit(amend(theirs.organisation.find("site", code), name=f"{code} där", note="därifrån"))
    for code in ("S1", "S2"):
        session.edit(amend(session.organisation.find("site", code), name=f"{code} här"))
    return session, other


def test_that_conflicts_are_decided_side_by_side_and_merged_as_one_step(window, qtbot, pair):
    session, other = pair
    window.exchange.open_merge(other)
    dialog = window.exchange.dialog
    qtbot.waitUntil(lambda: dialog.merge is not None, timeout=20000)
    assert not dialog.take.isEnabled()
    assert dialog.title.text() == "2 konflikter att avgöra"
    qtbot.keyClick(dialog.table, Qt.Key.Key_1)
    assert (dialog.here.toPlainText(), dialog.there.toPlainText()) == ("S2 här", "S2 där")
    qtbot.keyClick(dialog.table, Qt.Key.Key_2)
    press(qtbot, dialog.take)
    names = {s.code: (s.name, s.note) for s in session.organisation.of_kind("site")}
    assert names["S1"] == ("S1 här", "därifrån")
    assert names["S2"] == ("S2 där", "därifrån")
    window.desk.undo()
    assert session.organisation.find("site", "S2").name == "S2 här"


def test_that_one_side_can_be_taken_for_all(window, qtbot, pair):
    session, other = pair
    window.exchange.open_merge(other)
    dialog = window.exchange.dialog
    qtbot.waitUntil(lambda: dialog.merge is not None, timeout=20000)
    press(qtbot, dialog.all_theirs)
    press(qtbot, dialog.take)
    assert {s.name for s in session.organisation.of_kind("site")} == {"S1 där", "S2 där", "Övre lagret"}
